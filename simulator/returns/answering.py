"""What sellers say to a request, or to the goods that came back: when it is their turn, what fits.

The checks, and the signal that follows; a refusal is a DomainError and changes nothing.
"""

from dataclasses import dataclass

from simulator.errors import OfferDeclined, OfferOpen, PlatformDecides, RefundTooLarge, WrongStatus
from simulator.returns.model import Arbitration, Kind, Return, ReturnStatus
from simulator.returns.signals import Answered, Inspected, Offered, Said


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said to some of a request's line items, or to all of them."""

    return_id: str
    item_ids: tuple[str, ...]
    said: Said
    offer_minor: int = 0
    """What is offered, if it is an offer."""


def say(asked: Return, said: Said, offer_minor: int = 0) -> None:
    """It is said, and heard in this second."""
    require_fitting(asked, said, offer_minor, asked.amount_minor)
    if isinstance(said, Offered):
        asked.offer_minor = offer_minor
    asked.inbox.deliver(said)


def require_fitting(asked: Return, said: Said, offer_minor: int, amount_minor: int) -> None:
    """*amount_minor* is what it is about: of all that is asked for, or of a part."""
    match said:
        case Answered():
            _require_sellers_turn(asked, ReturnStatus.REQUESTED)
        case Inspected():
            _require_sellers_turn(asked, ReturnStatus.RECEIVED)
        case Offered():
            _require_offer(asked, offer_minor, amount_minor)


def _require_offer(asked: Return, offer_minor: int, amount_minor: int) -> None:
    """A part of the money, once: before the goods are sent, or after they have come back."""
    _require_sellers_turn(asked, ReturnStatus.REQUESTED, ReturnStatus.RECEIVED)
    if asked.kind is Kind.REPLACEMENT:
        raise WrongStatus(asked.id, asked.kind, "a wish for money")
    if asked.offer_declined:
        raise OfferDeclined(asked.id)
    if not 0 < offer_minor < amount_minor:
        raise RefundTooLarge(asked.order_id, offer_minor, amount_minor - 1)


def _require_sellers_turn(asked: Return, *wanted: ReturnStatus) -> None:
    if asked.is_open and asked.arbitration is Arbitration.IN_PROGRESS:
        raise PlatformDecides(asked.id)
    if asked.status is ReturnStatus.OFFERED:
        raise OfferOpen(asked.id)
    asked.require(*wanted)
