"""Shipping labels and packing slips, read back from the PDF as a courier would."""

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from itertools import combinations, groupby

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.Image import Image

from mock_api.labels import Label, Paper, Party, label_and_slip, packing_slip, shipping_label
from mock_api.sheet import printable
from tests.thoroughness import chosen, examples

LABEL = Label(
    parcel_id="1152921504606846976",
    order_id="576461413038785752",
    tracking_number="JT7080123456789",
    carrier_name="J&T Express",
    service_name="Standard Shipping",
    recipient=Party(
        name="Amelia Thompson-Reed",
        phone="+44 20 7946 0958",
        line1="Flat 4, 27 Harbour View Road",
        city="Bristol",
        postal_code="BS1 6QA",
        region="GB",
    ),
    sender=Party(
        name="Shenzhen Bright Lantern Trading Co., Ltd.",
        phone="+86 755 8888 0199",
        line1="Unit 1203, Block B, Keyuan Road 15, Nanshan District",
        city="Shenzhen",
        postal_code="518057",
        region="CN",
    ),
    weight_g=1250,
    items=(("Canvas tote bag", 2), ("LED string lights 10 m", 1)),
    printed_at="2026-01-05",
)

LONG = replace(
    LABEL,
    tracking_number="A1b2C3d4E5f6G7h8J9k0L1m2N3p4Q5r6S7t8U9v0W1x2Y3z4-A",
    carrier_name="Platform Designated Logistics International Limited",
    service_name="Economy International Tracked and Signed",
    recipient=Party(
        name="Maximiliana Konstantinopolous-Featherstonehaugh de la Cruz y",
        phone="+44 20 7946 0958 ext. 12345",
        line1="Apartment 1203, Building 17 North Tower, The Old Biscuit Factory "
        "Redevelopment, 221 Lower Harbourside Promenade Extension",
        city="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        postal_code="LL61 5UJ-99999",
        region="GB",
    ),
    sender=replace(LABEL.sender, name="W" * 60, line1="W" * 120),
    items=tuple((f"Item {n} of a shop that says a lot {'about it ' * n}", n) for n in range(1, 14)),
)

NUMBERS = [
    "JT7080123456789",
    "1Z999AA10123456784",
    "LX123456785CN",
    "9405511899223197428490",
    "00340434161094042557",
    "abc-DEF/ghi.JKL 7",
    "7",
    "1234567890" * 5,
    LONG.tracking_number,
]


@pytest.fixture(params=Paper, ids=lambda paper: paper.name)
def paper(request):
    return request.param


def pages(pdf: bytes):
    return list(pypdfium2.PdfDocument(pdf))


def text(page) -> str:
    """All text of a page without the white space, which wrapping changes."""
    return "".join(page.get_textpage().get_text_range().split())


def rectangles(page) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each piece of text."""
    shown = page.get_textpage()
    return [shown.get_rect(n) for n in range(shown.count_rects())]


def rendered(page, dots_per_inch: int = 300) -> Image:
    return page.render(scale=dots_per_inch / 72).to_pil().convert("L")


def assert_shows(page, *texts: str) -> None:
    missing = [each for each in texts if "".join(each.split()) not in text(page)]

    assert missing == []


@pytest.mark.parametrize(("paper", "size_mm"), [(Paper.A6, (105, 148)), (Paper.A5, (148, 210))])
def test_pages_have_the_size_of_the_paper(paper, size_mm):
    for page in pages(label_and_slip(LABEL, paper)):
        size = tuple(side / 72 * 25.4 for side in page.get_size())

        assert size == pytest.approx(size_mm, abs=0.1)


def test_a6_is_the_paper_when_none_is_named():
    assert shipping_label(LABEL) == shipping_label(LABEL, Paper.A6)


def test_l1_a_parcel_has_a_label_of_its_own_on_one_page(paper):
    (page,) = pages(shipping_label(LABEL, paper))

    assert_shows(page, LABEL.parcel_id)


@pytest.mark.parametrize("label", [LABEL, LONG], ids=["plain", "long"])
def test_l2_the_label_shows_the_recipient_and_the_full_address(label, paper):
    (page,) = pages(shipping_label(label, paper))

    who = label.recipient
    assert_shows(page, who.name, who.line1, who.city, who.postal_code, who.region, who.phone)


def test_l2_the_postal_code_is_the_largest_text_of_the_address():
    shown = pages(shipping_label(LABEL))[0].get_textpage()

    def height(words: str) -> float:
        return max(
            shown.get_rect(n)[3] - shown.get_rect(n)[1]
            for n in range(shown.count_rects())
            if words in shown.get_text_bounded(*shown.get_rect(n))
        )

    assert height(LABEL.recipient.postal_code) > 1.5 * height(LABEL.recipient.name)


@pytest.mark.parametrize("label", [LABEL, LONG], ids=["plain", "long"])
def test_l3_the_label_shows_the_order_number(label, paper):
    (page,) = pages(shipping_label(label, paper))

    assert_shows(page, label.order_id)


@pytest.mark.parametrize("label", [LABEL, LONG], ids=["plain", "long"])
def test_l4_the_label_shows_the_sellers_full_name_and_address(label, paper):
    (page,) = pages(shipping_label(label, paper))

    seller = label.sender
    assert_shows(page, seller.name, seller.line1, seller.city, seller.postal_code, seller.region)


def test_l5_names_and_figures_stand_on_the_label_as_given(paper):
    recipient = replace(LABEL.recipient, name="Zoë Müller-Åström", line1="12 Rue de l'Œuvre, nº 3")
    (page,) = pages(shipping_label(replace(LABEL, recipient=recipient), paper))

    assert_shows(page, recipient.name, recipient.line1, "1.25 kg", "2026-01-05")
    assert_shows(
        page, LABEL.carrier_name, LABEL.service_name, "2 \N{MULTIPLICATION SIGN} Canvas tote bag"
    )


@pytest.mark.parametrize("number", chosen(NUMBERS))
def test_l6_the_barcode_scans_to_the_tracking_number(number, paper):
    (page,) = pages(shipping_label(replace(LABEL, tracking_number=number), paper))

    (found,) = zxingcpp.read_barcodes(rendered(page))

    assert (found.format, found.text) == (zxingcpp.BarcodeFormat.Code128, number)


@pytest.mark.parametrize("number", chosen(NUMBERS))
def test_l6_the_tracking_number_can_be_read_below_the_barcode(number, paper):
    (page,) = pages(shipping_label(replace(LABEL, tracking_number=number), paper))

    assert_shows(page, number)


@pytest.mark.parametrize("number", chosen(NUMBERS))
def test_l6_the_barcode_keeps_its_quiet_zones(number, paper):
    """White beside the bars for ten bar widths: five times the first bar, which is two wide."""
    (page,) = pages(shipping_label(replace(LABEL, tracking_number=number), paper))

    frame, left, first, *_, last, right, _ = stretches(row_through_the_barcode(page))

    assert min(frame, first) > 0
    assert first == pytest.approx(last, abs=1)
    assert min(left, right) >= 5 * first - 2


def row_through_the_barcode(page) -> Image:
    """One row of pixels at 1200 dots to the inch."""
    where = zxingcpp.read_barcodes(rendered(page))[0].position
    down = (where.top_left.y + where.bottom_left.y) / 2 / 300 * 72
    around = (0, page.get_height() - down - 1, 0, down - 1)
    image = page.render(scale=1200 / 72, crop=around).to_pil().convert("L")
    return image.crop((0, 9, image.width, 10))


def stretches(row: Image) -> list[int]:
    """How many pixels are black, white, black … between the page's white margins."""
    colours = "".join("w" if pixel > 127 else "b" for pixel in row.tobytes()).strip("w")
    return [len(list(stretch)) for _, stretch in groupby(colours)]


def test_the_slip_lists_every_item_with_its_units(paper):
    (page,) = pages(packing_slip(LABEL, paper))

    assert_shows(page, "PACKING SLIP", LABEL.order_id, LABEL.sender.name, LABEL.recipient.name)
    assert_shows(page, "2 Canvas tote bag", "1 LED string lights 10 m", "UNITS IN ALL 3")


def test_a_slip_with_more_items_than_a_page_holds_goes_on(paper):
    first, second = pages(packing_slip(LONG, paper))

    assert_shows(first, "Item 10 of", "1 of 2")
    assert_shows(second, "Item 13 of", "2 of 2")
    assert "Item11of" not in text(first)


def test_an_empty_slip_is_still_a_page(paper):
    (page,) = pages(packing_slip(replace(LABEL, items=()), paper))

    assert_shows(page, "UNITS IN ALL 0")


def test_label_and_slip_are_two_pages_label_first(paper):
    label, slip = pages(label_and_slip(LABEL, paper))

    assert text(label) == text(pages(shipping_label(LABEL, paper))[0])
    assert text(slip) == text(pages(packing_slip(LABEL, paper))[0])


@pytest.mark.parametrize("label", [LABEL, LONG], ids=["plain", "long"])
def test_all_text_stays_on_the_page_and_off_other_text(label, paper):
    for page in pages(label_and_slip(label, paper)):
        assert_tidy(page)


def assert_tidy(page) -> None:
    width, height = page.get_size()
    margin = 4 / 25.4 * 72
    for left, bottom, right, top in rectangles(page):
        assert margin < left < right < width - margin
        assert margin < bottom < top < height - margin
    for one, other in combinations(rectangles(page), 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0.5 or down <= 0.5, (one, other)


words = st.text(max_size=120)
parties = st.builds(Party, words, words, words, words, words, words)


@settings(max_examples=examples(25), deadline=None)
@given(
    parties, parties, words, words, st.lists(st.tuples(words, st.integers(0, 10**6)), max_size=12)
)
def test_no_text_whatever_breaks_a_label(recipient, sender, carrier_name, service_name, items):
    label = replace(
        LABEL,
        recipient=recipient,
        sender=sender,
        carrier_name=carrier_name,
        service_name=service_name,
        items=tuple(items),
    )

    for page in pages(label_and_slip(label)):
        assert_tidy(page)


@settings(max_examples=examples(25), deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=50))
def test_l6_any_number_of_fifty_characters_scans(number):
    (page,) = pages(shipping_label(replace(LABEL, tracking_number=number)))

    (found,) = zxingcpp.read_barcodes(rendered(page))

    assert found.text == number


@pytest.mark.parametrize(
    ("given_words", "shown"),
    [
        ("Zoë Müller-Åström, 5 €", "Zoë Müller-Åström, 5 €"),
        ("Łódź, Đà Nẵng, İzmir", "Lódz, Dà Nang, Izmir"),
        ("e\N{COMBINING ACUTE ACCENT}té", "été"),
        ("陈晓明 (Chen)", "??? (Chen)"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH HYPHEN-MINUS}2", "1-2"),
        ("two\nlines\tand\N{NO-BREAK SPACE}spaces\x00", "two lines and spaces"),
        ("soft\N{SOFT HYPHEN}hyphen", "softhyphen"),
    ],
)
def test_what_the_font_lacks_is_replaced_by_the_nearest(given_words, shown):
    assert printable(given_words) == shown


def test_a_barcode_cannot_carry_what_code_128_has_no_sign_for():
    with pytest.raises(AssertionError, match="números"):
        shipping_label(replace(LABEL, tracking_number="números"))


PROGRAM = """
import hashlib, sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("labels_here", sys.argv[1])
module = module_from_spec(spec)
spec.loader.exec_module(module)
print(hashlib.sha256(module.label_and_slip(module.LONG)).hexdigest())
"""


@pytest.mark.parametrize("hash_seed", chosen(["0", "1"]))
def test_the_same_label_has_the_same_bytes_in_every_process(hash_seed):
    here = sha256(label_and_slip(LONG)).hexdigest()

    elsewhere = subprocess.run(
        [sys.executable, "-c", PROGRAM, __file__],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert elsewhere.stdout.strip() == here
