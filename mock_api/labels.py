"""Shipping labels and packing slips, as PDF documents in the platform's sizes (rules L1 to L6).

They show what a ``Label`` says and know nothing else: no order, no parcel, no clock. Long names and
addresses are wrapped and shrunk. All text stays selectable, in the letters of Western Europe: other
Latin letters lose their accents, other scripts read ``?`` (see ``sheet.printable``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mock_api.lettering import (
    NOTE,
    Party,
    caption_text,
    captioned,
    draw_barcode,
    draw_cells,
    draw_party,
    draw_recipient,
)
from mock_api.sheet import AREA, BOLD, MM, Box, Page, Paper, Place, Sheet, Text, document

__all__ = [
    "Label",
    "Paper",
    "Party",
    "hazmat_label",
    "invoice_label",
    "label_and_slip",
    "packing_slip",
    "shipping_label",
]

ITEMS_PER_PAGE: Final = 10
"""Of a packing slip."""


@dataclass(frozen=True, slots=True)
class Label:
    """All that a parcel's papers say."""

    parcel_id: str
    order_id: str
    tracking_number: str
    """Printable ASCII, which is what the barcode can carry."""
    carrier_name: str
    service_name: str
    recipient: Party
    sender: Party
    weight_g: int
    items: tuple[tuple[str, int], ...]
    """Names and units."""
    printed_at: str
    """ISO date."""
    hazards: tuple[str, ...] = ()
    """Numbers of the dangerous goods inside (UN3481)."""
    invoice_number: str = ""
    invoice_key: str = ""
    """Forty-four digits of a Brazilian invoice (NF-e)."""

    @property
    def units(self) -> int:
        return sum(units for _, units in self.items)


def shipping_label(label: Label, paper: Paper = Paper.A6) -> bytes:
    """What is stuck on the parcel (L1): one page."""
    return document(f"Shipping label {label.tracking_number}", paper, [_label_page(label)])


def packing_slip(label: Label, paper: Paper = Paper.A6) -> bytes:
    """What lies in the parcel: one page, and another one after every ten items."""
    return document(f"Packing slip {label.order_id}", paper, _slip_pages(label))


def label_and_slip(label: Label, paper: Paper = Paper.A6) -> bytes:
    """Both in one document, the label first."""
    pages = [_label_page(label), *_slip_pages(label)]
    return document(f"Shipping label and packing slip {label.order_id}", paper, pages)


def hazmat_label(label: Label, paper: Paper = Paper.A4) -> bytes:
    """What must be seen on a parcel with dangerous goods: their numbers, and whom to call."""
    pages = [_hazmat_page(label)]
    return document(f"Dangerous goods {label.tracking_number}", paper, pages)


def invoice_label(label: Label, paper: Paper = Paper.A6) -> bytes:
    """The parcel's invoice, with its key to scan (Brazil)."""
    return document(f"Invoice {label.invoice_number}", paper, [_invoice_page(label)])


def _label_page(label: Label) -> Page:
    def draw(sheet: Sheet) -> None:
        header, sender, recipient, barcode, references, contents = AREA.rows(17, 23, 43, 34, 10)
        for row in (sender, recipient, barcode, references):
            sheet.frame(row)
        _draw_header(sheet, header, label)
        _draw_sender(sheet, sender, label)
        draw_recipient(sheet, recipient, label.recipient)
        draw_barcode(sheet, barcode, label.tracking_number)
        draw_cells(sheet, references, ("Order number", label.order_id), ("Parcel", label.parcel_id))
        _draw_contents(sheet, contents, label)
        sheet.frame(AREA, thickness=1.6)

    return draw


def _hazmat_page(label: Label) -> Page:
    def draw(sheet: Sheet) -> None:
        warning, numbers, references, sender, note = AREA.rows(24, 60, 12, 30)
        sheet.write_on_black(warning, Text("DANGEROUS GOODS", 26, BOLD))
        sheet.frame(numbers, thickness=2.4)
        lines = [Text(number, 54, BOLD) for number in label.hazards]
        sheet.write(numbers.inset(3, 3), Place.CENTRE, *lines)
        cells = (("Tracking", label.tracking_number), ("Parcel", label.parcel_id))
        draw_cells(sheet, references, *cells)
        draw_party(sheet, sender, "In an emergency, call", label.sender)
        sheet.write(note.inset(2, 1), Place.CENTRE, Text("SEATRIAL", 8, BOLD), Text(NOTE, 6))
        sheet.frame(AREA, thickness=1.6)

    return draw


def _invoice_page(label: Label) -> Page:
    def draw(sheet: Sheet) -> None:
        header, order, parties, number, barcode, note = AREA.rows(14, 11, 38, 11, 40)
        sender, recipient = parties.columns(AREA.width / MM / 2)
        sheet.write_on_black(header, Text("DANFE SIMPLIFICADO", 18, BOLD))
        draw_cells(sheet, order, ("Order number", label.order_id), ("Date", label.printed_at))
        draw_party(sheet, sender, "From", label.sender)
        draw_party(sheet, recipient, "To", label.recipient)
        draw_cells(sheet, number, ("NF-e", label.invoice_number), ("Units", str(label.units)))
        draw_barcode(sheet, barcode, label.invoice_key)
        sheet.write(note.inset(2, 1), Place.CENTRE, Text("SEATRIAL", 8, BOLD), Text(NOTE, 6))
        sheet.frame(AREA, thickness=1.6)

    return draw


def _draw_header(sheet: Sheet, box: Box, label: Label) -> None:
    carrier, service = box.columns(62)
    sheet.write(carrier.inset(2, 1), Place.CENTRE, Text(label.carrier_name, 26, BOLD))
    sheet.write_on_black(service, Text(label.service_name, 13, BOLD))


def _draw_sender(sheet: Sheet, box: Box, label: Label) -> None:
    """The seller's full name and address (L4), and the parcel's figures."""
    sender, figures = box.columns(62)
    draw_party(sheet, sender, "From", label.sender)
    date, weight, units = figures.rows(box.height / MM / 3, box.height / MM / 3)
    draw_cells(sheet, date, ("Date", label.printed_at))
    draw_cells(sheet, weight, ("Weight", f"{label.weight_g / 1000:g} kg"))
    draw_cells(sheet, units, ("Units", str(label.units)))


def _draw_contents(sheet: Sheet, box: Box, label: Label) -> None:
    items, note = box.columns(72)
    listed = " · ".join(f"{units} \N{MULTIPLICATION SIGN} {name}" for name, units in label.items)
    sheet.write(captioned(sheet, items, "Contents"), Place.TOP_LEFT, Text(listed, 7))
    sheet.frame(note)
    sheet.write(note.inset(2, 1), Place.CENTRE, Text("SEATRIAL", 8, BOLD), Text(NOTE, 6))


def _slip_pages(label: Label) -> list[Page]:
    starts = range(0, max(len(label.items), 1), ITEMS_PER_PAGE)
    return [
        _slip_page(label, label.items[start : start + ITEMS_PER_PAGE], f"{page} of {len(starts)}")
        for page, start in enumerate(starts, start=1)
    ]


def _slip_page(label: Label, items: Sequence[tuple[str, int]], page: str) -> Page:
    carrier = f"{label.carrier_name}, {label.service_name}"

    def draw(sheet: Sheet) -> None:
        header, order, parties, shipment, table, footer = AREA.rows(12, 10, 27, 11, 70)
        sender, recipient = parties.columns(AREA.width / MM / 2)
        sheet.write_on_black(header, Text("PACKING SLIP", 18, BOLD))
        draw_cells(sheet, order, ("Order number", label.order_id), ("Date", label.printed_at))
        draw_party(sheet, sender, "From", label.sender)
        draw_party(sheet, recipient, "To", label.recipient)
        draw_cells(sheet, shipment, ("Carrier", carrier), ("Tracking", label.tracking_number))
        _draw_items(sheet, table, items)
        draw_cells(sheet, footer, ("Units in all", str(label.units)), ("Page", page))
        sheet.frame(AREA, thickness=1.6)

    return draw


def _draw_items(sheet: Sheet, box: Box, items: Sequence[tuple[str, int]]) -> None:
    headings, *lines, _ = box.rows(4, *[6.6] * ITEMS_PER_PAGE)
    for cell, caption in zip(headings.columns(14), ("Units", "Item"), strict=True):
        sheet.write(cell.inset(2, 0.4), Place.LEFT, caption_text(caption))
    for line, (item, count) in zip(lines, items, strict=False):
        units, name = line.columns(14)
        sheet.frame(line, thickness=0.3)
        sheet.write(units.inset(2, 0.4), Place.LEFT, Text(str(count), 9, BOLD))
        sheet.write(name.inset(2, 0.4), Place.LEFT, Text(item, 9))
