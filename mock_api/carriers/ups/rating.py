"""Rating: what a shipment would cost, by one service or by all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query

from mock_api.carriers.ups import charges
from mock_api.carriers.ups.forms import (
    Code,
    Envelope,
    Form,
    Money,
    Packages,
    Party,
    Weight,
    day_in,
    done,
    is_metric,
    pieces_of,
    weighed,
)
from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.refusals import Refused
from mock_api.carriers.ups.services import KNOWN, Offer, offer
from mock_api.carriers.ups.versions import alone_if_old
from mock_api.carriers.ups.view import ymd
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.countries import is_country
from mock_api.kernel.local_time import zone_at
from mock_api.kernel.promises import transit_days, weekdays_after
from simulator import World
from simulator.consigning import PIECES_MAX, Rate
from simulator.people import Address
from simulator.shipments.model import Piece

_OPTIONS: Final = frozenset({"rate", "shop", "ratetimeintransit", "shoptimeintransit"})
_TIMED: Final = "timeintransit"
_INVOICE_MAY_VARY: Final = {
    "Code": "110971",
    "Description": "Your invoice may vary from the displayed reference rates",
}
_UNAVAILABLE: Final = "The requested service is unavailable between the selected locations."


class RatingOptions(Form):
    NegotiatedRatesIndicator: str | None = None


class FetchedOn(Form):
    Date: str = ""


class DeliveryTime(Form):
    Pickup: FetchedOn = FetchedOn()


class RatedWish(Form):
    Shipper: Party | None = None
    ShipTo: Party | None = None
    ShipFrom: Party | None = None
    Service: Code = Code()
    Package_: Packages = ()
    ShipmentTotalWeight: Weight | None = None
    InvoiceLineTotal: Money | None = None
    DocumentsOnlyIndicator: str | None = None
    ShipmentRatingOptions: RatingOptions = RatingOptions()
    DeliveryTimeInformation: DeliveryTime = DeliveryTime()

    model_config = Party.model_config


class RateRequest(Form):
    Request: Envelope | None = None
    Shipment: RatedWish | None = None


class RateBody(Form):
    RateRequest_: RateRequest = RateRequest()

    model_config = Party.model_config


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be rated, once it is understood."""

    sender: Address
    recipient: Address
    pieces: tuple[Piece, ...]
    wish: RatedWish
    envelope: Envelope

    @property
    def metric(self) -> bool:
        return is_metric(self.wish.Package_)

    @property
    def itemized(self) -> bool:
        return charges.is_itemized(self.envelope.SubVersion)

    @property
    def negotiated(self) -> bool:
        """The indicator counts by being there, empty or not."""
        return self.wish.ShipmentRatingOptions.NegotiatedRatesIndicator is not None

    def offer(self, rate: Rate) -> Offer:
        return offer(rate.service, self.sender.region, self.recipient.region)


def serve(router: APIRouter) -> None:
    router.post("/api/rating/{version}/{option}")(rate)


async def rate(
    version: str,
    option: str,
    body: RateBody,
    sandbox: CarrierSandbox,
    additionalinfo: Annotated[str, Query()] = "",
) -> dict[str, Any]:
    """Rate: one service; Shop: every one that there is; with times in transit if asked."""
    chosen = option.lower()
    if chosen not in _OPTIONS:
        raise Refused("20006", "Invalid request action")
    asked = _asked(body.RateRequest_)
    timed = chosen.endswith(_TIMED) or additionalinfo.lower() == _TIMED
    if chosen.endswith(_TIMED) and not sandbox.is_lenient(NAME):
        _require_for_times(asked)
    rates = sandbox.world.shippers.rates(asked.sender, asked.recipient, asked.pieces, CARRIER)
    wanted = _all_available(rates) if chosen.startswith("shop") else [_the_one(rates, asked)]
    rated = [_rated(sandbox.world, asked, each, timed=timed) for each in wanted]
    return {
        "RateResponse": {
            "Response": done(body.RateRequest_.Request),
            "RatedShipment": alone_if_old(version, rated),
        }
    }


def _asked(request: RateRequest) -> _Asked:
    wish = request.Shipment
    if wish is None:
        raise Refused("9110003", "Missing shipment information.")
    origin = wish.ShipFrom or wish.Shipper
    if origin is None or not is_country(origin.Address.CountryCode):
        raise Refused("110308", "Missing/Illegal ShipFrom/Address/CountryCode")
    if wish.ShipTo is None or not is_country(wish.ShipTo.Address.CountryCode):
        raise Refused("110208", "Missing/Illegal ShipTo/Address/CountryCode")
    if not wish.Package_:
        raise Refused("110002", "No packages in shipment.")
    if len(wish.Package_) > PIECES_MAX:
        raise Refused("110003", f"Maximum number of packages exceeded ({PIECES_MAX})")
    pieces = pieces_of(wish.Package_, "110")
    envelope = request.Request or Envelope()
    return _Asked(origin.address, wish.ShipTo.address, pieces, wish, envelope)


def _require_for_times(asked: _Asked) -> None:
    """Across a border UPS gives no times without weight and value (UPS-API/api-documentation#42,
    and other users' reports)."""
    if asked.sender.region == asked.recipient.region:
        return
    wish = asked.wish
    if wish.ShipmentTotalWeight is None:
        raise Refused("111546", "Invalid Weight.")
    if wish.InvoiceLineTotal is None and wish.DocumentsOnlyIndicator is None:
        raise Refused("111549", "Invalid Shipment Contents Value.")


def _all_available(rates: list[Rate]) -> list[Rate]:
    found = [each for each in rates if each.why is None]
    if not found:
        raise charges.not_carried(rates[0].why or "", "111")
    return found


def _the_one(rates: list[Rate], asked: _Asked) -> Rate:
    code = asked.wish.Service.Code
    if code not in KNOWN and code not in {asked.offer(each).code for each in rates}:
        raise Refused("111100", "The requested service is invalid from the selected origin.")
    for each in rates:
        if asked.offer(each).code == code:
            if each.why:
                raise charges.not_carried(each.why, "111")
            return each
    raise Refused("111210", _UNAVAILABLE)


def _rated(world: World, asked: _Asked, found: Rate, *, timed: bool) -> dict[str, Any]:
    sold = asked.offer(found)
    rated: dict[str, Any] = {
        "Service": {"Code": sold.code, "Description": sold.name},
        "RatedShipmentAlert": [_INVOICE_MAY_VARY],
        "BillingWeight": weighed(found.billable_g, metric=asked.metric),
        **charges.published(found).told(itemized=asked.itemized),
        "RatedPackage": [_package(world, asked, found, piece) for piece in asked.pieces],
    }
    if asked.negotiated:
        rated["NegotiatedRateCharges"] = charges.paid(found).negotiated(itemized=asked.itemized)
    if timed:
        rated["TimeInTransit"] = _time_in_transit(world, asked, found, sold)
    return rated


def _package(world: World, asked: _Asked, found: Rate, piece: Piece) -> dict[str, Any]:
    """One piece alone: prices are made piece by piece."""
    rates = world.shippers.rates(asked.sender, asked.recipient, [piece], CARRIER)
    (alone,) = (each for each in rates if each.service.code == found.service.code)
    return charges.published(alone).told(itemized=asked.itemized) | {
        "Weight": weighed(piece.weight_g, metric=asked.metric)["Weight"],
        "BillingWeight": weighed(alone.billable_g, metric=asked.metric),
    }


def _time_in_transit(world: World, asked: _Asked, found: Rate, sold: Offer) -> dict[str, Any]:
    pickup = _fetched_on(world, found, asked)
    _, days = transit_days(found.service, asked.sender.region, asked.recipient.region)
    arrival = weekdays_after(pickup, days)
    return {
        "PickupDate": ymd(pickup),
        "PackageBillType": "02" if asked.wish.DocumentsOnlyIndicator is not None else "03",
        "ServiceSummary": {
            "Service": {"Description": sold.name},
            "EstimatedArrival": {
                "Arrival": {"Date": ymd(arrival), "Time": "233000"},
                "BusinessDaysInTransit": str(days),
                "Pickup": {"Date": ymd(pickup), "Time": "180000"},
                "DayOfWeek": f"{arrival:%a}".upper(),
                "TotalTransitDays": str((arrival - pickup).days),
            },
        },
    }


def _fetched_on(world: World, found: Rate, asked: _Asked) -> date:
    """The day that the request names; today by the clocks of the place, if it names none, or one
    that is over: a client's wall clock is not the world's."""
    today = datetime.fromtimestamp(world.now, zone_at(found.carrier, asked.sender)).date()
    said = asked.wish.DeliveryTimeInformation.Pickup.Date
    return max(today, day_in(said, "Pickup/Date")) if said else today
