"""The desk, under ``/desk/v1``: what a seller does in the Seller Center's pages, and no public API
offers. Plain JSON, with the sandbox's access token; refusals are problem details."""

from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader, HTTPBearer

from mock_api.desk import complaints, parcels, penalties, quotes, returns, stock, suppliers
from mock_api.kernel.problems import answer_with_problems
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings


def create_desk(sandboxes: Sandboxes, settings: ServerSettings) -> FastAPI:
    """The application, over every sandbox of the server."""
    app = FastAPI(
        title="Seatrial desk",
        version=version("seatrial"),
        openapi_url="/desk/openapi.json",
        docs_url="/desk/docs",
        redoc_url=None,
        # Told to readers of the OpenAPI; the gate itself looks before anything is parsed.
        dependencies=[
            Depends(HTTPBearer(auto_error=False)),
            Depends(APIKeyHeader(name="x-tts-access-token", auto_error=False)),
        ],
        redirect_slashes=False,
    )
    app.state.sandboxes = sandboxes
    app.state.limits = settings.limits
    for area in (parcels, complaints, returns, quotes, stock, suppliers, penalties):
        app.include_router(area.router)
    answer_with_problems(app)
    return app
