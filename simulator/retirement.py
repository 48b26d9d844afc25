"""Who leaves memory for the archive, and when: orders that ended a while ago, parcels and all.

An order of which something new is told comes back, and leaves again later: a seller may complain
about its carrier for weeks. Nothing that happens depends on it. No fact is recorded, no wait is
opened, no place in a queue is taken, so a world with an archive and one without tell the same.
"""

from collections import deque
from typing import Final

from simulator.archive import Archive, EndedOrders, Whole, as_ended
from simulator.clock import HOUR, Instant
from simulator.facts import Fact, OrderCancelled, OrderCompleted, OrderFact
from simulator.money.books import BooksWithArchive
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
        self._ended = here.ended = EndedOrders(archive, here.agenda)
        here.books = BooksWithArchive(here.books, self._ended.ledger)
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
            parcels = [*here.parcels_of(order), *here.parcels_home(order)]
            if not self._is_at_rest(order, parcels):
                still_here.append((now, order_id))
                continue
            whole = order, parcels, here.books.ledgers.pop(order_id, [])
            gone.append(as_ended(whole, here.journal.length))
            self._strike_off(order, parcels)
            self._ended.put_anew(order_id)
        self._leaving.extend(still_here)
        if gone:
            self._archive.put(gone)

    def _hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        if not isinstance(fact, OrderFact) or not fact.order_id:  # a shipment's, of no order
            return
        if fact.order_id not in self._here.orders:
            self._take_back(fact.order_id, at)
        elif isinstance(fact, OrderCompleted | OrderCancelled):
            self._leaving.append((at, fact.order_id))

    def _take_back(self, order_id: str, at: Instant) -> None:
        whole = self._ended.take_out(order_id)
        if whole is None:
            return
        self._file(whole)
        self._leaving.append((at, order_id))

    def _file(self, whole: Whole) -> None:
        here, (order, parcels, entries) = self._here, whole
        here.orders[order.id] = order
        here.cancellations.put_back(order)
        for parcel in parcels:
            here.parcels[parcel.id] = parcel
            if parcel.tracking_number:
                here.by_number[parcel.tracking_number] = parcel.id
        if entries:
            here.books.ledgers[order.id] = entries

    def _strike_off(self, order: Order, parcels: list[Parcel]) -> None:
        here = self._here
        del here.orders[order.id]
        here.cancellations.drop(order)
        for parcel in parcels:
            if any(each in here.orders for each in parcel.order_ids):
                continue  # it stays for the other orders of which it holds goods
            del here.parcels[parcel.id]
            here.by_number.pop(parcel.tracking_number, None)

    def _is_at_rest(self, order: Order, parcels: list[Parcel]) -> bool:
        """Nothing is awaited: no signal, no deadline to be judged, no parcel on its way, no word on
        a complaint."""
        here = self._here
        if order.id in here.clerks or order.id in here.correspondents:
            return False
        if order.inbox.waiting or order.watch.dues:
            return False
        if any(NEXT[parcel.status] or parcel.inbox.waiting for parcel in parcels):
            return False
        inboxes = [
            *(each.inbox for each in here.docket.about_carriers_of(order.id)),
            *(each.inbox for each in here.docket.by_buyer_of(order.id)),
        ]
        return not any(inbox.waiting for inbox in inboxes)
