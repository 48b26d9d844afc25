"""What J&T's API is to the server. Light: it is imported when the server starts."""

from secrets import randbelow, token_hex
from typing import Final

from starlette.types import ASGIApp

from mock_api.carriers.jt.names import NAME
from mock_api.carriers.jt.pushes import furnish
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import ServerSettings


def _create(sandboxes: Sandboxes, _settings: ServerSettings) -> ASGIApp:
    from mock_api.carriers.jt.app import create_jt  # noqa: PLC0415 - made at the first request

    return create_jt(sandboxes)


def _credentials() -> dict[str, str]:
    """An account of eighteen digits (clients in Go keep it as a number) with its key, and a
    customer's code with its password."""
    return {
        "api_account": str(10**17 + randbelow(9 * 10**17)),
        "private_key": token_hex(16),
        "customer_code": f"J00{randbelow(10**8):08d}",
        "password": token_hex(4),
    }


DIALECT: Final = Dialect(
    name=NAME,
    claims=("/webopenplatformapi/api/",),
    create=_create,
    credentials=_credentials,
    well_known={
        "api_account": "100000000000000001",
        "private_key": "seatrial-jt-private-key",
        "customer_code": "J0000000001",
        "password": "seatrial",
    },
    found_by=("api_account",),
    # Of China, Malaysia, Vietnam, Egypt, Saudi Arabia, Mexico and Brazil, and where they are tried.
    hosts=(
        "openapi.jtexpress.com.cn",
        "uat-openapi.jtexpress.com.cn",
        "ylopenapi.jtexpress.my",
        "demoopenapi.jtexpress.my",
        "ylopenapi.jtexpress.vn",
        "demoopenapi.jtexpress.vn",
        *(
            f"{prefix}openapi.jtjms-{country}.com"
            for country in ("eg", "sa", "mx", "br")
            for prefix in ("", "demo")
        ),
    ),
    furnish=furnish,
)
