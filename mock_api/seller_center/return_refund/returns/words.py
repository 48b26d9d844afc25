"""A return's statuses and roles in the platform's words, and the ids of what it knows besides.

Our one return is the platform's return order; its newer model also has an aftersales request above
it, or above all of its parts, and, for goods that come back, an RMA. Their ids follow from the
return's, the request's and its line items' from that of the return that was asked for (inferred).
"""

from collections.abc import Iterable
from typing import Final

from simulator.orders.model import Party
from simulator.returns.model import Handover, Kind, Return, ReturnStatus, Shipment

TYPE: Final = {
    Kind.REFUND: "REFUND",
    Kind.RETURN: "RETURN_AND_REFUND",
    Kind.REPLACEMENT: "REPLACEMENT",
}
KIND: Final = {wire: kind for kind, wire in TYPE.items()}
ROLE: Final[dict[str, str]] = {
    Party.BUYER: "BUYER",
    Party.SELLER: "SELLER",
    Party.PLATFORM: "SYSTEM",
    Party.CARRIER: "SYSTEM",
}
SHIPMENT: Final = {
    Shipment.PLATFORM: "PLATFORM",
    Shipment.SELLER: "PLATFORM",
    Shipment.BUYER: "BUYER_ARRANGE",
}
METHOD: Final = {
    Shipment.PLATFORM: "PLATFORM_SHIPPED",
    Shipment.SELLER: "SELLER_SHIPPED",
    Shipment.BUYER: "BUYER_SHIPPED",
}
HANDOVER: Final = {Handover.DROP_OFF: "DROP_OFF", Handover.PICKUP: "PICKUP"}

_RETURN: Final[dict[str, str]] = {
    ReturnStatus.REQUESTED: "RETURN_OR_REFUND_REQUEST_PENDING",
    ReturnStatus.OFFERED: "AWAITING_BUYER_RESPONSE",
    ReturnStatus.REJECTED: "REFUND_OR_RETURN_REQUEST_REJECT",
    ReturnStatus.AWAITING_GOODS: "AWAITING_BUYER_SHIP",
    ReturnStatus.SENT_BACK: "BUYER_SHIPPED_ITEM",
    ReturnStatus.RECEIVED: "BUYER_SHIPPED_ITEM",
    ReturnStatus.RECEIPT_REJECTED: "REJECT_RECEIVE_PACKAGE",
    ReturnStatus.GRANTED: "RETURN_OR_REFUND_REQUEST_SUCCESS",
    ReturnStatus.COMPLETED: "RETURN_OR_REFUND_REQUEST_COMPLETE",
    ReturnStatus.CLOSED: "RETURN_OR_REFUND_REQUEST_CANCEL",
}
_REPLACEMENT: Final[dict[str, str]] = {
    ReturnStatus.REQUESTED: "REPLACEMENT_REQUEST_PENDING",
    ReturnStatus.REJECTED: "REPLACEMENT_REQUEST_REJECT",
    ReturnStatus.GRANTED: "REPLACEMENT_REQUEST_COMPLETE",
    ReturnStatus.COMPLETED: "REPLACEMENT_REQUEST_COMPLETE",
    ReturnStatus.CLOSED: "REPLACEMENT_REQUEST_CANCEL",
}
_ACTION: Final = {
    (Kind.REFUND, ReturnStatus.REQUESTED): "SELLER_RESPOND_REFUND",
    (Kind.RETURN, ReturnStatus.REQUESTED): "SELLER_RESPOND_RETURN",
    (Kind.RETURN, ReturnStatus.RECEIVED): "SELLER_RESPOND_RECEIVE_PACKAGE",
    (Kind.REPLACEMENT, ReturnStatus.REQUESTED): "SELLER_RESPOND_REPLACEMENT",
}


def status_in_words(asked: Return, status: str) -> str:
    """The API's word for *status*: the one enum of the documents, not their diagrams'."""
    if asked.kind is not Kind.REPLACEMENT:
        return _RETURN[status]
    settled = status in (ReturnStatus.GRANTED, ReturnStatus.COMPLETED)
    if settled and asked.keeps_goods:
        return "REPLACEMENT_REQUEST_REFUND_SUCCESS"
    return _REPLACEMENT[status]


def status_of(asked: Return) -> str:
    return status_in_words(asked, asked.status)


def next_action(asked: Return) -> str | None:
    """What the seller owes next, if anything."""
    return _ACTION.get((asked.kind, asked.status))


def reviewed(asked: Return) -> bool:
    """The seller has nothing more to say to the request itself."""
    waits = (ReturnStatus.REQUESTED, ReturnStatus.OFFERED)
    return asked.received_at > 0 or asked.status not in waits


def request_status(parts: Iterable[Return]) -> str:
    """Of the request that has these parts: reviewed, once all of them are."""
    done = all(reviewed(each) for each in parts)
    return "REQUEST_REVIEW_COMPLETED" if done else "PENDING_REQUEST_REVIEW"


def has_rma(asked: Return) -> bool:
    """Goods are, or were, to come back."""
    awaited = any(note.event == ReturnStatus.AWAITING_GOODS for note in asked.notes)
    return asked.kind is Kind.RETURN and awaited


def rma_status(asked: Return) -> str:
    """In the API's spelling; the webhook's differs in one word."""
    if asked.status is ReturnStatus.AWAITING_GOODS:
        return "AWAITING_BUYER_RETURN"
    if asked.status is ReturnStatus.SENT_BACK:
        return "RETURN_IN_TRANSIT"
    if asked.received_at and asked.status in (ReturnStatus.RECEIVED, ReturnStatus.OFFERED):
        return "PENDING_PACKAGE_REVIEW"
    return "PACKAGE_REVIEW_COMPLETED"


def request_id_of(asked: Return) -> str:
    return f"5{asked.origin_id[1:]}"


def rma_id_of(asked: Return) -> str:
    return f"6{asked.id[1:]}"


def return_id_in(other_id: str) -> str:
    """The return's id, in the id of its aftersales request or RMA, or in its own. Of a request
    that was divided, the return that was asked for."""
    return f"4{other_id[1:]}"


def names_request(other_id: str) -> bool:
    """Whether it is an aftersales request's id, and neither a return's nor an RMA's."""
    return other_id.startswith("5")


def line_id(asked: Return, nth: int) -> str:
    """It stays what it is when the request is divided."""
    number = asked.line_numbers[nth] if asked.line_numbers else nth
    return f"{asked.origin_id}{number:02d}"
