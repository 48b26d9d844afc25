"""Quotes at the desk: what every carrier would ask for a parcel, side by side (X1, X5)."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from mock_api.desk.requests import AtTheDesk, SandboxDep, Wish
from mock_api.kernel.problems import invalid
from simulator import World, forwarding
from simulator.carriers.prices import Quote, Why
from simulator.channels.quotes import Lane, Load, Offer, fastest_first

router: Final = APIRouter(prefix="/desk/v1", tags=["quotes"], route_class=AtTheDesk)

_HEAVIEST_G: Final = 100_000
_LONGEST_MM: Final = 5_000

Millimetres = Annotated[int, Field(ge=1, le=_LONGEST_MM)]


class RowView(BaseModel):
    name: str
    amount_minor: int


class OfferView(BaseModel):
    carrier: str
    name: str
    service: str
    service_name: str
    price_minor: int | None
    """What the carrier asks; nothing where it does not take the parcel: ``why`` tells."""
    subsidy_minor: int
    """Of that, what the platform pays (X5)."""
    to_pay_minor: int | None
    """What is left for the seller."""
    currency: str
    rows: list[RowView]
    billable_g: int | None
    transit_days_min: int
    """Working days."""
    transit_days_max: int
    collects: bool
    """It comes to the door in that city (H3)."""
    designated: bool
    """Platform shipping is by this carrier (M1)."""
    why: Why | None

    @classmethod
    def of(cls, world: World, offer: Offer) -> "OfferView":
        carrier = world.registry.carrier(offer.carrier)
        said = offer.quote
        shortest, longest = offer.transit_days
        return cls(
            carrier=carrier.code,
            name=carrier.name,
            service=offer.service,
            service_name=carrier.service(offer.service).name,
            price_minor=said and said.total_minor,
            subsidy_minor=offer.subsidy_minor,
            to_pay_minor=offer.to_pay_minor if said else None,
            currency=said.currency if said else "",
            rows=_rows(said),
            billable_g=said and said.billable_g,
            transit_days_min=shortest,
            transit_days_max=longest,
            collects=offer.collects,
            designated=carrier.code == world.registry.market.designated_carrier,
            why=offer.why,
        )


class Quotes(BaseModel):
    city: str
    destination: str
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    quotes: list[OfferView]
    """Those that can be had first."""


class Asked(Wish):
    """A parcel of that weight and size from a city to a country, or that of an order."""

    weight_g: Annotated[int | None, Field(ge=1, le=_HEAVIEST_G)] = None
    length_mm: Millimetres = 200
    width_mm: Millimetres = 150
    height_mm: Millimetres = 100
    city: Annotated[str, Field(min_length=1, max_length=60)] = "Shenzhen"
    """Where it leaves; a city with a warehouse abroad is asked for its country's own carriers."""
    destination: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    """A country's two letters; left out, the market's."""
    remote: bool = False
    """It goes to a remote area."""
    order_id: str = ""
    sort: Literal["price", "speed"] = "price"

    def parcel(self, world: World) -> tuple[Load, Lane]:
        if self.order_id:
            order = world.order(self.order_id)
            return forwarding.load_of_items(order.items), forwarding.lane_of(order)
        if self.weight_g is None:
            raise invalid(("query.weight_g", "is needed, unless an order_id says what is sent"))
        lane = Lane(self.city, self.destination or world.registry.market.region, self.remote)
        return Load(self.weight_g, (self.length_mm, self.width_mm, self.height_mm)), lane


@router.get("/quotes")
async def get_quotes(sandbox: SandboxDep, asked: Annotated[Asked, Query()]) -> Quotes:
    """What everybody would ask. Asking is no event, and binds nobody."""
    world = sandbox.world
    load, lane = asked.parcel(world)
    found = forwarding.quoted(world.registry, load, lane)
    length, width, height = load.sides_mm
    return Quotes(
        city=lane.city,
        destination=lane.region,
        weight_g=load.weight_g,
        length_mm=length,
        width_mm=width,
        height_mm=height,
        quotes=[
            OfferView.of(world, offer)
            for offer in (fastest_first(found) if asked.sort == "speed" else found)
        ],
    )


def _rows(said: Quote | None) -> list[RowView]:
    return [RowView(name=name, amount_minor=part) for name, part in said.rows] if said else []
