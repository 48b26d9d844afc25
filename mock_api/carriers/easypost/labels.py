"""Postage labels: where each form of one waits, and the files themselves.

The real ones wait in a store that asks for no key, since their addresses cannot be guessed; so do
these: an address is signed with the key of the sandbox that it belongs to.
"""

import hmac
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from mock_api.carriers.easypost import wishes, words
from mock_api.carriers.easypost.following import VIEW
from mock_api.carriers.easypost.gates import KEY, gated
from mock_api.carriers.easypost.ids import disguised, undisguised
from mock_api.carriers.easypost.refusals import WORDS, invalid, not_found
from mock_api.carriers.easypost.shapes import moment
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route, sandboxes_of
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.shipments.model import Shipment, ShipmentStatus

FORMS: Final = {"PNG": "image/png", "PDF": "application/pdf", "ZPL": "application/zpl"}
USUAL: Final = "PNG"
CONVERTED: Final = "label_forms"
"""In a shipment's notes: the forms that its label was converted to."""

_MARK: Final = 32


async def _by_its_mark(request: Request) -> Sandbox:
    """Whose file it is, its address says."""
    said = request.path_params
    for sandbox in sandboxes_of(request).all():
        if hmac.compare_digest(_mark(sandbox, said["own_id"]).encode(), said["mark"].encode()):
            return sandbox
    raise not_found()


router: Final = APIRouter(prefix="/v2/shipments", tags=["labels"], route_class=gated())
files: Final = APIRouter(
    prefix="/v2/files/postage_label",
    tags=["labels"],
    route_class=carrier_route(VIEW, _by_its_mark, WORDS),
)


@files.get("/{mark}/{own_id}.{suffix}", response_class=Response)
async def get_label_file(sandbox: CarrierSandbox, own_id: str, suffix: str) -> Response:
    """The label, printed anew."""
    found, form = undisguised("pl", own_id), suffix.upper()
    shipment = sandbox.world.shippers.shipment(found[0]) if found else None
    if shipment is None or form not in FORMS or suffix != suffix.lower():
        raise not_found()
    return Response(_printed(sandbox.world, shipment, form), media_type=FORMS[form])


def form_of(shipment: Shipment) -> str:
    """In which form it was asked for."""
    said = wishes.noted(shipment, wishes.OPTIONS).get("label_format")
    return str(said or USUAL).upper()


def require_form(form: str) -> None:
    if form not in FORMS:
        known = ", ".join(FORMS)
        raise invalid("SHIPMENT.POSTAGE.INVALID_FORMAT", f"Label formats here are {known}.")


def convert(world: World, shipment: Shipment, form: str) -> None:
    """Its label is there in that form, too."""
    if shipment.status is ShipmentStatus.DRAFT:
        raise invalid("SHIPMENT.POSTAGE.REQUIRED", "This shipment has no postage yet.")
    require_form(form)
    forms = {*shipment.notes.get(CONVERTED, "").split(), form}
    world.shippers.note(shipment.id, {CONVERTED: " ".join(sorted(forms))})


def postage_label(request: Request, sandbox: Sandbox, shipment: Shipment) -> dict[str, Any] | None:
    """As recorded in test_shipment_buy.yaml; ``None`` before it is bought."""
    if shipment.status is ShipmentStatus.DRAFT:
        return None
    own_id, when = disguised("pl", shipment.id), moment(shipment.labelled_at)
    form, converted = form_of(shipment), shipment.notes.get(CONVERTED, "").split()
    address = f"{request.base_url}v2/files/postage_label/{_mark(sandbox, own_id)}/{own_id}"
    also = {each: f"{address}.{each.lower()}" if each in converted else None for each in FORMS}
    return {
        "object": "PostageLabel",
        "id": own_id,
        "created_at": when,
        "updated_at": when,
        "date_advance": 0,
        "integrated_form": "none",
        "label_date": when,
        "label_resolution": 300,
        "label_size": "4x6",
        "label_type": "default",
        "label_file_type": FORMS[form],
        "label_url": f"{address}.{form.lower()}",
        "label_pdf_url": also["PDF"],
        "label_zpl_url": also["ZPL"],
        "label_epl2_url": None,
        "label_file": None,
    }


def _mark(sandbox: Sandbox, own_id: str) -> str:
    key = sandbox.credential(VIEW, KEY).encode()
    return hmac.new(key, own_id.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:_MARK]


def _printed(world: World, shipment: Shipment, form: str) -> bytes:
    from mock_api.carrier_labels import CarrierLabel, Party, label  # noqa: PLC0415 - large

    parcels = world.shippers.parcels_of(shipment)
    if not parcels:
        raise not_found()
    carrier = world.registry.carrier(shipment.carrier)
    parts = CarrierLabel(
        carrier_name=carrier.name,
        service_name=words.service_name(carrier.code, carrier.service(shipment.service)),
        tracking_number=parcels[0].tracking_number,
        sender=Party.of(shipment.wish.sender),
        recipient=Party.of(shipment.wish.recipient),
        weight_g=shipment.weight_g,
        reference=shipment.wish.reference,
        printed_on=moment(shipment.labelled_at)[:10],
    )
    return label(parts, form)  # type: ignore[arg-type] # one of FORMS
