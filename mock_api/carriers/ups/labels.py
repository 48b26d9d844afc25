"""Label recovery: a label that was bought, again."""

from typing import Any, Final

from fastapi import APIRouter

from mock_api.carriers.ups.accounts import Account, OwnAccount
from mock_api.carriers.ups.forms import Code, Envelope, Form, Party, Reference, done
from mock_api.carriers.ups.images import form_wanted, label_image
from mock_api.carriers.ups.names import NAME
from mock_api.carriers.ups.refusals import Refused
from mock_api.carriers.ups.shipping import own_shipment
from mock_api.carriers.ups.versions import alone_if_old
from mock_api.kernel import shipped
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.parcels.model import Parcel
from simulator.shipments.model import Shipment, ShipmentStatus

_NOT_FOUND: Final = (
    "The shipment for the requested tracking number or the combination of reference number plus "
    "shipper number could not be found. Please check the submitted data or wait until the shipment "
    "is processed."
)
_PICTURES: Final = ("GIF", "PNG")


class Specification(Form):
    LabelImageFormat: Code = Code()
    LabelStockSize: dict[str, Any] | None = None


class ReferenceValues(Form):
    ReferenceNumber: Reference = Reference()
    ShipperNumber: str = ""


class RecoveryRequest(Form):
    Request: Envelope | None = None
    LabelSpecification: Specification = Specification()
    TrackingNumber: str = ""
    ReferenceValues_: ReferenceValues | None = None

    model_config = Party.model_config


class RecoveryBody(Form):
    LabelRecoveryRequest: RecoveryRequest = RecoveryRequest()


def serve(router: APIRouter) -> None:
    router.post("/api/labels/{version}/recovery")(recover_label)


async def recover_label(
    version: str, body: RecoveryBody, sandbox: CarrierSandbox, account: OwnAccount
) -> dict[str, Any]:
    """By tracking number, or by the shipper's reference."""
    request = body.LabelRecoveryRequest
    refusal = Refused("300013", "Invalid Label Print Method")
    specification = request.LabelSpecification
    form = form_wanted(specification.LabelImageFormat.Code, refusal)
    if form in _PICTURES and specification.LabelStockSize:
        words = "Label Stock Size not allowed for specified Label Image Type"
        raise Refused("9801050", words)
    world = sandbox.world
    shipment = _found(world, request, account)
    parcels = world.shippers.parcels_of(shipment)
    _require_unused(shipment, parcels)
    wanted = [
        (nth, parcel)
        for nth, parcel in enumerate(parcels)
        if request.TrackingNumber in ("", parcel.tracking_number)
    ]
    results = [_result(shipment, parcel, nth, form) for nth, parcel in wanted]
    return {
        "LabelRecoveryResponse": {
            "Response": done(request.Request),
            "ShipmentIdentificationNumber": parcels[0].tracking_number,
            "LabelResults": alone_if_old(version, results),
        }
    }


def _found(world: World, request: RecoveryRequest, account: Account) -> Shipment:
    by_reference = request.ReferenceValues_
    if request.TrackingNumber:
        found = own_shipment(world, request.TrackingNumber)
    elif by_reference and by_reference.ReferenceNumber.Value:
        account.require(by_reference.ShipperNumber)
        found = shipped.referenced(world, NAME, by_reference.ReferenceNumber.Value)
    else:
        words = "Either tracking number or combination of reference plus shipper number required"
        raise Refused("9801030", words)
    if found is None:
        raise Refused("9801031", _NOT_FOUND)
    return found


def _require_unused(shipment: Shipment, parcels: list[Parcel]) -> None:
    if shipment.status is ShipmentStatus.VOIDED:
        words = "The shipment for which you are trying to recover a label has been voided."
        raise Refused("9801040", words)
    if any(parcel.is_collected for parcel in parcels):
        words = "Label is unavailable -- the package has been sent to the destination address"
        raise Refused("9801028", words)


def _result(shipment: Shipment, parcel: Parcel, nth: int, form: str) -> dict[str, Any]:
    image = label_image(shipment, parcel, nth, form)
    image["LabelImageFormat"] = image.pop("ImageFormat")
    return {"TrackingNumber": parcel.tracking_number, "LabelImage": image}
