"""What the customer service group pushes: types 13 (an agent came or went) and 14 (a message).

Type 33 is of creators' messages: there are no creators in this world.
"""

from collections.abc import Iterator
from typing import Final

from mock_api.kernel.chat_rules import ChatRules
from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.customer_service.content import content_of
from mock_api.seller_center.customer_service.locales import is_visible, system_text
from mock_api.seller_center.customer_service.view import im_user_id
from mock_api.seller_center.pushes import Push, Tells
from simulator.clock import Instant
from simulator.facts import AgentJoined, AgentLeft, MessageSent
from simulator.service.model import SELLERS, Kind

NEW_CONVERSATION: Final = "NEW_CONVERSATION"
NEW_MESSAGE: Final = "NEW_MESSAGE"

_UNLISTED: Final = (Kind.RETURN_REFUND_CARD,)
"""Types that the webhook's own list lacks: it says OTHER (inferred)."""


def _staffed(sandbox: Sandbox, fact: AgentJoined | AgentLeft, _at: Instant) -> Iterator[Push]:
    talk = sandbox.world.chats.get(fact.conversation_id)
    data = {"conversation_id": talk.id, "create_time": talk.created_at}
    yield Push(13, NEW_CONVERSATION, talk.shop_id, talk.id, data)


def _message(sandbox: Sandbox, fact: MessageSent, _at: Instant) -> Iterator[Push]:
    talk = sandbox.world.chats.get(fact.conversation_id)
    message = talk.message(fact.message_id)
    if message.role in SELLERS and not sandbox.attached(ChatRules).pushes_own:
        return
    said = message.said
    data = {
        "message_id": message.id,
        "index": str(message.index),
        "conversation_id": talk.id,
        "type": "OTHER" if said.kind in _UNLISTED else said.kind,
        "content": content_of(said, system_text(said)),
        "create_time": message.at,
        "is_visible": is_visible(said),
        "sender": {"im_user_id": im_user_id(talk, message.role), "role": message.role},
    }
    yield Push(14, NEW_MESSAGE, talk.shop_id, talk.id, data)


TELLS: Final[Tells] = {AgentJoined: _staffed, AgentLeft: _staffed, MessageSent: _message}
