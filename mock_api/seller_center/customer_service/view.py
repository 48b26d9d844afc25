"""Conversations, messages and sessions as the wire shows them; what every version has in common."""

from collections.abc import Sequence
from typing import Final

from mock_api.seller_center.customer_service.content import content_of, plain_text_of
from mock_api.seller_center.customer_service.locales import is_visible, system_text
from mock_api.seller_center.envelope import Wire
from simulator import World
from simulator.service.model import Conversation, Message, Role, Session

BUYER_PLATFORM: Final = "TIKTOK_SHOP"
_IN_CHATS: Final[dict[Role, str]] = {
    Role.BUYER: "7078",
    Role.SHOP: "7079",
    Role.CUSTOMER_SERVICE: "7080",
    Role.SYSTEM: "7081",
    Role.ROBOT: "7082",
}
"""How ids in chats begin: they are others than the ids elsewhere."""
_AGENT: Final = "7083"
_NICKNAME: Final = {Role.SYSTEM: "System", Role.ROBOT: "Chat assistant"}


class Sender(Wire):
    im_user_id: str
    role: str
    nickname: str
    avatar: str


class MessageView(Wire):
    id: str
    type: str
    content: str
    create_time: int
    is_visible: bool
    sender: Sender
    index: str


class Participant(Wire):
    im_user_id: str
    avatar: str
    user_id: str
    role: str
    nickname: str


class SessionView(Wire):
    id: str
    phase: str


def im_user_id(talk: Conversation, role: Role) -> str:
    """Who that is in chats."""
    whose = talk.buyer_id if role is Role.BUYER else talk.shop_id
    return _IN_CHATS[role] + whose[4:]


def sender_of(world: World, talk: Conversation, role: Role) -> Sender:
    user = im_user_id(talk, role)
    return Sender(
        im_user_id=user, role=role, nickname=_nickname(world, talk, role), avatar=_avatar(user)
    )


def message_fields(
    world: World, talk: Conversation, message: Message, locale: str
) -> dict[str, object]:
    """A message, as every version has it."""
    said = system_text(message.said, locale)
    return {
        "id": message.id,
        "type": message.said.kind,
        "content": content_of(message.said, said),
        "create_time": message.at,
        "is_visible": is_visible(message.said),
        "sender": sender_of(world, talk, message.role),
        "index": str(message.index),
    }


def plain_text(message: Message, locale: str) -> str:
    return plain_text_of(message.said, system_text(message.said, locale))


def latest_of(world: World, talk: Conversation, locale: str = "en") -> MessageView | None:
    latest = talk.latest
    if latest is None:
        return None
    return MessageView.model_validate(message_fields(world, talk, latest, locale))


def participants_of(world: World, talk: Conversation) -> Sequence[Participant]:
    """Two; and an agent, while one has the open session."""
    roles = [Role.BUYER, Role.SHOP]
    if talk.session and talk.session.has_agent:
        roles.append(Role.CUSTOMER_SERVICE)
    return [_participant(world, talk, role) for role in roles]


def session_of(talk: Conversation) -> SessionView | None:
    session = talk.session
    return _session(session) if session else None


def _session(session: Session) -> SessionView:
    return SessionView(id=session.id, phase=session.phase)


def _participant(world: World, talk: Conversation, role: Role) -> Participant:
    user = im_user_id(talk, role)
    user_id = {
        Role.BUYER: talk.buyer_id,
        Role.SHOP: talk.shop_id,
        Role.CUSTOMER_SERVICE: _AGENT + talk.shop_id[4:],
    }[role]
    return Participant(
        im_user_id=user,
        avatar=_avatar(user),
        user_id=user_id,
        role=role,
        nickname=_nickname(world, talk, role),
    )


def _nickname(world: World, talk: Conversation, role: Role) -> str:
    if role is Role.BUYER:
        return talk.name
    shop = world.registry.shop(talk.shop_id).name
    return _NICKNAME.get(role, f"{shop} service" if role is Role.CUSTOMER_SERVICE else shop)


def _avatar(user: str) -> str:
    return f"https://avatars.seller.example/{user}.png"
