"""``seatrial replay``: what is in a sandbox's file, done once more; does it come to the same?"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape

from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import NotKept
from mock_api.kernel.durable.replay import Replay
from mock_api.kernel.times import instant
from mock_api.kernel.wall_clock import elapsed, iso
from mock_api.settings import Opens, ServerSettings
from scenarios.access import ControlToken
from simulator.clock import Instant

SAME: Final = 0
DIFFERS: Final = 1
CANNOT: Final = 2
_BESIDE: Final = ("", "-wal")
"""A server that was killed leaves its last commits in a file beside."""


class CannotReplay(Exception):
    """The file, or the instant, will not do; the text says why and what to do."""


def until_of(at: str) -> Instant | None:
    """The instant of ``--at``; nothing, if it was left out."""
    try:
        return Instant(instant(int(at) if at.isdecimal() else at)) if at else None
    except ValueError as problem:
        raise CannotReplay(f"--at {at}: {problem}") from None


@contextmanager
def opened(path: Path) -> Iterator[FoundFile]:
    """A copy of the file: the original is only read, even if a server has it open."""
    with tempfile.TemporaryDirectory(prefix="seatrial-") as folder:
        copy = Path(folder, path.name or "sandbox")
        try:
            for beside in _BESIDE:
                source = path.with_name(path.name + beside)
                if source.exists() or not beside:
                    shutil.copyfile(source, copy.with_name(copy.name + beside))
        except OSError as problem:
            raise CannotReplay(f"{path}: it cannot be read ({problem.strerror})") from None
        try:
            with closing(FoundFile(copy)) as file:
                yield file
        except NotKept as problem:
            raise CannotReplay(f"{path}: {problem.why}; {problem.advice}") from None


def replay(console: Console, path: Path, at: str) -> int:
    """Do it, and show what came of it; the exit code."""
    until = until_of(at)
    with opened(path) as file:
        began = elapsed()
        run = Replay(file)
        run.run(until)
        _show(console, path, run, elapsed() - began)
        return SAME if run.is_same else DIFFERS


def serve(path: Path, at: str, port: int) -> None:
    """The sandbox as it was then, on this machine, until interrupted; the file stays as it is."""
    from scenarios import serving  # noqa: PLC0415 - the server is not needed to replay

    with opened(path) as file:
        opens = Opens(file.path, until_of(at))
        settings = ServerSettings(default_sandbox=False, opens=opens)
        try:
            serving.serve("127.0.0.1", port, settings, ControlToken())
        except serving.CannotServe as problem:
            raise CannotReplay(str(problem)) from None


def _show(console: Console, path: Path, run: Replay, took_s: float) -> None:
    world, origin = run.world, run.file.origin
    statuses = Counter(str(order.status) for order in world.registry.orders.values())
    rows = {
        "file": f"{path.name}, sandbox {origin.sandbox}, by Seatrial {origin.seatrial}",
        "seed": f"{world.config.seed}, market {world.config.market.name}",
        "now": f"{world.now} ({iso(world.now)})",
        "commands": f"{run.commands} of {run.file.stand.commands}",
        "facts": f"{world.journal.length} of {run.file.stand.facts}, in {took_s:.2f} s",
        "orders": ", ".join(f"{n} {status}" for status, n in sorted(statuses.items())) or "none",
        "digest": world.journal.digest(),
    }
    for name, value in rows.items():
        console.print(f"  {name:<10}{escape(value)}", highlight=False, soft_wrap=True)
    if run.is_same:
        so_far = "the file's" if run.is_whole else "the file's up to there"
        console.print(f"[bold green]same[/]: every fact is {so_far}", highlight=False)
        return
    console.print("[bold red]differs[/] from what the file says", highlight=False)
    if run.difference:
        for name, row in (("file", run.difference.in_file), ("here", run.difference.here)):
            console.print(f"  {name:<10}{escape(str(row))}", highlight=False, soft_wrap=True)
