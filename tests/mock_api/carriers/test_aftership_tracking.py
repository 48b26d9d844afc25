"""AfterShip's API, as its own Python client calls it: from the first to the last of a tracking."""

from datetime import datetime
from pathlib import Path

import pytest
import tracking.exceptions as told
from tracking.models import (
    CreateTrackingRequest,
    DetectCourierRequest,
    MarkTrackingCompletedByIdRequest,
    MarkTrackingCompletedByIdRequestReason,
    Tag,
    UpdateTrackingByIdRequest,
)

from mock_api.carriers.aftership.couriers import BY_SLUG, COURIERS
from mock_api.carriers.aftership.words import MARKED, SAID, SUBTAGS, TAGS, tag_of
from simulator.carriers.numbers import NUMBERED
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.aftership import OLD_HABITS, Client
from tests.mock_api.carriers.seventeentrack import by_hand, follow, ordered
from tests.simulator.shippers import wish

PAGE = Path(__file__).parents[3] / "docs/aftership-api.md"
UPS = "1Z999AA10123456784"
DAYS_14 = "14d"

pytestmark = OLD_HABITS


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def stock(client):
    return client.stock()


def raised(kind, call, *args, **more):
    """Code and meta code of what the published client raises."""
    with pytest.raises(kind) as caught:
        call(*args, **more)
    return caught.value.code, caught.value.meta_code, caught.value.status_code


# The vocabulary.


def test_every_scan_has_a_word():
    assert SAID.keys() == set(Scan)


def test_every_word_is_one_of_aftership_s():
    assert {said.subtag for said in SAID.values()} | set(MARKED.values()) <= SUBTAGS.keys()
    assert {tag_of(subtag) for subtag in SUBTAGS} == set(TAGS) == {tag.value for tag in Tag}


def test_the_page_has_every_word_and_every_courier():
    page = PAGE.read_text(encoding="utf-8")
    for scan, said in SAID.items():
        assert f"| `{scan}` | `{said.subtag}` | {SUBTAGS[said.subtag]} |" in page
    for each in COURIERS:
        assert f"`{each.slug}`" in page


def test_every_carrier_has_a_courier():
    assert {each.carrier for each in COURIERS if each.carrier} == set(NUMBERED)
    assert len(BY_SLUG) == len(COURIERS)


# A life.


def test_a_parcel_is_followed_to_its_door(box, stock):
    _, number = ordered(box)
    made = stock.tracking.create_tracking(
        CreateTrackingRequest(tracking_number=number, slug="ups", title="Mugs", order_id="A-1")
    ).data
    assert (made.tag, made.subtag, made.checkpoints) == (Tag.PENDING, "Pending_001", [])

    seen = stock.tracking.get_tracking_by_id(made.id).data
    assert (seen.tag, seen.subtag_message) == (Tag.INFO_RECEIVED, "Info Received")

    box.advance(by=DAYS_14)
    seen = stock.tracking.get_tracking_by_id(made.id).data
    assert (seen.tag, seen.active, seen.return_to_sender) == (Tag.DELIVERED, False, False)
    assert (seen.title, seen.order_id, seen.slug) == ("Mugs", "A-1", "ups")
    assert (seen.origin_country_region, seen.destination_country_region) == ("CHN", "GBR")
    assert seen.courier_destination_country_region == "GBR"
    assert seen.shipment_pickup_date < seen.shipment_delivery_date
    assert seen.transit_time > 0
    assert seen.signed_by
    subtags = [each.subtag for each in seen.checkpoints]
    assert subtags[:2] == ["InfoReceived_001", "InTransit_002"]
    assert subtags[-2:] == ["OutForDelivery_001", "Delivered_001"]
    assert "InTransit_004" in subtags


def test_a_shipment_that_no_order_needs_is_followed_too(box, client):
    shippers = box.inside.world.shippers
    (parcel,) = shippers.parcels_of(shippers.ship(wish()))
    made = client.create(parcel.tracking_number)
    box.advance(by=DAYS_14)

    seen = client.get(made)
    assert seen["tag"] == "Delivered"
    assert seen["shipment_weight"] == {"unit": "kg", "value": 1.2}
    assert seen["destination_postal_code"] == "WC2N 5HR"


def test_checkpoints_are_in_local_time_and_learnt_of_later(box, client):
    _, number = ordered(box)
    made = client.create(number)
    box.advance(by=DAYS_14)
    seen = client.get(made)["checkpoints"]

    parcel = box.inside.world.registry.parcel_numbered(number)
    assert [each["raw_tag"] for each in seen[1:]] == [str(each.scan) for each in parcel.scans]
    for shown, scan in zip(seen[1:], parcel.scans, strict=True):
        assert shown["checkpoint_time"] == scan.local_time[:19]
        learnt = datetime.fromisoformat(shown["created_at"]).timestamp()
        assert learnt >= scan.at + 3600
    assert {each["country_region"] for each in seen} >= {"CHN", "GBR"}
    assert {each["source"] for each in seen} == {"carrier"}


def test_a_troubled_journey_is_told_in_words_of_its_own(box, client):
    _, number = ordered(box)
    made = client.create(number)
    way = [
        "picked_up",
        "arrived_at_hub",
        "customs_declared",
        "customs_held",
        "customs_released",
        "departed_from_hub",
        "in_transit",
        "out_for_delivery",
        "recipient_unavailable",
        "out_for_delivery",
        "refused",
        "return_initiated",
        "in_return_transit",
        "returned_to_sender",
    ]
    follow(box, number, way)
    box.advance(by="4d")

    seen = client.get(made)
    assert [each["subtag"] for each in seen["checkpoints"][1:]] == [
        "InTransit_002",
        "InTransit_003",
        "InTransit_006",
        "Exception_004",
        "InTransit_005",
        "InTransit_007",
        "InTransit_001",
        "OutForDelivery_001",
        "AttemptFail_002",
        "OutForDelivery_001",
        "Exception_003",
        "Exception_010",
        "Exception_010",
        "Exception_011",
    ]
    assert (seen["tag"], seen["return_to_sender"], seen["active"]) == ("Exception", True, False)
    assert seen["failed_delivery_attempts"] == 1
    assert seen["first_attempted_at"] == seen["checkpoints"][9]["checkpoint_time"]


def test_a_remark_leaves_the_tag_as_it_was(box, client):
    _, number = ordered(box)
    made = client.create(number)
    way = ["picked_up", "in_transit", "out_for_delivery", "awaiting_pickup", "delivered"]
    follow(box, number, way, pause=86_400)
    box.advance(by="97h")
    by_hand(box, "scan", number, scan="info_only")
    box.advance(by="13h")
    seen = client.get(made)
    assert [each["raw_tag"] for each in seen["checkpoints"][-2:]] == [
        "awaiting_pickup",
        "info_only",
    ]
    assert (seen["tag"], seen["subtag"]) == ("AvailableForPickup", "AvailableForPickup_001")
    assert client.listed(tag="AvailableForPickup") == [made]


def test_a_number_that_nobody_knows_is_pending_and_expires(box, client):
    made = client.create(UPS)
    assert client.get(made)["subtag"] == "Pending_001"
    box.advance(by="30d")
    seen = client.get(made)
    assert (seen["tag"], seen["subtag"], seen["active"]) == ("Expired", "Expired_001", False)


def test_with_another_courier_s_slug_a_number_stays_pending(box, client):
    _, number = ordered(box)
    made = client.create(number, slug="usps")
    box.advance(by=DAYS_14)
    assert client.get(made)["subtag"] == "Pending_001"
    changed = client.data("PUT", f"/trackings/{made}", {"slug": "ups"})
    assert (changed["slug"], changed["tag"]) == ("ups", "Delivered")


# Creating.


def test_a_tracking_exists_once_for_each_courier(stock, client):
    first = client.create(UPS)
    again = CreateTrackingRequest(tracking_number=UPS)
    code, meta, status = raised(told.BadRequestError, stock.tracking.create_tracking, again)
    assert (code, meta, status) == (told.ErrorCodeEnum.TRACKING_ALREADY_EXIST, 4003, 400)

    answer = client.call("POST", "/trackings", {"tracking_number": UPS}).json()
    assert answer["data"] == {"id": first, "tracking_number": UPS, "slug": "ups"}
    assert client.create(UPS, slug="usps") != first


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 4007),
        ({"tracking_number": " "}, 4007),
        ({"tracking_number": "no number"}, 4005),
        ({"tracking_number": "12"}, 4005),
        ({"tracking_number": "1Z999AA10123456785"}, 4012),
        ({"tracking_number": UPS, "slug": "pigeon-post"}, 4010),
        ({"tracking_number": UPS, "title": 7}, 4008),
        ({"tracking_number": UPS, "delivery_type": "by_dragon"}, 4008),
        ([], 4001),
    ],
)
def test_what_cannot_be_created_is_refused_with_its_code(client, body, code):
    assert client.refused("POST", "/trackings", body) == (400, code, "BadRequest")


def test_a_body_that_is_no_json_is_refused(client):
    headers = {"as-api-key": client.credentials["api_key"], "content-type": "application/json"}
    post = client.box.served.http.post
    for body, code in (
        (b"{", 4001),
        (b'{"tracking_number": NaN}', 4008),
        (b'{"tracking_number": "1", "title": "\\ud800"}', 4008),
        (b'{"tracking_number": "1", "custom_fields": {"n": NaN}}', 400),
    ):
        meta = post(f"{client.base}/trackings", content=body, headers=headers).json()["meta"]
        assert meta["code"] == code


def test_a_follower_may_name_it(client):
    made = client.create(UPS, id="0011223344556677889900aabbccddee")
    assert made == client.get(made)["id"] == "0011223344556677889900aabbccddee"
    body = {"tracking_number": "1Z12345E6605272234", "id": made}
    assert client.refused("POST", "/trackings", body) == (400, 4003, "BadRequest")


# Changing.


def test_it_is_described_anew_and_what_is_left_out_stays(client, stock):
    made = client.create(UPS, title="Mugs", note="fragile", custom_fields={"n": 1})
    wanted = UpdateTrackingByIdRequest(title="Cups", destination_country_region="FRA")
    seen = stock.tracking.update_tracking_by_id(made, wanted).data
    assert (seen.title, seen.note, seen.custom_fields) == ("Cups", "fragile", {"n": 1})
    assert (seen.destination_country_region, seen.origin_country_region) == ("FRA", None)


def test_a_deleted_one_is_gone(client, stock):
    made = client.create(UPS)
    assert stock.tracking.delete_tracking_by_id(made).data.id == made
    code, meta, status = raised(told.BadRequestError, stock.tracking.get_tracking_by_id, made)
    assert (code, meta, status) == (told.ErrorCodeEnum.TRACKING_DOES_NOT_EXIST, 4004, 404)
    assert client.create(UPS) != made


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PUT", ""),
        ("DELETE", ""),
        ("POST", "/retrack"),
        ("POST", "/mark-as-completed"),
    ],
)
def test_an_unknown_one_does_not_exist(client, method, path):
    client.box.inside.world.trackers.add("17track", UPS)
    (other,) = client.box.inside.world.trackers.of("17track")
    for made_up in ("0" * 32, "nothing", other.id.zfill(32)):
        body = {"reason": "LOST"} if method != "GET" else None
        refused = client.refused(method, f"/trackings/{made_up}{path}", body)
        assert refused == (404, 4004, "BadRequest")


def test_only_an_inactive_one_is_taken_up_again_and_three_times_at_most(box, client, stock):
    _, number = ordered(box)
    made = client.create(number)
    code, meta, _ = raised(told.BadRequestError, stock.tracking.retrack_tracking_by_id, made)
    assert (code, meta) == (told.ErrorCodeEnum.INACTIVE_RETRACK_NOT_ALLOWED, 4013)

    reason = {"reason": "LOST"}
    for _ in range(3):
        client.data("POST", f"/trackings/{made}/mark-as-completed", reason)
        assert stock.tracking.retrack_tracking_by_id(made).data.tag is Tag.INFO_RECEIVED
    client.data("POST", f"/trackings/{made}/mark-as-completed", reason)
    assert client.refused("POST", f"/trackings/{made}/retrack") == (400, 4016, "BadRequest")


def test_an_expired_one_goes_on_after_it_is_taken_up_again(box, client):
    made = client.create("SEATRIAL123", slug="ups")
    box.advance(by="30d")
    assert client.get(made)["tag"] == "Expired"
    assert client.data("POST", f"/trackings/{made}/retrack")["tag"] == "Pending"
    box.inside.world.sellers.mark_shipped(box.released(shipping="seller"), "ups", "SEATRIAL123")
    box.advance(by="14d")
    assert client.get(made)["tag"] == "Delivered"


@pytest.mark.parametrize(
    ("reason", "tag", "subtag"),
    [
        ("DELIVERED", Tag.DELIVERED, "Delivered_001"),
        ("LOST", Tag.EXCEPTION, "Exception_013"),
        ("RETURNED_TO_SENDER", Tag.EXCEPTION, "Exception_011"),
    ],
)
def test_one_that_is_marked_as_completed_is_what_its_follower_says(box, stock, reason, tag, subtag):
    _, number = ordered(box)
    made = stock.tracking.create_tracking({"tracking_number": number}).data.id
    wanted = MarkTrackingCompletedByIdRequest(
        reason=MarkTrackingCompletedByIdRequestReason[reason],
        event_datetime="2030-01-08T10:00:00+00:00",
    )
    seen = stock.tracking.mark_tracking_completed_by_id(made, wanted).data
    assert (seen.tag, seen.subtag, seen.active) == (tag, subtag, False)
    last = seen.checkpoints[-1]
    assert (last.source.value, last.checkpoint_time) == ("user", "2030-01-08T10:00:00")

    box.advance(by=DAYS_14)
    later = stock.tracking.get_tracking_by_id(made).data
    assert (later.subtag, len(later.checkpoints)) == (subtag, len(seen.checkpoints))


def test_a_reason_has_to_be_one_of_three(client):
    made = client.create(UPS)
    for body, code in (({}, 4009), ({"reason": "TIRED"}, 4008)):
        refused = client.refused("POST", f"/trackings/{made}/mark-as-completed", body)
        assert refused == (400, code, "BadRequest")


# Couriers.


def slugs(stock, number, **more):
    found = stock.courier.detect_courier(DetectCourierRequest(tracking_number=number, **more)).data
    assert found.total == len(found.couriers)
    return [each.slug for each in found.couriers]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (UPS, ["ups"]),
        ("1Z999AA10123456785", []),  # a wrong check digit
        ("1Z12345E0205271688", ["ups"]),  # UPS's own test number, with a wrong one
        ("9356579890", ["dhl"]),
        ("JT5000000000001", ["jtexpress"]),
        ("YT3000700000000001", ["yunexpress"]),
        ("4PX3000000000001CN", ["4px"]),
        ("LP70000000000001", ["cainiao"]),
        ("EE123456785CN", ["yunexpress", "china-ems"]),
        ("LK100000003CN", ["yunexpress", "china-post"]),
        ("123456785", ["tnt"]),
        ("770000000015", ["4px", "jtexpress"]),
        ("770000000017", ["fedex", "4px", "jtexpress"]),
    ],
)
def test_couriers_are_told_by_the_forms_of_numbers(stock, number, expected):
    assert slugs(stock, number) == expected


def test_detection_may_be_narrowed(client, stock):
    assert slugs(stock, "770000000017", slug=["fedex", "ups"]) == ["fedex"]
    body = {"tracking_number": UPS, "slug": ["pigeon-post"]}
    assert client.refused("POST", "/couriers/detect", body) == (400, 4010, "BadRequest")
    assert client.refused("POST", "/couriers/detect", {}) == (400, 4007, "BadRequest")
    assert client.refused("POST", "/couriers/detect", {"tracking_number": "?"})[1] == 4005


def test_among_several_the_courier_that_knows_the_number_is_taken(box, client):
    _, number = ordered(box, "4px")
    twelve = "770000000017"
    made = client.create(number)
    assert client.get(made)["slug"] == "4px"
    assert client.get(client.create(twelve))["slug"] == "fedex"  # the first that it might be


def test_couriers_are_listed(stock):
    everyone = stock.courier.get_couriers().data
    assert everyone.total == len(COURIERS)
    active = stock.courier.get_couriers(active="true").data.couriers
    assert {each.slug for each in active} == {each.slug for each in COURIERS if each.carrier}
    (ups, dhl) = stock.courier.get_couriers(slug="dhl,ups").data.couriers
    assert (ups.name, dhl.name) == ("UPS", "DHL Express")
