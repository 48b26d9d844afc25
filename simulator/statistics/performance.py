"""Shop performance: the platform's score of a shop's service, reckoned from what happened.

A sink of facts. It keeps counts a day and the latest failures of each metric, so its size depends
on days and shops, never on orders. What a day counts is final when the day is over: the platform
looks once a night (inferred).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from simulator.clock import DAY, EPOCH, Instant
from simulator.facts import (
    Fact,
    OrderCancelled,
    OrderDelivered,
    OrderPaid,
    RefundMoved,
    ReturnAsked,
    ReturnDivided,
    ReturnMoved,
)
from simulator.orders.model import Order
from simulator.plain import from_plain, to_plain
from simulator.registry import Registry
from simulator.returns.model import ReturnStatus
from simulator.statistics.rates import delivery_due
from simulator.statistics.sink import is_sellers_fault
from simulator.words import Word

WINDOW_DAYS: Final = 90
PROBLEMS_KEPT_MOST: Final = 1_000
"""Of each metric and shop."""
_RETURNS_OPEN_MOST: Final = 10_000

_UNWANTED: Final = ("no_need", "no_longer", "need_to_change", "doesn't_fit", "better_price")
"""In the reasons of buyers who changed their minds: no fault of the shop's (inferred)."""
_DONE: Final = (ReturnStatus.COMPLETED, ReturnStatus.REJECTED, ReturnStatus.CLOSED)


class Metric(Word):
    NRR = "NRR"
    """Negative reviews. Nobody reviews anything here."""
    NBFR = "NBFR"
    """Returns and refunds that are no buyer's fault, of delivered orders."""
    SFCR = "SFCR"
    """Cancellations by the seller's fault, of paid orders."""
    OTDR = "OTDR"
    """Delivered on time, of delivered orders."""
    AHT = "AHT"
    """How long returns take, from the wish to their end: hours, on average."""
    IM_DSAT = "IM_DSAT"
    """Dissatisfied chats, of rated ones."""


@dataclass(slots=True)
class Tally:
    """A share, or a mean: so much, of so many."""

    part: int = 0
    of: int = 0

    def add(self, part: int, of: int) -> None:
        self.part += part
        self.of += of


@dataclass(frozen=True, slots=True)
class Problem:
    """One order that failed a metric."""

    order_id: str
    at: Instant
    reason: str = ""
    due: Instant = EPOCH
    seconds: int = 0
    return_id: str = ""


@dataclass(slots=True)
class Record:
    """One shop's."""

    days: dict[str, dict[int, Tally]] = field(default_factory=dict)
    """By metric, then by day since 1970."""
    carriers: dict[str, dict[int, Tally]] = field(default_factory=dict)
    """On-time deliveries, by carrier and day."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """By metric, oldest first."""


class Performance:
    """The service of every shop in one world."""

    def __init__(self, here: Registry) -> None:
        self._here = here
        self._records: dict[str, Record] = {}
        self._asked: dict[str, tuple[Instant, str]] = {}
        """Open returns: since when, and why."""

    def hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        fold = self._FOLDS.get(type(fact))
        if fold:
            fold(self, at, fact)

    def count(self, shop_id: str, metric: Metric, at: Instant, part: int, of: int = 1) -> None:
        """So much more of a metric. Whoever hears chats counts IM_DSAT here."""
        _add(self._record(shop_id).days, metric, at, part, of)

    def tally(self, shop_id: str, metric: Metric, end: Instant, days: int = WINDOW_DAYS) -> Tally:
        """What the metric came to in the *days* before *end*, a midnight."""
        return _sum(self._seen(shop_id).days.get(metric, {}), end, days)

    def on_one_day(self, shop_id: str, metric: Metric, day: int) -> Tally:
        return self._seen(shop_id).days.get(metric, {}).get(day, Tally())

    def by_carrier(self, shop_id: str, end: Instant) -> Mapping[str, Tally]:
        """On-time deliveries of the window, by carrier; without those that delivered nothing."""
        rows = self._seen(shop_id).carriers.items()
        summed = {carrier: _sum(days, end, WINDOW_DAYS) for carrier, days in rows}
        return {carrier: tally for carrier, tally in summed.items() if tally.of}

    def problems(self, shop_id: str, metric: Metric, end: Instant) -> list[Problem]:
        """The window's failures, the latest first, as far as they are kept."""
        begin = end - WINDOW_DAYS * DAY
        found = self._seen(shop_id).problems.get(metric, ())
        return [each for each in reversed(list(found)) if begin <= each.at < end]

    def save(self) -> dict[str, Any]:
        """Everything as plain data, ready for JSON."""
        return {
            "shops": {key: to_plain(record) for key, record in self._records.items()},
            "asked": to_plain(self._asked),
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Fill an empty one with what ``save`` gave; later facts are heard as usual."""
        for key, row in saved["shops"].items():
            record = self._records[key] = from_plain(Record, row)
            for days in (*record.days.values(), *record.carriers.values()):
                _with_whole_days(days)
        for return_id, (at, reason) in saved["asked"].items():
            self._asked[return_id] = Instant(at), reason

    # One function a kind of fact.

    def _paid(self, at: Instant, fact: OrderPaid) -> None:
        self._fold(fact.order_id, Metric.SFCR, at, 0)

    def _cancelled(self, at: Instant, fact: OrderCancelled) -> None:
        """Counted on its own day, of those that were paid on that day or another."""
        order = self._of(fact.order_id)
        if order and order.paid_at and is_sellers_fault(fact):
            self.count(order.shop_id, Metric.SFCR, at, 1, 0)
            self._note(order, Metric.SFCR, Problem(order.id, at, fact.reason))

    def _delivered(self, at: Instant, fact: OrderDelivered) -> None:
        order = self._of(fact.order_id)
        if order is None:
            return
        due = order.deliver_by or delivery_due(order.placed_at)
        in_time = at <= due
        self.count(order.shop_id, Metric.OTDR, at, in_time)
        self.count(order.shop_id, Metric.NBFR, at, 0)
        carriers = {each.carrier for each in self._here.parcels_of(order) if each.carrier}
        for carrier in sorted(carriers):
            _add(self._record(order.shop_id).carriers, carrier, at, in_time, 1)
        if not in_time:
            self._note(order, Metric.OTDR, Problem(order.id, at, due=due))

    def _refunded(self, at: Instant, fact: RefundMoved) -> None:
        order = self._of(fact.order_id)
        if fact.status == "refunded" and order:
            reason = self._here.returns.get(fact.refund_id).reason
            self._gave_back(at, order, reason, fact.refund_id)

    def _asked_back(self, at: Instant, fact: ReturnAsked) -> None:
        if self._of(fact.order_id):
            self._await(fact.return_id, at, fact.reason)

    def _divided(self, _at: Instant, fact: ReturnDivided) -> None:
        """Its part is awaited since the same wish."""
        whole = self._asked.get(fact.return_id)
        if whole:
            self._await(fact.part_id, *whole)

    def _await(self, return_id: str, since: Instant, reason: str) -> None:
        self._asked[return_id] = since, reason
        if len(self._asked) > _RETURNS_OPEN_MOST:
            del self._asked[next(iter(self._asked))]

    def _moved_back(self, at: Instant, fact: ReturnMoved) -> None:
        order = self._of(fact.order_id)
        if order is None or fact.status not in _DONE:
            return
        asked = self._asked.pop(fact.return_id, None)
        if asked is None:
            return
        since, reason = asked
        self.count(order.shop_id, Metric.AHT, at, at - since)
        took = Problem(order.id, at, reason, seconds=at - since, return_id=fact.return_id)
        self._note(order, Metric.AHT, took)
        if fact.status == ReturnStatus.COMPLETED:
            self._gave_back(at, order, reason, fact.return_id)

    def _gave_back(self, at: Instant, order: Order, reason: str, return_id: str) -> None:
        if order.delivered_at and not any(word in reason for word in _UNWANTED):
            self.count(order.shop_id, Metric.NBFR, at, 1, 0)
            self._note(order, Metric.NBFR, Problem(order.id, at, reason, return_id=return_id))

    # Small parts.

    def _of(self, order_id: str) -> Order | None:
        """The order, if the platform has a part in it (M4)."""
        order = self._here.order(order_id)
        return None if order.independent else order

    def _fold(self, order_id: str, metric: Metric, at: Instant, part: int) -> None:
        order = self._of(order_id)
        if order:
            self.count(order.shop_id, metric, at, part)

    def _note(self, order: Order, metric: Metric, problem: Problem) -> None:
        kept = self._record(order.shop_id).problems.setdefault(metric, [])
        kept.append(problem)
        if len(kept) > 2 * PROBLEMS_KEPT_MOST:  # now and then: a list that is cut is copied
            del kept[:PROBLEMS_KEPT_MOST]

    def _seen(self, shop_id: str) -> Record:
        """For looking at: a shop of which nothing was heard gets no record by that."""
        return self._records.get(shop_id) or Record()

    def _record(self, shop_id: str) -> Record:
        return self._records.setdefault(shop_id, Record())

    _FOLDS: ClassVar[Mapping[type[Fact], Callable[["Performance", Instant, Any], None]]] = {
        OrderPaid: _paid,
        OrderCancelled: _cancelled,
        OrderDelivered: _delivered,
        RefundMoved: _refunded,
        ReturnAsked: _asked_back,
        ReturnDivided: _divided,
        ReturnMoved: _moved_back,
    }


def _add(rows: dict[str, dict[int, Tally]], key: str, at: Instant, part: int, of: int) -> None:
    days, day = rows.setdefault(key, {}), at // DAY
    tally = days.get(day)
    if tally is None:
        tally = days[day] = Tally()
        for old in [each for each in days if each < day - 2 * WINDOW_DAYS]:
            del days[old]
    tally.add(part, of)


def _sum(days: Mapping[int, Tally], end: Instant, window: int) -> Tally:
    total, last = Tally(), end // DAY
    for day, tally in days.items():
        if last - window <= day < last:
            total.add(tally.part, tally.of)
    return total


def _with_whole_days(days: dict[int, Tally]) -> None:
    """JSON's keys are strings."""
    for key in list(days):
        days[int(key)] = days.pop(key)
