"""What EMS's API is to the server. Light: it is imported when the server starts."""

from base64 import b64encode
from secrets import choice, randbelow
from string import ascii_letters, digits
from typing import Final

from starlette.types import ASGIApp

from mock_api.carriers.ems.names import NAME
from mock_api.carriers.ems.pushes import furnish
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings


def _create(sandboxes: Sandboxes, _settings: ServerSettings) -> ASGIApp:
    from mock_api.carriers.ems.app import create_ems  # noqa: PLC0415 - made at the first request

    return create_ems(sandboxes)


def _letters() -> str:
    return "".join(choice(ascii_letters + digits) for _ in range(16))


def _credentials() -> dict[str, str]:
    """A customer's number with its code, and a key: sixteen bytes in base64."""
    return {
        "sender_no": f"11000{randbelow(10**8):08d}",
        "authorization": _letters(),
        "sign_key": b64encode(_letters().encode()).decode(),
    }


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/amp-prod-api/f/amp/api/",),
    create=_create,
    credentials=_credentials,
    well_known={
        "sender_no": "1100000000001",
        "authorization": "seatrial-ems-123",
        "sign_key": b64encode(b"seatrial-ems-key").decode(),
    },
    found_by=("sender_no",),
    hosts=("api.ems.com.cn",),
    furnish=furnish,
)
