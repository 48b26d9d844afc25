"""The server itself: whether it is well, what it takes, and where the authorise page lands."""

from html import escape
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from mock_api.control.requests import LimitsDep, SandboxesDep
from mock_api.kernel.safe_headers import OF_PAGES
from mock_api.limits import in_force

router: Final = APIRouter(tags=["server"])

_LANDING: Final = """<!doctype html><meta charset="utf-8"><title>Seatrial: authorized</title>
<body style="font: 16px/1.5 system-ui; max-width: 44rem; margin: 4rem auto">
<h1>{title}</h1><p>An integration with a redirect URL of its own would have been called there now.
Set one with <code>redirect_url</code> when you open a sandbox.</p><dl>{rows}</dl>"""


@router.get("/health")
async def health(request: Request, sandboxes: SandboxesDep) -> dict[str, Any]:
    """While the server is not ready, 503 (``entrance``), and this is not asked."""
    counted = len(sandboxes.all())
    return {"status": "ok", "version": request.app.version, "sandboxes": counted, "ready": True}


@router.get("/limits")
async def limits(in_use: LimitsDep) -> dict[str, Any]:
    """Every bound of this server, with its default (docs/settings.md)."""
    return {"limits": in_force(in_use)}


@router.get("/authorized", response_class=HTMLResponse)
async def authorized(request: Request) -> HTMLResponse:
    """Where the authorise page lands when an app has no redirect URL of its own."""
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>"
        for name, value in request.query_params.items()
    )
    title = "Denied" if "error" in request.query_params else "Authorized"
    return HTMLResponse(_LANDING.format(title=title, rows=rows), headers=OF_PAGES)
