"""Answers an unmodified httpx-based integration in process: no port, no patching of its code.

Its calls to the real hosts of the platform, and of every carrier that has an API here, are caught
by respx and go into the application; every other host is called as ever.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from os import PathLike
from typing import Any, Final

import httpx
import respx

from mock_api.carriers.dialects import discovered
from mock_api.main import create_app
from mock_api.settings import ControlAccess, ServerSettings
from scenarios.testing.box import Box, close_box, load_box, open_box
from scenarios.testing.portal import client_of, in_process

REAL_HOSTS: Final = (
    "open-api.tiktokglobalshop.com",
    "auth.tiktok-shops.com",
    "services.tiktokshop.com",
    "services.us.tiktokshop.com",
    *(host for dialect in discovered() for host in dialect.hosts),
)
"""The platform's: one for every call, one for tokens, and the authorise pages; and carriers'."""


@dataclass(slots=True)
class _Door:
    """The way in, for every sandbox that is intercepted for at the time: calls find theirs by
    their credentials, as on any server."""

    http: httpx.Client
    open: ExitStack
    guests: int = 0


_doors: Final[list[_Door]] = []
"""The one that is open, if any."""


@contextmanager
def intercept(from_file: str | PathLike[str] | None = None, **wishes: Any) -> Iterator[Box]:
    """A sandbox behind the real host names of platform and carriers, until the block ends.

    *wishes* are those of ``POST /_seatrial/sandboxes``: seed, market, start … The integration has
    to use the credentials of the sandbox that comes back. Webhooks go to addresses as ever.
    *from_file*: as it is in that file, instead.
    """
    door = _doors[0] if _doors else _opened()
    door.guests += 1
    try:
        box = open_box(door.http, **wishes) if from_file is None else load_box(door.http, from_file)
        yield box
        close_box(door.http, box)
    finally:
        door.guests -= 1
        if not door.guests:
            _doors.remove(door)
            door.open.close()


def _opened() -> _Door:
    names = ControlAccess(names=frozenset(REAL_HOSTS))
    app = create_app(ServerSettings(default_sandbox=False, control=names))
    with ExitStack() as stack:
        way_in = stack.enter_context(in_process(app))
        stack.callback(way_in.wait_for, app.state.sandboxes.close)
        http = stack.enter_context(client_of(way_in))
        router = stack.enter_context(respx.mock(assert_all_called=False))
        router.route(host__in=REAL_HOSTS).mock(side_effect=way_in.handle_request)
        router.route().pass_through()
        _doors.append(_Door(http, stack.pop_all()))
    return _doors[0]
