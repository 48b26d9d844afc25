"""Event, version 202309: where a shop's webhooks go."""

from typing import Annotated, Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.kernel.papers import Subscription
from mock_api.kernel.webhook_urls import flaw_of
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, shop_of

router: Final = gated_router("event", "202309")

EventType = Literal[
    "ORDER_STATUS_CHANGE",
    "RECIPIENT_ADDRESS_UPDATE",
    "PACKAGE_UPDATE",
    "PRODUCT_STATUS_CHANGE",
    "SELLER_DEAUTHORIZATION",
    "UPCOMING_AUTHORIZATION_EXPIRATION",
    "CANCELLATION_STATUS_CHANGE",
    "RETURN_STATUS_CHANGE",
    "NEW_CONVERSATION",
    "NEW_MESSAGE",
    "PRODUCT_INFORMATION_CHANGE",
    "PRODUCT_CREATION",
    "PRODUCT_CATEGORY_CHANGE",
    "NEW_MESSAGE_LISTENER",
    "INVOICE_STATUS_CHANGE",
    "PRODUCT_AUDIT_STATUS_CHANGE",
    "REVERSE_STATUS_UPDATE",
]

_LONGEST: Final = 255


class WebhookAddress(Body):
    event_type: EventType
    address: Annotated[str, Field(min_length=1, max_length=_LONGEST)]


class WebhookKind(Body):
    event_type: EventType


class WebhookView(Wire):
    event_type: str
    address: str
    create_time: int
    update_time: int


class Webhooks(Wire):
    webhooks: list[WebhookView] | None = None
    total_count: int


@router.get("/webhooks", response_model_exclude_none=True)
@access("seller.authorization.info")
async def get_shop_webhooks(request: Request, caller: CallerDep) -> Envelope[Webhooks]:
    shop = shop_of(caller)
    views = [
        WebhookView(
            event_type=each.event_type,
            address=each.address,
            create_time=each.created_at,
            update_time=each.updated_at,
        )
        for each in caller.sandbox.subscriptions.values()
        if each.shop_id == shop.id
    ]
    return ok(request, Webhooks(webhooks=views or None, total_count=len(views)))


@router.put("/webhooks", response_model_exclude_none=True)
@access("seller.authorization.info")
async def update_shop_webhook(
    request: Request, caller: CallerDep, wanted: WebhookAddress
) -> Envelope[Nothing]:
    """Plain http, ports and addresses are let pass, unlike on the platform: receivers under test
    run on this very machine. A sandbox may be told to be as strict (docs/gates.md)."""
    flaw = flaw_of(wanted.address, strict=caller.sandbox.doors.rules.strict_webhook_urls)
    if flaw:
        raise Refusal(bad_parameter("address", flaw))
    sandbox, shop_id = caller.sandbox, shop_of(caller).id
    now, old = sandbox.world.now, sandbox.subscription(shop_id, wanted.event_type)
    created = old.created_at if old else now
    sandbox.subscribe(Subscription(shop_id, wanted.event_type, wanted.address, created, now))
    return ok(request, Nothing())


@router.delete("/webhooks", response_model_exclude_none=True)
@access("seller.authorization.info")
async def delete_shop_webhook(
    request: Request, caller: CallerDep, wanted: WebhookKind
) -> Envelope[Nothing]:
    """Deleting one that is not there succeeds."""
    caller.sandbox.unsubscribe(shop_of(caller).id, wanted.event_type)
    return ok(request, Nothing())
