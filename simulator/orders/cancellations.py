"""An order's cancellations: where they are found, how they move, and what they are worth.

An order has several when one was withdrawn, or when line items were cancelled singly. They are kept
on the order, and leave memory with it.
"""

from dataclasses import dataclass
from typing import Protocol

from simulator.clock import Instant
from simulator.facts import CancellationMoved, Fact
from simulator.orders.model import Cancellation, CancellationStatus, LineItem, Order, Party


class CancellationShelf:
    """Whose each cancellation is, of the orders in memory. Files; decides nothing."""

    def __init__(self) -> None:
        self._order_of: dict[str, str] = {}

    def file(self, order: Order, asked: Cancellation) -> None:
        """It is the order's latest from now on."""
        if order.cancellation:
            order.earlier_cancellations += (order.cancellation,)
        order.cancellation = asked
        self._order_of[asked.id] = order.id

    def put_back(self, order: Order) -> None:
        """The order is in memory again."""
        if order.cancellation:
            self._order_of.update(
                dict.fromkeys((each.id for each in cancellations_of(order)), order.id)
            )

    def drop(self, order: Order) -> None:
        """The order leaves memory."""
        for each in cancellations_of(order):
            self._order_of.pop(each.id, None)

    def order_of(self, cancellation_id: str) -> str:
        """Its order's id; empty if no order in memory has it."""
        return self._order_of.get(cancellation_id, "")


class Setting(Protocol):
    """What a move needs of its world."""

    @property
    def now(self) -> Instant: ...
    def record(self, fact: Fact) -> None: ...


def move(here: Setting, order: Order, asked: Cancellation, status: CancellationStatus) -> None:
    """One step of a cancellation, told as a fact."""
    asked.status, asked.moved_at = status, here.now
    here.record(CancellationMoved(order.id, asked.id, status, asked.by))


def cancellations_of(order: Order) -> tuple[Cancellation, ...]:
    """Every one, in the order in which they were asked for."""
    latest = order.cancellation
    return (*order.earlier_cancellations, latest) if latest else ()


def by_buyer(order: Order) -> Cancellation | None:
    """The latest that the buyer asked for."""
    return next(
        (each for each in reversed(cancellations_of(order)) if each.by is Party.BUYER), None
    )


def of_item(order: Order, item_id: str) -> Cancellation | None:
    """By which that line item was cancelled, if it was."""
    done = (CancellationStatus.GRANTED, CancellationStatus.REFUNDED)
    taken = (
        each for each in cancellations_of(order) if each.status in done and item_id in each.item_ids
    )
    return next(taken, None)


@dataclass(frozen=True, slots=True)
class Share:
    """What of a cancellation's money is for one of its line items."""

    item: LineItem
    goods_minor: int
    fee_minor: int
    """Of the shipping fee: it goes back with the last of the order's items."""


def shares(order: Order, asked: Cancellation) -> list[Share]:
    """What went back for each item, or would go back; never more than was refunded."""
    items = [item for item in order.items if item.id in asked.item_ids]
    left = _worth(order, asked, items)
    found = []
    for item in items:
        goods = min(item.price_minor, left)
        left -= goods
        found.append(Share(item, goods, left if item is items[-1] else 0))
    return found


def _worth(order: Order, asked: Cancellation, items: list[LineItem]) -> int:
    if asked.status is CancellationStatus.REFUNDED:
        return asked.refund_minor
    if not order.paid_at:
        return 0
    # What it did not reach stays in other cancellations' hands: the fee goes with the last items.
    before = sum(each.refund_minor for each in cancellations_of(order) if each is not asked)
    goods = sum(item.price_minor for item in items)
    ends_it = set(asked.item_ids) >= {item.id for item in order.live_items}
    return order.total_minor - before if ends_it else goods
