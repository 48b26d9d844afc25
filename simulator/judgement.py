"""What falls due: deadlines looked at when their second is over, and what the platform then does.

An order's watch asks for one rule at a time. A breach is recorded once, at its due instant, with
who is liable; a limit of the market's own ends the order.
"""

from typing import Final

from simulator.clock import Instant, later
from simulator.complaints import Office
from simulator.facts import DeliveryExpected, RuleBreached, TrackingAnomaly
from simulator.market.penalties import CANCELLED
from simulator.money import payments, penalties
from simulator.orders import consequences, deadlines, tracking_check
from simulator.orders.model import Order, Party
from simulator.orders.signals import Cancel
from simulator.registry import Registry
from simulator.trackers.lag import known_scans

TRACKING: Final = "S2"


class Judgement:
    """The judge of one world's deadlines."""

    def __init__(self, registry: Registry, office: Office) -> None:
        self._all = registry
        self._office = office
        self.market = registry.market

    def judge(self, order_id: str, rule: str, due: Instant) -> None:
        """One rule of one order, at its due instant."""
        order = self._all.orders[order_id]
        if rule == TRACKING:
            self._check_tracking(order, due)
        elif rule == deadlines.EXPECTED:
            self._look_at_delivery(order, due)
        elif rule in consequences.LIMITS:
            self._enforce(rule, order)
        else:
            self._look_at_deadline(rule, order, due)

    def answer_for_cancellation(self, order: Order) -> None:
        """The platform has cancelled at a limit: that counts against a seller whose fault it was,
        and a carrier that had the goods may have to pay for them."""
        party = consequences.at_fault(order.past_limit, order, self._all.parcels_of(order))
        if party is Party.SELLER:
            penalties.seller_failed(self._all, order, CANCELLED)
        elif order.shipped_at and self.market.reimburses_overdue:
            # A complaint may have paid, and been made good, before.
            owed = min(order.goods_minor, payments.reimbursable(self._all, order))
            if owed:
                payments.reimburse(self._all, order, owed, party, order.cancel_reason)

    def _look_at_deadline(self, rule: str, order: Order, due: Instant) -> None:
        breach = deadlines.judge(rule, order, self._all.parcels_of(order), due)
        # D2 falls due for each notice, and is breached once.
        if breach and not (rule == deadlines.PICKED_UP and rule in order.breaches):
            assert rule not in order.breaches, (order.id, rule)
            order.breaches.append(rule)
            self._all.record(RuleBreached(order.id, rule, due, breach.liable, breach.cause))
            self._office.rule_breached(order, rule)
            if breach.liable is Party.SELLER:
                penalties.seller_failed(self._all, order, rule)

    def _look_at_delivery(self, order: Order, due: Instant) -> None:
        if not order.delivered_at:
            self._all.record(DeliveryExpected(order.id, due))

    def _enforce(self, limit: str, order: Order) -> None:
        """A limit of the platform's own: past it, the order ends. If the buyer has asked to cancel
        it anyway, that is granted instead (inferred): the seller could not ship it meanwhile."""
        if not consequences.is_past(limit, order):
            return
        if not order.cancellation_pending:
            order.past_limit = limit
            reason = consequences.reason(limit, self.market)
            self._all.platform_cancels(order, reason)
        order.inbox.deliver(Cancel())

    def _check_tracking(self, order: Order, due: Instant) -> None:
        """The numbers that were given so long before *due*."""
        for own in self._all.parcels_of(order):
            given_at = own.corrected_at or own.ready_at
            if later(given_at, self.market.check_tracking_after) == due:
                self._check_number(order, own.claimed_number)

    def _check_number(self, order: Order, number: str) -> None:
        parcel = self._all.parcel_numbered(number)
        carrier = self._all.carriers.get(parcel.carrier) if parcel else None
        going_to, scans = "", None
        if parcel and carrier:
            going_to = self._all.recipient(parcel).postal_code
            view, now = tracking_check.TRACKED_BY, self._all.now
            scans = known_scans(self._all.streams, view, carrier, parcel, now)
        tolerance = self.market.scan_tolerance
        for anomaly in tracking_check.anomalies(
            order, scans, going_to=going_to, tolerance=tolerance
        ):
            self._all.record(TrackingAnomaly(order.id, number, anomaly))
