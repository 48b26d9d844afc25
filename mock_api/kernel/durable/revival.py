"""A sandbox again from its file: the last snapshot, then the commands after it, then what is kept
beside the world. The digest must be the file's, or the file is refused."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from mock_api.kernel import terms
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import NotKept, OtherDigest, Torn
from mock_api.kernel.sandbox import Sandbox
from simulator import World, WorldConfig
from simulator.clock import Instant
from simulator.errors import DomainError
from simulator.plain import from_plain

Found = Callable[[World], Sandbox]
"""Makes the sandbox around a world, with everything that its dialects attach."""


@dataclass(slots=True)
class Revival:
    """One sandbox on its way back."""

    file: FoundFile
    make: Found
    sandbox: Sandbox | None = None
    done_again: int = 0
    """Commands since the snapshot."""

    def steps(self) -> Iterator[None]:
        """Between any two, whoever revives may let others in. NotKept: it cannot be done."""
        snapshot = self.file.snapshot()
        try:
            sandbox = self._begun(snapshot)
            self.sandbox = sandbox
            yield
            yield from self._do_again(sandbox, snapshot[0] if snapshot else 0)
            self._require_digest(sandbox.world)
            self._load(sandbox)
        except (DomainError, KeyError, TypeError, ValueError, AttributeError) as problem:
            raise Torn(self.file.path, f"{type(problem).__name__}: {problem}") from problem

    def _begun(self, snapshot: tuple[int, dict[str, Any]] | None) -> Sandbox:
        if snapshot is None:
            return self.make(World(from_plain(WorldConfig, self.file.origin.config)))
        saved = snapshot[1]
        sandbox = self.make(World.restore(saved["world"]))
        for name, part in sandbox.derived().items():
            part.restore(saved["derived"][name])
        return sandbox

    def _do_again(self, sandbox: Sandbox, after: int) -> Iterator[None]:
        world, stand = sandbox.world, self.file.stand
        world.commands_go_to(None)
        for command in self.file.commands(after):
            world.repeat(command)
            self.done_again += 1
            yield
        world.advance(Instant(stand.now))
        sandbox.commands.resume(stand.commands)
        world.commands_go_to(sandbox.commands.hear)

    def _require_digest(self, world: World) -> None:
        stand, here = self.file.stand, world.journal.digest()
        if (stand.digest, stand.facts) != (here, world.journal.length):
            raise OtherDigest(self.file.path, self.file.origin.seatrial, stand.digest, here)

    def _load(self, sandbox: Sandbox) -> None:
        """What repeating the commands has left beside the world goes: the file knows better."""
        rows = sorted(self.file.kept(), key=itemgetter(0))
        found = {name: list(part) for name, part in groupby(rows, key=itemgetter(0))}
        unknown = sorted(found.keys() - sandbox.kept.keys())
        if unknown:
            raise Torn(self.file.path, f"nobody here keeps {', '.join(unknown)}")
        for name, part in sandbox.kept.items():
            part.load((key, content) for _, key, content in found.get(name, ()))
        terms.apply(sandbox, sandbox.terms[""])
        sandbox.resume()


def revived(file: FoundFile, make: Found) -> Sandbox:
    """All at once."""
    revival = Revival(file, make)
    for _ in revival.steps():
        pass
    assert revival.sandbox
    return revival.sandbox


__all__: Sequence[str] = ("NotKept", "Revival", "revived")
