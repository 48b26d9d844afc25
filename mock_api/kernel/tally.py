"""What one server has answered: counts and times of requests, by dialect; and of webhooks.

Added to at every answer, so it is plain numbers in dicts: ``metrics`` puts them into words when
somebody asks.
"""

from bisect import bisect_left
from collections import Counter
from typing import Final

BOUNDS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0)
"""Upper bounds of the buckets, in seconds; one more bucket has what took longer."""

Outcome = tuple[str, int, int | None]
"""A dialect, the HTTP status (0: the caller left before there was one), the dialect's own code."""


class Times:
    """How long one dialect's answers took."""

    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS_S) + 1)
        self.seconds = 0.0


class Tally:
    """Grows for as long as the server lives: no reset of a sandbox takes anything back."""

    def __init__(self) -> None:
        self.requests: dict[Outcome, int] = {}
        self.times: dict[str, Times] = {}
        self.webhooks: Counter[str] = Counter()
        """Attempts by what came of them."""

    def answered(self, dialect: str, status: int, code: int | None, took_s: float) -> None:
        """One more request."""
        key = (dialect, status, code)
        self.requests[key] = self.requests.get(key, 0) + 1
        times = self.times.get(dialect)
        if times is None:
            times = self.times[dialect] = Times()
        times.buckets[bisect_left(BOUNDS_S, took_s)] += 1
        times.seconds += took_s
