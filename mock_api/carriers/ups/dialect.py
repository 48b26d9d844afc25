"""What UPS's API is to the server. Light: it is imported when the server starts."""

from secrets import choice, token_hex, token_urlsafe
from typing import Final

from starlette.types import ASGIApp

from mock_api.carriers.ups.names import NAME
from mock_api.carriers.ups.pushes import furnish
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings

_ACCOUNT_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def _create(sandboxes: Sandboxes, _settings: ServerSettings) -> ASGIApp:
    from mock_api.carriers.ups.app import create_ups  # noqa: PLC0415 - made at the first request

    return create_ups(sandboxes)


def _credentials() -> dict[str, str]:
    """An application's key pair, and the shipper number: six letters or digits."""
    return {
        "client_id": token_urlsafe(36),
        "client_secret": token_hex(32),
        "account_number": "".join(choice(_ACCOUNT_LETTERS) for _ in range(6)),
    }


DIALECT: Final = Dialect(
    name=NAME,
    claims=(
        "/security/v1/oauth/",
        "/api/rating/",
        "/api/shipments/",
        "/api/labels/",
        "/api/pickupcreation/",
        "/api/track/",
    ),
    create=_create,
    credentials=_credentials,
    well_known={
        "client_id": "seatrial-ups",
        "client_secret": "seatrial-ups-secret",
        "account_number": "SEA001",
    },
    found_by=("client_id",),
    hosts=("onlinetools.ups.com", "wwwcie.ups.com"),
    furnish=furnish,
)
