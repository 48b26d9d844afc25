"""17TRACK's API: what it shows of a number, on a good and on a bad journey."""

import re

import pytest

from mock_api.carriers.seventeentrack.providers import PROVIDERS
from mock_api.carriers.seventeentrack.view import Look
from mock_api.carriers.seventeentrack.words import SAID, STAGES, main_status
from simulator.carriers.scans import Scan
from simulator.clock import Instant
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.shipments.model import Piece, Wish
from tests.mock_api.carriers.seventeentrack import (
    CHINA_POST,
    DHL,
    FEDEX,
    JT,
    KEYS,
    TNT,
    UPS,
    Client,
    by_hand,
    follow,
    milestones,
    ordered,
)
from tests.simulator.shippers import BUYER, SENDER

STATUSES = {
    "NotFound": {"Other", "InvalidCode"},
    "InfoReceived": set(),
    "InTransit": {
        "PickedUp",
        "Other",
        "Departure",
        "Arrival",
        "CustomsProcessing",
        "CustomsReleased",
        "CustomsRequiringInformation",
    },
    "Expired": {"Other"},
    "AvailableForPickup": {"Other"},
    "OutForDelivery": {"Other"},
    "DeliveryFailure": {"Other", "NoBody", "Security", "Rejected", "InvalidAddress"},
    "Delivered": {"Other"},
    "Exception": {
        "Other",
        "Returning",
        "Returned",
        "NoBody",
        "Security",
        "Damage",
        "Rejected",
        "Delayed",
        "Lost",
        "Destroyed",
        "Cancel",
    },
}
"""Nine and thirty, as documented."""
LAG = "13h"
"""Longer than it ever takes 17TRACK to learn of a scan."""


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def parcel(box, client):
    """A registered number that waits for its pickup."""
    _, number = ordered(box)
    client.register(number)
    return number


# Vocabulary.


def test_every_scan_has_its_word_and_every_word_is_documented():
    assert SAID.keys() == set(Scan)
    for said in SAID.values():
        main, _, sub = said.sub_status.partition("_")
        assert main_status(said.sub_status) == said.status == main
        assert sub in STATUSES[main] or (not sub and not STATUSES[main])
        assert said.stage is None or said.stage in STAGES
        assert said.description


# Journeys.


def test_a_parcel_is_seen_from_its_label_to_its_door(box, client, parcel):
    assert client.status(parcel) == "InfoReceived"
    seen = seen_hourly(box, client, parcel, 24 * 10)
    assert seen[:2] == ["InfoReceived", "InTransit_PickedUp"]
    assert seen[-2:] == ["OutForDelivery_Other", "Delivered_Other"]
    assert {"InTransit_Departure", "InTransit_Arrival"} <= set(seen)

    info = client.info(parcel)
    reached = milestones(info)
    in_order = ["InfoReceived", "PickedUp", "Departure", "Arrival", "OutForDelivery", "Delivered"]
    assert [reached[stage] for stage in in_order] == sorted(reached.values())
    assert len(info["milestone"]) == len(STAGES)
    assert info["time_metrics"]["days_of_transit"] >= 3
    assert info["time_metrics"]["days_of_transit_done"] >= 3


def test_events_are_newest_first_in_local_time_and_in_utc(box, client, parcel):
    box.advance(by="12d")
    info = client.info(parcel)
    (provider,) = info["tracking"]["providers"]
    events = provider["events"]
    utc = [event["time_utc"] for event in events]

    assert (provider["provider"]["key"], provider["provider"]["name"]) == (UPS, "UPS")
    assert utc == sorted(utc, reverse=True)
    assert info["latest_event"] == events[0]
    assert all(each.endswith("Z") for each in utc)
    picked_up = events[-2]
    assert (picked_up["stage"], picked_up["sub_status"]) == ("PickedUp", "InTransit_PickedUp")
    assert picked_up["time_iso"].endswith("+08:00")
    raw = picked_up["time_raw"]
    assert picked_up["time_iso"] == f"{raw['date']}T{raw['time']}{raw['timezone']}"
    assert picked_up["address"]["country"] == "CN"


def test_both_ends_are_shown_but_for_the_street(box, client, parcel):
    order = box.journal(kind="OrderPlaced")[0]["order_id"]
    buyer = box.inside.world.order(order).address
    ends = client.info(parcel)["shipping_info"]

    assert ends["recipient_address"] == {
        "country": buyer.region,
        "state": buyer.state or None,
        "city": buyer.city,
        "street": None,
        "postal_code": buyer.postal_code,
        "coordinates": {"longitude": None, "latitude": None},
    }
    assert ends["shipper_address"]["country"] == "CN"


def test_each_piece_of_a_shipment_is_a_number_with_its_own_weight(box, client):
    pieces = (Piece(900, (200, 150, 100), "a"), Piece(2_500, (200, 150, 100), "b"))
    world = box.inside.world
    shipment = world.shippers.ship(Wish("ups", SENDER, BUYER, pieces, "ups", reference="A-7"))
    told = []
    for each in world.shippers.parcels_of(shipment):
        client.register(each.tracking_number)
        told.append(client.info(each.tracking_number)["misc_info"])
    assert [each["weight_raw"] for each in told] == ["0.900 kg", "2.500 kg"]
    assert {each["reference_number"] for each in told} == {"A-7"}


def seen_hourly(box, client, number, hours):
    """Each status that an account which asks every hour sees, once."""
    seen = [client.status(number)]
    for _ in range(hours):
        box.advance(by="1h")
        if (status := client.status(number)) != seen[-1]:
            seen.append(status)
    return seen


@pytest.mark.parametrize(
    ("scan", "status"),
    [
        ("delivery_attempted", "DeliveryFailure_Other"),
        ("recipient_unavailable", "DeliveryFailure_NoBody"),
        ("address_issue", "DeliveryFailure_InvalidAddress"),
        ("refused", "DeliveryFailure_Rejected"),
        ("delivery_to_locker", "AvailableForPickup_Other"),
    ],
)
def test_a_delivery_that_fails_is_told_by_its_reason(box, client, parcel, scan, status):
    way = ["picked_up", "in_transit", "out_for_delivery", scan, "return_initiated"]
    follow(box, parcel, [*way, "returned_to_sender"], pause=12 * 3600)
    seen = seen_hourly(box, client, parcel, 90)
    assert seen[-3:] == [status, "Exception_Returning", "Exception_Returned"]


def test_a_parcel_that_comes_back_was_returned_and_never_delivered(box, client, parcel):
    way = ["picked_up", "arrived_at_hub", "return_initiated", "returned_to_sender"]
    follow(box, parcel, way)
    box.advance(by="5h")
    box.advance(by=LAG)
    info = client.info(parcel)
    assert info["latest_status"]["sub_status"] == "Exception_Returned"
    assert {"Returning", "Returned"} <= milestones(info).keys()
    assert "Delivered" not in milestones(info)


def test_what_a_buyer_sends_back_is_seen_the_other_way_round(open_box):
    box = open_box(market="us", carriers={"jt": {"transit_factor": 0.5}})
    order = box.place_one(behaviour="prompt")
    box.until(order, "DELIVERED")
    box.renew()
    box.control("POST", f"/buyers/{order}/request_return", {})
    (asked,) = box.inside.world.registry.returns.of(order)
    path = f"/return_refund/202309/returns/{asked.id}/approve"
    box.data("POST", path, {"decision": "APPROVE_RETURN"})
    box.control("POST", f"/buyers/{order}/ship_return", {})
    number = box.inside.world.registry.parcel(asked.parcel_id).tracking_number
    client = Client(box)
    client.register(number, carrier=JT)

    announced = client.info(number)["latest_event"]
    assert announced["address"]["country"] == "US"
    assert announced["time_raw"]["timezone"] in ("-05:00", "-04:00")
    box.advance(by="40d")
    info = client.info(number)
    assert info["latest_status"]["sub_status"] == "Exception_Returned"
    ends = info["shipping_info"]
    assert [ends[end]["country"] for end in ("shipper_address", "recipient_address")] == [
        "US",
        "CN",
    ]
    buyer = box.inside.world.order(order).address
    assert ends["shipper_address"]["postal_code"] == buyer.postal_code


def test_customs_damage_delay_and_loss_are_told(box, client, parcel):
    box.advance(by="1d")
    seen = []
    for event in ("damage", "lose"):
        by_hand(box, event, parcel)
        box.advance(by=LAG)
        seen.append(client.status(parcel))
    assert seen == ["Exception_Damage", "Exception_Lost"]
    assert main_status(seen[-1]) == "Exception"


def test_a_remark_to_the_recipient_leaves_the_status_as_it_was():
    def seen(*scans):
        records = [ScanRecord(scan, Instant(nth), "X", "UTC") for nth, scan in enumerate(scans)]
        number = "1Z999AA10123456784"
        return Look(number, PROVIDERS[UPS], Instant(9), Sight(number), tuple(records)).sub_status

    assert seen(Scan.OUT_FOR_DELIVERY, Scan.INFO_ONLY) == "OutForDelivery_Other"
    assert seen(Scan.OUT_FOR_DELIVERY, Scan.DELAYED) == "Exception_Delayed"
    assert seen(Scan.INFO_ONLY) == "InTransit_Other"
    assert seen() == "NotFound_Other"


def test_an_order_that_is_cancelled_takes_its_parcel_along(box, client):
    order, number = ordered(box)
    client.register(number)
    reason = "seller_cancel_reason_out_of_stock"
    wish = {"order_id": order, "cancel_reason": reason}
    box.data("POST", "/return_refund/202309/cancellations", wish)
    box.advance(by="1h")
    info = client.info(number)
    assert info["latest_status"]["sub_status"] == "Exception_Cancel"
    assert "PickedUp" not in milestones(info)


# Numbers that nobody knows, and wrong carriers.


def test_an_unknown_number_has_no_info_at_first_and_is_not_found_then(box, client):
    client.register("1Z999AA10123456784")
    assert client.rejected("gettrackinfo", "1Z999AA10123456784") == -18019909
    box.advance(by="10m")
    info = client.info("1Z999AA10123456784")
    assert info["latest_status"]["sub_status"] == "NotFound_Other"
    assert info["latest_event"] is None
    assert info["tracking"]["providers"][0]["events"] == []
    assert info["shipping_info"]["recipient_address"]["postal_code"] is None


def test_dhl_registered_as_tnt_is_never_found(box, client):
    """A public integration has 100004 for DHL Express, which is TNT's."""
    _, number = ordered(box, "dhl")
    assert client.register(number, carrier=TNT)["carrier"] == TNT
    box.advance(by="12d")
    assert client.status(number) == "NotFound_Other"

    client.register(number, carrier=DHL)
    assert client.status(number, carrier=DHL) == "Delivered_Other"
    assert client.status(number, carrier=TNT) == "NotFound_Other"


def test_one_who_takes_not_detected_for_registered_never_hears_of_the_parcel(box, client):
    """A public integration takes -18019903 for "registered already"."""
    _, number = ordered(box, "yunexpress")
    assert client.rejected("register", number) == -18019903
    assert client.rejected("gettrackinfo", number) == -18019902
    assert client.quota()["quota_used"] == 0


@pytest.mark.parametrize("carrier", ["yunexpress", "jt", "tnt"])
def test_numbers_that_tell_no_carrier_need_one(box, client, carrier):
    """A public integration lost every registration to that, and said nothing."""
    _, number = ordered(box, carrier)
    assert client.rejected("register", number) == -18019903
    told = client.register(number, carrier=KEYS[carrier])
    assert told["carrier"] == KEYS[carrier]
    assert client.status(number) == "InfoReceived"


@pytest.mark.parametrize("carrier", ["ups", "fedex", "dhl", "ems", "epacket", "4px", "cainiao"])
def test_other_numbers_tell_their_carrier(box, client, carrier):
    _, number = ordered(box, carrier)
    assert client.register(number)["carrier"] == KEYS[carrier]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("RR123456789CN", CHINA_POST),
        ("1Z12345E0205271688", UPS),
        ("9356579890", DHL),
        ("LE339614461CN", CHINA_POST),
        ("568838414941", FEDEX),
        ("9356579891", None),
        ("123456785", None),
    ],
)
def test_published_numbers_tell_their_carrier_or_do_not(client, number, key):
    if key:
        assert client.register(number)["carrier"] == key
    else:
        assert client.rejected("register", number) == -18019903


def test_a_number_is_followed_before_its_carrier_knows_it(box, client):
    """The label is printed later."""
    _, number = ordered(box)
    box.control("POST", "/reset")
    client.register(number)
    box.advance(by="1h")
    assert client.status(number) == "NotFound_Other"
    _, again = ordered(box)
    assert again == number
    assert client.status(number) == "InfoReceived"


def test_without_news_for_thirty_days_it_expires(box, client):
    client.register("1Z999AA10123456784")
    box.advance(by="31d")
    (row,) = client.listed()
    assert (row["tracking_status"], row["stop_track_reason"]) == ("Stopped", "Expired")
    assert row["package_status"] == "NotFound"


def test_what_expired_is_not_followed_when_it_moves_after_all(open_box):
    """The carrier was on strike for more than a month."""
    box = open_box()
    client = Client(box)
    box.control("POST", "/carriers/ups/close", {"region": "CN", "for": "40d"})
    _, number = ordered(box)
    client.register(number)
    box.advance(by="31d")
    assert client.status(number) == "Expired_Other"
    box.advance(by="30d")
    assert client.status(number) == "Expired_Other"
    assert "PickedUp" not in milestones(client.info(number))

    client.accepted("retrack", number)
    assert client.status(number) == "Delivered_Other"


# On the spot.


def test_only_a_paid_plan_asks_carriers_on_the_spot(open_box):
    client = Client(open_box())
    assert client.rejected("getRealTimeTrackInfo", "1Z999AA10123456784") == -18019912

    paying = Client(open_box(lenient=["17track"]), "v2.4")
    _, number = ordered(paying.box)
    while not paying.box.inside.world.trackers.sight("", number).scans:
        paying.box.advance(by="10m")
    for operation in ("getRealTimeTrackInfo", "getrealtimetrackinfo"):
        info = paying.accepted(operation, number)["track_info"]
        assert info["latest_status"]["sub_status"] == "InTransit_PickedUp"
    assert paying.rejected("getRealTimeTrackInfo", "JT5000000000001") == -18019903


def test_a_date_is_a_date_everywhere(box, client, parcel):
    form = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
    box.advance(by="12d")
    info = client.info(parcel)
    for each in [info["latest_event"], *(m for m in info["milestone"] if m["time_iso"])]:
        assert form.fullmatch(each["time_iso"])
        assert form.fullmatch(each["time_utc"])
