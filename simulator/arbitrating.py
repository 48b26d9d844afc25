"""How the platform decides between buyer and seller over a return: by the liability table."""

from typing import Final

from simulator.disputes import liability
from simulator.disputes.case import Cause, Refund
from simulator.disputes.record import case_of
from simulator.orders.model import Party
from simulator.registry import Registry
from simulator.returns.model import Return, ReturnStatus, Ruling

_CAUSES: Final = (
    ("damaged", Cause.DAMAGED),
    ("defective", Cause.DAMAGED),
    ("wrong_product", Cause.WRONG_ITEM),
    ("not_match", Cause.WRONG_ITEM),
    ("missing", Cause.WRONG_ITEM),
    ("missed_delivery", Cause.LATE),
    ("too_late", Cause.LATE),
    ("arrive_on_time", Cause.LATE),
    ("not_received", Cause.NOT_RECEIVED),
)
"""What words in a reason mean to the liability table (ours). Other reasons are changes of mind."""


def cause_of(asked: Return) -> Cause | None:
    """What the reason says was wrong; nothing, where somebody only changed their mind."""
    return next((cause for word, cause in _CAUSES if word in asked.reason), None)


def ruling_on(here: Registry, asked: Return) -> Ruling:
    """For what the buyer said was wrong. Who only changed their mind needs the seller's yes; once
    that was given and the goods are back, it binds (ours)."""
    cause = cause_of(asked)
    if cause is None:
        granted_before = asked.status is ReturnStatus.RECEIPT_REJECTED
        return Ruling(granted_before, "granted_before" if granted_before else "no_cause", None)
    order = here.orders[asked.order_id]
    case = case_of(order, here.parcels_of(order), cause, here.market.disputes, here.now)
    verdict = liability.decide(case)
    payer = verdict.payer if verdict.payer in (Party.CARRIER, Party.PLATFORM) else None
    return Ruling(verdict.refund is Refund.FULL, verdict.row, payer)
