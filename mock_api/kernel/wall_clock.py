"""The one place where real time is read. Everything else asks the world, or this."""

import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from simulator.clock import Instant

_PLATFORM_ZONE: Final = timezone(timedelta(hours=8))


def wall_seconds() -> Instant:
    """Unix seconds, now."""
    return Instant(int(time.time()))  # noqa: TID251 - request timestamps are checked on the wall


def elapsed() -> float:
    """Seconds since some fixed moment, for measuring how long something took."""
    return time.perf_counter()


def platform_stamp() -> str:
    """Now as fourteen digits in UTC+8, as the platform's request ids begin."""
    return datetime.fromtimestamp(wall_seconds(), _PLATFORM_ZONE).strftime("%Y%m%d%H%M%S")


def iso(at: int) -> str:
    """An instant as people read it, UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
