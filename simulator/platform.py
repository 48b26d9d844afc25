"""What the platform, the carriers and the simulated sellers do when something happens.

This is the world's side of every life: lives move their own entity, and tell the platform; the
platform tells whom it concerns. It starts lives, too.
"""

from typing import Final, cast

from simulator import aftersales, ids, shipping
from simulator.carriers.model import Carrier, Scan
from simulator.carriers.numbers import NUMBERED
from simulator.carriers.van import Van, van_life
from simulator.clock import Instant, later
from simulator.complaints import Office
from simulator.facts import (
    CarrierNotified,
    ParcelBooked,
    ParcelCreated,
    RuleBreached,
    TrackingAnomaly,
)
from simulator.market.penalties import CANCELLED
from simulator.money import payments, penalties
from simulator.orders import consequences, deadlines, tracking_check
from simulator.orders.life import order_life
from simulator.orders.model import Cancellation, Order, Party, Status
from simulator.orders.signals import Cancel, Delivered, Shipped
from simulator.parcels.life import CalledOff, collect, parcel_life
from simulator.parcels.model import Handover, Parcel, ParcelStatus, Slot
from simulator.registry import Registry
from simulator.sellers.life import Clerk, Collected, OrderOver, clerk_life
from simulator.waiting import Inbox

TRACKING: Final = "S2"


class Platform:
    """The setting of every life in one world."""

    def __init__(self, registry: Registry) -> None:
        self._all = registry
        self._env = registry.env
        # Asked a hundred times an order: bound once, not passed through.
        self.record = registry.record
        self.streams = registry.streams
        self.market = registry.market
        self.office = Office(registry)

    # What lives ask.

    @property
    def now(self) -> Instant:
        return cast("Instant", self._env.now)

    def held_until(self, carrier: str) -> Instant:
        return self._all.held_until(carrier)

    def carrier(self, code: str) -> Carrier:
        return self._all.carrier(code)

    def country(self, parcel: Parcel) -> str:
        return self._all.orders[parcel.order_id].address.region

    def hometown(self, parcel: Parcel) -> tuple[str, str]:
        address = self._all.orders[parcel.order_id].address
        return address.city, address.name

    # What orders tell.

    def order_paid(self, order: Order) -> None:
        """Its parcel is drafted, and its deadlines are known."""
        parcel = Parcel(
            id=self._all.mint.next_id(ids.PACKAGE),
            order_id=order.id,
            city=order.city,
            created_at=self.now,
            inbox=Inbox(self._all.agenda),
            updated_at=self.now,
        )
        self._all.parcels[parcel.id] = parcel
        order.parcel_ids.append(parcel.id)
        self.record(ParcelCreated(order.id, parcel.id))
        for rule, due in deadlines.owed_at_payment(order, self.market):
            order.watch.add(rule, due)
        for limit, due in consequences.limits_at_payment(order, self.market):
            order.watch.add(limit, due)
        penalties.count_order(self._all, order)

    def order_released(self, order: Order) -> None:
        """The seller may act; a simulated one begins to."""
        if order.behaviour:
            clerk = Clerk(order.id, order.behaviour, Inbox(self._all.agenda))
            self._all.clerks[order.id] = clerk
            self.start_clerk(clerk)

    def order_ready(self, order: Order, handover: Handover, slot: Slot | None) -> None:
        """Ready to ship notifies the designated carrier, who owes a pickup from now on (D2)."""
        (parcel,) = self._all.parcels_of(order)
        self.book(parcel, self.market.designated_carrier, handover, slot)
        owed = deadlines.owed_at_notice(parcel, self.market)
        for rule, due in owed:
            order.watch.add(rule, due)
            self.record(CarrierNotified(order.id, parcel.id, parcel.carrier, due))

    def order_marked(self, order: Order) -> None:
        """The number is looked up: now for a scan that is there already, later by S2."""
        (parcel,) = self._all.parcels_of(order)
        if parcel.status is ParcelStatus.CREATED:
            # No label of a carrier's yet: the parcel bears the number that the seller says.
            collects = self.carrier(order.claimed_carrier).service_in(order.city)
            handover = Handover.PICKUP if collects else Handover.DROP_OFF
            self.book(parcel, order.claimed_carrier, handover, None, order.claimed_number)
        order.watch.add(TRACKING, later(self.now, self.market.check_tracking_after))
        self._tell_if_shipped(order)

    def order_delivered(self, order: Order) -> None:
        """Every limit was kept: time alone need not bring the last of them."""
        order.watch.forget(consequences.LIMITS)

    def order_cancelled(self, order: Order) -> None:
        """The payment goes back, and the platform asks whose fault it was."""
        if order.paid_at:
            payments.refund_all(self._all, order, order.cancel_reason)
        if order.past_limit:
            self._answer_for(order)
        self._leave_alone(order)

    def order_refunded(self, order: Order) -> None:
        """The payment goes back, for what the buyer said."""
        assert order.refund is not None, order.id
        payments.refund_all(self._all, order, order.refund.reason)
        self._leave_alone(order)

    def _leave_alone(self, order: Order) -> None:
        """No deadline binds any more, and parcels that nobody has taken stay at home."""
        order.watch.stop()
        for parcel in self._all.parcels_of(order):
            if not parcel.is_collected:
                self._call_off(parcel)
        clerk = self._all.clerks.pop(order.id, None)
        if clerk:
            clerk.inbox.deliver(OrderOver())
        self.office.order_cancelled(order)

    def clerk_done(self, clerk: Clerk) -> None:
        self._all.clerks.pop(clerk.order_id, None)

    # What parcels and vans tell.

    def parcel_collected(self, parcel: Parcel) -> None:
        order = self._all.orders[parcel.order_id]
        clerk = self._all.clerks.get(order.id)
        if clerk:
            clerk.inbox.deliver(Collected())
        if order.status is Status.AWAITING_COLLECTION:
            self._tell_if_shipped(order)

    def parcel_delivered(self, parcel: Parcel) -> None:
        order = self._all.orders[parcel.order_id]
        if order.status is Status.IN_TRANSIT:
            self._tell_if_delivered(order)

    def take_parcel(self, parcel_id: str, timezone: str) -> None:
        parcel = self._all.parcels[parcel_id]
        parcel.taken_at = self.now
        lag = self.carrier(parcel.carrier).first_scan_lag
        if any(lag):
            # The courier has no scanner: its depot scans it.
            parcel.due_at = later(self.now, self.streams.between("first scan", parcel.id, lag))
        else:
            collect(self, parcel, Scan.PICKED_UP, parcel.city, timezone)
        self.start_parcel(parcel)

    def _tell_if_shipped(self, order: Order) -> None:
        """D3: the first scan of the last parcel starts delivery. In seller shipping the scan has to
        be under the number that the seller gave (D5), or the platform cannot see it."""
        for parcel in self._all.parcels_of(order):
            seen = order.ships_from_platform or parcel.tracking_number == order.claimed_number
            if not (parcel.is_collected and seen):
                return
        order.inbox.deliver(Shipped())
        self._tell_if_delivered(order)

    def _tell_if_delivered(self, order: Order) -> None:
        parcels = self._all.parcels_of(order)
        if all(parcel.status is ParcelStatus.DELIVERED for parcel in parcels):
            order.inbox.deliver(Delivered())

    # Booking, and calling off.

    def book(
        self,
        parcel: Parcel,
        carrier: str,
        handover: Handover,
        slot: Slot | None,
        number: str = "",
    ) -> None:
        """Tell *carrier* of the parcel: a label, and a van to wait for or a way to the depot."""
        here = self._all
        parcel.become(ParcelStatus.BOOKED, here.now)
        parcel.carrier, parcel.handover, parcel.slot = carrier, handover, slot
        parcel.service = parcel.service or self.carrier(carrier).service().code
        parcel.tracking_number = number or self._fresh_number(carrier)
        parcel.booked_at = here.now
        here.by_number[parcel.tracking_number] = parcel.id
        self.record(
            ParcelBooked(parcel.order_id, parcel.id, carrier, parcel.tracking_number, handover)
        )
        if handover is Handover.PICKUP:
            self._queue(parcel)
        else:
            way = self.streams.between("drop off", parcel.id, self.carrier(carrier).drop_off_span)
            parcel.due_at = later(here.now, way)
            self.start_parcel(parcel)

    def _queue(self, parcel: Parcel) -> None:
        carrier = self.carrier(parcel.carrier)
        service = carrier.service_in(parcel.city)
        assert service is not None, (parcel.carrier, parcel.city)
        booked_early_enough = later(self.now, service.cut_off)
        slot_opens = parcel.slot.start if parcel.slot else booked_early_enough
        promised = max(booked_early_enough, slot_opens)
        parcel.collect_from = later(promised, carrier.pickup_delay)
        place = (parcel.carrier, parcel.city)
        van = self._all.vans.get(place)
        if van is None:
            van = self._all.vans[place] = Van(*place, Inbox(self._all.agenda))
        van.queue[parcel.id] = parcel.collect_from
        if not van.awaited:
            van.awaited = True
            self.start_van(van)

    def _call_off(self, parcel: Parcel) -> None:
        if parcel.handover is Handover.PICKUP:
            # It stands in the queue, unless the van has taken it and nobody has scanned it yet.
            self._all.vans[parcel.carrier, parcel.city].queue.pop(parcel.id, None)
        parcel.become(ParcelStatus.CANCELLED, self.now)
        if parcel.inbox.waiting:
            parcel.inbox.deliver(CalledOff())

    def _fresh_number(self, carrier: str) -> str:
        """The carrier's next number; one that a seller has claimed already is passed over."""
        mint = self._all.mint
        while True:
            kind = f"number {carrier}"
            mint.counted[kind] = mint.counted.get(kind, 0) + 1
            number = NUMBERED[carrier](mint.counted[kind])
            if self._all.parcel_numbered(number) is None:
                return number

    # What falls due.

    def judge(self, order_id: str, rule: str, due: Instant) -> None:
        """One rule of one order, at its due instant."""
        order = self._all.orders[order_id]
        parcels = self._all.parcels_of(order)
        if rule == TRACKING:
            self._check_tracking(order)
            return
        if rule == aftersales.SILENCE:
            aftersales.fall_silent(order, due)
            return
        if rule in consequences.LIMITS:
            self._enforce(rule, order)
            return
        breach = deadlines.judge(rule, order, parcels)
        if breach:
            assert rule not in order.breaches, (order.id, rule)
            order.breaches.append(rule)
            self.record(RuleBreached(order.id, rule, due, breach.liable, breach.cause))
            self.office.rule_breached(order, rule)
            if breach.liable is Party.SELLER:
                penalties.seller_failed(self._all, order, rule)

    def _enforce(self, limit: str, order: Order) -> None:
        """A limit of the platform's own: past it, the order ends. If the buyer has asked to cancel
        it anyway, that is granted instead (inferred): the seller could not ship it meanwhile."""
        if not consequences.is_past(limit, order):
            return
        if not order.cancellation_pending:
            order.past_limit = limit
            reason = consequences.reason(limit, self.market)
            fresh = self._all.mint.next_id(ids.CANCELLATION)
            order.cancellation = Cancellation(fresh, Party.PLATFORM, reason, self.now, self.now)
        order.inbox.deliver(Cancel())

    def _answer_for(self, order: Order) -> None:
        """The platform has cancelled: that counts against a seller whose fault it was, and a
        carrier that had the goods may have to pay for them."""
        party = consequences.at_fault(order.past_limit, order, self._all.parcels_of(order))
        if party is Party.SELLER:
            penalties.seller_failed(self._all, order, CANCELLED)
        elif order.shipped_at and self.market.reimburses_overdue:
            payments.reimburse(self._all, order, order.goods_minor, party, order.cancel_reason)

    def _check_tracking(self, order: Order) -> None:
        parcel = self._all.parcel_numbered(order.claimed_number)
        going_to = self._all.order(parcel.order_id).address.postal_code if parcel else ""
        for anomaly in tracking_check.anomalies(
            order, parcel, going_to=going_to, scan_tolerance=self.market.scan_tolerance
        ):
            self.record(TrackingAnomaly(order.id, order.claimed_number, anomaly))

    # Starting lives.

    def start_order(self, order: Order) -> None:
        self._all.env.process(order_life(self, order))

    def start_parcel(self, parcel: Parcel) -> None:
        self._all.env.process(parcel_life(self, parcel))

    def start_van(self, van: Van) -> None:
        service = self.carrier(van.carrier).service_in(van.city)
        assert service is not None, (van.carrier, van.city)
        self._all.env.process(van_life(self, van, service))

    def start_clerk(self, clerk: Clerk) -> None:
        self._all.env.process(clerk_life(self, clerk))

    # What simulated sellers do.

    def hand_over(self, order_id: str) -> bool:
        order = self._all.order(order_id)
        if order.ships_from_platform:
            shipping.ready_to_ship(self._all, order, None, None)
            return False
        shipping.book_own_carrier(self, self._all, order, self.market.seller_carrier)
        return True

    def mark_as_booked(self, order_id: str) -> None:
        order = self._all.order(order_id)
        (parcel,) = self._all.parcels_of(order)
        shipping.mark_shipped(self._all, order, parcel.carrier, parcel.tracking_number)
