"""What EasyPost's API is to the server."""

from secrets import token_hex
from typing import Final

from starlette.types import ASGIApp

from mock_api.carriers.easypost.book import attach_book
from mock_api.carriers.easypost.events import attach_events
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings

NAME: Final = "easypost"


def _create(sandboxes: Sandboxes, _settings: ServerSettings) -> ASGIApp:
    from mock_api.carriers.easypost.app import create_easypost  # noqa: PLC0415 - at the first call

    return create_easypost(sandboxes)


def _furnish(sandbox: Sandbox) -> None:
    attach_events(sandbox)
    attach_book(sandbox)


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/v2/",),
    create=_create,
    credentials=lambda: {"api_key": f"EZTK{token_hex(27)}"},
    well_known={"api_key": "EZTKseatrial"},
    found_by=("api_key",),
    hosts=("api.easypost.com",),
    furnish=_furnish,
)
