"""Servers in processes of their own, so that the load does not slow what it loads."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

HERE = Path(__file__).parent


@dataclass
class Running:
    """A server under measurement."""

    url: str
    pid: int

    def client(self):
        return httpx.Client(base_url=self.url, timeout=300)

    def resident_mb(self):
        """Resident memory, as the kernel counts it."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise AssertionError(self.pid)


@contextmanager
def server(program):
    """One of this folder's server programs; it prints its URL first."""
    running = subprocess.Popen(
        [sys.executable, str(HERE / program)], stdout=subprocess.PIPE, text=True
    )
    try:
        yield Running(running.stdout.readline().strip(), running.pid)
    finally:
        running.terminate()
        running.wait()
        running.stdout.close()
