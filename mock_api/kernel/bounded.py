"""A bound on every request's body, before anybody reads it."""

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

    def __init__(self, app: ASGIApp, limit: int, uploads: int) -> None:
        self._app = app
        self._limit = limit
        self._uploads = uploads
        """Of files in a multipart body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        heard = 0
        limit = self._uploads if _is_upload(scope) else self._limit

        async def counted() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > limit:
                raise BodyTooLarge(limit)
            return message

        await self._app(scope, counted, send)


def _is_upload(scope: Scope) -> bool:
    kind = dict(scope.get("headers", ())).get(b"content-type", b"")
    return bytes(kind).lower().startswith(b"multipart/form-data")
