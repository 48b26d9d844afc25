"""Why a signature did not match: what should have been signed, and what probably was.

The wrong signature tells nothing by itself. So the common mistakes of hand-written clients are made
one by one, on purpose; the one that gives the very signature that came in is the one that was made.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from mock_api.seller_center.signing import UNSIGNED, Pairs, text_to_sign

_SECRET_SHOWN: Final = b"<app_secret>"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came in: the request as it was, and its signature."""

    path: str
    query: Pairs
    body: bytes
    given: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One way to get the signed text wrong, and how to mend it."""

    what: str
    mend: str
    text: bytes
    digest: Callable[[bytes, str], str]


def diagnose(attempt: Attempt, secret: str) -> dict[str, Any]:
    """For the exchange log: the right text and signature, and the mistake that explains the wrong
    one, with the place where the texts part. The secret itself is never shown."""
    right = text_to_sign(attempt.path, attempt.query, attempt.body, secret)
    report: dict[str, Any] = {
        "given": attempt.given,
        "expected": _keyed(right, secret),
        "should_have_signed": _shown(right, secret),
    }
    given = attempt.given.lower().encode()
    for mistake in _mistakes(attempt, secret):
        if hmac.compare_digest(mistake.digest(mistake.text, secret).encode(), given):
            signed, wanted = _shown(mistake.text, secret), report["should_have_signed"]
            return report | {
                "mistake": mistake.what,
                "mend": mistake.mend,
                "signed": signed,
                "parts_at": _first_difference(signed, wanted),
            }
    return report | {
        "mistake": "none of the known ones",
        "mend": "Most likely another app_secret was used, or the query or body changed after "
        "signing. Compare your text with should_have_signed, character by character.",
        "signed": None,
        "parts_at": None,
    }


def _mistakes(attempt: Attempt, secret: str) -> Iterator[Mistake]:
    """Mistakes of the digest first: the right text is no other mistake's."""
    yield from _in_the_digest(attempt, secret)
    yield from _in_the_body(attempt, secret)
    yield from _in_the_query(attempt, secret)
    yield from _in_the_path(attempt, secret)


def _in_the_body(attempt: Attempt, secret: str) -> Iterator[Mistake]:
    def signed_over(body: bytes) -> bytes:
        return text_to_sign(attempt.path, attempt.query, body, secret)

    yield Mistake(
        "the body was left out",
        "Append the raw body, byte for byte as it is sent, after the query.",
        signed_over(b""),
        _keyed,
    )
    for what, text in _other_bodies(attempt.body):
        yield Mistake(
            f"the body was signed {what}",
            "Sign the very bytes that are sent: serialise once, sign, send.",
            signed_over(text),
            _keyed,
        )


def _in_the_digest(attempt: Attempt, secret: str) -> Iterator[Mistake]:
    right, key = text_to_sign(attempt.path, attempt.query, attempt.body, secret), secret.encode()
    bare = right[len(key) : len(right) - len(key)]
    yield Mistake(
        "the signature was sent in upper case",
        "Send the hexadecimal digits in lower case.",
        right,
        _keyed,
    )
    yield Mistake(
        "the text was not wrapped in the app secret",
        "Put the app secret before the path and once more at the very end.",
        bare,
        _keyed,
    )
    yield Mistake(
        "the app secret was put in front, but not at the end",
        "Put the app secret at the end as well.",
        key + bare,
        _keyed,
    )
    yield Mistake(
        "a plain SHA-256 was taken",
        "Take an HMAC-SHA256, keyed with the app secret.",
        right,
        lambda text, _: hashlib.sha256(text).hexdigest(),
    )


def _in_the_query(attempt: Attempt, secret: str) -> Iterator[Mistake]:
    for what, mend, pairs in _other_queries(attempt.query):
        text = _joined(attempt.path, pairs, attempt.body, secret.encode())
        yield Mistake(what, mend, text, _keyed)


def _in_the_path(attempt: Attempt, secret: str) -> Iterator[Mistake]:
    yield Mistake(
        "the path was left out",
        "Start with the path, after the secret.",
        text_to_sign("", attempt.query, attempt.body, secret),
        _keyed,
    )
    yield Mistake(
        "the path was signed with a slash at its end",
        "Sign the path exactly as it is requested.",
        text_to_sign(f"{attempt.path}/", attempt.query, attempt.body, secret),
        _keyed,
    )


def _other_bodies(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The same JSON written another way."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return
    yield "with spaces after its separators", json.dumps(parsed).encode()
    yield "without spaces", json.dumps(parsed, separators=(",", ":")).encode()
    yield "with its keys sorted", json.dumps(parsed, sort_keys=True).encode()
    compact = json.dumps(parsed, separators=(",", ":"), sort_keys=True)
    yield "without spaces and with its keys sorted", compact.encode()


def _other_queries(query: Pairs) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    kept = [pair for pair in query if pair[0] not in UNSIGNED]
    ordered = sorted(kept, key=lambda pair: pair[0])
    yield "the query was not sorted", "Sort the query's keys before joining them.", kept
    yield (
        "the values were signed as they are encoded in the URL",
        "Sign decoded values.",
        [(key, quote(value, safe="")) for key, value in ordered],
    )
    yield (
        "access_token was signed",
        "Leave sign and access_token out of the text.",
        sorted((pair for pair in query if pair[0] != "sign"), key=lambda pair: pair[0]),
    )
    for left_out in ("shop_cipher", "timestamp", "app_key"):
        yield (
            f"{left_out} was left out",
            f"Sign every query parameter that is sent but sign and access_token: {left_out} too.",
            [pair for pair in ordered if pair[0] != left_out],
        )
    yield (
        "keys and values were joined with = and &",
        "Join keys and values without any separator.",
        [("&".join(f"{key}={value}" for key, value in ordered), "")],
    )


def _joined(path: str, pairs: Pairs, body: bytes, key: bytes) -> bytes:
    return key + f"{path}{''.join(k + v for k, v in pairs)}".encode() + body + key


def _keyed(text: bytes, secret: str) -> str:
    return hmac.digest(secret.encode(), text, "sha256").hex()


def _shown(text: bytes, secret: str) -> str:
    return text.replace(secret.encode(), _SECRET_SHOWN).decode("utf-8", "replace")


def _first_difference(left: str, right: str) -> int | None:
    """The first place at which the texts differ; ``None`` when only the digest was wrong."""
    for place, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return place
    return None if len(left) == len(right) else min(len(left), len(right))
