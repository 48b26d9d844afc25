"""Sandboxes that come back: those of the server's directory when it starts, and those that somebody
brings as a file, or branches off."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from mock_api.kernel import terms
from mock_api.kernel.durable.batch import Batch
from mock_api.kernel.durable.directory import SUFFIX
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import NotWritable
from mock_api.kernel.durable.revival import Revival
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.kernel.durable.snapshots import kept_of, stand_of
from mock_api.kernel.readiness import Readiness
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import elapsed
from mock_api.settings import Opens
from simulator import World
from simulator.clock import Instant

_LOG: Final = logging.getLogger("seatrial.server")
_BREATH_S: Final = 0.02
"""Real time after which requests are let in."""


class CredentialsTaken(Exception):
    """Another sandbox of the server has some of its credentials."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose

    def __str__(self) -> str:
        return (
            f"its credentials are those of sandbox {self.whose} here: delete that one first, or"
            ' ask for new ones (credentials: "new")'
        )


async def recover(sandboxes: Sandboxes, readiness: Readiness) -> None:
    """Every sandbox of the directory as it was, and the default one, if it was not among them; then
    the clocks that ran run on. NotKept: one of them cannot come back; no file was changed."""
    directory = sandboxes.maker.directory
    assert directory
    files = directory.files()
    readiness.recovering(len(files))
    for path in files:
        await _recovered(sandboxes, path)
        readiness.one_more()
    for sandbox in sandboxes.all():
        speed = sandbox.terms[""]["speed"]
        if speed:
            sandbox.driver.run(speed)
    sandboxes.open_default()


async def open_file(sandboxes: Sandboxes, opens: Opens, readiness: Readiness) -> None:
    """The sandbox of that file, beside whatever the server has. NotKept, CredentialsTaken."""
    readiness.recovering(1)
    await take_in(sandboxes, opens.file, new_credentials=False, until=opens.until)
    readiness.one_more()


async def _recovered(sandboxes: Sandboxes, path: Path) -> None:
    sandbox_id, maker = path.name.removesuffix(SUFFIX), sandboxes.maker
    with closing(FoundFile(path)) as found:
        revival = Revival(
            found, lambda world: maker.returning(sandbox_id, world, SandboxFile(path))
        )
        await _live(revival)
        stood = found.stand
    sandbox = revival.sandbox
    sandboxes.enrol(sandbox)
    sandbox.keeper = maker.keeper_of(sandbox)
    assert sandbox.keeper
    sandbox.keeper.resume(revival.done_again, stood)
    told = {"sandbox": sandbox_id, "commands": revival.done_again, "digest": stood.digest}
    _LOG.info("recovered", extra={"fields": told})


async def take_in(
    sandboxes: Sandboxes,
    source: Path,
    *,
    new_credentials: bool,
    until: Instant | None = None,
    instead_of: Sandbox | None = None,
) -> Sandbox:
    """A sandbox of its own from that file, which is only read: with the credentials that the file
    has, or with new ones; as it was at an instant; in place of another, whose id it then has.
    NotKept: it cannot be; CredentialsTaken; TooManySandboxes."""
    if instead_of is None:
        sandboxes.require_room()
    sandbox_id = instead_of.id if instead_of else sandboxes.next_id()
    file = _coming_file(sandboxes, sandbox_id)
    try:
        sandbox = await _taken_in(sandboxes, source, file, sandbox_id, until)
        if new_credentials:
            _renew(sandboxes, sandbox)
        _require_own_credentials(sandboxes, sandbox, instead_of)
        if instead_of:
            sandboxes.strike_off(instead_of)
            await instead_of.close()
        _settle(sandboxes, sandbox, file)
    except BaseException:
        file.close()
        if file.path:
            file.path.unlink(missing_ok=True)
        raise
    return sandbox


async def _taken_in(
    sandboxes: Sandboxes,
    source: Path,
    file: SandboxFile,
    sandbox_id: str,
    until: Instant | None,
) -> Sandbox:
    maker = sandboxes.maker

    def make(world: World) -> Sandbox:
        sandbox = maker.returning(sandbox_id, world, file)
        found.copy_to(file)
        sandbox.archive.rewind(world.journal.length)
        return sandbox

    with closing(FoundFile(source)) as found:
        revival = Revival(found, make, until)
        await _live(revival)
    sandbox = revival.sandbox
    terms.note(sandbox)
    file.write(Batch(stand_of(sandbox), cut=revival.cut))
    return sandbox


def _settle(sandboxes: Sandboxes, sandbox: Sandbox, file: SandboxFile) -> None:
    """From now on it is one of the server's."""
    terms.note(sandbox)
    directory = sandboxes.maker.directory
    if directory:
        kept, origin = kept_of(sandbox), sandbox.origin
        try:
            file.write(Batch(stand_of(sandbox), kept=kept, kept_anew=True, origin=origin))
            file.move_to(directory.file_of(sandbox.id))
        except (sqlite3.Error, OSError) as problem:
            raise NotWritable(directory.path, str(problem)) from None
    sandboxes.enrol(sandbox)
    sandbox.keeper = sandboxes.maker.keeper_of(sandbox)
    if sandbox.keeper:
        sandbox.keeper.resume(0, stand_of(sandbox))


def _coming_file(sandboxes: Sandboxes, sandbox_id: str) -> SandboxFile:
    directory = sandboxes.maker.directory
    if directory is None:
        return SandboxFile()
    return SandboxFile(directory.coming_file_of(sandbox_id))


def _require_own_credentials(
    sandboxes: Sandboxes, sandbox: Sandbox, instead_of: Sandbox | None
) -> None:
    taken = sandboxes.sharing_credentials(sandbox)
    if taken and taken is not instead_of:
        raise CredentialsTaken(taken.id)


def _renew(sandboxes: Sandboxes, sandbox: Sandbox) -> None:
    """Nobody who knew the old credentials gets in."""
    sandbox.take_papers(sandboxes.maker.made_up_papers(sandbox.app.redirect_url))


async def _live(revival: Revival) -> None:
    breath = elapsed()
    for _ in revival.steps():
        if elapsed() - breath > _BREATH_S:
            await asyncio.sleep(0)
            breath = elapsed()
