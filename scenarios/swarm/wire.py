"""The wire without a port: requests straight into the application, and webhooks straight out of it.

Nothing is left out but the sockets: bytes, headers, signatures and status codes are as a client has
them. One request is answered before the next one starts, so that a seed repeats itself.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp, Message, Scope

from mock_api.kernel.courier import Courier
from mock_api.kernel.line import Cut
from mock_api.kernel.messages import Attempt
from mock_api.kernel.messages import Message as Webhook
from mock_api.kernel.tally import Tally
from mock_api.settings import Delivery
from simulator.clock import Instant

Pairs = list[tuple[str, str]]
Hear = Callable[[Webhook], Awaitable[int | None]]
"""Takes a webhook; the status that it is answered with, or none in time."""
_HOST: Final = "seatrial"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes = b""


class Severed(Exception):
    """The connection was cut off, as a planned fault has it."""


class Broken(Exception):
    """The application raised instead of answering, or never finished its answer."""


async def send(app: ASGIApp, ask: Ask) -> Answer:
    """One request into *app*; Severed or Broken if there is no whole answer."""
    said: list[Message] = []
    told = [{"type": "http.request", "body": ask.content, "more_body": False}]

    async def receive() -> Message:
        return told.pop() if told else {"type": "http.disconnect"}

    async def hear(message: Message) -> None:
        said.append(message)

    try:
        await app(_scope(ask), receive, hear)
    except Cut:
        raise Severed(f"{ask.method} {ask.path}") from None
    except Exception as problem:
        raise Broken(f"{ask.method} {ask.path}: {type(problem).__name__}: {problem}") from problem
    if not said or said[0]["type"] != "http.response.start":
        raise Broken(f"{ask.method} {ask.path}: no answer")
    headers = {name.decode().lower(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], headers, b"".join(each.get("body", b"") for each in said[1:]))


def _scope(ask: Ask) -> Scope:
    lines = [("host", _HOST), ("content-length", str(len(ask.content))), *ask.headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": ask.method,
        "scheme": "http",
        "path": ask.path,
        "raw_path": ask.path.encode(),
        "root_path": "",
        "query_string": urlencode(ask.query).encode(),
        "headers": [(name.encode(), value.encode()) for name, value in lines],
        "client": ("127.0.0.1", 1),
        "server": (_HOST, 80),
    }


class ByHand(Courier):
    """Carries webhooks to whoever listens in this process, by the host of their address."""

    def __init__(self) -> None:
        super().__init__(Delivery(), Tally())
        self.ears: dict[str, Hear] = {}

    async def carry(self, message: Webhook, at: Instant) -> Attempt:
        host = urlsplit(message.url).hostname or ""
        hear = self.ears.get(host)
        if hear is None:
            return Attempt(at, None, f"nobody listens at {host}", 0.0)
        status = await hear(message)
        return Attempt(at, status, "" if status else "no answer in time", 0.0)
