"""Webhooks, and the events that go to them."""

from typing import Any, Final

from fastapi import APIRouter

from mock_api.carriers.easypost.events import Event, brief, events_of, full
from mock_api.carriers.easypost.following import VIEW
from mock_api.carriers.easypost.gates import gated
from mock_api.carriers.easypost.ids import disguised, undisguised
from mock_api.carriers.easypost.paging import Page, listed, page
from mock_api.carriers.easypost.refusals import Refused, invalid, missing, not_found
from mock_api.carriers.easypost.requests import HeaderSent, WebhookBody
from mock_api.carriers.easypost.shapes import MODE, moment
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.hooks import CONSOLE, BadHookUrl, Hook, TooManyHooks
from mock_api.kernel.sandbox import Sandbox

router: Final = APIRouter(prefix="/v2", tags=["webhooks"], route_class=gated())


@router.post("/webhooks", status_code=201)
async def create_webhook(sandbox: CarrierSandbox, body: WebhookBody) -> dict[str, Any]:
    said = body.said
    if not said.url:
        raise missing("url")
    headers = _headers(said.custom_headers or [])
    hook = Hook(VIEW, said.url, said.webhook_secret or "", headers=headers)
    try:
        return _shown(sandbox.hooks.add(hook))
    except BadHookUrl as refusal:
        raise _bad_url(refusal.flaw) from None
    except TooManyHooks as refusal:
        raise invalid("WEBHOOK.INVALID", f"{refusal}.") from None


@router.get("/webhooks")
async def list_webhooks(sandbox: CarrierSandbox) -> dict[str, Any]:
    return {"webhooks": [_shown(hook) for hook in sandbox.hooks.of(VIEW)]}


@router.get("/webhooks/{own_id}")
async def get_webhook(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    return _shown(_hook_with(sandbox, own_id))


@router.patch("/webhooks/{own_id}", status_code=201)
async def update_webhook(sandbox: CarrierSandbox, own_id: str, body: WebhookBody) -> dict[str, Any]:
    """201, as recorded in test_webhook_update.yaml; it is enabled again."""
    hook, said = _hook_with(sandbox, own_id), body.said
    if said.url:
        flaw = sandbox.hooks.flaw_of(said.url)
        if flaw:
            raise _bad_url(flaw)
        hook.url = said.url
    if said.webhook_secret is not None:
        hook.secret = said.webhook_secret
    if said.custom_headers is not None:
        hook.headers = _headers(said.custom_headers)
    hook.disabled = False
    sandbox.hooks.changed(hook)
    return _shown(hook)


@router.put("/webhooks/{own_id}", status_code=201)
async def enable_webhook(sandbox: CarrierSandbox, own_id: str, body: WebhookBody) -> dict[str, Any]:
    """The same, as older clients ask for it."""
    return await update_webhook(sandbox, own_id, body)


@router.delete("/webhooks/{own_id}")
async def delete_webhook(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    sandbox.hooks.remove(VIEW, _hook_with(sandbox, own_id).id)
    return {}


@router.get("/events")
async def list_events(sandbox: CarrierSandbox, asked: Page) -> dict[str, Any]:
    found = reversed(events_of(sandbox).all.values())
    chosen, more = page(asked, found, _event_id, lambda each: each.at)
    return listed("events", [brief(sandbox, each) for each in chosen], has_more=more)


@router.get("/events/{own_id}")
async def get_event(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    return full(sandbox, events_of(sandbox).get(own_id))


@router.get("/events/{own_id}/payloads")
async def list_payloads(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    """What was sent where, attempt by attempt, and what came back."""
    event = events_of(sandbox).get(own_id)
    return {"payloads": _payloads(sandbox, event)}


@router.get("/events/{own_id}/payloads/{payload_id}")
async def get_payload(sandbox: CarrierSandbox, own_id: str, payload_id: str) -> dict[str, Any]:
    for each in _payloads(sandbox, events_of(sandbox).get(own_id)):
        if each["id"] == payload_id:
            return each
    raise not_found()


def _event_id(event: Event) -> str:
    return event.id


def _payloads(sandbox: Sandbox, event: Event) -> list[dict[str, Any]]:
    return [
        {
            "id": disguised("payload", message.n, nth),
            "object": "Payload",
            "created_at": moment(attempt.at),
            "updated_at": moment(attempt.at),
            "request_url": message.url,
            "request_headers": {},
            "request_body": message.body.decode(),
            "response_headers": {},
            "response_body": attempt.error,
            "response_code": attempt.status,
            "total_time": round(attempt.took_ms),
        }
        for message in events_of(sandbox).messages_of(event)
        for nth, attempt in enumerate(message.attempts)
    ]


def _hook_with(sandbox: Sandbox, own_id: str) -> Hook:
    """The console's is one of them, with the number nought."""
    found = undisguised("hook", own_id)
    kept_as = CONSOLE if found and found[0] == "0" else (found[0] if found else "")
    hook = sandbox.hooks.get(VIEW, kept_as)
    if hook is None:
        raise not_found()
    return hook


def _shown(hook: Hook) -> dict[str, Any]:
    return {
        "id": disguised("hook", 0 if hook.id == CONSOLE else hook.id),
        "object": "Webhook",
        "mode": MODE,
        "url": hook.url,
        "created_at": moment(hook.created_at),
        "disabled_at": moment(hook.created_at) if hook.disabled else None,
        "custom_headers": [{"name": name, "value": value} for name, value in hook.headers.items()],
    }


def _bad_url(flaw: str) -> Refused:
    return invalid("WEBHOOK.INVALID", f"The URL {flaw}.", ("url", flaw))


def _headers(sent: list[HeaderSent]) -> dict[str, str]:
    return {each.name: each.value for each in sent}
