"""MyDHL API: products and prices, and until when a courier can still be called.

The forms are the specification's; prices are the world's, in yuan. The breakdown has freight after
the account's discount, and fuel (FF): there is nothing else in the world's price list.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Query

from mock_api.carriers.dhl.names import DOCUMENTS, DOMESTIC, NAME, PARCELS, PRODUCTS
from mock_api.carriers.dhl.places import area_of
from mock_api.carriers.dhl.refusals import Refused, not_available
from mock_api.carriers.dhl.requests import Country, Package, Place, RateWish, Units, Wanted
from mock_api.carriers.dhl.times import Planned, planned, planned_day, workdays_after
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator.callouts import Availability
from simulator.consigning import Rate
from simulator.errors import CarriesNot
from simulator.people import Address
from simulator.shipments.model import Piece

Shape = dict[str, Any]
Lane = tuple[Address, Address]
Measure = Annotated[float, Query(gt=0, le=9_999, allow_inf_nan=False)]

BILLING: Final = "BILLC"
"""The currency that the account is billed in."""
_NETWORK: Final = "TD"
"""Time definite."""
_DAYS_LOOKED_AT: Final = 14
_END_OF_DAY: Final = "23:59:00"
_MM3_A_KILOGRAM: Final = 5_000_000


async def rates(sandbox: CarrierSandbox, wish: RateWish) -> Shape:
    """Of a shipment of several pieces."""
    places = wish.customer_details
    lane = places.shipper_details.address(), places.receiver_details.address()
    pieces = tuple(package.piece(wish.unit_of_measurement) for package in wish.packages)
    when = planned(sandbox, wish.planned_shipping_date_and_time, lane[0])
    offered = offered_on(lane, wish.is_customs_declarable)
    if wish.product_code:
        offered = [code for code in offered if code == wish.product_code]
    if not offered:
        raise not_available(wish.product_code or "")
    return _answer(sandbox, lane, pieces, when, offered)


async def rates_of_one_piece(  # noqa: PLR0913, PLR0917 - what the query has to say
    sandbox: CarrierSandbox,
    from_country: Annotated[Country, Query(alias="originCountryCode")],
    from_city: Annotated[Wanted, Query(alias="originCityName")],
    to_country: Annotated[Country, Query(alias="destinationCountryCode")],
    to_city: Annotated[Wanted, Query(alias="destinationCityName")],
    weight: Measure,
    length: Measure,
    width: Measure,
    height: Measure,
    day: Annotated[date, Query(alias="plannedShippingDate")],
    declarable: Annotated[bool, Query(alias="isCustomsDeclarable")],
    units: Annotated[Units, Query(alias="unitOfMeasurement")],
) -> Shape:
    """The same, told in a query."""
    lane = _place(from_country, from_city), _place(to_country, to_city)
    sides = {"length": length, "width": width, "height": height}
    piece = Package.model_validate({"weight": weight, "dimensions": sides}).piece(units)
    when = planned_day(sandbox, day, lane[0])
    return _answer(sandbox, lane, (piece,), when, offered_on(lane, declarable))


def _place(country: str, city: str) -> Address:
    return Place.model_validate({"countryCode": country, "cityName": city}).address()


def offered_on(lane: Lane, is_customs_declarable: bool) -> list[str]:  # noqa: FBT001 - a field's
    """Which products there are between the two: across a border documents go as such, too."""
    sender, recipient = lane
    if sender.region == recipient.region:
        return [DOMESTIC]
    return [PARCELS] if is_customs_declarable else [PARCELS, DOCUMENTS]


def priced(sandbox: Sandbox, lane: Lane, pieces: Sequence[Piece]) -> Rate:
    """What the world's one service costs; CarriesNot if DHL does not take it."""
    (rate, *_) = sandbox.world.shippers.rates(*lane, pieces, NAME)
    if rate.why:
        raise CarriesNot(NAME, rate.why)
    return rate


def charges(rate: Rate, product: str) -> list[tuple[str, str, float]]:
    """Name, code and price of what the total is made of."""
    fuel = sum(minor for name, minor in rate.rows if name == "fuel") / 100
    freight = round(rate.total_minor / 100 - fuel, 2)
    return [(PRODUCTS[product], product, freight), ("FUEL SURCHARGE", "FF", fuel)]


def _answer(
    sandbox: Sandbox,
    lane: Lane,
    pieces: Sequence[Piece],
    when: Planned,
    offered: Sequence[str],
) -> Shape:
    rate = priced(sandbox, lane, pieces)
    product = {
        "networkTypeCode": _NETWORK,
        "isCustomerAgreement": False,
        "weight": _weight(pieces),
        **_prices(rate),
    }
    capabilities = _capabilities(sandbox, lane, when, rate.service.transit[1])
    priced_on = {"pricingDate": str(when.day)}
    return {
        "products": [
            {
                "productName": PRODUCTS[code],
                "productCode": code,
                "localProductCode": code,
                "localProductCountryCode": lane[0].region,
                **product,
                "detailedPriceBreakdown": [_breakdown(rate, code)],
                **capabilities,
                **priced_on,
            }
            for code in offered
        ]
    }


def _weight(pieces: Sequence[Piece]) -> Shape:
    volumes = (piece.sides_mm[0] * piece.sides_mm[1] * piece.sides_mm[2] for piece in pieces)
    return {
        "volumetric": round(sum(volumes) / _MM3_A_KILOGRAM, 2),
        "provided": sum(piece.weight_g for piece in pieces) / 1000,
        "unitOfMeasurement": "metric",
    }


def _prices(rate: Rate) -> Shape:
    total = rate.total_minor / 100
    priced_in = {"currencyType": BILLING, "priceCurrency": rate.currency}
    parts = [{"typeCode": "STTXA", "price": 0}, {"typeCode": "SPRQT", "price": total}]
    return {
        "totalPrice": [priced_in | {"price": total}],
        "totalPriceBreakdown": [priced_in | {"priceBreakdown": parts}],
    }


def _breakdown(rate: Rate, product: str) -> Shape:
    (name, _, freight), (fuel_name, fuel_code, fuel) = charges(rate, product)
    return {
        "currencyType": BILLING,
        "priceCurrency": rate.currency,
        "breakdown": [
            {"name": name, "price": freight},
            {"name": fuel_name, "serviceCode": fuel_code, "typeCode": "SCH", "price": fuel},
        ],
    }


def _capabilities(sandbox: Sandbox, lane: Lane, when: Planned, days: int) -> Shape:
    """Until when a courier can be called, and when the parcel will be there."""
    pickup_day, pickup = _pickup(sandbox, lane[0], when)
    arrives = workdays_after(pickup_day, days)
    destination = area_of(lane[1].city, country=lane[1].region)
    delivery = {
        "deliveryTypeCode": "QDDC",
        "estimatedDeliveryDateAndTime": f"{arrives}T{_END_OF_DAY}",
        "destinationServiceAreaCode": destination.code,
        "deliveryAdditionalDays": 0,
        "deliveryDayOfWeek": arrives.isoweekday(),
        "totalTransitDays": days,
    }
    return {"pickupCapabilities": pickup, "deliveryCapabilities": delivery}


def _pickup(sandbox: Sandbox, sender: Address, when: Planned) -> tuple[date, Shape]:
    for ahead in range(_DAYS_LOOKED_AT):
        day = when.day + timedelta(days=ahead)
        offered = sandbox.world.shippers.availability(NAME, sender, day)
        if offered and offered.cut_off >= when.at:
            return day, _pickup_shape(offered, when, day, sender)
    raise Refused(HTTPStatus.BAD_REQUEST, f"No DHL courier comes to {sender.city}")


def _pickup_shape(offered: Availability, when: Planned, day: date, sender: Address) -> Shape:
    cut_off = datetime.fromtimestamp(offered.cut_off, when.zone)
    first, last = (
        datetime.fromtimestamp(at, when.zone) for at in (offered.rounds[0], offered.rounds[-1])
    )
    return {
        "nextBusinessDay": day != when.day,
        "localCutoffDateAndTime": f"{cut_off:%Y-%m-%dT%H:%M:%S}",
        "GMTCutoffTime": f"{cut_off - (cut_off.utcoffset() or timedelta(0)):%H:%M:%S}",
        "cutoffTimeOffset": _iso(offered.rounds[-1] - offered.cut_off),
        "pickupEarliest": f"{first:%H:%M:%S}",
        "pickupLatest": f"{last:%H:%M:%S}",
        "pickupCutoffSameDayOutboundProcessing": f"{cut_off:%H:%M:%S}",
        "originServiceAreaCode": area_of(sender.city, country=sender.region).code,
        "pickupAdditionalDays": (day - when.day).days,
        "pickupDayOfWeek": day.isoweekday(),
    }


def _iso(seconds: int) -> str:
    """A duration: ``PT1H``."""
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60}M" if rest or not hours else ""
    return f"PT{hours}H{minutes}" if hours else f"PT{minutes}"
