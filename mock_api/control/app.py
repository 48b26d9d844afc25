"""The control API, under ``/_seatrial``: what no real platform offers, and every test needs."""

from html import escape
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from mock_api.control import (
    access,
    buyers,
    carriers,
    chats,
    clock,
    consoles,
    demand,
    faults,
    files,
    finance,
    listings,
    orders,
    readings,
    report,
    sandboxes,
    sellers,
)
from mock_api.control.marks import Marks
from mock_api.kernel.exchanges import ExchangeLog
from mock_api.kernel.problems import answer_with_problems
from mock_api.kernel.safe_headers import OF_PAGES
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.limits import in_force
from mock_api.settings import ServerSettings

_LANDING = """<!doctype html><meta charset="utf-8"><title>Seatrial: authorized</title>
<body style="font: 16px/1.5 system-ui; max-width: 44rem; margin: 4rem auto">
<h1>{title}</h1><p>An integration with a redirect URL of its own would have been called there now.
Set one with <code>redirect_url</code> when you open a sandbox.</p><dl>{rows}</dl>"""


def create_control(every: Sandboxes, strays: ExchangeLog, settings: ServerSettings) -> FastAPI:
    """The application, over every sandbox of the server."""
    app = FastAPI(title="Seatrial control", version=version("seatrial"), redirect_slashes=False)
    app.state.sandboxes = every
    app.state.strays = strays
    app.state.limits = settings.limits
    app.state.progress, app.state.marks = {}, Marks()
    for area in (
        sandboxes,
        clock,
        orders,
        buyers,
        chats,
        sellers,
        carriers,
        consoles,
        demand,
        faults,
        files,
        listings,
        finance,
        readings,
        report,
        access,
    ):
        app.include_router(area.router)
    answer_with_problems(app)

    @app.get("/health", tags=["server"])
    async def health() -> dict[str, Any]:
        """While the server is not ready, 503 (``entrance``), and this is not asked."""
        counted = len(every.all())
        return {"status": "ok", "version": app.version, "sandboxes": counted, "ready": True}

    @app.get("/limits", tags=["server"])
    async def limits() -> dict[str, Any]:
        """Every bound of this server, with its default (docs/settings.md)."""
        return {"limits": in_force(settings.limits)}

    @app.get("/authorized", tags=["server"], response_class=HTMLResponse)
    async def authorized(request: Request) -> HTMLResponse:
        """Where the authorise page lands when an app has no redirect URL of its own."""
        rows = "".join(
            f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>"
            for name, value in request.query_params.items()
        )
        title = "Denied" if "error" in request.query_params else "Authorized"
        return HTMLResponse(_LANDING.format(title=title, rows=rows), headers=OF_PAGES)

    return app
