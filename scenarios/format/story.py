"""A parcel's life line by line, as people write it down: ``25.03 12:00 in transit``."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema

from scenarios.format.instants import When, when
from simulator.carriers.scans import Scan

_SAYINGS: Final = {
    "waiting for dispatch": Scan.LABEL_PRINTED,
    "label created": Scan.LABEL_PRINTED,
    "collected": Scan.PICKED_UP,
    "dispatched": Scan.PICKED_UP,
    "at the hub": Scan.ARRIVED_AT_HUB,
    "in customs": Scan.CUSTOMS_HELD,
    "waiting at pick-up point": Scan.AWAITING_PICKUP,
    "waiting at pickup point": Scan.AWAITING_PICKUP,
    "problem with the parcel": Scan.EXCEPTION,
    "nobody at home": Scan.RECIPIENT_UNAVAILABLE,
    "courier notice": Scan.DELIVERY_ATTEMPTED,
    "returning to sender": Scan.RETURN_INITIATED,
    "back at the sender": Scan.RETURNED_TO_SENDER,
}
"""What people say, beside the vocabulary's own words (``in transit``, ``delivered``)."""

_LINE: Final = re.compile(r"(?P<when>.*?\d\d?:\d\d|\+\w+|\S+T\S+)\s+(?P<words>\D.*)")
_LONGEST: Final = 200
"""Characters of a line: what is much longer is none, and not worth the search."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line: when, and what the carrier's scan says."""

    at: When
    scan: Scan


def story_line(value: object) -> StoryLine:
    """Read one line."""
    if isinstance(value, StoryLine):
        return value
    text = str(value).strip()
    found = _LINE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise ValueError(
            f"{text[:_LONGEST]!r} is no line of a story: write when, then what: "
            "25.03 12:00 in transit"
        )
    return StoryLine(when(found["when"]), _scan(found["words"].strip().lower()))


def _scan(words: str) -> Scan:
    said = _SAYINGS.get(words)
    if said:
        return said
    try:
        return Scan(words.replace(" ", "_").replace("-", "_"))
    except ValueError:
        known = ", ".join([*_SAYINGS, *(scan.replace("_", " ") for scan in Scan)])
        raise ValueError(f"{words!r} is nothing that a carrier says; known are {known}") from None


_SCHEMA: Final[dict[str, Any]] = {
    "type": "string",
    "description": "When, then what the carrier says.",
    "examples": ["23.03 13:00 waiting for dispatch", "day 3 18:00 out for delivery"],
}
Line = Annotated[StoryLine, BeforeValidator(story_line), WithJsonSchema(_SCHEMA)]
