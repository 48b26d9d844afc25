"""The whole server: every dialect, the control API, and what starts and stops with them.

The only module that knows all dialects; those of carriers it is told of by their folders.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette

from mock_api.carriers.dialects import discovered
from mock_api.control.app import create_control
from mock_api.control.requests import Stamped
from mock_api.desk.app import create_desk
from mock_api.desk.drawer import attach_drawer
from mock_api.kernel.bounded import Bounded
from mock_api.kernel.chat_rules import attach_chat_rules
from mock_api.kernel.courier import Courier
from mock_api.kernel.dialect import Dialect, by_first_segment
from mock_api.kernel.exchanges import ExchangeLog, Logged
from mock_api.kernel.sandboxes import DEFAULT_ID, Sandboxes
from mock_api.kernel.switchboard import Switchboard, Under
from mock_api.seller_center.analytics.watching import attach_performance
from mock_api.seller_center.app import create_seller_center
from mock_api.seller_center.groups import SCOPES
from mock_api.seller_center.shelves import attach_shelves
from mock_api.seller_center.transient import attach_transient
from mock_api.seller_center.uploads import attach_uploads
from mock_api.seller_center.webhooks import attach_herald
from mock_api.settings import ServerSettings

CONTROL: Final = "_seatrial"
DESK: Final = "desk"
FURNISHERS: Final = (
    attach_shelves,
    attach_herald,
    attach_drawer,
    attach_performance,
    attach_transient,
    attach_uploads,
    attach_chat_rules,
)
"""What dialects attach to every sandbox, in the order in which they hear of facts."""


def create_app(
    settings: ServerSettings | None = None,
    dialects: Iterable[Dialect] | None = None,
    courier: Courier | None = None,
) -> Starlette:
    """A server with its own sandboxes; any number of them fit into one process. *dialects*: the
    carriers' APIs; left out, all there are. ClaimedTwice if two want the same paths. *courier*: who
    carries webhooks; left out, one who goes over HTTP."""
    settings = settings or ServerSettings()
    carriers = discovered() if dialects is None else tuple(dialects)
    sandboxes = Sandboxes(settings, FURNISHERS, SCOPES, carriers, courier)
    strays = ExchangeLog(settings.limits.exchanges)
    limits = settings.limits
    control = Stamped(create_control(sandboxes, strays, settings))
    seller_center = create_seller_center(sandboxes)
    claimed = by_first_segment(carriers, sandboxes, settings, seller_center, (CONTROL, DESK))
    wire = Switchboard(claimed | {DESK: create_desk(sandboxes, settings)}, otherwise=seller_center)
    logged = Logged(wire, strays, limits.exchange_body_bytes)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if settings.default_sandbox and settings.speed:
            sandboxes.get(DEFAULT_ID).driver.run(settings.speed)
        yield
        await sandboxes.close()

    app = Starlette(lifespan=lifespan)
    app.router.redirect_slashes = False
    app.router.default = Bounded(
        Switchboard({CONTROL: Under(f"/{CONTROL}", control)}, otherwise=logged),
        limits.body_bytes,
        limits.upload_bytes,
    )
    app.state.sandboxes = sandboxes
    return app
