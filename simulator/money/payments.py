"""Money that moves after the payment: each movement an entry in the ledger, and a fact."""

from simulator.facts import FeeCharged, RefundPaid, ReimbursementPaid
from simulator.money.books import Setting
from simulator.money.ledger import Entry, Kind, settlement
from simulator.orders.model import Order, Party
from simulator.parcels.model import Parcel


def refund(here: Setting, order: Order, amount_minor: int, reason: str) -> None:
    """Back to the buyer; more than is left of the payment cannot go back."""
    assert amount_minor <= refundable(here, order), (order.id, amount_minor)
    here.books.enter(
        order.id,
        Entry(Kind.REFUND, _holder(order), Party.BUYER, amount_minor, reason, here.now),
    )
    here.cashier.note(order.id)
    here.record(RefundPaid(order.id, amount_minor, reason))


def refund_all(here: Setting, order: Order, reason: str) -> None:
    """Whatever is left of the payment, if anything is."""
    left = refundable(here, order)
    if left:
        refund(here, order, left, reason)


def refundable(here: Setting, order: Order) -> int:
    """What is left of the buyer's payment."""
    money = settlement(order, here.books.ledger(order.id))
    return money.paid_minor - money.refunded_minor


def reimbursable(here: Setting, order: Order) -> int:
    """What went back to the buyer and was not made good to the seller: no more is ever due."""
    money = settlement(order, here.books.ledger(order.id))
    return max(0, money.refunded_minor - money.reimbursed_minor)


def reimburse(here: Setting, order: Order, amount_minor: int, by: Party, reason: str) -> None:
    """To the seller, for goods that the carrier or the platform lost to them."""
    assert by in (Party.CARRIER, Party.PLATFORM), by
    money = settlement(order, here.books.ledger(order.id))
    assert amount_minor <= money.paid_minor - money.reimbursed_minor, (order.id, amount_minor)
    here.books.enter(
        order.id, Entry(Kind.REIMBURSEMENT, by, Party.SELLER, amount_minor, reason, here.now)
    )
    here.cashier.note(order.id)
    here.record(ReimbursementPaid(order.id, amount_minor, by, reason))


def charge(here: Setting, parcel: Parcel, amount_minor: int, reason: str) -> None:
    """By the parcel's carrier to its seller, for what the seller did wrong (L5)."""
    here.books.enter(
        parcel.order_id,
        Entry(Kind.FEE, Party.SELLER, Party.CARRIER, amount_minor, reason, here.now),
    )
    here.cashier.note(parcel.order_id)
    here.record(FeeCharged(parcel.order_id, parcel.id, amount_minor, parcel.carrier, reason))


def _holder(order: Order) -> Party:
    """Who has the buyer's money: an independent shop takes its own (M4)."""
    return Party.SELLER if order.independent else Party.PLATFORM
