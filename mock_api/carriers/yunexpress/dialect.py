"""What the server knows of YunExpress's API before anybody calls it."""

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp

from mock_api.carriers.yunexpress.pushes import furnish
from mock_api.carriers.yunexpress.words import NAME
from mock_api.kernel.dialect import Dialect

if TYPE_CHECKING:
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings


def _create(sandboxes: "Sandboxes", _settings: "ServerSettings") -> ASGIApp:
    from mock_api.carriers.yunexpress.app import create  # noqa: PLC0415 - at the first request

    return create(sandboxes)


DIALECT: Final = Dialect(
    name=NAME,
    claims=(
        "/openapi/oauth2/token",
        "/v1/order/",
        "/v1/track-service/",
        "/v1/price-trial/",
        "/v1/basic-data/",
    ),
    create=_create,
    credentials=lambda: {
        "app_id": token_hex(6),
        "app_secret": token_hex(16),
        "source_key": token_hex(4),
        "encrypt_key": token_hex(16),
    },
    well_known={
        "app_id": "seatrial-yunexpress",
        "app_secret": "seatrial-yunexpress-secret",
        "source_key": "seatrial",
        "encrypt_key": "seatrial-yunexpress-encrypt-key",
    },
    found_by=("app_id",),
    furnish=furnish,
)
