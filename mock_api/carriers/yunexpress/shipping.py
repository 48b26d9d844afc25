"""Waybills: created, looked up, cancelled, held, and weighed anew.

A package is a parcel of the world with a waybill of its own; the first stands for all. It stands at
its sender's door, where the world's shippers have a daily pickup, or waits for one who drops it
off.
"""

import json
from dataclasses import replace
from typing import Final

from fastapi import APIRouter

from mock_api.carriers.yunexpress.access import identify
from mock_api.carriers.yunexpress.naming import named
from mock_api.carriers.yunexpress.refusals import WORDS, Shape, done, unknown, wrong
from mock_api.carriers.yunexpress.requests import (
    CreateWish,
    Declared,
    WaybillWish,
    WeightWish,
    grams,
)
from mock_api.carriers.yunexpress.view import Look, Note, look
from mock_api.carriers.yunexpress.words import CARRIER, NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.shipped import live_with_reference
from simulator import World
from simulator.carriers.model import Service
from simulator.carriers.numbers import could_be_printed
from simulator.people import Address
from simulator.registry import COUNTRY
from simulator.shipments.model import Shipment, Wish

LABELS: Final = ("PDF", "PNG", "ZPL")
_AT_HOME: Final = Address(
    "Seatrial Seller",
    "+86 755 5550 0166",
    "12 Keji South Road, Nanshan",
    "Shenzhen",
    "518000",
    COUNTRY,
    "Guangdong",
)

router: Final = APIRouter(
    prefix="/v1/order", route_class=carrier_route(NAME, identify, WORDS, names=named)
)


@router.post("/package/create")
async def create_package(sandbox: CarrierSandbox, wish: CreateWish) -> Shape:
    """One order, of one package or of several."""
    world = sandbox.world
    service = service_of(world, wish.product_code)
    if live_with_reference(world, NAME, wish.customer_order_number):
        raise wrong(f"customer_order_number {wish.customer_order_number} exists already")
    if wish.tracking_number and not could_be_printed(wish.tracking_number):
        raise wrong("order_numbers.tracking_number is malformed")
    shipment = world.shippers.ship(_wish(world, wish, service))
    return done(_created(sandbox, shipment))


def service_of(world: World, product: str) -> Service:
    """The service that YunExpress sells under that code."""
    for service in world.registry.carrier(CARRIER).services:
        if service.product == product:
            return service
    raise wrong(f"product_code {product} does not exist")


def sender_of(world: World) -> Address:
    """Whose account it is: the first shop's warehouse in China (ours)."""
    warehouses = world.registry.warehouses.values()
    found = (each.address for each in warehouses if each.address.region == COUNTRY)
    return next(found, _AT_HOME)


def _wish(world: World, wish: CreateWish, service: Service) -> Wish:
    label = wish.label_type.upper()
    notes = {
        Note.TRACKING: wish.tracking_number,
        Note.LABEL: label if label in LABELS else "",
        Note.DECLARED: _declared(wish.declaration_info),
        "platform_account_code": wish.platform_account_code,
        "source_code": wish.source_code,
        "sensitive_type": wish.sensitive_type,
    }
    total = sum(round(each.price * 100) * each.quantity for each in wish.declaration_info)
    return Wish(
        account=NAME,
        sender=wish.sender.address("sender") if wish.sender else sender_of(world),
        recipient=wish.receiver.address("receiver"),
        pieces=tuple(
            # It can be asked for by the number that it brought as well.
            replace(each.piece(wish.weight_unit, wish.size_unit), reference=wish.tracking_number)
            for each in wish.packages
        ),
        carrier=CARRIER,
        service=service.code,
        contents=wish.declaration_info[0].title,
        reference=wish.customer_order_number,
        value_minor=total,
        value_currency=wish.declaration_info[0].currency,
        notes={key: value for key, value in notes.items() if value},
    )


def _declared(lines: list[Declared]) -> str:
    told = [
        {
            "sku_code": line.sku_code or line.sku,
            "name_local": line.name_local or line.title,
            "name_en": line.title,
            "quantity": line.quantity,
            "unit_price": line.price,
            "unit_weight": line.unit_weight,
            "hs_code": line.hs_code,
            "currency": line.currency,
        }
        for line in lines
    ]
    return json.dumps(told, ensure_ascii=False)


def _created(sandbox: Sandbox, shipment: Shipment) -> Shape:
    """Y: there is a tracking number; W: it comes later (documented letters)."""
    waybills = [each.tracking_number for each in sandbox.world.shippers.parcels_of(shipment)]
    brought = shipment.wish.notes.get(Note.TRACKING, "")
    boxes = [
        {"box_number": str(nth), "shipper_hawbcode": waybill}
        for nth, waybill in enumerate(waybills, start=1)
    ]
    return {
        "customer_order_number": shipment.wish.reference,
        "waybill_number": waybills[0],
        "tracking_number": brought,
        "track_type": "Y" if brought else "W",
        "bar_codes": waybills,
        "remote_area": False,
        "shipper_boxs": boxes if len(boxes) > 1 else [],
    }


@router.get("/info/get")
async def order_info(sandbox: CarrierSandbox, order_number: str = "") -> Shape:
    """By any of its numbers."""
    return done(_detail(required(sandbox.world, order_number)))


def required(world: World, number: str) -> Look:
    if not number:
        raise wrong("order_number is required")
    found = look(world, number)
    if found is None:
        raise unknown(number)
    return found


def _detail(seen: Look) -> Shape:
    parcel, carrier, shipment = seen.sight.parcel, seen.sight.carrier, seen.shipment
    assert parcel is not None
    assert carrier is not None
    notes = shipment.wish.notes if shipment else {}
    pieces = shipment.wish.pieces if shipment else ()
    packages = [
        {
            "weight": piece.weight_g / 1000,
            **dict(zip(("length", "width", "height"), _centimetres(piece.sides_mm), strict=True)),
        }
        for piece in pieces
    ]
    weight_g = int(shipment.notes.get(Note.WEIGHT, "0")) if shipment else 0
    if weight_g and packages:
        packages[0]["weight"] = weight_g / 1000
    return {
        "waybill_number": seen.waybill,
        "customer_order_number": seen.order_number,
        "product_code": carrier.service(parcel.service).product,
        "tracking_number": seen.tracking_number,
        "platform_account_code": notes.get("platform_account_code", ""),
        "pieces": max(1, len(packages)),
        "weight_unit": "KG",
        "size_unit": "CM",
        "status": seen.order_status,
        "sensitive_type": notes.get("sensitive_type", ""),
        "source_code": notes.get("source_code", ""),
        "chargeWeight": 0,
        "packages": packages,
        "receiver": _party(seen.sight.recipient),
        "sender": _party(seen.sight.sender),
        "declaration_info": json.loads(notes.get(Note.DECLARED, "[]")),
    }


def _centimetres(sides_mm: tuple[int, int, int]) -> list[float]:
    return [side / 10 for side in sides_mm]


def _party(address: Address | None) -> Shape:
    if address is None:
        return {}
    return {
        "country_code": address.region,
        "first_name": address.name,
        "last_name": "",
        "address_lines": [address.line1],
        "city": address.city,
        "province": address.state,
        "phone_number": address.phone,
        "postal_code": address.postal_code,
    }


# Changes, as long as it is a forecast.


@router.post("/cancel")
async def cancel(sandbox: CarrierSandbox, wish: WaybillWish) -> Shape:
    """Until it has been received."""
    shipment = _forecast(sandbox, wish.waybill_number)
    sandbox.world.shippers.void(shipment.id)
    return done()


@router.post("/hold")
async def hold(sandbox: CarrierSandbox, wish: WaybillWish) -> Shape:
    """It shall not be shipped. A forecast is marked; what YunExpress has in its warehouse goes back
    to its sender, package by package; what has been shipped goes on."""
    world = sandbox.world
    seen = required(world, wish.waybill_number)
    shipment = seen.shipment
    if shipment is None or seen.order_status not in ("A", "B"):
        raise wrong(f"order {wish.waybill_number} cannot be held")
    for parcel in world.shippers.parcels_of(shipment):
        if required(world, parcel.tracking_number).order_status == "B":
            world.carriers.send_back(parcel.id)
    world.shippers.note(shipment.id, {Note.HELD: wish.remark or "held"})
    return done()


@router.post("/weight/modify")
async def modify_weight(sandbox: CarrierSandbox, wish: WeightWish) -> Shape:
    """The forecast alone: what is charged is what was booked. Refused, where the product would not
    take it."""
    world = sandbox.world
    shipment = _forecast(sandbox, wish.waybill_number)
    said, weight_g = shipment.wish, grams(wish.weight, wish.weight_unit)
    first, *others = said.pieces
    rates = world.shippers.rates(
        said.sender, said.recipient, [replace(first, weight_g=weight_g), *others], CARRIER
    )
    why = next(each.why for each in rates if each.service.code == shipment.service)
    if why:
        raise wrong(f"the product does not take this package: {why}")
    world.shippers.note(shipment.id, {Note.WEIGHT: str(weight_g)})
    return done()


def _forecast(sandbox: Sandbox, number: str) -> Shipment:
    """The order of that waybill, if nobody has received it yet."""
    seen = required(sandbox.world, number)
    if seen.shipment is None or seen.waybill != number:
        raise unknown(number)
    held_forecast = seen.order_status == "Y" and seen.status == "F"
    if seen.order_status != "A" and not held_forecast:
        raise wrong(f"order {number} is no forecast any more")
    return seen.shipment
