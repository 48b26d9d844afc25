"""What FedEx sells, as its wire calls it, and when it promises to be there.

From China: International Priority and Economy. Within a country the same two of the model are told
by the names that FedEx has there (inferred: the model knows no overnight services).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.carriers.fedex.refusals import BAD_SERVICE, BAD_SHIP_DATE
from simulator.carriers.domestic import TRANSIT_DAYS
from simulator.carriers.model import Carrier, Service
from simulator.clock import Instant
from simulator.consigning import city_of
from simulator.people import Address

_WORKING_DAYS: Final = 5
_SHIPPED_AHEAD: Final = timedelta(days=10)
"""How far ahead a ship date may lie (common knowledge, not checked)."""
_COUNTED: Final = (
    *("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"),
    *("ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN"),
    *("NINETEEN", "TWENTY"),
)


@dataclass(frozen=True, slots=True)
class Product:
    """One service by FedEx's name."""

    type: str
    name: str
    short: str


_INTERNATIONAL: Final = {
    "priority": Product("FEDEX_INTERNATIONAL_PRIORITY", "FedEx International Priority®", "IP"),
    "economy": Product("INTERNATIONAL_ECONOMY", "FedEx International Economy®", "IE"),
}
_AMERICAN: Final = {
    "priority": Product("FEDEX_2_DAY", "FedEx 2Day®", "P2"),
    "economy": Product("FEDEX_EXPRESS_SAVER", "FedEx Express Saver®", "ES"),
}
_DOMESTIC: Final = {
    "priority": Product("FEDEX_PRIORITY", "FedEx® Priority", "FP"),
    "economy": Product("FEDEX_ECONOMY", "FedEx® Economy", "FE"),
}
_FORMERLY: Final = {"INTERNATIONAL_PRIORITY": "FEDEX_INTERNATIONAL_PRIORITY"}


def home_of(sender: Address | None, recipient: Address | None) -> str:
    """The country within which it stays; empty: it crosses a border."""
    if sender is None or recipient is None or sender.region != recipient.region:
        return ""
    return sender.region


def product_of(service: Service, home: str) -> Product:
    """How FedEx calls that service of the model, across borders or within *home*."""
    known = _INTERNATIONAL
    if home:
        known = _AMERICAN if home == "US" else _DOMESTIC
    return known.get(service.code, Product(service.product, service.name, service.code.upper()))


def service_called(carrier: Carrier, wire: str, home: str) -> Service:
    """The service of that name; refused, if FedEx has none such there."""
    wanted = _FORMERLY.get(wire, wire)
    for each in carrier.services:
        if product_of(each, home).type == wanted:
            return each
    raise BAD_SERVICE.said(("serviceType", wire))


def transit_days(service: Service, home: str) -> tuple[int, int]:
    """Working days, shortest and longest."""
    return TRANSIT_DAYS if home else service.transit


def counted(days: int) -> str:
    """``FIVE_DAYS``, as transit times are written."""
    if not 1 <= days < len(_COUNTED):
        return "UNKNOWN"
    return "ONE_DAY" if days == 1 else f"{_COUNTED[days]}_DAYS"


def promised_day(shipped: date, days: int) -> date:
    """So many working days later; holidays are not looked at."""
    day, left = shipped, days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _WORKING_DAYS
    return day


def end_of_day(day: date) -> str:
    """By when it is promised on that day, by the recipient's clocks."""
    return f"{day.isoformat()}T18:00:00"


def zone_at(carrier: Carrier, address: Address) -> ZoneInfo:
    """Whose clocks a shipper there goes by."""
    van = carrier.service_in(city_of(address))
    return ZoneInfo(van.timezone if van else carrier.depot_timezone)


def today_at(carrier: Carrier, address: Address, now: Instant) -> date:
    return datetime.fromtimestamp(now, zone_at(carrier, address)).date()


def ship_day(wanted: date | None, today: date, *, lenient: bool) -> date:
    """When a shipment sets out. A day in the past is today, since a client's wall clock is not the
    world's; for one too far ahead, only a lenient sandbox says so."""
    if wanted is None or wanted <= today:
        return today
    if wanted <= today + _SHIPPED_AHEAD:
        return wanted
    if not lenient:
        raise BAD_SHIP_DATE.said(("shipDatestamp", wanted.isoformat()))
    return today
