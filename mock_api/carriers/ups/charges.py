"""What the world's price list says, in UPS's money: everything is a string.

The list's freight with fuel is what UPS publishes; what the account pays is the same with its
discount, and is told to who asks for negotiated rates.
"""

from dataclasses import dataclass
from typing import Any, Final

from mock_api.carriers.ups.refusals import Refused
from simulator.carriers.prices import Why
from simulator.consigning import Rate

FUEL: Final = "375"
EXTENDED_AREA: Final = "190"
ITEMIZED_SINCE: Final = "1601"
"""The SubVersion from which on answers have ItemizedCharges."""

_BETWEEN: Final = "The requested service is unavailable between the selected locations."
_WEIGHT: Final = "The maximum per package weight for the selected service is exceeded."
_NOT_CARRIED: Final = {
    Why.NO_SUCH_DESTINATION: ("210", _BETWEEN),
    Why.NOT_FROM_THERE: ("210", _BETWEEN),
    Why.TOO_HEAVY: ("036", _WEIGHT),
    Why.TOO_LONG: ("056", "Package exceeds the maximum length constraint."),
    Why.TOO_BIG: ("050", "Package exceeds the maximum size total constraints."),
}
"""The last three digits: 111 before them in rating, 121 in shipping."""


def not_carried(why: str, family: str) -> Refused:
    """Why UPS does not take it."""
    digits, words = _NOT_CARRIED[Why(why)]
    return Refused(f"{family}{digits}", words)


@dataclass(frozen=True, slots=True)
class Charges:
    """In fen."""

    base: int
    remote: int
    fuel: int
    currency: str

    @property
    def total(self) -> int:
        return self.base + self.remote + self.fuel

    def money(self, minor: int) -> dict[str, str]:
        return {"CurrencyCode": self.currency, "MonetaryValue": f"{minor / 100:.2f}"}

    def itemized(self) -> list[dict[str, str]]:
        parts = ((FUEL, self.fuel), (EXTENDED_AREA, self.remote))
        return [{"Code": code, **self.money(part)} for code, part in parts if part]

    def told(self, *, itemized: bool) -> dict[str, Any]:
        """What every charge consists of."""
        found: dict[str, Any] = {
            "TransportationCharges": self.money(self.total),
            "BaseServiceCharge": self.money(self.base),
            "ServiceOptionsCharges": self.money(0),
            "TotalCharges": self.money(self.total),
        }
        if itemized:
            found["ItemizedCharges"] = self.itemized()
        return found

    def negotiated(self, *, itemized: bool) -> dict[str, Any]:
        found: dict[str, Any] = {
            "BaseServiceCharge": self.money(self.base),
            "TotalCharge": self.money(self.total),
        }
        if itemized:
            found["ItemizedCharges"] = self.itemized()
        return found


def paid(rate: Rate) -> Charges:
    """What the account pays: the world's own price."""
    rows = dict(rate.rows)
    base = rows.get("freight", 0) + rows.get("discount", 0)
    return Charges(base, rows.get("remote_area", 0), rows.get("fuel", 0), rate.currency)


def published(rate: Rate) -> Charges:
    """The same without the discount; fuel is a percentage, so it grows with what it is taken of."""
    pays, list_base = paid(rate), dict(rate.rows).get("freight", 0)
    taxed = pays.base + pays.remote
    fuel = round(pays.fuel * (list_base + pays.remote) / taxed) if taxed else pays.fuel
    return Charges(list_base, pays.remote, fuel, rate.currency)


def is_itemized(sub_version: str) -> bool:
    digits = sub_version.removeprefix("v")
    return digits.isdigit() and digits >= ITEMIZED_SINCE
