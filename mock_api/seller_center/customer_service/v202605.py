"""Customer service, version 202605 (known from the newer public client): End Session."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.customer_service.talks import SCOPE, own_talk
from mock_api.seller_center.envelope import Envelope, Nothing, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, world_of

router: Final = gated_router("customer_service", "202605")


@router.post(
    "/conversations/{conversation_id}/sessions/{session_id}/end", response_model_exclude_none=True
)
@access(SCOPE)
async def end_session(
    request: Request, caller: CallerDep, conversation_id: str, session_id: str
) -> Envelope[Nothing]:
    """An active session of an agent's; the client knows of no codes for others: one that is over,
    or the robot's, is a bad parameter (inferred)."""
    world_of(caller).chats.end_session(own_talk(caller, conversation_id).id, session_id)
    return ok(request, Nothing())
