"""What is wrong with a plan, in the words of whoever wrote it: each flaw with its path.

Paths are the control API's names; a scenario file uses the same.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Final
from zoneinfo import ZoneInfo

from simulator.buyers.temperaments import PASSIVE, TEMPERAMENTS
from simulator.catalog import BY_ID
from simulator.channels.model import Channel
from simulator.clock import Instant
from simulator.demand.buying import Buying
from simulator.demand.chance import Mix
from simulator.demand.model import Plan
from simulator.demand.replay import (
    INTEGRATION,
    LONGEST,
    LONGEST_CITY,
    MOST_UNITS,
    Replay,
    wrong_fields,
    wrong_items,
)
from simulator.demand.rhythms import HORIZON, Burst, Curve, Steady
from simulator.orders.model import Mode
from simulator.sellers.behaviours import BEHAVIOURS

Flaw = tuple[str, str]
"""The path of a value, and what is wrong with it."""

SLOWEST: Final = 0.01
"""Orders an hour: one in four days. Slower ones would have to be looked for too far ahead."""
FASTEST: Final = 36_000_000.0
"""Ten thousand a second."""


def flaws(plan: Plan, now: Instant) -> Iterator[Flaw]:
    """Everything that is wrong with *plan*, which is to start *now* or later."""
    if len(plan.rhythms) != 1:
        yield "kind", "one rhythm makes a plan"
        return
    yield from _when(plan, now)
    match plan.rhythm:
        case Steady(per_hour):
            yield from _rate(per_hour)
        case Curve() as curve:
            yield from _curve(curve)
        case Burst(orders, lasts):
            yield from _within("orders", orders, 1, None)
            yield from _within("for", lasts, 1, LONGEST)
        case Replay() as replay:
            yield from _rows(replay, plan.starts_at)
    yield from _what(plan.buying)


def _when(plan: Plan, now: Instant) -> Iterator[Flaw]:
    if plan.starts_at < now:
        yield "start", f"it is {now} already: nobody comes in the past"
    if plan.starts_at >= HORIZON:
        yield "start", "lies beyond the year 9998"
    if not plan.starts_at < plan.ends_at <= HORIZON:
        yield "end", "does not lie between the start and the year 9999"
    if plan.count is not None:
        yield from _within("count", plan.count, 1, None)


def _rate(per_hour: float) -> Iterator[Flaw]:
    yield from _within("per_hour", per_hour, SLOWEST, FASTEST)


def _curve(curve: Curve) -> Iterator[Flaw]:
    yield from _rate(curve.per_hour)
    yield from _weights("hours", curve.hours, 24)
    yield from _weights("weekdays", curve.weekdays, 7)
    try:
        ZoneInfo(curve.timezone)
    except (OSError, ValueError, KeyError):
        yield "timezone", f"{curve.timezone!r} is no time zone: write Europe/London, say"


def _rows(replay: Replay, starts_at: Instant) -> Iterator[Flaw]:
    if not replay.rows:
        yield "rows", "there is none"
    for nth, row in enumerate(replay.rows):
        for field, found, allowed in wrong_fields(row):
            yield f"rows.{nth}.{field}", f"found {found!r}, allowed: {allowed}"
    for nth, delay in enumerate(replay.delays(starts_at)):
        if delay < 0:
            told = f"lies {-delay} s before the source's start, {starts_at}: see from_first"
            yield f"rows.{nth}.at", told
        if starts_at + delay >= HORIZON:
            yield f"rows.{nth}.at", "lies beyond the year 9998"


def _what(buying: Buying) -> Iterator[Flaw]:
    yield from _mix("shipping", buying.shipping, [mode.value for mode in Mode])
    yield from _mix("channel", buying.channel, [channel.value for channel in Channel])
    yield from _mix("city", buying.city, None)
    yield from _mix("behaviour", buying.behaviour, [INTEGRATION, *BEHAVIOURS])
    yield from _mix("buyer", buying.buyer, [PASSIVE, *TEMPERAMENTS])
    yield from _mix("units", buying.units, [str(units) for units in range(1, MOST_UNITS + 1)])
    if buying.skus:
        yield from _mix("skus", buying.skus, list(BY_ID))
    for field, found, allowed in wrong_items(buying.items):
        yield field, f"found {found!r}, allowed: {allowed}"
    yield from _within("paid", buying.paid, 0, 1)
    yield from _within("late", buying.late, 0, 1)
    yield from _mix("parcels", buying.parcels, [str(count) for count in range(1, MOST_UNITS + 1)])
    yield from _within("returning", buying.returning, 0, 1)
    for path, (shortest, longest) in (
        ("pays_after", buying.pays_after),
        ("late_after", buying.late_after),
    ):
        if not 0 <= shortest <= longest <= LONGEST:
            yield path, "is the shortest and the longest time, up to 366 days"


def _mix(path: str, mix: Mix, known: Sequence[str] | None) -> Iterator[Flaw]:
    for name, _ in mix:
        if known is not None and name not in known:
            yield f"{path}.{name}", f"there is no {name!r}; known are {', '.join(known)}"
        if known is None and not 1 <= len(name) <= LONGEST_CITY:
            yield f"{path}.{name}", f"a name has 1 to {LONGEST_CITY} letters"
    yield from _weights(path, [weight for _, weight in mix], None)


def _weights(path: str, weights: Sequence[float], wanted: int | None) -> Iterator[Flaw]:
    if wanted is not None and len(weights) != wanted:
        yield path, f"has {len(weights)} weights, not {wanted}"
    if not all(isfinite(weight) and 0 <= weight <= _HEAVIEST for weight in weights):
        yield path, "weights are numbers from 0 to a million"
    elif not any(weight >= _LIGHTEST for weight in weights):
        yield path, "one of the weights, at the least, is above zero"


_HEAVIEST: Final = 1e6
_LIGHTEST: Final = 1e-6
"""Weights further apart than a float can tell are no weights."""


def _within(path: str, value: float, least: float, most: float | None) -> Iterator[Flaw]:
    if not (value >= least and (most is None or value <= most)):
        yield path, f"is {value:g}, not {least:g} to {most:g}" if most else f"is below {least:g}"
