"""Customer service, version 202606 (known from the newer public client): Send Message."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.customer_service.content import NEWER
from mock_api.seller_center.customer_service.refusals import bad_parameter
from mock_api.seller_center.customer_service.talks import SCOPE, Saying, SentMessage, send
from mock_api.seller_center.envelope import Envelope, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router
from simulator.service.model import SELLERS, Role

router: Final = gated_router("customer_service", "202606")


class NewerSaying(Saying):
    sender_role: str | None = None
    """As whom: SHOP, CUSTOMER_SERVICE or ROBOT. The client has no list (inferred)."""


_ROLES: Final = (*SELLERS, Role.ROBOT)


@router.post("/conversations/{conversation_id}/messages", response_model_exclude_none=True)
@access(SCOPE)
async def send_message(
    request: Request, caller: CallerDep, conversation_id: str, wanted: NewerSaying
) -> Envelope[SentMessage]:
    if wanted.sender_role and wanted.sender_role not in _ROLES:
        raise Refusal(bad_parameter("sender_role", f"takes one of {', '.join(_ROLES)}"))
    role = Role(wanted.sender_role) if wanted.sender_role else None
    return ok(request, send(caller, conversation_id, wanted, NEWER, role))
