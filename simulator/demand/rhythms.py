"""When a source's orders come: at a steady rate, by a curve over the week, or in a burst.

Each answers one question, when the nth order comes, from one draw that is named after the source
and the nth. Between two orders nothing is kept but the instant of the latest, in microseconds.
"""

from dataclasses import dataclass
from datetime import datetime
from math import fsum, sqrt
from typing import Final
from zoneinfo import ZoneInfo

from simulator.clock import HOUR, MINUTE, Instant
from simulator.demand.chance import Draws, exponential
from simulator.words import Word

MICROS: Final = 1_000_000
"""A second's. Kept exact to the microsecond, a rate loses no orders to whole seconds."""

HORIZON: Final = Instant(253_370_764_800)
"""9999-01-01 00:00 UTC, where calendars end: no source goes further."""

EVENING: Final = (2.0, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6, 5, 5, 5, 6, 7, 9, 10, 10, 8, 5)
"""The default day, from midnight: quiet nights, a swell at noon, a peak from eight to ten in the
evening. Ours: no source gives the platform's own curve."""
WEEKEND: Final = (10.0, 10, 10, 10, 11, 13, 13)
"""The default week, from Monday: a third more at the weekend. Ours as well."""


@dataclass(frozen=True, slots=True)
class Steady:
    """Strangers who come one by one, as many an hour by day and by night."""

    per_hour: float

    @property
    def total(self) -> None:
        return None

    def coming(self, _: Instant, before: int, nth: int, draws: Draws) -> int:
        """Microseconds from the start to the *nth* order, given those to the one *before*."""
        assert self.per_hour > 0, nth
        return before + int(exponential(draws.unit("gap")) * HOUR * MICROS / self.per_hour)


@dataclass(frozen=True, slots=True)
class Curve:
    """Strangers whose number follows the hour and the weekday where they live."""

    per_hour: float
    """The mean over a week."""
    timezone: str = ""
    """Empty: the market's own."""
    hours: tuple[float, ...] = EVENING
    """24 weights, from midnight."""
    weekdays: tuple[float, ...] = WEEKEND
    """Seven weights, from Monday."""

    @property
    def total(self) -> None:
        return None

    def rate_at(self, moment: datetime) -> float:
        """Orders an hour at a *moment* of local time."""
        # fsum, since the plain sum of floats is another one from Python 3.12 on.
        hour = self.hours[moment.hour] * len(self.hours) / fsum(self.hours)
        day = self.weekdays[moment.weekday()] * len(self.weekdays) / fsum(self.weekdays)
        return self.per_hour * hour * day

    def coming(self, starts_at: Instant, before: int, _: int, draws: Draws) -> int | None:
        """Microseconds from the start to the next order, or none before the calendar ends.

        The hours are walked through until as many orders were to be expected as the draw says.
        """
        owed = exponential(draws.unit("gap")) * HOUR * MICROS
        zone = ZoneInfo(self.timezone)
        at = before
        while starts_at + at // MICROS < HORIZON:
            moment = datetime.fromtimestamp(starts_at + at // MICROS, zone)
            left = (HOUR - moment.minute * MINUTE - moment.second) * MICROS - at % MICROS
            rate = self.rate_at(moment)
            if owed < rate * left:
                return at + int(owed / rate)
            owed -= rate * left
            at += left
        return None


class Tempo(Word):
    """How a burst rises and falls. Both shapes are ours: no source gives any."""

    ORDINARY = "ordinary"
    """A fifth of the time to the peak, then an even decline."""
    FLASH = "flash"
    """A fiftieth of the time to the peak, then a steep fall: a limited offer sells out."""


_RISE: Final = {Tempo.ORDINARY: 0.2, Tempo.FLASH: 0.02}
"""The way to the peak, as a share of the duration."""
_FALL: Final = {Tempo.ORDINARY: 1, Tempo.FLASH: 3}
"""Of the decline: the rate goes with the time that is left to this power."""


@dataclass(frozen=True, slots=True)
class Burst:
    """A live-stream: exactly so many orders, in a crowd that rises and falls.

    The crowd is cut into as many equal parts, and each order falls anywhere into its own: orders
    come in turn, and the shape shows even when there are few.
    """

    orders: int
    lasts: int
    """Seconds."""
    tempo: Tempo = Tempo.ORDINARY

    @property
    def total(self) -> int:
        return self.orders

    def coming(self, _: Instant, before: int, nth: int, draws: Draws) -> int:
        """Microseconds from the start to the *nth* order, from zero."""
        share = (nth + draws.unit("gap")) / self.orders
        seconds = min(int(self.time_of(share) * self.lasts), self.lasts - 1)
        return max(before, seconds * MICROS)

    def time_of(self, share: float) -> float:
        """When that *share* of the crowd has come, as a share of the duration."""
        rise, power = _RISE[self.tempo], _FALL[self.tempo]
        rising, falling = rise / 2, (1 - rise) / (power + 1)
        come = share * (rising + falling)
        if come < rising:
            return rise * sqrt(come / rising)
        to_come = sqrt(max(0.0, (rising + falling - come) / falling))
        return 1 - (1 - rise) * (to_come if power == 1 else sqrt(to_come))
