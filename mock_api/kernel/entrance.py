"""The outermost layer: lets requests in while the server is ready, and knows which are open.

It costs a request an attribute that is looked at, and an entry in a dict.
"""

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_api.kernel.problems import problem_answer
from mock_api.kernel.readiness import Phase, Readiness
from mock_api.kernel.stopping import Stopping

_SOON_S: Final = "1"
_WHY: Final = {
    Phase.RECOVERING: "the server recovers its sandboxes: come again in a moment",
    Phase.STOPPING: "the server is stopping",
    Phase.FAILED: "the server could not recover its sandboxes",
}


class Entrance:
    """*app* behind the door. *health* is the path that tells why it is shut."""

    def __init__(self, app: ASGIApp, readiness: Readiness, stopping: Stopping, health: str) -> None:
        self._app = app
        self._readiness = readiness
        self._stopping = stopping
        self._health = health

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._readiness.is_ready:
            await self._refusal(scope["path"])(scope, receive, send)
            return
        task = asyncio.current_task()
        assert task is not None
        self._stopping.opened(task, scope)
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            if not self._stopping.has_ended(task):
                raise
            await _cut_off(scope, receive, send)
        except Exception as problem:
            problem.add_note(f"while answering {scope['method']} {scope['path']!a}")
            raise
        finally:
            self._stopping.closed(scope)

    def _refusal(self, path: str) -> Response:
        readiness = self._readiness
        if path == self._health:
            return JSONResponse(readiness.shown(), HTTPStatus.SERVICE_UNAVAILABLE)
        why = ": ".join(filter(None, (_WHY[readiness.phase], readiness.failure)))
        answer = problem_answer(HTTPStatus.SERVICE_UNAVAILABLE, why)
        answer.headers["Retry-After"] = _SOON_S
        return answer


async def _cut_off(scope: Scope, receive: Receive, send: Send) -> None:
    """Say so, unless the answer had begun: then it stays without its end."""
    answer = problem_answer(
        HTTPStatus.SERVICE_UNAVAILABLE, "the server stopped before this call was answered"
    )
    try:
        await answer(scope, receive, send)
    except RuntimeError:  # whoever serves us refuses a second beginning
        raise asyncio.CancelledError from None
