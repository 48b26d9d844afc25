"""Small shapes that many of EasyPost's objects share: times, money, fees, locations."""

from datetime import UTC, datetime
from typing import Any, Final

from simulator.clock import Instant

MODE: Final = "test"
"""Of every object: keys of a sandbox are test keys."""


def moment(at: Instant | int) -> str:
    """UTC to the second, whatever the place's own clocks said (carriers facts, section 5.3)."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_ms(at: Instant) -> str:
    """As events have it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def amount(minor: int) -> str:
    return f"{minor / 100:.2f}"


def fee(kind: str, minor: int, *, refunded: bool = False) -> dict[str, Any]:
    return {
        "object": "Fee",
        "type": kind,
        "amount": f"{minor / 100:.5f}",
        "charged": True,
        "refunded": refunded,
    }


def location(
    city: str = "", state: str = "", country: str = "", postal_code: str = ""
) -> dict[str, Any]:
    """What is not known is null."""
    return {
        "object": "TrackingLocation",
        "city": city or None,
        "state": state or None,
        "country": country or None,
        "zip": postal_code or None,
    }
