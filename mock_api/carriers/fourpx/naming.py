"""Which orders a call is about, for planned faults; and each method as a path of its own.

The gateway has one path, and the query names the method. Within, the method is the last segment of
the path, so that each is an endpoint with a name in the exchange log.
"""

from collections.abc import Collection
from typing import Final
from urllib.parse import parse_qs

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_api.kernel.bodies import object_in

GATEWAY: Final = "/router/api/service"
_NAMES: Final = ("request_no", "ref_no", "deliveryOrderNo")


class ByMethod:
    """Puts the method into the path. A body is JSON since ``format`` says so: public integrations
    post it without a content type."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith(GATEWAY):
            query = parse_qs(scope["query_string"].decode("latin-1"))
            method = query.get("method", [""])[0]
            headers = [pair for pair in scope["headers"] if pair[0] != b"content-type"]
            headers.append((b"content-type", b"application/json"))
            scope = dict(scope, path=f"{scope['path']}/{method}", headers=headers)
        await self.app(scope, receive, send)


async def named(request: Request) -> Collection[str]:
    """By body; a malformed one names none."""
    body = await object_in(request)
    return [body[key] for key in _NAMES if isinstance(body.get(key), str)]
