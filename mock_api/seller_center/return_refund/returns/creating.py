"""What sellers begin: Create Return, Calculate Refund and Get Aftersale Eligibility, in what their
versions share."""

from collections import Counter
from typing import Final, Literal

from pydantic import Field

from mock_api.seller_center.domain_errors import in_words, row_of
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import Body, own_order, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns.amounts import minor
from mock_api.seller_center.return_refund.returns.causes import CLAIMS
from mock_api.seller_center.return_refund.returns.words import KIND
from simulator import World
from simulator.errors import DomainError
from simulator.orders.model import Order, Party
from simulator.reasons.lists import is_known, reasons
from simulator.reasons.model import About, Giver
from simulator.returns.model import Handover, Kind, Return, Shipment
from simulator.returns.wishes import Wanted

ABOUT: Final = {Kind.REFUND: About.REFUND, Kind.RETURN: About.RETURN}
_SHIPMENT: Final = {"PLATFORM": Shipment.PLATFORM, "BUYER_ARRANGE": Shipment.BUYER}
_HANDOVER: Final = {"DROP_OFF": Handover.DROP_OFF, "PICKUP": Handover.PICKUP}


class SkuWish(Body):
    sku_id: str
    quantity: int = Field(ge=1, le=10_000)


class LineWish(Body):
    order_line_item_id: str = ""
    sub_order_line_item_id: str = ""


class WhatFor(Body):
    """Which goods of an order; without any, all of it."""

    order_id: str
    skus: list[SkuWish] | None = None
    order_line_item_ids: list[str] | None = None
    shipment_type: Literal["PLATFORM", "BUYER_ARRANGE"] = "PLATFORM"
    handover_method: Literal["DROP_OFF", "PICKUP"] = "DROP_OFF"


class ReturnWish(WhatFor):
    """Create Return, 202309."""

    return_reason: str
    return_type: Literal["REFUND", "RETURN_AND_REFUND"]
    refund_total: str | None = None
    currency: str | None = None


class RefundQuestion(WhatFor):
    """Calculate Refund, 202309."""

    request_type: Literal["CANCEL", "REFUND", "RETURN_AND_REFUND"]
    reason_name: str


def items_of(order: Order, what: WhatFor, lines: list[LineWish] | None = None) -> tuple[str, ...]:
    """The line items that are named, by their ids or as units of SKUs."""
    named = list(what.order_line_item_ids or [])
    named += [each.order_line_item_id for each in lines or []]
    wanted = Counter({each.sku_id: each.quantity for each in what.skus or []})
    if named or not wanted:
        return tuple(named)
    for item in order.items:
        if wanted[item.sku_id] > 0:
            wanted[item.sku_id] -= 1
            named.append(item.id)
    if +wanted:
        raise Refusal(refusals.BAD_ITEMS)
    return tuple(named)


def require_reason(world: World, order: Order, kind: Kind, reason: str) -> None:
    """A reason that a seller may give in this market, for this, in the order's status."""
    about, market = ABOUT[kind], world.registry.market.ways.reasons
    own = [each for each in reasons(market, about, Giver.SELLER) if each.name == reason]
    if any(each.fits(order.status) for each in own):
        return
    if own:
        raise Refusal(refusals.REASON_NOT_NOW)
    if not any(is_known(each, reason) for each in About):
        raise Refusal(refusals.UNKNOWN_REASON)
    buyers = any(each.name == reason for each in reasons(market, about, Giver.BUYER))
    raise Refusal(refusals.NOT_SELLERS_REASON if buyers else refusals.REASON_OFFLINE)


def create(caller: Caller, wish: ReturnWish, lines: list[LineWish] | None = None) -> Return:
    """The seller gives money back, or has goods sent back, for a reason that fits."""
    world, kind = world_of(caller), KIND[wish.return_type]
    order = own_order(caller, wish.order_id, refusals.NO_PERMISSION)
    if kind is Kind.RETURN and not world.registry.market.ways.seller_starts_returns:
        raise Refusal(refusals.NO_PERMISSION)
    wanted = Wanted(
        kind,
        wish.return_reason,
        items_of(order, wish, lines),
        minor(wish.refund_total, wish.currency, world.registry.market),
        _SHIPMENT[wish.shipment_type],
        _HANDOVER[wish.handover_method],
    )
    with in_words(CLAIMS):
        world.platform.returns.require_possible(order, wanted, Party.SELLER)
        require_reason(world, order, kind, wish.return_reason)
        return world.sellers.begin_return(order.id, wanted)


def why_not(world: World, order: Order, wanted: Wanted, by: Party) -> Row | None:
    """Why it could not be begun now, if it could not."""
    ways = world.registry.market.ways
    if by is Party.SELLER and wanted.kind is Kind.RETURN and not ways.seller_starts_returns:
        return refusals.NO_PERMISSION
    try:
        world.platform.returns.require_possible(order, wanted, by)
    except DomainError as error:
        return row_of(error, CLAIMS)
    return None
