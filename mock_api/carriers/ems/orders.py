"""Orders: placed, called off, priced."""

from contextlib import suppress
from typing import Any, Final

from pydantic import Field

from mock_api.carriers.ems.forms import (
    Form,
    Measures,
    Order,
    Party,
    Which,
    instant,
    missing,
    number,
    read,
)
from mock_api.carriers.ems.names import EMS, NAME, PICKUP, PRODUCTS
from mock_api.carriers.ems.refusals import Refused
from mock_api.carriers.ems.view import numbered, referenced
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.carriers.model import CHINA, CityService
from simulator.consigning import vans_for
from simulator.errors import CarriesNot, CourierOnTheWay, NoPickupHere, WrongStatus
from simulator.parcels.model import Handover
from simulator.shipments.model import Shipment, Wish
from simulator.shipments.pickup import PickupWish
from simulator.shipments.windows import Policy, Window, settle

_LONGEST_ID: Final = 50
_AT_THE_COUNTER: Final = "0"
_AT_THE_DOOR: Final = "1"


class Estimate(Measures):
    sender: Party | None = Field(None, validation_alias="senderInfo")
    receiver: Party | None = Field(None, validation_alias="receiveInfo")


class Allocation(Form):
    order: list[Which] = Field(default_factory=list)


# Placing.


def place(sandbox: Sandbox, message: Any) -> dict[str, str]:
    """020003. A courier is called if ``pickupType`` is 1 and its window has a length."""
    return _shipped(sandbox.world, read(Order, message), EMS)


def place_abroad(sandbox: Sandbox, message: Any) -> dict[str, str]:
    """110001. Whose it is, the product says."""
    order = read(Order, message)
    if not order.product:
        raise missing("biz_product_no")
    return _shipped(sandbox.world, order, PRODUCTS.get(order.product, EMS))


def _shipped(world: World, order: Order, carrier: str) -> dict[str, str]:
    """With its courier, where one is wanted; one who cannot come is refused before anything is
    made."""
    wish = _wish(world, order, carrier)
    vans = vans_for(world.registry.carrier(carrier), wish.sender)
    coming = _window(order, vans)
    if coming:
        if vans is None:
            raise NoPickupHere(carrier, wish.sender.city)
        settle(vans, coming, world.now, Policy())
    shipment = world.shippers.ship(wish)
    if coming:
        _call(world, shipment, coming)
    return _placed(world, shipment)


def _wish(world: World, order: Order, carrier: str) -> Wish:
    if not order.order_no or len(order.order_no) > _LONGEST_ID:
        raise missing("logisticsOrderNo")
    if referenced(world, order.order_no):
        raise Refused(f"订单号重复: {order.order_no}")
    if order.sender is None or order.receiver is None:
        raise missing("sender" if order.sender is None else "receiver")
    at_counter = order.pickup_type == _AT_THE_COUNTER
    return Wish(
        account=NAME,
        sender=order.sender.as_address("sender"),
        recipient=order.receiver.as_address("receiver"),
        pieces=(order.as_piece(),),
        carrier=carrier,
        handover=Handover.DROP_OFF if at_counter else None,
        on_call=True if _wants_courier(order) else None,
        contents=order.contents,
        reference=order.order_no,
        value_minor=round(number(order.value, "contents_total_value") * 100),
        value_currency=order.currency,
    )


def _wants_courier(order: Order) -> bool:
    """Clients fill in the same instant twice: that is no window."""
    named = order.pickup_from and order.pickup_until
    at_door = order.pickup_type == _AT_THE_DOOR
    return bool(at_door and named and order.pickup_from != order.pickup_until)


def _window(order: Order, vans: CityService | None) -> Window | None:
    if not _wants_courier(order):
        return None
    zone = vans.timezone if vans else CHINA
    opens = instant(order.pickup_from, zone, "pickupPreBeginTime")
    return Window(opens, instant(order.pickup_until, zone, "pickupPreEndTime"))


def _call(world: World, shipment: Shipment, wished: Window) -> None:
    pickup = world.shippers.book_pickup(
        PickupWish(
            account=NAME,
            carrier=shipment.carrier,
            address=shipment.wish.sender,
            window=wished,
            numbers=(waybill_of(world, shipment),),
        )
    )
    world.shippers.note(shipment.id, {PICKUP: pickup.id})


def _placed(world: World, shipment: Shipment) -> dict[str, str]:
    return {
        "logisticsOrderNo": shipment.wish.reference,
        "waybillNo": waybill_of(world, shipment),
    }


def allocate(sandbox: Sandbox, message: Any) -> list[dict[str, str]]:
    """110002. No numbers in advance: told are those of orders that are placed."""
    asked = read(Allocation, message).order
    if not asked:
        raise missing("order")
    world = sandbox.world
    placed = [(each.order_no, referenced(world, each.order_no)) for each in asked]
    for order_no, shipment in placed:
        if shipment is None:
            raise Refused(f"请先下单(110001) 再取号: {order_no}")
    return [
        {"logisticsOrderId": order_no, "bar_code": waybill_of(world, shipment)}
        for order_no, shipment in placed
        if shipment
    ]


# Afterwards.


def cancel(sandbox: Sandbox, message: Any) -> dict[str, str]:
    """020006: until the post has the parcel. Its courier is called off too, if there is time."""
    world = sandbox.world
    shipment = placed_shipment(world, read(Which, message))
    world.shippers.void(shipment.id)
    if PICKUP in shipment.notes:
        with suppress(CourierOnTheWay, WrongStatus):  # then he finds nothing to take
            world.shippers.cancel_pickup(shipment.notes[PICKUP])
    return _placed(world, shipment)


def fee(sandbox: Sandbox, message: Any) -> dict[str, str]:
    """050001: weight and postage of what was accepted."""
    world = sandbox.world
    shipment = placed_shipment(world, read(Which, message))
    if not all(parcel.is_collected for parcel in world.shippers.parcels_of(shipment)):
        raise Refused("邮件未收寄")
    postage = f"{shipment.price_minor / 100:.2f}"
    return _placed(world, shipment) | {
        "postageTotal": postage,
        "realWeight": str(shipment.weight_g),
    }


def estimate(sandbox: Sandbox, message: Any) -> dict[str, str]:
    """050005: what EMS would cost. ``nation`` within the two parties is ours."""
    asked = read(Estimate, message)
    if asked.sender is None or asked.receiver is None:
        raise missing("senderInfo" if asked.sender is None else "receiveInfo")
    ends = asked.sender.whereabouts("senderInfo"), asked.receiver.whereabouts("receiveInfo")
    (rate,) = sandbox.world.shippers.rates(*ends, [asked.as_piece()], EMS)
    if rate.why:
        raise CarriesNot(EMS, rate.why)
    total = f"{rate.total_minor / 100:.2f}"
    return {"standardFee": total, "realFee": total, "totalFee": total}


def placed_shipment(world: World, asked: Which) -> Shipment:
    """The one that is meant; refused if it was not made through this interface."""
    find = (numbered, asked.waybill_no) if asked.waybill_no else (referenced, asked.order_no)
    found = find[0](world, find[1])
    if found is None:
        raise Refused("邮件不存在")
    return found


def waybill_of(world: World, shipment: Shipment) -> str:
    (parcel,) = world.shippers.parcels_of(shipment)
    return parcel.tracking_number
