"""The exchange log: every request with its answer, as the wire had them, in a ring.

A pure ASGI layer in front of the dialects. It also counts what is under way (an advance in
``drain`` waits for quiet), and stamps every answer with the sandbox's clock.
"""

import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_api.kernel import request_lines
from mock_api.kernel.durable.when_kept import WhenKept
from mock_api.kernel.masking import HIDDEN, Mask, is_secret_header
from mock_api.kernel.safe_headers import NOSNIFF
from mock_api.kernel.spill import Spill
from mock_api.kernel.tally import Tally
from mock_api.kernel.wall_clock import elapsed
from mock_api.limits import Limits

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

SCOPE_KEY: Final = "seatrial.exchange"
_GZIP: Final = b"\x1f\x8b"
_UNPACKED_AT_MOST: Final = 1 << 20
_KEPT_OF_ANOTHER: Final = 1 << 16
_TOO_MANY: Final = 429
_USUAL_WAIT_S: Final = 1.0
"""After a 429 that does not say how long."""


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


class Traffic:
    """What is under way in one sandbox, and how long it has been quiet."""

    def __init__(self) -> None:
        self.under_way = 0
        self.told_at = 0.0
        """When the latest webhook was answered."""
        self._last = elapsed()

    def began(self) -> None:
        self.under_way += 1

    def ended(self, asked_to_wait_s: float = 0.0) -> None:
        """One call was answered; who was asked to come again later is still expected."""
        self.under_way -= 1
        self._last = max(self._last, elapsed() + asked_to_wait_s)

    def stirred(self) -> None:
        """The integration was told something: its calls are still to come."""
        self.told_at = elapsed()
        self._last = max(self._last, self.told_at)

    def quiet_for(self) -> float:
        """Seconds since the last call was answered, or the last webhook; zero while one is under
        way."""
        return 0.0 if self.under_way else elapsed() - self._last


def _asked_to_wait_s(exchange: Exchange) -> float:
    """How long a well-behaved client now waits in real time: a drain waits with it."""
    if exchange.status != _TOO_MANY:
        return 0.0
    return float(exchange.retry_after) if exchange.retry_after.isdigit() else _USUAL_WAIT_S


def exchange_of(scope: Scope) -> Exchange:
    """The exchange that a request belongs to."""
    exchange = scope[SCOPE_KEY]
    assert isinstance(exchange, Exchange)
    return exchange


class Logged:
    """The layer itself: *app* behind an exchange log."""

    def __init__(
        self,
        app: ASGIApp,
        strays: ExchangeLog,
        keep_body_bytes: int,
        tally: Tally,
        *,
        keeps: bool = False,
    ) -> None:
        """*keeps*: sandboxes are kept on disk, and answers wait for it."""
        self._app = app
        self._keeps = keeps
        self._strays = strays
        self._keep = keep_body_bytes
        self._tally = tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(
            scope["method"],
            scope["path"],
            scope["query_string"].decode("latin-1"),
            scope["headers"],
            elapsed(),
        )
        scope[SCOPE_KEY] = exchange
        if self._keeps:
            send = WhenKept(send, lambda: exchange.sandbox)
        try:
            await self._app(scope, self._heard(exchange, receive), self._said(exchange, send))
        finally:
            if exchange.spoiling:
                await self._released(exchange, receive, send)
            else:
                self._file(exchange)

    async def _released(self, exchange: Exchange, receive: Receive, send: Send) -> None:
        """Until a planned fault is done with the answer, the call is under way."""
        spoiling, exchange.spoiling = exchange.spoiling, None
        assert spoiling
        try:
            await spoiling.release(send, receive)
        finally:
            self._file(exchange)
            if exchange.sandbox:
                exchange.sandbox.keep_soon()  # nothing may have been sent that waited for it

    def _heard(self, exchange: Exchange, receive: Receive) -> Receive:
        keep = self._keep

        async def heard() -> Message:
            message = await receive()
            body = message.get("body", b"")
            if body:
                exchange.request_bytes += len(body)
                exchange.request += body[: max(0, keep - len(exchange.request))]
            return message

        return heard

    def _said(self, exchange: Exchange, send: Send) -> Send:
        keep = self._keep

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                if exchange.status == _TOO_MANY:
                    exchange.retry_after = (
                        dict(message["headers"]).get(b"retry-after", b"").decode()
                    )
                added = [NOSNIFF]
                if exchange.sandbox:
                    clock = str(exchange.sandbox.world.now).encode()
                    added.append((b"seatrial-clock", clock))
                message["headers"] = [*message["headers"], *added]
            else:
                body = message.get("body", b"")
                exchange.answer_bytes += len(body)
                exchange.answer += body[: max(0, keep - len(exchange.answer))]
            if exchange.spoiling:
                exchange.spoiling.hold(message)
            else:
                await send(message)

        return said

    def _file(self, exchange: Exchange) -> None:
        exchange.took_s = elapsed() - exchange.began
        if exchange.sandbox:
            exchange.sandbox.traffic.ended(_asked_to_wait_s(exchange))
            exchange.sandbox.exchanges.add(exchange)
        else:
            self._strays.add(exchange)
        self._tally.answered(exchange.dialect, exchange.status, exchange.code, exchange.took_s)
        if request_lines.is_wanted():
            _write_line(exchange)


def _write_line(exchange: Exchange) -> None:
    request_lines.write(
        exchange.method,
        exchange.path,
        exchange.query,
        exchange.took_s,
        dialect=exchange.dialect,
        operation=exchange.operation,
        status=exchange.status,
        code=exchange.code,
        sandbox=exchange.sandbox.id if exchange.sandbox else "",
    )


class Named:
    """*app*, whose exchanges are that dialect's."""

    def __init__(self, dialect: str, app: ASGIApp) -> None:
        self._dialect = dialect
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if SCOPE_KEY in scope:
            exchange_of(scope).dialect = self._dialect
        await self._app(scope, receive, send)
