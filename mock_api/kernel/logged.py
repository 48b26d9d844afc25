"""The layer that writes the exchange log: a pure ASGI layer in front of the dialects.

It also counts what is under way (an advance in ``drain`` waits for quiet), and stamps every answer
with the sandbox's clock.
"""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_api.kernel import request_lines
from mock_api.kernel.durable.when_kept import WhenKept
from mock_api.kernel.exchanges import SCOPE_KEY, Exchange, ExchangeLog, exchange_of
from mock_api.kernel.safe_headers import NOSNIFF
from mock_api.kernel.tally import Tally
from mock_api.kernel.wall_clock import elapsed

_TOO_MANY: Final = 429
_USUAL_WAIT_S: Final = 1.0
"""After a 429 that does not say how long."""


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


def _asked_to_wait_s(exchange: Exchange) -> float:
    """How long a well-behaved client now waits in real time: a drain waits with it."""
    if exchange.status != _TOO_MANY:
        return 0.0
    return float(exchange.retry_after) if exchange.retry_after.isdigit() else _USUAL_WAIT_S
