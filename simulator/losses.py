"""What the platform does when parcels end elsewhere than at the door: lost, returned, disposed of.

An order of which nothing arrived is cancelled, for a reason of the platform's own; of one that
arrived in part, the rest is paid back. In platform shipping a carrier pays for goods that were lost
by its fault; in seller shipping nobody does (M2).
"""

from collections.abc import Sequence
from typing import Final

from simulator.carriers.mishaps import Mishap
from simulator.money import payments
from simulator.money.ledger import settlement
from simulator.orders.model import Order, Party
from simulator.orders.signals import Cancel, Delivered
from simulator.parcels.model import ASTRAY, Parcel, ParcelStatus
from simulator.registry import Registry

# The platform's own words: facts of the platform, section 5 (cancel-reasons.json).
_LOST: Final = "package_lost"
_DAMAGED: Final = "package_damaged"
_SCRAPPED: Final = "package_scrap"
_REFUSED: Final = "returned_to_shipper_refused"
_RETURNED: Final = "returned_to_shipper_other"

_RANKED: Final = (_LOST, _DAMAGED, _SCRAPPED, _REFUSED, _RETURNED)
"""Which of them an order bears whose parcels ended in different ways (inferred)."""


def tell_if_at_an_end(here: Registry, order: Order, parcels: Sequence[Parcel]) -> None:
    """Once no parcel of *order* is on its way any more, the order ends, or is delivered."""
    if not all(each.status in (ParcelStatus.DELIVERED, *ASTRAY) for each in parcels):
        return
    astray = [each for each in parcels if each.status in ASTRAY]
    if len(astray) == len(parcels):
        _cancel(here, order, reason_for(parcels) + here.market.reason_suffix)
        return
    order.inbox.deliver(Delivered())
    owed = sum(goods_in(order, each) for each in astray)
    amount = min(owed, payments.refundable(here, order))
    if amount:
        payments.refund(here, order, amount, reason_for(astray) + here.market.reason_suffix)


def make_good(here: Registry, order: Order, parcel: Parcel) -> None:
    """Platform shipping: its carrier pays for what was lost by its fault, and once."""
    if not (order.ships_from_platform and is_carriers_fault(parcel)):
        return
    paid = settlement(order, here.books.ledger(order.id)).reimbursed_minor
    amount = min(goods_in(order, parcel), order.goods_minor - paid)
    if amount > 0:
        payments.reimburse(here, order, amount, Party.CARRIER, reason_for([parcel]))


def is_carriers_fault(parcel: Parcel) -> bool:
    """Lost; or broken, or thrown away, although the seller packed and labelled it rightly."""
    if parcel.status is ParcelStatus.DISPOSED:
        return "L5" not in parcel.broken
    if parcel.status is ParcelStatus.RETURNED and parcel.why is Mishap.DAMAGED:
        return not any(rule.startswith("P") for rule in parcel.broken)
    return parcel.status is ParcelStatus.LOST


def reason_for(parcels: Sequence[Parcel]) -> str:
    """The platform's word for how they ended."""
    return min((_reason(parcel) for parcel in parcels), key=_RANKED.index)


def goods_in(order: Order, parcel: Parcel) -> int:
    """What the goods of *order* cost that are in *parcel*."""
    inside = parcel.item_ids
    return sum(item.price_minor for item in order.items if not inside or item.id in inside)


def _reason(parcel: Parcel) -> str:
    if parcel.status is ParcelStatus.LOST:
        return _LOST
    if parcel.status is ParcelStatus.DISPOSED:
        return _SCRAPPED
    by_cause = {Mishap.REFUSED: _REFUSED, Mishap.DAMAGED: _DAMAGED}
    return by_cause.get(parcel.why, _RETURNED) if parcel.why else _RETURNED


def _cancel(here: Registry, order: Order, reason: str) -> None:
    """As at a limit of the market's own: a buyer's request that is open is granted instead."""
    if not order.cancellation_pending:
        here.platform_cancels(order, reason)
    order.inbox.deliver(Cancel())
