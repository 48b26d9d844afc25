"""What an ESHIPPER document asks for: a sender, a collection, consignments with their pieces."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from mock_api.carriers.tnt import measures, xml
from mock_api.carriers.tnt.names import CARRIER, NAME
from mock_api.kernel.countries import is_country
from mock_api.kernel.measures import NoMeasure
from simulator.consigning import PIECES_MAX
from simulator.people import Address
from simulator.shipments.model import Piece, Wish


class NotValid(Exception):
    """What is wrong with one consignment, or with what is asked about it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One document."""

    root: Element
    lenient: bool
    """Stock clients leave out what TNT insists on."""

    @property
    def sender(self) -> Element | None:
        return xml.child(self.root, "CONSIGNMENTBATCH", "SENDER")

    @property
    def collection(self) -> Element | None:
        return xml.child(self.sender, "COLLECTION")

    @property
    def consignments(self) -> dict[str, Element]:
        """By their references."""
        batch = xml.child(self.root, "CONSIGNMENTBATCH")
        found = batch.findall("CONSIGNMENT") if batch is not None else []
        return {xml.text_at(each, "CONREF"): each for each in found}

    @property
    def collected_at(self) -> Address:
        """Where the driver comes to: the sender's own address, if no other is given."""
        elsewhere = xml.child(self.collection, "COLLECTIONADDRESS")
        if xml.says_something(elsewhere):
            return self.address(elsewhere, "COLLECTIONADDRESS")
        return self.address(self.sender, "SENDER")

    def address(self, party: Element | None, name: str) -> Address:
        """Refused if what no label can do without is missing."""
        said = {
            field: xml.text_at(party, field)
            for field in ("COMPANYNAME", "STREETADDRESS1", "CITY", "COUNTRY")
        }
        contact = xml.text_at(party, "CONTACTNAME")
        if self.lenient:
            said["COMPANYNAME"] = said["COMPANYNAME"] or contact
        for field, text in said.items():
            if not text:
                raise NotValid(f"The field {name}/{field} is mandatory")
        if not is_country(said["COUNTRY"]):
            raise NotValid(f"The country code is not valid: {said['COUNTRY']}")
        more = (xml.text_at(party, f"STREETADDRESS{nth}") for nth in (2, 3))
        phone = (xml.text_at(party, each) for each in ("CONTACTDIALCODE", "CONTACTTELEPHONE"))
        return Address(
            name=said["COMPANYNAME"],
            phone=" ".join(part for part in phone if part),
            line1=", ".join(part for part in (said["STREETADDRESS1"], *more) if part),
            city=said["CITY"],
            postal_code=xml.text_at(party, "POSTCODE"),
            region=said["COUNTRY"].upper(),
            state=xml.text_at(party, "PROVINCE"),
        )

    def wish(self, reference: str) -> Wish:
        """What is to be carried; which service, in TNT's code."""
        details = xml.child(self.consignments[reference], "DETAILS")
        if details is None:
            raise NotValid("The field DETAILS is mandatory")
        if xml.text_at(details, "CONNUMBER"):
            raise NotValid("Consignment numbers of the customer's own are not supported")
        try:
            pieces = self._pieces(details)
            value = measures.money_minor(xml.text_at(details, "GOODSVALUE"))
        except NoMeasure as bad:
            raise NotValid(f"Weights, sizes and values must be valid numbers: {bad}") from None
        return Wish(
            account=NAME,
            sender=self.collected_at,
            recipient=self._recipient(details),
            pieces=pieces,
            carrier=CARRIER,
            contents=xml.text_at(details, "DESCRIPTION") or _packed(details),
            reference=xml.text_at(details, "CUSTOMERREF"),
            value_minor=value,
            value_currency=xml.text_at(details, "CURRENCY"),
            notes={
                "conref": reference,
                "product": xml.text_at(details, "SERVICE"),
                "type": xml.text_at(details, "CONTYPE"),
                "payment": xml.text_at(details, "PAYMENTIND") or "S",
                "instructions": xml.text_at(details, "DELIVERYINST"),
                "shipped_on": xml.text_at(self.collection, "SHIPDATE"),
            },
        )

    def _recipient(self, details: Element) -> Address:
        """Goods go to the delivery address, if it is another than the receiver's."""
        delivery = xml.child(details, "DELIVERY")
        receiver = self.address(xml.child(details, "RECEIVER"), "RECEIVER")
        return self.address(delivery, "DELIVERY") if xml.says_something(delivery) else receiver

    def _pieces(self, details: Element) -> tuple[Piece, ...]:
        """A package line is so many items that are alike; its weight is that of each (inferred)."""
        pieces: list[Piece] = []
        for line in details.findall("PACKAGE"):
            many = measures.count(xml.text_at(line, "ITEMS"))
            if many == 0 and self.lenient:
                many = 1
            if not 1 <= many <= PIECES_MAX:
                raise NotValid(f"PACKAGE/ITEMS must be from 1 to {PIECES_MAX}")
            length, width, height = (xml.text_at(line, s) for s in ("LENGTH", "WIDTH", "HEIGHT"))
            piece = Piece(
                measures.grams(xml.text_at(line, "WEIGHT")), measures.sides(length, width, height)
            )
            pieces += [piece] * many
        if not pieces:
            raise NotValid("At least one PACKAGE is mandatory")
        if len(pieces) > PIECES_MAX:
            raise NotValid(f"A consignment has at most {PIECES_MAX} items")
        return tuple(pieces)


def _packed(details: Element) -> str:
    """What the packages say is in them."""
    said = (xml.text_at(each, "DESCRIPTION") for each in details.findall("PACKAGE"))
    return next((text for text in said if text), "")
