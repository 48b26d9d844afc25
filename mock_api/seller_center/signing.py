"""The seller center's signatures: HMAC-SHA256 over path, sorted query and body; and over webhooks.

Pure, so that the gate, the tests, the demo and people's own clients compute one and the same thing.
"""

import hmac
from collections.abc import Sequence
from typing import Final

Pairs = Sequence[tuple[str, str]]
"""A query's keys and decoded values, in the order they came in."""

UNSIGNED: Final = frozenset({"sign", "access_token"})


def text_to_sign(path: str, query: Pairs, body: bytes, secret: str) -> bytes:
    """What the signature is taken over: secret, path, sorted keys and values, body, secret.

    A key that comes twice counts with all its values, in their order.
    """
    pairs = sorted((pair for pair in query if pair[0] not in UNSIGNED), key=lambda pair: pair[0])
    joined = "".join(key + value for key, value in pairs)
    return secret.encode() + f"{path}{joined}".encode() + body + secret.encode()


def sign(path: str, query: Pairs, body: bytes, secret: str) -> str:
    """The ``sign`` parameter: lower-case hexadecimal digits. A multipart body is not signed: give
    an empty one."""
    return hmac.digest(secret.encode(), text_to_sign(path, query, body, secret), "sha256").hex()


def sign_webhook(app_key: str, secret: str, body: bytes) -> str:
    """A webhook's ``Authorization`` header: app key and raw body, keyed with the secret."""
    return hmac.digest(secret.encode(), app_key.encode() + body, "sha256").hex()
