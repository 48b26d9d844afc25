"""Shipments: made with rates, bought, shown, rated anew, refunded."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request

from mock_api.carriers.easypost import labels, rating, words
from mock_api.carriers.easypost.following import CARRIER, VIEW
from mock_api.carriers.easypost.gates import gated
from mock_api.carriers.easypost.ids import disguised, undisguised
from mock_api.carriers.easypost.paging import PageAsked, listed, page
from mock_api.carriers.easypost.refusals import Refused, invalid, missing, not_found
from mock_api.carriers.easypost.requests import BuyBody, ShipmentBody, ShipmentSent
from mock_api.carriers.easypost.shipments import TRACKER, shipment_id, shipment_with, shown
from mock_api.carriers.easypost.wishes import wish_of
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.consigning import Rate
from simulator.errors import AlreadyCollected
from simulator.shipments.model import Shipment, ShipmentStatus

router: Final = APIRouter(prefix="/v2/shipments", tags=["shipments"], route_class=gated())
rates: Final = APIRouter(prefix="/v2/rates", tags=["shipments"], route_class=gated())


class ShipmentsAsked(PageAsked):
    purchased: bool = True
    """Only those with a label: the documented default."""
    include_children: bool = False


@router.post("", status_code=201)
async def create_shipment(
    request: Request, sandbox: CarrierSandbox, body: ShipmentBody
) -> dict[str, Any]:
    """With its rates; where it names a service, its label is bought at once."""
    sent = body.shipment
    if sent is None or not sent.model_fields_set:
        raise missing("shipment")
    wish = wish_of(sandbox, sent)
    shipment = sandbox.world.shippers.draft(wish)
    if sent.service:
        _buy(sandbox.world, shipment, _named(sandbox.world, shipment, sent))
    return shown(request, sandbox, shipment)


@router.get("")
async def list_shipments(
    request: Request, sandbox: CarrierSandbox, asked: Annotated[ShipmentsAsked, Query()]
) -> dict[str, Any]:
    found = [
        each
        for each in reversed(sandbox.world.shippers.shipments(VIEW))
        if not asked.purchased or each.status is not ShipmentStatus.DRAFT
    ]
    chosen, more = page(asked, found, shipment_id, lambda each: each.created_at)
    return listed("shipments", [shown(request, sandbox, each) for each in chosen], has_more=more)


@router.get("/{own_id}")
async def get_shipment(request: Request, sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    return shown(request, sandbox, shipment_with(sandbox.world, own_id))


@router.post("/{own_id}/buy")
async def buy_shipment(
    request: Request, sandbox: CarrierSandbox, own_id: str, body: BuyBody
) -> dict[str, Any]:
    shipment = shipment_with(sandbox.world, own_id)
    if body.rate is None or not body.rate.id:
        raise invalid("SHIPMENT.MISSING_RATE", "Name the rate to buy.", ("rate", "cannot be blank"))
    _buy(sandbox.world, shipment, _with_id(sandbox.world, shipment, body.rate.id))
    return shown(request, sandbox, shipment)


@router.post("/{own_id}/rerate")
async def rerate_shipment(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    """The price list does not change while a world lasts: the rates are those of before."""
    shipment = shipment_with(sandbox.world, own_id)
    offered = rating.offered(sandbox.world, shipment)
    return {"rates": [rating.shown(shipment, nth, rate) for nth, rate in offered]}


@router.get("/{own_id}/rates")
async def get_rates(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    return await rerate_shipment(sandbox, own_id)


@rates.get("/{own_id}")
async def get_rate(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    found = undisguised("rate", own_id)
    if found is None:
        raise not_found()
    shipment = shipment_with(sandbox.world, disguised("shp", found[0]))
    return rating.shown(shipment, found[1], _with_id(sandbox.world, shipment, own_id))


@router.post("/{own_id}/refund")
async def refund_shipment(request: Request, sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    """Its label will not be used."""
    shipment = shipment_with(sandbox.world, own_id)
    if shipment.status is ShipmentStatus.DRAFT:
        raise invalid("SHIPMENT.POSTAGE.REQUIRED", "This shipment has no postage yet.")
    if shipment.status is ShipmentStatus.VOIDED:
        raise _no_refund("Refund has already been requested.")
    try:
        sandbox.world.shippers.void(shipment.id)
    except AlreadyCollected:
        raise _no_refund("The parcel has been shipped.") from None
    return shown(request, sandbox, shipment)


@router.get("/{own_id}/label")
async def convert_label(
    request: Request, sandbox: CarrierSandbox, own_id: str, file_format: str = labels.USUAL
) -> dict[str, Any]:
    """The label in one form more."""
    shipment = shipment_with(sandbox.world, own_id)
    labels.convert(sandbox.world, shipment, file_format.upper())
    return shown(request, sandbox, shipment)


def _no_refund(why: str) -> Refused:
    return invalid("SHIPMENT.REFUND.UNAVAILABLE", f"Unable to request refund. {why}")


def _buy(world: World, shipment: Shipment, rate: Rate) -> None:
    """Its label, and a tracker of its own."""
    if shipment.status is not ShipmentStatus.DRAFT:
        raise invalid("SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.")
    labels.require_form(labels.form_of(shipment))
    carrier = rate.carrier.code
    bought = world.shippers.buy(shipment.id, carrier, rate.service.code)
    number = world.shippers.parcels_of(bought)[0].tracking_number
    notes = {CARRIER: words.carrier_name(carrier)}
    tracker = world.trackers.add(VIEW, number, carrier, notes)
    world.shippers.note(shipment.id, {TRACKER: tracker.id})


def _with_id(world: World, shipment: Shipment, rate_id: str) -> Rate:
    found = undisguised("rate", rate_id)
    if found is None or found[0] != shipment.id:
        raise not_found()
    for nth, rate in rating.offered(world, shipment):
        if nth == found[1]:
            return rate
    raise not_found()


def _named(world: World, shipment: Shipment, sent: ShipmentSent) -> Rate:
    """The rate of the carrier and service that were named."""
    wanted = sent.carrier.casefold(), sent.service.casefold()
    for _, rate in rating.offered(world, shipment):
        carrier = words.carrier_name(rate.carrier.code).casefold()
        service = words.service_name(rate.carrier.code, rate.service).casefold()
        if wanted[0] in ("", carrier) and wanted[1] == service:
            return rate
    raise invalid("SHIPMENT.RATES.UNAVAILABLE", f"There is no rate for {sent.service}.")
