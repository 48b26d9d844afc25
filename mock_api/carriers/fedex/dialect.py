"""FedEx: its paths and credentials."""

from secrets import randbelow, token_hex
from typing import Final

from starlette.types import ASGIApp

from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings

NAME: Final = "fedex"


def _create(sandboxes: Sandboxes, _: ServerSettings) -> ASGIApp:
    from mock_api.carriers.fedex.app import create_fedex  # noqa: PLC0415 - made when first called

    return create_fedex(sandboxes)


def _credentials() -> dict[str, str]:
    """Of an organization with two projects: tracking is a project of its own."""
    return {
        "client_id": f"l7{token_hex(16)}",
        "client_secret": token_hex(16),
        "track_client_id": f"l7{token_hex(16)}",
        "track_client_secret": token_hex(16),
        "account": str(100_000_000 + randbelow(900_000_000)),
    }


DIALECT: Final = Dialect(
    name=NAME,
    claims=(
        "/oauth/token",
        "/rate/v1/",
        "/ship/v1/",
        "/pickup/v1/",
        "/track/v1/tracking",  # the other leaves below /track/v1 are 17TRACK's
        "/document/v1/",
    ),
    create=_create,
    credentials=_credentials,
    well_known={
        "client_id": "seatrial-fedex",
        "client_secret": "seatrial-fedex-secret",
        "track_client_id": "seatrial-fedex-track",
        "track_client_secret": "seatrial-fedex-track-secret",
        "account": "700000166",
    },
    found_by=("client_id", "track_client_id"),
    hosts=("apis.fedex.com", "apis-sandbox.fedex.com", "documentapi.prod.fedex.com"),
)
