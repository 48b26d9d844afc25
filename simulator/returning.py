"""The platform's returns office: what may be refunded, sent back or replaced, and what comes of it.

It checks, starts the lives, and pays. A refusal is a DomainError and changes nothing. Once all that
an order has brought is paid back or replaced, the order ends.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from simulator import arbitrating, dividing, ids
from simulator.carriers.scans import Scan
from simulator.clock import Instant
from simulator.disputes.case import Cause
from simulator.errors import AlreadyRefunded, LimitReached, WrongStatus
from simulator.facts import OrderReplaced, RefundMoved, ReturnAsked
from simulator.money import payments
from simulator.orders.model import Order, Party, Status
from simulator.orders.signals import ReturnClosed, ReturnOpened, ReturnSettled
from simulator.parcels.model import Parcel, ParcelStatus
from simulator.registry import Registry
from simulator.returns import answering, claims
from simulator.returns.answering import Verdict
from simulator.returns.life import begin, return_life
from simulator.returns.model import (
    MAY_WITHDRAW,
    REFUND_WORDS,
    TURNED_DOWN,
    Handover,
    Kind,
    Note,
    Return,
    ReturnStatus,
    Ruling,
    Shipment,
)
from simulator.returns.signals import (
    Arrived,
    Called,
    Disputed,
    Gone,
    Overtaken,
    Responded,
    Sent,
    Withdrawn,
)
from simulator.returns.wishes import (
    MAY_REFUND,
    MAY_RETURN,
    SELLERS_MAY_RETURN,
    Wanted,
    answer_by,
    usual_reason,
)
from simulator.waiting import Inbox


class Tidings(Protocol):
    """Whom it concerns what becomes of a return."""

    def return_moved(self, order: Order, asked: Return) -> None: ...
    def reorder(self, order: Order, item_ids: Sequence[str], nth: int) -> Order:
        """These of its goods again, for nothing: recorded, and alive."""

    def goods_back(self, order: Order, item_ids: Sequence[str]) -> None:
        """What came back unharmed lies where it was sold from."""

    def fresh_number(self, carrier: str) -> str:
        """A number that the carrier has given to nobody."""

    def send_home(self, order: Order, asked: Return) -> None:
        """Its carrier is told of the parcel that goes back."""

    def call_off(self, parcel: Parcel) -> None:
        """Nobody has taken it, and nobody shall."""


class ReturnsOffice:
    """The setting of every return's life in one world."""

    def __init__(self, registry: Registry, tidings: Tidings) -> None:
        self._all = registry
        self._tidings = tidings
        self.record = registry.record
        self.streams = registry.streams
        self.terms = registry.market.returns

    @property
    def now(self) -> Instant:
        return self._all.now

    # What buyers ask.

    def request(self, order: Order, wanted: Wanted) -> Return:
        """The buyer wants the money, or to send the goods back, or others; the seller has time to
        answer. It takes the place of one that was turned down."""
        refund = wanted.kind is Kind.REFUND
        order.require(*(MAY_REFUND if refund else MAY_RETURN))
        before = self._turned_down(order, wanted.item_ids)
        asked = self._draft(order, wanted, Party.BUYER, before)
        if before:
            before.next_id, asked.previous_id = asked.id, before.id
            before.inbox.deliver(Overtaken())
        self._file(order, asked)
        self.start_return(asked)
        return asked

    def begin(self, order: Order, wanted: Wanted) -> Return:
        """The seller gives the money back, or has the goods sent back, unasked."""
        refund = wanted.kind is Kind.REFUND
        order.require(*(MAY_REFUND if refund else SELLERS_MAY_RETURN))
        asked = self._draft(order, wanted, Party.SELLER)
        self._file(order, asked)
        begin(self, asked)
        if asked.is_open:
            self.start_return(asked)
        return asked

    def require_possible(self, order: Order, wanted: Wanted, by: Party) -> int:
        """What would go back for it; refused as the request itself would be."""
        returning = MAY_RETURN if by is Party.BUYER else SELLERS_MAY_RETURN
        order.require(*(MAY_REFUND if wanted.kind is Kind.REFUND else returning))
        before = self._turned_down(order, wanted.item_ids) if by is Party.BUYER else None
        return self._claim(order, wanted, before)[1]

    def _turned_down(self, order: Order, item_ids: Sequence[str]) -> Return | None:
        """The open request that a new one about these items takes the place of."""
        for each in self.open_ones(order):
            about = not item_ids or set(item_ids) & set(each.item_ids)
            if about and each.status is ReturnStatus.REJECTED and not each.arbitration:
                return each
        return None

    def _claim(
        self, order: Order, wanted: Wanted, before: Return | None
    ) -> tuple[list[str], int, bool]:
        """The items, the money, and whether it settles them."""
        here = self._all
        filed = here.returns.of(order.id)
        left = payments.refundable(here, order)
        if not left:
            raise AlreadyRefunded(order.id)
        besides = before.id if before else ""
        items = claims.require_items(order, filed, wanted.item_ids, besides)
        others = [each for each in filed if each.id != besides]
        most = claims.worth(order, others, items, left)
        amount = claims.require_amount(order, wanted.amount_minor, most)
        return items, amount, amount == most

    def _draft(
        self, order: Order, wanted: Wanted, by: Party, before: Return | None = None
    ) -> Return:
        here, terms, kind = self._all, self.terms, wanted.kind
        items, amount, is_whole = self._claim(order, wanted, before)
        filed = [each for each in here.returns.of(order.id) if not each.part_of]
        if len(filed) >= terms.returns_max:
            raise LimitReached("returns", order.id, terms.returns_max)
        reason = wanted.reason or usual_reason(order, kind, self._all.market)
        return Return(
            id=here.mint.next_id(ids.REFUND if kind is Kind.REFUND else ids.RETURN),
            order_id=order.id,
            luck=f"{order.luck}.return.{len(filed)}",
            kind=kind,
            reason=reason,
            asked_at=self.now,
            inbox=Inbox(here.agenda),
            due_at=answer_by(order, kind, self._all.market, self.now),
            updated_at=self.now,
            by=by,
            item_ids=items,
            amount_minor=amount,
            is_whole=is_whole,
            shipment=wanted.shipment,
            handover=wanted.handover,
            notes=[Note(self.now, ReturnStatus.REQUESTED, by, wanted.note, reason)],
        )

    def _file(self, order: Order, asked: Return) -> None:
        self._all.returns.file(asked)
        order.open_returns.append(asked.id)
        if asked.kind is Kind.REFUND:
            self.record(RefundMoved(order.id, asked.id, REFUND_WORDS[asked.status], asked.by))
        else:
            self.record(ReturnAsked(order.id, asked.id, asked.kind, asked.reason, asked.due_at))
        order.inbox.deliver(ReturnOpened())

    def withdraw(self, order: Order, return_id: str = "", *kinds: Kind) -> None:
        """The buyer keeps the goods."""
        wanted = (*MAY_WITHDRAW, ReturnStatus.OFFERED)
        asked = self.open_of(order, return_id, *kinds, can=lambda it: it.status in wanted)
        asked.require(*wanted)
        asked.inbox.deliver(Withdrawn())

    def respond(self, order: Order, *, accepted: bool, return_id: str = "") -> None:
        """The buyer takes the part that the seller offers, or does not."""
        asked = self.open_of(order, return_id, can=lambda it: it.status is ReturnStatus.OFFERED)
        asked.require(ReturnStatus.OFFERED)
        asked.inbox.deliver(Responded(accepted))

    def send_back(
        self, order: Order, carrier: str = "", number: str = "", return_id: str = ""
    ) -> None:
        """The buyer hands the goods to a carrier, or calls it: the platform's, under a number that
        it makes, or one of the buyer's own."""
        asked = self.open_of(order, return_id, Kind.RETURN, can=_awaits_its_parcel)
        asked.require(ReturnStatus.AWAITING_GOODS)
        if not order.delivered_at:
            raise WrongStatus(order.id, order.status, Status.DELIVERED)
        if asked.parcel_id:
            raise WrongStatus(asked.id, "waiting for its pickup", "goods that nobody comes for")
        if carrier or number:
            asked.shipment, asked.handover = Shipment.BUYER, Handover.DROP_OFF
        named = carrier or asked.carrier or self._all.market.designated_carrier
        code = self._all.carrier(named).code
        asked.tracking_number = number or asked.tracking_number or self._tidings.fresh_number(code)
        asked.carrier = code
        asked.inbox.deliver(Called())
        self._tidings.send_home(order, asked)

    def label(self, asked: Return, carrier: str, number: str) -> None:
        """The seller has a label for the way back."""
        asked.require(ReturnStatus.AWAITING_GOODS)
        asked.carrier = self._all.carrier(carrier).code
        asked.tracking_number, asked.shipment = number, Shipment.SELLER
        asked.notes.append(Note(self.now, "label_uploaded", Party.SELLER))

    def dispute(self, order: Order, return_id: str = "") -> None:
        """The buyer does not take the seller's no, and turns to the platform: once each time."""
        asked = self.open_of(order, return_id, can=_may_be_disputed)
        asked.require(*TURNED_DOWN)
        if asked.arbitration:
            raise WrongStatus(asked.id, "being arbitrated", "a no that nobody has disputed")
        asked.inbox.deliver(Disputed())

    def open_ones(self, order: Order) -> list[Return]:
        return [self._all.returns.get(each) for each in order.open_returns]

    def open_of(
        self,
        order: Order,
        return_id: str = "",
        *kinds: Kind,
        can: Callable[[Return], bool] = bool,
    ) -> Return:
        """The named one, or the oldest of these kinds that *can*; if none can, the oldest."""
        named = [each for each in self.open_ones(order) if return_id in ("", each.id)]
        found = [each for each in named if not kinds or each.kind in kinds]
        if not found:
            raise WrongStatus(order.id, order.status, "an open refund, return or replacement")
        return next(filter(can, found), found[0])

    # What sellers say.

    def decide(self, verdicts: Sequence[Verdict]) -> None:
        """What the seller says to these requests, each line item named once: all of it, or
        nothing. A request of several verdicts is divided first."""
        here, by_return = self._all, dividing.by_return(self._all, verdicts)
        for asked, own in by_return:
            dividing.require_decidable(here, asked, own)
        for asked, own in by_return:
            parts = dividing.divide(here, asked, own)
            for part in parts[1:]:
                self.start_return(part)
            for part, verdict in zip(parts, own, strict=True):
                answering.say(part, verdict.said, verdict.offer_minor)

    # What parcels tell.

    def parcel_collected(self, parcel: Parcel) -> None:
        self._all.return_in(parcel).inbox.deliver(Sent())

    def parcel_ended(self, parcel: Parcel) -> None:
        """Of a request that its order has ended, nothing follows."""
        asked = self._all.return_in(parcel)
        if asked.is_open:
            arrived = parcel.status is ParcelStatus.RETURNED
            asked.inbox.deliver(Arrived() if arrived else Gone())

    # What orders tell.

    def order_over(self, order: Order) -> None:
        """It was cancelled: nothing is to be had any more."""
        for asked in self.open_ones(order):
            asked.inbox.deliver(Overtaken())

    # What returns ask.

    def ruling_on(self, asked: Return) -> Ruling:
        return arbitrating.ruling_on(self._all, asked)

    def pay_back(self, asked: Return) -> None:
        """What was asked for, or what is left of the payment. Where the platform has found that
        somebody else was at fault, the seller is made whole."""
        here, order = self._all, self._all.orders[asked.order_id]
        amount = min(asked.amount_minor, payments.refundable(here, order))
        if not amount:
            return
        asked.paid_minor = amount
        payments.refund(here, order, amount, asked.reason)
        owed = min(amount, payments.reimbursable(here, order))
        if owed and asked.ruling and asked.ruling.for_buyer and asked.ruling.payer:
            payments.reimburse(here, order, owed, asked.ruling.payer, asked.ruling.row)

    def replace(self, asked: Return) -> None:
        order = self._all.orders[asked.order_id]
        before = [each for each in self._all.returns.of(order.id) if each.replacement_id]
        made = self._tidings.reorder(order, asked.item_ids, len(before))
        asked.replacement_id = made.id
        self.record(OrderReplaced(order.id, asked.id, asked.replacement_id))

    def goods_back(self, asked: Return) -> None:
        broken = any(each.scan is Scan.DAMAGED for each in self._all.parcel(asked.parcel_id).scans)
        if arbitrating.cause_of(asked) is not Cause.DAMAGED and not broken:
            self._tidings.goods_back(self._all.orders[asked.order_id], asked.item_ids)

    def call_off(self, asked: Return) -> None:
        parcel = self._all.parcel(asked.parcel_id)
        if not parcel.is_collected:
            self._tidings.call_off(parcel)

    def return_moved(self, asked: Return) -> None:
        order = self._all.orders[asked.order_id]
        if not asked.is_open:
            order.open_returns.remove(asked.id)
            filed, left = self._all.returns.of(order.id), payments.refundable(self._all, order)
            done = asked.status is ReturnStatus.COMPLETED and claims.is_over(order, filed, left)
            if not order.is_over:  # another of its requests may have ended it before
                order.inbox.deliver(ReturnSettled() if done else ReturnClosed())
        self._tidings.return_moved(order, asked)

    def start_return(self, asked: Return) -> None:
        self._all.env.process(return_life(self, asked))


def _awaits_its_parcel(asked: Return) -> bool:
    return asked.status is ReturnStatus.AWAITING_GOODS and not asked.parcel_id


def _may_be_disputed(asked: Return) -> bool:
    return asked.status in TURNED_DOWN and not asked.arbitration
