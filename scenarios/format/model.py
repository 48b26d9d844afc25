"""A scenario: a world, what happens in it when, who plays the seller, and what is expected.

It is read once and never changes. Orders, demand and carriers are written as the control API takes
them, for a scenario is played through it.
"""

from hashlib import blake2b
from pathlib import PurePath
from typing import Annotated, Any, Final

from pydantic import Field, PrivateAttr, field_validator, model_validator

from mock_api.control.orders import NewOrders
from mock_api.control.sandboxes import NewSandbox
from mock_api.control.sources import AnySource
from mock_api.kernel.times import Duration
from scenarios.expectations.expected import Expected
from scenarios.format.instants import NAME, Time, When
from scenarios.format.steps import Step
from scenarios.format.story import Line
from scenarios.format.strict import Strict
from simulator.clock import DAY
from simulator.errors import DomainError
from simulator.market import market_named
from simulator.sellers.behaviours import behaviour_named

RULES: Final = frozenset(
    {
        *("M1", "M2", "M3", "M4"),
        *("D1", "D2", "D3", "D4", "D5"),
        *("P1", "P2", "P3", "P4", "P5"),
        *("L1", "L2", "L3", "L4", "L5", "L6"),
        *("H1", "H2", "H3"),
        *("S1", "S2", "S3"),
        *("C1", "C2"),
        *("X1", "X2", "X3", "X4", "X5"),
    }
)
"""Every rule that a scenario can cover (docs/rules.md)."""

INTEGRATION: Final = "integration"
ABSENT: Final = "absent"
_USUAL_LENGTH: Final = 30 * DAY

Name = Annotated[str, Field(pattern=f"^{NAME}$")]


class SandboxWishes(NewSandbox):
    """The world: what a sandbox may be made of, by the control API; seed and market stand above."""


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
    covers: tuple[str, ...] = ()
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

    @field_validator("seller", "stand_in")
    @classmethod
    def _known_seller(cls, seller: str) -> str:
        return known_seller(seller)

    @field_validator("covers")
    @classmethod
    def _known_rules(cls, covers: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(covers) - RULES)
        if unknown:
            known = ", ".join(sorted(RULES))
            raise ValueError(f"{', '.join(unknown)}: no such rule; known are {known}")
        return covers

    @model_validator(mode="after")
    def _names_are_known(self) -> "Scenario":
        names = [planned.name for planned in self.orders]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"orders: the name {', '.join(twice)} is given twice")
        if not self.orders and not self.demand:
            raise ValueError("a scenario has orders or demand: there is neither")
        for where, name in [*self._spoken_of()]:
            if name not in names:
                known = ", ".join(names) or "none"
                raise ValueError(f"{where} speaks of orders named {name!r}; there are {known}")
        return self

    def _spoken_of(self) -> Any:
        for nth, step in enumerate(self.timeline):
            yield from ((f"timeline[{nth}]", name) for name in step.names())
        yield from (("expect", name) for name in self.expect.names())
        for planned in self.orders:
            if planned.at.order:
                yield f"orders: {planned.name}", planned.at.order

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
        return any(self.player(planned) == INTEGRATION for planned in self.orders)


def known_seller(seller: str) -> str:
    """A behaviour's name, or ``integration``; else ValueError tells which there are."""
    if seller not in ("", INTEGRATION):
        try:
            behaviour_named(seller)
        except DomainError as unknown:
            raise ValueError(f"{unknown}, {INTEGRATION}") from None
    return seller
