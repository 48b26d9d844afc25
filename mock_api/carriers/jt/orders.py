"""Orders that were placed: asked for, printed, called off."""

from base64 import b64encode
from contextlib import suppress
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from pydantic import Field, model_validator

from mock_api.carriers.jt.countries import three_letters
from mock_api.carriers.jt.customers import require_customer
from mock_api.carriers.jt.forms import Customer, Text, biz, local
from mock_api.carriers.jt.names import NAME, Note
from mock_api.carriers.jt.placing import sorting_code
from mock_api.carriers.jt.refusals import Refused
from mock_api.carriers.jt.view import numbered, placed_at, referenced
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.described import described
from simulator import World
from simulator.errors import CourierOnTheWay, WrongStatus
from simulator.people import Address
from simulator.shipments.model import Shipment, ShipmentStatus

_CONTRACT: Final = "2"
_BY_TIME: Final = 3
_MOST_ASKED: Final = 100
"""Order numbers in one question (ours)."""

_CANCELLED, _PICKED_UP, _DISPATCHED, _ASSIGNED = 104, 103, 102, 101


class Which(Customer):
    """One order, by either of its numbers."""

    txlogistic_id: Text = ""
    bill_code: Text = ""

    def of(self, world: World) -> Shipment:
        if not (self.txlogistic_id or self.bill_code):
            raise Refused("145003082")
        by_order = bool(self.txlogistic_id)
        found = (
            referenced(world, self.txlogistic_id) if by_order else numbered(world, self.bill_code)
        )
        if found is None:
            raise Refused("145003064")
        return found


class Cancellation(Which):
    order_type: Text = _CONTRACT
    reason: Text = ""


class Question(Customer):
    command: int = 1
    """1 by order number, 2 by waybill, 3 by time."""
    serial_number: Annotated[list[Text], Field(default_factory=list, max_length=_MOST_ASKED)]
    start_date: Text = ""
    end_date: Text = ""
    status: int | None = None
    current: int = 1
    size: int = 20

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, said: Any) -> Any:
        """A null is what its sender leaves out."""
        if not isinstance(said, dict):
            return said
        return {name: value for name, value in said.items() if value is not None}


def serve(router: APIRouter) -> None:
    router.post("/order/cancelOrder", openapi_extra=described(Cancellation))(cancel_order)
    router.post("/order/getOrders", openapi_extra=described(Question))(get_orders)
    router.post("/order/printOrder", openapi_extra=described(Which))(print_order)


async def cancel_order(
    request: Request,
    wanted: Annotated[Cancellation, Depends(biz(Cancellation))],
    sandbox: CarrierSandbox,
) -> dict[str, Any]:
    """Until J&T has the parcel. The courier who was called for it is called off as well, if it is
    not too late for that."""
    if wanted.order_type == _CONTRACT or wanted.customer_code:
        require_customer(request, sandbox, wanted)
    if not wanted.reason:
        raise Refused("145003089")
    world = sandbox.world
    shipment = wanted.of(world)
    if shipment.status is ShipmentStatus.VOIDED:
        raise Refused("145003202")
    world.shippers.void(shipment.id)
    if Note.PICKUP in shipment.notes:
        _call_off(world, shipment.notes[Note.PICKUP])
    told = {"txlogisticId": shipment.wish.reference, "billCode": _number(world, shipment)}
    return {"code": "1", "msg": "success", "data": told}


def _call_off(world: World, pickup_id: str) -> None:
    with suppress(CourierOnTheWay, WrongStatus):  # then he finds nothing to take
        world.shippers.cancel_pickup(pickup_id)


async def get_orders(
    request: Request,
    question: Annotated[Question, Depends(biz(Question))],
    sandbox: CarrierSandbox,
) -> dict[str, Any]:
    """What is not found is left out."""
    require_customer(request, sandbox, question)
    world = sandbox.world
    asked = _asked(world, question)
    if question.status is not None:
        asked = [each for each in asked if _status(world, each) == question.status]
    if question.command == _BY_TIME:
        asked = _page(asked, question)
    told = [_told(world, each) for each in asked]
    return {"code": "1", "msg": "success", "data": told}


def _asked(world: World, question: Question) -> list[Shipment]:
    if question.command == _BY_TIME:
        return _placed_between(world, question)
    if question.command not in (1, 2):
        raise Refused("145003050", "command")
    find = referenced if question.command == 1 else numbered
    found = (find(world, each) for each in question.serial_number)
    return [each for each in found if each]


def _placed_between(world: World, question: Question) -> list[Shipment]:
    """By the times that they are told to have been placed at."""
    from_, until = (local(each, "145003097") for each in (question.start_date, question.end_date))
    if until < from_:
        raise Refused("145003097")
    placed = ((placed_at(world, each), each) for each in world.shippers.shipments(NAME))
    return [each for at, each in placed if from_ <= at.replace(tzinfo=None) <= until]


def _page(found: list[Shipment], question: Question) -> list[Shipment]:
    if question.current < 1 or not 1 <= question.size <= _MOST_ASKED:
        raise Refused("145003102")
    first = (question.current - 1) * question.size
    return found[first : first + question.size]


def _told(world: World, shipment: Shipment) -> dict[str, Any]:
    wish = shipment.wish
    (piece,) = wish.pieces
    length, width, height = (side // 10 for side in piece.sides_mm)
    told = {
        "txlogisticId": wish.reference,
        "billCode": _number(world, shipment),
        "orderNumber": int("".join(each for each in shipment.id if each.isdecimal()) or 0),
        "orderStatus": _status(world, shipment),
        "sortingCode": sorting_code(wish.recipient),
        "sumFreight": f"{shipment.price_minor / 100:.2f}",
        "sender": _party(wish.sender),
        "receiver": _party(wish.recipient),
        "createOrderTime": f"{placed_at(world, shipment):%Y-%m-%dT%H:%M:%S}",
        "length": length,
        "width": width,
        "height": height,
        "weight": piece.weight_g / 1000,
        "totalQuantity": 1,
    }
    return told | {name: value for name, value in wish.notes.items() if name != Note.PICKUP}


def _party(address: Address) -> dict[str, str]:
    told = {
        "name": address.name,
        "mobile": address.phone,
        "phone": address.phone,
        "countryCode": three_letters(address.region),
        "prov": address.state,
        "city": address.city,
        "address": address.line1,
        "postCode": address.postal_code,
    }
    return {name: value for name, value in told.items() if value}


def _number(world: World, shipment: Shipment) -> str:
    (parcel,) = world.shippers.parcels_of(shipment)
    return parcel.tracking_number


def _status(world: World, shipment: Shipment) -> int:
    """104 cancelled, 103 picked up, 102 a courier was sent, 101 with an outlet."""
    (parcel,) = world.shippers.parcels_of(shipment)
    if shipment.status is ShipmentStatus.VOIDED:
        return _CANCELLED
    if parcel.is_collected:
        return _PICKED_UP
    called = shipment.notes.get(Note.PICKUP)
    if called and world.shippers.pickup(called).window.opens_at <= world.now:
        return _DISPATCHED
    return _ASSIGNED


# Labels.


async def print_order(
    request: Request, wanted: Annotated[Which, Depends(biz(Which))], sandbox: CarrierSandbox
) -> dict[str, Any]:
    """A PDF in base64; ``urlContent``, which Malaysia sends for large ones, is left out."""
    require_customer(request, sandbox, wanted)
    world = sandbox.world
    shipment = wanted.of(world)
    if shipment.status is ShipmentStatus.VOIDED:
        raise Refused("145003202")
    told = {
        "txlogisticId": shipment.wish.reference,
        "billCode": _number(world, shipment),
        "base64EncodeContent": b64encode(_label(world, shipment)).decode(),
    }
    return {"code": "1", "msg": "success", "data": told}


def _label(world: World, shipment: Shipment) -> bytes:
    from mock_api.carrier_labels import CarrierLabel, Party, label  # noqa: PLC0415 - large

    wish = shipment.wish
    parts = CarrierLabel(
        carrier_name="J&T",
        service_name=wish.notes[Note.EXPRESS_TYPE],
        tracking_number=_number(world, shipment),
        sender=Party.of(wish.sender),
        recipient=Party.of(wish.recipient),
        weight_g=shipment.weight_g,
        reference=wish.reference,
        printed_on=placed_at(world, shipment).date().isoformat(),
    )
    return label(parts, "PDF")
