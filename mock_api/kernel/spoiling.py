"""What is done to a call on purpose: decided here for every dialect, behind its gates.

What befalls a call before its command takes effect is answered at the gate. What befalls its answer
happens outside the exchange log, when the answer is whole and what took effect is on record.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from fastapi import Response
from fastapi.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send

from mock_api.kernel.exchanges import Exchange
from mock_api.kernel.faults import (
    IN_DIALECTS_WORDS,
    OF_ANY_DIALECT,
    Call,
    Fault,
    Faults,
    Plan,
    Then,
    What,
)
from mock_api.kernel.line import Line
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.stale import Answer, is_read, key_of

_PIECES: Final = 10
"""Into which a slow body is divided."""
_IN_WORDS: Final = IN_DIALECTS_WORDS | {What.REFUSED}
_BY_AN_INTERMEDIARY: Final = {
    What.BAD_GATEWAY: HTTPStatus.BAD_GATEWAY,
    What.GATEWAY_TIMEOUT: HTTPStatus.GATEWAY_TIMEOUT,
}
_PAGE: Final = (
    "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
    "<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
)
_CLOCK: Final = b"seatrial-clock"


def befall(
    exchange: Exchange,
    call: Call,
    in_words: Callable[[Plan], Exception],
    among: frozenset[What] = OF_ANY_DIALECT,
) -> Response | None:
    """Let what is planned for that call happen to it: the answer in place of the endpoint's, or
    none. Raises what *in_words* makes of a failure that the dialect has words for."""
    sandbox = exchange.sandbox
    assert sandbox
    spoiling = Spoiling(exchange, sandbox, sandbox.world.journal.length)
    for fault in sandbox.faults.of_call(call, sandbox.world.now, among):
        spoiling.take(fault)
    if not spoiling.is_idle:
        exchange.spoiling = spoiling
    if spoiling.fault is None:
        return None
    plan = spoiling.fault.plan
    if plan.what in _IN_WORDS:
        raise in_words(plan)
    if plan.what in _BY_AN_INTERMEDIARY:
        return _page(_BY_AN_INTERMEDIARY[plan.what])
    return _Unsaid() if plan.what is What.CONNECTION_RESET else None


class _Unsaid(Response):
    """No answer: the endpoint is not asked, and nothing is sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        pass


def _page(status: HTTPStatus) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=f"{status} {status.phrase}"), status)


@dataclass(slots=True)
class Spoiling:
    """What is in store for one answer, which is held back until it is whole."""

    exchange: Exchange
    sandbox: Sandbox
    length: int
    """Of the journal, when the call was let in."""
    delay_ms: int = 0
    fault: Fault | None = None
    """What befalls it, besides being late or stale."""
    stale: list[Fault] = field(default_factory=list)
    """Those that befall it, if there is an older answer."""
    held: list[Message] = field(default_factory=list)

    def take(self, fault: Fault) -> None:
        """That one befalls the call."""
        if fault.plan.what is What.STALE_READ:
            self.stale.append(fault)
            return
        self.exchange.faults += (fault.plan.what,)
        if fault.plan.what is What.LATENCY:
            self.delay_ms += self.sandbox.faults.delay(fault)
        else:
            self.fault = fault

    @property
    def is_idle(self) -> bool:
        """Nothing is in store."""
        return not (self.delay_ms or self.fault or self.stale)

    def hold(self, message: Message) -> None:
        """In place of sending it."""
        self.held.append(message)

    async def release(self, send: Send, receive: Receive) -> None:
        """Send what was held back, or do to it what is in store. Cut, if the connection is to be
        cut off and there is none."""
        line = Line(send, receive)
        answer = Answer.of(self.held) if self.held else None
        fault = self.fault
        if answer and self.stale and not (fault and fault.plan.what is What.LOST_ANSWER):
            answer = self._older(answer) or answer
        await line.wait(self.delay_ms)
        if fault and fault.plan.what is What.CONNECTION_RESET:
            await line.reset()
        elif answer is None:
            return  # the application failed without a word, and the server says so
        elif fault and fault.plan.what in _SPOILING:
            await _SPOILING[fault.plan.what](fault, self.sandbox.faults, answer, line)
        else:
            await send(answer.start)
            await send(_part(answer.body))

    def _older(self, answer: Answer) -> Answer | None:
        """What the same call was answered before the last change, if a stale read befalls it."""
        exchange, world, faults = self.exchange, self.sandbox.world, self.sandbox.faults
        heard, length = bytes(exchange.request), world.journal.length
        looks = is_read(exchange.method, exchange.operation) and length == self.length
        if not looks or len(heard) < exchange.request_bytes:
            return None
        key = key_of(exchange.method, exchange.path, exchange.query, heard)
        older = faults.readings.older(key, answer, length)
        if older is None or not any(faults.befalls(fault, world.now) for fault in self.stale):
            return None
        exchange.faults += (What.STALE_READ,)
        exchange.answer_is(older.status, older.body)
        clock = tuple(pair for pair in answer.headers if pair[0] == _CLOCK)
        others = tuple(pair for pair in older.headers if pair[0] != _CLOCK)
        return Answer(older.status, others + clock, older.body)


def _part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _lose(fault: Fault, faults: Faults, _: Answer, line: Line) -> None:
    await line.wait(faults.delay(fault))
    if fault.plan.then is Then.RESET:
        await line.reset()
        return
    page = _page(HTTPStatus.GATEWAY_TIMEOUT)
    told = Answer(page.status_code, tuple(page.raw_headers), bytes(page.body))
    await line.send(told.start)
    await line.send(_part(told.body))


async def _truncate(fault: Fault, faults: Faults, answer: Answer, line: Line) -> None:
    kept = int(len(answer.body) * fault.plan.share)
    faults.withhold(fault, len(answer.body) - kept)
    await line.send(answer.with_length().start)
    await line.send(_part(answer.body[:kept], more=True))
    await line.hang_up()


async def _dribble(fault: Fault, faults: Faults, answer: Answer, line: Line) -> None:
    pause = faults.delay(fault) // _PIECES
    size = max(1, -(-len(answer.body) // _PIECES))
    await line.send(answer.with_length().start)
    for at in range(0, len(answer.body), size):
        await line.wait(pause)
        await line.send(_part(answer.body[at : at + size], more=True))
    await line.send(_part(b""))


_SPOILING: Final = {
    What.LOST_ANSWER: _lose,
    What.TRUNCATED_BODY: _truncate,
    What.SLOW_BODY: _dribble,
}
