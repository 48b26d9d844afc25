"""Who calls: the application's key in the query, and a signature over query and body.

The signature is the hex MD5 of names and values of the query's parameters, sorted by name and
without anything between them, then the raw body, then the secret; ``sign``, ``access_token`` and
``language`` are left out (carriers facts, section 4.12). How old a timestamp may be is not
published, and not checked.
"""

from collections.abc import Iterable
from hashlib import md5
from hmac import compare_digest
from typing import Final

from fastapi import Request

from mock_api.carriers.fourpx.refusals import BAD_APP_KEY, BAD_PARAMETERS, BAD_SIGN, Refused
from mock_api.carriers.fourpx.words import NAME
from mock_api.kernel.carrier_route import sandboxes_of, seen_by
from mock_api.kernel.sandbox import Sandbox

_UNSIGNED: Final = frozenset({"sign", "access_token", "language"})
_EMPTY_BODY: Final = b"{}"


def signature(parameters: Iterable[tuple[str, str]], body: bytes, secret: str) -> str:
    named = sorted((name, value) for name, value in parameters if name not in _UNSIGNED)
    text = "".join(name + value for name, value in named).encode() + body + secret.encode()
    return md5(text, usedforsecurity=False).hexdigest()


async def identify(request: Request) -> Sandbox:
    """By ``app_key``; refused, if the call is not signed with its secret."""
    query = request.query_params
    found = sandboxes_of(request).with_carrier_key(NAME, "app_key", query.get("app_key", ""))
    if found is None:
        raise Refused(BAD_APP_KEY)
    seen_by(request, found)
    for name in ("v", "timestamp", "format", "sign"):
        if not query.get(name):
            raise Refused(BAD_PARAMETERS, name)
    if not query["timestamp"].isdecimal():
        raise Refused(BAD_PARAMETERS, "timestamp")
    if query["format"] != "json":
        raise Refused(BAD_PARAMETERS, "format")
    if found.is_credential(NAME, "app_key", query["app_key"]):
        await _require_signed(request, found)
    return found


async def _require_signed(request: Request, sandbox: Sandbox) -> None:
    """A stock client signs no body, and sends an empty object; the lenient let it pass."""
    pairs, body = request.query_params.multi_items(), await request.body()
    bodies = [body, b""] if body == _EMPTY_BODY and sandbox.is_lenient(NAME) else [body]
    secret = sandbox.credential(NAME, "app_secret")
    said = request.query_params["sign"].encode()
    if not any(compare_digest(signature(pairs, each, secret).encode(), said) for each in bodies):
        raise Refused(BAD_SIGN)
