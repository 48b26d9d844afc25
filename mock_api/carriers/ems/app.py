"""EMS's application: one address, where ``apiCode`` says what is wanted."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response

from mock_api.carriers.ems import forms, labels, orders, tracking
from mock_api.carriers.ems.callers import identify, message_of, numbers_in
from mock_api.carriers.ems.names import NAME
from mock_api.carriers.ems.refusals import FORM, WORDS, Refused, answer, enveloped
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from mock_api.kernel.described import described
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

_TRACK: Final = "040001"
_CODES: Final[dict[str, Callable[[Sandbox, Any], Any]]] = {
    "010004": labels.label,
    "020003": orders.place,
    "020006": orders.cancel,
    "050001": orders.fee,
    "050005": orders.estimate,
    "110001": orders.place_abroad,
    "110002": orders.allocate,
    "120001": labels.label_abroad,
}

_MESSAGES: Final = (forms.Order, forms.Which, orders.Estimate, orders.Allocation, labels.Wanted)


async def call(request: Request, sandbox: CarrierSandbox) -> Response:
    """Whatever ``apiCode`` names."""
    code, message = request.scope[FORM].get("apiCode", ""), message_of(request)
    if code == _TRACK:
        return enveloped(request, *tracking.track(sandbox, message))
    if code not in _CODES:
        raise Refused(f"接口代码不存在: {code}")
    told = _CODES[code](sandbox, message)
    if isinstance(told, bytes):
        return Response(told, media_type="application/pdf")
    return enveloped(request, told)


def create_ems(sandboxes: Sandboxes) -> FastAPI:
    """Over every sandbox of the server."""
    route = carrier_route(NAME, identify, WORDS, names=numbers_in)
    router = APIRouter(prefix="/amp-prod-api/f/amp/api", route_class=route)
    for environment in ("open", "test"):
        router.post(f"/{environment}", openapi_extra=described(*_MESSAGES))(call)
    return carrier_app(NAME, sandboxes, [router], answer)
