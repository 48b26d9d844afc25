"""Bounds on every request, before anybody reads it: on its head, and on its body."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_api.limits import Limits


class BodyTooLarge(HTTPException):
    """A request's body is longer than the server takes; each dialect says so in its own words.

    FastAPI lets only HTTP exceptions pass that come up while it reads a body.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body may have {limit} bytes at the most"
        )


class Bounded:
    """*app* behind bounds; whoever reads past that of the body gets BodyTooLarge. Too long a head
    is refused for every dialect alike, as a gateway in front of them would."""

    def __init__(
        self, app: ASGIApp, limits: Limits, elsewhere: Mapping[str, int] | None = None
    ) -> None:
        """*elsewhere*: paths whose bodies have a bound of their own."""
        self._app = app
        self._limit = limits.body_bytes
        self._of_forms = limits.upload_bytes
        self._head = limits.head_bytes
        self._elsewhere = elsewhere or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _head_bytes(scope) > self._head:
            await _head_too_large(self._head)(scope, receive, send)
            return
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


def _head_bytes(scope: Scope) -> int:
    headers = sum(len(name) + len(value) for name, value in scope["headers"])
    return headers + len(scope["path"]) + len(scope["query_string"])


def _head_too_large(limit: int) -> JSONResponse:
    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    detail = f"path, query and headers may have {limit} bytes together"
    problem = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return JSONResponse(problem, status, media_type="application/problem+json")


def _is_form(scope: Scope) -> bool:
    """Files travel in forms."""
    for name, value in scope.get("headers", ()):
        if name == b"content-type":
            return bool(value.lower().startswith(b"multipart/form-data"))
    return False
