"""A carrier's own label in each form that carriers sell, read back by a scanner."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import zplkit
import zxingcpp
from PIL import Image
from zplkit.rendering import Limits

from mock_api.carrier_labels import CarrierLabel, Party, label, label_pages
from simulator.people import Address

ACROSS = Address("Ada Byron", "+1 555 0100", "1 Main St", "Austin", "78701", "US", state="TX")
PARTS = CarrierLabel(
    carrier_name="UPS",
    service_name="Worldwide Saver",
    tracking_number="1Z999AA10123456784",
    sender=Party("Bright Lantern", "+86 755 8888", "Keyuan Road 15", "Shenzhen", "518057", "CN"),
    recipient=Party.of(ACROSS),
    weight_g=1250,
    reference="SO-1",
    printed_on="2030-01-07",
)


def scanned(image):
    return [each.text for each in zxingcpp.read_barcodes(image.convert("L"))]


def page_of(pdf, page=0):
    document = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=3).to_pil()
    words = document[page].get_textpage().get_text_bounded()
    size = document[page].get_size()
    document.close()
    return image, words, size


def test_the_pdf_is_four_by_six_inches_and_scans():
    image, words, size = page_of(label(PARTS, "PDF"))

    assert size == pytest.approx((288, 432), abs=0.1)
    assert scanned(image) == [PARTS.tracking_number]
    for said in ("UPS", "Worldwide Saver", "Austin, TX", "78701", "SO-1", "1.25 kg", "1 of 1"):
        assert said in words


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_pictures_decode_and_scan(form):
    picture = Image.open(BytesIO(label(PARTS, form)))
    assert picture.format == form
    assert picture.width / picture.height == pytest.approx(4 / 6, rel=0.01)
    assert scanned(picture) == [PARTS.tracking_number]


def test_zpl_is_one_format_that_prints_and_scans():
    zpl = label(PARTS, "ZPL")
    (printed,) = zplkit.render(zpl, limits=Limits(graphic_bytes=1_000_000)).labels

    assert zpl.startswith(b"^XA")
    assert zpl.rstrip().endswith(b"^XZ")
    assert scanned(Image.open(BytesIO(printed.png()))) == [PARTS.tracking_number]


@pytest.mark.parametrize("form", ["PDF", "PNG", "GIF", "ZPL"])
def test_the_same_parts_have_the_same_bytes(form):
    assert label(PARTS, form) == label(replace(PARTS), form)
    assert label(PARTS, form) != label(replace(PARTS, reference="SO-2"), form)


@pytest.mark.parametrize(
    "number", ["LK100000003CN", "9356579890", "GFUS01012345678901", "JT1234567890123"]
)
def test_numbers_of_every_kind_scan(number):
    image, _, _ = page_of(label(replace(PARTS, tracking_number=number), "PDF"))
    assert scanned(image) == [number]


def test_several_pieces_are_pages_of_one_document():
    numbers = ["1Z999AA10123456784", "1Z12345E6605272234"]
    pdf = label_pages(
        [replace(PARTS, tracking_number=n, piece=f"{at} of 2") for at, n in enumerate(numbers, 1)]
    )
    assert [scanned(page_of(pdf, nth)[0]) for nth in (0, 1)] == [[n] for n in numbers]
