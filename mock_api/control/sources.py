"""What a source of orders may be asked for: one body per kind, and the plan that follows from it.

Forms are read here; whether anybody could bring such orders is the simulation's to say, and its
flaws bear the names of these fields.
"""

from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from mock_api.control.requests import Wish
from mock_api.kernel.times import Duration, Moment, seconds
from simulator.clock import EPOCH, Instant, later
from simulator.demand.buying import Buying
from simulator.demand.chance import Mix
from simulator.demand.model import Plan
from simulator.demand.replay import MOST_UNITS, NEVER, Replay, Row, Times
from simulator.demand.rhythms import EVENING, HORIZON, WEEKEND, Burst, Curve, Steady, Tempo
from simulator.demand.sheet import Sheet, read_sheet

_MOST_NAMES: Final = 100
_USUAL: Final = Buying()


def _one_or_many(value: object) -> object:
    return {value: 1} if isinstance(value, str) else value


def _span(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value, value)


def _payment(value: object) -> object:
    return NEVER if value == "never" else None if value is None else seconds(value)


Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Weights = Annotated[
    dict[str, Weight],
    Field(min_length=1, max_length=_MOST_NAMES),
    BeforeValidator(_one_or_many, json_schema_input_type=str | dict[str, float]),
]
"""One name, or names with their weights."""
Span = Annotated[
    tuple[Duration, Duration],
    BeforeValidator(_span, json_schema_input_type=str | int | tuple[str | int, str | int]),
]
"""One duration, or the shortest and the longest."""


def _usual(mix: Mix) -> Any:
    return Field(default_factory=lambda: dict(mix))


class Wished(Wish):
    """What every source has: when it starts, and what people buy."""

    name: str = ""
    """Draws are named after it. Left out, sources are numbered."""
    start: Moment | None = None
    """Left out: now."""
    shipping: Weights = _usual(_USUAL.shipping)
    city: Weights = _usual(_USUAL.city)
    channel: Weights = _usual(_USUAL.channel)
    """``direct``, ``overseas``, ``dropship``."""
    behaviour: Weights = _usual(_USUAL.behaviour)
    """Who plays the seller; ``integration``: no simulated one."""
    buyer: Weights = _usual(_USUAL.buyer)
    """The buyers' temperaments; ``passive``: they do nothing unasked."""
    items: Annotated[list[str], Field(min_length=1, max_length=MOST_UNITS)] | None = None
    """The same basket for everybody: SKU ids, one per unit. Left out, baskets are drawn."""
    units: Weights = _usual(_USUAL.units)
    """How many units a drawn basket has."""
    skus: Weights | None = None
    """Of what; left out, everything alike."""
    paid: Share = _USUAL.paid
    """The share of buyers who pay."""
    pays_after: Span = _USUAL.pays_after
    late: Share = _USUAL.late
    """Of those who pay, the share who take their time."""
    late_after: Span = _USUAL.late_after
    shop_id: str = ""
    parcels: Weights = _usual(_USUAL.parcels)
    """In how many packages the platform drafts an order; no more than it has items."""
    returning: Share = _USUAL.returning
    """The share of orders by a buyer of this source who ordered before."""
    combined: bool = _USUAL.combined
    """The platform combines what fits of one buyer's orders."""

    @model_validator(mode="after")
    def _one_basket(self) -> Self:
        if self.items and {"units", "skus"} & self.model_fields_set:
            raise ValueError("items is the whole basket: leave out units and skus")
        return self

    def starting(self) -> Plan:
        """A plan that still lacks its rhythm."""
        buying = Buying(
            shipping=_mix(self.shipping),
            city=_mix(self.city),
            behaviour=_mix(self.behaviour),
            buyer=_mix(self.buyer),
            items=tuple(self.items or ()),
            units=_mix(self.units),
            skus=_mix(self.skus or {}),
            paid=self.paid,
            pays_after=self.pays_after,
            late=self.late,
            late_after=self.late_after,
            shop_id=self.shop_id,
            channel=_mix(self.channel),
            parcels=_mix(self.parcels),
            returning=self.returning,
            combined=self.combined,
        )
        # The first second of 1970 is given as the second one, for zero means now.
        starts_at = EPOCH if self.start is None else Instant(max(1, self.start))
        return Plan(starts_at=starts_at, buying=buying)


class Rated(Wished):
    """A source that goes on until its end or its count, whichever comes first."""

    per_hour: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    end: Moment | None = None
    for_: Annotated[Duration | None, Field(alias="for")] = None
    """How long, instead of an end."""
    count: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.end is not None and self.for_ is not None:
            raise ValueError("give an end, or for how long; not both")
        return self

    def bounded(self, now: Instant) -> Plan:
        """A plan that still lacks its rhythm, with its end and count."""
        plan = self.starting()
        ends_at = HORIZON if self.end is None else Instant(self.end)
        if self.for_ is not None:
            ends_at = later(plan.starts_at or now, self.for_)
        return replace(plan, ends_at=ends_at, count=self.count)


class WishedSteady(Rated):
    """As many an hour, by day and by night."""

    kind: Literal["steady"]

    def plan(self, now: Instant) -> Plan:
        return replace(self.bounded(now), steady=Steady(self.per_hour))


class WishedCurve(Rated):
    """As many an hour in the mean of a week, by the hour and the weekday where buyers live."""

    kind: Literal["curve"]
    hours: tuple[Weight, ...] = EVENING
    """24 weights, from midnight."""
    weekdays: tuple[Weight, ...] = WEEKEND
    """Seven weights, from Monday."""
    timezone: str = ""
    """Left out: the market's."""

    def plan(self, now: Instant) -> Plan:
        curve = Curve(self.per_hour, self.timezone, self.hours, self.weekdays)
        return replace(self.bounded(now), curve=curve)


class WishedBurst(Wished):
    """A live-stream: exactly so many orders within a time."""

    kind: Literal["burst"]
    orders: Annotated[int, Field(ge=1)]
    for_: Annotated[Duration, Field(alias="for")]
    tempo: Tempo = Tempo.ORDINARY

    def plan(self, now: Instant) -> Plan:
        del now  # its duration needs no instant
        return replace(self.starting(), burst=Burst(self.orders, self.for_, self.tempo))


class PastOrder(Wish):
    """An order of the past. What is left out is drawn, as the source says."""

    at: Moment | None = None
    after: Duration | None = None
    """From the source's start, instead of an instant."""
    shipping: str = ""
    city: str = ""
    items: tuple[str, ...] = ()
    behaviour: str = ""
    buyer: str = ""
    pays_after: Annotated[
        int | None,
        BeforeValidator(_payment, json_schema_input_type=str | int | None),
        PlainSerializer(lambda after: "never" if after == NEVER else after, when_used="json"),
    ] = None
    """A duration, or ``never``."""

    def row(self) -> Row:
        return Row(
            at=self.after or 0 if self.at is None else self.at,
            shipping=self.shipping,
            city=self.city,
            items=self.items,
            behaviour=self.behaviour,
            pays_after=self.pays_after,
            buyer=self.buyer,
        )


class WishedReplay(Wished):
    """Orders of the past, as CSV text or as rows."""

    kind: Literal["replay"]
    csv: str | None = None
    rows: Annotated[list[PastOrder], Field(min_length=1)] | None = None
    from_first: bool = False
    """The earliest order comes at the start, and the others as much later as they once did."""

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if (self.csv is None) is (self.rows is None):
            raise ValueError("give either csv or rows")
        first, *others = [(row.at is None, row.after is None) for row in self.rows or [_TIMED]]
        if sum(first) != 1 or any(other != first for other in others):
            raise ValueError("give every row its at, or every row its after")
        return self

    @cached_property
    def sheet(self) -> Sheet:
        """The orders, with all that is wrong with the text they are from."""
        if self.csv is not None:
            return read_sheet(self.csv)
        rows = self.rows or []
        times = Times.FROM_START if rows[0].at is None else Times.ABSOLUTE
        return Sheet(tuple(row.row() for row in rows), (), times, ())

    def plan(self, now: Instant) -> Plan:
        del now  # rows have instants of their own
        times = Times.FROM_FIRST if self.from_first else self.sheet.times
        replay = Replay(self.sheet.rows, times)
        return replace(self.starting(), replay=replay)


_TIMED: Final = PastOrder(at=0)

AnySource = WishedSteady | WishedCurve | WishedBurst | WishedReplay


def _mix(weights: dict[str, float]) -> Mix:
    return tuple(weights.items())
