"""A bound on every request's body, before anybody reads it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyTooLarge(Exception):
    """A request's body is longer than the server takes; each dialect says so in its own words."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"a body may have {self.limit} bytes at the most"


class Bounded:
    """*app* behind a bound; whoever reads past it gets BodyTooLarge."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        heard = 0

        async def counted() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > self._limit:
                raise BodyTooLarge(self._limit)
            return message

        await self._app(scope, counted, send)
