"""Labels: printed into the answer, or fetched by the address that the answer has.

The address needs no token, as FedEx's needs none: it bears a mark of the project's.
"""

import hmac
from typing import Final, Literal

from fastapi import APIRouter, Request, Response

from mock_api.carriers.fedex import services
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.refusals import NO_SUCH_RESOURCE, WORDS
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route, sandboxes_of
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.errors import NotFound
from simulator.parcels.model import Parcel
from simulator.shipments.model import Shipment

FORMS: Final[dict[str, Literal["PDF", "PNG", "ZPL"]]] = {"PDF": "PDF", "PNG": "PNG", "ZPLII": "ZPL"}
"""Image types of FedEx's that are printed here."""
_SUFFIXES: Final = {"pdf": "PDF", "png": "PNG", "zpl": "ZPLII"}
_MEDIA: Final = {"PDF": "application/pdf", "PNG": "image/png", "ZPLII": "text/plain"}
_PREFIX: Final = "document/v1/cache/retrieve"


async def _by_mark(request: Request) -> Sandbox:
    told = request.path_params
    try:
        sandbox = sandboxes_of(request).get(told["sandbox_id"])
    except NotFound:
        raise NO_SUCH_RESOURCE.said() from None
    expected = _mark(sandbox, told["number"], told["suffix"])
    if not hmac.compare_digest(told["mark"].encode("utf-8", "surrogatepass"), expected.encode()):
        raise NO_SUCH_RESOURCE.said()
    return sandbox


router: Final = APIRouter(route_class=carrier_route(NAME, _by_mark, WORDS))


@router.get(f"/{_PREFIX}/{{sandbox_id}}/{{mark}}/{{number}}.{{suffix}}")
async def label(number: str, suffix: str, sandbox: CarrierSandbox) -> Response:
    """Printed anew, with the same bytes each time."""
    world = sandbox.world
    parcel, shipment = world.registry.parcel_numbered(number), _shipment(world, number)
    if parcel is None or shipment is None:
        raise NO_SUCH_RESOURCE.said()
    image_type = _SUFFIXES[suffix]
    return Response(printed(world, shipment, parcel, image_type), media_type=_MEDIA[image_type])


def _shipment(world: World, number: str) -> Shipment | None:
    return world.shippers.shipment_numbered(number)


def address_of(request: Request, sandbox: Sandbox, number: str, image_type: str) -> str:
    """Where the label can be fetched, on this server."""
    suffix = next(each for each, type_ in _SUFFIXES.items() if type_ == image_type)
    mark = _mark(sandbox, number, suffix)
    return f"{request.base_url}{_PREFIX}/{sandbox.id}/{mark}/{number}.{suffix}"


def _mark(sandbox: Sandbox, number: str, suffix: str) -> str:
    if suffix not in _SUFFIXES:
        raise NO_SUCH_RESOURCE.said()
    said = f"{number}.{suffix}".encode("utf-8", "surrogatepass")
    return hmac.digest(sandbox.credential(NAME, "client_secret").encode(), said, "sha256").hex()


def printed(world: World, shipment: Shipment, parcel: Parcel, image_type: str) -> bytes:
    """The label of one box."""
    # Large libraries, which a server that prints no labels need not load.
    from mock_api import carrier_labels as drawing  # noqa: PLC0415

    carrier, wish = world.registry.carrier(NAME), shipment.wish
    nth = shipment.parcel_ids.index(parcel.id)
    piece = wish.pieces[nth]
    home = services.home_of(wish.sender, wish.recipient)
    product = services.product_of(carrier.service(shipment.service), home)
    day = services.today_at(carrier, wish.sender, shipment.labelled_at)
    parts = drawing.CarrierLabel(
        carrier_name="FedEx",
        service_name=product.name,
        tracking_number=parcel.tracking_number,
        sender=drawing.Party.of(wish.sender),
        recipient=drawing.Party.of(wish.recipient),
        weight_g=piece.weight_g,
        reference=piece.reference or wish.reference,
        printed_on=day.isoformat(),
        piece=f"{nth + 1} of {len(wish.pieces)}",
    )
    return drawing.label(parts, FORMS[image_type])
