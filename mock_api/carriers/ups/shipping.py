"""Shipping: labels are bought, and not used after all."""

import re
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query

from mock_api.carriers.ups import charges
from mock_api.carriers.ups.accounts import OwnAccount
from mock_api.carriers.ups.forms import (
    Code,
    Envelope,
    Form,
    Money,
    Packages,
    Party,
    References,
    done,
    is_metric,
    pieces_of,
    require_address,
    weighed,
)
from mock_api.carriers.ups.images import form_wanted, label_image
from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.rating import RatingOptions
from mock_api.carriers.ups.refusals import Refused
from mock_api.carriers.ups.services import KNOWN, offer
from mock_api.kernel import shipped
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.consigning import PIECES_MAX, Rate
from simulator.errors import AlreadyCollected
from simulator.shipments.model import Shipment, ShipmentStatus, Wish

_NUMBER: Final = re.compile(r"1Z[0-9A-Z]{16}", re.ASCII)
_UNAVAILABLE: Final = "The selected service is not available from the origin to the destination."


class LabelSpecification(Form):
    LabelImageFormat: Code = Code()


class ShipmentWish(Form):
    Description: str = ""
    Shipper: Party = Party()
    ShipTo: Party = Party()
    ShipFrom: Party | None = None
    Service: Code = Code()
    Package_: Packages = ()
    ReferenceNumber: References = ()
    InvoiceLineTotal: Money | None = None
    ShipmentRatingOptions: RatingOptions = RatingOptions()

    model_config = Party.model_config


class ShipmentRequest(Form):
    Request: Envelope = Envelope()
    Shipment: ShipmentWish | None = None
    LabelSpecification_: LabelSpecification = LabelSpecification()

    model_config = Party.model_config


class ShipBody(Form):
    ShipmentRequest_: ShipmentRequest = ShipmentRequest()

    model_config = Party.model_config


def serve(router: APIRouter) -> None:
    router.post("/api/shipments/{version}/ship")(ship)
    router.delete("/api/shipments/{version}/void/cancel/{number}")(void)


async def ship(
    version: str, body: ShipBody, sandbox: CarrierSandbox, account: OwnAccount
) -> dict[str, Any]:
    """A label for each package. PackageResults is an array in every version (ours)."""
    del version
    request, world = body.ShipmentRequest_, sandbox.world
    asked = request.Shipment
    if asked is None:
        raise Refused("10006", "Missing shipment information.")
    form = form_wanted(request.LabelSpecification_.LabelImageFormat.Code)
    account.require(asked.Shipper.ShipperNumber)
    wish = _wish(asked)
    rate = _chosen(world, wish, asked.Service.Code)
    sold = offer(rate.service, wish.sender.region, wish.recipient.region)
    notes = {"service": sold.name}
    shipment = world.shippers.ship(replace(wish, service=rate.service.code, notes=notes))
    return {
        "ShipmentResponse": {
            "Response": done(request.Request),
            "ShipmentResults": _results(world, shipment, rate, asked, form),
        }
    }


def _wish(asked: ShipmentWish) -> Wish:
    origin = asked.ShipFrom or asked.Shipper
    require_address(asked.Shipper, ("Shipper", "1201"))
    require_address(asked.ShipTo, ("ShipTo", "1202"))
    if asked.ShipFrom:
        require_address(asked.ShipFrom, ("ShipFrom", "1203"))
    if not (asked.ShipTo.Name or asked.ShipTo.AttentionName):
        raise Refused("120200", "Missing/Invalid ShipTo CompanyName")
    abroad = origin.address.region != asked.ShipTo.address.region
    if abroad and not asked.ShipTo.address.phone:
        raise Refused("120209", "Missing/Invalid ShipTo PhoneNumber")
    if not asked.Package_:
        raise Refused("120608", "Package weight is required")
    if len(asked.Package_) > PIECES_MAX:
        raise Refused("120624", f"Only {PIECES_MAX} packages are allowed for this movement.")
    value = asked.InvoiceLineTotal or Money()
    return Wish(
        account=NAME,
        sender=origin.address,
        recipient=asked.ShipTo.address,
        pieces=pieces_of(asked.Package_, "120"),
        carrier=CARRIER,
        contents=asked.Description,
        reference=next((each.Value for each in asked.ReferenceNumber if each.Value), ""),
        value_minor=_minor(value.MonetaryValue),
        value_currency=value.CurrencyCode,
    )


def _minor(amount: str) -> int:
    try:
        return max(0, round(float(amount or 0) * 100))
    except (ValueError, OverflowError):
        raise Refused("120502", "InvoiceLineTotal/MonetaryValue must be greater than 0") from None


def _chosen(world: World, wish: Wish, code: str) -> Rate:
    rates = world.shippers.rates(wish.sender, wish.recipient, wish.pieces, CARRIER)
    lane = wish.sender.region, wish.recipient.region
    by_code = {offer(each.service, *lane).code: each for each in rates}
    if code not in KNOWN and code not in by_code:
        raise Refused("120500", "Missing/Invalid Service/Code")
    found = by_code.get(code)
    if found is None:
        raise Refused("121210", _UNAVAILABLE)
    if found.why:
        raise charges.not_carried(found.why, "121")
    return found


def _results(
    world: World, shipment: Shipment, rate: Rate, asked: ShipmentWish, form: str
) -> dict[str, Any]:
    metric = is_metric(asked.Package_)
    listed, pays = charges.published(rate), charges.paid(rate)
    parcels = world.shippers.parcels_of(shipment)
    results: dict[str, Any] = {
        "ShipmentCharges": listed.told(itemized=False),
        "BillingWeight": weighed(rate.billable_g, metric=metric),
        "ShipmentIdentificationNumber": parcels[0].tracking_number,
        "PackageResults": [
            {
                "TrackingNumber": parcel.tracking_number,
                "ServiceOptionsCharges": listed.money(0),
                "ShippingLabel": label_image(shipment, parcel, nth, form),
            }
            for nth, parcel in enumerate(parcels)
        ],
    }
    if asked.ShipmentRatingOptions.NegotiatedRatesIndicator is not None:
        results["NegotiatedRateCharges"] = {"TotalCharge": pays.money(pays.total)}
    return results


# Voiding.


async def void(
    version: str,
    number: str,
    sandbox: CarrierSandbox,
    trackingnumber: Annotated[list[str] | None, Query()] = None,
) -> dict[str, Any]:
    """Its labels will not be used: until UPS has one of its packages."""
    del version
    if not _NUMBER.fullmatch(number):
        raise Refused("190100", "Invalid ShipmentIdentificationNumber.")
    world = sandbox.world
    shipment = own_shipment(world, number)
    if shipment is None:
        raise _no_void()
    numbers = [parcel.tracking_number for parcel in world.shippers.parcels_of(shipment)]
    if numbers[0] != number:
        raise _no_void()
    if shipment.status is ShipmentStatus.VOIDED:
        raise Refused("190117", "The Shipment has already been voided")
    _require_whole(shipment, numbers, trackingnumber or numbers)
    try:
        world.shippers.void(shipment.id)
    except AlreadyCollected:
        raise _no_void() from None
    status = {"Code": "1", "Description": "Voided"}
    return {
        "VoidShipmentResponse": {
            "Response": done(None),
            "SummaryResult": {"Status": status},
        }
    }


def _no_void() -> Refused:
    return Refused("190102", "No shipment found within the allowed void period")


def _require_whole(shipment: Shipment, numbers: list[str], named: list[str]) -> None:
    """Single packages cannot be voided here; across borders UPS does not, either."""
    wanted = {each for one in named for each in one.split(",")}
    if wanted >= set(numbers):
        return
    if shipment.wish.sender.region != shipment.wish.recipient.region:
        raise Refused("190113", "International Shipments cannot be Voided at the Package Level")
    raise Refused("190121", "None of the submitted packages were voided")


def own_shipment(world: World, number: str) -> Shipment | None:
    """The one of that number that was made through this interface."""
    return shipped.numbered(world, NAME, number)
