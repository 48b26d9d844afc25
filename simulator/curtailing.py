"""An order goes on without some of its line items: they leave their parcels, their money goes back,
and their stock is free again.
"""

from simulator import packaging, portions
from simulator.carriage import Carriage
from simulator.facts import ItemsCancelled
from simulator.money import payments
from simulator.orders.cancellations import move
from simulator.orders.model import TO_SHIP, Cancellation, CancellationStatus, Order
from simulator.orders.signals import MarkShipped, Ready
from simulator.parcels.model import Handover
from simulator.registry import Registry


def curtail(here: Registry, carriage: Carriage, order: Order, asked: Cancellation) -> None:
    """What *asked* names is cancelled. The shipping fee stays: it goes back with the last item."""
    move(here, order, asked, CancellationStatus.GRANTED)
    gone = packaging.take_off(here, order, asked.item_ids)
    order.cancelled_item_ids += asked.item_ids
    here.record(
        ItemsCancelled(
            order.id,
            asked.id,
            asked.item_ids,
            tuple(parcel.id for parcel in gone),
            asked.reason,
            asked.by,
        )
    )
    for parcel in gone:
        if parcel.id in here.parcels:  # its label is left over
            carriage.call_off(parcel)
    _pay_back(here, order, asked)
    move(here, order, asked, CancellationStatus.REFUNDED)
    _go_on(here, order)


def _pay_back(here: Registry, order: Order, asked: Cancellation) -> None:
    goods = sum(item.price_minor for item in order.items if item.id in asked.item_ids)
    asked.refund_minor = min(goods, payments.refundable(here, order))
    if asked.refund_minor:
        payments.refund(here, order, asked.refund_minor, asked.reason)


def _go_on(here: Registry, order: Order) -> None:
    """Perhaps the seller has done their part for all that is left."""
    parcels = here.parcels_of(order)
    if order.status not in TO_SHIP or portions.loose_items(here, order):
        return
    if not parcels or not all(parcel.ready_at for parcel in parcels):
        return
    last = parcels[-1]
    if order.ships_from_platform:
        order.inbox.deliver(Ready(last.handover or Handover.DROP_OFF, None, ()))
    else:
        order.inbox.deliver(MarkShipped(last.claimed_carrier, last.claimed_number, last.id))
