"""A shortcut to routers with a prefix: looked up by the first two segments of the path.

FastAPI asks every router in turn whether a path is its own. The seller center has dozens of them,
one a version of each group, and that was half of a call's time.
"""

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class Signpost:
    """Asks only the routers whose prefix a path has; what none of them takes, with all its
    refusals, goes the usual way."""

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._otherwise = router.middleware_stack
        self._below: dict[str, list[BaseRoute]] = {}
        for route in router.routes:
            included = getattr(route, "original_router", None)
            if included is not None and included.prefix:
                self._below.setdefault(_first_two(f"{included.prefix}/"), []).append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self._below.get(_first_two(scope["path"]), ()):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    scope.setdefault("router", self._router)
                    await route.handle(scope, receive, send)
                    return
        await self._otherwise(scope, receive, send)


def put_up(app: FastAPI) -> None:
    """Once all its routers are included."""
    app.router.middleware_stack = Signpost(app.router)


def _first_two(path: str) -> str:
    """``/order/202309`` of ``/order/202309/orders``."""
    return "/".join(path.split("/", 3)[:3])
