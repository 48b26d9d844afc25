"""What people do in a world by hand: place orders, order carriers about."""

from typing import Annotated, Any, Final

from fastapi import APIRouter
from pydantic import Field

from mock_api.control.requests import LimitsDep, SandboxDep, Wish
from mock_api.kernel.problems import invalid
from mock_api.kernel.times import Duration
from simulator import Mode, Purchase, checkout
from simulator.catalog import sku_with
from simulator.channels.model import Channel
from simulator.errors import UnknownName

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["orders"])


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
    buyer: str = ""
    """The buyers' temperament: they pay, and do the rest, when they will. Left out, they do nothing
    unasked."""


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
        temperament=wanted.buyer,
    )
    checkout.require_room(sandbox.world.registry, wanted.count)
    checkout.require_in_stock(sandbox.world.registry, purchase, wanted.count)
    placed = [sandbox.world.buyers.place_order(purchase).id for _ in range(wanted.count)]
    return {"orders": placed}


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
