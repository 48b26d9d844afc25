"""What TNT sells in this world, by TNT's codes, and what it costs.

15N and 48N are the carriers facts' (section 8.3). FSI00 is the fuel surcharge's code in a published
reply. The world's price list knows no other currency than its own, and no VAT.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mock_api.carriers.tnt.names import CARRIER
from simulator import World
from simulator.consigning import Rate
from simulator.people import Address
from simulator.shipments.model import Piece

FUEL: Final = ("FSI00", "FUEL SURCHARGE")


@dataclass(frozen=True, slots=True)
class Price:
    """Of one service, in fen: the account's own, or the list's."""

    product: str
    name: str
    service: str
    """In the world's codes."""
    base: int
    fuel: int
    currency: str
    why: str = ""
    """Why it is not to be had."""

    @property
    def total(self) -> str:
        return f"{(self.base + self.fuel) / 100:.2f}"


def prices(
    world: World, sender: Address, recipient: Address, pieces: Sequence[Piece], *, standard: bool
) -> list[Price]:
    """Of every service. *standard*: without the account's discount."""
    rates = world.shippers.rates(sender, recipient, pieces, CARRIER)
    return [_price(rate, standard=standard) for rate in rates]


def _price(rate: Rate, *, standard: bool) -> Price:
    rows = dict(rate.rows)
    freight, discount, fuel = (rows.get(name, 0) for name in ("freight", "discount", "fuel"))
    base = freight + discount + rows.get("remote_area", 0)
    if standard and base:  # fuel is a percentage: it grows with what it is taken of
        base, fuel = base - discount, round(fuel * (base - discount) / base)
    service = rate.service
    name = f"TNT {service.name}" if not service.name.startswith("TNT") else service.name
    return Price(
        service.product, name, service.code, base, fuel, rate.currency, str(rate.why or "")
    )
