"""Orders are placed: a label for each, and a courier where times are named."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request

from mock_api.carriers.jt.customers import require_customer
from mock_api.carriers.jt.forms import Customer, Form, Measures, Party, Text, biz, window
from mock_api.carriers.jt.names import CARRIER, NAME, Note
from mock_api.carriers.jt.refusals import Refused
from mock_api.carriers.jt.view import FORM, placed_at, referenced
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.described import described
from simulator import World
from simulator.carriers.model import CHINA, Carrier
from simulator.carriers.scans import Scan
from simulator.consigning import city_of, vans_for
from simulator.errors import NoPickupHere
from simulator.parcels.model import Handover
from simulator.people import Address
from simulator.shipments.model import Shipment, Wish
from simulator.shipments.pickup import PickupWish
from simulator.shipments.windows import Policy, Window, settle

_LONGEST_ID: Final = 50
_DOOR: Final = "01"
_STORE: Final = "02"
_SERVICES: Final = {"01": _DOOR, "1": _DOOR, "02": _STORE, "6": _STORE}
"""In China and Egypt; door-to-door and walk-in in Malaysia."""
_ADD: Final = ("", "1", "add")


class Item(Form):
    item_name: Text = ""
    chinese_name: Text = ""
    english_name: Text = ""
    number: Text = "1"
    item_value: Text = "0"
    price_currency: Text = ""


class PackageInfo(Measures):
    """Where Malaysia's orders have what others' have outside."""

    package_quantity: Text = "1"
    goods_type: Text = ""


class Order(Customer, Measures):
    txlogistic_id: Text = ""
    operate_type: Text = ""
    action_type: Text = ""
    express_type: Text = ""
    order_type: Text = "2"
    service_type: Text = ""
    delivery_type: Text = ""
    pay_type: Text = ""
    goods_type: Text = ""
    sender: Party | None = None
    receiver: Party | None = None
    send_start_time: Text = ""
    send_end_time: Text = ""
    total_quantity: Text = "1"
    remark: Text = ""
    items: list[Item] | None = None
    package_info: PackageInfo | None = None

    @property
    def service(self) -> str:
        """01 or 02; left out, a courier is wanted by who says when."""
        if not self.service_type:
            return _DOOR if self.send_start_time or self.send_end_time else _STORE
        if self.service_type not in _SERVICES:
            raise Refused("145003200")
        return _SERVICES[self.service_type]

    @property
    def quantity(self) -> str:
        return self.package_info.package_quantity if self.package_info else self.total_quantity

    @property
    def measures(self) -> Measures:
        return self.package_info or self


def serve(router: APIRouter) -> None:
    router.post("/order/addOrder", openapi_extra=described(Order))(add_order)


async def add_order(
    request: Request, order: Annotated[Order, Depends(biz(Order))], sandbox: CarrierSandbox
) -> dict[str, Any]:
    """One parcel. With ``serviceType`` 01 and times, a courier is called for it; without times it
    waits for the usual rounds, where its sender has them."""
    require_customer(request, sandbox, order)
    world = sandbox.world
    wish = _wish(order)
    _require_new(world, order)
    coming = _window(world, order, wish.sender)
    shipment = world.shippers.ship(wish)
    if coming:
        _call(world, shipment, coming)
    return {"code": "1", "msg": "success", "data": _placed(world, shipment)}


def _require_new(world: World, order: Order) -> None:
    if order.operate_type not in _ADD or order.action_type not in _ADD:
        raise Refused("145003042", "orders cannot be changed here, only cancelled and placed anew")
    if not order.txlogistic_id or len(order.txlogistic_id) > _LONGEST_ID:
        raise Refused("145003082")
    if referenced(world, order.txlogistic_id):
        raise Refused("145003101")


def _wish(order: Order) -> Wish:
    if not order.express_type:
        raise Refused("145003087", "expressType")
    if order.quantity not in ("", "0", "1"):  # nought is what J&T's own sample sends
        raise Refused("145003111")
    sender = _address(order.sender, "145003083")
    recipient = _address(order.receiver, "145003084")
    items = order.items or []
    fetched = order.service == _DOOR
    return Wish(
        account=NAME,
        sender=sender,
        recipient=recipient,
        pieces=(order.measures.as_piece(),),
        carrier=CARRIER,
        handover=Handover.PICKUP if fetched else Handover.DROP_OFF,
        on_call=True if fetched and order.send_start_time else None,
        contents=_contents(items),
        reference=order.txlogistic_id,
        value_minor=_value(items),
        value_currency=items[0].price_currency if items else "",
        notes=_notes(order),
    )


def _address(party: Party | None, code: str) -> Address:
    if party is None or not party.name or not party.city:
        raise Refused(code)
    if not (party.mobile or party.phone):
        raise Refused("145003085")
    address = party.as_address()
    if not address.line1:
        raise Refused("145003086")
    return address


def _contents(items: Sequence[Item]) -> str:
    names = (each.english_name or each.item_name or each.chinese_name for each in items)
    return ", ".join(name for name in names if name)


def _value(items: Sequence[Item]) -> int:
    """Of all, in hundredths."""
    try:
        worth = sum(float(each.item_value or 0) * float(each.number or 1) for each in items)
        return max(0, round(worth * 100))
    except (ValueError, OverflowError):
        raise Refused("145003050", "items") from None


def _notes(order: Order) -> dict[str, str]:
    goods = order.package_info.goods_type if order.package_info else order.goods_type
    notes = {
        Note.EXPRESS_TYPE: order.express_type,
        Note.ORDER_TYPE: order.order_type,
        Note.SERVICE_TYPE: order.service,
        Note.DELIVERY_TYPE: order.delivery_type,
        Note.PAY_TYPE: order.pay_type,
        Note.GOODS_TYPE: goods,
        Note.REMARK: order.remark,
        Note.STARTS: order.send_start_time,
        Note.ENDS: order.send_end_time,
    }
    return {name: value for name, value in notes.items() if value}


# The courier.


def _window(world: World, order: Order, sender: Address) -> Window | None:
    """When the courier comes; refused if nobody does then. Asked before anything is made."""
    if order.service != _DOOR:
        return None
    vans = vans_for(world.registry.carrier(CARRIER), sender)
    wished = window(order.send_start_time, order.send_end_time, vans.timezone if vans else CHINA)
    if vans is None:
        raise NoPickupHere(CARRIER, sender.city)
    if wished:
        settle(vans, wished, world.now, Policy())
    return wished


def _call(world: World, shipment: Shipment, wished: Window) -> None:
    numbers = [parcel.tracking_number for parcel in world.shippers.parcels_of(shipment)]
    pickup = world.shippers.book_pickup(
        PickupWish(
            account=NAME,
            carrier=CARRIER,
            address=shipment.wish.sender,
            window=wished,
            numbers=tuple(numbers),
        )
    )
    world.shippers.note(shipment.id, {Note.PICKUP: pickup.id})


# The answer.


def _placed(world: World, shipment: Shipment) -> dict[str, str]:
    (parcel,) = world.shippers.parcels_of(shipment)
    recipient = shipment.wish.recipient
    carrier = world.registry.carrier(CARRIER)
    return {
        "txlogisticId": shipment.wish.reference,
        "billCode": parcel.tracking_number,
        "sortingCode": sorting_code(recipient),
        "createOrderTime": f"{placed_at(world, shipment):{FORM}}",
        "lastCenterName": _last_centre(carrier, shipment.wish.sender, recipient),
        "sumFreight": f"{shipment.price_minor / 100:.2f}",
    }


def sorting_code(recipient: Address) -> str:
    """Three segments, as J&T prints them; what they are here is ours."""
    area = "".join(each for each in recipient.postal_code if each.isalnum())[:3] or "000"
    return f"{recipient.region} {area} 001"


def _last_centre(carrier: Carrier, sender: Address, recipient: Address) -> str:
    route = carrier.routes[carrier.route_to(recipient.region, city_of(sender))]
    hubs = [leg.place for leg in route if leg.scan is Scan.ARRIVED_AT_HUB and leg.place]
    return hubs[-1]
