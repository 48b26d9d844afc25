"""Who calls: a token for an application's id and secret, then a signature in each call.

The signature is the base64 of HMAC-SHA256 over ``body=…&date=…&method=…&uri=…``, without ``body=``
where there is none, and with the path alone for the uri (carriers facts, section 4.11). How old a
date may be is not published, and not checked.
"""

import json
from base64 import b64encode
from hashlib import sha256
from hmac import compare_digest, new
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from pydantic import ValidationError

from mock_api.carriers.yunexpress.refusals import WORDS, Refused, Shape, stranger
from mock_api.carriers.yunexpress.requests import TokenWish
from mock_api.carriers.yunexpress.words import NAME
from mock_api.kernel.carrier_route import (
    CarrierSandbox,
    CarrierSandboxes,
    carrier_route,
    sandboxes_of,
    seen_by,
)
from mock_api.kernel.sandbox import Sandbox

TOKEN_LIVES: Final = 7_200
"""Seconds; what the SDK assumes where it is not told."""
_STRANGER: Final = "stranger"
"""A token of somebody whose secret nobody knows: signatures cannot be checked."""


def signature(secret: str, date: str, method: str, path: str, body: bytes) -> str:
    said = b"body=" + body + b"&" if body else b""
    text = said + f"date={date}&method={method}&uri={path}".encode()
    return b64encode(new(secret.encode(), text, sha256).digest()).decode()


async def identify_application(request: Request) -> Sandbox:
    """By id and secret in the body. The source key is checked where it is said (inferred)."""
    wish = await _token_wish(request)
    if wish.grant_type != "client_credentials":
        raise Refused(HTTPStatus.BAD_REQUEST, "grantType must be client_credentials")
    found = sandboxes_of(request).with_carrier_pair(
        NAME, ("app_id", wish.app_id), ("app_secret", wish.app_secret)
    )
    if found is None:
        raise stranger("appId or appSecret is wrong")
    known = found.is_credential(NAME, "app_id", wish.app_id)
    if known and wish.source_key and not found.is_credential(NAME, "source_key", wish.source_key):
        seen_by(request, found)
        raise stranger("sourceKey is wrong")
    return found


async def _token_wish(request: Request) -> TokenWish:
    try:
        return TokenWish.model_validate(json.loads(await request.body()))
    except (ValueError, RecursionError, ValidationError):
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is no JSON object") from None


async def identify(request: Request) -> Sandbox:
    """By the token, and by the signature that its application's secret makes."""
    headers = request.headers
    bearer = sandboxes_of(request).bearers.find(NAME, headers.get("token", ""))
    if bearer is None:
        raise stranger("token is invalid")
    seen_by(request, bearer.sandbox)
    if bearer.is_expired:
        raise stranger("token has expired")
    date = headers.get("date", "")
    if not (date.isascii() and date.isdecimal()):
        raise stranger("date must be the time in milliseconds")
    if bearer.purpose != _STRANGER:
        secret = bearer.sandbox.credential(NAME, "app_secret")
        made = signature(secret, date, request.method, request.scope["path"], await request.body())
        if not compare_digest(made.encode(), headers.get("sign", "").encode()):
            raise stranger("sign is wrong")
    return bearer.sandbox


router: Final = APIRouter(route_class=carrier_route(NAME, identify_application, WORDS))


@router.post("/openapi/oauth2/token")
async def token(request: Request, sandbox: CarrierSandbox, sandboxes: CarrierSandboxes) -> Shape:
    """Good for two hours."""
    wish = await _token_wish(request)
    known = sandbox.is_credential(NAME, "app_id", wish.app_id)
    bearer = sandboxes.bearers.new(sandbox, NAME, TOKEN_LIVES, "" if known else _STRANGER)
    return {"accessToken": bearer.value, "expiresIn": bearer.lives}
