"""How a server ends: what is under way may finish, within a bound; what never ends is ended."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_api.kernel.wall_clock import elapsed

_WITHOUT_END: Final = b"text/event-stream"
Task = asyncio.Task[Any]


class Stopping:
    """What is open, and until when it may be."""

    def __init__(self, within_s: float, halt: Callable[[], None]) -> None:
        """*halt*: told when it begins, so that clocks go no further and no new webhook leaves."""
        self._within_s = within_s
        self._halt = halt
        self._ends_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._open: dict[int, tuple[Task, Scope]] = {}
        self._streams: set[Task] = set()
        self._ended: set[Task] = set()
        self.has_begun = False
        self.cut_off: list[str] = []
        """What did not finish within the bound, in words."""

    def begin(self) -> None:
        """From now on the bound runs. Once is enough; more often does no harm."""
        if self.has_begun:
            return
        self.has_begun = True
        self._ends_at = elapsed() + self._within_s
        self._halt()
        for stream in self._streams:
            self._end(stream)
        self._timer = asyncio.get_running_loop().call_later(self._within_s, self._cut)

    def remaining_s(self) -> float:
        """Until the bound."""
        return max(0.0, self._ends_at - elapsed())

    def over(self) -> None:
        """Nothing is open any more."""
        if self._timer:
            self._timer.cancel()

    def opened(self, task: Task, scope: Scope) -> None:
        """A request has come in, and *task* answers it."""
        self._open[id(scope)] = (task, scope)

    def closed(self, scope: Scope) -> None:
        """It is answered."""
        task, _ = self._open.pop(id(scope))
        self._ended.discard(task)

    def never_ends(self, task: Task) -> None:
        """What *task* answers goes on until the caller leaves, or the server stops."""
        self._streams.add(task)
        if self.has_begun:
            self._end(task)

    def has_ended(self, task: Task) -> bool:
        """Whether *task* was cancelled here, and by nobody else. It goes on from there."""
        if task not in self._ended:
            return False
        task.uncancel()
        self._streams.discard(task)
        return True

    def left(self, task: Task) -> None:
        """The caller of what never ends has left."""
        self._streams.discard(task)

    def _end(self, task: Task) -> None:
        self._ended.add(task)
        task.cancel()

    def _cut(self) -> None:
        for task, scope in list(self._open.values()):
            self.cut_off.append(f"{scope['method']} {scope['path']}")
            self._end(task)


class EndingStreams:
    """*app*, whose answers without an end (server-sent events) end when the server stops."""

    def __init__(self, app: ASGIApp, stopping: Stopping) -> None:
        self._app = app
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        stopping, task = self._stopping, asyncio.current_task()
        assert task is not None
        is_stream = False

        async def said(message: Message) -> None:
            nonlocal is_stream
            await send(message)
            if message["type"] == "http.response.start" and _never_ends(message):
                is_stream = True
                stopping.never_ends(task)

        try:
            await self._app(scope, receive, said)
        except asyncio.CancelledError:
            if not is_stream or not stopping.has_ended(task):
                raise
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            stopping.left(task)


def _never_ends(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(_WITHOUT_END)
        for name, value in message["headers"]
    )
