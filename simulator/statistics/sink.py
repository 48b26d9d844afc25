"""The sink of facts behind every report: counts, rates, waits and transit times of one world.

It knows of an order only what facts said, and forgets it when it ends. To count something new, add
a method that folds its fact, and name it in ``_FOLDS``. Complaints, returns and money are counted
beside it (``aftersales``).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from simulator.carriers.scans import ON_PAPER, Scan
from simulator.clock import EPOCH, Instant
from simulator.facts import (
    BreachWaived,
    Fact,
    MishapBefell,
    OrderCancelled,
    OrderDelivered,
    OrderMarkedShipped,
    OrderMoved,
    OrderPaid,
    OrderPlaced,
    OrderShipped,
    ParcelBooked,
    ParcelEnded,
    ParcelScanned,
    RoundSkipped,
    RuleBreached,
    TrackingAnomaly,
    VanFull,
)
from simulator.orders.deadlines import READY, SHIPPED
from simulator.orders.model import Party, Status
from simulator.plain import from_plain, to_plain
from simulator.statistics.aftersales import Aftersales
from simulator.statistics.rates import Rate, RateName, delivery_due
from simulator.statistics.spread import Spread
from simulator.statistics.trade import Trade

SELLERS_DOING: Final = frozenset(
    {
        "system_cancel_order_reason_shipping_timeout",
        "system_cancel_order_untracked",
    }
)
"""Reasons of the platform's own with which it cancels for what the seller left undone: not shipped
in time, no scan behind the number (facts of the platform, section 5). The carrier's lateness has a
reason of its own."""
_BUYERS_WISH: Final = "buyer_requested"
"""In the reason of a seller who cancels because the buyer asked: no fault."""
_OVER: Final = (Status.COMPLETED, Status.CANCELLED)


@dataclass(slots=True)
class _Order:
    """What the rates need to know of an order that has not ended."""

    mode: str
    city: str
    region: str
    placed_at: Instant
    rated: bool
    """It counts in the platform's rates: an independent shop's does not (M4)."""
    status: str = ""
    judged: bool = False
    """It counts in the late-dispatch rate already."""
    marked: bool = False
    parcel_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Parcel:
    """What the times need to know of a parcel on its way."""

    carrier: str
    handover: str
    city: str
    region: str
    booked_at: Instant
    scanned_at: Instant = EPOCH


class Statistics:
    """Everything counted of one world, from the first fact on."""

    def __init__(self, due: Callable[[Instant], Instant] = delivery_due) -> None:
        """*due* says of the instant of an order until when its delivery is on time."""
        self._due = due
        self.breaches: Counter[tuple[str, str, str]] = Counter()
        """By rule, liable party and cause; without those that were waived."""
        self.anomalies: Counter[str] = Counter()
        """What the look at third-party tracking data found (S2)."""
        self.orders_by_status: Counter[str] = Counter()
        self.cancellations: Counter[tuple[str, str]] = Counter()
        """By reason and by who did it."""
        self.pickup_waits: dict[tuple[str, str], Spread] = {}
        """From the booking, or the notice, to the first scan; by carrier and handover."""
        self.transits: dict[tuple[str, str, str], Spread] = {}
        """From the first scan to the signature; by carrier, origin city and destination."""
        self.mishaps: Counter[tuple[str, str]] = Counter()
        """What befell parcels and rounds, by kind and carrier."""
        self.ends: Counter[tuple[str, str]] = Counter()
        """Of parcels that ended elsewhere than at the door: lost, returned, disposed of; by
        carrier."""
        self.trade = Trade()
        """By channel, carrier and supplier."""
        self._waivable: dict[str, tuple[str, str, str]] = {}
        """Each order's breach of the one rule that complaints waive. Kept when the order is over:
        they come until long after that."""
        self.aftersales = Aftersales()
        self._hits: Counter[str] = Counter()
        self._of: Counter[str] = Counter()
        self._orders: dict[str, _Order] = {}
        self._parcels: dict[str, _Parcel] = {}

    def hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        """One more fact. Of orders whose checkout it did not hear, only counts are kept."""
        fold = self._FOLDS.get(type(fact))
        if fold:
            fold(self, at, fact)
        else:
            self.aftersales.hear(fact)
        trade = Trade.FOLDS.get(type(fact))
        if trade:
            trade(self.trade, fact)
        if isinstance(fact, OrderMoved):
            self._moved(fact)

    def rates(self) -> list[Rate]:
        return [Rate(name, self._hits[name], self._of[name]) for name in RateName]

    @property
    def open_orders(self) -> int:
        """Orders that have not ended."""
        return len(self._orders)

    @property
    def waiting_parcels(self) -> int:
        """Booked, and not scanned so far: no wait of theirs is in ``pickup_waits`` yet."""
        return sum(1 for parcel in self._parcels.values() if not parcel.scanned_at)

    def save(self) -> dict[str, Any]:
        """Everything as plain data, ready for JSON: a restored world tells of no old fact."""
        return {
            **{name: _rows(getattr(self, name)) for name in _COUNTERS},
            **{
                name: [[list(key), spread.save()] for key, spread in getattr(self, name).items()]
                for name in _SPREADS
            },
            "orders": {key: to_plain(order) for key, order in self._orders.items()},
            "parcels": {key: to_plain(parcel) for key, parcel in self._parcels.items()},
            "waivable": {key: list(breach) for key, breach in self._waivable.items()},
            "trade": self.trade.save(),
            "aftersales": self.aftersales.save(),
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Fill an empty one with what ``save`` gave; later facts are heard as usual."""
        for name in _COUNTERS:
            getattr(self, name).update({_key(row[:-1]): row[-1] for row in saved[name]})
        for name in _SPREADS:
            rows = saved[name]
            getattr(self, name).update({tuple(key): Spread.restore(each) for key, each in rows})
        for key, row in saved["orders"].items():
            self._orders[key] = from_plain(_Order, row)
        for key, row in saved["parcels"].items():
            self._parcels[key] = from_plain(_Parcel, row)
        for key, (rule, liable, cause) in saved["waivable"].items():
            self._waivable[key] = rule, liable, cause
        self.trade.restore(saved["trade"])
        self.aftersales.restore(saved["aftersales"])

    def _moved(self, fact: OrderMoved) -> None:
        order = self._orders.get(fact.order_id)
        if order is None:
            return
        if order.status:
            self.orders_by_status[order.status] -= 1
        self.orders_by_status[fact.status] += 1
        order.status = fact.status
        if fact.status in _OVER:
            self._forget(fact.order_id, fact.status)

    def _forget(self, order_id: str, status: str) -> None:
        """The order is over. A parcel that a carrier has by then travels on, also without it."""
        for parcel_id in self._orders.pop(order_id).parcel_ids:
            parcel = self._parcels.get(parcel_id)
            if parcel and (status == Status.COMPLETED or not parcel.scanned_at):
                del self._parcels[parcel_id]

    def _count(self, name: RateName, *, hit: bool) -> None:
        self._of[name] += 1
        self._hits[name] += hit

    # One function a kind of fact.

    def _placed(self, at: Instant, fact: OrderPlaced) -> None:
        self._orders[fact.order_id] = _Order(
            fact.mode, fact.city, fact.region, at, not fact.independent
        )

    def _is_rated(self, order_id: str) -> bool:
        order = self._orders.get(order_id)
        return order is None or order.rated

    def _paid(self, _at: Instant, fact: OrderPaid) -> None:
        self._of[RateName.SELLER_FAULT_CANCELLATION] += self._is_rated(fact.order_id)

    def _marked(self, _at: Instant, fact: OrderMarkedShipped) -> None:
        order = self._orders.get(fact.order_id)
        if order and order.rated and not order.marked:
            order.marked = True
            self._of[RateName.VALID_TRACKING] += 1

    def _shipped(self, _at: Instant, fact: OrderShipped) -> None:
        order = self._orders.get(fact.order_id)
        if order is None or not order.rated:
            return
        self._hits[RateName.VALID_TRACKING] += order.marked
        if not order.judged:
            order.judged = True
            self._count(RateName.LATE_DISPATCH, hit=False)

    def _delivered(self, at: Instant, fact: OrderDelivered) -> None:
        order = self._orders.get(fact.order_id)
        if order and order.rated:
            self._count(RateName.ON_TIME_DELIVERY, hit=at <= self._due(order.placed_at))

    def _cancelled(self, _at: Instant, fact: OrderCancelled) -> None:
        self.cancellations[fact.reason, fact.by] += 1
        if self._is_rated(fact.order_id):
            self._hits[RateName.SELLER_FAULT_CANCELLATION] += is_sellers_fault(fact)

    def _booked(self, at: Instant, fact: ParcelBooked) -> None:
        order = self._orders.get(fact.order_id)
        if order:
            order.parcel_ids.append(fact.parcel_id)
            self._parcels[fact.parcel_id] = _Parcel(
                fact.carrier, fact.handover, order.city, order.region, at
            )

    def _scanned(self, at: Instant, fact: ParcelScanned) -> None:
        parcel = self._parcels.get(fact.parcel_id)
        if parcel is None or fact.scan in ON_PAPER:
            return
        if not parcel.scanned_at:
            parcel.scanned_at = at
            by = (parcel.carrier, parcel.handover)
            self.pickup_waits.setdefault(by, Spread()).add(at - parcel.booked_at)
        if fact.scan == Scan.DELIVERED:
            lane = (parcel.carrier, parcel.city, parcel.region)
            self.transits.setdefault(lane, Spread()).add(at - parcel.scanned_at)
            del self._parcels[fact.parcel_id]

    def _befell(self, _at: Instant, fact: MishapBefell) -> None:
        self.mishaps[fact.mishap, fact.carrier] += 1

    def _skipped(self, _at: Instant, fact: RoundSkipped) -> None:
        self.mishaps[f"round_{fact.cause}", fact.carrier] += 1

    def _full(self, _at: Instant, fact: VanFull) -> None:
        self.mishaps["van_full", fact.carrier] += 1

    def _ended(self, _at: Instant, fact: ParcelEnded) -> None:
        self.ends[fact.status, fact.carrier] += 1
        self._parcels.pop(fact.parcel_id, None)

    def _breached(self, _at: Instant, fact: RuleBreached) -> None:
        self.breaches[fact.rule, fact.liable, fact.cause] += 1
        if fact.rule == SHIPPED:
            self._waivable[fact.order_id] = fact.rule, fact.liable, fact.cause
        order = self._orders.get(fact.order_id)
        if order and fact.rule in (READY, SHIPPED) and not order.judged:
            order.judged = True
            self._count(RateName.LATE_DISPATCH, hit=True)

    def _waived(self, _at: Instant, fact: BreachWaived) -> None:
        """It counts against nobody any more (C1); that it happened stays in the journal."""
        breach = self._waivable.pop(fact.order_id, None)
        if breach and breach[0] == fact.rule:
            self.breaches[breach] -= 1

    def _anomalous(self, _at: Instant, fact: TrackingAnomaly) -> None:
        self.anomalies[fact.anomaly] += 1

    _FOLDS: ClassVar[Mapping[type[Fact], Callable[["Statistics", Instant, Any], None]]] = {
        OrderPlaced: _placed,
        OrderPaid: _paid,
        OrderMarkedShipped: _marked,
        OrderShipped: _shipped,
        OrderDelivered: _delivered,
        OrderCancelled: _cancelled,
        ParcelBooked: _booked,
        ParcelScanned: _scanned,
        ParcelEnded: _ended,
        MishapBefell: _befell,
        RoundSkipped: _skipped,
        VanFull: _full,
        RuleBreached: _breached,
        BreachWaived: _waived,
        TrackingAnomaly: _anomalous,
    }


_COUNTERS: Final = (
    "breaches",
    "anomalies",
    "orders_by_status",
    "cancellations",
    "mishaps",
    "ends",
    "_hits",
    "_of",
)
_SPREADS: Final = ("pickup_waits", "transits")


def is_sellers_fault(fact: OrderCancelled) -> bool:
    if fact.by == Party.SELLER:
        return _BUYERS_WISH not in fact.reason
    # The UK's reasons have a suffix of their own.
    return fact.by == Party.PLATFORM and fact.reason.removesuffix("_uk") in SELLERS_DOING


def _rows(counter: Counter[Any]) -> list[list[Any]]:
    """A counter as rows of its key's parts and the count."""
    return [[*(key if isinstance(key, tuple) else (key,)), n] for key, n in counter.items()]


def _key(parts: list[str]) -> tuple[str, ...] | str:
    return parts[0] if len(parts) == 1 else tuple(parts)
