"""Customer service, version 202601 (known from the newer public client): one conversation."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.customer_service.talks import SCOPE, own_talk
from mock_api.seller_center.customer_service.view import (
    BUYER_PLATFORM,
    Participant,
    SessionView,
    participants_of,
    session_of,
)
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, world_of
from simulator.service.model import Role

router: Final = gated_router("customer_service", "202601")


class ParticipantView(Participant):
    platform: str | None = None


class ConversationView(Wire):
    id: str
    participant_count: int
    participants: list[ParticipantView]
    create_time: int
    unread_count: int
    cur_session_id: str | None = None
    cur_session: SessionView | None = None


class ConversationAnswer(Wire):
    conversation: ConversationView


@router.get("/conversations/{conversation_id}", response_model_exclude_none=True)
@access(SCOPE)
async def get_conversation(
    request: Request,
    caller: CallerDep,
    conversation_id: str,
    need_session_id: bool = False,  # noqa: FBT001, FBT002 - the platform's own parameters
    need_session_info: bool = False,  # noqa: FBT001, FBT002
) -> Envelope[ConversationAnswer]:
    """The open session only where it is asked for."""
    talk = own_talk(caller, conversation_id)
    session = session_of(talk)
    everybody = [
        ParticipantView(
            **each.model_dump(), platform=BUYER_PLATFORM if each.role == Role.BUYER else None
        )
        for each in participants_of(world_of(caller), talk)
    ]
    view = ConversationView(
        id=talk.id,
        participant_count=len(everybody),
        participants=everybody,
        create_time=talk.created_at,
        unread_count=talk.unread,
        cur_session_id=session.id if session and need_session_id else None,
        cur_session=session if need_session_info else None,
    )
    return ok(request, ConversationAnswer(conversation=view))
