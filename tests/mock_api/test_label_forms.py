"""A label as a picture and in a printer's language, read back by a scanner; other papers."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import zplkit
import zxingcpp
from PIL import Image
from zplkit.rendering import Limits

from mock_api import pictures
from mock_api.labels import (
    Label,
    Party,
    hazmat_label,
    invoice_label,
    label_and_slip,
    shipping_label,
)

LABEL = Label(
    parcel_id="1152921504606846976",
    order_id="576461413038785752",
    tracking_number="1Z999AA10123456784",
    carrier_name="UPS",
    service_name="STANDARD",
    recipient=Party("Amélie Œuvrard", "+49 30 1234567", "Hafenstraße 7", "Köln", "50667", "DE"),
    sender=Party("Bright Lantern", "+86 755 8888", "Keyuan Road 15", "Shenzhen", "518057", "CN"),
    weight_g=1250,
    items=(("Canvas tote bag", 2),),
    printed_at="2030-01-07",
    hazards=("UN3481",),
    invoice_number="000123",
    invoice_key="35300112345678000195550010000001231000001235",
)
MM = 72 / 25.4


def scanned(image):
    return [each.text for each in zxingcpp.read_barcodes(image)]


def test_the_picture_is_a_png_that_scans():
    picture = Image.open(BytesIO(pictures.png(shipping_label(LABEL))))

    assert picture.format == "PNG"
    assert picture.width / picture.height == pytest.approx(105 / 148, rel=0.01)
    assert scanned(picture) == [LABEL.tracking_number]


def test_zpl_prints_every_page_and_scans():
    """Rendered by somebody else's printer."""
    zpl = pictures.zpl(label_and_slip(LABEL))
    printed = zplkit.render(zpl, limits=Limits(graphic_bytes=1_000_000))
    first, second = (Image.open(BytesIO(page.png())) for page in printed.labels)

    assert zpl.startswith(b"^XA")
    assert zpl.count(b"^XZ") == 2
    assert scanned(first) == [LABEL.tracking_number]
    assert scanned(second) == []
    assert printed.warnings == []


@pytest.mark.parametrize("form", [pictures.png, pictures.zpl])
def test_the_same_label_has_the_same_bytes(form):
    assert form(shipping_label(LABEL)) == form(shipping_label(replace(LABEL)))
    assert form(shipping_label(LABEL)) != form(shipping_label(replace(LABEL, weight_g=1)))


def test_a_label_for_dangerous_goods_says_their_number_on_a4():
    pdf = pypdfium2.PdfDocument(hazmat_label(LABEL))
    words = pdf[0].get_textpage().get_text_bounded()

    assert pdf[0].get_size() == pytest.approx((210 * MM, 297 * MM), abs=1)
    assert "UN3481" in words
    assert LABEL.tracking_number in words
    pdf.close()


def test_an_invoice_label_has_the_invoices_key_to_scan():
    picture = Image.open(BytesIO(pictures.png(invoice_label(LABEL))))
    assert scanned(picture) == [LABEL.invoice_key]
