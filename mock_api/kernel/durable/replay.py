"""A sandbox's commands done once more, from its world's first instant, beside what its file says
came of them the first time."""

from collections.abc import Generator
from dataclasses import dataclass, field

from mock_api.kernel.durable.batch import FactRow, fact_row
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import NotKept, Torn
from simulator import World, WorldConfig
from simulator.clock import Instant
from simulator.facts import Fact
from simulator.plain import from_plain


@dataclass(frozen=True, slots=True)
class Difference:
    """The first fact that is not as the file has it; on either side there may be none."""

    in_file: FactRow | None
    here: FactRow | None


@dataclass(slots=True)
class Replay:
    """One run."""

    file: FoundFile
    world: World = field(init=False)
    commands: int = 0
    difference: Difference | None = None
    is_whole: bool = True
    """Up to where the file stands."""
    _facts: Generator[FactRow] = field(init=False)

    def __post_init__(self) -> None:
        self._facts = self.file.facts()
        try:
            self.world = World(from_plain(WorldConfig, self.file.origin.config))
        except Exception as problem:  # noqa: BLE001 - what was edited can go wrong anyhow
            raise Torn(self.file.path, f"its configuration cannot be read ({problem})") from None
        self.world.journal.subscribe(self._hear)

    def run(self, until: Instant | None = None) -> None:
        """Up to an instant, or as far as the file stands. Torn: the commands cannot be done."""
        end = Instant(self.file.stand.now)
        self.is_whole = until is None or until >= end
        until = end if until is None else min(until, end)
        try:
            self._do_all(until)
        except NotKept:
            raise
        except Exception as problem:
            what = str(problem) or type(problem).__name__
            raise Torn(self.file.path, f"command {self.commands + 1}: {what}") from problem
        finally:
            self._facts.close()

    def _do_all(self, until: Instant) -> None:
        for command in self.file.commands():
            if command.at > until:
                break
            self.world.repeat(command)
            self.commands += 1
        self.world.advance(max(until, self.world.now))

    @property
    def is_same(self) -> bool:
        """So far, everything was as in the file."""
        if self.difference:
            return False
        return not self.is_whole or self.world.journal.digest() == self.file.stand.digest

    def _hear(self, seq: int, at: Instant, fact: Fact) -> None:
        if self.difference:
            return
        here, in_file = fact_row(seq, at, fact), next(self._facts, None)
        if in_file != here:
            self.difference = Difference(in_file, here)
