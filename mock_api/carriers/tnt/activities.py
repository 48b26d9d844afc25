"""What an ESHIPPER document has done: consignments created, priced, booked, shipped and printed.

Each activity names its consignments by the references of the document (CONREF), or by numbers that
were given before (CONNUMBER). One that fails leaves an ERROR, and the others go on (inferred).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from mock_api.carriers.tnt import xml
from mock_api.carriers.tnt.booking import book
from mock_api.carriers.tnt.consignments import Batch, NotValid
from mock_api.carriers.tnt.documents import Account
from mock_api.carriers.tnt.names import NAME
from mock_api.carriers.tnt.places import bare
from mock_api.carriers.tnt.refusals import NO_CODE, in_words, not_carried
from mock_api.carriers.tnt.services import Price, prices
from mock_api.kernel import shipped
from simulator import DomainError, World
from simulator.shipments.model import Shipment, Wish

UNKNOWN_REFERENCE: Final = ("115", "Consignment Reference Not Recognized")
"""Of a published reply."""
PRINTS: Final = ("CONNOTE", "LABEL", "MANIFEST", "INVOICE")
_BOOKED: Final = "booked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an access key opens."""

    result: bytes
    prints: dict[str, tuple[str, ...]]
    """Which document shows which shipments."""


@dataclass(slots=True)
class Doing:
    """One document, on its way through its activities."""

    world: World
    account: Account
    batch: Batch
    group: str
    result: Element = field(default_factory=lambda: xml.root("document"))
    made: dict[str, Shipment] = field(default_factory=dict)
    """By reference."""
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    """Code, words, and what they are about."""
    prints: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        """Everything that the document asks for, in TNT's order."""
        activity = xml.child(self.batch.root, "ACTIVITY")
        if activity is None:
            self._fail("The element ACTIVITY is mandatory", "")
        elif xml.child(activity, "SHOW_GROUPCODE") is not None:
            xml.add(self.result, "GROUPCODE", self.group)
        self._create(activity)
        for name, does in (("RATE", self._rate), ("BOOK", self._book), ("SHIP", self._ship)):
            asked = xml.child(activity, name)
            if asked is not None:
                does(asked)
        self._print(xml.child(activity, "PRINT"))
        for code, words, source in self.errors:
            error = xml.add(self.result, "ERROR")
            xml.add_said(error, CODE=code, DESCRIPTION=words, SOURCE=source)
        return Outcome(xml.written(self.result), self.prints)

    # Which consignments are meant.

    def _meant(self, asked: Element) -> Iterator[Shipment]:
        """Those that exist; an error for each that does not."""
        for reference in xml.texts(asked, "CONREF"):
            if reference in self.made:
                yield self.made[reference]
            elif reference not in self.batch.consignments:
                self._unknown(reference)
        for number in xml.texts(asked, "CONNUMBER"):
            found = shipped.numbered(self.world, NAME, bare(number))
            if found is None:
                self._fail("Consignment Number Not Recognized", f"Consignment number: {number}")
            else:
                yield found

    def _unknown(self, reference: str) -> None:
        self._fail(UNKNOWN_REFERENCE[1], _source(reference), UNKNOWN_REFERENCE[0])

    def _fail(self, words: str, source: str, code: str = NO_CODE) -> None:
        if (code, words, source) not in self.errors:
            self.errors.append((code, words, source))

    # Activities.

    def _create(self, activity: Element | None) -> None:
        asked = activity.findall("CREATE") if activity is not None else []
        for reference in dict.fromkeys(each for one in asked for each in xml.texts(one, "CONREF")):
            shipment = self._created(reference)
            told = xml.add(self.result, "CREATE")
            xml.add(told, "CONREF", reference)
            if shipment:
                self.made[reference] = shipment
                xml.add(told, "CONNUMBER", _number(self.world, shipment))
            xml.add(told, "SUCCESS", "Y" if shipment else "N")

    def _created(self, reference: str) -> Shipment | None:
        if reference not in self.batch.consignments:
            self._unknown(reference)
            return None
        try:
            wish = self.batch.wish(reference)
            self._require_account()
            price = self._chosen(wish)
            named = replace(wish, service=price.service, notes=wish.notes | {"service": price.name})
            return self.world.shippers.ship(named)
        except NotValid as flaw:
            self._fail(str(flaw), _source(reference))
        except DomainError as refused:
            self._fail(in_words(refused), _source(reference))
        return None

    def _require_account(self) -> None:
        number = xml.text_at(self.batch.sender, "ACCOUNT")
        if not self.account.is_own(number):
            raise NotValid(f"The account number is not recognised: {number}")

    def _chosen(self, wish: Wish) -> Price:
        product = wish.notes["product"]
        for price in self._prices(wish):
            if price.product == product:
                if price.why:
                    raise NotValid(not_carried(price.why))
                return price
        raise NotValid(f"The service is not available between origin and destination: {product}")

    def _prices(self, wish: Wish) -> list[Price]:
        return prices(self.world, wish.sender, wish.recipient, wish.pieces, standard=False)

    def _rate(self, asked: Element) -> None:
        """Of what is created, and of what is only asked about."""
        told = xml.add(self.result, "RATE")
        for shipment in self._meant(asked):
            self._add_prices(told, shipment.wish)
        for reference in xml.texts(asked, "CONREF"):
            if reference in self.batch.consignments and reference not in self.made:
                try:
                    self._add_prices(told, self.batch.wish(reference))
                except NotValid as flaw:
                    self._fail(str(flaw), _source(reference))

    def _add_prices(self, told: Element, wish: Wish) -> None:
        for price in self._prices(wish):
            if wish.notes["product"] in ("", price.product):
                xml.add_said(
                    xml.add(told, "PRICE"),
                    RATEID=wish.notes["conref"],
                    SERVICE=price.product,
                    SERVICEDESC=price.name,
                    CURRENCY=price.currency,
                    RATE="" if price.why else price.total,
                    RESULT="N" if price.why else "Y",
                )

    def _book(self, asked: Element) -> None:
        """A driver for all of them."""
        told, meant = xml.add(self.result, "BOOK"), list(self._meant(asked))
        reference = self._booked(meant) if meant else ""
        for shipment in meant:
            consignment = self._add_consignment(told, shipment, succeeded=bool(reference))
            if reference and asked.get("ShowBookingRef", "").upper() == "Y":
                xml.add(consignment, "BOOKINGREF", reference)

    def _booked(self, meant: list[Shipment]) -> str:
        """The booking's reference; nothing, if nobody comes."""
        source = ", ".join(_source(each.wish.notes["conref"]) for each in meant)
        if any(self._is_booked(each) for each in meant):
            self._fail("The consignment has been booked already", source)
            return ""
        parcels = (parcel for each in meant for parcel in self.world.shippers.parcels_of(each))
        try:
            pickup = book(self.world, self.batch, tuple(each.tracking_number for each in parcels))
        except NotValid as flaw:
            self._fail(str(flaw), source)
            return ""
        except DomainError as refused:
            self._fail(in_words(refused), source)
            return ""
        for shipment in meant:
            self.world.shippers.note(shipment.id, {_BOOKED: pickup.confirmation})
        return pickup.confirmation

    def _is_booked(self, shipment: Shipment) -> bool:
        """A driver is still to come for it: once he has been there in vain for the last time, he
        may be called again."""
        booking = shipment.notes.get(_BOOKED, "")
        return bool(booking) and self.world.shippers.pickup_confirmed(booking).is_open

    def _ship(self, asked: Element) -> None:
        """TNT is sent the consignments' data, which here it has from the first."""
        told = xml.add(self.result, "SHIP")
        for shipment in self._meant(asked):
            self._add_consignment(told, shipment, succeeded=True)

    def _add_consignment(self, told: Element, shipment: Shipment, *, succeeded: bool) -> Element:
        consignment = xml.add(told, "CONSIGNMENT")
        xml.add(consignment, "CONREF", shipment.wish.notes["conref"])
        xml.add(consignment, "CONNUMBER", _number(self.world, shipment))
        xml.add(consignment, "SUCCESS", "Y" if succeeded else "N")
        return consignment

    def _print(self, asked: Element | None) -> None:
        """REQUIRED is whatever crosses a border needs: all of them."""
        if asked is None:
            return
        required = xml.child(asked, "REQUIRED")
        told = xml.add(self.result, "PRINT")
        for name in PRINTS:
            wanted = [each for each in (required, xml.child(asked, name)) if each is not None]
            shipments = [shipment for each in wanted for shipment in self._meant(each)]
            if shipments:
                self.prints[name] = tuple(dict.fromkeys(each.id for each in shipments))
                xml.add(told, name, "CREATED")


def _source(reference: str) -> str:
    return f"Consignment reference: {reference}"


def _number(world: World, shipment: Shipment) -> str:
    """A consignment's: its first piece's."""
    return world.shippers.parcels_of(shipment)[0].tracking_number
