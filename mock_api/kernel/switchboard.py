"""One port, many dialects: which application answers which path.

Every dialect is served at the root, where stock clients look for it; the first segment of the path
tells whose it is, and where several share one, the longest prefix that fits. What nobody claims
goes to the last dialect, whose business an unknown path is: whatever the path, so this is no
Starlette route, whose pattern would not match a line break.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send


class Under:
    """*app* below a prefix of its own, of which it need not know."""

    def __init__(self, prefix: str, app: ASGIApp) -> None:
        self._prefix = prefix
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "root_path": self._prefix}, receive, send)


class Shifted:
    """*app* below a prefix that it does not see in its paths: they read as at the root, and so do
    signatures over them. What it links to is below the prefix again."""

    def __init__(self, prefix: str, app: ASGIApp) -> None:
        self._prefix = prefix
        self._raw = prefix.encode()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(self._prefix)
        raw = scope["raw_path"].removeprefix(self._raw)
        shifted = {"path": path, "raw_path": raw, "root_path": self._prefix}
        await self._app({**scope, **shifted}, receive, send)


class Junction:
    """Below one first segment: routes by the longest prefix that fits."""

    def __init__(self, claimed: Mapping[str, ASGIApp], otherwise: ASGIApp) -> None:
        self._claimed = sorted(claimed.items(), key=lambda claim: -len(claim[0]))
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        app = next((app for prefix, app in self._claimed if path.startswith(prefix)), None)
        await (app or self._otherwise)(scope, receive, send)


class Switchboard:
    """Routes by the first segment of the path."""

    def __init__(self, claimed: Mapping[str, ASGIApp], otherwise: ASGIApp) -> None:
        self._claimed = claimed
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = scope["path"].removeprefix("/").partition("/")[0] if scope["type"] == "http" else ""
        await self._claimed.get(first, self._otherwise)(scope, receive, send)
