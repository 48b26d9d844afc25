"""Ended orders that have left memory: what an archive must offer, and how they are read again.

The simulator keeps none by itself and does no I/O: whoever plugs one in keeps the rows. What comes
back from it is for looking at; an ended order changes no more.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from simulator.clock import Instant
from simulator.money.ledger import Entry
from simulator.orders.cancellations import cancellations_of
from simulator.orders.model import Order
from simulator.orders.watch import Watch
from simulator.parcels.model import Parcel
from simulator.rows import from_row, to_row
from simulator.waiting import Agenda, Inbox
from simulator.words import Word

_NOT_DATA: Final = frozenset({"inbox", "watch"})
_THAWED_MOST: Final = 1_000

Whole = tuple[Order, list[Parcel], list[Entry]]
"""An order, its parcels, and its ledger."""


class KeyKind(Word):
    """By what an ended order can be asked for."""

    ORDER = "order"
    PARCEL = "parcel"
    NUMBER = "number"
    """A tracking number: a carrier knows it for ever."""
    CANCELLATION = "cancellation"
    BUYER = "buyer"
    """Of many orders."""


Key = tuple[KeyKind, str]


@dataclass(frozen=True, slots=True)
class Ended:
    """One ended order, ready to be put away."""

    keys: tuple[Key, ...]
    facts: int
    """How long the journal was then."""
    rows: list[Any]
    """The order's row, its parcels' and its ledger's: lists, strings and whole numbers, ready for
    JSON."""


class Archive(Protocol):
    """Where ended orders go. Each is found again by every key of its own, as it was put last."""

    def put(self, ended: Sequence[Ended]) -> None: ...
    def find(self, kind: KeyKind, key: str) -> list[Any] | None:
        """The rows of the order of that key."""

    def orders_of(self, buyer_id: str) -> Collection[str]:
        """The ids of all orders with that buyer's key."""

    def rewind(self, facts: int) -> None:
        """Forget what was put when the journal was longer than this; of what was put before, too,
        the earlier rows count again."""


def as_ended(whole: Whole, facts: int) -> Ended:
    """An order with all that belongs to it, as it is put away when the journal has so many
    *facts*."""
    order, parcels, entries = whole
    rows = [
        to_row(order, _NOT_DATA),
        [to_row(parcel, _NOT_DATA) for parcel in parcels],
        [to_row(entry) for entry in entries],
    ]
    keys = (*_keys(order, parcels), (KeyKind.BUYER, order.buyer_id))
    return Ended(keys, facts, rows)


class EndedOrders:
    """The archive as a world reads it; the orders read last stay thawed."""

    def __init__(self, archive: Archive, agenda: Agenda) -> None:
        self._archive = archive
        self._agenda = agenda
        self._thawed: OrderedDict[str, Whole] = OrderedDict()
        self._whose: dict[Key, str] = {}
        """Which thawed order has that key."""

    def order(self, order_id: str) -> Order | None:
        found = self._find((KeyKind.ORDER, order_id))
        return found[0] if found else None

    def order_of_cancellation(self, cancellation_id: str) -> Order | None:
        found = self._find((KeyKind.CANCELLATION, cancellation_id))
        return found[0] if found else None

    def orders_of(self, buyer_id: str) -> Collection[str]:
        """The ids of the orders of that buyer's."""
        return self._archive.orders_of(buyer_id)

    def ledger(self, order_id: str) -> list[Entry]:
        found = self._find((KeyKind.ORDER, order_id))
        return found[2] if found else []

    def take_out(self, order_id: str) -> Whole | None:
        """All of that order, which is no longer ended and done with."""
        found = self._find((KeyKind.ORDER, order_id))
        if found:
            self._forget(order_id)
        return found

    def put_anew(self, order_id: str) -> None:
        """What the archive has of that order is another than was read before."""
        if order_id in self._thawed:
            self._forget(order_id)

    def parcel(self, parcel_id: str) -> Parcel | None:
        found = self._find((KeyKind.PARCEL, parcel_id))
        return next((each for each in found[1] if each.id == parcel_id), None) if found else None

    def parcel_numbered(self, number: str) -> Parcel | None:
        found = self._find((KeyKind.NUMBER, number))
        if found is None:
            return None
        return next(each for each in found[1] if each.tracking_number == number)

    def _find(self, key: Key) -> Whole | None:
        order_id = self._whose.get(key)
        if order_id:
            self._thawed.move_to_end(order_id)
            return self._thawed[order_id]
        rows = self._archive.find(*key)
        return self._thaw(rows) if rows else None

    def _thaw(self, rows: list[Any]) -> Whole:
        own, parcel_rows, entry_rows = rows
        watch, inbox = Watch(self._agenda, _nothing_is_due), Inbox(self._agenda)
        order = from_row(Order, own, _NOT_DATA, inbox=inbox, watch=watch)
        parcels = [
            from_row(Parcel, row, _NOT_DATA, inbox=Inbox(self._agenda)) for row in parcel_rows
        ]
        whole = order, parcels, [from_row(Entry, row) for row in entry_rows]
        self._thawed[order.id] = whole
        self._whose.update(dict.fromkeys(_keys(order, parcels), order.id))
        if len(self._thawed) > _THAWED_MOST:
            self._forget(next(iter(self._thawed)))
        return whole

    def _forget(self, order_id: str) -> None:
        order, parcels, _ = self._thawed.pop(order_id)
        for key in _keys(order, parcels):
            # A parcel of several orders may be another one's by now.
            if self._whose.get(key) == order_id:
                del self._whose[key]


def _keys(order: Order, parcels: Sequence[Parcel]) -> list[Key]:
    return [
        (KeyKind.ORDER, order.id),
        *((KeyKind.PARCEL, parcel.id) for parcel in parcels),
        *((KeyKind.NUMBER, each.tracking_number) for each in parcels if each.tracking_number),
        *((KeyKind.CANCELLATION, each.id) for each in cancellations_of(order)),
    ]


def _nothing_is_due(rule: str, due: Instant) -> None:
    raise AssertionError(("an ended order is judged no more", rule, due))
