"""The auth host: the authorise pages, token exchange and refresh. Unsigned, secret in the query."""

import hmac
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from mock_api.kernel.access import AccessToken
from mock_api.kernel.exchanges import exchange_of
from mock_api.kernel.faults import OF_REQUESTS, Call
from mock_api.kernel.gates import gated_route
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.spoiling import befall
from mock_api.seller_center.authorization import refusals
from mock_api.seller_center.envelope import request_id
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.gates import DIALECT, failure
from simulator.clock import Instant


async def planned_fault(request: Request, endpoint: Callable[..., Any]) -> Response | None:
    """The auth host fails on purpose, where somebody planned it: for an app with its secret, as
    pages that a browser opens do not fail."""
    exchange, query = exchange_of(request.scope), request.query_params
    exchange.operation = endpoint.__name__
    sandbox = _sandboxes(request).with_app_key(query.get("app_key", ""))
    if sandbox is None or not sandbox.faults.planned:
        return None
    if not _is_secret(sandbox, query.get("app_secret", "")):
        return None
    exchange.belongs_to(sandbox)
    return befall(exchange, Call(DIALECT, endpoint.__name__), failure, OF_REQUESTS)


router: Final = APIRouter(tags=["authorization"], route_class=gated_route((planned_fault,)))

DEFAULT_LANDING: Final = "/_seatrial/authorized"
_SELLER: Final = 0
"""user_type: 0 seller, 1 creator, 3 partner."""


@router.get("/open/authorize", response_class=RedirectResponse)
async def authorize(request: Request) -> Response:
    """The seller consents at once and is sent back with a code; ``deny=1`` plays a refusal."""
    sandbox = _sandboxes(request).with_service_id(_required(request, "service_id"))
    return _consent(request, sandbox)


@router.get("/oauth/authorize", response_class=RedirectResponse)
async def authorize_by_app_key(request: Request) -> Response:
    """The legacy link, which names the app key."""
    sandbox = _sandboxes(request).with_app_key(_required(request, "app_key"))
    return _consent(request, sandbox)


@router.get("/api/v2/token/get")
async def get_token(request: Request) -> JSONResponse:
    """An authorisation code for tokens. The grant type is ``authorized_code``, in the platform's
    own spelling."""
    sandbox = _client(request)
    code, grant_type = _required(request, "auth_code"), _required(request, "grant_type")
    if grant_type != "authorized_code":
        raise Refusal(refusals.missing_parameter("grant_type"))
    now, consent = sandbox.world.now, sandbox.consent
    # A code of an authorisation that was taken back before it was used is worth nothing.
    if not sandbox.grants.take_code(code, now) or not sandbox.is_authorized:
        raise Refusal(refusals.AUTH_CODE_INVALID)
    access = sandbox.grants.new_access(now, serial=consent.serial)
    return _tokens(sandbox, access, sandbox.grants.new_refresh(consent))


@router.get("/api/v2/token/refresh")
async def refresh_token(request: Request) -> JSONResponse:
    """A new access token; the refresh token stays the same, and the old access token lives out its
    days (inferred from the platform's samples)."""
    sandbox = _client(request)
    refresh, grant_type = _required(request, "refresh_token"), _required(request, "grant_type")
    if grant_type != "refresh_token":
        raise Refusal(refusals.missing_parameter("grant_type"))
    now, consent = sandbox.world.now, sandbox.consent
    token = sandbox.grants.refresh.get(refresh)
    if token is None:
        raise Refusal(refusals.NO_AUTH_RECORD)
    if _expires_at(sandbox, refresh) <= now:
        raise Refusal(refusals.REFRESH_EXPIRED)
    if token.serial != consent.serial or not sandbox.is_authorized:
        raise Refusal(refusals.NO_AUTH_RECORD)
    return _tokens(sandbox, sandbox.grants.new_access(now, serial=consent.serial), refresh)


def _expires_at(sandbox: Sandbox, refresh: str) -> Instant:
    """With its authorisation; a longer term of that counts."""
    token, consent = sandbox.grants.refresh[refresh], sandbox.consent
    return consent.ends_at if token.serial == consent.serial else token.expires_at


def _tokens(sandbox: Sandbox, access: AccessToken, refresh: str) -> JSONResponse:
    shop, _ = sandbox.shops()[0]
    return _answer(
        {
            "access_token": access.value,
            "access_token_expire_in": access.expires_at,
            "refresh_token": refresh,
            "refresh_token_expire_in": _expires_at(sandbox, refresh),
            "open_id": sandbox.seller_open_id,
            "seller_name": shop.name,
            "seller_base_region": "CN",
            "user_type": _SELLER,
            "granted_scopes": sorted(access.scopes),
        }
    )


def _answer(body: dict[str, Any]) -> JSONResponse:
    """The auth host's envelope: its ``success`` is in lower case."""
    envelope = {"code": 0, "message": "success", "data": body, "request_id": request_id()}
    return JSONResponse(envelope)


def _consent(request: Request, sandbox: Sandbox | None) -> Response:
    if sandbox is None:
        raise Refusal(refusals.CLIENT_KEY_INVALID)
    exchange_of(request.scope).belongs_to(sandbox)
    state = request.query_params.get("state")
    answer = {"state": state} if state else {}
    if request.query_params.get("deny"):
        answer |= {"code": "null", "error": "auth_denied"}
    else:
        sandbox.world.admission.authorize(sandbox.config.authorized_for)
        answer |= {"code": sandbox.grants.new_code(sandbox.world.now)}
    landing = sandbox.app.redirect_url or DEFAULT_LANDING
    joint = "&" if "?" in landing else "?"
    return RedirectResponse(f"{landing}{joint}{urlencode(answer)}", status_code=302)


def _client(request: Request) -> Sandbox:
    key, secret = _required(request, "app_key"), _required(request, "app_secret")
    sandbox = _sandboxes(request).with_app_key(key)
    if sandbox is None:
        raise Refusal(refusals.CLIENT_KEY_INVALID)
    exchange_of(request.scope).belongs_to(sandbox)
    if not _is_secret(sandbox, secret):
        raise Refusal(refusals.CLIENT_KEY_INVALID)
    return sandbox


def _is_secret(sandbox: Sandbox, given: str) -> bool:
    return hmac.compare_digest(sandbox.app.secret.encode(), given.encode())


def _required(request: Request, name: str) -> str:
    value = request.query_params.get(name, "")
    if not value:
        row: Row = refusals.missing_parameter(name)
        raise Refusal(row)
    return value


def _sandboxes(request: Request) -> Sandboxes:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    return sandboxes
