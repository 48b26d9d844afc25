"""Durations and instants as people write them: ``72h``, ``2d12h``, ``90`` (seconds), ISO 8601."""

import re
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import BeforeValidator

from simulator.clock import DAY, HOUR, MINUTE

_UNITS: Final = {"d": DAY, "h": HOUR, "m": MINUTE, "s": 1}
_PARTS: Final = re.compile(r"(\d{1,9})([dhms])")
_WHOLE: Final = re.compile(r"(?:\d{1,9}[dhms])+")
_LONGEST: Final = 100 * 366 * DAY
_LAST: Final = 253_402_300_799
"""The last second of the year 9999."""


def seconds(value: object) -> int:
    """A duration in seconds, from a whole number or from text like ``72h`` or ``1d12h``."""
    found = -1
    if isinstance(value, int) and not isinstance(value, bool):
        found = value
    elif isinstance(value, str) and value.isascii() and value.isdigit():
        found = int(value) if len(value) <= len(str(_LONGEST)) else _LONGEST + 1
    elif isinstance(value, str) and _WHOLE.fullmatch(value):
        found = sum(int(count) * _UNITS[unit] for count, unit in _PARTS.findall(value))
    if not 0 <= found <= _LONGEST:
        raise ValueError("is no duration: write 90s, 45m, 72h, 3d, 1d12h, or whole seconds")
    return found


def instant(value: object) -> int:
    """An instant as Unix seconds, from a whole number or ISO 8601 text (UTC if it has no zone)."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST:
        return value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return max(0, int(moment.timestamp()))
        except (ValueError, OverflowError):
            pass
    raise ValueError("is no instant: write 2030-01-07T00:00:00Z, or Unix seconds")


Duration = Annotated[int, BeforeValidator(seconds, json_schema_input_type=int | str)]
Moment = Annotated[int, BeforeValidator(instant, json_schema_input_type=int | str)]
