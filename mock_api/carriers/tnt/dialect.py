"""What TNT's API is to the server. Light: it is imported when the server starts."""

from secrets import choice, token_hex
from typing import Final

from starlette.types import ASGIApp

from mock_api.carriers.tnt.names import NAME
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings


def _create(sandboxes: Sandboxes, _settings: ServerSettings) -> ASGIApp:
    from mock_api.carriers.tnt.app import create_tnt  # noqa: PLC0415 - made at the first request

    return create_tnt(sandboxes)


def _credentials() -> dict[str, str]:
    """A login of ExpressConnect, and the number of the account that pays: nine digits."""
    return {
        "username": f"SEA{token_hex(4).upper()}T",
        "password": token_hex(12),
        "account_number": "".join(choice("123456789") for _ in range(9)),
    }


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/expressconnect/", "/expresslabel/", "/expresswebservices-website/", "/ectrack/"),
    create=_create,
    credentials=_credentials,
    well_known={
        "username": "seatrial-tnt",
        "password": "seatrial-tnt-secret",
        "account_number": "100000001",
    },
    found_by=("username",),
    # The second is where TNT's tracking has moved, and what karrio has written into it.
    hosts=("express.tnt.com", "necta.az.fxei.fedex.com"),
)
