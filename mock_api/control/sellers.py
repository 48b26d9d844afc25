"""What sellers do, by hand: what an integration would do through the seller center, and a person
at the desk. For tests that are about something else."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter
from pydantic import Field

from mock_api.control.requests import SandboxDep, Wish
from mock_api.declarations import LabelWish, PackingWish, declare_as, label_as
from mock_api.kernel.problems import invalid
from simulator import World, declaring
from simulator.cancelling import OUT_OF_STOCK
from simulator.disputes.model import BuyerComplaint, CarrierComplaint
from simulator.errors import WrongStatus
from simulator.orders.model import Order
from simulator.parcels.evidence import Photo
from simulator.parcels.model import Handover
from simulator.reasons.checking import reason_like
from simulator.reasons.model import About, Giver

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["orders"])

Filed = TypeVar("Filed", CarrierComplaint, BuyerComplaint)

_PHOTO: Final = b"a photo of the parcel, taken at handover"


class SellerWish(Wish):
    """What the action needs; the rest may be left out."""

    carrier: str = ""
    """``book``, ``mark``: left out, the market's usual one."""
    number: Annotated[str, Field(max_length=100)] = ""
    """``mark``: left out, the label's own."""
    handover: Handover | None = None
    """``ship``; ``set_handover``: left out, as the carrier can."""
    packing: PackingWish | None = None
    """``declare_packing``."""
    label: LabelWish | None = None
    """``declare_label``."""
    reason: Annotated[str, Field(max_length=200)] = ""
    """``cancel``: of the market's list; left out, out of stock."""
    item_ids: list[str] = Field(default_factory=list, max_length=1000)
    """``cancel``: single line items; left out, the whole order."""


@router.post("/sellers/{order_id}/{action}")
async def seller_acts(
    sandbox: SandboxDep, order_id: str, action: str, wanted: SellerWish | None = None
) -> dict[str, Any]:
    """One of: ship, mark, book, set_handover, declare_packing, declare_label, attach_photo,
    complain, appeal, accept_complaint, contest_complaint, cancel, grant_cancellation,
    decline_cancellation, grant_refund, decline_refund."""
    act = ACTIONS.get(action)
    if act is None:
        raise invalid(("path.action", f"is one of {', '.join(ACTIONS)}"))
    world = sandbox.world
    order = world.order(order_id)
    act(world, order, wanted or SellerWish())
    return {"order_id": order.id, "status": order.status, "now": world.now}


def _ship(world: World, order: Order, wanted: SellerWish) -> None:
    world.sellers.ready_to_ship(order.id, wanted.handover)


def _book(world: World, order: Order, wanted: SellerWish) -> None:
    world.sellers.book(order.id, wanted.carrier or world.config.market.seller_carrier)


def _mark(world: World, order: Order, wanted: SellerWish) -> None:
    parcel = world.registry.parcels_of(order)[0] if order.parcel_ids else None
    carrier = wanted.carrier or (parcel and parcel.carrier) or world.config.market.seller_carrier
    number = wanted.number or (parcel.tracking_number if parcel else "")
    world.sellers.mark_shipped(order.id, carrier, number)


def _declare_packing(world: World, order: Order, wanted: SellerWish) -> None:
    for parcel_id in _at_the_sellers(world, order):
        declare_as(world, parcel_id, wanted.packing or PackingWish())


def _declare_label(world: World, order: Order, wanted: SellerWish) -> None:
    for parcel_id in _at_the_sellers(world, order):
        label_as(world, parcel_id, wanted.label or LabelWish())


def _attach_photo(world: World, order: Order, _: SellerWish) -> None:
    digest = sha256(_PHOTO + order.id.encode()).hexdigest()
    photo = Photo("parcel.jpg", "image/jpeg", digest, len(_PHOTO), world.now)
    for parcel_id in _parcels(order):
        declaring.require_room(world.registry, world.parcel(parcel_id))
    for parcel_id in _parcels(order):
        world.desk.attach_evidence(parcel_id, photo)


def _complain(world: World, order: Order, _: SellerWish) -> None:
    world.desk.complain_about_carrier(order.id)


def _appeal(world: World, order: Order, _: SellerWish) -> None:
    filed = world.registry.docket.about_carriers_of(order.id)
    world.desk.appeal(_latest(order, filed).id)


def _accept(world: World, order: Order, _: SellerWish) -> None:
    filed = world.registry.docket.by_buyer_of(order.id)
    world.desk.answer_complaint(_latest(order, filed).id, accepted=True)


def _contest(world: World, order: Order, _: SellerWish) -> None:
    filed = world.registry.docket.by_buyer_of(order.id)
    world.desk.answer_complaint(_latest(order, filed).id, accepted=False)


def _cancel(world: World, order: Order, wanted: SellerWish) -> None:
    listed = world.config.market.ways.reasons
    usual = reason_like(listed, About.CANCELLATION, Giver.SELLER, order.status, OUT_OF_STOCK)
    world.sellers.cancel(order.id, wanted.reason or usual, wanted.item_ids)


def _parcels(order: Order) -> list[str]:
    if not order.parcel_ids:
        raise WrongStatus(order.id, order.status, "an order with a parcel")
    return order.parcel_ids


def _at_the_sellers(world: World, order: Order) -> list[str]:
    """All of its parcels; refused before anything is done, if a carrier has one of them."""
    parcel_ids = _parcels(order)
    for parcel_id in parcel_ids:
        declaring.require_at_the_sellers(world.parcel(parcel_id))
    return parcel_ids


def _latest(order: Order, filed: Sequence[Filed]) -> Filed:
    if not filed:
        raise WrongStatus(order.id, order.status, "an order with a complaint about it")
    return filed[-1]


ACTIONS: Final[dict[str, Callable[[World, Order, SellerWish], None]]] = {
    "ship": _ship,
    "mark": _mark,
    "book": _book,
    "set_handover": lambda world, order, wanted: world.sellers.hand_over_by(
        order.warehouse_id, wanted.handover
    ),
    "declare_packing": _declare_packing,
    "declare_label": _declare_label,
    "attach_photo": _attach_photo,
    "complain": _complain,
    "appeal": _appeal,
    "accept_complaint": _accept,
    "contest_complaint": _contest,
    "cancel": _cancel,
    "grant_cancellation": lambda world, order, _: world.sellers.answer_cancellation(
        order.id, granted=True
    ),
    "decline_cancellation": lambda world, order, _: world.sellers.answer_cancellation(
        order.id, granted=False
    ),
    "grant_refund": lambda world, order, _: world.sellers.answer_refund(order.id, granted=True),
    "decline_refund": lambda world, order, _: world.sellers.answer_refund(order.id, granted=False),
}
