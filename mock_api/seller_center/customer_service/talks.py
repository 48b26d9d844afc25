"""What the versions of customer service share: whose conversation, how often, and sending."""

from typing import Final

from mock_api.kernel.chat_rules import ChatRules
from mock_api.seller_center.customer_service import refusals
from mock_api.seller_center.customer_service.content import read_said
from mock_api.seller_center.customer_service.refusals import bad_parameter
from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import Body, shop_of, world_of
from mock_api.seller_center.uploads import is_uploaded
from simulator.errors import NotFound
from simulator.service.model import Conversation, Kind, Role

SCOPE: Final = "seller.customer_service"


class Saying(Body):
    type: str
    content: str


class SentMessage(Wire):
    message_id: str


def own_talk(caller: Caller, conversation_id: str) -> Conversation:
    """The shop's conversation of that id. Another shop's is no permission, none is not found."""
    try:
        talk = world_of(caller).chats.get(conversation_id)
    except NotFound:
        raise Refusal(refusals.NOT_FOUND) from None
    if talk.shop_id != shop_of(caller).id:
        raise Refusal(refusals.NO_PERMISSION)
    return talk


def count_request(caller: Caller) -> None:
    """One of the shop's 10,000 a day."""
    rules = caller.sandbox.attached(ChatRules)
    if not rules.count(shop_of(caller).id, world_of(caller).now):
        raise Refusal(refusals.QUOTA)


def send(
    caller: Caller,
    conversation_id: str,
    wanted: Saying,
    sendable: frozenset[Kind],
    role: Role | None = None,
) -> SentMessage:
    """Say it, if all of it may be said."""
    count_request(caller)
    talk = own_talk(caller, conversation_id)
    said = read_said(wanted.type, wanted.content, sendable)
    if said.kind is Kind.IMAGE and not is_uploaded(caller.sandbox, said.url):
        raise Refusal(bad_parameter("content.url", "was not uploaded"))
    world, rules = world_of(caller), caller.sandbox.attached(ChatRules)
    if said.kind is Kind.COUPON_CARD and not rules.may_send_coupon(talk.shop_id, world.now):
        raise Refusal(refusals.COUPON_QPS)
    return SentMessage(message_id=world.chats.seller_writes(talk.id, said, role).id)
