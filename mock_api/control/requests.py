"""What the control API's endpoints share: how a request reaches its sandbox, strict bodies, and
the sandbox's clock on answers."""

from typing import Annotated, Final

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, field_validator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_api.kernel import request_lines, terms
from mock_api.kernel.durable.when_kept import WhenKept
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.tally import Tally
from mock_api.kernel.text import require_utf8
from mock_api.kernel.wall_clock import elapsed
from mock_api.settings import Limits

_DIALECT: Final = "control"


class Wish(BaseModel):
    """A request's body. Unknown fields are refused, so that a typing error never passes for a
    setting."""

    model_config = ConfigDict(extra="forbid")
    _travels = field_validator("*")(require_utf8)


async def _sandboxes(request: Request) -> Sandboxes:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    return sandboxes


async def _limits(request: Request) -> Limits:
    limits = request.app.state.limits
    assert isinstance(limits, Limits)
    return limits


SandboxesDep = Annotated[Sandboxes, Depends(_sandboxes)]
LimitsDep = Annotated[Limits, Depends(_limits)]


async def _sandbox(request: Request, sandboxes: SandboxesDep, sandbox_id: str) -> Sandbox:
    sandbox = sandboxes.get(sandbox_id)
    request.state.sandbox = sandbox
    return sandbox


SandboxDep = Annotated[Sandbox, Depends(_sandbox)]


class Stamped:
    """*app*, with the sandbox's clock on every answer about one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope["state"] = dict(scope.get("state", ()))
        out = WhenKept(send, lambda: state.get("sandbox"))

        async def said(message: Message) -> None:
            sandbox = state.get("sandbox")
            if sandbox and message["type"] == "http.response.start":
                if scope["method"] != "GET":  # who only looks agrees to nothing
                    terms.note(sandbox)
                clock = str(sandbox.world.now).encode()
                message["headers"] = [*message["headers"], (b"seatrial-clock", clock)]
            await out(message)

        await self._app(scope, receive, said)


class Counted:
    """*app*, whose answers are counted and told in the log as those of the dialects are."""

    def __init__(self, app: ASGIApp, tally: Tally) -> None:
        self._app = app
        self._tally = tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = elapsed(), 0

        async def said(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, said)
        finally:
            took_s = elapsed() - began
            self._tally.answered(_DIALECT, status, None, took_s)
            if request_lines.is_wanted():
                _write_line(scope, status, took_s)


def _write_line(scope: Scope, status: int, took_s: float) -> None:
    request_lines.write(
        scope["method"],
        scope["path"],
        scope["query_string"].decode("latin-1"),
        took_s,
        dialect=_DIALECT,
        operation=getattr(scope.get("route"), "name", ""),
        status=status,
        sandbox=scope.get("path_params", {}).get("sandbox_id", ""),
    )
