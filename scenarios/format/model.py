"""A scenario: a world, what happens in it when, who plays the seller, and what is expected.

It is read once and never changes. Orders, demand and carriers are written as the control API takes
them, for a scenario is played through it.
"""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import PurePath
from typing import Annotated, Any, Final

from pydantic import Field, PrivateAttr, field_validator, model_validator

from mock_api.control.orders import NewOrders
from mock_api.control.sandboxes import NewSandbox
from mock_api.control.sources import AnySource
from mock_api.kernel.times import Duration
from scenarios.expectations.expected import ALL, Expected
from scenarios.format.instants import NAME, Time, When
from scenarios.format.rules import Rule
from scenarios.format.steps import Step
from scenarios.format.story import Line
from scenarios.format.strict import Misplaced, Place, Strict
from simulator.clock import DAY
from simulator.errors import DomainError
from simulator.market import market_named
from simulator.sellers.behaviours import behaviour_named

INTEGRATION: Final = "integration"
ABSENT: Final = "absent"
_USUAL_LENGTH: Final = 30 * DAY
_MOST: Final = 366 * DAY
"""The control API advances so far at once, at the most."""

_NO_NAMES: Final = frozenset({ALL, "day"})
"""``all`` is every order, and a time that begins with ``day`` is one of the calendar."""

Name = Annotated[str, Field(pattern=f"^{NAME}$")]


class SandboxWishes(NewSandbox):
    """The world: what a sandbox may be made of, by the control API; seed and market stand above."""

    @model_validator(mode="after")
    def _said_once(self) -> "SandboxWishes":
        above = sorted({"seed", "market"} & self.model_fields_set)
        if above:
            raise ValueError(f"say {' and '.join(above)} at the top of the file, not in world")
        return self


class PlannedOrders(NewOrders):
    """Orders that are placed at one instant, under a name to speak of them by."""

    name: Name
    at: Time = When("+0", after=0)
    seller: str = ""
    """Who plays the seller of these: a behaviour, or ``integration``; left out, the scenario's."""
    shop: str = ""
    """The name of the shop that sells, of the world's shops or independent ones; left out, the
    first."""
    story: tuple[Line, ...] = ()
    """A parcel's life line by line, instead of one that is drawn: when, and which scan."""

    @field_validator("name")
    @classmethod
    def _own_name(cls, name: str) -> str:
        if name in _NO_NAMES:
            raise ValueError(f"{name!r} means something else: choose another name")
        return name

    @field_validator("seller")
    @classmethod
    def _known_seller(cls, seller: str) -> str:
        return known_seller(seller)

    @field_validator("behaviour")
    @classmethod
    def _said_otherwise(cls, behaviour: str) -> str:
        if behaviour:
            raise ValueError("who plays the seller is said by the key seller")
        return behaviour

    def wishes(self) -> dict[str, Any]:
        """The body of the call that places them."""
        own = {"name", "at", "seller", "story", "behaviour", "shop"}
        return self.model_dump(mode="json", exclude=own, exclude_unset=True)


class Scenario(Strict):
    """One story, told once and checked."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    about: str = ""
    """The story in a few sentences, for people."""
    covers: tuple[Rule, ...] = ()
    """Ids of the rules that it shows."""
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    """Left out, it follows from the file's name, so that no two stories share their luck."""
    market: str = "standard"
    seller: str = "prompt"
    """Who plays the seller: a behaviour, or ``integration``, the one under test."""
    stand_in: str = "prompt"
    """Which behaviour plays the integration's part where there is none under test."""
    world: SandboxWishes = Field(default_factory=SandboxWishes)
    orders: tuple[PlannedOrders, ...] = ()
    demand: tuple[Annotated[AnySource, Field(discriminator="kind")], ...] = ()
    timeline: tuple[Step, ...] = ()
    runs_for: Duration = _USUAL_LENGTH
    """How long the world is played, from its start; it ends earlier when nothing is left to
    come."""
    expect: Expected

    _file: str = PrivateAttr("")

    @field_validator("market")
    @classmethod
    def _known_market(cls, market: str) -> str:
        try:
            market_named(market)
        except DomainError as unknown:
            raise ValueError(str(unknown)) from None
        return market

    @field_validator("runs_for")
    @classmethod
    def _bounded(cls, runs_for: int) -> int:
        if not 1 <= runs_for <= _MOST:
            raise ValueError(f"a run lasts from a second to {_MOST // DAY} days")
        return runs_for

    @field_validator("seller", "stand_in")
    @classmethod
    def _known_seller(cls, seller: str) -> str:
        return known_seller(seller)

    @model_validator(mode="after")
    def _names_are_known(self) -> "Scenario":
        if not self.orders and not self.demand:
            raise ValueError("has neither orders nor demand: nothing would happen")
        names = [planned.name for planned in self.orders]
        wrong: list[tuple[Place, str]] = [
            (("orders", nth, "name"), f"the name {name} is given twice")
            for nth, name in enumerate(names)
            if name in names[:nth]
        ]
        known = ", ".join(names) or "none"
        wrong += [
            (place, f"speaks of orders named {name!r}; there are {known}")
            for place, name in self._spoken_of()
            if name not in ("", ALL, *names)
        ]
        if wrong:
            raise Misplaced(wrong)
        return self

    def _spoken_of(self) -> Iterator[tuple[Place, str]]:
        for nth, planned in enumerate(self.orders):
            if planned.at.order:
                yield ("orders", nth, "at"), planned.at.order
        for nth, step in enumerate(self.timeline):
            yield from ((("timeline", nth, key), name) for key, name in step.names())
        yield from ((("expect", *place), name) for place, name in self.expect.names())

    @property
    def file(self) -> str:
        return self._file

    @property
    def key(self) -> str:
        """What people call it: the file's name without its endings."""
        return PurePath(self._file).name.split(".")[0]

    def named(self, file: str) -> "Scenario":
        """The scenario as that file's."""
        self._file = file
        return self

    def player(self, planned: PlannedOrders) -> str:
        """Who plays the seller of those orders; a story has a seller of its own."""
        return planned.seller or (ABSENT if planned.story else self.seller)

    def sellers_of(self, source: AnySource) -> set[str]:
        """Who plays the sellers of its orders: the scenario's seller, if it does not say."""
        said = "behaviour" in source.model_fields_set
        rows = getattr(source, "rows", None) or ()
        return {
            *(source.behaviour if said else [self.seller]),
            *(row.behaviour for row in rows),
        } - {""}

    def sandbox(self, seed: int) -> dict[str, Any]:
        """The body of the call that opens its world."""
        wishes = self.world.model_dump(mode="json", exclude_unset=True)
        return {"quiet_ms": 0} | wishes | {"seed": seed, "market": self.market}

    @property
    def usual_seed(self) -> int:
        """Its own, or one that follows from its name, so that no two share their luck."""
        if self.seed is not None:
            return self.seed
        return int.from_bytes(blake2b(self.key.encode(), digest_size=4).digest(), "big")

    @property
    def needs_integration(self) -> bool:
        """Some of its orders are the integration's to ship."""
        return any(self.player(planned) == INTEGRATION for planned in self.orders) or any(
            INTEGRATION in self.sellers_of(source) for source in self.demand
        )


def known_seller(seller: str) -> str:
    """A behaviour's name, or ``integration``; else ValueError tells which there are."""
    if seller not in ("", INTEGRATION):
        try:
            behaviour_named(seller)
        except DomainError as unknown:
            raise ValueError(f"{unknown}, {INTEGRATION}") from None
    return seller
