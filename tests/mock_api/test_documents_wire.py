"""Shipping documents over the wire: every type, size and form, and every state without them."""

from dataclasses import replace
from io import BytesIO

import httpx
import pypdfium2
import pytest
import zplkit
import zxingcpp
from PIL import Image
from zplkit.rendering import Limits

MM = 72 / 25.4


@pytest.fixture
def asked(box):
    """Ask for a document of an order's package: the answer's envelope."""

    def ask(order, kind="SHIPPING_LABEL", on=box, **query):
        package = on.package_of(order)
        path = f"/fulfillment/202309/packages/{package}/shipping_documents"
        pairs = [("document_type", kind), *query.items()]
        return on.call("GET", path, query=pairs).json()

    return ask


@pytest.fixture
def fetched(asked):
    """A document's file, with what the server says that it is."""

    def fetch(order, kind, **query):
        answer = httpx.get(asked(order, kind, **query)["data"]["doc_url"], trust_env=False)
        assert answer.status_code == 200
        return answer.headers["content-type"], answer.content

    return fetch


def with_ways(box, **changes):
    """The sandbox's world anew, in a market with other ways."""
    market = box.inside.config.market
    ways = replace(market.ways, **changes)
    box.begin_anew(replace(box.inside.config, market=replace(market, ways=ways)))
    return box


def test_the_picture_of_a_label_is_a_png_with_its_barcode(box, asked, fetched):
    order = box.shipped()
    media_type, content = fetched(order, "SHIPPING_LABEL_PICTURE")
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(content)))

    assert media_type == "image/png"
    assert code.text == asked(order)["data"]["tracking_number"]


@pytest.mark.parametrize("size", ["A6", "A5"])
def test_where_the_market_has_zpl_labels_come_as_zpl(box, fetched, size):
    order = with_ways(box, prints_zpl=True).shipped()
    media_type, content = fetched(
        order, "SHIPPING_LABEL", document_format="ZPL", document_size=size
    )
    (page,) = zplkit.render(content, limits=Limits(graphic_bytes=1_000_000)).labels
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.png())))

    assert media_type == "application/zpl"
    assert code.text == box.order(order).tracking_number


def test_dangerous_goods_have_a_label_in_a4_and_others_have_none(box, asked, fetched):
    earbuds, mug = (
        next(sku for sku in _shelf() if product in sku.product) for product in ("Earbuds", "Mug")
    )
    order = box.shipped(items=[earbuds.id, mug.id])
    media_type, content = fetched(order, "HAZMAT_LABEL")
    pdf = pypdfium2.PdfDocument(content)

    assert media_type == "application/pdf"
    assert pdf[0].get_size() == pytest.approx((210 * MM, 297 * MM), abs=1)
    assert earbuds.hazard in pdf[0].get_textpage().get_text_bounded()
    assert asked(box.shipped(items=[mug.id]), "HAZMAT_LABEL")["code"] == 21008109
    pdf.close()


def test_a_market_without_invoices_has_no_invoice_label(box, asked):
    assert asked(box.shipped(), "INVOICE_LABEL")["code"] == 21001001


def test_nothing_is_printed_before_an_order_can_be_shipped(box, asked):
    assert asked(box.place_one())["code"] == 21042104


def test_nothing_is_printed_while_the_carrier_makes_the_label(open_box, asked):
    slow = open_box(labels_take="90s")
    slow.control("POST", "/carriers/jt/hold", {"for": "10d"})
    order = slow.shipped()
    slow.advance(by="89s")
    assert asked(order, on=slow)["code"] == 11034037
    slow.advance(by="1s")
    assert asked(order, on=slow)["code"] == 0


def test_nothing_is_printed_while_the_buyer_wants_the_money_back(box, asked):
    box.control("POST", "/carriers/jt/hold", {"for": "10d"})
    order = box.shipped()
    box.control("POST", f"/buyers/{order}/ask_refund")
    assert asked(order)["code"] == 21021010


def test_nothing_is_printed_of_what_has_arrived(box, asked):
    order = box.shipped()
    box.until(order, "DELIVERED")
    assert asked(order)["code"] == 21023046


def test_nothing_is_printed_of_what_is_lost(box, asked):
    order = box.shipped()
    box.until(order, "IN_TRANSIT")
    box.control("POST", "/carriers/jt/lose", {"parcel_id": box.package_of(order)})
    assert asked(order)["code"] in (21008109, 21023059)


def _shelf():
    from simulator.catalog import SHELF  # noqa: PLC0415

    return SHELF
