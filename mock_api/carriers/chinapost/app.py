"""China Post's application: each interface with the way it is signed."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, FastAPI

from mock_api.carriers.chinapost import labels, orders, tracking
from mock_api.carriers.chinapost.callers import Identify, identify_tracker, numbers_in, signed
from mock_api.carriers.chinapost.names import NAME
from mock_api.carriers.chinapost.refusals import WORDS, answer
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route
from mock_api.kernel.sandboxes import Sandboxes

_ERP: Final = "/pcpErp-web/a/pcp"
_SIGNED: Final[tuple[tuple[Callable[[APIRouter], None], Identify], ...]] = (
    (orders.serve_orders, signed("logistics_interface", "data_digest")),
    (labels.serve, signed("barCode", "dataDigest")),
    (orders.serve_cancelling, signed("waybillNo", "digest", company="senderNo")),
    (orders.serve_fees, signed("waybillNos", "dataDigest")),
)


def create_chinapost(sandboxes: Sandboxes) -> FastAPI:
    """Over every sandbox of the server."""
    routers = [_router(serve, identify, _ERP) for serve, identify in _SIGNED]
    routers.append(_router(tracking.serve, identify_tracker))
    return carrier_app(NAME, sandboxes, routers, answer)


def _router(serve: Callable[[APIRouter], None], identify: Identify, prefix: str = "") -> APIRouter:
    route = carrier_route(NAME, identify, WORDS, names=numbers_in)
    router = APIRouter(prefix=prefix, route_class=route)
    serve(router)
    return router
