"""The connection below a call, for what ASGI has no message for: waiting while somebody is there to
hear, and cutting it off.

Behind uvicorn that is the transport of the request; in process there is none, and the caller sees
``Cut`` raised.
"""

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Any, Final

from starlette.types import Receive, Send

from mock_api.kernel.bounded import BodyTooLarge

_AT_ONCE: Final = struct.pack("ii", 1, 0)
"""Linger for no second: what closes then is reset, and unsent bytes are dropped."""
_GONE: Final = "http.disconnect"


class Cut(ConnectionResetError):
    """The connection of a call is cut off on purpose, where there is no socket to do it to."""

    def __init__(self, waited_s: float, *, in_body: bool) -> None:
        super().__init__("the connection was cut off, as a planned fault has it")
        self.waited_s = waited_s
        """Of real time, before that."""
        self.in_body = in_body
        """Some of the answer was sent."""


class Line:
    """The connection of one call, after its application has done its part."""

    def __init__(self, send: Send, receive: Receive) -> None:
        self.send = send
        self._receive = receive
        self._waited_ms = 0

    async def wait(self, ms: int) -> None:
        """So long in real time, or until the client has gone."""
        if ms:
            self._waited_ms += ms
            with suppress(TimeoutError):
                await asyncio.wait_for(self._until_gone(), ms / 1000)

    async def reset(self) -> None:
        """TCP's reset; what was not sent is never sent."""
        transport = self._transport()
        sock = transport.get_extra_info("socket")
        with suppress(OSError):  # it is no TCP socket, or the client was faster
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        transport.abort()
        await self._until_gone()

    async def hang_up(self) -> None:
        """Closed after what was sent."""
        self._transport(in_body=True).close()
        await self._until_gone()

    def _transport(self, *, in_body: bool = False) -> Any:
        """uvicorn's ``send`` is a method of the request's cycle, which holds its transport."""
        transport = getattr(getattr(self.send, "__self__", None), "transport", None)
        if transport is None:
            raise Cut(self._waited_ms / 1000, in_body=in_body)
        return transport

    async def _until_gone(self) -> None:
        """Until the server knows that nobody is there any more; it is silent about it then."""
        heard = ""
        while heard != _GONE:
            with suppress(BodyTooLarge):  # nobody reads it
                heard = (await self._receive())["type"]
