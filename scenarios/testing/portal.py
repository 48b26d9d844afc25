"""A server without a port: its application on an event loop of its own, behind a plain transport.

Whoever calls may be synchronous or not; the application notices nothing of it.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp

from mock_api.kernel.line import Cut

_BASE: Final = "http://seatrial"


class InProcess(httpx.BaseTransport):
    """Sends requests straight into an application, from any thread."""

    def __init__(self, portal: BlockingPortal, app: ASGIApp) -> None:
        self._portal = portal
        self._asgi = httpx.ASGITransport(app=app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        content = request.read()
        try:
            return self._portal.call(self._send, request, content)
        except Cut as cut:
            raise _as_httpx_sees(cut, request) from None

    def wait_for(self, what: Callable[[], Awaitable[object]]) -> None:
        """Have the application's loop do that."""
        self._portal.call(what)

    async def _send(self, request: httpx.Request, content: bytes) -> httpx.Response:
        inner = httpx.Request(request.method, request.url, headers=request.headers, content=content)
        answer = await self._asgi.handle_async_request(inner)
        body = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)


def _as_httpx_sees(cut: Cut, request: httpx.Request) -> httpx.TransportError:
    """What a client of httpx's hears of it over a socket; one that waits no longer than it was kept
    waiting has given up before."""
    patience = request.extensions.get("timeout", {}).get("read")
    if patience is not None and patience < cut.waited_s:
        return httpx.ReadTimeout("no answer came in time", request=request)
    if cut.in_body:
        return httpx.RemoteProtocolError("the body is not complete", request=request)
    return httpx.ReadError(str(cut), request=request)


@contextmanager
def in_process(app: ASGIApp) -> Iterator[InProcess]:
    """A way into *app*, open until the block ends."""
    with start_blocking_portal("asyncio") as portal:
        yield InProcess(portal, app)


def client_of(transport: InProcess) -> httpx.Client:
    """A client whose requests go that way."""
    return httpx.Client(transport=transport, base_url=_BASE)
