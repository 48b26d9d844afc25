"""What the server knows of 17TRACK's API before anybody calls it."""

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp

from mock_api.carriers.seventeentrack.pushes import furnish
from mock_api.carriers.seventeentrack.words import NAME
from mock_api.kernel.dialect import Dialect

if TYPE_CHECKING:
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings

VERSIONS: Final = ("v1", "v2", "v2.2", "v2.4")
OPERATIONS: Final = (
    "register",
    "gettrackinfo",
    "gettracklist",
    "stoptrack",
    "retrack",
    "deletetrack",
    "changecarrier",
    "changeinfo",
    "getquota",
    "push",
    "getRealTimeTrackInfo",
    "getrealtimetrackinfo",
)


def _create(sandboxes: "Sandboxes", _settings: "ServerSettings") -> ASGIApp:
    from mock_api.carriers.seventeentrack.app import create  # noqa: PLC0415 - at the first request

    return create(sandboxes, VERSIONS)


DIALECT: Final = Dialect(
    name=NAME,
    claims=(
        # Version 1 shares its prefix with FedEx's tracking.
        *(f"/track/v1/{operation}" for operation in OPERATIONS),
        *(f"/track/{version}/" for version in VERSIONS[1:]),
    ),
    create=_create,
    credentials=lambda: {"key": token_hex(16).upper()},
    well_known={"key": "SEATRIAL17TRACK"},
    found_by=("key",),
    hosts=("api.17track.net",),
    furnish=furnish,
)
