"""What people do in a world by hand: place orders, play buyers, order carriers about."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from pydantic import Field

from mock_api.control.requests import LimitsDep, SandboxDep, Wish
from mock_api.kernel.problems import invalid
from mock_api.kernel.times import Duration
from simulator import Mode, Purchase, World, checkout
from simulator.catalog import sku_with
from simulator.channels.model import Channel
from simulator.disputes.case import Cause
from simulator.errors import UnknownName

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["orders"])

BuyerAction = Literal[
    "pay", "cancel", "withdraw_cancellation", "change_address", "confirm", "complain"
]


class NewOrders(Wish):
    """Orders to place now, all alike but for what the world draws."""

    count: Annotated[int, Field(ge=1)] = 1
    shipping: Mode = Mode.PLATFORM
    city: Annotated[str, Field(min_length=1, max_length=60)] = "Shenzhen"
    """Where they ship from; door pickup exists in some cities only."""
    shop_id: str = ""
    paid: bool = True
    items: Annotated[list[str], Field(min_length=1, max_length=50)] | None = None
    """SKU ids, one per unit; left out, the world draws a basket."""
    behaviour: str = ""
    """Which simulated seller plays them; left out, the integration does."""
    channel: Channel = Channel.DIRECT
    """How the goods reach the buyer: from home, from a warehouse abroad, or by a supplier."""
    parcels: Annotated[int, Field(ge=1, le=50)] = 1
    """In how many packages the platform drafts each order; no more than it has items."""
    customer: Annotated[str, Field(max_length=100)] = ""
    """A name: whoever buys under it again is the same buyer, at the same address."""
    combined: bool = False
    """The platform combines what fits with earlier orders of the same customer."""


class BuyerWish(Wish):
    reason: Annotated[str, Field(max_length=200)] = ""
    cause: Cause | None = None
    """What a complaint is about."""


class Hold(Wish):
    for_: Annotated[Duration, Field(alias="for")]


class Booking(Wish):
    order_id: str
    package_id: str = ""
    """Left out: the order's first package that has no label."""


@router.post("/orders", status_code=201)
async def place_orders(
    sandbox: SandboxDep, limits: LimitsDep, wanted: NewOrders | None = None
) -> dict[str, Any]:
    wanted = wanted or NewOrders()
    if wanted.count > limits.orders_per_call:
        raise invalid(("body.count", f"one call places {limits.orders_per_call} at the most"))
    _require_known(wanted)
    purchase = Purchase(
        shop_id=wanted.shop_id,
        mode=wanted.shipping,
        city=wanted.city,
        sku_ids=tuple(wanted.items or ()),
        paid=wanted.paid,
        behaviour=wanted.behaviour,
        channel=wanted.channel,
        parcels=wanted.parcels,
        buyer=wanted.customer,
        combined=wanted.combined,
    )
    checkout.require_in_stock(sandbox.world.registry, purchase, wanted.count)
    placed = [sandbox.world.buyers.place_order(purchase).id for _ in range(wanted.count)]
    return {"orders": placed}


@router.post("/buyers/{order_id}/{action}")
async def buyer_acts(
    sandbox: SandboxDep, order_id: str, action: BuyerAction, wanted: BuyerWish | None = None
) -> dict[str, Any]:
    world = sandbox.world
    match action:
        case "pay":
            world.buyers.pay(order_id)
        case "cancel" if wanted and wanted.reason:
            world.buyers.cancel(order_id, wanted.reason)
        case "cancel":
            world.buyers.cancel(order_id)
        case "withdraw_cancellation":
            world.buyers.withdraw_cancellation(order_id)
        case "change_address":
            world.buyers.change_address(order_id)
        case "confirm":
            world.buyers.confirm(order_id)
        case "complain":
            world.buyers.complain(order_id, _cause(wanted))
    return _shown(world, order_id)


@router.post("/carriers/{carrier}/hold")
async def hold_carrier(sandbox: SandboxDep, carrier: str, wanted: Hold) -> dict[str, Any]:
    """No pickups by this carrier for so long."""
    return {"carrier": carrier, "until": sandbox.world.carriers.hold(carrier, wanted.for_)}


@router.post("/carriers/{carrier}/book", status_code=201)
async def book_carrier(sandbox: SandboxDep, carrier: str, wanted: Booking) -> dict[str, Any]:
    """Seller shipping: a label from the seller's own carrier, whose van comes on its next round."""
    parcel_id = wanted.package_id
    number = sandbox.world.sellers.book(wanted.order_id, carrier, parcel_id=parcel_id)
    return {"order_id": wanted.order_id, "carrier": carrier, "tracking_number": number}


def _require_known(wanted: NewOrders) -> None:
    for place, sku_id in enumerate(wanted.items or ()):
        try:
            sku_with(sku_id)
        except UnknownName as unknown:
            raise invalid((f"body.items.{place}", str(unknown))) from None


def _cause(wanted: BuyerWish | None) -> Cause:
    if wanted is None or wanted.cause is None:
        raise invalid(("body.cause", f"a complaint needs one of {', '.join(Cause)}"))
    return wanted.cause


def _shown(world: World, order_id: str) -> dict[str, Any]:
    order = world.order(order_id)
    return {"order_id": order.id, "status": order.status, "now": world.now}
