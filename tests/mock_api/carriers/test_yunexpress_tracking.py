"""YunExpress's API: journeys, and pushes of what is subscribed to."""

from itertools import pairwise

import pytest

from mock_api.carriers.yunexpress.pushes import signature
from simulator.carriers.numbers import checks
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.yunexpress import ORDER, Client, Receiver

SUBSCRIBE = "/v1/track-service/subscribe-by-order"


@pytest.fixture
def box(open_box):
    """It answers as integrations have seen it: with statuses and nodes."""
    return open_box(lenient=["yunexpress"])


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def console(box, client):
    with listening(Receiver(client.credentials["encrypt_key"])) as receiver:
        box.control("PUT", "/carriers/yunexpress/webhook", {"url": receiver.url})
        yield receiver


def nodes(row):
    return [each["track_node_code"] for each in row["track_Info"]["track_events"]]


def follow(box, number, *scans):
    way = [{"at": box.now + 3600 * nth, "scan": scan} for nth, scan in enumerate(scans, start=1)]
    wish = {"tracking_number": number, "way": way}
    box.control("POST", "/carriers/yunexpress/follow", wish)


def test_a_parcel_travels_from_forecast_to_delivery(box, client):
    waybill = client.waybill()
    row = client.track(waybill)
    assert (row["order_number"], row["package_status"]) == (waybill, "F")
    assert nodes(row) == ["ORDER_CREATION"]

    seen = {client.info(waybill)["status"]}
    for _ in range(40):
        box.advance(by="1d")
        seen.add(client.info(waybill)["status"])
    row = client.track(waybill)
    assert row["package_status"] == "D"
    assert nodes(row)[-1] == "DELIVERED"
    assert seen >= {"A", "C", "D"}
    info = row["track_Info"]
    assert info["last_mile_name"] == "Royal Mail"
    assert info["track_events"] == sorted(info["track_events"], key=lambda e: e["process_utc_time"])


def test_the_last_miles_number_is_known_after_the_hand_over(box, client):
    waybill = client.waybill()
    way = ["picked_up", "departed_from_hub", "arrived_at_destination", "clearance_completed"]
    follow(box, waybill, *way, "transferred_to_carrier", "out_for_delivery", "delivered")
    box.advance(by="4h30m")
    assert client.track(waybill)["track_Info"]["tracking_number"] == ""
    box.advance(by="1h")
    number = client.track(waybill)["track_Info"]["tracking_number"]
    assert number.startswith("LE")
    assert checks("yunexpress", number)
    assert client.info(number)["waybill_number"] == waybill


def test_a_troubled_journey_is_told(box, client):
    waybill = client.waybill()
    way = ["picked_up", "in_transit", "out_for_delivery", "recipient_unavailable"]
    follow(box, waybill, *way, "return_initiated", "returned_to_sender")
    box.advance(by="4h30m")
    assert client.track(waybill)["package_status"] == "E"
    box.advance(by="1d")
    assert client.track(waybill)["package_status"] == "R"


def test_a_held_forecast_that_was_shipped_all_the_same_is_abnormal_no_more(box, client):
    waybill = client.waybill()
    client.post("/v1/order/hold", waybill_number=waybill)
    follow(box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
    assert client.info(waybill)["status"] == "Y"
    box.advance(by="1d")
    assert client.info(waybill)["status"] == "D"


def test_an_unknown_number_has_status_n(client):
    row = client.track("YT0000000000000000")
    assert row == {"order_number": "YT0000000000000000", "package_status": "N"}


def test_another_carriers_number_is_unknown(box, client):
    order = box.released(shipping="seller")
    number = box.control("POST", "/carriers/ups/book", {"order_id": order})["tracking_number"]
    assert client.track(number)["package_status"] == "N"


def test_a_platform_orders_parcel_is_seen_as_well(box, client):
    order = box.released(shipping="seller")
    told = box.control("POST", "/carriers/yunexpress/book", {"order_id": order})
    assert client.track(told["tracking_number"])["package_status"] == "F"
    assert client.info(told["tracking_number"])["customer_order_number"] == ""


def test_strict_the_answer_is_as_the_api_describes_it(open_box):
    client = Client(open_box())
    waybill = client.waybill()
    told = client.get("/v1/track-service/info/get", order_number=waybill)
    assert told["waybill_number"] == waybill
    (event,) = told["track_info"][0]["track_events"]
    assert (event["time_zone"], event["location"]) == ("+8", "Shenzhen")
    follow(client.box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
    client.box.advance(by="1d")
    told = client.get("/v1/track-service/info/get", order_number=waybill)
    newest, *_, oldest = told["track_info"][0]["track_events"]
    assert newest.keys() == {"time_zone", "description", "event_date", "location"}
    assert newest["description"] == "Parcel has been delivered"
    assert (oldest["event_date"], oldest["time_zone"]) == ("2030-01-07 08:00:00", "+8")
    path = "/v1/track-service/info/get"
    assert client.refused("GET", path, order_number="YT1") == (200, "404")


def test_nobody_fetches_where_nobody_was_called(open_box):
    """YunExpress's API has no call for a courier."""
    box = open_box(pickups="on_call")
    client = Client(box)
    waybill = client.waybill()
    box.advance(by="10d")
    assert client.info(waybill)["status"] == "A"


# Pushes.


def test_the_signature_is_the_digest_of_timestamp_key_body():
    # printf '%s' '1654060801140key{"data_code":"tisPushData"}' | sha256sum
    made = signature("1654060801140", "key", b'{"data_code":"tisPushData"}')
    assert made == "15355b49e87eb5cd90d5ae02dd8afd428e91a8341711fad36f9e7f69e5a5b45b"


def test_a_subscribed_journey_is_pushed_scan_by_scan(box, client, console):
    waybill = client.waybill()
    client.post(SUBSCRIBE, waybill_numbers=[waybill], subscribe_type="L", query_type=["Y"])
    follow(box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
    box.advance(by="1d")
    assert console.forged == 0
    assert console.statuses == ["T", "T", "T", "D"]
    last = console.news[-1]
    assert last["data_code"] == "tisPushData"
    assert last["data"] == client.track(waybill)["track_Info"] | {"package_status": "D"}
    assert last["data"]["customer_order_number"] == ORDER["customer_order_number"]


def test_what_is_not_subscribed_is_not_pushed(box, client, console):
    first, second = client.waybill(), client.waybill(customer_order_number="second")
    client.post(SUBSCRIBE, waybill_numbers=[first])
    client.post("/v1/track-service/unsubscribe-by-order", waybill_numbers=[first, second])
    for waybill in (first, second):
        follow(box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
    box.advance(by="1d")
    assert console.heard == []


def test_a_cancelled_waybill_is_pushed(box, client, console):
    waybill = client.waybill()
    client.post(SUBSCRIBE, waybill_numbers=[waybill])
    client.post("/v1/order/cancel", waybill_number=waybill)
    box.advance(by="1m")
    assert console.statuses == ["C"]


def test_who_subscribes_again_after_a_month_of_silence_is_told_again(open_box):
    box = open_box(pickups="on_call")
    client = Client(box)
    with listening(Receiver(client.credentials["encrypt_key"])) as receiver:
        box.control("PUT", "/carriers/yunexpress/webhook", {"url": receiver.url})
        waybill = client.waybill()
        client.post(SUBSCRIBE, waybill_numbers=[waybill])
        box.advance(by="31d")
        client.post(SUBSCRIBE, waybill_numbers=[waybill])
        follow(box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
        box.advance(by="1d")
        assert receiver.statuses == ["T", "T", "T", "D"]


def test_subscriptions_are_listed(client):
    waybill = client.waybill()
    client.post(SUBSCRIBE, waybill_numbers=[waybill])
    client.post(SUBSCRIBE, waybill_numbers=[waybill], subscribe_type="EL")
    told = client.get(f"{SUBSCRIBE}/get", waybill_numbers=f"{waybill},YT1")
    (row,) = told["order_subscribe_info"]
    assert (row["waybill_number"], row["subscribe_type"]) == (waybill, "EL")


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"waybill_numbers": []}, "400"),
        ({"waybill_numbers": ["YT1"] * 51}, "400"),
        ({"waybill_numbers": ["YT1"]}, "404"),
        ({"waybill_numbers": ["YT1"], "subscribe_type": "Z"}, "400"),
    ],
)
def test_a_subscription_with_a_flaw_is_refused(client, wish, code):
    assert client.refused("POST", SUBSCRIBE, wish) == (200, code)


def test_a_push_that_is_not_acknowledged_comes_again(box, client, console):
    waybill = client.waybill()
    console.answers = [500, 500]
    client.post(SUBSCRIBE, waybill_numbers=[waybill])
    follow(box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
    box.advance(by="1h30m")
    assert len(console.heard) == 3
    (message, *_) = box.webhooks()
    at = [attempt["at"] for attempt in message["attempts"]]
    assert [later - earlier for earlier, later in pairwise(at)] == [60, 300]
    assert message["state"] == "delivered"


def test_a_forged_push_is_found_out(box, client, console):
    fault = {"what": "webhook_wrong_signature", "operation": "yunexpress.tisPushData", "times": 1}
    box.control("POST", "/faults", fault)
    waybill = client.waybill()
    client.post(SUBSCRIBE, waybill_numbers=[waybill])
    follow(box, waybill, "picked_up", "in_transit", "out_for_delivery", "delivered")
    box.advance(by="1h1s")
    assert console.forged == 1
