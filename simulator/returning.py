"""The platform's returns office: what buyers may send back or have replaced, and what comes of it.

It checks, starts the lives, and pays. A refusal is a DomainError and changes nothing. Granted in
money, a return ends the order with all that is left of its payment; a replacement ends it with an
order of the same goods, for nothing.
"""

from typing import Final, Protocol

from simulator import aftersales, ids
from simulator.clock import Instant, later
from simulator.disputes import liability
from simulator.disputes.case import Cause, Refund
from simulator.disputes.record import case_of
from simulator.errors import AlreadyRefunded, LimitReached, WrongStatus
from simulator.facts import OrderReplaced, ReturnAsked, ReturnDisputed
from simulator.money import payments
from simulator.orders.model import Order, Party, Status
from simulator.orders.signals import ReturnClosed, ReturnOpened, ReturnSettled
from simulator.registry import Registry
from simulator.returns.life import return_life
from simulator.returns.model import (
    MAY_WITHDRAW,
    TURNED_DOWN,
    Kind,
    Return,
    ReturnStatus,
    Ruling,
)
from simulator.returns.signals import Answer, Answered, Disputed, Inspected, Sent, Withdrawn
from simulator.waiting import Inbox

NO_NEED: Final = "ecom_order_delivered_refund_and_return_reason_no_need"
DAMAGED: Final = "ecom_order_delivered_refund_and_return_reason_damaged"
USUAL: Final = {Kind.RETURN: NO_NEED, Kind.REPLACEMENT: DAMAGED}
"""Reasons of the platform's list (cancel-reasons.json), for buyers who give none."""

_CAUSES: Final = (
    ("damaged", Cause.DAMAGED),
    ("defective", Cause.DAMAGED),
    ("wrong_product", Cause.WRONG_ITEM),
    ("not_match", Cause.WRONG_ITEM),
    ("missing", Cause.WRONG_ITEM),
    ("missed_delivery", Cause.LATE),
    ("too_late", Cause.LATE),
)
"""What words in a reason mean to the liability table (ours). Other reasons are changes of mind."""


class Tidings(Protocol):
    """Whom it concerns what becomes of a return."""

    def return_moved(self, order: Order, asked: Return) -> None: ...
    def reorder(self, order: Order) -> Order:
        """The same goods again, for nothing: recorded, and alive."""


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

    def request(self, order: Order, kind: Kind, reason: str = "") -> Return:
        """The buyer wants to send the goods back, or to have others; the seller has time to
        answer."""
        here, terms = self._all, self.terms
        order.require(Status.DELIVERED)
        aftersales.require_none_open(order)
        if not payments.refundable(here, order):
            raise AlreadyRefunded(order.id)
        filed = here.returns.of(order.id)
        if len(filed) >= terms.returns_max:
            raise LimitReached("returns", order.id, terms.returns_max)
        replacing = kind is Kind.REPLACEMENT
        within = terms.answer_replacement_within if replacing else terms.answer_within
        asked = Return(
            id=here.mint.next_id(ids.RETURN),
            order_id=order.id,
            luck=f"{order.luck}.return.{len(filed)}",
            kind=kind,
            reason=reason or USUAL[kind] + here.market.reason_suffix,
            asked_at=self.now,
            inbox=Inbox(here.agenda),
            due_at=later(self.now, within),
            updated_at=self.now,
        )
        here.returns.file(asked)
        order.open_return = asked.id
        self.record(ReturnAsked(order.id, asked.id, kind, asked.reason, asked.due_at))
        order.inbox.deliver(ReturnOpened())
        self.start_return(asked)
        return asked

    def withdraw(self, order: Order) -> None:
        """The buyer keeps the goods."""
        asked = self.open_of(order)
        asked.require(*MAY_WITHDRAW)
        asked.inbox.deliver(Withdrawn())

    def send_back(self, order: Order) -> None:
        """The buyer hands the goods to a carrier, under a number that the platform made."""
        asked = self.open_of(order)
        asked.require(ReturnStatus.AWAITING_GOODS)
        asked.tracking_number = f"RT{asked.id[len(ids.RETURN) :]}"
        asked.inbox.deliver(Sent())

    def dispute(self, order: Order) -> None:
        """The buyer does not take the seller's no, and turns to the platform: once each time."""
        asked = self.open_of(order)
        asked.require(*TURNED_DOWN)
        if asked.arbitration:
            raise WrongStatus(asked.id, "being arbitrated", "a no that nobody has disputed")
        self.record(ReturnDisputed(order.id, asked.id))
        asked.inbox.deliver(Disputed())

    def open_of(self, order: Order) -> Return:
        if not order.open_return:
            raise WrongStatus(order.id, order.status, "an open return or replacement")
        return self._all.returns.get(order.open_return)

    # What sellers say.

    def answer(self, asked: Return, answer: Answer) -> None:
        asked.require(ReturnStatus.REQUESTED)
        asked.inbox.deliver(Answered(answer))

    def inspect(self, asked: Return, *, accepted: bool) -> None:
        asked.require(ReturnStatus.RECEIVED)
        asked.inbox.deliver(Inspected(accepted))

    # What returns ask.

    def ruling_on(self, asked: Return) -> Ruling:
        """By the liability table, for what the buyer said was wrong. Who only changed their mind
        needs the seller's yes; once that was given and the goods are back, it binds (ours)."""
        cause = next((cause for word, cause in _CAUSES if word in asked.reason), None)
        if cause is None:
            granted_before = asked.status is ReturnStatus.RECEIPT_REJECTED
            return Ruling(granted_before, "granted_before" if granted_before else "no_cause", None)
        order = self._all.orders[asked.order_id]
        parcels = self._all.parcels_of(order)
        case = case_of(order, parcels, cause, self._all.market.disputes, self.now)
        verdict = liability.decide(case)
        payer = verdict.payer if verdict.payer in (Party.CARRIER, Party.PLATFORM) else None
        return Ruling(verdict.refund is Refund.FULL, verdict.row, payer)

    def pay_back(self, asked: Return) -> None:
        """All that is left of the payment. Where the platform has found that somebody else was at
        fault, the seller is made whole."""
        here, order = self._all, self._all.orders[asked.order_id]
        amount = payments.refundable(here, order)
        if not amount:
            return
        payments.refund(here, order, amount, asked.reason)
        if asked.ruling and asked.ruling.for_buyer and asked.ruling.payer:
            payments.reimburse(here, order, amount, asked.ruling.payer, asked.ruling.row)

    def replace(self, asked: Return) -> None:
        order = self._all.orders[asked.order_id]
        asked.replacement_id = self._tidings.reorder(order).id
        self.record(OrderReplaced(order.id, asked.id, asked.replacement_id))

    def return_moved(self, asked: Return) -> None:
        order = self._all.orders[asked.order_id]
        if not asked.is_open:
            order.open_return = ""
            settled = asked.status is ReturnStatus.COMPLETED
            order.inbox.deliver(ReturnSettled() if settled else ReturnClosed())
        self._tidings.return_moved(order, asked)

    def start_return(self, asked: Return) -> None:
        self._all.env.process(return_life(self, asked))
