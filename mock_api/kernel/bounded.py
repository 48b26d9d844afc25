"""A bound on every request's body, before anybody reads it."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyTooLarge(HTTPException):
    """A request's body is longer than the server takes; each dialect says so in its own words.

    FastAPI lets only HTTP exceptions pass that come up while it reads a body.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body may have {limit} bytes at the most"
        )


class Bounded:
    """*app* behind a bound; whoever reads past it gets BodyTooLarge."""

    def __init__(
        self, app: ASGIApp, limit: int, of_forms: int, elsewhere: Mapping[str, int] | None = None
    ) -> None:
        """*elsewhere*: paths with a limit of their own."""
        self._app = app
        self._limit = limit
        self._of_forms = of_forms
        self._elsewhere = elsewhere or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        heard = 0
        usual = self._of_forms if _is_form(scope) else self._limit
        limit = self._elsewhere.get(scope.get("path", ""), usual)

        async def counted() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > limit:
                raise BodyTooLarge(limit)
            return message

        await self._app(scope, counted, send)


def _is_form(scope: Scope) -> bool:
    """Files travel in forms."""
    for name, value in scope.get("headers", ()):
        if name == b"content-type":
            return bool(value.lower().startswith(b"multipart/form-data"))
    return False
