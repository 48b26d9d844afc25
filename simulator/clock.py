"""Virtual time: whole seconds since the epoch, so that no sum ever drifts."""

from typing import Final, NewType

Instant = NewType("Instant", int)
"""A moment of virtual time: Unix seconds, UTC."""

EPOCH: Final = Instant(0)
"""Not yet: the value of an instant that has not come, or does not apply."""

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def later(at: Instant, seconds: int) -> Instant:
    """The instant *seconds* after *at*."""
    return Instant(at + seconds)
