"""Photos and papers on file for a parcel (H2): what they are and when they came, never their bytes.

The world holds digests; whoever serves it keeps what they stand for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from simulator.clock import Instant
from simulator.errors import BadEvidence
from simulator.words import Word

MEDIA_TYPES: Final = ("image/jpeg", "image/png", "image/webp", "application/pdf")
NAME_LENGTH_MAX: Final = 120
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Proof(Word):
    """What is on file about how a parcel was when it left the seller, from nothing to the best."""

    NONE = "none"
    LATER = "later"
    """Only from after the pickup: it may show anything, and counts less."""
    BEFORE_HANDOVER = "before_handover"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo or paper as the seller hands it in."""

    name: str
    media_type: str
    sha256: str
    size: int
    """In bytes."""
    taken_at: Instant
    """As the seller says. What counts is when it came on file."""


@dataclass(frozen=True, slots=True)
class Document:
    """A photo or paper on file."""

    id: str
    photo: Photo
    filed_at: Instant
    before_handover: bool
    """It was on file before the carrier had the parcel."""


def require_plausible(photo: Photo, now: Instant, bytes_max: int) -> None:
    """Refuse what is no photo or paper, or was taken in the future."""
    if not (photo.name.isprintable() and 1 <= len(photo.name) <= NAME_LENGTH_MAX):
        raise BadEvidence("name", f"1 to {NAME_LENGTH_MAX} printable characters")
    if photo.media_type not in MEDIA_TYPES:
        raise BadEvidence("media_type", f"one of {', '.join(MEDIA_TYPES)}")
    if not _SHA256.fullmatch(photo.sha256):
        raise BadEvidence("sha256", "64 hexadecimal digits in lower case")
    if not 1 <= photo.size <= bytes_max:
        raise BadEvidence("size", f"1 to {bytes_max} bytes")
    if not 0 <= photo.taken_at <= now:
        raise BadEvidence("taken_at", f"no later than now, {now}")


def proof_from(documents: Iterable[Document]) -> Proof:
    """The best that *documents* prove."""
    found = [document.before_handover for document in documents]
    if any(found):
        return Proof.BEFORE_HANDOVER
    return Proof.LATER if found else Proof.NONE
