"""Track: what is known of consignments, by their numbers, by references, or of a whole account."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from mock_api.carriers.tnt import words, xml
from mock_api.carriers.tnt.documents import Account, Document, OwnAccount
from mock_api.carriers.tnt.names import NAME
from mock_api.carriers.tnt.places import bare, country_name, depot_code
from mock_api.carriers.tnt.refusals import Refused, told, unauthorized
from mock_api.carriers.tnt.view import Seen, seen, ymd
from mock_api.carriers.tnt.words import SAID
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sightings import local
from simulator import World
from simulator.carriers.model import CHINA
from simulator.parcels.model import ScanRecord
from simulator.people import Address
from simulator.shipments.model import Shipment, ShipmentStatus

ASKED_MOST: Final = 50
"""Consignments in one answer (ours: TNT continues longer ones by a key, which is left out)."""
_YYYYMMDD: Final = "%Y%m%d"
_G_PER_KG: Final = 1000


def serve(router: APIRouter) -> None:
    router.post("/expressconnect/track.do")(track)
    router.post("/ectrack/track")(track)


async def track(document: Document, sandbox: CarrierSandbox, account: OwnAccount) -> Response:
    """A consignment that TNT does not know is no error: its summary is CNF."""
    if document.tag != "TrackRequest":
        raise Refused("TrackRequest is expected")
    found = _asked_for(sandbox.world, xml.child(document, "SearchCriteria"), account)
    complete = xml.child(document, "LevelOfDetail", "Complete")
    response = xml.root("TrackResponse")
    for each in found:
        _add_consignment(response, each, complete, account)
    return told(response)


# What is asked for.


def _asked_for(world: World, criteria: Element | None, account: Account) -> list[Seen]:
    numbers = xml.texts(criteria, "ConsignmentNumber")
    references = xml.texts(criteria, "CustomerReference")
    if numbers:
        found = [seen(world, number) for number in numbers]
    elif references:
        found = _of(world, _referenced(world, references))
    elif criteria is not None and xml.child(criteria, "Account") is not None:
        found = _of_account(world, criteria, account)
    else:
        raise Refused("No search criteria supplied")
    if len(found) > ASKED_MOST:
        raise Refused(f"At most {ASKED_MOST} consignments in one request")
    return found


def _referenced(world: World, references: list[str]) -> Iterator[Shipment]:
    """Of each reference in turn, oldest first."""
    for reference in dict.fromkeys(references):
        yield from reversed(world.shippers.shipments_referenced(NAME, reference))


def _of(world: World, shipments: Iterator[Shipment]) -> list[Seen]:
    labelled = (each for each in shipments if each.status is ShipmentStatus.LABELLED)
    firsts = (world.shippers.parcels_of(each)[0] for each in labelled)
    return [seen(world, parcel.tracking_number) for parcel in firsts]


def _of_account(world: World, criteria: Element, account: Account) -> list[Seen]:
    """Those that were made in a period, of the caller's own account."""
    if not account.is_own(xml.text_at(criteria, "Account", "Number")):
        raise unauthorized()
    period = xml.child(criteria, "Period")
    first = _day(xml.text_at(period, "DateFrom"))
    days = xml.text_at(period, "NumberOfDays")
    until = xml.text_at(period, "DateTo")
    last = _day(until) if until else _days_after(first, days)
    shipments = world.shippers.shipments(NAME)
    return _of(world, (each for each in shipments if first <= _made_on(each) <= last))


def _days_after(day: date, days: str) -> date:
    """Up to nine; the day itself, if it is none of those, or no calendar has it."""
    try:
        return day + timedelta(days=int(days)) if days.isdecimal() and len(days) == 1 else day
    except (OverflowError, ValueError):  # the end of time; a digit that is none of 0 to 9
        return day


def _made_on(shipment: Shipment) -> date:
    return datetime.fromtimestamp(shipment.labelled_at, ZoneInfo(CHINA)).date()


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, _YYYYMMDD).replace(tzinfo=ZoneInfo(CHINA)).date()
    except ValueError:
        raise Refused("Period needs DateFrom as YYYYMMDD, and DateTo or NumberOfDays") from None


# What is told.


def _add_consignment(
    response: Element, found: Seen, complete: Element | None, account: Account
) -> None:
    access = "full" if found.is_own else "public"
    consignment = xml.add(response, "Consignment", access=access)
    xml.add(consignment, "ConsignmentNumber", bare(found.number))
    records = found.records
    if not records:
        xml.add(consignment, "SummaryCode", words.NOT_FOUND)
        return
    _add_way(consignment, found, records)
    _add_ends(consignment, found, account)
    for record in records if complete is not None else records[:1]:
        _add_status(consignment, record)
    if complete is not None and found.is_own:
        _add_extras(consignment, found, complete)


def _add_way(consignment: Element, found: Seen, records: list[ScanRecord]) -> None:
    first, last = records[-1], records[0]
    recipient = found.pieces[0].recipient
    xml.add(consignment, "OriginDepot", depot_code(first.place))
    xml.add(consignment, "OriginDepotName", first.place)
    xml.add_said(consignment, CustomerReference=found.reference)
    xml.add(consignment, "CollectionDate", ymd(local(first).date()), format="YYYYMMDD")
    xml.add(consignment, "DeliveryTown", recipient.city.upper() if recipient else "")
    if found.summary == words.DELIVERED:
        at = local(last)
        xml.add(consignment, "DeliveryDate", ymd(at.date()), format="YYYYMMDD")
        xml.add(consignment, "DeliveryTime", f"{at:%H%M}", format="HHMM")
        parcel = found.pieces[0].parcel
        xml.add(consignment, "Signatory", parcel.signed_by if parcel else "")
    xml.add(consignment, "SummaryCode", found.summary)


def _add_ends(consignment: Element, found: Seen, account: Account) -> None:
    sight = found.pieces[0]
    ends = (("DestinationCountry", sight.recipient), ("OriginCountry", sight.sender))
    for name, end in ends:
        if end is not None:
            _add_country(consignment, name, end.region)
    if found.is_own and sight.sender:
        for name in ("TermsOfPaymentAccount", "SenderAccount"):
            said = xml.add(consignment, name)
            xml.add(said, "Number", account.number)
            xml.add(said, "CountryCode", sight.sender.region)
    xml.add(consignment, "PieceQuantity", len(found.pieces))


def _add_country(to: Element, name: str, code: str) -> None:
    country = xml.add(to, name)
    xml.add(country, "CountryCode", code)
    xml.add(country, "CountryName", country_name(code))


def _add_status(consignment: Element, record: ScanRecord) -> None:
    """One scan, by the clocks of its place."""
    said, at = SAID[record.scan], local(record)
    status = xml.add(consignment, "StatusData")
    xml.add(status, "StatusCode", said.code)
    xml.add(status, "StatusDescription", said.description)
    xml.add(status, "LocalEventDate", ymd(at.date()), format="YYYYMMDD")
    xml.add(status, "LocalEventTime", f"{at:%H%M}", format="HHMM")
    xml.add(status, "Depot", depot_code(record.place))
    xml.add(status, "DepotName", record.place)


# Extra details, of one's own consignments.


def _add_extras(consignment: Element, found: Seen, complete: Element) -> None:
    shipment = found.shipment
    assert shipment is not None, found.number
    wanted = {name for name, value in complete.attrib.items() if value.lower() in ("true", "1")}
    if "package" in wanted:
        _add_package(consignment, shipment)
    if "shipment" in wanted:
        _add_shipment(consignment, found, shipment)
    _add_addresses(consignment, shipment, wanted)


def _add_package(consignment: Element, shipment: Shipment) -> None:
    wish = shipment.wish
    summary = xml.add(consignment, "PackageSummary")
    xml.add(summary, "NumberOfPieces", len(wish.pieces))
    xml.add(summary, "Weight", f"{shipment.weight_g / _G_PER_KG:.3f}", units="kgs")
    xml.add_said(summary, GoodsDescription=wish.contents)
    if wish.value_minor:
        amount = f"{wish.value_minor / 100:.2f}"
        xml.add(summary, "InvoiceAmount", amount, currency=wish.value_currency)


def _add_shipment(consignment: Element, found: Seen, shipment: Shipment) -> None:
    summary = xml.add(consignment, "ShipmentSummary")
    terms = "Receiver" if shipment.wish.notes.get("payment") == "R" else "Sender"
    xml.add(summary, "TermsOfPayment", terms)
    if found.due:
        xml.add(summary, "DueDate", ymd(found.due), format="YYYYMMDD")
    xml.add(summary, "Service", shipment.wish.notes.get("service", ""))


def _add_addresses(consignment: Element, shipment: Shipment, wanted: set[str]) -> None:
    wish = shipment.wish
    parties = {
        "originAddress": (("Sender", wish.sender), ("Collection", wish.sender)),
        "destinationAddress": (("Receiver", wish.recipient), ("Delivery", wish.recipient)),
    }
    asked = [party for name, both in parties.items() if name in wanted for party in both]
    if not asked:
        return
    addresses = xml.add(consignment, "Addresses")
    for party, address in asked:
        _add_address(addresses, party, address)


def _add_address(addresses: Element, party: str, address: Address) -> None:
    told_ = xml.add(addresses, "Address", addressParty=party)
    xml.add_said(
        told_,
        Name=address.name,
        AddressLine=address.line1,
        City=address.city,
        Province=address.state,
        Postcode=address.postal_code,
    )
    _add_country(told_, "Country", address.region)
    xml.add_said(told_, PhoneNumber=address.phone)
