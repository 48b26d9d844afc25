"""Who leaves memory for the archive, and when: orders that ended a while ago, parcels and all.

Nothing that happens depends on it. No fact is recorded, no wait is opened, no place in a queue is
taken, so a world with an archive and one without tell the same.
"""

from collections import deque
from typing import Final

from simulator.archive import Archive, EndedOrders, as_ended
from simulator.clock import HOUR, Instant
from simulator.facts import Fact, OrderCancelled, OrderCompleted
from simulator.orders.model import Order
from simulator.parcels.model import NEXT, Parcel
from simulator.registry import Registry

ROUND: Final = 6 * HOUR
"""While virtual time runs on, so often somebody looks who may leave."""


class Retirement:
    """One world's ended orders on their way out."""

    def __init__(self, here: Registry, archive: Archive, stay: int) -> None:
        """Ended orders stay for *stay* seconds. Of the archive of a world that was restored, what
        came in after the snapshot is forgotten: it has not happened yet."""
        self._here = here
        self._archive = archive
        self._stay = stay
        archive.rewind(here.journal.length)
        here.ended = EndedOrders(archive, here.agenda)
        ended = [order for order in here.orders.values() if order.is_over]
        self._leaving = deque(sorted((order.updated_at, order.id) for order in ended))
        here.journal.subscribe(self._hear)

    def see_off(self) -> None:
        """Put away who ended long enough ago. Who still awaits something is asked again later."""
        here, now = self._here, self._here.now
        gone, still_here = [], []
        while self._leaving and self._leaving[0][0] + self._stay <= now:
            _, order_id = self._leaving.popleft()
            order = here.orders[order_id]
            parcels = here.parcels_of(order)
            acts_on = order_id in here.clerks or here.docket.has_open(order_id)
            if acts_on or not _is_at_rest(order, parcels):
                still_here.append((now, order_id))
                continue
            gone.append(as_ended(order, parcels, here.journal.length))
            self._strike_off(order, parcels)
        self._leaving.extend(still_here)
        if gone:
            self._archive.put(gone)

    def _hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        if isinstance(fact, OrderCompleted | OrderCancelled):
            self._leaving.append((at, fact.order_id))

    def _strike_off(self, order: Order, parcels: list[Parcel]) -> None:
        here = self._here
        del here.orders[order.id]
        for parcel in parcels:
            del here.parcels[parcel.id]
            here.by_number.pop(parcel.tracking_number, None)


def _is_at_rest(order: Order, parcels: list[Parcel]) -> bool:
    """Nothing is awaited: no signal, no deadline to be judged, no parcel on its way."""
    if order.inbox.waiting or order.watch.dues:
        return False
    return not any(NEXT[parcel.status] or parcel.inbox.waiting for parcel in parcels)
