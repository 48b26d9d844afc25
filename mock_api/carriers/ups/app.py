"""UPS's application: who calls, and which routes there are."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, FastAPI, Request

from mock_api.carriers.ups import alerts, labels, pickups, rating, shipping, tracking
from mock_api.carriers.ups.accounts import STRANGER
from mock_api.carriers.ups.names import NAME
from mock_api.carriers.ups.refusals import INVALID_TOKEN, WORDS, Refused, answer, unauthorized
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import (
    CarrierSandbox,
    CarrierSandboxes,
    carrier_route,
    sandboxes_of,
    seen_by,
)
from mock_api.kernel.credentials import basic_of, bearer_of, form_of
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

TOKEN_LIVES: Final = 14_399
"""Seconds: what the sample of the OAuth API says."""


async def identify_client(request: Request) -> Sandbox:
    """By the application's key pair, in HTTP Basic."""
    pair = basic_of(request)
    if pair is None:
        raise unauthorized("UJ0001", INVALID_TOKEN)
    key, secret = pair
    found = sandboxes_of(request).with_carrier_pair(
        NAME, ("client_id", key), ("client_secret", secret)
    )
    if found is None:
        raise unauthorized("250002", "Invalid Authentication Information.")
    return found


async def identify(request: Request) -> Sandbox:
    """By the bearer token."""
    value = bearer_of(request)
    if not value:
        raise unauthorized("UJ0001", INVALID_TOKEN)
    bearer = sandboxes_of(request).bearers.find(NAME, value)
    if bearer is None:
        raise unauthorized("250002", "Invalid Authentication Information.")
    seen_by(request, bearer.sandbox)
    if bearer.is_expired:
        raise unauthorized("251004", "Bearer token expired.")
    return bearer.sandbox


async def _client(request: Request) -> str:
    pair = basic_of(request)
    return pair[0] if pair else ""


async def _grant(request: Request) -> str:
    return (await form_of(request)).get("grant_type", "")


tokens: Final = APIRouter(route_class=carrier_route(NAME, identify_client, WORDS))


@tokens.post("/security/v1/oauth/token")
async def token(
    sandbox: CarrierSandbox,
    sandboxes: CarrierSandboxes,
    client: Annotated[str, Depends(_client)],
    grant: Annotated[str, Depends(_grant)],
) -> dict[str, str]:
    """A token for four hours. Everything is a string, seconds and milliseconds too."""
    if grant != "client_credentials":
        raise Refused("10006", "grant_type must be client_credentials")
    known = sandbox.is_credential(NAME, "client_id", client)
    bearer = sandboxes.bearers.new(sandbox, NAME, TOKEN_LIVES, "" if known else STRANGER)
    return {
        "token_type": "Bearer",
        "issued_at": str(bearer.token.issued_wall * 1000),
        "client_id": client,
        "access_token": bearer.value,
        "scope": "",
        "expires_in": str(bearer.lives),
        "refresh_count": "0",
        "status": "approved",
    }


def create_ups(sandboxes: Sandboxes) -> FastAPI:
    """Over every sandbox of the server."""
    families = (rating, shipping, labels, pickups, tracking, alerts)
    guarded = APIRouter(route_class=carrier_route(NAME, identify, WORDS))
    for family in families:
        family.serve(guarded)
    return carrier_app(NAME, sandboxes, [tokens, guarded], answer)
