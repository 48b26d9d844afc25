"""``seatrial up --data`` in a process of its own, started quickly and killed at any moment.

A process that has imported everything is forked for each start: a kill then falls into the server's
own work, and seldom into Python's imports. What runs is the command line as people type it.
"""

import asyncio
import multiprocessing
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp

QUIET = ("--limit", "calls_per_second=0", "--log-level", "error", "--stop-within", "2")
STARTS_WITHIN_S = 120
STOPS_WITHIN_S = 30
"""Far more than it takes, also on a machine with much else to do."""

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["scenarios.cli", "scenarios.serving", "tests.crash.warm"])


class DidNotStart(Exception):
    """What it said instead."""


def up(directory, printed):
    """In the forked process: the command, whose output goes to a file."""
    out = os.open(printed, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    for own in (1, 2):
        os.dup2(out, own)
    sys.stdout, sys.stderr = os.fdopen(1, "w", 1), os.fdopen(2, "w", 1)
    from scenarios.cli import app  # noqa: PLC0415 - after the fork, where it is there already

    app(["up", "--port", "0", "--data", directory, *QUIET])


class Server:
    """One directory, and the process that has it at the moment."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.printed = directory.with_name("printed.txt")
        self.url = ""
        self._process = None

    def start(self):
        """It listens soon; nobody waits."""
        self.printed.unlink(missing_ok=True)
        words = str(self.directory), str(self.printed)
        self._process = FORKING.Process(target=up, args=words, daemon=True)
        self._process.start()

    async def ready(self):
        """Until it answers. DidNotStart: it says why not."""
        async with asyncio.timeout(STARTS_WITHIN_S), aiohttp.ClientSession() as http:
            while not await self._is_ready(http):
                if not self._process.is_alive():
                    raise DidNotStart(self.said())
                await asyncio.sleep(0.01)

    async def _is_ready(self, http):
        found = re.search(r"listens on (http://\S+:\d+)", self.said())
        if not found:
            return False
        self.url = found[1]
        try:
            async with http.get(f"{self.url}/_seatrial/health") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    def said(self):
        return self.printed.read_text(errors="replace") if self.printed.exists() else ""

    async def kill(self):
        """SIGKILL: no word of it reaches the server."""
        self._process.kill()
        await self._ended()

    async def terminate(self):
        """SIGTERM: it ends by itself; its exit code."""
        os.kill(self._process.pid, signal.SIGTERM)
        await self._ended()
        return self._process.exitcode

    async def _ended(self):
        async with asyncio.timeout(STOPS_WITHIN_S):
            while self._process.is_alive():
                await asyncio.sleep(0.005)
        self._process.join()
