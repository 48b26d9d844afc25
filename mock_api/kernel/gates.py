"""Checks that come before FastAPI parses anything, in the order the dialect makes them."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

Gate = Callable[[Request, Callable[..., Any]], Awaitable[Response | None]]
"""Told the request and the endpoint it is for; refuses by raising, and may answer by itself."""


def gated_route(gates: Sequence[Gate]) -> type[APIRoute]:
    """A route class whose requests pass *gates* in order; what one answers is the answer."""

    class GatedRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def through_the_gates(request: Request) -> Response:
                for gate in gates:
                    answer = await gate(request, self.endpoint)
                    if answer is not None:
                        return answer
                return await handle(request)

            return through_the_gates

    return GatedRoute
