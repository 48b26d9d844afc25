"""The gates in front of a carrier's endpoints, the same for all; each dialect brings its words.

The caller comes first, then the sandbox's allow list, the carrier's rate, planned faults, and only
then does anybody parse the request (the order is ours: no carrier documents one).
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from mock_api.kernel.exchanges import exchange_of
from mock_api.kernel.faults import Call, Plan, What
from mock_api.kernel.gates import gated_route
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.spoiling import befall

_SANDBOX: Final = "seatrial.sandbox"

Identify = Callable[[Request], Awaitable[Sandbox]]
"""Finds the sandbox of a request by its credentials, or raises the dialect's refusal."""
Names = Callable[[Request], Awaitable[Collection[str]]]
"""Which orders or tracking numbers a request is about."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a dialect says what may befall any call; each builds an exception to raise."""

    throttled: Callable[[int | None], Exception]
    """Too many requests; told after how many seconds to come again, if that is said."""
    overloaded: Callable[[], Exception]
    internal_error: Callable[[], Exception]
    """The carrier failed, before anything took effect."""
    forbidden: Callable[[], Exception]
    """The caller's address is not on the sandbox's allow list."""


async def _in_the_path(request: Request) -> Collection[str]:
    return [str(value) for value in request.path_params.values()]


def carrier_route(
    dialect: str,
    identify: Identify,
    words: Words,
    *,
    per_second: int = 0,
    names: Names = _in_the_path,
) -> type[APIRoute]:
    """A route class for a dialect's routers. *per_second*: so many calls of the dialect an account
    may make, on the wall clock; 0: as many as come. *names* is asked only while faults are planned.
    In the exchange log and in planned faults, an endpoint is ``{dialect}.{its name}``."""

    gates = _Gates(dialect, identify, words, per_second, names)
    return gated_route(
        (gates.identified, gates.allowed_address, gates.within_rate, gates.planned_fault)
    )


@dataclass(frozen=True, slots=True)
class _Gates:
    dialect: str
    identify: Identify
    words: Words
    per_second: int
    names: Names

    async def identified(self, request: Request, endpoint: Callable[..., Any]) -> None:
        exchange_of(request.scope).operation = self._operation(endpoint)
        sandbox = await self.identify(request)
        seen_by(request, sandbox)
        request.scope[_SANDBOX] = sandbox

    async def allowed_address(self, request: Request, _: Callable[..., Any]) -> None:
        host = request.client.host if request.client else ""
        if not sandbox_of(request).doors.lets_from(host):
            raise self.words.forbidden()

    async def within_rate(self, request: Request, endpoint: Callable[..., Any]) -> None:
        doors, operation = sandbox_of(request).doors, self._operation(endpoint)
        if not doors.lets_one_more_to(self.dialect, operation, self.per_second):
            raise self.words.throttled(None)

    async def planned_fault(
        self, request: Request, endpoint: Callable[..., Any]
    ) -> Response | None:
        sandbox = sandbox_of(request)
        if not sandbox.faults.planned:
            return None
        named = _with_orders(sandbox, await self.names(request))
        call = Call(self.dialect, self._operation(endpoint), named)
        return befall(exchange_of(request.scope), call, self._failure)

    def _failure(self, plan: Plan) -> Exception:
        if plan.what is What.THROTTLED:
            return self.words.throttled(plan.retry_after)
        overloaded = plan.what is What.OVERLOADED
        return self.words.overloaded() if overloaded else self.words.internal_error()

    def _operation(self, endpoint: Callable[..., Any]) -> str:
        return f"{self.dialect}.{endpoint.__name__}"


def seen_by(request: Request, sandbox: Sandbox) -> None:
    """From here on the request is the sandbox's traffic, even if it is refused: for a caller who is
    known, and whose token has expired, say."""
    exchange_of(request.scope).belongs_to(sandbox)


def sandbox_of(request: Request) -> Sandbox:
    """Whose call passed the gates."""
    sandbox = request.scope[_SANDBOX]
    assert isinstance(sandbox, Sandbox)
    return sandbox


def sandboxes_of(request: Request) -> Sandboxes:
    """Every sandbox of the server."""
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    return sandboxes


async def _sandbox(request: Request) -> Sandbox:
    return sandbox_of(request)


async def _sandboxes(request: Request) -> Sandboxes:
    return sandboxes_of(request)


CarrierSandbox = Annotated[Sandbox, Depends(_sandbox)]
CarrierSandboxes = Annotated[Sandboxes, Depends(_sandboxes)]


def _with_orders(sandbox: Sandbox, names: Collection[str]) -> frozenset[str]:
    """What a call names, and of tracking numbers their orders too."""
    return frozenset(names).union(*(sandbox.orders_behind(name) for name in names))
