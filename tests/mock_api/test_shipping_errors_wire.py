"""What shipping is refused for by the goods, their papers, and who shares a package with whom."""

from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import httpx
import pypdfium2
import pytest
import zxingcpp

from simulator.paperwork import access_key

EARBUDS, LIGHT, MUG = "172900002000015838", "172900004000031676", "172900006000047514"
CASE, MAT = "172900010000079190", "172900008000063352"
UPS = "7117858858072016686"
FLEET = "7212606860263343878"
CREATE = "/fulfillment/202309/packages"
SHIP = "/fulfillment/202309/packages/{}/ship"
MARK = "/fulfillment/202309/orders/{}/packages"
INVOICE = "/fulfillment/202502/invoice/upload"


def with_ways(box, **changes):
    """The sandbox's world anew, in a market with other ways."""
    market = box.inside.config.market
    ways = replace(market.ways, **changes)
    box.begin_anew(replace(box.inside.config, market=replace(market, ways=ways)))
    return box


def limit(box, **limits):
    """The platform's carrier takes less from now on."""
    carriers = box.inside.world.registry.carriers
    jt = carriers["jt"]
    tariffs = {lane: replace(each, **limits) for lane, each in jt.tariffs.items()}
    carriers["jt"] = replace(jt, tariffs=tariffs)


def numbered(number, *items):
    named = {"order_line_item_ids": list(items)} if items else {}
    return {"tracking_number": number, "shipping_provider_id": UPS} | named


def lines(box, order_id):
    return [item.id for item in box.order(order_id).line_items]


# Weight and size.


def test_a_basket_too_large_for_the_carrier_is_split_or_not_shipped(box):
    """Twelve mugs, stacked, are 1.32 m: the carrier takes 1.2."""
    order = box.released(items=[MUG] * 12)
    package = box.package_of(order)
    before = box.mark()
    assert box.refused("POST", SHIP.format(package), {}) == (200, 11021022)
    batch = {"packages": [{"id": package}]}
    (error,) = box.data("POST", f"{CREATE}/ship", batch)["errors"]
    assert error["code"] == 11021022
    assert box.mark() == before
    items = lines(box, order)
    groups = [{"id": str(n), "order_line_item_ids": items[n::2]} for n in range(2)]
    split = {"splittable_groups": groups}
    halves = box.data("POST", f"/fulfillment/202309/orders/{order}/split", split)["packages"]
    for half in halves:
        box.data("POST", SHIP.format(half["id"]), {})
    assert box.order(order).status == "AWAITING_COLLECTION"


@pytest.mark.parametrize(
    ("limits", "units", "code"),
    [
        ({"max_weight_g": 700}, 2, 11021015),
        ({"max_weight_g": 300}, 2, 11021016),
        ({"max_side_mm": 110}, 1, 11021017),
        ({"max_sum_mm": 450}, 2, 11021019),
        ({"max_sum_mm": 349}, 2, 11021017),
        ({"max_side_mm": 210}, 2, 11021022),
    ],
)
def test_each_limit_of_the_carrier_has_its_own_code(box, limits, units, code):
    """A mug weighs 380 g, and is 12 by 12 by 11 cm."""
    order = box.released(items=[MUG] * units)
    limit(box, **limits)
    assert box.refused("POST", SHIP.format(box.package_of(order)), {}) == (200, code)


@pytest.mark.parametrize("items", [[CASE] * 31, [MAT] * 3])
def test_too_many_units_for_a_package_of_the_market_are_split(open_box, items):
    sea = open_box(market="sea")
    order = sea.released(items=items)
    assert sea.refused("POST", SHIP.format(sea.package_of(order)), {}) == (200, 11021018)
    fewer = sea.released(items=items[1:])
    sea.data("POST", SHIP.format(sea.package_of(fewer)), {})


def test_simulated_sellers_ship_whatever_they_have_sold(box):
    order = box.place_one(items=[MUG] * 12, behaviour="prompt")
    assert box.until(order, "AWAITING_COLLECTION")


def test_half_a_slot_is_none(box):
    path = SHIP.format(box.package_of(box.released()))
    half = {"handover_method": "PICKUP", "pickup_slot": {"start_time": box.now + 7200}}
    assert box.refused("POST", path, half) == (200, 21011054)
    box.data("POST", path, {"handover_method": "PICKUP", "pickup_slot": {}})


# Which goods.


def test_marking_again_says_whether_the_carrier_has_it(box):
    order = box.released(shipping="seller")
    box.data("POST", MARK.format(order), numbered("1Z1234500"))
    assert box.refused("POST", MARK.format(order), numbered("1Z1234501")) == (200, 21011020)
    box.until(order, "IN_TRANSIT")
    assert box.refused("POST", MARK.format(order), numbered("1Z1234501")) == (200, 21042056)


def test_marking_needs_to_know_which_of_several_packages(box):
    order = box.released(shipping="seller", items=[EARBUDS, LIGHT], parcels=2)
    assert box.refused("POST", MARK.format(order), numbered("1Z1234500")) == (200, 21011048)
    both = numbered("1Z1234500", *lines(box, order))
    assert box.refused("POST", MARK.format(order), both) == (200, 21011048)

    twin = {"customer": "ann", "combined": True, "shipping": "seller"}
    orders = [box.place_one(items=[sku, MUG], **twin) for sku in (EARBUDS, LIGHT)]
    box.advance(by="1h")
    one = numbered("1Z1234501", lines(box, orders[0])[0])
    assert box.refused("POST", MARK.format(orders[0]), one) == (200, 21011046)


def test_marking_keeps_a_sku_together_where_the_market_does(box):
    with_ways(box, splits_whole_skus=True)
    order = box.released(shipping="seller", items=[MUG, MUG, LIGHT])
    first, second, light = lines(box, order)
    divided = numbered("1Z1234500", first, light)
    assert box.refused("POST", MARK.format(order), divided) == (200, 21011036)
    box.data("POST", MARK.format(order), numbered("1Z1234500", first, second))
    box.data("POST", MARK.format(order), numbered("1Z1234501", light))


def test_created_packages_are_refused_by_what_was_drafted(box):
    """Where packages are both drafted and created: no market of ours, but the call knows it."""
    with_ways(box, creates_packages=True, splits_while_shipping=False)
    twin = {"customer": "ann", "combined": True}
    one, _ = (box.place_one(items=[sku, MUG], **twin) for sku in (EARBUDS, LIGHT))
    parted = box.released(items=[EARBUDS, LIGHT], parcels=2)
    whole = box.released(items=[EARBUDS, LIGHT])

    def refusal(order, items):
        body = {"order_id": order, "order_line_item_ids": items}
        return box.refused("POST", CREATE, body)[1]

    assert refusal(one, lines(box, one)[:1]) == 21011033
    assert refusal(whole, lines(box, whole)[:1]) == 21011035
    assert refusal(parted, lines(box, parted)) == 21011048


# How it ends.


def test_a_package_says_that_it_was_damaged_or_scrapped(box):
    """A carrier has it scrapped; a seller who drives tells that it came to harm."""
    scrapped = box.shipped()
    box.until(scrapped, "IN_TRANSIT")
    box.control("POST", "/carriers/jt/dispose", {"order_id": scrapped})
    damaged = box.released(shipping="seller")
    package = box.package_of(damaged)
    own = {"tracking_number": "OWN-10001", "shipping_provider_id": FLEET}
    box.data("POST", SHIP.format(package), {"self_shipment": own})
    failed = {"delivery_type": "DELIVERY_FAILED", "fail_delivery_reason": "PACKAGE_DAMAGE"}
    box.data("POST", f"{CREATE}/deliver", {"packages": [{"id": package} | failed]})

    for order, reason, cancelled in (
        (scrapped, "PACKAGE_SCRAP", "package_scrap"),
        (damaged, "PACKAGE_DAMAGAED", "package_damaged"),
    ):
        shown = box.data("GET", f"{CREATE}/{box.package_of(order)}")
        assert shown["package_sub_status"] == "SHIP_EXCEPTION"
        assert shown["ship_exception_reason"] == reason
        assert box.order(order).cancel_reason == cancelled


# Invoices.

KEY = access_key("3529121234567800019555001" + "000004711" + "1" * 9)


def nfe(key, status="100"):
    return b64encode(
        f'<nfeProc><NFe><infNFe Id="NFe{key}"/></NFe>'
        f"<protNFe><infProt><cStat>{status}</cStat></infProt></protNFe></nfeProc>".encode()
    ).decode()


def test_in_brazil_nothing_ships_before_its_invoice_and_the_label_shows_that(open_box):
    box = open_box(market="br")
    order = box.released()
    package = box.package_of(order)

    def need():
        query = [("ids", order)]
        return box.data("GET", "/order/202309/orders", query=query)["orders"][0][
            "need_upload_invoice"
        ]

    def send(*told):
        invoice = {"package_id": package, "order_ids": [order], "file_type": "XML"}
        answer = box.data("POST", INVOICE, {"invoices": [invoice | {"file": nfe(*told)}]})
        assert answer == {}

    def refusal():
        return box.refused("POST", SHIP.format(package), {})[1]

    assert (need(), refusal()) == ("NEED_INVOICE", 21004019)
    send(KEY, "204")
    assert (need(), refusal()) == ("NO_NEED", 21004020)
    box.advance(by="10m")
    assert (need(), refusal()) == ("NEED_INVOICE", 21004006)
    send(KEY)
    box.advance(by="10m")
    box.control("POST", "/carriers/jt/hold", {"for": "10d"})
    box.data("POST", SHIP.format(package), {})
    assert need() == "NO_NEED"

    path = f"{CREATE}/{package}/shipping_documents"
    told = box.data("GET", path, query=[("document_type", "INVOICE_LABEL")])
    pdf = pypdfium2.PdfDocument(BytesIO(httpx.get(told["doc_url"], trust_env=False).content))
    (code,) = zxingcpp.read_barcodes(pdf[0].render(scale=4).to_pil())
    assert code.text == KEY
    assert "4711" in pdf[0].get_textpage().get_text_bounded()
    pdf.close()
