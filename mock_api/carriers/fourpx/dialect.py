"""What the server knows of 4PX's API before anybody calls it."""

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp

from mock_api.carriers.fourpx.words import NAME
from mock_api.kernel.dialect import Dialect

if TYPE_CHECKING:
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings


def _create(sandboxes: "Sandboxes", _settings: "ServerSettings") -> ASGIApp:
    from mock_api.carriers.fourpx.app import create  # noqa: PLC0415 - at the first request

    return create(sandboxes)


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/router/api/service", "/router/api/label/"),
    create=_create,
    credentials=lambda: {"app_key": token_hex(16), "app_secret": token_hex(16)},
    well_known={"app_key": "seatrial-4px", "app_secret": "seatrial-4px-secret"},
    found_by=("app_key",),
)
