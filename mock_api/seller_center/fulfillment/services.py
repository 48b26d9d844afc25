"""Shipping services, and packages created with one: what the versions share (US)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import Field

from mock_api.seller_center.domain_errors import Table, in_words
from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.shipping import ways_of
from mock_api.seller_center.fulfillment.view import Dimension, Weight
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.reference import PROVIDER_ID
from mock_api.seller_center.requests import Body, own_order, world_of
from simulator import World, forwarding, portions
from simulator.carriers.prices import Declined, Quote, Why, quote
from simulator.channels.quotes import Load
from simulator.errors import (
    DomainError,
    NotFound,
    OrderCombined,
    PartialShipping,
    SeveralParcels,
    WrongMode,
    WrongStatus,
)
from simulator.orders.model import TO_SHIP, Order, Status
from simulator.parcels.model import Parcel

_G_PER_POUND: Final = Decimal("453.59237")
_MM_PER: Final = {"CM": Decimal(10), "INCH": Decimal("25.4")}
_MINOR: Final = 100
"""Carriers' lists are in fen."""

Measure = Annotated[str, Field(pattern=r"^\d{1,7}(\.\d{1,6})?$")]
"""A decimal number, as the platform writes sizes and weights."""


class WeightWish(Body):
    value: Measure
    unit: Literal["GRAM", "POUND"]


class DimensionWish(Body):
    length: Measure
    width: Measure
    height: Measure
    unit: Literal["CM", "INCH"]


class BundleLine(Body):
    """A line item, as newer clients name it; there are no bundles here, so no sub items."""

    order_line_id: str
    sub_item_id: str | None = None


class ServiceView(Wire):
    id: str
    name: str
    price: str
    currency: str
    earliest_delivery_days: int
    latest_delivery_days: int
    is_default: bool
    shipping_provider_name: str
    shipping_provider_id: str
    shipping_fee: str


@dataclass(frozen=True, slots=True)
class Priced:
    """A service of the designated carrier, and what it asks for the parcel."""

    id: str
    code: str
    name: str
    said: Quote


@dataclass(frozen=True, slots=True)
class Parceled:
    """What somebody wants to ship: of which order, how heavy, how large."""

    order: Order
    item_ids: list[str]
    weight: Weight
    dimension: Dimension
    load: Load


def parceled(
    caller: Caller,
    order_id: str,
    item_ids: Sequence[str],
    weight: WeightWish | None,
    dimension: DimensionWish | None,
) -> Parceled:
    """What the call means: left out, all that is left, with the weight and size of the goods."""
    if not ways_of(caller).creates_packages:
        raise Refusal(refusals.WRONG_REGION)
    order = own_order(caller, order_id, refusals.NOT_IN_UNIT)
    world = world_of(caller)
    known = {item.id for item in order.items}
    if not known.issuperset(item_ids):
        raise Refusal(refusals.NOT_IN_UNIT)
    wanted = list(item_ids) or portions.loose_items(world.registry, order)
    goods = forwarding.load_of_items([x for x in order.items if not wanted or x.id in wanted])
    load = Load(
        _grams(weight) if weight else goods.weight_g,
        _sides_mm(dimension) if dimension else goods.sides_mm,
    )
    return Parceled(order, wanted, _weight(weight, load), _dimension(dimension, load), load)


def eligible(world: World, what: Parceled) -> list[Priced] | Why:
    """The designated carrier's services, for what they ask; or why it does not take it."""
    here = world.registry
    carrier = here.carrier(here.market.designated_carrier)
    tariff = forwarding.lane_of(what.order).tariff
    found = []
    for nth, service in enumerate(carrier.services, 1):
        said = quote(carrier, what.load.weight_g, what.load.sides_mm, tariff, service=service.code)
        if isinstance(said, Declined):
            return said.why
        number = str(int(PROVIDER_ID[carrier.code]) + nth)
        found.append(Priced(number, service.code, f"{carrier.name} {service.name}", said))
    return found


def service_views(world: World, services: Sequence[Priced]) -> list[ServiceView]:
    return [
        ServiceView(
            id=each.id,
            name=each.name,
            price=_price(each.said),
            currency=each.said.currency,
            earliest_delivery_days=each.said.transit_days[0],
            latest_delivery_days=each.said.transit_days[1],
            is_default=nth == 0,
            shipping_provider_name=world.registry.carrier(each.said.carrier).name,
            shipping_provider_id=PROVIDER_ID[each.said.carrier],
            shipping_fee=_price(each.said),
        )
        for nth, each in enumerate(services)
    ]


def require_queryable(order: Order) -> None:
    """Services are asked for while there is something to ship; on hold is early, not wrong."""
    if not order.ships_from_platform or order.status in (Status.UNPAID, Status.CANCELLED):
        raise Refusal(refusals.NO_SERVICES)
    if order.status not in (Status.ON_HOLD, *TO_SHIP):
        raise Refusal(refusals.SHIPPED_ALREADY)


def create(caller: Caller, what: Parceled, service_id: str | None) -> tuple[Parcel, ServiceView]:
    """Buy the label: the named items are shipped in a package that is made now."""
    world = world_of(caller)
    with in_words(_CREATING):
        services = eligible(world, what)
        if not isinstance(services, list):
            too_large = services in (Why.TOO_LONG, Why.TOO_BIG)
            raise Refusal(refusals.OVERSIZE if too_large else refusals.NO_SERVICE)
        chosen = [each for each in services if service_id in (None, each.id)]
        if not chosen:
            raise Refusal(refusals.NO_SUCH_SERVICE)
        (parcel,) = world.sellers.ready_to_ship(
            what.order.id, item_ids=what.item_ids, service=chosen[0].code
        )
    return parcel, service_views(world, chosen)[0]


def _create_status(error: DomainError) -> Row:
    assert isinstance(error, WrongStatus)
    if error.status in (Status.UNPAID, Status.CANCELLED, "cancelled"):
        return refusals.NOT_ALLOWED
    return refusals.SHIPPED_ALREADY if error.status in set(Status) else refusals.LABEL_BOUGHT


_CREATING: Final[Table] = {
    NotFound: refusals.NOT_IN_UNIT,
    WrongMode: refusals.NOT_ALLOWED,
    WrongStatus: _create_status,
    PartialShipping: refusals.NO_SPLIT,
    OrderCombined: refusals.ALREADY_COMBINED,
    SeveralParcels: refusals.NAME_THE_LINES,
}


def _grams(weight: WeightWish) -> int:
    value = Decimal(weight.value)
    return max(1, round(value * _G_PER_POUND if weight.unit == "POUND" else value))


def _sides_mm(wish: DimensionWish) -> tuple[int, int, int]:
    length, width, height = (
        max(1, round(Decimal(side) * _MM_PER[wish.unit]))
        for side in (wish.length, wish.width, wish.height)
    )
    return length, width, height


def _weight(wish: WeightWish | None, load: Load) -> Weight:
    if wish:
        return Weight(value=wish.value, unit=wish.unit)
    return Weight(value=str(load.weight_g), unit="GRAM")


def _dimension(wish: DimensionWish | None, load: Load) -> Dimension:
    if wish:
        return Dimension(**wish.model_dump())
    length, width, height = (str(side / 10) for side in load.sides_mm)
    return Dimension(length=length, width=width, height=height, unit="CM")


def _price(said: Quote) -> str:
    return f"{said.total_minor // _MINOR}.{said.total_minor % _MINOR:02d}"
