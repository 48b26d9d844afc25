"""Customer service, version 202309: conversations, messages, agents, pictures."""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import BaseModel, Field

from mock_api.kernel.multipart import parts_of
from mock_api.kernel.pages import page_token
from mock_api.kernel.pictures import picture_of
from mock_api.kernel.questions import Question
from mock_api.limits import MIB
from mock_api.seller_center import uploads
from mock_api.seller_center.customer_service import refusals
from mock_api.seller_center.customer_service.content import OLDER
from mock_api.seller_center.customer_service.locales import Locale
from mock_api.seller_center.customer_service.refusals import bad_parameter
from mock_api.seller_center.customer_service.rolls import ACTIVE, rolls_of
from mock_api.seller_center.customer_service.talks import (
    SCOPE,
    Saying,
    SentMessage,
    count_request,
    own_talk,
    send,
)
from mock_api.seller_center.customer_service.view import (
    BUYER_PLATFORM,
    MessageView,
    Participant,
    SessionView,
    latest_of,
    message_fields,
    participants_of,
    plain_text,
    session_of,
)
from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    Paging,
    gated_router,
    place_in,
    shop_of,
    world_of,
)
from simulator import World
from simulator.errors import MayNotWrite
from simulator.service.model import Conversation, Message, Role

LARGEST_IMAGE: Final = 10 * MIB
IMAGE_TYPES: Final = ("image/jpeg", "image/png", "image/gif", "image/webp")

router: Final = gated_router("customer_service", "202309")

_BY_INDEX: Final = attrgetter("index")
_TIPS: Final = "Please check this message in Seller Center.\n"


class MessagePaging(Paging):
    page_size: Annotated[int, Field(ge=1, le=10)]
    locale: Locale = "en"
    sort_field: Literal["create_time"] = "create_time"
    """There is no other."""
    need_data: bool = False
    need_plaintext: bool = False
    """Known, like *need_data*, from the newer public client."""


class ConversationPaging(BaseModel):
    page_size: Annotated[int, Field(ge=1, le=20)]
    page_token: str | None = None
    locale: Locale = "en"
    need_session_id: bool = False
    need_session_info: bool = False
    """Known, like *need_session_id*, from the newer public client."""


class Addressee(Body):
    buyer_user_id: str


class Opened(Wire):
    conversation_id: str


class AgentSettings(Body):
    can_accept_chat: bool


class AgentSettingsView(Wire):
    can_accept_chat: bool


class ParticipantView(Participant):
    buyer_platform: str | None = None


class ConversationView(Wire):
    id: str
    participant_count: int
    can_send_message: bool
    unread_count: int
    create_time: int
    participants: list[ParticipantView]
    latest_message: MessageView | None = None
    cur_session_id: str | None = None
    cur_session: SessionView | None = None


class Conversations(Wire):
    next_page_token: str
    conversations: list[ConversationView] | None = None


class TalkMessage(MessageView):
    data: str | None = None
    plaintext: str | None = None


class Messages(Wire):
    next_page_token: str
    unsupported_msg_tips: str
    messages: list[TalkMessage] | None = None


class Image(Wire):
    url: str
    width: int
    height: int


@router.post("/conversations", response_model_exclude_none=True)
@access(SCOPE)
async def create_conversation(
    request: Request, caller: CallerDep, wanted: Addressee
) -> Envelope[Opened]:
    """The one conversation of the two, old or new."""
    with in_words({MayNotWrite: refusals.MAY_NOT_CREATE}):
        talk = world_of(caller).chats.open(shop_of(caller).id, wanted.buyer_user_id)
    return ok(request, Opened(conversation_id=talk.id))


@router.get("/conversations", response_model_exclude_none=True)
@access(SCOPE)
async def get_conversations(
    request: Request, caller: CallerDep, paging: Annotated[ConversationPaging, Query()]
) -> Envelope[Conversations]:
    """Those in which something was written last come first (inferred)."""
    count_request(caller)
    question = Question(ACTIVE, descending=True)
    after = place_in(paging.page_token, question)
    index = rolls_of(caller.sandbox).conversations(shop_of(caller).id)
    found, last = index.page(question, after, paging.page_size)
    world = world_of(caller)
    views = [_conversation(world, world.chats.get(each), paging) for each in found]
    token = _token(last, question)
    return ok(request, Conversations(next_page_token=token, conversations=views or None))


@router.get("/conversations/{conversation_id}/messages", response_model_exclude_none=True)
@access(SCOPE)
async def get_conversation_messages(
    request: Request,
    caller: CallerDep,
    conversation_id: str,
    paging: Annotated[MessagePaging, Query()],
) -> Envelope[Messages]:
    """By their indexes, which rise with time."""
    count_request(caller)
    talk = own_talk(caller, conversation_id)
    question = (conversation_id, paging.sort_order)
    after = place_in(paging.page_token, question)
    found, last = _page(talk, after[0] if after else None, paging)
    views = [_message(world_of(caller), talk, each, paging) for each in found]
    token = _token((last.index, last.id) if last else None, question)
    answer = Messages(next_page_token=token, unsupported_msg_tips=_TIPS, messages=views or None)
    return ok(request, answer)


@router.post("/conversations/{conversation_id}/messages/read", response_model_exclude_none=True)
@access(SCOPE)
async def read_message(
    request: Request, caller: CallerDep, conversation_id: str
) -> Envelope[Nothing]:
    """All that the buyer wrote."""
    count_request(caller)
    world_of(caller).chats.read(own_talk(caller, conversation_id).id)
    return ok(request, Nothing())


@router.post("/conversations/{conversation_id}/messages", response_model_exclude_none=True)
@access(SCOPE)
async def send_message(
    request: Request, caller: CallerDep, conversation_id: str, wanted: Saying
) -> Envelope[SentMessage]:
    return ok(request, send(caller, conversation_id, wanted, OLDER))


@router.get("/agents/settings", response_model_exclude_none=True)
@access(SCOPE)
async def get_agent_settings(request: Request, caller: CallerDep) -> Envelope[AgentSettingsView]:
    accepts = world_of(caller).chats.accepts(shop_of(caller).id)
    return ok(request, AgentSettingsView(can_accept_chat=accepts))


@router.put("/agents/settings", response_model_exclude_none=True)
@access(SCOPE)
async def update_agent_settings(
    request: Request, caller: CallerDep, wanted: AgentSettings
) -> Envelope[Nothing]:
    world_of(caller).chats.accept(shop_of(caller).id, accepted=wanted.can_accept_chat)
    return ok(request, Nothing())


@router.post("/images/upload", response_model_exclude_none=True)
@access(SCOPE)
async def upload_buyer_messages_image(request: Request, caller: CallerDep) -> Envelope[Image]:
    """What is no picture is the code of this endpoint alone; what is missing or too large is a bad
    parameter (inferred: the documents call both an internal error)."""
    parts = parts_of(request.headers.get("content-type", ""), await request.body())
    if not parts:
        raise Refusal(bad_parameter("data", "no multipart/form-data"))
    content = parts["data"].content if "data" in parts else b""
    if not 0 < len(content) <= LARGEST_IMAGE:
        raise Refusal(bad_parameter("data", "takes a file of 10 MB at the most"))
    picture = picture_of(content)
    if picture is None or picture.media_type not in IMAGE_TYPES:
        raise Refusal(refusals.BAD_IMAGE)
    url = uploads.keep(request, caller.sandbox, picture.media_type, content)
    return ok(request, Image(url=url, width=picture.width, height=picture.height))


def _conversation(world: World, talk: Conversation, paging: ConversationPaging) -> ConversationView:
    session = session_of(talk)
    everybody = [
        ParticipantView(
            **each.model_dump(),
            buyer_platform=BUYER_PLATFORM if each.role == Role.BUYER else None,
        )
        for each in participants_of(world, talk)
    ]
    return ConversationView(
        id=talk.id,
        participant_count=len(everybody),
        can_send_message=world.chats.may_write(talk),
        unread_count=talk.unread,
        create_time=talk.created_at,
        participants=everybody,
        latest_message=latest_of(world, talk, paging.locale),
        cur_session_id=session.id if session and paging.need_session_id else None,
        cur_session=session if paging.need_session_info else None,
    )


def _message(
    world: World, talk: Conversation, message: Message, paging: MessagePaging
) -> TalkMessage:
    fields = message_fields(world, talk, message, paging.locale)
    if paging.need_data:
        fields["data"] = fields["content"]
    if paging.need_plaintext:
        fields["plaintext"] = plain_text(message, paging.locale)
    return TalkMessage.model_validate(fields)


def _page(
    talk: Conversation, after: int | None, paging: MessagePaging
) -> tuple[list[Message], Message | None]:
    """The messages behind index *after*, and the last of them if there are more."""
    every, size = talk.messages, paging.page_size
    if paging.descending:
        end = len(every) if after is None else bisect_left(every, after, key=_BY_INDEX)
        start = max(0, end - size)
        page, more = every[start:end][::-1], start > 0
    else:
        start = 0 if after is None else bisect_right(every, after, key=_BY_INDEX)
        page, more = every[start : start + size], start + size < len(every)
    return page, page[-1] if more else None


def _token(last: tuple[int, str] | None, question: object) -> str:
    """Nothing at the end."""
    return page_token(last, question) if last else ""
