"""What labels are drawn of, whoever prints them: parties, barcodes, cells with their captions."""

from dataclasses import dataclass
from typing import Final, Self

from mock_api.sheet import BOLD, MM, Box, Place, Sheet, Text
from simulator.people import Address

NOTE: Final = "Not for carriage"
"""A simulated label must not travel with a real parcel."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends a parcel, or gets it, with the full postal address."""

    name: str
    phone: str
    line1: str
    city: str
    postal_code: str
    region: str

    @classmethod
    def of(cls, address: Address) -> Self:
        """Whose postal address that is."""
        city = ", ".join(part for part in (address.city, address.state) if part)
        return cls(
            address.name, address.phone, address.line1, city, address.postal_code, address.region
        )


def draw_recipient(sheet: Sheet, box: Box, recipient: Party) -> None:
    """Name and full address (L2), with the postal code large enough to sort by."""
    side, rest = box.columns(9)
    address, routing = rest.rows(28)
    postal_code, region = routing.columns(64)
    sheet.write_on_black(side, Text("TO", 14, BOLD))
    sheet.write(address.inset(2.5, 1), Place.LEFT, *address_lines(recipient, 11.5))
    sheet.frame(postal_code)
    sheet.write(postal_code.inset(2, 1), Place.CENTRE, Text(recipient.postal_code, 36, BOLD))
    sheet.write_on_black(region, Text(recipient.region, 36, BOLD))


def draw_barcode(sheet: Sheet, box: Box, number: str) -> None:
    """The carrier's barcode, and the number to read (L6)."""
    bars, digits = box.inset(1, 2.5).rows(23)
    sheet.barcode(bars, number)
    sheet.write(digits.inset(1, 0), Place.CENTRE, Text(number, 14, BOLD))


def draw_cells(sheet: Sheet, box: Box, *pairs: tuple[str, str]) -> None:
    """Side by side, each value under its name."""
    width = box.width / len(pairs) / MM
    for cell, (name, value) in zip(box.columns(*[width] * (len(pairs) - 1)), pairs, strict=True):
        sheet.frame(cell)
        sheet.write(captioned(sheet, cell, name), Place.LEFT, Text(value, 13, BOLD))


def draw_party(sheet: Sheet, box: Box, caption: str, party: Party) -> None:
    sheet.frame(box)
    sheet.write(captioned(sheet, box, caption), Place.TOP_LEFT, *address_lines(party, 8))


def captioned(sheet: Sheet, box: Box, words: str) -> Box:
    """What is left of the box under its caption."""
    caption, rest = box.inset(2, 0.7).rows(2.4)
    sheet.write(caption, Place.TOP_LEFT, caption_text(words))
    return rest


def caption_text(words: str) -> Text:
    return Text(words.upper(), 5.5)


def address_lines(party: Party, size: float) -> tuple[Text, ...]:
    return (
        Text(party.name, size * 1.3, BOLD),
        Text(party.line1, size),
        Text(party.city, size),
        Text(f"{party.postal_code}, {party.region}", size),
        Text(party.phone, size * 0.85),
    )
