"""Secrets out of what is shown: by what vendors call them, and by their values.

What lets somebody in is hidden in headers, queries, forms, JSON and XML, whichever way it went. The
names are those that vendors use; so that a new dialect need list nothing, and a secret in an
unusual place is hidden all the same, the sandbox's own are looked for by value as well.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

HIDDEN: Final = "***"
_SECRET_HEADER: Final = re.compile(
    rb"auth|cookie|credential|digest|password|secret|sign|token|api-?key$", re.IGNORECASE
)
"""Headers that let somebody in."""
_FIELD: Final = (
    r"\w*(?:secret|password|passwd)|(?:access|refresh|bearer)_?token|token|auth_code|authorization"
    r"|authenticate|credential"
)
"""The same of fields."""
_END: Final = r"[^&\s\"<]*"
_IN_TEXT: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), rf"\1{HIDDEN}\2")
    for pattern in (
        rf"(\b(?:{_FIELD})=){_END}()",
        rf'("(?:{_FIELD})"\s*:\s*")(?:[^"\\]|\\.)*(")',
        rf'(\\"(?:{_FIELD})\\"\s*:\s*\\")(?:[^"\\]|\\[^"])*(\\?")',  # within a text of JSON
        rf"(<(?:\w+:)?(?:{_FIELD})>)[^<]*()",
        # The last two again, as forms have them.
        rf"(%22(?:{_FIELD})%22(?:\+|%20)*%3A(?:\+|%20)*%22)(?:(?!%22)[^&\s])*()",
        rf"(%3C(?:{_FIELD})%3E)(?:(?!%3C)[^&\s])*()",
        r"(\bROW_)[\w-]{50,}()",  # tokens of the platform's, by their looks
    )
)
_SECRET_OF_A_CARRIER: Final = re.compile(
    r"secret|password|token|authenticate|authorization|(?:^|(?<!app)_)key$"
)
"""Credentials that nobody else may know; the others are names."""


def is_secret_header(name: bytes) -> bool:
    """Whether a header of that name lets somebody in."""
    return bool(_SECRET_HEADER.search(name))


class Mask:
    """What is to be hidden in everything about one sandbox; or about none, where nobody's is known.

    Well-known credentials are hidden by their names alone: they are no secrets, and as words too
    common to be taken out of texts.
    """

    def __init__(self, sandbox: "Sandbox | None" = None) -> None:
        found = set(_secrets_of(sandbox)) if sandbox and not sandbox.papers.well_known else set()
        self._values = sorted(found, key=len, reverse=True)

    def text(self, text: str) -> str:
        """*text* without secrets."""
        for pattern, shown in _IN_TEXT:
            text = pattern.sub(shown, text)
        return self.words(text)

    def words(self, text: str) -> str:
        """The same of what the server itself says: by values alone."""
        for value in self._values:
            text = text.replace(value, HIDDEN)
        return text

    def diagnosis(self, told: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        return told and {
            key: self.words(value) if isinstance(value, str) else value
            for key, value in told.items()
        }


def _secrets_of(sandbox: "Sandbox") -> Iterator[str]:
    papers = sandbox.papers
    yield from (papers.app.secret, papers.access_token, papers.refresh_token)
    for credentials in papers.carriers.values():
        for field, value in credentials.items():
            if _SECRET_OF_A_CARRIER.search(field):
                yield value
