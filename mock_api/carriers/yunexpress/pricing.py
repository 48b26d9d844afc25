"""Prices, from the same tariffs as the simulation's own, and what products there are."""

from typing import Annotated, Final

from fastapi import APIRouter, Query

from mock_api.carriers.yunexpress.access import identify
from mock_api.carriers.yunexpress.refusals import WORDS, Shape, done
from mock_api.carriers.yunexpress.requests import PriceWish, grams, millimetres
from mock_api.carriers.yunexpress.shipping import sender_of
from mock_api.carriers.yunexpress.words import CARRIER, NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from simulator.consigning import Rate
from simulator.people import Address
from simulator.shipments.model import Piece

CURRENCY: Final = "RMB"
"""As the documentation's example writes it."""

router: Final = APIRouter(prefix="/v1", route_class=carrier_route(NAME, identify, WORDS))


@router.get("/price-trial/get")
async def price_trial(sandbox: CarrierSandbox, wish: Annotated[PriceWish, Query()]) -> Shape:
    """Every product that takes it: none, if no product does."""
    world = sandbox.world
    recipient = Address("", "", "", "", "", wish.country_code.upper())
    sides = millimetres((wish.length, wish.width, wish.height), wish.size_unit)
    piece = Piece(grams(wish.weight, wish.weight_unit), sides)
    rates = world.shippers.rates(sender_of(world), recipient, [piece], CARRIER)
    return done([_row(each) for each in rates if not each.why])


def _row(rate: Rate) -> Shape:
    amount = rate.total_minor / 100
    fastest, slowest = rate.service.transit
    return {
        "product_code": rate.service.product,
        "product_name": rate.service.name,
        "fee_name": "E1",
        "calculate_amount": amount,
        "currency": CURRENCY,
        "interval_day": f"{fastest}-{slowest}",
        "price_name": rate.service.name,
        "convert_currency": CURRENCY,
        "rate": 1,
        "convert_amount": amount,
    }


@router.get("/basic-data/products/getlist")
async def products(sandbox: CarrierSandbox) -> Shape:
    """In ``detail``, not in ``result``: public integrations read it there."""
    services = sandbox.world.registry.carrier(CARRIER).services
    rows = [{"product_code": each.product, "product_name": each.name} for each in services]
    return done(detail=rows)
