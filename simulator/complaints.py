"""The platform's complaints office: what sellers and buyers may file, and what becomes of it.

It checks, starts the lives, and decides by ``disputes``' pure rules on what is on record. A refusal
is a DomainError and changes nothing.
"""

from typing import Final

from simulator import ids
from simulator.clock import Instant, later
from simulator.disputes import liability, provider
from simulator.disputes.case import Case, Cause, Refund, Verdict
from simulator.disputes.life import buyer_complaint_life, carrier_complaint_life
from simulator.disputes.model import (
    Answer,
    BuyerComplaint,
    CarrierComplaint,
    Review,
    Stage,
)
from simulator.disputes.provider import PICKUP_LATE, Ruling
from simulator.disputes.record import case_of, delays_of
from simulator.disputes.signals import Answered, OrderOver
from simulator.errors import (
    AlreadyRefunded,
    ComplaintOpen,
    LimitReached,
    NotOnPlatform,
    WindowClosed,
    WrongMode,
    WrongStatus,
)
from simulator.facts import (
    BreachWaived,
    BuyerComplained,
    CarrierComplaintAppealed,
    CarrierComplaintFiled,
)
from simulator.money import payments, penalties
from simulator.orders.deadlines import SHIPPED
from simulator.orders.model import Order, Party, Status
from simulator.registry import Registry
from simulator.waiting import Inbox

_SENT: Final = (Status.AWAITING_COLLECTION, Status.IN_TRANSIT, Status.DELIVERED)
_COMPLAINED_OF: Final = {
    Cause.NOT_RECEIVED: _SENT,
    Cause.LATE: _SENT,
    Cause.DAMAGED: (Status.DELIVERED,),
    Cause.WRONG_ITEM: (Status.DELIVERED,),
    Cause.REFUSED_AT_DOOR: (Status.IN_TRANSIT,),
}
"""The statuses of orders about which buyers complain, by cause: those in which the platform lets
them ask for money back (§8). Before that they cancel; after the end it is too late."""


class Office:
    """The setting of every complaint's life in one world."""

    def __init__(self, registry: Registry) -> None:
        self._all = registry
        self.record = registry.record
        self.streams = registry.streams
        self.terms = registry.market.disputes

    @property
    def now(self) -> Instant:
        return self._all.now

    # Complaints about logistics providers (C1).

    def complain_about_carrier(self, order: Order) -> CarrierComplaint:
        """The seller of *order* complains about its designated carrier. The platform looks at it
        later, so it may be filed in vain."""
        here, terms = self._all, self.terms
        _require_on_platform(order)
        if not order.ships_from_platform:
            raise WrongMode(order.id)
        if not order.released_at:
            raise WrongStatus(order.id, order.status, "an order that has awaited shipment")
        self._require_open(order.id, later(order.updated_at, terms.complain_within))
        filed = here.docket.about_carriers_of(order.id)
        self._require_fewer("complaints about carriers", order.id, len(filed))
        complaint = CarrierComplaint(
            id=here.mint.next_id(ids.CARRIER_COMPLAINT),
            order_id=order.id,
            luck=f"{order.luck}.carrier.{len(filed)}",
            carrier=self._carrier_of(order),
            nth=len(filed) + 1,
            filed_at=self.now,
            decide_by=later(self.now, terms.take_up_span[1] + terms.decide_span[1]),
            inbox=Inbox(here.agenda),
            updated_at=self.now,
        )
        waits = self.streams.between("take up", complaint.luck, terms.take_up_span)
        complaint.due_at = later(self.now, waits)
        here.docket.file_about_carrier(complaint)
        self.record(
            CarrierComplaintFiled(order.id, complaint.id, complaint.carrier, complaint.decide_by)
        )
        self.start_carrier_complaint(complaint)
        return complaint

    def appeal(self, complaint: CarrierComplaint) -> None:
        """The seller does not take the rejection: it is looked at again, as things stand then."""
        complaint.require(Review.REJECTED)
        windows = self.terms.appeal_within
        if complaint.appeals >= len(windows):
            raise LimitReached("appeals", complaint.id, len(windows))
        closes_at = later(complaint.updated_at, windows[complaint.appeals])
        self._require_open(complaint.id, closes_at)
        complaint.appeals += 1
        span = self.terms.decide_span
        waits = self.streams.between("appeal", complaint.luck, span, complaint.appeals)
        complaint.become(Review.UNDER_REVIEW, self.now, later(self.now, waits))
        complaint.decide_by = later(self.now, span[1])
        self.record(CarrierComplaintAppealed(complaint.order_id, complaint.id, complaint.decide_by))
        self.start_carrier_complaint(complaint)

    def ruling_on(self, complaint: CarrierComplaint) -> Ruling:
        order = self._all.order(complaint.order_id)
        delays = delays_of(order, self._all.parcels_of(order), self.terms, self.now)
        return provider.decide(complaint.nth, order, delays)

    def carrier_complaint_upheld(self, complaint: CarrierComplaint) -> None:
        order = self._all.order(complaint.order_id)
        if complaint.reason == PICKUP_LATE and SHIPPED in order.breaches:
            self._waive(order, complaint)

    def rule_breached(self, order: Order, rule: str) -> None:
        """D4 may fall due after its cause, the late pickup, was laid at the carrier's door."""
        if rule != SHIPPED:
            return
        for complaint in self._all.docket.about_carriers_of(order.id):
            if complaint.reason == PICKUP_LATE:
                self._waive(order, complaint)

    def _waive(self, order: Order, complaint: CarrierComplaint) -> None:
        assert SHIPPED not in order.waived, order.id
        order.waived += (SHIPPED,)
        self.record(BreachWaived(order.id, SHIPPED, complaint.id))
        penalties.forgive(self._all, order, SHIPPED)

    # Complaints by buyers (C2).

    def buyer_complains(self, order: Order, cause: Cause) -> BuyerComplaint:
        """The buyer of *order* complains; the seller has time to answer."""
        here = self._all
        _require_on_platform(order)
        order.require(*_COMPLAINED_OF[cause])
        filed = here.docket.by_buyer_of(order.id)
        if any(earlier.is_open for earlier in filed):
            raise ComplaintOpen(order.id)
        if not payments.refundable(here, order):
            raise AlreadyRefunded(order.id)
        self._require_fewer("complaints by buyers", order.id, len(filed))
        answer_by = later(self.now, self.terms.answer_within)
        complaint = BuyerComplaint(
            id=here.mint.next_id(ids.BUYER_COMPLAINT),
            order_id=order.id,
            luck=f"{order.luck}.buyer.{len(filed)}",
            cause=cause,
            opened_at=self.now,
            answer_by=answer_by,
            inbox=Inbox(here.agenda),
            updated_at=self.now,
            due_at=answer_by,
        )
        here.docket.file_by_buyer(complaint)
        self.record(BuyerComplained(order.id, complaint.id, cause, answer_by))
        self.start_buyer_complaint(complaint)
        return complaint

    def answer(self, complaint: BuyerComplaint, answer: Answer) -> None:
        """The seller accepts it, or contests it."""
        complaint.require(Stage.OPENED)
        complaint.inbox.deliver(Answered(answer))

    def verdict_on(self, complaint: BuyerComplaint) -> Verdict:
        """By the liability table, on what is on record now, and by the seller's answer."""
        answer = complaint.answer
        assert answer is not None, complaint.id
        conceded = answer is Answer.SILENCE and self.terms.silence_concedes
        case = self.case_of(complaint)
        if conceded:
            case = liability.unspoken_for(case)
        elif answer is Answer.SILENCE:
            answer = Answer.CONTEST
        return liability.settled(liability.decide(case), answer)

    def case_of(self, complaint: BuyerComplaint) -> Case:
        """The complaint as the liability table sees it."""
        order = self._all.orders[complaint.order_id]
        parcels = self._all.parcels_of(order)
        return case_of(order, parcels, complaint.cause, self.terms, self.now)

    def amount_of(self, complaint: BuyerComplaint, refund: Refund) -> int:
        order = self._all.orders[complaint.order_id]
        due = {
            Refund.NONE: 0,
            Refund.SHIPPING_FEE: order.shipping_fee_minor,
            Refund.FULL: order.total_minor,
        }[refund]
        earlier = self._all.docket.by_buyer_of(order.id)
        still_due = max(0, due - sum(each.paid_minor for each in earlier))
        return min(still_due, payments.refundable(self._all, order))

    def pay(self, complaint: BuyerComplaint) -> int:
        """Give back what was decided, or what is left of it by now; how much that was. A seller who
        was not at fault is made whole by whoever was."""
        here, order = self._all, self._all.orders[complaint.order_id]
        assert complaint.verdict is not None, complaint.id
        amount = min(complaint.amount_minor, payments.refundable(here, order))
        if amount:
            payments.refund(here, order, amount, complaint.cause)
            payer = complaint.verdict.payer
            # For a parcel of its that was lost, the carrier may have paid before.
            owed = min(amount, payments.reimbursable(here, order))
            if owed and payer in (Party.CARRIER, Party.PLATFORM):
                payments.reimburse(here, order, owed, payer, complaint.cause)
        return amount

    def order_cancelled(self, order: Order) -> None:
        """All of its money goes back, by a cancellation, a refund or a return, or other goods come
        for it: no complaint pays any more."""
        for complaint in self._all.docket.by_buyer_of(order.id):
            if complaint.is_open:
                complaint.inbox.deliver(OrderOver())

    # Starting lives.

    def start_carrier_complaint(self, complaint: CarrierComplaint) -> None:
        self._all.env.process(carrier_complaint_life(self, complaint))

    def start_buyer_complaint(self, complaint: BuyerComplaint) -> None:
        self._all.env.process(buyer_complaint_life(self, complaint))

    # Small parts.

    def _carrier_of(self, order: Order) -> str:
        booked = [parcel.carrier for parcel in self._all.parcels_of(order) if parcel.carrier]
        return booked[0] if booked else self._all.market.designated_carrier

    def _require_open(self, key: str, closes_at: Instant) -> None:
        if self.now > closes_at:
            raise WindowClosed(key, closes_at)

    def _require_fewer(self, kind: str, key: str, count: int) -> None:
        if count >= self.terms.complaints_max:
            raise LimitReached(kind, key, self.terms.complaints_max)


def _require_on_platform(order: Order) -> None:
    if order.independent:
        raise NotOnPlatform(order.id)
