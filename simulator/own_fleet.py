"""Parcels that sellers drive themselves (SOF): nobody scans them, their seller's word moves them.

They set out with the ship call (inferred: no source has another moment). A refusal is a DomainError
and changes nothing.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from simulator.carriers.fleet import OWN_FLEET
from simulator.carriers.mishaps import Mishap
from simulator.errors import BadPaper, NotInThisMarket, NotOwnFleet
from simulator.facts import FleetReported, FleetSetOut, ParcelEnded
from simulator.papers.model import Journey, Report
from simulator.parcels.model import Parcel, ParcelStatus
from simulator.registry import Registry
from simulator.words import Word

REPORTS_MAX: Final = 500
"""Everything has a limit (ours)."""
_MILLIS: Final = 1000


class Reason(Word):
    """Why a delivery failed, in the platform's words (tiktok-shop facts, section 6.4)."""

    INVALID_ADDRESS = "INVALID_ADDRESS"
    UNABLE_RECEIVE = "UNABLE_RECEIVE"
    UNABLE_CONTACT_BUYER = "UNABLE_CONTACT_BUYER"
    BUYER_REFUSED = "BUYER_REFUSED"
    DELAY_DELIVERY = "DELAY_DELIVERY"
    PACKAGE_LOST = "PACKAGE_LOST"
    PACKAGE_DAMAGE = "PACKAGE_DAMAGE"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    OTHER = "OTHER"


DELIVERED: Final = "delivered"
FAILED: Final = "failed"
PROVED: Final = "proved"
TRACKED: Final = "tracked"

_COMES_LATER: Final = (Reason.DELAY_DELIVERY, Reason.FORCE_MAJEURE)
"""The parcel is still on its way (inferred); for every other reason it is not any more."""
_WHY: Final = {Reason.BUYER_REFUSED: Mishap.REFUSED, Reason.PACKAGE_DAMAGE: Mishap.DAMAGED}


class Tidings(Protocol):
    """Whom it concerns what becomes of a parcel."""

    def parcel_collected(self, parcel: Parcel) -> None: ...
    def parcel_delivered(self, parcel: Parcel) -> None: ...
    def parcel_ended(self, parcel: Parcel) -> None: ...


def require_fleet(here: Registry) -> None:
    """Sellers may deliver themselves here."""
    ways = here.market.ways
    if not (ways.own_fleet or ways.own_tracking):
        raise NotInThisMarket("deliveries by the seller's own fleet", here.market.name)


def set_out(here: Registry, tidings: Tidings, parcel: Parcel, number: str) -> None:
    """The fleet has it, under the number that the seller gave."""
    parcel.become(ParcelStatus.BOOKED, here.now)
    parcel.carrier, parcel.tracking_number, parcel.booked_at = OWN_FLEET, number, here.now
    parcel.become(ParcelStatus.TRAVELLING, here.now)
    here.by_number[number] = parcel.id
    here.papers.journeys[parcel.id] = Journey(parcel.id, parcel.order_id)
    here.record(FleetSetOut(parcel.order_id, parcel.id, number))
    tidings.parcel_collected(parcel)


def deliver(
    here: Registry, tidings: Tidings, parcel: Parcel, proof: tuple[str, str] = ("", "")
) -> None:
    """It was handed to its recipient; *proof* is a kind of file, and where it is."""
    journey = journey_of(here, parcel)
    parcel.require(ParcelStatus.TRAVELLING)
    _prove(journey, proof)
    parcel.become(ParcelStatus.DELIVERED, here.now)
    parcel.signed_by = here.order(parcel.order_id).address.name
    here.record(FleetReported(parcel.order_id, parcel.id, DELIVERED))
    tidings.parcel_delivered(parcel)


def fail(
    here: Registry,
    tidings: Tidings,
    parcel: Parcel,
    reason: Reason,
    proof: tuple[str, str] = ("", ""),
) -> None:
    """It was not; for most reasons it never will be."""
    journey = journey_of(here, parcel)
    parcel.require(ParcelStatus.TRAVELLING)
    _prove(journey, proof)
    journey.failed_reason = reason
    here.record(FleetReported(parcel.order_id, parcel.id, FAILED, reason))
    if reason in _COMES_LATER:
        return
    parcel.why = _WHY.get(reason)
    if reason is Reason.PACKAGE_LOST:
        parcel.become(ParcelStatus.LOST, here.now)
    else:
        parcel.become(ParcelStatus.RETURNING, here.now)
        parcel.become(ParcelStatus.RETURNED, here.now)
    here.record(ParcelEnded(parcel.order_id, parcel.id, parcel.status, OWN_FLEET))
    tidings.parcel_ended(parcel)


def prove(here: Registry, parcel: Parcel, proof: tuple[str, str]) -> None:
    """Another proof of a delivery."""
    journey = journey_of(here, parcel)
    parcel.require(ParcelStatus.DELIVERED)
    if not all(proof):
        raise BadPaper(parcel.id, "a proof is a file and its type")
    _prove(journey, proof)
    here.record(FleetReported(parcel.order_id, parcel.id, PROVED, proof[0]))


def track(here: Registry, parcel: Parcel, report: Report) -> None:
    """One line more of what its seller tells of it; it stays on its way."""
    journey = journey_of(here, parcel)
    require_reportable(here, parcel, report)
    journey.reports.append(report)
    here.record(FleetReported(parcel.order_id, parcel.id, TRACKED, str(report.code)))


def require_reportable(here: Registry, parcel: Parcel, report: Report) -> None:
    """It can have happened by now, and is no old news."""
    journey = journey_of(here, parcel)
    if not parcel.booked_at * _MILLIS <= report.at_millis < (here.now + 1) * _MILLIS:
        raise BadPaper(parcel.id, "the time is before the shipment, or still to come")
    if len(journey.reports) >= REPORTS_MAX:
        raise BadPaper(parcel.id, f"there are {REPORTS_MAX} reports already")
    if any(_same(each, report) for each in journey.reports):
        raise BadPaper(parcel.id, "that was told before")


def journey_of(here: Registry, parcel: Parcel) -> Journey:
    """Refused, if a carrier has it."""
    try:
        return here.papers.journeys[parcel.id]
    except KeyError:
        raise NotOwnFleet(parcel.id) from None


def reports_of(here: Registry, parcels: Sequence[Parcel]) -> list[Report]:
    """What the seller has told of these parcels, oldest first."""
    journeys = (here.papers.journeys.get(parcel.id) for parcel in parcels)
    told = [report for journey in journeys if journey for report in journey.reports]
    return sorted(told, key=lambda report: report.at_millis)


def _prove(journey: Journey, proof: tuple[str, str]) -> None:
    if any(proof):
        journey.proof_type, journey.proof = proof


def _same(one: Report, other: Report) -> bool:
    return (one.code, one.at_millis) == (other.code, other.at_millis)
