"""Rates: every service of every carrier at the price list's price, and why the others are none."""

from collections.abc import Collection
from typing import Any, Final

from mock_api.carriers.easypost import words
from mock_api.carriers.easypost.ids import account_of, disguised
from mock_api.carriers.easypost.shapes import MODE, amount, moment
from mock_api.carriers.easypost.wishes import ACCOUNTS, noted
from simulator import World
from simulator.carriers.prices import Why
from simulator.consigning import Rate
from simulator.shipments.model import Shipment

_WHY: Final = {
    Why.NO_SUCH_DESTINATION: "The carrier does not serve this origin and destination.",
    Why.TOO_HEAVY: "The parcel is heavier than the carrier allows.",
    Why.TOO_LONG: "The parcel is longer than the carrier allows.",
    Why.TOO_BIG: "The parcel is larger than the carrier allows.",
    Why.NOT_FROM_THERE: "The carrier does not collect there.",
}


Placed = tuple[int, Rate]
"""A rate and its place among all services of all carriers, by which it has its id."""


def rates_of(world: World, shipment: Shipment) -> list[Placed]:
    """With a price or without, of the carriers that were asked."""
    wish = shipment.wish
    said = world.shippers.rates(wish.sender, wish.recipient, wish.pieces)
    accounts = noted(shipment, ACCOUNTS)
    return [
        (nth, rate)
        for nth, rate in enumerate(said)
        if not accounts or account_of(rate.carrier.code) in accounts
    ]


def offered(world: World, shipment: Shipment) -> list[Placed]:
    return taken(rates_of(world, shipment))


def taken(every: Collection[Placed]) -> list[Placed]:
    """Those that have a price."""
    return [(nth, rate) for nth, rate in every if not rate.why]


def messages(every: Collection[Placed]) -> list[dict[str, Any]]:
    """Why carriers offer nothing: one message for each that has no price at all."""
    whys = {rate.carrier.code: _WHY[rate.why] for _, rate in every if rate.why}
    priced = {rate.carrier.code for _, rate in taken(every)}
    return [message(code, why) for code, why in whys.items() if code not in priced]


def message(carrier: str, told: str) -> dict[str, Any]:
    """As recorded in test_pickup_buy.yaml."""
    return {
        "carrier": words.carrier_name(carrier),
        "carrier_account_id": account_of(carrier),
        "type": "rate_error",
        "message": told,
    }


def rate_id(shipment: Shipment, nth: int) -> str:
    return disguised("rate", shipment.id, nth)


def shown(shipment: Shipment, nth: int, rate: Rate) -> dict[str, Any]:
    """EasyPost quotes in the account's currency; this world's price lists are in yuan."""
    when = moment(shipment.created_at)
    days = rate.service.transit[1]
    return {
        "id": rate_id(shipment, nth),
        "object": "Rate",
        "created_at": when,
        "updated_at": when,
        "mode": MODE,
        "service": words.service_name(rate.carrier.code, rate.service),
        "carrier": words.carrier_name(rate.carrier.code),
        "rate": amount(rate.total_minor),
        "currency": rate.currency,
        "retail_rate": None,
        "retail_currency": None,
        "list_rate": amount(rate.total_minor),
        "list_currency": rate.currency,
        "billing_type": "carrier",
        "delivery_days": days,
        "delivery_date": None,
        "delivery_date_guaranteed": False,
        "est_delivery_days": days,
        "shipment_id": disguised("shp", shipment.id),
        "carrier_account_id": account_of(rate.carrier.code),
    }
