"""Platform shipping over the wire: packages, slots, ship calls, documents, tracking."""

from io import BytesIO
from itertools import pairwise

import httpx
import pypdfium2
import pytest
import zxingcpp
from tiktok_shop_api.generated.models import (
    BatchShipPackagesRequest,
    BatchShipPackagesRequestPackage,
    GetPackageShippingDocumentDocumentSize,
    PickupSlot,
    SearchPackageRequest,
    SearchPackageRequestPackageStatus,
    ShipPackageRequest,
    ShipPackageRequestHandoverMethod,
)
from tiktok_shop_api.generated.types import UNSET

HOUR = 3600
PICKUP = ShipPackageRequestHandoverMethod.PICKUP
DROP_OFF = ShipPackageRequestHandoverMethod.DROP_OFF
MM = 72 / 25.4


@pytest.fixture
def ship(box):
    """Ship a package by the stock client."""
    return lambda package, **wishes: box.client.fulfillment.ship_package(
        package, body=ShipPackageRequest(**wishes)
    )


@pytest.fixture
def document(box):
    """Ask for a package's document by the stock client."""
    return lambda package, kind="SHIPPING_LABEL", **wishes: (
        box.client.fulfillment.get_package_shipping_document(
            package, document_type=kind, **wishes
        ).data
    )


@pytest.fixture
def slots(box):
    """A package's pickup slots by the stock client."""
    return lambda package: box.client.fulfillment.get_package_handover_time_slots(package).data


def ship_path(package):
    return f"/fulfillment/202309/packages/{package}/ship"


# Searching and reading.


def test_packages_come_with_the_payment_and_are_found(box):
    box.place(count=5)
    box.place(paid=False)
    rows, token = [], UNSET
    while token is UNSET or token:
        page = box.client.fulfillment.search_package(page_size=2, page_token=token).data
        rows += page.packages
        token = page.next_page_token

    assert len({row.id for row in rows}) == len(rows) == page.total_count == 5
    assert {row.status for row in rows} == {"TO_FULFILL"}
    assert {row.tracking_number for row in rows} == {UNSET}
    assert all(len(row.orders) == 1 for row in rows)


def test_packages_are_found_by_status_and_time(box):
    order = box.shipped()
    box.place_one()
    packages = box.client.fulfillment

    def found(**wishes):
        return packages.search_package(body=SearchPackageRequest(**wishes), page_size=50).data

    processing = found(package_status=SearchPackageRequestPackageStatus.PROCESSING)
    assert [row.orders[0].id for row in processing.packages] == [order]
    assert processing.packages[0].tracking_number.startswith("JT")
    assert found(create_time_ge=box.now).total_count == 1
    assert found(update_time_ge=box.now).total_count == 2
    assert found(create_time_lt=1).packages is UNSET


@pytest.mark.parametrize("sort_field", ["create_time", "update_time", "order_pay_time"])
def test_packages_are_sorted_as_asked(box, sort_field):
    for _ in range(3):
        box.place_one()
        box.advance(by="1m")
    query = [("page_size", "50"), ("sort_field", sort_field), ("sort_order", "ASC")]
    rows = box.data("POST", "/fulfillment/202309/packages/search", query=query)["packages"]

    assert [row["create_time"] for row in rows] == sorted(row["create_time"] for row in rows)


@pytest.mark.parametrize("size", ["0", "51"])
def test_a_page_has_one_to_fifty_packages(box, size):
    path = "/fulfillment/202309/packages/search"
    assert box.refused("POST", path, query=[("page_size", size)])[1] in (21001001, 36009004)


def test_a_packages_detail_needs_no_cipher(box):
    order = box.released()
    path = f"/fulfillment/202309/packages/{box.package_of(order)}"

    assert box.data("GET", path, cipher=None) == box.data("GET", path)


def test_a_package_in_detail(box):
    order_id = box.shipped()
    order = box.order(order_id)
    package = box.client.fulfillment.get_package_detail(order.packages[0].id).data

    assert package.package_status == "PROCESSING"
    assert package.shipping_type == "TIKTOK"
    assert package.handover_method == "PICKUP"
    assert package.tracking_number == order.tracking_number
    assert package.shipping_provider_name == "J&T Express"
    assert package.shipping_provider_id == order.shipping_provider_id
    assert package.order_line_item_ids == [item.id for item in order.line_items]
    assert package.sender_address.region_code == "CN"
    assert int(package.weight.value) > 0
    assert package.weight.unit == "GRAM"
    assert package.dimension.unit == "CM"
    assert package.delivery_option_id == order.delivery_option_id


def test_an_unknown_package_is_nobodys(box, refused_with):
    with refused_with(10006402):
        box.client.fulfillment.get_package_detail("1152")


# Slots and shipping.


def test_slots_are_the_vans_coming_rounds(box, slots):
    offered = slots(box.package_of(box.released()))
    starts = [slot.start_time for slot in offered.pickup_slots]

    assert (offered.can_pickup, offered.can_drop_off, offered.can_van_collection) == (
        True,
        True,
        False,
    )
    assert offered.drop_off_point_url
    assert starts[0] == box.now + HOUR  # 10:00 in Shanghai, at one hour's notice
    assert all(later > earlier for earlier, later in pairwise(starts))
    assert all(slot.end_time > slot.start_time for slot in offered.pickup_slots)
    assert all(slot.avaliable for slot in offered.pickup_slots)


def test_yiwu_has_no_pickup(box, slots):
    offered = slots(box.package_of(box.released(city="Yiwu")))
    assert (offered.can_pickup, offered.can_drop_off) == (False, True)
    assert offered.pickup_slots is UNSET


def test_a_seller_shipped_package_has_no_slots(box, refused_with, slots):
    package = box.package_of(box.released(shipping="seller"))
    with refused_with(11021009):
        slots(package)


def test_a_pickup_in_a_slot_happens_in_that_slot(box, ship, slots):
    order = box.released()
    package = box.package_of(order)
    third = slots(package).pickup_slots[2]
    slot = PickupSlot(start_time=third.start_time, end_time=third.end_time)

    assert ship(package, handover_method=PICKUP, pickup_slot=slot).data is not UNSET
    shown = box.client.fulfillment.get_package_detail(package).data.pickup_slot
    assert (shown.start_time, shown.end_time) == (third.start_time, third.end_time)
    assert third.start_time <= box.until(order, "IN_TRANSIT") < third.end_time


def test_shipping_moves_order_and_package_at_once(box, ship):
    order_id = box.released()
    package = box.package_of(order_id)
    before = box.order(order_id)
    assert (before.tracking_number, before.rts_time) == (UNSET, UNSET)
    box.advance(by="10m")
    ship(package)
    order = box.order(order_id)

    assert (order.status, order.rts_time, order.update_time) == (
        "AWAITING_COLLECTION",
        box.now,
        box.now,
    )
    assert order.line_items[0].package_status == "PROCESSING"
    assert order.line_items[0].tracking_number == order.tracking_number
    shipped = [fact["kind"] for fact in box.journal(order_id=order_id)][-4:]
    assert shipped == ["OrderReadyToShip", "ParcelBooked", "FreightCharged", "CarrierNotified"]


def test_a_parcel_is_dropped_off_where_no_van_comes(box, ship):
    order = box.released(city="Yiwu")
    package = box.package_of(order)
    ship(package, handover_method=DROP_OFF)

    assert box.client.fulfillment.get_package_detail(package).data.handover_method == "DROP_OFF"
    assert box.until(order, "IN_TRANSIT")
    first = box.client.fulfillment.get_order_tracking(order).data.tracking[-1]
    assert "Platform Warehouse Dongguan" in first.description


def test_without_a_wish_yiwu_drops_off(box, ship):
    package = box.package_of(box.released(city="Yiwu"))
    ship(package)
    assert box.client.fulfillment.get_package_detail(package).data.handover_method == "DROP_OFF"


def test_a_pickup_in_yiwu_has_no_service(box, ship, refused_with):
    package = box.package_of(box.released(city="Yiwu"))
    before = box.mark()
    with refused_with(11021009):
        ship(package, handover_method=PICKUP)
    assert box.mark() == before


@pytest.mark.parametrize("shift", [-30 * 24 * HOUR, 60, 300 * 24 * HOUR])
def test_a_slot_outside_the_vans_rounds_is_refused(box, ship, slots, refused_with, shift):
    package = box.package_of(box.released())
    first = slots(package).pickup_slots[0]
    slot = PickupSlot(start_time=first.start_time + shift, end_time=first.start_time + shift + 60)
    with refused_with(21011053):
        ship(package, handover_method=PICKUP, pickup_slot=slot)


@pytest.mark.parametrize("start", [-1, 10**10, 10**18, 10**300])
def test_a_slot_of_no_real_time_is_refused(box, start):
    package = box.package_of(box.released())
    body = {"handover_method": "PICKUP", "pickup_slot": {"start_time": start, "end_time": start}}
    assert box.refused("POST", ship_path(package), body) == (200, 21001001)


def test_a_batch_ships_what_it_can_and_says_what_it_cannot(box):
    good, held, shipped = box.place(count=3)
    box.advance(by="1h")
    box.control("POST", f"/buyers/{held}/cancel")
    packages = [box.package_of(each) for each in (good, held, shipped)]
    box.client.fulfillment.ship_package(packages[2])
    wanted = [*packages, "1152", packages[0]]
    body = BatchShipPackagesRequest(
        packages=[BatchShipPackagesRequestPackage(id=p) for p in wanted]
    )
    told = box.client.fulfillment.batch_ship_packages(body=body).data

    assert [(error.detail.package_id, error.code) for error in told.errors] == [
        (packages[1], 21011007),
        (packages[2], 21011040),
        ("1152", 21011028),
        (packages[0], 21011040),
    ]
    assert all(error.message for error in told.errors)
    assert box.order(good).status == "AWAITING_COLLECTION"


def test_a_batch_without_errors_lists_none(box):
    package = box.package_of(box.released())
    path = "/fulfillment/202309/packages/ship"
    assert box.data("POST", path, {"packages": [{"id": package}]}) == {}


@pytest.mark.parametrize("count", [0, 51])
def test_a_batch_has_one_to_fifty_packages(box, count):
    body = {"packages": [{"id": str(n)} for n in range(count)]}
    assert box.refused("POST", "/fulfillment/202309/packages/ship", body) == (200, 21001001)


@pytest.mark.parametrize("mode", ["platform", "seller"])
def test_an_order_on_hold_does_not_ship(box, ship, refused_with, mode):
    package = box.package_of(box.place_one(shipping=mode))
    own = {"self_shipment": {"tracking_number": "HOLD12345", "shipping_provider_id": "x"}}
    before = box.mark()
    if mode == "platform":
        with refused_with(21011044):
            ship(package)
    else:
        own["self_shipment"]["shipping_provider_id"] = "7117858858072016686"
        assert box.refused("POST", ship_path(package), own) == (200, 21011044)
    assert box.mark() == before


def test_an_order_whose_buyer_asked_to_cancel_does_not_ship(box, ship, refused_with):
    order = box.released()
    box.control("POST", f"/buyers/{order}/cancel")
    with refused_with(21011007):
        ship(box.package_of(order))
    box.control("POST", f"/buyers/{order}/withdraw_cancellation")
    ship(box.package_of(order))
    assert box.order(order).status == "AWAITING_COLLECTION"


def test_a_package_ships_once(box, ship, refused_with):
    package = box.package_of(box.shipped())
    with refused_with(21011040):
        ship(package)


def test_a_cancelled_package_does_not_ship(box, ship, refused_with):
    order = box.place_one()
    box.control("POST", f"/buyers/{order}/cancel")
    with refused_with(21011041):
        ship(box.package_of(order))


def test_a_delivered_package_does_not_ship(box, ship, refused_with):
    order = box.shipped()
    box.until(order, "DELIVERED")
    with refused_with(21011027):
        ship(box.package_of(order))


def test_a_foreign_package_does_not_ship(open_box, refused_with):
    box = open_box(shops=2)
    order = box.place_one(shop_id=box.told["shops"][1]["id"])
    box.advance(by="1h")
    south = box.client.with_shop(shop_cipher=box.told["shops"][1]["cipher"])
    package = south.orders.get_order_detail(ids=[order]).data.orders[0].packages[0].id

    with refused_with(21011028):
        box.client.fulfillment.ship_package(package)
    with refused_with(21011028):
        box.client.fulfillment.ship_package("1152")
    with refused_with(10006402):
        box.client.fulfillment.get_package_detail(package)
    south.fulfillment.ship_package(package)
    south.close()


def test_a_sellers_own_package_ships_by_its_self_shipment(box):
    order = box.released(shipping="seller")
    own = {"tracking_number": "1Z999AA10123456784", "shipping_provider_id": "7117858858072016686"}
    box.data("POST", ship_path(box.package_of(order)), {"self_shipment": own})

    assert box.order(order).tracking_number == own["tracking_number"]


def test_a_sellers_own_package_needs_its_self_shipment(box):
    package = box.package_of(box.released(shipping="seller"))
    assert box.refused("POST", ship_path(package), {}) == (200, 21011022)


# Documents.


def fetched(url):
    answer = httpx.get(url, trust_env=False)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return pypdfium2.PdfDocument(BytesIO(answer.content))


@pytest.mark.parametrize(("size", "width", "height"), [("A6", 105, 148), ("A5", 148, 210)])
def test_the_label_has_its_size_and_its_barcode(box, document, size, width, height):
    order = box.shipped()
    told = document(
        box.package_of(order), document_size=GetPackageShippingDocumentDocumentSize(size)
    )
    pdf = fetched(told.doc_url)
    page = pdf[0]
    read = zxingcpp.read_barcodes(page.render(scale=3).to_pil())

    assert page.get_size() == pytest.approx((width * MM, height * MM), abs=1)
    assert told.tracking_number in {each.text for each in read}
    assert told.tracking_number == box.order(order).tracking_number
    pdf.close()


def test_a_label_is_a6_if_nothing_is_said(box, document):
    pdf = fetched(document(box.package_of(box.shipped())).doc_url)
    assert pdf[0].get_size() == pytest.approx((105 * MM, 148 * MM), abs=1)
    pdf.close()


@pytest.mark.parametrize(
    ("kind", "pages"), [("PACKING_SLIP", 1), ("SHIPPING_LABEL_AND_PACKING_SLIP", 2)]
)
def test_other_documents_are_pdfs_too(box, document, kind, pages):
    pdf = fetched(document(box.package_of(box.shipped()), kind).doc_url)
    assert len(pdf) >= pages
    pdf.close()


def test_the_label_shows_the_address_that_the_wire_redacts(box, document):
    order = box.shipped()
    pdf = fetched(document(box.package_of(order)).doc_url)
    text = pdf[0].get_textpage().get_text_bounded()
    address = box.inside.world.order(order).address

    assert address.name in text.replace("\r\n", " ")
    assert address.postal_code in text
    pdf.close()


def test_before_the_ship_call_there_is_no_document(box, document, refused_with):
    package = box.package_of(box.released())
    with refused_with(21023035):
        document(package)


def test_after_the_pickup_there_is_no_document(box, document, refused_with):
    order = box.shipped()
    box.until(order, "IN_TRANSIT")
    with refused_with(21042102):
        document(box.package_of(order))


def test_a_seller_shipped_package_has_no_document(box, document, refused_with):
    package = box.package_of(box.released(shipping="seller"))
    with refused_with(11034002):
        document(package)


def test_a_cancelled_package_has_no_document(box, document, refused_with):
    order = box.place_one()
    box.control("POST", f"/buyers/{order}/cancel")
    with refused_with(21023059):
        document(box.package_of(order))


def test_a_foreign_package_has_no_document(document, refused_with):
    with refused_with(21011028):
        document("1152")


def test_an_unknown_document_is_refused(box):
    path = f"/fulfillment/202309/packages/{box.package_of(box.shipped())}/shipping_documents"
    for query in (
        [],
        [("document_type", "POSTER")],
        [("document_type", "SHIPPING_LABEL"), ("document_size", "A4")],
        [("document_type", "SHIPPING_LABEL"), ("document_format", "ZPL")],
    ):
        assert box.refused("GET", path, query=query) == (200, 21001001)


def test_a_documents_address_works_for_a_virtual_day(box, document):
    box.control("POST", "/carriers/jt/hold", {"for": "10d"})
    url = document(box.package_of(box.shipped())).doc_url
    box.advance(by="23h59m59s")
    fetched(url).close()
    box.advance(by="1s")

    assert httpx.get(url, trust_env=False).status_code == 410


def test_a_documents_address_cannot_be_made_up(box, document):
    url = document(box.package_of(box.shipped())).doc_url
    head, _, tail = url.rpartition("/")
    for other in (tail[:-5] + "x.pdf", "x.pdf", "W1tbW1s.pdf", f"{'A' * 60}.pdf"):
        assert httpx.get(f"{head}/{other}", trust_env=False).status_code == 404


# Tracking.


def test_before_the_first_scan_there_is_no_tracking(box):
    order = box.shipped()
    assert box.data("GET", f"/fulfillment/202309/orders/{order}/tracking") == {}
    assert box.client.fulfillment.get_order_tracking(order).data.tracking is UNSET


def test_tracking_tells_every_scan_newest_first(box):
    order = box.shipped()
    collected = box.until(order, "IN_TRANSIT")
    delivered = box.until(order, "DELIVERED")
    events = box.client.fulfillment.get_order_tracking(order).data.tracking
    times = [event.update_time_millis for event in events]
    scans = [fact["at"] * 1000 for fact in box.journal(order_id=order, kind="ParcelScanned")]

    assert times == sorted(times, reverse=True) == scans[::-1]
    assert len(events) >= 6
    assert (times[-1], times[0]) == (collected * 1000, delivered * 1000)
    assert "picked up" in events[-1].description
    assert "delivered" in events[0].description
    told = box.order(order)
    assert (told.collection_time, told.delivery_time) == (collected, delivered)
    status = box.client.fulfillment.get_package_detail(box.package_of(order)).data.package_status
    assert status == "COMPLETED"


def test_tracking_of_an_unknown_order_is_refused(box):
    path = "/fulfillment/202309/orders/5764/tracking"
    assert box.refused("GET", path) == (200, 21001001)


def test_an_order_is_completed_after_its_after_sales_window(box):
    order = box.shipped()
    delivered = box.until(order, "DELIVERED")
    assert box.until(order, "COMPLETED") == delivered + 7 * 24 * HOUR
    box.renew()
    assert box.order(order).line_items[0].display_status == "COMPLETED"
