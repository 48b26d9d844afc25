"""A carrier's application: its routes, and one function that says every failure in its words."""

from collections.abc import Callable, Iterable
from typing import Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from mock_api.kernel.hooks import HookRefused
from mock_api.kernel.sandboxes import Sandboxes
from simulator import DomainError

Answer = Callable[[Request, Exception], Response]


class CarrierRefusal(Exception):
    """A call is refused; each dialect has its own kind, with its own fields."""

    retry_after: int | None = None
    """After how many seconds to come again, where that is said."""

    @property
    def retry_headers(self) -> dict[str, str]:
        """The same, as HTTP has it."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


_CLIENTS_MISTAKES: Final = (
    CarrierRefusal,
    DomainError,
    HookRefused,
    RequestValidationError,
    HTTPException,
)


def carrier_app(
    name: str, sandboxes: Sandboxes, routers: Iterable[APIRouter], answer: Answer
) -> FastAPI:
    """The application, over every sandbox of the server.

    *answer* is told of everything that goes wrong: the dialect's own refusals, those of the world
    (DomainError), subscriptions that cannot be (HookRefused), bodies that do not fit
    (RequestValidationError), paths and methods that nobody serves, broken or too long bodies
    (HTTPException), and our own mistakes (any other). Starlette raises the last again after the
    answer, for the log.
    """
    app = FastAPI(
        title=name,
        openapi_url="/_openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.sandboxes = sandboxes
    for router in routers:
        app.include_router(router)

    async def answered(request: Request, exc: Exception) -> Response:
        return answer(request, exc)

    for kind in (*_CLIENTS_MISTAKES, Exception):
        app.add_exception_handler(kind, answered)
    return app
