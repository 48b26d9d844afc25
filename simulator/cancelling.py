"""Who may cancel an order, when and why: a wish that is asked, answered, closed; or a word, and it
is done.

The checks, and the signal that follows; a refusal is a DomainError and changes nothing. Silence
grants a request. Which statuses there are to cancel in differs by market (``Ways``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.clock import later
from simulator.errors import (
    CancellationOver,
    CancellationPending,
    ItemsExceeded,
    ItemsIndivisible,
    LimitReached,
    NotARequest,
    ReasonOutOfPlace,
    WrongStatus,
)
from simulator.facts import CancellationMoved, CancellationTurnedDown
from simulator.market import MarketProfile
from simulator.orders.cancellations import move
from simulator.orders.model import TO_SHIP, Cancellation, CancellationStatus, Order, Party, Status
from simulator.orders.signals import AskCancel, Cancel, CloseCancel
from simulator.reasons.checking import reason_like, require_reason, require_reject_reason
from simulator.reasons.model import About, Giver
from simulator.registry import Registry

NO_LONGER_NEEDED: Final = "no_longer_needed"
"""What buyers say who say nothing else."""

OUT_OF_STOCK: Final = "out_of_stock"
"""Which reasons for single line items there are: those whose names say this."""

GRANTED: Final = "granted"
WITHDRAWN: Final = "withdrawn"
TURNED_DOWN: Final = "turned down"
SHIPPED: Final = "shipped"
ORDER_OVER: Final = "order over"

_CLOSED: Final[dict[Party, str]] = {
    Party.BUYER: WITHDRAWN,
    Party.SELLER: TURNED_DOWN,
    Party.PLATFORM: SHIPPED,
}


@dataclass(frozen=True, slots=True)
class No:
    """What a seller says who turns a cancellation down."""

    reason: str
    """Of the market's list."""
    comment: str = ""
    images: tuple[str, ...] = ()
    """Ids of pictures."""


# Buyers.


def ask(here: Registry, order: Order, reason: str = "", wish: str = NO_LONGER_NEEDED) -> None:
    """The buyer cancels: done at once before the seller may act, and in the hour of remorse; asked
    for while the order awaits shipment, too late after that; but in some markets done at once while
    it awaits its carrier.

    Without a *reason*, for the market's own that says what they *wish*."""
    order.require(*_buyers_statuses(here.market))
    if order.cancellation_pending:
        raise WrongStatus(order.id, "being cancelled", "no open cancellation")
    listed = here.market.ways.reasons
    why = reason or reason_like(listed, About.CANCELLATION, Giver.BUYER, order.status, wish)
    if order.status not in TO_SHIP or _in_remorse(here, order):
        here.file_cancellation(order, Party.BUYER, why)
        order.inbox.deliver(Cancel())
        return
    asked = here.file_cancellation(order, Party.BUYER, why)
    asked.is_request = True
    asked.due_at = later(here.now, here.market.answer_cancellation_within)
    here.record(CancellationMoved(order.id, asked.id, asked.status, asked.by))
    order.inbox.deliver(AskCancel())


def require_room(order: Order, most: int) -> None:
    """It may be asked for once more: buyers ask and withdraw, over and over."""
    if len(order.earlier_cancellations) + 1 >= most and order.cancellation:
        raise LimitReached("cancellations", f"order {order.id}", most)


def close(here: Registry, order: Order, by: Party = Party.PLATFORM) -> None:
    """The seller turns the request down, the buyer withdraws it, or the platform lets it go because
    the order has been shipped."""
    asked = open_request(order)
    asked.closed_by = by
    move(here, order, asked, CancellationStatus.CLOSED)
    order.inbox.deliver(CloseCancel())


# Sellers.


def by_seller(
    here: Registry, order: Order, reason: str, item_ids: Sequence[str] = ()
) -> Cancellation:
    """The seller cancels: all of the order, or the named line items. What is about all that is
    left of it ends the order; the rest is for the platform to do (``curtailing``)."""
    _require_cancellable(order, here.market)
    listed = here.market.ways.reasons
    require_reason(listed, About.CANCELLATION, Giver.SELLER, reason, order.status)
    live = [item.id for item in order.live_items]
    wanted = set(item_ids) or set(live)
    if len(set(item_ids)) < len(item_ids) or not wanted <= set(live):
        raise ItemsExceeded(order.id, "such line item")
    in_order = tuple(each for each in live if each in wanted)
    if len(in_order) == len(live):
        _require_at_home(here, order)
        asked = here.file_cancellation(order, Party.SELLER, reason)
        order.inbox.deliver(Cancel())
        return asked
    _require_divisible(here, order, reason, wanted)
    return here.file_cancellation(order, Party.SELLER, reason, in_order)


def grant(order: Order) -> None:
    """The seller grants the buyer's request."""
    open_request(order)
    order.inbox.deliver(Cancel())


def approve(order: Order, asked: Cancellation) -> None:
    """The seller grants this request of the buyer's."""
    _require_open(order, asked)
    order.inbox.deliver(Cancel())


def reject(here: Registry, order: Order, asked: Cancellation, no: No) -> None:
    """The seller turns this request of the buyer's down, with a reason of the market's list."""
    _require_open(order, asked)
    require_reject_reason(here.market.ways.reasons, About.CANCELLATION, no.reason)
    here.record(CancellationTurnedDown(order.id, asked.id, no.reason, no.comment, no.images))
    close(here, order, Party.SELLER)


# Looking.


def open_request(order: Order) -> Cancellation:
    asked = order.cancellation
    if asked is None or not order.cancellation_pending:
        raise WrongStatus(order.id, order.status, "an open cancellation request")
    return asked


def _in_remorse(here: Registry, order: Order) -> bool:
    """The buyer's hour is not over, nothing has been shipped, and no order is on hold here."""
    if here.market.has_on_hold or not here.market.ways.remorse_while_awaiting:
        return False
    if here.now >= order.paid_at + here.market.remorse:
        return False
    return not any(each.ready_at or each.is_collected for each in here.parcels_of(order))


def _require_open(order: Order, asked: Cancellation) -> None:
    if not asked.is_request:
        raise NotARequest(asked.id)
    if asked.status is CancellationStatus.CLOSED:
        assert asked.closed_by is not None, asked
        how = ORDER_OVER if order.is_over else _CLOSED[asked.closed_by]
        raise CancellationOver(asked.id, how)
    if asked.status is not CancellationStatus.PENDING:
        raise CancellationOver(asked.id, GRANTED)


def _buyers_statuses(market: MarketProfile) -> tuple[Status, ...]:
    ready = (Status.AWAITING_COLLECTION,) if market.ways.buyer_cancels_ready else ()
    return (Status.UNPAID, Status.ON_HOLD, *TO_SHIP, *ready)


def _require_cancellable(order: Order, market: MarketProfile) -> None:
    if order.status is Status.UNPAID:
        # The lists have reasons for it, but sellers never cancel what is unpaid (section 7).
        raise ReasonOutOfPlace("of a seller", order.status)
    ready = (Status.AWAITING_COLLECTION,) if market.ways.seller_cancels_ready else ()
    order.require(Status.ON_HOLD, *TO_SHIP, *ready)
    if order.cancellation_pending:
        raise CancellationPending(order.id)
    if order.open_returns:
        raise WrongStatus(order.id, "being refunded", "no open request for a refund")


def _require_at_home(here: Registry, order: Order) -> None:
    """No part of it has been shipped; or, where sellers may cancel what awaits its carrier, no part
    has been collected."""
    for parcel in here.parcels_of(order):
        if parcel.ready_at and (parcel.is_collected or not here.market.ways.seller_cancels_ready):
            raise WrongStatus(parcel.id, parcel.status, "a parcel that stays at home")


def _require_divisible(here: Registry, order: Order, reason: str, wanted: set[str]) -> None:
    """Single items: where the market allows it, for want of stock, before they are shipped."""
    if not here.market.ways.cancels_items or OUT_OF_STOCK not in reason:
        raise ItemsIndivisible(order.id)
    if order.status is Status.AWAITING_COLLECTION:
        raise ItemsIndivisible(order.id)
    for parcel in here.parcels_of(order):
        if wanted.intersection(parcel.item_ids) and (parcel.ready_at or parcel.is_collected):
            raise WrongStatus(parcel.id, parcel.status, "a parcel that stays at home")
