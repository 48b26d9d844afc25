"""First-mile bundles: parcels of several orders that go to the platform's warehouse in one piece.

Of each order that cannot go along it is said why; the others go. Where no order can, there is no
bundle, and no fact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator import ids
from simulator.errors import BadPaper, NotBundled, NotFound, NotInThisMarket
from simulator.facts import OrdersBundled
from simulator.orders.model import Order, Status
from simulator.papers.model import Bundle
from simulator.parcels.model import Handover, ParcelStatus
from simulator.registry import Registry

GROUPS: Final = (
    frozenset({"PH", "SG", "MY", "VN", "TH", "JP"}),
    frozenset({"DE", "FR", "IT", "ES"}),
)
"""What goes to one of these countries may go with what goes to another one of the same group; to
others (US, GB), nothing is bundled (tiktok-shop facts, section 6.6)."""

ORDERS_MAX: Final = 200
"""Everything has a limit (ours)."""
_TAIL: Final = 4


@dataclass(frozen=True, slots=True)
class HowSent:
    """The bundle's own way to the warehouse: fetched by the platform's carrier, or brought."""

    handover: Handover
    provider_id: str = ""
    tracking_number: str = ""
    phone_tail: str = ""


def bundle(
    here: Registry, order_ids: Sequence[str], how: HowSent, shop_id: str = ""
) -> tuple[Bundle | None, list[NotBundled]]:
    """A bundle of those orders that can go in one; and why the others cannot."""
    if not here.market.ways.bundles_first_mile:
        raise NotInThisMarket("first-mile bundles", here.market.name)
    _require_sendable(how)
    fitting: list[Order] = []
    refused = []
    for order_id in dict.fromkeys(order_ids):
        try:
            fitting.append(_fitting(here, order_id, fitting, shop_id))
        except NotBundled as refusal:
            refused.append(refusal)
    if not fitting:
        return None, refused
    made = Bundle(
        id=here.mint.next_id(ids.BUNDLE),
        shop_id=fitting[0].shop_id,
        order_ids=tuple(order.id for order in fitting),
        handover=how.handover,
        provider_id=how.provider_id,
        tracking_number=how.tracking_number,
        phone_tail=how.phone_tail,
        created_at=here.now,
    )
    here.papers.file_bundle(made)
    here.record(OrdersBundled(made.id, made.order_ids, made.handover))
    return made, refused


def _require_sendable(how: HowSent) -> None:
    if how.handover is not Handover.DROP_OFF:
        return
    if not (how.provider_id and how.tracking_number):
        raise BadPaper("DROP_OFF", "takes a provider and a tracking number")
    tail = how.phone_tail
    if not (len(tail) == _TAIL and tail.isascii() and tail.isdigit()):
        raise BadPaper("DROP_OFF", "takes the last four digits of the sender's phone number")


def _fitting(here: Registry, order_id: str, others: Sequence[Order], shop_id: str) -> Order:
    try:
        order = here.order(order_id)
    except NotFound:
        raise NotBundled(order_id, "there is no such order") from None
    if here.shop(order.shop_id).independent or shop_id not in ("", order.shop_id):
        raise NotBundled(order_id, "there is no such order")
    why = _why_not(here, order, others)
    if why:
        raise NotBundled(order_id, why)
    return order


def _why_not(here: Registry, order: Order, others: Sequence[Order]) -> str:
    parcels = here.parcels_of(order)
    labelled = all(parcel.status is ParcelStatus.BOOKED for parcel in parcels)
    group = next((each for each in GROUPS if order.address.region in each), None)
    for speaks_against, why in (
        (order.id in here.papers.bundled, "it is in a bundle already"),
        (not order.ships_from_platform, "its seller ships it"),
        (
            order.status is not Status.AWAITING_COLLECTION or not labelled,
            "it is not shipped, with its label printed, and still here",
        ),
        (group is None, f"nothing that goes to {order.address.region} is bundled"),
        (any(each.shop_id != order.shop_id for each in others), "another seller's is in it"),
        (
            any(group and each.address.region not in group for each in others),
            "it goes elsewhere than the others",
        ),
    ):
        if speaks_against:
            return why
    return ""
