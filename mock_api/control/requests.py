"""What the control API's endpoints share: how a request reaches its sandbox, and strict bodies."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import Limits


class Wish(BaseModel):
    """A request's body. Unknown fields are refused, so that a typing error never passes for a
    setting."""

    model_config = ConfigDict(extra="forbid")


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


async def _sandbox(sandboxes: SandboxesDep, sandbox_id: str) -> Sandbox:
    return sandboxes.get(sandbox_id)


SandboxDep = Annotated[Sandbox, Depends(_sandbox)]
