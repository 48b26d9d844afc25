"""Webhooks as a follower keeps them: Shippo's webhooks API, which is in beta.

A webhook for tests hears of what is done with the token for tests, another one of everything else.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from mock_api.carriers.shippo.callers import is_test
from mock_api.carriers.shippo.pushes import TEST, hears_tests
from mock_api.carriers.shippo.refusals import not_found, of_field
from mock_api.carriers.shippo.requests import WebhookWish, body_as
from mock_api.carriers.shippo.view import stamp
from mock_api.carriers.shippo.words import ALL, EVENTS, NAME
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.hooks import CONSOLE, BadHookUrl, Hook, TooManyHooks
from mock_api.kernel.sandbox import Sandbox
from simulator.clock import Instant

Endpoint = Callable[..., Any]
_IDS: Final = 32
_EVENT: Final = "event"
_UPDATED: Final = "updated"


async def create_webhook(request: Request, sandbox: CarrierSandbox) -> JSONResponse:
    wanted = await _wish(request)
    test = is_test(request, sandbox) if wanted.is_test is None else wanted.is_test
    hook = Hook(NAME, wanted.url)
    _become(hook, wanted, test=test)
    try:
        sandbox.hooks.add(hook)
    except (BadHookUrl, TooManyHooks) as flaw:
        raise _url_refused(flaw) from None
    hook.notes[_UPDATED] = str(hook.created_at)
    sandbox.hooks.changed(hook)
    return JSONResponse(_shape(hook, sandbox), HTTPStatus.CREATED)


async def list_webhooks(request: Request, sandbox: CarrierSandbox) -> JSONResponse:
    """All on one page."""
    del request
    found = [_shape(hook, sandbox) for hook in sandbox.hooks.of(NAME)]
    page = {"next": None, "previous": None, "count": len(found), "results": found}
    return JSONResponse(page)


async def get_webhook(webhook_id: str, sandbox: CarrierSandbox) -> JSONResponse:
    return JSONResponse(_shape(_named(sandbox, webhook_id), sandbox))


async def update_webhook(
    webhook_id: str, request: Request, sandbox: CarrierSandbox
) -> JSONResponse:
    hook, wanted = _named(sandbox, webhook_id), await _wish(request)
    flaw = sandbox.hooks.flaw_of(wanted.url)
    if flaw:
        raise _url_refused(BadHookUrl(flaw))
    test = hears_tests(hook) if wanted.is_test is None else wanted.is_test
    hook.url = wanted.url
    _become(hook, wanted, test=bool(test))
    hook.notes[_UPDATED] = str(sandbox.world.now)
    sandbox.hooks.changed(hook)
    return JSONResponse(_shape(hook, sandbox))


async def delete_webhook(webhook_id: str, sandbox: CarrierSandbox) -> Response:
    sandbox.hooks.remove(NAME, _named(sandbox, webhook_id).id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _wish(request: Request) -> WebhookWish:
    wanted = await body_as(request, WebhookWish)
    if wanted.event not in EVENTS:
        raise of_field("event", f'"{wanted.event}" is not a valid choice.')
    return wanted


def _become(hook: Hook, wanted: WebhookWish, *, test: bool) -> None:
    hook.topics = frozenset() if wanted.event == ALL else frozenset({wanted.event})
    hook.disabled = wanted.active is False if wanted.active is not None else hook.disabled
    hook.notes |= {_EVENT: wanted.event, TEST: "yes" if test else "no"}


def _named(sandbox: Sandbox, webhook_id: str) -> Hook:
    found = sandbox.hooks.get(NAME, webhook_id.lstrip("0"))
    if found is None:
        raise not_found()
    return found


def _url_refused(flaw: Exception) -> Exception:
    text = f"Enter a valid URL: it {flaw}." if isinstance(flaw, BadHookUrl) else f"{flaw}."
    return of_field("url", text)


def _shape(hook: Hook, sandbox: Sandbox) -> dict[str, Any]:
    """What the console's was set for, is told as for everything."""
    usual = next(iter(sorted(hook.topics)), ALL) if hook.id == CONSOLE else ALL
    return {
        "object_id": hook.id.zfill(_IDS),
        "object_owner": sandbox.id,
        "object_created": stamp(hook.created_at),
        "object_updated": stamp(Instant(int(hook.notes.get(_UPDATED, hook.created_at)))),
        "event": hook.notes.get(_EVENT, usual),
        "url": hook.url,
        "active": not hook.disabled,
        "is_test": bool(hears_tests(hook)),
    }


ENDPOINTS: Final[tuple[tuple[str, str, Endpoint, type[BaseModel] | None], ...]] = (
    ("POST", "/webhooks", create_webhook, WebhookWish),
    ("GET", "/webhooks", list_webhooks, None),
    ("GET", "/webhooks/{webhook_id}", get_webhook, None),
    ("PUT", "/webhooks/{webhook_id}", update_webhook, WebhookWish),
    ("DELETE", "/webhooks/{webhook_id}", delete_webhook, None),
)
"""With what each reads of its body, which may be a form."""
