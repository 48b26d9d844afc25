"""Orders: created, looked up, cancelled, held.

How the goods reach 4PX is said with ``deliver_type``: 1, a courier comes to the door (in the window
that the order names, else with the van's usual rounds); 2, 3 and 5, the shipper brings or sends
them (§8.5).
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from fastapi import APIRouter

from mock_api.carriers.fourpx import refusals as no
from mock_api.carriers.fourpx.access import identify
from mock_api.carriers.fourpx.naming import GATEWAY, named
from mock_api.carriers.fourpx.refusals import WORDS, Refused, Shape, done
from mock_api.carriers.fourpx.requests import (
    CancelWish,
    CreateWish,
    HoldWish,
    ListWish,
    seconds,
)
from mock_api.carriers.fourpx.view import (
    HELD,
    PICKUP,
    Look,
    look,
    of_shipment,
)
from mock_api.carriers.fourpx.words import CARRIER, NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from mock_api.kernel.shipped import live_with_reference
from simulator import DomainError, World
from simulator.carriers.model import Service
from simulator.carriers.scans import Scan
from simulator.clock import DAY
from simulator.consigning import city_of
from simulator.errors import CourierOnTheWay, WrongStatus
from simulator.parcels.model import Handover, ScanRecord
from simulator.shipments.model import Shipment, Wish
from simulator.shipments.pickup import PickupWish
from simulator.shipments.windows import Window

DOOR: Final = "1"
DELIVER_TYPES: Final = {
    DOOR: Handover.PICKUP,
    "2": Handover.DROP_OFF,
    "3": Handover.DROP_OFF,
    "5": Handover.DROP_OFF,
}
_LONGEST: Final = 7 * DAY
_STATUSES: Final = ("P", "V", "H", "C", "F", "R", "X", "ALL")

router: Final = APIRouter(
    prefix=GATEWAY, route_class=carrier_route(NAME, identify, WORDS, names=named)
)


@router.post("/ds.xms.order.create")
async def order_create(sandbox: CarrierSandbox, wish: CreateWish) -> Shape:
    """One order, of one parcel or of several."""
    _require_sense(wish)
    world = sandbox.world
    if live_with_reference(world, NAME, wish.ref_no):
        raise Refused(no.FAILURE, f"ref_no {wish.ref_no} exists already", reference=wish.ref_no)
    service = service_of(world, wish.logistics_service_info.logistics_product_code)
    courier = _courier(world, wish)
    shipment = world.shippers.ship(_wish(wish, service, on_call=courier is not None))
    if courier:
        _call(world, courier, shipment)
    seen = of_shipment(world, shipment)
    return done(
        {
            "ds_consignment_no": seen.consignment,
            "4px_tracking_no": seen.number,
            "label_barcode": seen.number,
            "ref_no": seen.ref_no,
            "logistics_channel_no": seen.channel_no,
            "oda_result_sign": "N",
        }
    )


def _require_sense(wish: CreateWish) -> None:
    """What the order system checks before anything else (the order is ours)."""
    if not wish.ref_no:
        raise Refused(no.NO_ORDER_NUMBER)
    if not wish.business_type:
        raise Refused(no.NO_BUSINESS_TYPE, reference=wish.ref_no)
    if wish.business_type != "BDS":
        raise Refused(no.BAD_BUSINESS_TYPE, reference=wish.ref_no)
    if wish.duty_type not in ("U", "P"):
        raise Refused(no.BAD_PARAMETER, "duty_type must be U or P", reference=wish.ref_no)
    if wish.deliver_type_info.deliver_type not in DELIVER_TYPES:
        raise Refused(no.BAD_DELIVER_TYPE, reference=wish.ref_no)


def service_of(world: World, product: str) -> Service:
    """The service that 4PX sells under that code."""
    for service in world.registry.carrier(CARRIER).services:
        if service.product == product:
            return service
    raise Refused(no.NO_PRODUCT, product)


def _window(wish: CreateWish) -> Window | None:
    """When a courier is to come to the door; ``None``: nobody says."""
    said = wish.deliver_type_info.pick_up_info
    earliest, latest = said.expect_pick_up_earliest_time, said.expect_pick_up_latest_time
    if wish.deliver_type_info.deliver_type != DOOR or earliest is None or latest is None:
        return None
    return Window(seconds(earliest), seconds(latest))


def _courier(world: World, wish: CreateWish) -> PickupWish | None:
    """The one whom the order calls. One whose window nobody keeps is refused, before there is an
    order."""
    window = _window(wish)
    if window is None:
        return None
    sender = wish.sender.address("sender")
    place = wish.deliver_type_info.pick_up_info.pick_up_address_info
    address = place.address("pick_up_address_info") if place else sender
    if city_of(address) != city_of(sender):  # where the goods stand, in this world
        raise Refused(
            no.BAD_PARAMETER,
            "pick_up_address_info.city must be the sender's",
            reference=wish.ref_no,
        )
    called = PickupWish(NAME, CARRIER, address, window, pieces=len(wish.parcel_list))
    try:
        world.shippers.pickup_window(called)
    except DomainError as why:
        raise Refused(no.BAD_PARAMETER, why, reference=wish.ref_no) from why
    return called


def _call(world: World, courier: PickupWish, shipment: Shipment) -> None:
    numbers = tuple(each.tracking_number for each in world.shippers.parcels_of(shipment))
    pickup = world.shippers.book_pickup(replace(courier, numbers=numbers))
    world.shippers.note(shipment.id, {PICKUP: pickup.id})


def _wish(wish: CreateWish, service: Service, *, on_call: bool) -> Wish:
    first = wish.parcel_list[0]
    declared = first.declare_product_info[:1]
    return Wish(
        account=NAME,
        sender=wish.sender.address("sender"),
        recipient=wish.recipient_info.address("recipient_info"),
        pieces=tuple(each.piece for each in wish.parcel_list),
        carrier=CARRIER,
        service=service.code,
        handover=DELIVER_TYPES[wish.deliver_type_info.deliver_type],
        on_call=True if on_call else None,
        contents=declared[0].declare_product_name_en if declared else "",
        reference=wish.ref_no,
        value_minor=sum(round(each.parcel_value * 100) for each in wish.parcel_list),
        value_currency=first.currency,
    )


@router.post("/ds.xms.order.get")
async def order_get(sandbox: CarrierSandbox, wish: ListWish) -> Shape:
    """One by its number, or all that were created in a week at the most."""
    if wish.consignment_status not in _STATUSES:
        raise Refused(no.BAD_PARAMETER, "consignment_status")
    if wish.request_no:
        found = [required(sandbox.world, wish.request_no, no.NO_ORDER)]
    else:
        found = _created_within(sandbox.world, wish)
    wanted = wish.consignment_status
    return done([_order(each) for each in found if wanted in ("ALL", each.status)])


def required(world: World, number: str, code: str) -> Look:
    """The order of that number; refused with *code*, if there is none."""
    if not number:
        raise Refused(no.NO_REQUEST_NUMBER)
    found = look(world, number)
    if found is None:
        raise Refused(code, reference=number)
    return found


def _created_within(world: World, wish: ListWish) -> list[Look]:
    start, end = wish.start_time_of_create_consignment, wish.end_time_of_create_consignment
    if start is None or end is None:
        raise Refused(no.NO_REQUEST_NUMBER)
    if seconds(end) - seconds(start) > _LONGEST:
        raise Refused(no.TOO_LONG)
    return [
        of_shipment(world, each)
        for each in world.shippers.shipments(NAME)
        if each.parcel_ids and seconds(start) <= each.created_at <= seconds(end)
    ]


def _order(seen: Look) -> Shape:
    parcel, carrier = seen.sight.parcel, seen.sight.carrier
    assert parcel is not None
    assert carrier is not None
    service = carrier.service(parcel.service)
    inbound, outbound = seen.first(Scan.ARRIVED_AT_HUB), seen.first(Scan.DEPARTED_FROM_HUB)
    info = {
        "ds_consignment_no": seen.consignment,
        "4px_tracking_no": seen.number,
        "ref_no": seen.ref_no,
        "get_no_mode": "U",
        "logistics_channel_no": seen.channel_no,
        "logistics_channel_name": seen.channel_name,
        "logistics_product_code": service.product,
        "logistics_product_name": service.name,
        "consignment_status": seen.status,
        "consignment_create_date": seen.records[0].at * 1000,
        **_dated("4px_inbound_date", inbound),
        **_dated("4px_outbound_date", outbound),
        "has_check_oda": "N",
        "oda_result_sign": "N",
        "is_hold_sign": "Y" if seen.is_held else "N",
        "insure_status": "N",
        "insure_type": "",
    }
    return {"consignment_info": info, **_confirmed(seen, inbound)}


def _dated(name: str, record: ScanRecord | None) -> Shape:
    return {name: record.at * 1000} if record else {}


def _confirmed(seen: Look, inbound: ScanRecord | None) -> Shape:
    """What the warehouse measured: what the order said (ours)."""
    if seen.shipment is None or inbound is None:
        return {}
    pieces = seen.shipment.wish.pieces
    rows = [
        {
            "confirm_weight": str(piece.weight_g),
            "confirm_length": f"{piece.sides_mm[0] / 10:g}",
            "confirm_width": f"{piece.sides_mm[1] / 10:g}",
            "confirm_high": f"{piece.sides_mm[2] / 10:g}",
            "confirm_include_battery": "N",
            "currency_code": seen.shipment.wish.value_currency,
        }
        for piece in pieces
    ]
    return {
        "parcel_confirm_info": {
            "confirm_parcel_qty": str(len(rows)),
            "confirm_parcel_weight": seen.shipment.weight_g,
            "parcel_list_confirm_info": rows,
        }
    }


@router.post("/ds.xms.order.cancel")
async def order_cancel(sandbox: CarrierSandbox, wish: CancelWish) -> Shape:
    """While it is a forecast, and the goods are still at the sender's."""
    if not wish.cancel_reason:
        raise Refused(no.NO_REASON, reference=wish.request_no)
    seen = required(sandbox.world, wish.request_no, no.CANNOT_FIND)
    parcel = seen.sight.parcel
    taken = parcel is not None and parcel.taken_at
    if seen.shipment is None or seen.status != "P" or taken:
        raise Refused(no.NOT_CANCELLABLE, reference=wish.request_no)
    sandbox.world.shippers.void(seen.shipment.id)
    _call_off_courier(sandbox.world, seen.shipment)
    return done()


def _call_off_courier(world: World, shipment: Shipment) -> None:
    """Nobody need come, unless somebody is on the way already, or was there in vain."""
    if PICKUP in shipment.notes:
        with suppress(CourierOnTheWay, WrongStatus):
            world.shippers.cancel_pickup(shipment.notes[PICKUP])


@router.post("/ds.xms.order.hold")
async def order_hold(sandbox: CarrierSandbox, wish: HoldWish) -> Shape:
    """A forecast is marked, or its mark is taken away."""
    if wish.is_hold not in ("Y", "N"):
        raise Refused(no.BAD_COMMAND, reference=wish.request_no)
    seen = required(sandbox.world, wish.request_no, no.CANNOT_FIND)
    if seen.shipment is None or seen.status != "P":
        raise Refused(no.NOT_FORECAST, reference=wish.request_no)
    if seen.is_held == (wish.is_hold == "Y"):
        code = no.HELD_ALREADY if seen.is_held else no.NOT_HELD
        raise Refused(code, reference=wish.request_no)
    shippers = sandbox.world.shippers
    if wish.is_hold == "Y":
        shippers.note(seen.shipment.id, {HELD: wish.hold_reason or "held"})
    else:
        shippers.note(seen.shipment.id, {}, without=[HELD])
    return done()
