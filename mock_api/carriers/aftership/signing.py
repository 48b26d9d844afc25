"""Signatures: of calls, for those who sign theirs, and of webhooks.

A call's is over method, body, date, ``as-`` headers and address (AfterShip's page "SignString", and
its Python client's ``auth``). Calls that are signed with RSA are taken as they are: the public key
is set in AfterShip's console, which is not modelled. A webhook's is base64 of HMAC-SHA256 over the
raw body (its page "Webhook signature").
"""

import hmac
from base64 import b64encode
from hashlib import md5, sha256
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers

SIGNATURES: Final = ("as-signature-hmac-sha256", "as-signature-rsa-sha256")


def webhook_signature(body: bytes, secret: str) -> str:
    return b64encode(hmac.new(secret.encode(), body, sha256).digest()).decode()


def call_signature(
    secret: str, method: str, address: tuple[str, str], call: tuple[Headers, bytes]
) -> str:
    """*address*: path and query; *call*: headers and body."""
    (path, query), (headers, body) = address, call
    digest = md5(body, usedforsecurity=False).hexdigest().upper() if body else ""
    parts = (
        method,
        digest,
        "application/json" if body else "",
        headers.get("date", ""),
        _canonical_headers(headers),
        _canonical_address(path, query),
    )
    return webhook_signature("\n".join(parts).encode(), secret)


def _canonical_headers(headers: Headers) -> str:
    kept = {
        key.lower(): value.strip()
        for key, value in headers.items()
        if key.lower().startswith("as-") and key.lower() not in SIGNATURES
    }
    return "\n".join(f"{key}:{kept[key]}" for key in sorted(kept))


def _canonical_address(path: str, query: str) -> str:
    found = parse_qs(query, keep_blank_values=True)
    pairs = {key: found[key][0] for key in sorted(found)}
    return f"{path}?{urlencode(pairs)}" if pairs else path
