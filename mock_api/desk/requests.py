"""What the desk's endpoints share: the token that leads to a sandbox, strict bodies, pages."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Any, Final, Protocol, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from mock_api.kernel.exchanges import exchange_of
from mock_api.kernel.faults import Call, Plan, What
from mock_api.kernel.gates import gated_route
from mock_api.kernel.problems import Problem
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.spoiling import befall
from mock_api.settings import Limits

_SANDBOX: Final = "seatrial.desk.sandbox"
_SCHEME: Final = "bearer "

After = Annotated[str, Query(max_length=40)]
"""The id of the last one of the page before."""
Limit = Annotated[int, Query(ge=1, le=1_000)]
USUAL: Final = 100


class Filed(Protocol):
    """Something about an order, under an id that is higher than those filed before."""

    @property
    def id(self) -> str: ...
    @property
    def order_id(self) -> str: ...


Kept = TypeVar("Kept", bound=Filed)


class Page:
    """Which of a list's rows are asked for; oldest first."""

    def __init__(self, order_id: str = "", after: After = "", limit: Limit = USUAL) -> None:
        self._order_id = order_id
        self._after = after
        self._limit = limit

    def of(self, every: Iterable[Kept]) -> list[Kept]:
        right = (
            each
            for each in every
            if each.id > self._after and self._order_id in ("", each.order_id)
        )
        return list(islice(right, self._limit))


PageDep = Annotated[Page, Depends()]


class Rows(BaseModel):
    """A page's rows are in the field of its own class."""

    next: str
    """Ask with ``after`` this for the next page; empty on an empty one."""


class Wish(BaseModel):
    """A request's body. Unknown fields are refused, so that a typing error never passes for a
    setting."""

    model_config = ConfigDict(extra="forbid")


async def known_token(request: Request, endpoint: Callable[..., Any]) -> None:
    """The gate: the sandbox's access token, in either of two headers."""
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    value = _token_in(request)
    sandbox = sandboxes.with_access_token(value)
    if sandbox is None:
        raise _refused("no sandbox has this access token" if value else "an access token is needed")
    exchange = exchange_of(request.scope)
    exchange.belongs_to(sandbox)
    exchange.operation = endpoint.__name__
    token = sandbox.grants.access[value]
    if token.revoked or token.expires_at <= sandbox.world.now:
        raise _refused("the access token is revoked, or has expired")
    request.scope[_SANDBOX] = sandbox


async def planned_fault(request: Request, endpoint: Callable[..., Any]) -> Response | None:
    """The desk fails on purpose, where somebody planned it."""
    sandbox: Sandbox = request.scope[_SANDBOX]
    if not sandbox.faults.planned:
        return None
    given = (*request.path_params.values(), request.query_params.get("order_id", ""))
    call = Call("desk", endpoint.__name__, frozenset(map(str, given)))
    return befall(exchange_of(request.scope), call, _failure)


def _failure(plan: Plan) -> Problem:
    status, detail = _FAILURES[plan.what]
    problem = Problem(status, detail)
    problem.retry_after = plan.retry_after
    return problem


_FAILURES: Final = {
    What.THROTTLED: (HTTPStatus.TOO_MANY_REQUESTS, "too many requests"),
    What.OVERLOADED: (HTTPStatus.SERVICE_UNAVAILABLE, "the desk is overloaded"),
    What.INTERNAL_ERROR: (HTTPStatus.INTERNAL_SERVER_ERROR, "the desk failed"),
}

AtTheDesk: Final = gated_route([known_token, planned_fault])
"""The route class of every endpoint: the token is looked at before the body is."""


async def _sandbox(request: Request) -> Sandbox:
    sandbox = request.scope[_SANDBOX]
    assert isinstance(sandbox, Sandbox)
    return sandbox


async def _limits(request: Request) -> Limits:
    limits = request.app.state.limits
    assert isinstance(limits, Limits)
    return limits


SandboxDep = Annotated[Sandbox, Depends(_sandbox)]
LimitsDep = Annotated[Limits, Depends(_limits)]


def _token_in(request: Request) -> str:
    """The platform's own header first; ``Authorization: Bearer`` else."""
    own = request.headers.get("x-tts-access-token", "")
    given = request.headers.get("authorization", "")
    bearer = given[len(_SCHEME) :].strip() if given.lower().startswith(_SCHEME) else ""
    return own or bearer


def _refused(detail: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, detail)
