"""Opaque page tokens: where the last page ended, and of which question.

A token goes on behind a key, not at an offset, so orders that come in between pages neither repeat
nor hide others. A token of another question, or somebody's invention, is refused.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import blake2b

Key = tuple[int, str]
"""What lists are sorted by: an instant, and the id among equals."""

_LONGEST = 400


class BadPageToken(Exception):
    """Not a token of ours, or one of another question."""


def page_token(last: Key, question: object) -> str:
    """The token that goes on behind *last* in the answer to *question*."""
    return urlsafe_b64encode(json.dumps([*last, _mark(question)]).encode()).decode()


def read_page_token(token: str, question: object) -> Key:
    """Where the page before ended; BadPageToken if it was no page of *question*."""
    if len(token) > _LONGEST:
        raise BadPageToken
    try:
        instant, key, mark = json.loads(urlsafe_b64decode(token.encode()))
    except (NotBase64, ValueError, TypeError, RecursionError):
        raise BadPageToken from None
    if mark != _mark(question) or not isinstance(instant, int) or not isinstance(key, str):
        raise BadPageToken
    return instant, key


def _mark(question: object) -> str:
    return blake2b(repr(question).encode(), digest_size=6).hexdigest()
