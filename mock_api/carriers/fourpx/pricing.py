"""Estimated costs, from the same tariffs as the simulation's own, and what products there are."""

from typing import Final

from fastapi import APIRouter

from mock_api.carriers.fourpx import refusals as no
from mock_api.carriers.fourpx.access import identify
from mock_api.carriers.fourpx.naming import GATEWAY, named
from mock_api.carriers.fourpx.refusals import WORDS, Refused, Shape, done
from mock_api.carriers.fourpx.requests import CostWish, Wish, piece_of
from mock_api.carriers.fourpx.shipping import required
from mock_api.carriers.fourpx.words import CARRIER, NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from simulator import World
from simulator.consigning import Rate
from simulator.people import Address
from simulator.registry import COUNTRY

_FROM: Final = Address("", "", "", "Shenzhen", "", COUNTRY)
"""An estimate names no sender: 4PX's prices are from South China."""
_LINE: Final = "4"
"""Of transport modes: 2 express, 3 small parcels, 4 dedicated line, 5 joint post, 6 other."""

router: Final = APIRouter(
    prefix=GATEWAY, route_class=carrier_route(NAME, identify, WORDS, names=named)
)


@router.post("/ds.xms.estimated_cost.get")
async def estimated_cost_get(sandbox: CarrierSandbox, wish: CostWish) -> Shape:
    """Of an order that there is, or of a weight to a country. Every product that takes it."""
    rates, ref_no = _rates(sandbox.world, wish)
    said = wish.logistics_product_code
    wanted = [said] if isinstance(said, str) else said
    rows = [
        _cost(each, ref_no)
        for each in rates
        if not each.why and (not any(wanted) or each.service.product in wanted)
    ]
    return done(rows)


def _rates(world: World, wish: CostWish) -> tuple[list[Rate], str]:
    if wish.request_no:
        seen = required(world, wish.request_no, no.NO_ORDER)
        if seen.shipment is None:
            raise Refused(no.NO_ORDER, reference=wish.request_no)
        said = seen.shipment.wish
        return world.shippers.rates(said.sender, said.recipient, said.pieces, CARRIER), seen.ref_no
    if not wish.country_code or wish.weight is None:
        raise Refused(no.BAD_PARAMETER, "country_code and weight are required")
    recipient = Address("", "", "", "", "", wish.country_code.upper())
    piece = piece_of(wish.weight, (wish.length, wish.width, wish.height))
    return world.shippers.rates(_FROM, recipient, [piece], CARRIER), ""


def _cost(rate: Rate, ref_no: str) -> Shape:
    """Text throughout; the fee is in CNY."""
    fastest, slowest = rate.service.transit
    return {
        "logistics_product_code": rate.service.product,
        "charge_weight": str(rate.billable_g),
        "estimated_time": f"{fastest}-{slowest}",
        "is_show_track": "Y",
        "lump_sum_fee": f"{rate.total_minor / 100:.2f}",
        "ref_no": ref_no,
        "remarks": "",
    }


class ProductsWish(Wish):
    """Filters are taken and not applied: there is one origin, and products go everywhere."""


@router.post("/ds.xms.logistics_product.getlist")
async def logistics_product_getlist(
    sandbox: CarrierSandbox, wish: ProductsWish | None = None
) -> Shape:
    """What 4PX sells."""
    del wish
    services = sandbox.world.registry.carrier(CARRIER).services
    rows = [
        {
            "logistics_product_code": each.product,
            "logistics_product_name_cn": each.name,
            "logistics_product_name_en": each.name,
            "transport_mode": _LINE,
            "with_battery": "N",
            "order_track": "Y",
            "billing_volume_weight": "Y",
        }
        for each in services
    ]
    return done(rows)
