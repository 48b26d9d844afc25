"""Answers an unmodified httpx-based integration in process: no port, no patching of its code.

Its calls to the platform's real hosts are caught by respx and go into the application; every other
host is called as ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import respx

from mock_api.main import create_app
from mock_api.settings import ServerSettings
from scenarios.testing.box import Box, open_box
from scenarios.testing.portal import client_of, in_process

REAL_HOSTS: Final = (
    "open-api.tiktokglobalshop.com",
    "auth.tiktok-shops.com",
    "services.tiktokshop.com",
    "services.us.tiktokshop.com",
)
"""The platform's: one for every call, one for tokens, and the authorise pages."""


@contextmanager
def intercept(**wishes: Any) -> Iterator[Box]:
    """A sandbox behind the platform's real host names, until the block ends.

    *wishes* are those of ``POST /_seatrial/sandboxes``: seed, market, start … The integration has
    to use the credentials of the sandbox that comes back. Webhooks go to addresses as ever.
    """
    app = create_app(ServerSettings(default_sandbox=False))
    with (
        in_process(app) as way_in,
        client_of(way_in) as http,
        respx.mock(assert_all_called=False) as router,
    ):
        router.route(host__in=REAL_HOSTS).mock(side_effect=way_in.handle_request)
        router.route().pass_through()
        try:
            yield open_box(http, **wishes)
        finally:
            way_in.wait_for(app.state.sandboxes.close)
