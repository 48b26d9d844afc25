"""Answers leave once what they tell of is on disk; if it cannot be written, they say so instead."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.types import Message, Send

from mock_api.kernel.durable.refusals import NotKept

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

_AGAIN_IN: Final = b"5"
"""Seconds."""


class WhenKept:
    """*send*, for answers about a sandbox that is kept."""

    def __init__(self, send: Send, whose: Callable[[], "Sandbox | None"]) -> None:
        self._send = send
        self._whose = whose
        self._is_refused = False

    async def __call__(self, message: Message) -> None:
        sandbox = self._whose()
        if self._is_refused:
            return
        try:
            if sandbox:
                await sandbox.committed()
        except NotKept as problem:
            if message["type"] != "http.response.start":
                raise  # half of the answer is out: the connection ends here
            self._is_refused = True
            await self._refuse(problem)
            return
        await self._send(message)

    async def _refuse(self, problem: NotKept) -> None:
        told = {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": HTTPStatus.SERVICE_UNAVAILABLE,
            "detail": f"{problem}. What was acknowledged before is kept; this call is not"
            " acknowledged",
        }
        headers = [(b"content-type", b"application/problem+json"), (b"retry-after", _AGAIN_IN)]
        start = {"type": "http.response.start", "status": told["status"], "headers": headers}
        await self._send(start)
        await self._send({"type": "http.response.body", "body": json.dumps(told).encode()})
