"""What can reach a return while it waits."""

from dataclasses import dataclass

from simulator.returns.model import Image
from simulator.words import Word


class Answer(Word):
    """What the seller says to the request."""

    GRANT = "grant"
    """The goods come back first; a replacement is made at once."""
    REFUND = "refund"
    """The money at once, and the buyer keeps the goods."""
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Answered:
    answer: Answer
    text: str = ""
    reason: str = ""
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """The seller offers a part of the money; the amount stands on the return."""

    text: str = ""
    reason: str = ""
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Responded:
    """The buyer takes the offer, or does not."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class Called:
    """The buyer has told a carrier, which is to fetch the goods or to take them in."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier has the goods: its first scan."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The seller has them again."""


@dataclass(frozen=True, slots=True)
class Gone:
    """They were lost on their way back, or done away with."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """The seller has looked at what came."""

    accepted: bool
    text: str = ""
    reason: str = ""
    images: tuple[Image, ...] = ()


Said = Answered | Inspected | Offered
"""What a seller says."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """The buyer turns to the platform."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The buyer keeps the goods."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The order ended, or another request took its place."""
