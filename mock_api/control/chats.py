"""Customer service by hand: a buyer writes, or rates; agents accept chats, or do not."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from pydantic import Field

from mock_api.control.requests import SandboxDep, Wish
from mock_api.kernel.chat_rules import ChatRules
from mock_api.kernel.problems import invalid
from mock_api.kernel.sandbox import Sandbox
from simulator.catalog import BY_ID
from simulator.errors import NotFound
from simulator.orders.model import Order
from simulator.service.model import STARS, Conversation, Kind, Said
from simulator.service.texts import Topic

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["customer service"])

_SIDE: Final = 800
"""Pixels of a picture whose address is all that is said of it."""


class BuyersWords(Wish):
    """What an order's buyer writes to its shop."""

    text: Annotated[str, Field(min_length=1, max_length=2000)] = "Hello, where is my parcel?"
    image: Annotated[str, Field(max_length=2000)] = ""
    """The address of a picture, which is sent in place of the text."""
    card: Literal["", "order", "product"] = ""
    """A card of the order, or of its first product, in place of the text."""
    topic: Topic = Topic.LOGISTICS
    """What a session is about that begins with it."""


class Rating(Wish):
    stars: Annotated[int, Field(ge=STARS[0], le=STARS[1])]
    reason: Annotated[str, Field(max_length=200)] = ""


class ChatSettings(Wish):
    """What is left out stays as it is."""

    can_accept_chat: bool | None = None
    shop_id: str = ""
    """Whose agents; left out, the first shop's."""
    sensitive: Annotated[list[str], Field(max_length=1000)] | None = None
    """What sellers may not say."""
    pushes_own: bool | None = None
    """Whether webhook 14 tells sellers of their own messages, too."""
    requests_a_day: Annotated[int, Field(ge=0)] | None = None
    """Requests of a shop to the chat service, in one day."""


@router.post("/chats/{order_id}/message")
async def buyer_writes(
    sandbox: SandboxDep, order_id: str, wanted: BuyersWords | None = None
) -> dict[str, Any]:
    world, wish = sandbox.world, wanted or BuyersWords()
    said = _said(world.order(order_id), wish)
    message = world.chats.buyer_writes(order_id, said, wish.topic)
    return _shown(_talk(sandbox, order_id)) | {"message_id": message.id}


@router.post("/chats/{order_id}/rating")
async def buyer_rates(sandbox: SandboxDep, order_id: str, wanted: Rating) -> dict[str, Any]:
    """Of the latest session, which has to have ended."""
    session = sandbox.world.chats.buyer_rates(order_id, wanted.stars, wanted.reason)
    return _shown(_talk(sandbox, order_id)) | {"rated": session.id}


@router.get("/chats/{order_id}")
async def chat(sandbox: SandboxDep, order_id: str) -> dict[str, Any]:
    """What the order's buyer and its shop have said."""
    talk = _talk(sandbox, order_id)
    messages = [
        {"role": each.role, "type": each.said.kind, "text": each.said.text, "at": each.at}
        for each in talk.messages
    ]
    return _shown(talk) | {"messages": messages}


@router.patch("/chat-settings")
async def change_chat_settings(sandbox: SandboxDep, wanted: ChatSettings) -> dict[str, Any]:
    world, rules = sandbox.world, sandbox.attached(ChatRules)
    shop_id = wanted.shop_id or sandbox.shops()[0][0].id
    world.registry.shop(shop_id)
    if wanted.sensitive is not None:
        world.chats.forbid(wanted.sensitive)
    if wanted.can_accept_chat is not None:
        world.chats.accept(shop_id, accepted=wanted.can_accept_chat)
    if wanted.pushes_own is not None:
        rules.pushes_own = wanted.pushes_own
    if wanted.requests_a_day is not None:
        rules.requests_a_day = wanted.requests_a_day
    return {
        "shop_id": shop_id,
        "can_accept_chat": world.chats.accepts(shop_id),
        "sensitive": world.registry.chats.terms.sensitive,
        "pushes_own": rules.pushes_own,
        "requests_a_day": rules.requests_a_day,
    }


def _said(order: Order, wish: BuyersWords) -> Said:
    if wish.image and wish.card:
        raise invalid(("body.card", "one message is a picture or a card"))
    if wish.image:
        return Said(Kind.IMAGE, url=wish.image, width=_SIDE, height=_SIDE)
    if wish.card == "order":
        return Said(Kind.ORDER_CARD, order_id=order.id)
    if wish.card == "product":
        return Said(Kind.PRODUCT_CARD, product_id=BY_ID[order.items[0].sku_id].product_id)
    return Said(Kind.TEXT, wish.text)


def _talk(sandbox: Sandbox, order_id: str) -> Conversation:
    order = sandbox.world.order(order_id)
    talk = sandbox.world.registry.chats.between(order.shop_id, order.buyer_id)
    if talk is None:
        raise NotFound("conversation about order", order_id)
    return talk


def _shown(talk: Conversation) -> dict[str, Any]:
    session = talk.session
    return {
        "conversation_id": talk.id,
        "buyer_user_id": talk.buyer_id,
        "session_id": session.id if session else None,
        "closes_at": talk.closes_at or None,
        "unread": talk.unread,
    }
