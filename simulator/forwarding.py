"""What posting costs and who does it, in one world: quotes, the choice of a carrier, freight.

The rules are ``channels``' and ``carriers``'; here they meet an order, its city and its goods.
"""

from collections.abc import Sequence
from typing import Final

from simulator.carriers import prices
from simulator.catalog import sku_with
from simulator.channels.choice import MARKET, RULES, Choice, chosen
from simulator.channels.quotes import Lane, Load, Offer, Subsidy, load_of, offers
from simulator.errors import BeyondLimits
from simulator.facts import FreightCharged
from simulator.orders.model import LineItem, Order
from simulator.parcels.model import Parcel
from simulator.registry import Bill, Registry

_BILLS_KEPT_MOST: Final = 10_000

Booking = tuple[str, str]
"""A carrier, and which of its services; empty: its usual one."""


def quoted(here: Registry, load: Load, lane: Lane) -> list[Offer]:
    """What everybody would ask (X1), less what the platform would add (X5)."""
    return offers(here.carriers, load, lane, subsidy_of(here))


def booking_for(here: Registry, order: Order) -> Booking:
    """Whom a simulated seller, or a supplier, books for it by the world's rule (X4)."""
    market = here.market
    if here.carrier_rule == MARKET:
        return market.seller_carrier, ""
    load = load_of([sku_with(item.sku_id) for item in order.items])
    found = quoted(here, load, lane_of(order))
    possible = [each for each in found if each.quote and each.collects]
    if here.carrier_rule in RULES:
        # The designated carrier is the platform's: nobody chooses it but by its name.
        possible = [each for each in possible if each.carrier != market.designated_carrier]
    kinds = {code: carrier.kind for code, carrier in here.carriers.items()}
    value = order.goods_minor // market.price_factor
    choice = Choice(possible, kinds, value, load.weight_g, here.channels.choice)
    offer = chosen(here.carrier_rule, choice) if possible else None
    return (offer.carrier, offer.service) if offer else (market.seller_carrier, "")


def charge(here: Registry, parcel: Parcel) -> None:
    """The carrier's bill for a parcel that has just been booked; a carrier without a list for that
    country sends none."""
    order = here.orders[parcel.order_id]
    bill = _bill(here, order, parcel)
    if bill is None:
        return
    amount_minor, currency = bill
    subsidy = 0
    if order.ships_from_platform:
        subsidy = subsidy_of(here).of(parcel.carrier, amount_minor)
    here.record(
        FreightCharged(
            order.id, parcel.id, parcel.carrier, order.channel, amount_minor, currency, subsidy
        )
    )


def _bill(here: Registry, order: Order, parcel: Parcel) -> Bill | None:
    """By the carrier's list, which does not change: like baskets are reckoned once, for that takes
    as long as all the rest of a booking."""
    items = here.items_in(parcel)
    tariff = lane_of(order).tariff
    key = (parcel.carrier, parcel.service, tariff, *[item.sku_id for item in items])
    known = here.bills
    if key not in known:
        if len(known) >= _BILLS_KEPT_MOST:
            known.clear()
        load, carrier = load_of_items(items), here.carrier(parcel.carrier)
        said = prices.freight(carrier, load.weight_g, load.sides_mm, tariff, parcel.service)
        known[key] = (said.total_minor, said.currency) if said else None
    return known[key]


def require_accepted(here: Registry, order: Order, parcel: Parcel) -> None:
    """The platform's carrier takes so heavy and so large a parcel."""
    carrier, tariff = here.carrier(here.market.designated_carrier), lane_of(order).tariff
    items = here.items_in(parcel)
    load = load_of_items(items)
    why = prices.refusal(carrier, load.weight_g, load.sides_mm, tariff)
    if why is None:
        return
    singly = (load_of_items([item]) for item in items)
    alone = any(
        prices.refusal(carrier, each.weight_g, each.sides_mm, tariff) is why for each in singly
    )
    raise BeyondLimits(parcel.id, why, alone)


def lane_of(order: Order) -> Lane:
    return Lane(order.city, order.address.region)


def load_of_items(items: Sequence[LineItem]) -> Load:
    return load_of([sku_with(item.sku_id) for item in items])


def subsidy_of(here: Registry) -> Subsidy:
    return Subsidy(here.market.designated_carrier, here.market.subsidy_percent)
