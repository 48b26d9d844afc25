"""Rate quotes: what each service costs from here to there.

Numbers are JSON numbers, in yuan: the price list's currency, whatever currency is preferred.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fastapi import Request, Response
from pydantic import Field

from mock_api.carriers.fedex import services
from mock_api.carriers.fedex.callers import require_account, ship_router
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.envelope import ok
from mock_api.carriers.fedex.parts import Account, LineItems, Part, Place, Text, pieces_of
from mock_api.carriers.fedex.refusals import declined
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.consigning import Rate
from simulator.people import Address

router: Final = ship_router()

_ACCOUNT: Final = "ACCOUNT"
_LIST: Final = "LIST"
_PREFERRED: Final = "PREFERRED"
_RATE_TYPES: Final = {_ACCOUNT: _ACCOUNT, _LIST: _LIST, _PREFERRED: "PREFERRED_CURRENCY"}
_DIVISOR: Final = 5000


class Controls(Part):
    return_transit_times: bool = False


class Requested(Part):
    """What somebody wants quoted."""

    shipper: Place
    recipient: Place
    service_type: Text = ""
    packaging_type: Text = "YOUR_PACKAGING"
    ship_date_stamp: date | None = None
    preferred_currency: Text = ""
    rate_request_type: list[Text] = Field(default=[_ACCOUNT], max_length=10)
    requested_package_line_items: LineItems


class QuoteRequest(Part):
    account_number: Account
    rate_request_control_parameters: Controls = Controls()
    requested_shipment: Requested


@dataclass(frozen=True, slots=True)
class Lane:
    """From where to where, and when it sets out."""

    sender: Address
    recipient: Address
    day: date

    @property
    def home(self) -> str:
        return services.home_of(self.sender, self.recipient)


@router.post("/rate/v1/rates/quotes")
async def quotes(request: Request, sandbox: CarrierSandbox, wanted: QuoteRequest) -> Response:
    """What every service would cost that takes the shipment, or the one that is asked for."""
    require_account(request, sandbox, wanted.account_number.value)
    shipment, world = wanted.requested_shipment, sandbox.world
    sender = shipment.shipper.as_address()
    today = services.today_at(world.registry.carrier(NAME), sender, world.now)
    lenient = sandbox.is_lenient(NAME)
    day = services.ship_day(shipment.ship_date_stamp, today, lenient=lenient)
    lane = Lane(sender, shipment.recipient.as_address(), day)
    details = [_reply(rate, lane, wanted) for rate in _rates(world, lane, shipment) if not rate.why]
    return ok(
        request,
        {"rateReplyDetails": details, "quoteDate": today.isoformat(), "encoded": False},
    )


def _rates(world: World, lane: Lane, shipment: Requested) -> list[Rate]:
    pieces = pieces_of(shipment.requested_package_line_items)
    found = world.shippers.rates(lane.sender, lane.recipient, pieces, NAME)
    if shipment.service_type:
        carrier = world.registry.carrier(NAME)
        asked = services.service_called(carrier, shipment.service_type, lane.home)
        found = [rate for rate in found if rate.service.code == asked.code]
    if all(rate.why for rate in found):
        raise declined(str(found[0].why))
    return found


def _reply(rate: Rate, lane: Lane, wanted: QuoteRequest) -> dict[str, Any]:
    product = services.product_of(rate.service, lane.home)
    shipment = wanted.requested_shipment
    reply = {
        "serviceType": product.type,
        "serviceName": product.name,
        "packagingType": shipment.packaging_type,
        "ratedShipmentDetails": [
            _rated(rate, kind)
            for kind in shipment.rate_request_type
            if _is_offered(kind, shipment, rate)
        ],
        "serviceDescription": {"serviceType": product.type, "code": product.short},
    }
    if wanted.rate_request_control_parameters.return_transit_times:
        reply |= _promise(rate, lane)
    return reply


def _is_offered(kind: str, shipment: Requested, rate: Rate) -> bool:
    """Nobody converts: a preferred currency is offered where it is the list's own."""
    if kind == _PREFERRED:
        return shipment.preferred_currency == rate.currency
    return kind in _RATE_TYPES


def _rated(rate: Rate, kind: str) -> dict[str, Any]:
    """The account's price, or the list's: without the discount, and with fuel on all of it."""
    rows = dict(rate.rows)
    base, discount = rows.get("freight", 0), -rows.get("discount", 0)
    charges = {"FUEL": rows.get("fuel", 0), "REMOTE": rows.get("remote_area", 0)}
    if kind == _LIST:
        charges["FUEL"] = _fuel_on_list(base, discount, charges)
        discount = 0
    net = base - discount + sum(charges.values())
    return {
        "rateType": _RATE_TYPES[kind],
        "ratedWeightMethod": "ACTUAL",
        "totalBaseCharge": base / 100,
        "totalDiscounts": discount / 100,
        "totalNetCharge": net / 100,
        "totalNetFedExCharge": net / 100,
        "currency": rate.currency,
        "shipmentRateDetail": {
            "dimDivisor": _DIVISOR,
            "totalSurcharges": sum(charges.values()) / 100,
            "surCharges": [
                {"type": type_, "description": _CALLED[type_], "amount": amount / 100}
                for type_, amount in charges.items()
                if amount
            ],
            "taxes": [],
            "totalBillingWeight": {"units": "KG", "value": rate.billable_g / 1000},
            "currency": rate.currency,
        },
    }


_CALLED: Final = {"FUEL": "Fuel Surcharge", "REMOTE": "Out of delivery area"}


def _fuel_on_list(base: int, discount: int, charges: dict[str, int]) -> int:
    discounted = base - discount + charges["REMOTE"]
    return round(charges["FUEL"] * (base + charges["REMOTE"]) / discounted) if discounted else 0


def _promise(rate: Rate, lane: Lane) -> dict[str, Any]:
    """By when it is there, at the latest."""
    shortest, longest = services.transit_days(rate.service, lane.home)
    day = services.promised_day(lane.day, longest)
    commit = services.end_of_day(day)
    return {
        "operationalDetail": {
            "commitDate": commit,
            "transitTime": services.counted(longest),
            "commitDays": [f"{day:%a}".upper()],
        },
        "commit": {
            "dateDetail": {"dayOfWeek": f"{day:%a}".upper(), "dayFormat": commit},
            "transitDays": {
                "minimumTransitTime": services.counted(shortest),
                "maximumTransitTime": services.counted(longest),
            },
        },
    }
