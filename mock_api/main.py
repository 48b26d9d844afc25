"""The whole server: every dialect, the control API, and what starts and stops with them.

The only module that knows all dialects; those of carriers it is told of by their folders.
"""

from collections.abc import Iterable
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.types import ASGIApp

from mock_api.carriers.dialects import discovered
from mock_api.control.app import create_control
from mock_api.control.guard import Guarded
from mock_api.control.requests import Counted, Stamped
from mock_api.desk.app import create_desk
from mock_api.desk.drawer import attach_drawer
from mock_api.kernel.bounded import Bounded
from mock_api.kernel.chat_rules import attach_chat_rules
from mock_api.kernel.courier import Courier
from mock_api.kernel.dialect import Dialect, by_first_segment
from mock_api.kernel.durable.directory import Directory
from mock_api.kernel.durable.returning import open_file
from mock_api.kernel.durable.returning import recover as recover_all
from mock_api.kernel.entrance import Entrance
from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.lifetime import Lifetime, Recover
from mock_api.kernel.logged import Logged, Named
from mock_api.kernel.metrics import Metrics
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.stopping import EndingStreams
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
METRICS: Final = "metrics"
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
    recover: Recover | None = None,
    courier: Courier | None = None,
) -> Starlette:
    """A server with its own sandboxes; any number of them fit into one process. *dialects*: the
    carriers' APIs; left out, all there are. ClaimedTwice if two want the same paths. *recover*
    brings sandboxes back once the server listens; until it is through, every call is answered 503.
    *courier*: who carries webhooks; left out, one who goes over HTTP."""
    settings = settings or ServerSettings()
    carriers = discovered() if dialects is None else tuple(dialects)
    directory = Directory(settings.data) if settings.data else None
    sandboxes = Sandboxes(settings, FURNISHERS, SCOPES, carriers, directory, courier)
    limits = settings.limits
    strays = ExchangeLog(Keeping(limits.exchanges), limits)
    if directory and recover is None:
        recover = partial(recover_all, sandboxes)
    elif settings.opens and recover is None:
        recover = partial(open_file, sandboxes, settings.opens)
    lifetime = Lifetime(sandboxes, settings, recover)
    control = Stamped(Counted(create_control(sandboxes, strays, settings), sandboxes.tally))
    guarded = Guarded(EndingStreams(control, lifetime.stopping), settings.control)
    own: dict[str, ASGIApp] = {
        CONTROL: Under(f"/{CONTROL}", guarded),
        METRICS: Guarded(Metrics(sandboxes), settings.control),
    }
    seller_center = create_seller_center(sandboxes)
    reserved = (CONTROL, DESK, METRICS)
    claimed = by_first_segment(carriers, sandboxes, settings, seller_center, reserved)
    desk = Named(DESK, create_desk(sandboxes, settings))
    wire = Switchboard(claimed | {DESK: desk}, otherwise=seller_center)
    keep_bytes, keeps = limits.exchange_body_bytes, directory is not None
    logged = Logged(wire, strays, keep_bytes, sandboxes.tally, keeps=keeps)
    app = Starlette(lifespan=lambda _: lifetime.lived())
    app.middleware_stack = app.router  # each dialect says its own failures; and see ``kernel.line``
    app.router.redirect_slashes = False
    served = Switchboard(own, otherwise=logged)
    bounded = Bounded(served, limits, {f"/{CONTROL}/sandboxes/file": limits.file_bytes})
    app.router.default = Entrance(
        bounded, lifetime.readiness, lifetime.stopping, f"/{CONTROL}/health"
    )
    app.state.sandboxes = sandboxes
    app.state.lifetime = lifetime
    return app
