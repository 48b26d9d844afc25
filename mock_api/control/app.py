"""The control API, under ``/_seatrial``: what no real platform offers, and every test needs."""

from importlib.metadata import version

from fastapi import FastAPI

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
    server,
)
from mock_api.control.marks import Marks
from mock_api.kernel.exchanges import ExchangeLog
from mock_api.kernel.problems import answer_with_problems
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings


def create_control(every: Sandboxes, strays: ExchangeLog, settings: ServerSettings) -> FastAPI:
    """The application, over every sandbox of the server."""
    app = FastAPI(title="Seatrial control", version=version("seatrial"), redirect_slashes=False)
    app.state.sandboxes = every
    app.state.strays = strays
    app.state.limits = settings.limits
    app.state.progress, app.state.marks = {}, Marks()
    for area in (
        server,
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

    return app
