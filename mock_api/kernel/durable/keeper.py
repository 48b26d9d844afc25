"""Sees to it that nothing leaves a sandbox before what it tells of is on disk.

Commands, facts, ended orders and what is kept beside the world gather while requests are served;
whoever is about to answer waits until all of it is written. While one batch is on its way to the
disk, the next one gathers: a commit is shared by everybody who waits for it.
"""

import asyncio
import logging
import sqlite3
from concurrent.futures import Executor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from mock_api.kernel.durable.batch import Batch, KeptRow, Numbered, Origin, Stand
from mock_api.kernel.durable.refusals import NotKept, NotWritable, WorldFailed
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.kernel.durable.snapshots import snapshot_of, stand_of
from simulator.clock import Instant
from simulator.facts import Fact

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

log: Final = logging.getLogger(__name__)

_SOON_S: Final = 0.05
"""What nobody waits for is written after so much real time."""
GATHERED_MOST: Final = 20_000
"""So many facts gather in one advance before they are written."""
_A_COMMANDS_WORTH: Final = 10
"""Doing a command again takes about as long as so many facts that time brings."""
_SNAPSHOT_AFTER: Final = 50_000
_PER_ORDER: Final = 50
"""The bigger a world, the seldomer a snapshot: it costs as much as its entities are many."""


class Keeper:
    """Of one sandbox with a lasting file, and of one world after the other in it."""

    def __init__(self, sandbox: "Sandbox", file: SandboxFile, writers: Executor) -> None:
        self._sandbox = sandbox
        self._file = file
        self._writers = writers
        self._facts: list[Numbered] = []
        self._kept: list[KeptRow] = []
        """Taken from the parts, and not written: the disk was full."""
        self._origin: Origin | None = None
        self._now: Instant | None = None
        """Up to where virtual time is written."""
        self._weight = 0
        """Of what would have to be done again from the last snapshot on."""
        self._snapshot_wanted = False
        self._flight: asyncio.Future[None] | None = None
        self._taken_off = self._landed = 0
        self._timer: asyncio.TimerHandle | None = None
        self._quiet: asyncio.Future[None] | None = None
        self._under_way: Batch | None = None
        self._is_abandoned = False

    # A world begins, or goes on.

    def begin(self, origin: Origin) -> None:
        """A world begins: whatever the file holds is of another."""
        self._origin = origin
        self._kept = []
        self._watch()

    def resume(self, done_again: int, stood: Stand) -> None:
        """The file's own world goes on from where it *stood*, after so many commands were done
        again."""
        self._now = stood.now
        self._sandbox.fact_archive.has_up_to = stood.facts
        self._weight = done_again * _A_COMMANDS_WORTH
        self._watch()

    def _watch(self) -> None:
        self._facts = []
        self._sandbox.world.journal.subscribe(self.hear)
        for part in self._sandbox.kept.values():
            part.watch(everything=self._origin is not None)

    def hear(self, seq: int, at: Instant, fact: Fact) -> None:
        self._facts.append((seq, at, fact))

    # Writing.

    @property
    def is_behind(self) -> bool:
        """Something has happened that the file does not have, nor will have from what is on its
        way."""
        sandbox, way = self._sandbox, self._under_way
        commands, facts = sandbox.commands.gathered, self._facts
        if way and way.stand.now == sandbox.world.now and way.origin is self._origin:
            begun = len(way.commands) < len(commands) or len(way.facts) < len(facts)
        else:
            begun = bool(commands or facts or self._origin) or self._now != sandbox.world.now
        return (
            begun
            or bool(self._kept or self._snapshot_wanted)
            or any(part.is_changed for part in sandbox.kept.values())
        )

    @property
    def is_overdue(self) -> bool:
        """An advance has brought more than should wait for its end."""
        return len(self._facts) >= GATHERED_MOST

    async def committed(self) -> None:
        """Until everything that has happened so far is in the file. NotWritable: it is not, and
        stays gathered until it can be; WorldFailed: it never will be. Of a sandbox that is no more
        nothing is written: its path may be another's."""
        self._require_sound()
        wanted = self._taken_off + self.is_behind
        while self._landed < wanted and not self._is_abandoned:
            if self._flight is None:
                self._flight = asyncio.ensure_future(self._commit())
            await asyncio.shield(self._flight)

    def soon(self) -> None:
        """Something has happened for whose end nobody waits."""
        if self._timer is None and not self._is_abandoned:
            self._timer = asyncio.get_running_loop().call_later(_SOON_S, self._write_now)

    async def close(self) -> None:
        """All is written, with a snapshot: the next start has nothing to do again."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._weight or self._facts:
            self._snapshot_wanted = True
        with suppress(WorldFailed):  # it was told whenever somebody asked
            await self.committed()
        while self._flight:  # whoever called meanwhile
            await asyncio.shield(self._flight)
        self._is_abandoned = True
        self._file.end()

    async def abandon(self) -> None:
        """Nothing more is written: the sandbox is no more."""
        self._is_abandoned = True
        if self._flight:
            with suppress(NotWritable):
                await asyncio.shield(self._flight)

    async def snapshot(self) -> None:
        """Until one is in the file of how everything stands now."""
        self._snapshot_wanted = True
        await self.committed()

    def _write_now(self) -> None:
        self._timer = None

        async def quietly() -> None:
            try:
                await self.committed()
            except NotKept as problem:
                log.warning("not kept: %s", problem)

        self._quiet = asyncio.ensure_future(quietly())

    def _require_sound(self) -> None:
        failure = self._sandbox.world.execution.failure
        if failure and not self._is_abandoned:
            assert self._file.path
            raise WorldFailed(self._file.path, failure)

    async def _commit(self) -> None:
        self._require_sound()
        world, batch = self._sandbox.world, self._batch()
        self._taken_off += 1
        self._under_way = batch
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._writers, self._file.write, batch)
        except (sqlite3.Error, OSError, ValueError) as problem:
            self._taken_off -= 1
            if world is self._sandbox.world:
                self._kept = list(batch.kept)
            assert self._file.path
            raise NotWritable(self._file.path, str(problem)) from None
        else:
            self._landed = self._taken_off
            if world is self._sandbox.world:  # another may have begun meanwhile
                self._written(batch)
        finally:
            self._flight = self._under_way = None

    def _batch(self) -> Batch:
        """Everything that has gathered. What it takes along stays gathered until it is written."""
        sandbox = self._sandbox
        kept, self._kept = self._kept, []
        for name, part in sandbox.kept.items():
            kept += [(name, key, content) for key, content in part.changes()]
        commands, facts = list(sandbox.commands.gathered), self._facts[:]
        return Batch(
            stand=stand_of(sandbox),
            commands=commands,
            facts=facts,
            ended=list(sandbox.archive.waiting),
            kept=kept,
            snapshot=self._snapshot(len(commands) * _A_COMMANDS_WORTH + len(facts)),
            origin=self._origin,
            anew=self._origin is not None,
            ended_up_to=sandbox.archive.up_to,
        )

    def _snapshot(self, weight: int) -> dict[str, Any] | None:
        due = max(_SNAPSHOT_AFTER, _PER_ORDER * len(self._sandbox.world.registry.orders))
        wanted, self._snapshot_wanted = self._snapshot_wanted, False
        return snapshot_of(self._sandbox) if wanted or self._weight + weight >= due else None

    def _written(self, batch: Batch) -> None:
        sandbox = self._sandbox
        self._origin = None
        self._now = batch.stand.now
        weight = len(batch.commands) * _A_COMMANDS_WORTH + len(batch.facts)
        self._weight = 0 if batch.snapshot else self._weight + weight
        del self._facts[: len(batch.facts)]
        sandbox.commands.written(len(batch.commands))
        sandbox.archive.written(len(batch.ended))
        sandbox.fact_archive.has_up_to = batch.stand.facts
