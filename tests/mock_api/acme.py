"""A tiny carrier that only tests know: what a dialect's folder has, in one module."""

import json
from secrets import token_hex

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal, carrier_app
from mock_api.kernel.carrier_route import (
    CarrierSandbox,
    CarrierSandboxes,
    Words,
    carrier_route,
    sandboxes_of,
    seen_by,
)
from mock_api.kernel.credentials import basic_of, bearer_of, form_of
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.hooks import Hook
from mock_api.kernel.messages import Manner
from simulator import DomainError
from simulator.facts import ParcelScanned

NAME = "acme"
LIVES = 3600
MANNER = Manner(frozenset({200}), pauses=(600,), signed_in="X-Acme-Signature", apart=True)


class Refused(CarrierRefusal):
    def __init__(self, status, code, retry_after=None):
        super().__init__(status, code, retry_after)
        self.status, self.code, self.retry_after = status, code, retry_after


WORDS = Words(
    throttled=lambda retry_after: Refused(429, "SLOW", retry_after),
    overloaded=lambda: Refused(503, "BUSY"),
    internal_error=lambda: Refused(500, "BROKEN"),
    forbidden=lambda: Refused(403, "ADDRESS"),
)


async def identify_client(request):
    form = await form_of(request)
    key, secret = basic_of(request) or (form.get("client_id", ""), form.get("client_secret", ""))
    found = sandboxes_of(request).with_carrier_pair(
        NAME, ("client_id", key), ("client_secret", secret)
    )
    if found is None:
        raise Refused(401, "STRANGER")
    return found


async def identify(request):
    bearer = sandboxes_of(request).bearers.find(NAME, bearer_of(request))
    if bearer is None:
        raise Refused(401, "TOKEN")
    seen_by(request, bearer.sandbox)
    if bearer.is_expired:
        raise Refused(401, "EXPIRED")
    return bearer.sandbox


def answer(_request, exc):
    match exc:
        case Refused():
            wait = {} if exc.retry_after is None else {"Retry-After": str(exc.retry_after)}
            return JSONResponse({"acme": exc.code}, exc.status, headers=wait)
        case RequestValidationError():
            return JSONResponse({"acme": "INVALID"}, 400)
        case HTTPException():
            return JSONResponse({"acme": f"HTTP{exc.status_code}"}, exc.status_code)
        case DomainError():
            return JSONResponse({"acme": type(exc).__name__}, 422)
        case _:
            return JSONResponse({"acme": "BUG"}, 500)


def create(sandboxes, _settings):
    tokens = APIRouter(route_class=carrier_route(NAME, identify_client, WORDS))
    calls = APIRouter(route_class=carrier_route(NAME, identify, WORDS, per_second=3))

    @tokens.post("/acmeware/v1/token")
    async def token(sandbox: CarrierSandbox, sandboxes: CarrierSandboxes):
        bearer = sandboxes.bearers.new(sandbox, NAME, LIVES)
        return {"access_token": bearer.value, "issued": bearer.token.issued_wall}

    @calls.get("/acmeware/v1/parcels/{number}")
    async def details(request: Request, number: str, sandbox: CarrierSandbox):
        return {
            "number": number,
            "sandbox": sandbox.id,
            "path": request.scope["path"],
            "label": f"{request.base_url}acmeware/labels/{number}",
            "lenient": sandbox.is_lenient(NAME),
        }

    @calls.post("/acmeware/v1/hooks")
    async def subscribe(request: Request, sandbox: CarrierSandbox):
        hook = sandbox.hooks.add(Hook(NAME, **await request.json()))
        return {"id": hook.id}

    return carrier_app(NAME, sandboxes, [tokens, calls], answer)


def furnish(sandbox):
    def hear(_seq, _at, fact):
        if not isinstance(fact, ParcelScanned) or not sandbox.hooks.any_of(NAME):
            return
        number = sandbox.world.parcel(fact.parcel_id).tracking_number
        for hook in sandbox.hooks.hearing(NAME, "scan", number):
            body = json.dumps({"number": number, "scan": fact.scan}).encode()
            headers = {"X-Acme-Signature": hook.secret}
            sandbox.hooks.tell(hook, (number, "scan"), body, headers, MANNER)

    sandbox.world.journal.subscribe(hear)


ACME = Dialect(
    name=NAME,
    claims=("/acmeware/v1/", "/logistics/acme/"),
    create=create,
    credentials=lambda: {"client_id": token_hex(8), "client_secret": token_hex(16)},
    well_known={"client_id": "seatrial-acme", "client_secret": "seatrial-acme-secret"},
    found_by=("client_id",),
    furnish=furnish,
)
