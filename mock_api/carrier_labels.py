"""A carrier's own label, four inches by six, in whatever form the carrier sells it.

It is drawn once, as a PDF; pictures and ZPL are made of that very page (docs/decisions/0007). The
same parts give the same bytes. Import it where a label is printed: the libraries are large.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mock_api import pictures
from mock_api.kernel.sightings import recorded
from mock_api.lettering import NOTE, Party, draw_barcode, draw_cells, draw_party, draw_recipient
from mock_api.sheet import AREA, BOLD, Box, LabelStock, Page, Place, Sheet, Text, document
from simulator.following import Sight

__all__ = ["CarrierLabel", "Form", "Party", "label", "label_pages", "labels_of"]

Form = Literal["PDF", "PNG", "GIF", "ZPL"]


@dataclass(frozen=True, slots=True)
class CarrierLabel:
    """All that the label of one piece says."""

    carrier_name: str
    service_name: str
    tracking_number: str
    """Printable ASCII, which is what the barcode can carry."""
    sender: Party
    recipient: Party
    weight_g: int
    reference: str = ""
    """The shipper's own."""
    printed_on: str = ""
    """ISO date."""
    piece: str = "1 of 1"


def labels_of(
    sight: Sight, pieces: Sequence[tuple[str, int]], reference: str
) -> list[CarrierLabel]:
    """Those of a parcel's whole order; *pieces*: the tracking number of each, and its grams. Dated
    as the carrier's first record of it is."""
    parcel, carrier, recipient = sight.parcel, sight.carrier, sight.recipient
    assert parcel
    assert carrier
    assert recipient
    return [
        CarrierLabel(
            carrier_name=carrier.name,
            service_name=carrier.service(parcel.service).product,
            tracking_number=number,
            sender=Party.of(sight.sender or recipient),
            recipient=Party.of(recipient),
            weight_g=weight_g,
            reference=reference,
            printed_on=recorded(sight)[0].local_time[:10],
            piece=f"{nth} of {len(pieces)}",
        )
        for nth, (number, weight_g) in enumerate(pieces, start=1)
    ]


def label(parts: CarrierLabel, form: Form) -> bytes:
    """The label of one piece."""
    return _TURNED[form](label_pages([parts]))


def label_pages(pieces: Sequence[CarrierLabel]) -> bytes:
    """The labels of several pieces, a page each, as one PDF."""
    numbers = ", ".join(piece.tracking_number for piece in pieces)
    return document(
        f"Label {numbers}", LabelStock.INCHES_4_BY_6, [_page(piece) for piece in pieces]
    )


_TURNED: Final[dict[str, Callable[[bytes], bytes]]] = {
    "PDF": bytes,
    "PNG": pictures.png,
    "GIF": pictures.gif,
    "ZPL": pictures.zpl,
}


def _page(parts: CarrierLabel) -> Page:
    def draw(sheet: Sheet) -> None:
        header, sender, recipient, barcode, references, note = AREA.rows(17, 23, 43, 34, 12)
        _draw_header(sheet, header, parts)
        _draw_sender(sheet, sender, parts)
        sheet.frame(recipient)
        draw_recipient(sheet, recipient, parts.recipient)
        sheet.frame(barcode)
        draw_barcode(sheet, barcode, parts.tracking_number)
        draw_cells(sheet, references, ("Reference", parts.reference), ("Piece", parts.piece))
        sheet.write(note.inset(2, 1), Place.CENTRE, Text("SEATRIAL", 8, BOLD), Text(NOTE, 6))
        sheet.frame(AREA, thickness=1.6)

    return draw


def _draw_header(sheet: Sheet, box: Box, parts: CarrierLabel) -> None:
    carrier, service = box.columns(50)
    sheet.write(carrier.inset(2, 1), Place.CENTRE, Text(parts.carrier_name, 26, BOLD))
    sheet.write_on_black(service, Text(parts.service_name, 13, BOLD))


def _draw_sender(sheet: Sheet, box: Box, parts: CarrierLabel) -> None:
    sender, figures = box.columns(62)
    draw_party(sheet, sender, "From", parts.sender)
    date, weight = figures.rows(11.5)
    draw_cells(sheet, date, ("Date", parts.printed_on))
    draw_cells(sheet, weight, ("Weight", f"{parts.weight_g / 1000:g} kg"))
