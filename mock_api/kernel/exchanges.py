"""The exchange log: every request with its answer, as the wire had them, in a ring."""

import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from starlette.types import Message, Receive, Scope, Send

from mock_api.kernel.masking import HIDDEN, Mask, is_secret_header
from mock_api.kernel.spill import Spill
from mock_api.limits import Limits

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

SCOPE_KEY: Final = "seatrial.exchange"
_GZIP: Final = b"\x1f\x8b"
_UNPACKED_AT_MOST: Final = 1 << 20
_KEPT_OF_ANOTHER: Final = 1 << 16
_TOO_MANY: Final = 429


class Spoiled(Protocol):
    """What is done on purpose to an answer that is logged: it is held back, then released."""

    def hold(self, message: Message) -> None: ...
    async def release(self, send: Send, receive: Receive) -> None: ...


@dataclass(slots=True)
class Exchange:
    """One request and its answer; bodies are cut at the log's limit."""

    method: str
    path: str
    query: str
    headers: list[tuple[bytes, bytes]]
    began: float
    request: bytearray = field(default_factory=bytearray)
    request_bytes: int = 0
    answer: bytearray = field(default_factory=bytearray)
    answer_bytes: int = 0
    status: int = 0
    took_s: float = 0.0
    n: int = 0
    at: int = 0
    """Virtual time at which the request was let in."""
    dialect: str = "seller_center"
    """Whose application answers; paths that nobody claims are the seller center's."""
    operation: str = ""
    code: int | None = None
    """The dialect's own code, where its answers have one."""
    retry_after: str = ""
    """How long the answer asked to wait."""
    sandbox: "Sandbox | None" = None
    simulated: bool = True
    """Whether the operation is one that this server plays; a known one that it does not play is
    refused, and flagged."""
    diagnosis: dict[str, Any] | None = None
    """Why a signature did not match, and what would have."""
    faults: tuple[str, ...] = ()
    """What was done to it on purpose."""
    spoiling: Spoiled | None = None
    """In whose hands the answer is, while a planned fault is at it."""

    @property
    def kept_bytes(self) -> int:
        """What of its bodies is kept."""
        return len(self.request) + len(self.answer)

    def belongs_to(self, sandbox: "Sandbox") -> None:
        """From here on it is this sandbox's traffic."""
        if self.sandbox is sandbox:
            return
        assert self.sandbox is None
        self.sandbox = sandbox
        self.at = sandbox.world.now
        sandbox.traffic.began()

    def answer_is(self, status: int, body: bytes) -> None:
        """Another one than the dialect gave."""
        self.status, self.answer_bytes = status, len(body)
        self.answer[:] = body[:_KEPT_OF_ANOTHER]

    def shown(self, mask: Mask) -> dict[str, Any]:
        """For people and for checks, without secrets."""
        return {
            "n": self.n,
            "at": self.at,
            "method": self.method,
            "path": mask.text(self.path),
            "query": mask.text(self.query),
            "operation": self.operation,
            "headers": {
                name.decode("latin-1"): HIDDEN
                if is_secret_header(name)
                else mask.text(value.decode("latin-1"))
                for name, value in self.headers
            },
            "request": mask.text(_shown(self.request, self.request_bytes)),
            "status": self.status,
            "code": self.code,
            "answer": mask.text(_shown(self.answer, self.answer_bytes)),
            "began_s": round(self.began, 6),
            "took_ms": round(self.took_s * 1000, 3),
            "retry_after": self.retry_after,
            "simulated": self.simulated,
            "diagnosis": mask.diagnosis(self.diagnosis),
            "faults": self.faults,
        }


def _shown(kept: bytearray, whole: int) -> str:
    text = _unpacked(kept).decode("utf-8", "replace")
    return text if len(kept) == whole else f"{text}… ({whole} bytes)"


def _unpacked(kept: bytearray) -> bytes | bytearray:
    """What a compressed body says, as far as it was kept: the log is for reading."""
    if not kept.startswith(_GZIP):
        return kept
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(kept, _UNPACKED_AT_MOST)
    except zlib.error:
        return kept


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much of its traffic a sandbox remembers."""

    keep: int
    """Exchanges in memory."""
    spill: bool = False
    """Whether those that leave memory go to disk; if not, they are gone."""


class ExchangeLog:
    """The last exchanges of one sandbox, or those that found none."""

    def __init__(self, keeping: Keeping, limits: Limits, mask: Callable[[], Mask] = Mask) -> None:
        """*mask*: what hides the secrets of whose exchanges they are."""
        self._mask = mask
        self._ring: deque[Exchange] = deque()
        self._most_bytes = limits.exchange_bytes
        self._bytes = 0
        self._spill_bytes = limits.spill_bytes
        self._spill: Spill | None = None
        self.count = 0
        self.throttled = 0
        """Of all, those that were too many."""
        self.not_simulated = 0
        """Of all, calls of operations that this server knows and does not play."""
        self.keep_so(keeping)

    def add(self, exchange: Exchange) -> None:
        self.count += 1
        self.throttled += exchange.status == _TOO_MANY
        self.not_simulated += not exchange.simulated
        exchange.n = self.count
        self._ring.append(exchange)
        self._bytes += exchange.kept_bytes
        self._let_go()

    def keep_so(self, keeping: Keeping) -> None:
        """From now on. What is on disk goes, if nothing shall be there."""
        self.keeping = keeping
        if not keeping.spill:
            self.close()
        elif self._spill is None:
            self._spill = Spill(self._spill_bytes)
        self._let_go()

    def after(self, n: int) -> Iterator[Exchange]:
        """Those with a higher number that are still in memory, oldest first."""
        return (exchange for exchange in self._ring if exchange.n > n)

    def rows(self, n: int) -> Iterator[dict[str, Any]]:
        """Those with a higher number, on disk and in memory, oldest first, as they are shown."""
        if self._spill:
            yield from self._spill.after(n)
        mask = self._mask()
        for exchange in self.after(n):
            yield exchange.shown(mask)

    @property
    def on_disk(self) -> int:
        """How many exchanges are there."""
        return self._spill.count if self._spill else 0

    @property
    def in_memory(self) -> int:
        return len(self._ring)

    def close(self) -> None:
        """What is on disk is gone."""
        if self._spill:
            self._spill.close()
            self._spill = None

    def _let_go(self) -> None:
        ring, keep = self._ring, self.keeping.keep
        while len(ring) > keep or (self._bytes > self._most_bytes and len(ring) > 1):
            oldest = ring.popleft()
            self._bytes -= oldest.kept_bytes
            if self._spill:
                self._spill.put(oldest.n, oldest.shown(self._mask()))


def exchange_of(scope: Scope) -> Exchange:
    """The exchange that a request belongs to."""
    exchange = scope[SCOPE_KEY]
    assert isinstance(exchange, Exchange)
    return exchange
