"""Sandboxes that come back: those of the server's directory when it starts, and those that somebody
brings as a file, or branches off."""

import asyncio
import logging
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from mock_api.kernel import terms
from mock_api.kernel.durable.batch import Batch
from mock_api.kernel.durable.directory import SUFFIX
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import (
    CredentialsTaken,
    NeverBegun,
    NotWritable,
    Overtaken,
    TooBig,
)
from mock_api.kernel.durable.revival import Revival
from mock_api.kernel.durable.sandbox_file import SandboxFile, remove
from mock_api.kernel.durable.snapshots import kept_of, stand_of
from mock_api.kernel.readiness import Readiness
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import elapsed
from mock_api.limits import Limits
from mock_api.settings import Opens
from simulator import World
from simulator.bounds import Bounds
from simulator.clock import Instant

_LOG: Final = logging.getLogger("seatrial.server")
_BREATH_S: Final = 0.02
"""Real time after which requests are let in."""


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
    _tell_of_default(sandboxes)
    sandboxes.open_default()


def _tell_of_default(sandboxes: Sandboxes) -> None:
    """Its file counts, whatever the command line says."""
    for told in sandboxes.default_differs():
        _LOG.warning("the default sandbox is as its file has it", extra={"fields": told})


async def open_file(sandboxes: Sandboxes, opens: Opens, readiness: Readiness) -> None:
    """The sandbox of that file, beside whatever the server has. NotKept."""
    readiness.recovering(1)
    await take_in(sandboxes, opens.file, Wished(until=opens.until))
    readiness.one_more()


async def _recovered(sandboxes: Sandboxes, path: Path) -> None:
    sandbox_id, maker = path.name.removesuffix(SUFFIX), sandboxes.maker
    file = SandboxFile(path)
    try:
        with closing(await asyncio.to_thread(FoundFile, path)) as found:
            revival = Revival(found, lambda world: maker.returning(sandbox_id, world, file))
            await _live(revival)
            stood = found.stand
        _require_own_credentials(sandboxes, revival.sandbox, path)
    except NeverBegun:
        _LOG.info("removed", extra={"fields": {"file": path.name, "why": "nothing is in it"}})
        remove(path)
        return
    except BaseException:
        file.close()
        raise
    sandbox = revival.sandbox
    sandboxes.enrol(sandbox)
    sandbox.keeper = maker.keeper_of(sandbox)
    assert sandbox.keeper
    sandbox.keeper.resume(revival.done_again, stood)
    told = {"sandbox": sandbox_id, "commands": revival.done_again, "digest": stood.digest}
    _LOG.info("recovered", extra={"fields": told})


@dataclass(frozen=True, slots=True)
class Wished:
    """How a sandbox shall come in from a file."""

    new_credentials: bool = False
    """Not those that the file has."""
    until: Instant | None = None
    """As it was at that instant; left out: as it is."""
    instead_of: Sandbox | None = None
    """In place of that one, whose id it then has."""
    within: Limits | None = None
    """A stranger's file: what it holds keeps to these."""


async def take_in(sandboxes: Sandboxes, source: Path, wished: Wished) -> Sandbox:
    """A sandbox of its own from that file, which is only read. NotKept: it cannot be, and whatever
    it was to replace is as it was; TooManySandboxes."""
    old = wished.instead_of
    if old is None:
        sandboxes.require_room()
    sandbox_id = old.id if old else sandboxes.next_id()
    file = _coming_file(sandboxes, sandbox_id)
    try:
        sandbox = await _taken_in(sandboxes, source, file, sandbox_id, wished)
        if wished.new_credentials:
            _renew(sandboxes, sandbox)
        _require_own_credentials(sandboxes, sandbox, source, old)
        _write_down(sandbox, file)
        if old:
            _require_there(sandboxes, old, source)
            await sandboxes.dismiss(old)
        _name(sandboxes, sandbox_id, file)
    except BaseException:
        file.remove()
        raise
    sandboxes.enrol(sandbox)
    sandbox.keeper = sandboxes.maker.keeper_of(sandbox)
    if sandbox.keeper:
        sandbox.keeper.resume(0, stand_of(sandbox))
    return sandbox


async def _taken_in(
    sandboxes: Sandboxes, source: Path, file: SandboxFile, sandbox_id: str, wished: Wished
) -> Sandbox:
    maker, within = sandboxes.maker, wished.within

    def make(world: World) -> Sandbox:
        sandbox = maker.returning(sandbox_id, world, file)
        if within:
            _require_bounds(source, world, within)
        found.copy_to(file)
        sandbox.archive.rewind(world.journal.length)
        return sandbox

    at_most = within.file_bytes if within else 0
    with closing(await asyncio.to_thread(FoundFile, source, at_most)) as found:
        revival = Revival(found, make, wished.until)
        await _live(revival)
    sandbox = revival.sandbox
    terms.note(sandbox)
    _write(file, Batch(stand_of(sandbox), cut=revival.cut))
    return sandbox


def _require_there(sandboxes: Sandboxes, old: Sandbox, source: Path) -> None:
    if not sandboxes.has(old):
        raise Overtaken(source, old.id)


def _require_bounds(source: Path, world: World, within: Limits) -> None:
    for each in fields(Bounds):
        wanted, most = getattr(world.config.bounds, each.name), getattr(within, each.name)
        if wanted > most:
            raise TooBig(source, f"its world may hold {each.name}={wanted}, and here {most}")


def _write_down(sandbox: Sandbox, file: SandboxFile) -> None:
    """What it is from now on, if it lasts."""
    terms.note(sandbox)
    if file.is_lasting:
        kept, origin = kept_of(sandbox), sandbox.origin
        _write(file, Batch(stand_of(sandbox), kept=kept, kept_anew=True, origin=origin))


def _name(sandboxes: Sandboxes, sandbox_id: str, file: SandboxFile) -> None:
    directory = sandboxes.maker.directory
    if directory:
        try:
            file.move_to(directory.file_of(sandbox_id))
        except OSError as problem:
            raise NotWritable(directory.path, problem.strerror or str(problem)) from None


def _write(file: SandboxFile, batch: Batch) -> None:
    try:
        file.write(batch)
    except (sqlite3.Error, OSError) as problem:
        raise NotWritable(file.path or Path(tempfile.gettempdir()), str(problem)) from None


def _coming_file(sandboxes: Sandboxes, sandbox_id: str) -> SandboxFile:
    directory = sandboxes.maker.directory
    if directory is None:
        return SandboxFile()
    return SandboxFile(directory.coming_file_of(sandbox_id))


def _require_own_credentials(
    sandboxes: Sandboxes, sandbox: Sandbox, path: Path, instead_of: Sandbox | None = None
) -> None:
    taken = sandboxes.sharing_credentials(sandbox)
    if taken and taken is not instead_of:
        raise CredentialsTaken(path, taken.id)


def _renew(sandboxes: Sandboxes, sandbox: Sandbox) -> None:
    """Nobody who knew the old credentials gets in."""
    sandbox.take_papers(sandboxes.maker.made_up_papers(sandbox.app.redirect_url))


async def _live(revival: Revival) -> None:
    breath = elapsed()
    for _ in revival.steps():
        if elapsed() - breath > _BREATH_S:
            await asyncio.sleep(0)
            breath = elapsed()
