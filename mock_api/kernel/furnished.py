"""What is attached to a sandbox's present world: what dialects keep of it, what hears of its facts,
and what of all that outlives the process."""

from collections.abc import Callable
from typing import Any, TypeVar

from mock_api.kernel.derived import Derived
from mock_api.kernel.durable.kept import Kept
from simulator import World
from simulator.journal import Sink

T = TypeVar("T")


class Furnished:
    """A world, and whatever belongs to it: with another world, all is gone."""

    world: World

    def __init__(self) -> None:
        self._silent: list[Sink] | None = None
        """Who is to hear of facts once it resumes."""

    def _strip(self, world: World) -> None:
        """Nothing but *world* is here."""
        self.world = world
        self.kept: dict[str, Kept[Any]] = {}
        """What outlives the process beside the world, by its name."""
        self._resuming: list[Callable[[], None]] = []
        """What parts do once they were loaded."""
        self._attached: dict[type, object] = {}
        self._derived: dict[str, Derived] = {}

    def keep(self, part: Kept[T], resume: Callable[[], None] | None = None) -> Kept[T]:
        """Have *part* outlive the process, if the sandbox does. *resume*: what follows from it is
        worked out again, once it was loaded, and so was every other."""
        assert part.name not in self.kept, part.name
        self.kept[part.name] = part
        if resume:
            self._resuming.append(resume)
        return part

    def resume(self) -> None:
        """What is kept was loaded: each part goes on, webhooks that wait are on their way, and
        facts are told of again."""
        for resume in self._resuming:
            resume()
        silent, self._silent = self._silent or [], None
        for hear in silent:
            self.tell(hear)

    def tell(self, hear: Sink) -> None:
        """Let *hear* hear of every fact from now on, to tell somebody of it or to keep something
        of it: not while commands are done again, for then it has been told and kept."""
        if self._silent is None:
            self.world.journal.subscribe(hear)
        else:
            self._silent.append(hear)

    def be_silent(self) -> None:
        """Until it resumes, it tells nobody of facts: what it lived through was told."""
        self._silent = []

    def attach(self, part: object) -> None:
        """Keep a dialect's own read model of the present world."""
        self._attached[type(part)] = part

    def attach_derived(self, name: str, part: Derived) -> None:
        """The same of one that follows from the world's facts alone. Snapshots hold it under
        *name*, which therefore stays, whatever becomes of the code."""
        assert name not in self._derived, name
        self._derived[name] = part
        self.attach(part)

    def derived(self) -> dict[str, Derived]:
        """Every read model that a snapshot holds beside the world, by its name."""
        return dict(self._derived)

    def attached(self, kind: type[T]) -> T:
        """The read model of that kind."""
        part = self._attached[kind]
        assert isinstance(part, kind)
        return part
