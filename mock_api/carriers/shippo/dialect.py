"""What the server knows of Shippo's API before anybody calls it."""

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp

from mock_api.carriers.shippo.pushes import furnish
from mock_api.carriers.shippo.words import NAME
from mock_api.kernel.dialect import Dialect

if TYPE_CHECKING:
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings


def _create(sandboxes: "Sandboxes", _settings: "ServerSettings") -> ASGIApp:
    from mock_api.carriers.shippo.app import create  # noqa: PLC0415 - at the first request

    return create(sandboxes)


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/tracks", "/webhooks"),
    create=_create,
    credentials=lambda: {
        "token": f"shippo_live_{token_hex(20)}",
        "test_token": f"shippo_test_{token_hex(20)}",
    },
    well_known={"token": "shippo_live_seatrial", "test_token": "shippo_test_seatrial"},
    found_by=("token", "test_token"),
    hosts=("api.goshippo.com",),
    furnish=furnish,
)
