"""What the integration does about wishes: to cancel, for money back, to send back; and quarrels."""

import json
from typing import Any, Final

from scenarios.swarm.integration.hand import Hand

Row = dict[str, Any]
_RETURNS: Final = "/return_refund/202309"
_OUT_OF_STOCK: Final = {"uk": "seller_cancel_reason_out_of_stock_uk"}
_DAMAGED: Final = "ecom_order_delivered_refund_reason_damaged_seller"


async def answer_cancellations(hand: Hand, order: Row, shop: str) -> None:
    """Yes, no, or nothing: once thought over, and then kept to."""
    body = {"order_ids": [order["id"]]}
    found = await hand.center.call("POST", f"{_RETURNS}/cancellations/search", body, shop=shop)
    for asked in found.get("cancellations", ()):
        if asked["cancel_status"] == "CANCELLATION_REQUEST_PENDING":
            await _answer_cancellation(hand, asked["cancel_id"], shop)


async def _answer_cancellation(hand: Hand, cancel_id: str, shop: str) -> None:
    path = f"{_RETURNS}/cancellations/{cancel_id}"
    if hand.wants(cancel_id, "grants", hand.habits.grants):
        query = {"idempotency_key": f"grant-{cancel_id}"}
        await hand.center.call("POST", f"{path}/approve", {}, shop=shop, **query)
        if hand.dice.chance("again", 0.3):  # an answer that was lost is asked for again
            await hand.center.call("POST", f"{path}/approve", {}, shop=shop, **query)
    elif hand.wants(cancel_id, "declines", hand.habits.declines):
        no = await _no(hand, cancel_id, shop)
        if not no:
            return
        body = {"reject_reason": no}
        query = {"idempotency_key": f"decline-{cancel_id}"}
        await hand.center.call("POST", f"{path}/reject", body, shop=shop, **query)


async def _no(hand: Hand, asked_id: str, shop: str) -> str:
    """One of the reasons that there are; none, where the market knows none."""
    listed = await hand.center.call(
        "GET", f"{_RETURNS}/reject_reasons", shop=shop, return_or_cancel_id=asked_id
    )
    reasons = listed.get("reasons", ())
    return str(hand.dice.pick("no", reasons)["name"]) if reasons else ""


async def cancel(hand: Hand, order: Row, shop: str) -> None:
    """For want of stock: the order, or single line items where the market has that."""
    reason = _OUT_OF_STOCK.get(hand.market, "seller_cancel_reason_out_of_stock")
    body: Row = {"order_id": order["id"], "cancel_reason": reason}
    lines = [each for each in order["line_items"] if each["display_status"] != "CANCELLED"]
    if hand.market in {"us", "uk", "eu"} and len(lines) > 1 and hand.dice.chance("one", 0.5):
        body["order_line_item_ids"] = [hand.dice.pick("line", lines)["id"]]
    await hand.center.call("POST", f"{_RETURNS}/cancellations", body, shop=shop)


async def answer_returns(hand: Hand, order: Row, shop: str) -> None:
    """Whatever may be decided just now: one of it, or nothing."""
    body = {"order_ids": [order["id"]]}
    found = await hand.center.call("POST", f"{_RETURNS}/returns/search", body, shop=shop)
    for asked in found.get("return_orders", ()):
        if "seller_next_action_response" in asked:
            await _answer_return(hand, asked, shop)


async def _answer_return(hand: Hand, asked: Row, shop: str) -> None:
    return_id, status = asked["return_id"], asked["return_status"]
    if not hand.wants(return_id, f"answers {status}", 0.9):
        return
    told = await hand.center.call(
        "GET",
        "/return_refund/202601/decision_eligibility",
        shop=shop,
        return_or_cancel_id=return_id,
    )
    possible = [each["decision"] for each in told["decisions"] if each["eligible"]]
    noes = [each for each in possible if each.startswith("REJECT")]
    yeses = [each for each in possible if each in _YESES]
    no = await _no(hand, return_id, shop) if noes else ""
    if no and hand.dice.chance("rejects", hand.habits.declines):
        decision = hand.dice.pick("rejects", noes)
        body: Row = {"decision": decision, "reject_reason": no}
        await hand.center.call("POST", f"{_RETURNS}/returns/{return_id}/reject", body, shop=shop)
    elif yeses:
        body = _yes(hand, hand.dice.pick("approves", yeses), asked)
        path = f"{_RETURNS}/returns/{return_id}/approve"
        query = {"idempotency_key": f"{return_id}-{status}"}
        await hand.center.call("POST", path, body, shop=shop, **query)


_YESES: Final = frozenset(
    {
        "APPROVE_REFUND",
        "APPROVE_RETURN",
        "APPROVE_RECEIVED_PACKAGE",
        "APPROVE_REPLACEMENT",
        "ISSUE_REPLACEMENT_REFUND",
        "OFFER_PARTIAL_REFUND",
    }
)


def _yes(hand: Hand, decision: str, asked: Row) -> Row:
    body: Row = {"decision": decision}
    if decision == "OFFER_PARTIAL_REFUND":
        currency = asked["refund_amount"]["currency"]
        body["partial_refund"] = {"amount": "1" if currency in _WHOLE else "1.00"} | {
            "currency": currency
        }
    if decision == "APPROVE_RETURN" and hand.dice.chance("keeps", 0.2):
        body["buyer_keep_item"] = True
    return body


_WHOLE: Final = frozenset({"VND", "JPY"})


async def refund(hand: Hand, order: Row, shop: str) -> None:
    """The seller gives the money back unasked."""
    body = {"order_id": order["id"], "return_reason": _DAMAGED, "return_type": "REFUND"}
    query = {"idempotency_key": f"refund-{order['id']}"}
    await hand.center.call("POST", f"{_RETURNS}/returns", body, shop=shop, **query)


async def complain(hand: Hand, order: Row) -> None:
    """About the carrier that was late."""
    await hand.center.at_desk("POST", "/provider-complaints", {"order_id": order["id"]})


async def answer_complaints(hand: Hand) -> None:
    """Of buyers, and the platform's noes to one's own."""
    told = await hand.center.at_desk("GET", "/buyer-complaints")
    for each in told["complaints"]:
        if each["stage"] == "opened" and hand.wants(each["id"], "answers", 0.7):
            answer = hand.dice.pick("answers", ("accept", "contest"))
            path = f"/buyer-complaints/{each['id']}/answer"
            await hand.center.at_desk("POST", path, {"answer": answer})
    told = await hand.center.at_desk("GET", "/provider-complaints")
    for each in told["complaints"]:
        if each["status"] == "rejected" and hand.wants(each["id"], "appeals", 0.3):
            await hand.center.at_desk("POST", f"/provider-complaints/{each['id']}/appeal")


async def chat(hand: Hand, order: Row, shop: str) -> None:
    """A word to the buyer; what they wrote is read, and a session ends."""
    service = "/customer_service/202309"
    body = {"buyer_user_id": order["user_id"]}
    made = await hand.center.call("POST", f"{service}/conversations", body, shop=shop)
    path = f"{service}/conversations/{made['conversation_id']}"
    said = {"type": "TEXT", "content": json.dumps({"content": "It is on its way."})}
    await hand.center.call("POST", f"{path}/messages", said, shop=shop)
    await hand.center.call("POST", f"{path}/messages/read", shop=shop)
