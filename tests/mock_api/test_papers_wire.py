"""Own fleets, uploads, bundles, invoices, customs and confirmations over the wire."""

import io
import json
from base64 import b64encode
from dataclasses import replace

import pytest
from PIL import Image
from tiktok_shop_api import TikTokShopError, Webhooks
from tiktok_shop_api.generated import models as wire
from tiktok_shop_api.generated.types import File

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign
from simulator.paperwork import access_key
from tests.mock_api.drawing import image, png_head, webp_head

EARBUDS, LIGHT = "172900002000015838", "172900004000031676"
FLEET = "7212606860263343878"
UPS = "7117858858072016686"
JT = "6617675021119438849"
DELIVER = "/fulfillment/202309/packages/deliver"
TRACKS = "/fulfillment/202609/order/sof/track/update"
BUNDLE = "/fulfillment/202510/first_mile_bundle"
INVOICE = "/fulfillment/202502/invoice/upload"
CUSTOMS = "/fulfillment/202607/orders/customs_info/{}"
CONFIRM = "/supply_chain/202309/packages/sync"
SHIP = "/fulfillment/202309/packages/{}/ship"
MARK = "/fulfillment/202309/orders/{}/packages"


PACKAGE = {
    "id": "1152",
    "wms_order_id": "1",
    "time_zone": "UTC+8",
    "create_time_millis": 1,
    "ship_time_millis": 1,
    "handover_time_millis": 1,
    "shipping_provider_id": JT,
    "shipping_provider_name": "J&T",
    "tracking_number": "X",
    "dimension": {},
    "skus": [{"id": EARBUDS, "quantity": 2}],
}


def make_market(box, **ways):
    """The sandbox begins anew in a market of these ways; its credentials stay."""
    config = box.inside.config
    market = replace(config.market, ways=replace(config.market.ways, **ways))
    box.begin_anew(replace(config, market=market))


def driven(box, number="OWN-10001"):
    """An order that its seller drives."""
    order = box.released(shipping="seller", items=[EARBUDS])
    wish = {"tracking_number": number, "shipping_provider_id": FLEET}
    box.data("POST", SHIP.format(box.package_of(order)), {"self_shipment": wish})
    return order


def deliver(box, package, kind="DELIVERY_SUCCESS", **more):
    body = {"packages": [{"id": package, "delivery_type": kind} | more]}
    errors = box.data("POST", DELIVER, body).get("errors", [])
    return [(each["code"], each["message"]) for each in errors]


# The seller's own fleet.


def test_the_sellers_word_delivers(box):
    order = driven(box)
    package = box.package_of(order)
    assert box.order(order).status == "IN_TRANSIT"
    detail = box.data("GET", f"/fulfillment/202309/packages/{package}")
    assert (detail["package_status"], detail["shipping_provider_id"]) == ("FULFILLING", FLEET)
    proof = {"file_type": "IMG", "file_url": "https://example.com/door.jpg"}
    assert deliver(box, package, "UPDATE_POD", **proof)[0][0] == 10007014
    assert deliver(box, package, file_type="IMG") == [(21001001, "Invalid parameters")]
    assert deliver(box, package, "DELIVERY_FAILED") == [(21001001, "Invalid parameters")]
    assert deliver(box, package, **proof) == []
    assert box.order(order).status == "DELIVERED"
    assert deliver(box, package, "UPDATE_POD", **proof) == []
    assert deliver(box, package)[0][0] == 10007014
    search = box.data(
        "POST",
        "/fulfillment/202309/packages/search",
        {"package_status": "COMPLETED"},
        query=[("page_size", "10")],
    )
    assert [row["id"] for row in search["packages"]] == [package]


def test_a_delivery_that_failed_ends_the_order_unless_it_comes_later(box):
    order = driven(box)
    package = box.package_of(order)
    assert deliver(box, package, "DELIVERY_FAILED", fail_delivery_reason="DELAY_DELIVERY") == []
    assert box.order(order).status == "IN_TRANSIT"
    assert deliver(box, package, "DELIVERY_FAILED", fail_delivery_reason="BUYER_REFUSED") == []
    over = box.order(order)
    assert (over.status, over.cancel_reason) == ("CANCELLED", "returned_to_shipper_refused")
    lost = driven(box, "OWN-10002")
    deliver(box, box.package_of(lost), "DELIVERY_FAILED", fail_delivery_reason="PACKAGE_LOST")
    assert box.order(lost).cancel_reason == "package_lost"


def test_what_a_carrier_has_is_in_no_sof_service(box, open_box):
    package = box.package_of(box.shipped())
    assert deliver(box, package) == [(10007014, "order not in sof service")]
    assert deliver(box, "1152")[0][0] == 21011028
    elsewhere = open_box(market="us")
    assert deliver(elsewhere, "1152")[0][0] == 21008106
    make_market(box, own_fleet=False, own_tracking=False)
    order = box.released(shipping="seller")
    wish = {"tracking_number": "OWN-10001", "shipping_provider_id": FLEET}
    path = SHIP.format(box.package_of(order))
    assert box.refused("POST", path, {"self_shipment": wish}) == (200, 21008106)


def test_a_seller_tells_of_the_way_and_the_order_shows_it(box):
    order = driven(box)
    region = box.order(order).recipient_address.region_code
    at = box.now * 1000

    def track(code, number="OWN-10001", **more):
        return {
            "action_code": code,
            "occur_time": at,
            "description": f"step {code}",
            "tracking_no": number,
        } | more

    body = {"country": region, "order_id": order, "provider_id": FLEET}
    tracks = [
        track(10),
        track(10),
        track(99),
        track(20, "OTHER-1"),
        track(20, occur_time=at + 5000),
        track(40, failed_reason="nothing"),
        track(30),
    ]
    results = box.data("POST", TRACKS, body | {"tracks": tracks})["track_results"]
    assert [each["code"] for each in results] == [
        0,
        10007014,
        10007014,
        10007014,
        10007014,
        10007014,
        0,
    ]
    assert box.order(order).status == "DELIVERED"
    shown = box.data("GET", f"/fulfillment/202309/orders/{order}/tracking")["tracking"]
    assert {each["description"] for each in shown} == {"step 10", "step 30"}
    assert {each["update_time_millis"] for each in shown} == {at}
    assert box.refused("POST", TRACKS, body | {"tracks": tracks, "country": "XX"})[1] == 21001001
    assert box.refused("POST", TRACKS, body | {"tracks": [tracks[0]] * 51})[1] == 21001001
    assert box.refused("POST", TRACKS, body | {"tracks": tracks, "order_id": "5"})[1] == 21011029


# Uploads.


def form(content, name="door.pdf"):
    head = 'Content-Disposition: form-data; name="data"; filename="x"'
    rest = f'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n{name}\r\n--b--\r\n'
    kind = "Content-Type: application/octet-stream"
    return f"--b\r\n{head}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n" + rest.encode()


def upload(box, kind, content, **more):
    body = form(content, **more)
    headers = {"content-type": "multipart/form-data; boundary=b"}
    path = f"/fulfillment/202309/{kind}/upload"
    pairs = [
        ("app_key", box.app_key),
        ("shop_cipher", box.cipher),
        ("timestamp", str(wall_seconds())),
    ]
    signed = sign(path, pairs, b"", box.secret)
    return box.call("POST", path, body, headers=headers, sign=signed).json()


def test_what_is_uploaded_can_be_fetched(box):
    pdf = b"%PDF-1.4\r\n\x00\xff rest"
    told = upload(box, "files", pdf)["data"]
    got = box.served.http.get(told["url"])
    assert (told["name"], got.content) == ("door.pdf", pdf)
    assert got.headers["content-type"] == "application/pdf"
    picture = upload(box, "images", image())["data"]
    assert (picture["width"], picture["height"]) == (120, 150)
    assert box.served.http.get(picture["url"]).content == image()
    assert box.served.http.get(picture["url"][:-1] + "x").status_code == 404


def test_uploads_are_looked_at(box):
    large = 10 * 1024 * 1024 + 1
    assert upload(box, "files", b"")["code"] == 12038002
    assert upload(box, "files", image())["code"] == 12038004
    assert upload(box, "files", b"%PDF-".ljust(large))["code"] == 12038005
    assert upload(box, "files", b" " * (11 * 1024 * 1024))["code"] == 36009021
    assert upload(box, "images", b"no image")["code"] == 12038002
    assert upload(box, "images", image("TIFF"))["code"] == 12038004
    assert upload(box, "images", b" " * (5 * 1024 * 1024 + 1))["code"] == 12038005
    assert upload(box, "images", image(size=(99, 200)))["code"] == 12019116


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [
        (20_000, 20_000, 0),
        (100, 20_000, 0),
        (10_000, 10_000, 0),
        (20_001, 20_000, 12019116),
        (20_000, 20_001, 12019116),
        (2**31 - 1, 2**31 - 1, 12019116),
        (0, 20_000, 12038002),
    ],
)
def test_large_images_are_measured_by_their_heads(box, width, height, code):
    told = upload(box, "images", png_head(width, height))
    assert told["code"] == code
    if not code:
        assert (told["data"]["width"], told["data"]["height"]) == (width, height)


@pytest.mark.parametrize("chunk", ["VP8 ", "VP8L", "VP8X"])
def test_a_webp_is_large_as_well(box, chunk):
    told = upload(box, "images", webp_head(chunk, 16_383))
    assert (told["data"]["width"], told["data"]["height"]) == (16_383, 16_383)


def test_whoever_decodes_is_still_guarded(box):
    large = png_head(20_000, 20_000)
    assert upload(box, "images", large)["code"] == 0
    with pytest.raises(Image.DecompressionBombError):
        Image.open(io.BytesIO(large))


# Bundles.


def test_orders_go_to_the_warehouse_in_one_piece(open_box):
    box = open_box(market="sea")
    first, second, waiting = box.place(count=3)
    own = box.place_one(shipping="seller")
    for each in (first, second):
        box.client.fulfillment.ship_package(box.package_of(each))
    body = {"order_ids": [first, waiting, own, "5764", second], "handover_method": "PICKUP"}
    made = box.data("POST", BUNDLE, body)
    assert made["first_mile_bundle_id"].startswith("BA")
    assert [each["detail"]["order_id"] for each in made["errors"]] == [waiting, own, "5764"]
    assert {each["code"] for each in made["errors"]} == {10007014}
    assert box.served.http.get(made["url"]).content.startswith(b"%PDF-")
    again = box.data("POST", BUNDLE, body)
    assert again.keys() == {"errors"}
    path = "/fulfillment/202407/bundles"
    third = box.shipped()
    drop = {"order_ids": [third], "handover_method": "DROP_OFF"}
    assert box.refused("POST", path, drop, cipher=None) == (200, 21001001)
    drop |= {"shipping_provider_id": UPS, "tracking_number": "SF1"}
    assert box.refused("POST", path, drop, cipher=None) == (200, 21001001)
    drop["phone_tail_number"] = "1234"
    assert "errors" not in box.data("POST", path, drop, cipher=None)
    assert box.refused("POST", path, drop)[1] == 36009004


def test_nothing_is_bundled_for_where_no_bundle_goes(box):
    make_market(box, bundles_first_mile=True)
    order = box.shipped()
    body = {"order_ids": [order], "handover_method": "PICKUP"}
    (error,) = box.data("POST", BUNDLE, body)["errors"]
    assert error["message"] == "nothing that goes to GB is bundled"
    make_market(box, bundles_first_mile=False)
    assert box.refused("POST", BUNDLE, body)[1] == 21008106


# Invoices.


def nfe(digits, status="100"):
    return b64encode(
        f'<nfeProc><NFe><infNFe Id="NFe{access_key(digits)}"/></NFe>'
        f"<protNFe><infProt><cStat>{status}</cStat></infProt></protNFe></nfeProc>".encode()
    ).decode()


GOOD = "3529121234567800019555001" + "1" * 18
COMING = "3599121234567800019555001" + "1" * 18


@pytest.fixture
def invoiced(box, listener):
    """A market where nothing ships without an invoice, and what webhook 36 says there."""
    make_market(box, invoice_first=True)
    box.subscribe(listener.url, "INVOICE_STATUS_CHANGE")

    def told():
        return [
            Webhooks.verify_and_parse(
                app_key=box.app_key, app_secret=box.secret, raw_body=body, signature=signature
            ).data.to_dict()
            for signature, body in listener.heard
        ]

    return told


def send(box, order, file, **more):
    invoice = {
        "package_id": box.package_of(order),
        "order_ids": [order],
        "file_type": "XML",
        "file": file,
    }
    answer = box.data("POST", INVOICE, {"invoices": [invoice | more]})
    return [(each["code"], each["message"]) for each in answer.get("errors", [])]


def test_nothing_ships_without_a_good_invoice(box, invoiced):
    order = box.released()
    path = SHIP.format(box.package_of(order))
    assert box.refused("POST", path, {}) == (200, 21004019)
    assert send(box, order, nfe(GOOD, "204")) == []
    assert box.refused("POST", path, {}) == (200, 21004020)
    (standing,) = send(box, order, nfe(GOOD))
    assert standing[0] == 10007014
    assert "already exists" in standing[1]
    box.advance(by="10m")
    assert box.refused("POST", path, {}) == (200, 21004006)
    assert send(box, order, nfe(GOOD)) == []
    box.advance(by="10m")
    box.data("POST", path, {})
    assert box.order(order).status == "AWAITING_COLLECTION"
    said = [(each["invoice_status"], each.get("invalid_reason")) for each in invoiced()]
    assert said == [
        ("PROCESSING", None),
        ("INVALID", "NOT_AUTHORIZED"),
        ("PROCESSING", None),
        ("SUCCESS", None),
    ]
    other = box.released()
    assert send(box, other, nfe(GOOD)) == []
    box.advance(by="10m")
    assert invoiced()[-1]["invalid_reason"] == "ACCESS_KEY_DUPLICATE"


@pytest.mark.parametrize(
    ("file", "flaw"),
    [
        (nfe(COMING), "NOT_FOUND"),
        (b64encode(b"<not").decode(), "FAILED"),
        ("no base64!", "FAILED"),
        (b64encode(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').decode(), "FAILED"),
    ],
)
def test_a_file_that_is_no_invoice_is_invalid(box, invoiced, file, flaw):
    order = box.released()
    assert send(box, order, file) == []
    box.advance(by="10m")
    assert invoiced()[-1]["invalid_reason"] == flaw


def test_an_invoice_of_a_package_that_is_no_more_has_failed(box, invoiced):
    order = box.released()
    assert send(box, order, nfe(GOOD), order_ids=["5"])[0][0] != 0
    assert send(box, order, nfe(GOOD), package_id="1152") == [(10007014, "invalid package id")]
    send(box, order, nfe(GOOD))
    box.inside.world.buyers.cancel(order)
    box.inside.world.sellers.answer_cancellation(order, granted=True)
    box.advance(by="10m")
    assert invoiced()[-1]["invoice_status"] == "FAILED"


def test_simulated_sellers_have_their_invoices(box, invoiced):
    order = box.place_one(behaviour="prompt")
    box.until(order, "AWAITING_COLLECTION")
    assert [each["invoice_status"] for each in invoiced()] == ["SUCCESS"]


# Customs.


def test_what_is_declared_to_customs_is_shown(box):
    make_market(box, customs_first=True)
    order = box.released(items=[EARBUDS])
    (line,) = [item.id for item in box.order(order).line_items]

    def asked():
        body = {"order_ids": [order]}
        answer = box.data("POST", CUSTOMS.format("query"), body, cipher=None)
        return answer["order_clearance_list"][0]

    assert (asked()["need_fill_clearance"], asked()["already_filled_clearance"]) == (True, False)
    path = SHIP.format(box.package_of(order))
    assert box.refused("POST", path, {}) == (200, 10007014)
    detail = [{"sku_id": EARBUDS, "qty": 1, "price_percent": 60}]
    item = {"order_line_id": line, "item_detail": detail}
    body = {"order_list": [{"order_id": order, "item_list": [item]}]}
    submit = CUSTOMS.format("submit")
    assert box.refused("POST", submit, body, cipher=None) == (200, 21001001)
    detail.append({"sku_id": LIGHT, "qty": 2, "price_percent": 40})
    box.data("POST", submit, body, cipher=None)
    assert asked()["already_filled_clearance"]
    shown = asked()["item_list"][0]["related_item_detail"]
    assert [(each["sku_id"], each["qty"], each["price_percent"]) for each in shown] == [
        (EARBUDS, 1, 60),
        (LIGHT, 2, 40),
    ]
    box.data("POST", path, {})


# A warehouse's word.


def test_a_warehouse_confirms_what_has_left_it(box):
    order = box.shipped(items=[EARBUDS, EARBUDS])
    waiting = box.released(items=[LIGHT])
    shown = box.order(order)
    at = box.now * 1000
    package = PACKAGE | {
        "id": shown.packages[0].id,
        "create_time_millis": at - 2000,
        "ship_time_millis": at - 1000,
        "handover_time_millis": at,
        "tracking_number": shown.tracking_number,
    }
    body = {"warehouse_provider_id": shown.warehouse_id}

    def confirm(**edits):
        sent = {"packages": [package | edits]}
        return box.data("POST", CONFIRM, body | sent, cipher=None)

    def code(**edits):
        (error,) = confirm(**edits)["errors"]
        return error["code"]

    assert code(shipping_provider_id="1") == "39003015"
    assert code(skus=[{"id": EARBUDS, "quantity": 1}]) == "39003016"
    assert code(handover_time_millis=at + 60_000) == "39003016"
    assert code(tracking_number="X") == "39003016"
    assert code(id="1152") == "39003016"
    assert code(id=box.package_of(waiting)) == "39003016"
    called_off = box.shipped(items=[LIGHT])
    gone = box.order(called_off)
    box.inside.world.buyers.ask_refund(called_off)
    box.inside.world.sellers.answer_refund(called_off, granted=True)
    number = {"tracking_number": gone.tracking_number, "skus": [{"id": LIGHT, "quantity": 1}]}
    assert code(id=gone.packages[0].id, **number) == "39003017"
    assert confirm() == confirm() == {"success_packages": [package["id"]]}
    assert len(box.journal(kind="WarehouseConfirmed")) == 1
    assert box.refused("POST", CONFIRM, body | {"packages": []}, cipher=None) == (200, 39003018)
    wrong = {"warehouse_provider_id": "1", "packages": [package]}
    assert box.refused("POST", CONFIRM, wrong, cipher=None) == (200, 39003019)


def test_the_warehouse_of_a_shop_that_is_not_the_apps_does_not_match_it(box):
    config = box.inside.config
    box.begin_anew(replace(config, independent_shops=("Own Site",)))
    here = box.inside.world.registry
    (own,) = [shop.id for shop in here.shops.values() if shop.independent]
    body = {"warehouse_provider_id": here.warehouses_of(own)[0].id, "packages": [PACKAGE]}
    assert box.refused("POST", CONFIRM, body, cipher=None) == (200, 39003020)


# Goods that this world does not have.


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        (
            "/fulfillment/202601/redeem_info/callback",
            {"order_info_list": [{"order_line_id": "", "redeem_info": {"redeem_type": "CODE"}}]},
        ),
        ("/fulfillment/202606/pod_details/get", {"query_order_lines": [{"order_line_id": ""}]}),
        ("/order/202606/pod_details/search", {"query_order_lines": [{"order_line_id": ""}]}),
        (
            "/order/202605/orders/blind_box_result/callback",
            {"blind_box_results": [{"order_line_id": ""}]},
        ),
    ],
)
def test_calls_about_goods_that_no_order_has_are_refused(box, path, rest):
    order = box.released(items=[EARBUDS])
    (line,) = [item.id for item in box.order(order).line_items]
    pod = {"product_id": "1", "sku_id": EARBUDS, "pod_order_data_id": "1"}

    def body(order_id, line_id):
        filled = json.loads(json.dumps(rest).replace('""', f'"{line_id}"'))
        for each in filled.get("query_order_lines", ()):
            each.update(pod)
        return {"order_id": order_id, "main_order_id": order_id} | filled

    assert box.refused("POST", path, body(order, line)) == (200, 10007014)
    assert box.refused("POST", path, body(order, "5770"))[0] == 200
    assert box.refused("POST", path, body("5764", line))[1] in (21011029, 21008111)


def test_the_stock_client_reads_every_answer(box):
    make_market(box, bundles_first_mile=True)
    api = box.client.fulfillment
    order = driven(box)
    package = box.package_of(order)
    picture = wire.UploadProofOfDeliveryImageRequest(
        data=File(io.BytesIO(image()), file_name="door.png", mime_type="image/png")
    )
    url = api.upload_proof_of_delivery_image(body=picture).data.url
    papers = wire.UploadProofOfDeliveryFileRequest(
        data=File(io.BytesIO(b"%PDF-1.4"), file_name="d.pdf", mime_type="application/pdf"),
        name="d.pdf",
    )
    assert api.upload_proof_of_delivery_file(body=papers).data.name == "d.pdf"
    done = {"id": package, "delivery_type": "DELIVERY_SUCCESS", "file_type": "IMG", "file_url": url}
    body = wire.UpdatePackageDeliveryStatusRequest.from_dict({"packages": [done, done]})
    assert len(api.update_package_delivery_status(body=body).data.errors) == 1
    told = {"action_code": 30, "occur_time": 1, "description": "x", "tracking_no": "OWN-10001"}
    asked = {"order_id": order, "provider_id": FLEET, "country": "GB", "tracks": [told]}
    tracks = wire.TrackingStatusUpdateRequest.from_dict(asked)
    assert api.tracking_status_update(body=tracks).data.track_results[0].code == 10007014
    query = wire.GetOrderCustomsRequirementsRequest.from_dict({"order_ids": [order]})
    (clearance,) = api.get_order_customs_requirements(body=query).data.order_clearance_list
    assert clearance.target_country == "GB"
    wish = {"order_ids": [order], "handover_method": "PICKUP"}
    for call, kind in (
        (api.create_first_mile_bundle, wire.CreateFirstMileBundleRequest),
        (api.create_first_mile_bundle_v2, wire.CreateFirstMileBundleV2Request),
    ):
        assert call(body=kind.from_dict(wish)).data.errors[0].detail.order_id == order
    invoice = {"package_id": package, "order_ids": [order], "file_type": "XML", "file": "eA=="}
    uploads = wire.UploadInvoiceRequest.from_dict({"invoices": [invoice]})
    assert api.upload_invoice(body=uploads).data.errors[0].code == 21008106
    redeemed = wire.SubmitRedemptionInformationRequest.from_dict(
        {"order_id": order, "order_info_list": []}
    )
    with pytest.raises(TikTokShopError) as refused:
        api.submit_redemption_information(body=redeemed)
    assert refused.value.code == 21001001
