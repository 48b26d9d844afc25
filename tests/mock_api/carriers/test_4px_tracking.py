"""4PX's API: how goods reach it, and journeys."""

import pytest

from tests.mock_api.carriers.fourpx import ORDER, SENDER, Client, delivered_by, millis


@pytest.fixture
def client(box):
    return Client(box)


def follow(box, number, *scans):
    way = [{"at": box.now + 3600 * nth, "scan": scan} for nth, scan in enumerate(scans, start=1)]
    wish = {"tracking_number": number, "way": way}
    box.control("POST", "/carriers/4px/follow", wish)


def handovers(box):
    return [each["handover"] for each in box.journal(kind="ParcelBooked")]


@pytest.mark.parametrize(
    ("how", "handover"),
    [("1", "pickup"), ("2", "drop_off"), ("3", "drop_off"), ("5", "drop_off")],
)
def test_the_way_to_the_warehouse_is_the_orders(client, box, how, handover):
    client.number(**delivered_by(how))
    assert handovers(box) == [handover]


def test_a_parcel_travels_from_forecast_to_delivery(box, client):
    number = client.number(**delivered_by("3"))
    assert client.codes(number) == ["FPX_L_RPIF"]
    seen = []
    for _ in range(80):
        status = client.status(number)
        seen += [] if seen[-1:] == [status] else [status]
        box.advance(by="12h")
    assert (seen[0], seen[-1]) == ("P", "F")
    assert seen == sorted(seen, key="PVHCF".index)
    codes = client.codes(number)
    assert codes[-1] == "FPX_S_OK"
    assert {"FPX_C_AAF", "FPX_C_ADFF", "FPX_M_ATA", "FPX_D_SD"} <= set(codes)
    told = client.track(number)
    assert (told["destinationCountry"], told["serverName"]) == ("US", "USPS")
    order = client.order(number)
    assert order["4px_inbound_date"] < order["4px_outbound_date"]
    assert client.track(told["serverNum"])["serverNum"] == order["logistics_channel_no"]


def test_the_last_miles_number_is_known_once_it_left_the_warehouse(box, client):
    number = client.number()
    way = ["picked_up", "arrived_at_hub", "departed_from_hub", "arrived_at_destination"]
    follow(box, number, *way, "clearance_completed", "out_for_delivery", "delivered")
    box.advance(by="2h30m")
    assert client.order(number)["logistics_channel_no"] == ""
    box.advance(by="1h")
    channel = client.order(number)["logistics_channel_no"]
    assert channel.startswith("UG")
    assert channel.endswith("CN")
    assert client.order(channel)["4px_tracking_no"] == number


def test_a_troubled_journey_is_told(box, client):
    number = client.number()
    way = ["picked_up", "in_transit", "out_for_delivery", "recipient_unavailable"]
    follow(box, number, *way, "return_initiated", "returned_to_sender")
    box.advance(by="4h30m")
    assert client.codes(number)[-1] == "FPX_D_FD"
    box.advance(by="1d")
    assert client.status(number) == "R"


def test_events_are_newest_first_in_local_time(box, client):
    number = client.number()
    follow(box, number, "picked_up", "in_transit", "out_for_delivery", "delivered")
    box.advance(by="1d")
    events = client.track(number)["trackingList"]
    assert events[0]["trackingContent"] == "Delivered"
    assert events[-1]["timeZone"] == "UTC+08:00"
    assert events[-1]["occurDatetime"] == "2030-01-07 08:00:00"


def test_another_carriers_number_and_an_orders_own_are_unknown_to_tracking(box, client):
    client.number()
    order = box.released(shipping="seller")
    number = box.control("POST", "/carriers/ups/book", {"order_id": order})["tracking_number"]
    for unknown in (number, "TEST-1234567"):
        assert client.refused("tr.order.tracking.get", {"deliveryOrderNo": unknown}) == "0"


def test_a_platform_orders_parcel_is_seen_as_well(box, client):
    order = box.released(shipping="seller")
    number = box.control("POST", "/carriers/4px/book", {"order_id": order})["tracking_number"]
    assert client.codes(number) == ["FPX_L_RPIF"]
    assert client.status(number) == "P"


# Couriers who are called.


def test_the_courier_comes_in_the_window_that_the_order_names(box, client):
    window = delivered_by(
        "1",
        expect_pick_up_earliest_time=str(millis(2, 14)),
        expect_pick_up_latest_time=str(millis(2, 18)),
    )
    number = client.number(**window)
    box.advance(to="2030-01-09T05:59:00Z")
    assert box.journal(kind="PickupMade") == []
    box.advance(to="2030-01-09T10:01:00Z")
    (made,) = box.journal(kind="PickupMade")
    assert made["carrier"] == "4px"
    cancel = {"request_no": number, "cancel_reason": "too late"}
    assert client.refused("ds.xms.order.cancel", cancel) == "DS000014"


def test_with_its_order_the_courier_is_called_off(box, client):
    earliest, latest = millis(2, 14), millis(2, 18)
    window = {"expect_pick_up_earliest_time": earliest, "expect_pick_up_latest_time": latest}
    number = client.number(**delivered_by("1", **window))
    client.data("ds.xms.order.cancel", request_no=number, cancel_reason="sold elsewhere")
    (cancelled,) = box.journal(kind="PickupCancelled")
    assert cancelled["carrier"] == "4px"
    box.advance(by="10d")
    assert box.journal(kind="PickupFailed") == []


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        (millis(2, 18), millis(2, 14)),
        (millis(2, 19), millis(2, 20)),
        (253_402_300_798_000, 253_402_300_799_000),
    ],
    ids=["it closes first", "no round falls into it", "it is the end of the year 9999"],
)
def test_a_window_that_nobody_keeps_makes_no_order(client, earliest, latest):
    window = {"expect_pick_up_earliest_time": earliest, "expect_pick_up_latest_time": latest}
    wish = {"ref_no": "WINDOW"} | delivered_by("1", **window)
    body = ORDER | wish
    assert client.refused("ds.xms.order.create", body) == "DS000004"
    assert client.refused("ds.xms.order.get", {"request_no": "WINDOW"}) == "DS000017"
    assert client.number(ref_no="WINDOW")


def test_a_courier_goes_to_another_door_in_the_senders_city_alone(box, client):
    window = {
        "expect_pick_up_earliest_time": millis(2, 14),
        "expect_pick_up_latest_time": millis(2, 18),
    }
    there = SENDER | {"street": "7 Harbour Road"}
    number = client.number(**delivered_by("1", **window, pick_up_address_info=there))
    far = ORDER | delivered_by("1", **window, pick_up_address_info=there | {"city": "Guangzhou"})
    assert client.refused("ds.xms.order.create", far | {"ref_no": "FAR"}) == "DS000004"
    box.advance(by="5d")
    assert len(box.journal(kind="PickupMade")) == 1
    assert client.status(number) != "P"


def test_without_a_window_nobody_comes_where_nobody_was_called(open_box):
    box = open_box(pickups="on_call")
    client = Client(box)
    number = client.number()
    box.advance(by="10d")
    assert client.status(number) == "P"
