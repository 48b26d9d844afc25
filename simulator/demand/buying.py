"""What the people of a source buy: baskets, shipping modes, cities, seller behaviours, payment.

Each draw is named after the source and the nth order, so that no other source shifts it.
"""

from dataclasses import dataclass, replace
from typing import Final

from simulator.buyers.temperaments import PASSIVE
from simulator.catalog import SHELF
from simulator.channels.model import Channel
from simulator.clock import EPOCH, HOUR, Instant, later
from simulator.demand.chance import Draws, Mix
from simulator.demand.replay import INTEGRATION, NEVER, Row
from simulator.orders.model import Mode
from simulator.orders.purchase import Purchase

RECENT: Final = 100
"""Who comes back does so within so many orders of the source; the first of every so many is always
somebody new (ours)."""

_WHOLE_SHELF: Final[Mix] = tuple((sku.id, 1.0) for sku in SHELF)


@dataclass(frozen=True, slots=True)
class Buying:
    """What is drawn for each order, and how often. The shares of buyers are ours: no source gives
    any."""

    shipping: Mix = ((Mode.PLATFORM.value, 1.0),)
    city: Mix = (("Shenzhen", 1.0),)
    """Where the orders ship from."""
    behaviour: Mix = ((INTEGRATION, 1.0),)
    """Who plays the seller."""
    items: tuple[str, ...] = ()
    """The same basket for everybody: SKU ids, one per unit. Empty: baskets are drawn."""
    units: Mix = (("1", 1.0), ("2", 1.0), ("3", 1.0))
    """How many units a drawn basket has."""
    skus: Mix = ()
    """Of what; empty: everything on the shelf alike."""
    paid: float = 1.0
    """The share of buyers who pay at all."""
    pays_after: tuple[int, int] = (0, 0)
    """The shortest and longest time until payment, in seconds."""
    late: float = 0.0
    """Of those who pay, the share who take their time."""
    late_after: tuple[int, int] = (HOUR, 30 * HOUR)
    """And how long. Who comes after the platform's patience has ended finds the order cancelled."""
    shop_id: str = ""
    """Empty: the first shop."""
    channel: Mix = ((Channel.DIRECT.value, 1.0),)
    """X1-X3: by which way the goods come."""
    parcels: Mix = (("1", 1.0),)
    """In how many parcels the platform drafts an order."""
    returning: float = 0.0
    """The share of orders by a buyer of this source who ordered before."""
    combined: bool = False
    """The platform combines what fits of one buyer's orders."""
    buyer: Mix = ((PASSIVE, 1.0),)
    """Temperaments. Those who pay late or never by it do so beside the shares above."""


def bought(buying: Buying, source: str, now: Instant, draws: Draws) -> Purchase:
    """What somebody checks out with now, everything drawn."""
    behaviour = draws.pick("behaviour", buying.behaviour)
    return Purchase(
        shop_id=buying.shop_id,
        mode=Mode(draws.pick("shipping", buying.shipping)),
        city=draws.pick("city", buying.city),
        sku_ids=buying.items or _basket(buying, draws),
        paid=False,
        behaviour=_player(behaviour),
        pays_at=_paid_at(now, _patience(buying, draws)),
        source=source,
        drawn_as=draws.entity,
        channel=draws.pick("channel", buying.channel),
        parcels=int(draws.pick("parcels", buying.parcels)),
        buyer=_who(buying, source, draws) if buying.returning else "",
        combined=buying.combined,
        temperament=_living(draws.pick("buyer", buying.buyer)),
    )


def again(row: Row, drawn: Purchase, now: Instant) -> Purchase:
    """What was *drawn*, but as the *row* has it where the row says anything."""
    return replace(
        drawn,
        mode=Mode(row.shipping) if row.shipping else drawn.mode,
        city=row.city or drawn.city,
        sku_ids=row.items or drawn.sku_ids,
        behaviour=_player(row.behaviour) if row.behaviour else drawn.behaviour,
        pays_at=drawn.pays_at if row.pays_after is None else _paid_at(now, row.pays_after),
        temperament=_living(row.buyer) if row.buyer else drawn.temperament,
    )


def _player(behaviour: str) -> str:
    return "" if behaviour == INTEGRATION else behaviour


def _who(buying: Buying, source: str, draws: Draws) -> str:
    """A buyer's name is the place of their first order. Nobody is remembered: the place is found
    again by the draws of the orders before it."""
    nth = int(draws.entity.removeprefix(f"{source}/"))
    while nth % RECENT:
        here = Draws(draws.streams, f"{source}/{nth}")
        if not here.chance("returns", buying.returning):
            break
        first = nth - nth % RECENT
        nth = first + here.streams.pick("returns to", here.entity, nth - first)
    return f"{source}/{nth}"


def _living(temperament: str) -> str:
    return "" if temperament == PASSIVE else temperament


def _basket(buying: Buying, draws: Draws) -> tuple[str, ...]:
    units = int(draws.pick("units", buying.units))
    skus = buying.skus or _WHOLE_SHELF
    return tuple(draws.pick("sku", skus, nth) for nth in range(units))


def _patience(buying: Buying, draws: Draws) -> int:
    """Seconds until payment, or NEVER."""
    if not draws.chance("pays at all", buying.paid):
        return NEVER
    late = draws.chance("pays late", buying.late)
    return draws.between("pays after", buying.late_after if late else buying.pays_after)


def _paid_at(now: Instant, after: int) -> Instant:
    return EPOCH if after == NEVER else later(now, after)
