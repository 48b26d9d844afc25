"""What a sandbox's callers meet before any business: how many calls, and from where.

Rates run on the wall clock, whatever the world's clock does: a platform counts real seconds.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from mock_api.kernel.wall_clock import elapsed

USUAL_PER_SECOND: Final = 50
"""Per app, shop and endpoint: the platform's documented rate."""
_SECOND: Final = 1.0
_HOUR: Final = 3600.0

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class DoorRules:
    """How wide a sandbox's doors are."""

    per_second: int = USUAL_PER_SECOND
    """Calls of one endpoint for one shop; zero: as many as come."""
    per_hour: int = 0
    """Calls for one shop, whatever the endpoint, as test shops may make; zero: no cap."""
    allowed_ips: tuple[Network, ...] = ()
    """Empty: from anywhere."""
    strict_webhook_urls: bool = False
    """Webhooks go to real addresses only: https, a host's name, no port."""


class Window:
    """At most so many within any stretch of that many seconds."""

    __slots__ = ("_seconds", "_taken")

    def __init__(self, most: int, seconds: float) -> None:
        self._taken: deque[float] = deque(maxlen=most)
        self._seconds = seconds

    def takes(self, now: float) -> bool:
        """Whether one more fits; if so, it counts."""
        taken = self._taken
        if len(taken) == taken.maxlen and now - taken[0] < self._seconds:
            return False
        taken.append(now)
        return True


@dataclass(slots=True)
class Doors:
    """One sandbox's."""

    rules: DoorRules = field(default_factory=DoorRules)
    turned_away: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By operation and limit (``second`` or ``hour``): how many calls were too many."""
    _seconds: dict[tuple[str, str], Window] = field(default_factory=dict)
    _hours: dict[str, Window] = field(default_factory=dict)
    _carriers: dict[str, Window] = field(default_factory=dict)

    def set(self, rules: DoorRules) -> None:
        """Other rules from now on; what was counted for the old ones is forgotten."""
        self.rules = rules
        self._seconds.clear()
        self._hours.clear()
        self._carriers.clear()

    def lets_from(self, host: str) -> bool:
        """Whether a caller of that address may come in."""
        networks = self.rules.allowed_ips
        if not networks:
            return True
        try:
            address = ip_address(host)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in networks)

    def lets_one_more(self, shop_id: str, operation: str) -> bool:
        """Whether one more call fits: both limits are asked, and a call that is turned away counts
        for none of them (inferred)."""
        rules = self.rules
        if not (rules.per_second or rules.per_hour):
            return True
        now = elapsed()
        if rules.per_second:
            key = shop_id, operation
            window = self._seconds.get(key)
            if window is None:
                window = self._seconds[key] = Window(rules.per_second, _SECOND)
            if not window.takes(now):
                self.turned_away[operation, "second"] += 1
                return False
        if rules.per_hour:
            window = self._hours.get(shop_id)
            if window is None:
                window = self._hours[shop_id] = Window(rules.per_hour, _HOUR)
            if not window.takes(now):
                self.turned_away[operation, "hour"] += 1
                return False
        return True

    def lets_one_more_to(self, dialect: str, operation: str, per_second: int) -> bool:
        """Whether a carrier's API takes one more call of the account: so many a second, whichever
        operation; zero, as many as come. A sandbox without a rate limit has none there either."""
        if not (per_second and self.rules.per_second):
            return True
        window = self._carriers.get(dialect)
        if window is None:
            window = self._carriers[dialect] = Window(per_second, _SECOND)
        if not window.takes(elapsed()):
            self.turned_away[operation, "second"] += 1
            return False
        return True


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as an allow list has them; ValueError says which is none."""
    return tuple(ip_network(text, strict=False) for text in texts)
