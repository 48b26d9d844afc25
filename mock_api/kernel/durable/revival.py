"""A sandbox again from its file: the last snapshot, then the commands after it, then what is kept
beside the world. The digest must be the file's, or the file is refused."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from mock_api.kernel import terms
from mock_api.kernel.durable.batch import Cut
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import NotKept, OtherDigest, Torn
from mock_api.kernel.sandbox import Sandbox
from simulator import World, WorldConfig
from simulator.clock import Instant
from simulator.plain import from_plain

Making = Callable[[World], Sandbox]
"""A sandbox around that world, with everything that its dialects attach, and with a file that has
what was put away before."""


class Revival:
    """One sandbox on its way back."""

    def __init__(self, file: FoundFile, making: Making, until: Instant | None = None) -> None:
        """*until*: only so far; what is kept beside the world is as it was in the end."""
        self._file = file
        self._making = making
        self._until = until
        self._sandbox: Sandbox | None = None
        self.done_again = 0
        """Commands since the snapshot."""

    @property
    def sandbox(self) -> Sandbox:
        """Whole, once all steps were done."""
        assert self._sandbox
        return self._sandbox

    @property
    def cut(self) -> Cut:
        """Up to where the file's past is the sandbox's."""
        return Cut(self.sandbox.world.journal.length, self.sandbox.commands.length)

    def steps(self) -> Iterator[None]:
        """Between any two, whoever revives may let others in. NotKept: it cannot be done."""
        try:
            yield from self._steps()
        except NotKept:
            raise
        except Exception as problem:
            raise Torn(self._file.path, f"{type(problem).__name__}: {problem}") from problem

    def _steps(self) -> Iterator[None]:
        yield from self._file.archive_checked()
        if self._until is not None and self._until >= self._file.stand.now:
            self._until = None  # it has not been there yet
        with _undisturbed():
            snapshot = self._file.snapshot(self._until)
            sandbox = self._sandbox = self._begun(snapshot)
        yield
        before = snapshot[0] if snapshot else 0
        yield from self._do_again(sandbox, before)
        if self._until is None:
            self._require_digest(sandbox.world)
        self._load(sandbox)

    def _begun(self, snapshot: tuple[int, dict[str, Any]] | None) -> Sandbox:
        if snapshot is None:
            return self._making(World(from_plain(WorldConfig, self._file.origin.config)))
        saved = snapshot[1]
        sandbox = self._making(World.restore(saved["world"]))
        for name, part in sandbox.derived().items():
            part.restore(saved["derived"][name])
        return sandbox

    def _do_again(self, sandbox: Sandbox, before: int) -> Iterator[None]:
        world = sandbox.world
        until = Instant(self._file.stand.now) if self._until is None else self._until
        world.commands_go_to(None)
        for command in self._file.commands(before):
            if command.at > until:
                break
            world.repeat(command)
            self.done_again += 1
            yield
        world.advance(max(until, world.now))
        sandbox.commands.resume(before + self.done_again)
        world.commands_go_to(sandbox.commands.hear)

    def _require_digest(self, world: World) -> None:
        stand, here = self._file.stand, world.journal.digest()
        if (stand.digest, stand.facts) != (here, world.journal.length):
            raise OtherDigest(self._file.path, self._file.origin.seatrial, stand.digest, here)

    def _load(self, sandbox: Sandbox) -> None:
        """What repeating the commands has left beside the world goes: the file knows better."""
        rows = sorted(self._file.kept(), key=itemgetter(0))
        found = {name: list(part) for name, part in groupby(rows, key=itemgetter(0))}
        unknown = sorted(found.keys() - sandbox.kept.keys())
        if unknown:
            raise Torn(self._file.path, f"nobody here keeps {', '.join(unknown)}")
        for name, part in sandbox.kept.items():
            part.load((key, content) for _, key, content in found.get(name, ()))
        terms.apply(sandbox, sandbox.terms[""])
        sandbox.resume()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the cyclic collector, which would look again and again at what is only growing: that
    takes as long as the loading itself."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
