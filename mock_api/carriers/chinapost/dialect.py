"""What China Post's API is to the server. Light: it is imported when the server starts."""

from secrets import choice, randbelow, token_hex
from string import ascii_letters, digits
from typing import Final

from starlette.types import ASGIApp

from mock_api.carriers.chinapost.names import NAME
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings


def _create(sandboxes: Sandboxes, _settings: ServerSettings) -> ASGIApp:
    from mock_api.carriers.chinapost.app import (  # noqa: PLC0415 - made at the first request
        create_chinapost,
    )

    return create_chinapost(sandboxes)


def _credentials() -> dict[str, str]:
    """A partner's code with its key, and what tracking asks for."""
    return {
        "ec_company_id": f"90000{randbelow(10**9):09d}",
        "key": "".join(choice(ascii_letters + digits) for _ in range(16)),
        "authenticate": token_hex(16),
    }


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/pcpErp-web/a/pcp/", "/partner/api/public/p/track/"),
    create=_create,
    credentials=_credentials,
    well_known={
        "ec_company_id": "90000000000001",
        "key": "seatrial-key",
        "authenticate": "seatrial-authenticate",
    },
    found_by=("ec_company_id", "authenticate"),
    hosts=("my.ems.com.cn", "shipping.ems.com.cn"),
)
