"""What reads were answered, so that one may be answered as it was before the last change.

Kept only while somebody plans stale reads. A change is what the world has moved on for, and what
reads differently then, request ids and signatures left aside.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.types import Message

KEEP: Final = 1_000
"""Calls whose answers one sandbox keeps; those asked longest ago are forgotten first."""
LARGEST: Final = 256 * 1024
"""Longer bodies are not kept."""
_FINE: Final = range(200, 300)
_READING: Final = frozenset(
    {
        *("find", "get", "list", "query", "search"),
        *("pricing", "quote", "quotes", "rate", "rates"),
        *("trace", "traces", "track"),
    }
)
"""Words in the names of endpoints that only look, whatever their method."""
_PASSING: Final = (
    rb"(?:\w*(?:request|trans|transaction|message|trace|correlation)_?(?:id|identifier|reference|time)"
    rb"|timestamp|msgid|nonce|digest|data_?digest|sign|signature|t)"
)
"""Fields that differ from call to call, though nothing changed."""
_IN_JSON: Final = re.compile(
    rb'("' + _PASSING + rb'"\s*:\s*)(?:"(?:[^"\\]|\\.)*"|[^\s,}\]]+)', re.IGNORECASE
)
_IN_XML: Final = re.compile(rb"(<" + _PASSING + rb">)[^<]*", re.IGNORECASE)
_IN_FORM: Final = re.compile(rb"(^|[&?])" + _PASSING + rb"=[^&]*", re.IGNORECASE)


def is_read(method: str, operation: str) -> bool:
    """Whether a call only looks, by its method or by its endpoint's name."""
    if method in ("GET", "HEAD"):
        return True
    words = operation.rpartition(".")[2].split("_")
    looks = words[0].startswith("get") or not _READING.isdisjoint(words)
    return looks and words[0] != "create"


def key_of(method: str, path: str, query: str, body: bytes) -> bytes:
    """The same for the same call; when it was made and how it is signed left aside."""
    asked = _IN_FORM.sub(rb"\1", query.encode("utf-8", "surrogateescape"))
    return b"\n".join((f"{method} {path}".encode("utf-8", "replace"), asked, _lasting(body)))


@dataclass(frozen=True, slots=True)
class Answer:
    """One as it was given."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Answer":
        """From what an application sent, which is at least the start."""
        start, *rest = messages
        body = b"".join(message.get("body", b"") for message in rest)
        return cls(start["status"], tuple(start["headers"]), body)

    def with_length(self) -> "Answer":
        """The same, with its length told if it has any."""
        if not self.body:
            return self
        others = tuple(pair for pair in self.headers if pair[0].lower() != b"content-length")
        length = (b"content-length", str(len(self.body)).encode())
        return Answer(self.status, (*others, length), self.body)

    @property
    def start(self) -> Message:
        return {
            "type": "http.response.start",
            "status": self.status,
            "headers": [*self.headers],
        }


@dataclass(slots=True)
class Reading:
    """What one call was answered last, at which length of the journal, and what before that."""

    length: int
    present: Answer
    before: Answer | None = None


@dataclass(slots=True)
class Readings:
    """The answers of one sandbox's reads."""

    kept: OrderedDict[bytes, Reading] = field(default_factory=OrderedDict)

    def older(self, key: bytes, answer: Answer, length: int) -> Answer | None:
        """Keep the answer; what the same call was answered before the last change, if it was made
        then. *length*: how much has happened in the world."""
        if answer.status not in _FINE or len(answer.body) > LARGEST:
            return None
        reading = self.kept.setdefault(key, Reading(length, answer))
        self.kept.move_to_end(key)
        moved_on = length != reading.length
        if moved_on and _lasting(answer.body) != _lasting(reading.present.body):
            reading.before = reading.present
        reading.length, reading.present = length, answer
        if len(self.kept) > KEEP:
            self.kept.popitem(last=False)
        return reading.before

    def forget(self) -> None:
        self.kept.clear()


def _lasting(body: bytes) -> bytes:
    """What a body says, without what differs from call to call."""
    body = _IN_JSON.sub(rb"\1", body)
    return _IN_FORM.sub(rb"\1", _IN_XML.sub(rb"\1", body))
