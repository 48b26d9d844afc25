"""Orders: a waybill for each, called off, and what they have cost."""

from typing import Any, Final

from fastapi import APIRouter, Response

from mock_api.carriers.chinapost.callers import SignedForm
from mock_api.carriers.chinapost.forms import Order, number, read
from mock_api.carriers.chinapost.names import CARRIER, NAME, PRODUCT, PRODUCTS
from mock_api.carriers.chinapost.refusals import Refused, order_answer
from mock_api.kernel import shipped
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.described import described
from simulator import World
from simulator.shipments.model import Shipment, Wish

_B2C: Final = "B2C_TRADE"
_LONGEST_ID: Final = 50
MOST_ASKED: Final = 50
"""Numbers in a call; known of labels, inferred of fees."""


def serve_orders(router: APIRouter) -> None:
    path = "/orderService/OrderReceiveBack"
    router.post(path, openapi_extra=described(Order))(order_receive_back)


def serve_cancelling(router: APIRouter) -> None:
    router.post("/orderService/cancelOrder")(cancel_order)


def serve_fees(router: APIRouter) -> None:
    router.post("/orderFeeService/getOrderFee")(get_order_fee)


async def order_receive_back(form: SignedForm, sandbox: CarrierSandbox) -> Response:
    """The answer is in the language of the request. Truths are text."""
    if form.get("msg_type") != _B2C:
        raise Refused("S04")
    world, data_type = sandbox.world, form.get("data_type", "")
    order = read(form.get("logistics_interface", ""), data_type)
    wish = _wish(order, form["ecCompanyId"])
    if world.shippers.shipments_referenced(NAME, wish.reference):
        raise Refused("S13", "logistics_order_no")
    told = {"success": "true", "waybillNo": waybill_of(world, world.shippers.ship(wish))}
    return order_answer(told | {"reason": "", "msg": ""}, data_type)


def _wish(order: Order, company: str) -> Wish:
    if order.sender_no and order.sender_no != company:
        raise Refused("S03", "sender_no")
    if not order.logistics_order_no or len(order.logistics_order_no) > _LONGEST_ID:
        raise Refused("S05", "logistics_order_no")
    if order.biz_product_no not in PRODUCTS:
        raise Refused("S05", "biz_product_no")
    if order.sender is None or order.receiver is None:
        raise Refused("S05", "sender" if order.sender is None else "receiver")
    return Wish(
        account=NAME,
        sender=order.sender.as_address("sender"),
        recipient=order.receiver.as_address("receiver"),
        pieces=(order.as_piece(),),
        carrier=CARRIER,
        contents=order.contents,
        reference=order.logistics_order_no,
        value_minor=round(number(order.contents_total_value, "contents_total_value") * 100),
        value_currency=order.declare_curr_code,
        notes={PRODUCT: order.biz_product_no},
    )


async def cancel_order(form: SignedForm, sandbox: CarrierSandbox) -> dict[str, str]:
    """Until China Post has the parcel."""
    world = sandbox.world
    shipment = own_shipment(world, form.get("waybillNo", ""))
    world.shippers.void(shipment.id)
    return {"flag": "true", "message": "撤单成功"}


async def get_order_fee(form: SignedForm, sandbox: CarrierSandbox) -> dict[str, Any]:
    """Weight and postage of what China Post has accepted; what it has not yet is left out. The
    names within are inferred."""
    world = sandbox.world
    shipments = [own_shipment(world, each) for each in numbers_of(form, "waybillNos")]
    told = [_fee(world, each) for each in shipments if _is_accepted(world, each)]
    return {"return_success": "true", "return_reason": "", "return_msg": "", "data": told}


def _fee(world: World, shipment: Shipment) -> dict[str, str]:
    return {
        "waybillNo": waybill_of(world, shipment),
        "realWeight": str(shipment.weight_g),
        "postageTotal": f"{shipment.price_minor / 100:.2f}",
    }


def _is_accepted(world: World, shipment: Shipment) -> bool:
    return all(parcel.is_collected for parcel in world.shippers.parcels_of(shipment))


def numbers_of(form: dict[str, str], field: str) -> list[str]:
    found = [each.strip() for each in form.get(field, "").split(",")]
    if not all(found) or len(found) > MOST_ASKED:
        raise Refused("S12", field)
    return found


def own_shipment(world: World, waybill: str) -> Shipment:
    """The one of that number that was made through this interface."""
    found = shipped.numbered(world, NAME, waybill)
    if found is None:
        raise Refused("S13", f"邮件不存在 {waybill}")
    return found


def waybill_of(world: World, shipment: Shipment) -> str:
    (parcel,) = world.shippers.parcels_of(shipment)
    return parcel.tracking_number
