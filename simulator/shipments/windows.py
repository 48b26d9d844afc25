"""When a courier who was called may come: the window that somebody wishes, as the carrier takes it.

The van keeps its rounds: a window is good if one of them falls into it. What carriers make of one
that is too late differs (carriers facts, section 8.5): some move it to the next working day, some
refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from simulator.carriers.model import CityService
from simulator.clock import DAY, EPOCH, HOUR, Instant, later
from simulator.errors import BadWindow
from simulator.words import Word

DAYS_AHEAD_MAX: Final = 366
"""Everything has a limit (ours): what closes later is too far ahead for every carrier."""
_DAYS_LOOKED_AT: Final = 40
"""Longer than any stretch of holidays."""


class WindowFault(Word):
    """What is wrong with a pickup's window."""

    CLOSES_FIRST = "closes_first"
    TOO_SHORT = "too_short"
    """The van has no round in it."""
    TOO_LATE = "too_late"
    """The last round of that day is booked out, or nobody works then."""
    TOO_FAR_AHEAD = "too_far_ahead"


@dataclass(frozen=True, slots=True)
class Window:
    """From when, and until when."""

    opens_at: Instant
    closes_at: Instant
    moved: bool = False
    """It is a later day than was wished."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a carrier's interface does about windows."""

    moves_on: bool = True
    """One that is too late is for the next working day; otherwise it is refused."""
    days_ahead: int | None = None
    """No further ahead than so many days."""


def settle(service: CityService, wished: Window, now: Instant, policy: Policy) -> Window:
    """The window in which the van comes; BadWindow tells what is wrong with the wish."""
    zone = ZoneInfo(service.timezone)
    if wished.closes_at <= wished.opens_at:
        raise BadWindow(WindowFault.CLOSES_FIRST, _hours(service))
    if policy.days_ahead is not None and wished.opens_at > later(now, policy.days_ahead * DAY):
        raise BadWindow(WindowFault.TOO_FAR_AHEAD, f"at most {policy.days_ahead} days")
    if wished.closes_at > later(now, DAYS_AHEAD_MAX * DAY):
        raise BadWindow(WindowFault.TOO_FAR_AHEAD, f"at most {DAYS_AHEAD_MAX} days")
    day = _day_of(wished.opens_at, zone)
    rounds = [_on_that_day(hour, day, zone) for hour in service.rounds]
    if not _any_within(rounds, wished.opens_at, wished.closes_at):
        raise BadWindow(WindowFault.TOO_SHORT, _hours(service))
    from_ = max(wished.opens_at, later(now, service.cut_off))
    if _any_within(service.rounds_on(day), from_, wished.closes_at):
        return Window(max(wished.opens_at, now), wished.closes_at)
    if not policy.moves_on:
        raise BadWindow(WindowFault.TOO_LATE, _hours(service))
    today = _day_of(now, zone)
    return next_window(service, wished, not_before=max(day, today), from_=from_)


def next_window(
    service: CityService, wished: Window, not_before: date, from_: Instant = EPOCH
) -> Window:
    """The same local hours on the first later day on which a round falls into them. What was open
    over midnight is so again."""
    zone = ZoneInfo(service.timezone)
    first, last = (_day_of(at, zone) for at in (wished.opens_at, wished.closes_at))
    for ahead in range(1, _DAYS_LOOKED_AT):
        day = not_before + timedelta(days=ahead)
        opens = _same_hour(wished.opens_at, day, zone)
        closes = _same_hour(wished.closes_at, day + (last - first), zone)
        if _any_within(service.rounds_on(day), max(opens, from_), closes):
            return Window(opens, closes, moved=True)
    raise BadWindow(WindowFault.TOO_SHORT, _hours(service))  # on its half days, say


def access_seconds(service: CityService) -> int:
    """The shortest window that is sure to meet a round: the longest pause between two."""
    gaps = [later_one - earlier for earlier, later_one in pairwise(service.rounds)]
    return max(gaps, default=1) * HOUR


def _any_within(rounds: Sequence[Instant], opens: Instant, closes: Instant) -> bool:
    return any(opens <= at <= closes for at in rounds)


def _on_that_day(hour: int, day: date, zone: ZoneInfo) -> Instant:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return Instant(int(midnight.replace(hour=hour).timestamp()))


def _day_of(at: Instant, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, zone).date()


def _same_hour(at: Instant, day: date, zone: ZoneInfo) -> Instant:
    clock = datetime.fromtimestamp(at, zone).time()
    return Instant(int(datetime.combine(day, clock, zone).timestamp()))


def _hours(service: CityService) -> str:
    rounds = ", ".join(f"{hour:02d}:00" for hour in service.rounds)
    return f"its van sets out at {rounds} ({service.timezone})"
