"""J&T's application: which routes there are."""

from fastapi import APIRouter, FastAPI

from mock_api.carriers.jt import orders, placing, prices, tracking
from mock_api.carriers.jt.customers import identify
from mock_api.carriers.jt.forms import numbers_in
from mock_api.carriers.jt.names import NAME
from mock_api.carriers.jt.refusals import WORDS, answer
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route
from mock_api.kernel.sandboxes import Sandboxes


def create_jt(sandboxes: Sandboxes) -> FastAPI:
    """Over every sandbox of the server."""
    route = carrier_route(NAME, identify, WORDS, names=numbers_in)
    router = APIRouter(prefix="/webopenplatformapi/api", route_class=route)
    for family in (placing, orders, prices, tracking):
        family.serve(router)
    return carrier_app(NAME, sandboxes, [router], answer)
