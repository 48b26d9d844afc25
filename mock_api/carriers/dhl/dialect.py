"""What the server knows of DHL's interfaces before anybody calls them."""

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp

from mock_api.carriers.dhl.names import NAME
from mock_api.kernel.dialect import Dialect

if TYPE_CHECKING:
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings


def _create(sandboxes: "Sandboxes", _settings: "ServerSettings") -> ASGIApp:
    from mock_api.carriers.dhl.app import create  # noqa: PLC0415 - made at the first request

    return create(sandboxes)


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/mydhlapi/", "/track/shipments", "/XMLShippingServlet"),
    create=_create,
    credentials=lambda: {
        "username": f"ap{token_hex(6)}",
        "password": token_hex(12),
        "account_number": str(int(token_hex(4), 16) % 900_000_000 + 100_000_000),
        "api_key": token_hex(16),
        "site_id": f"v62_{token_hex(5)}",
        "site_password": token_hex(8),
    },
    well_known={
        "username": "seatrial-dhl",
        "password": "seatrial-dhl-password",
        "account_number": "123456789",
        "api_key": "seatrial-dhl-key",
        "site_id": "SeatrialSite",
        "site_password": "seatrial-site",
    },
    found_by=("username", "api_key", "site_id"),
    hosts=(
        "express.api.dhl.com",
        "api-eu.dhl.com",
        "xmlpi-ea.dhl.com",
        "xmlpitest-ea.dhl.com",
    ),
)
