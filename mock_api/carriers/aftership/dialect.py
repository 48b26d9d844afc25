"""What the server knows of AfterShip's API before anybody calls it."""

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp

from mock_api.carriers.aftership.pushes import furnish
from mock_api.carriers.aftership.words import NAME
from mock_api.kernel.dialect import Dialect

if TYPE_CHECKING:
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings


def _create(sandboxes: "Sandboxes", _settings: "ServerSettings") -> ASGIApp:
    from mock_api.carriers.aftership.app import create  # noqa: PLC0415 - at the first request

    return create(sandboxes)


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/tracking/",),
    create=_create,
    credentials=lambda: {
        "api_key": f"asat_{token_hex(16)}",
        "api_secret": f"assk_{token_hex(16)}",
        "webhook_secret": token_hex(16),
    },
    well_known={
        "api_key": "seatrial-aftership",
        "api_secret": "seatrial-aftership-secret",
        "webhook_secret": "seatrial-aftership-webhooks",
    },
    found_by=("api_key",),
    hosts=("api.aftership.com",),
    furnish=furnish,
)
