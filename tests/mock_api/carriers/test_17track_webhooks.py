"""17TRACK's API: signed webhooks, and again after an hour if need be."""

import json
from itertools import pairwise

import pytest

from mock_api.carriers.seventeentrack.pushes import signature
from simulator.carriers.numbers import NUMBERED
from simulator.shipments.model import Wish
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.seventeentrack import (
    DHL,
    TNT,
    UPS,
    Client,
    Receiver,
    follow,
    ordered,
)
from tests.simulator.shippers import BOX, BUYER, SENDER

UPDATED, STOPPED = "TRACKING_UPDATED", "TRACKING_STOPPED"
NUMBER = "1Z999AA10123456784"


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def receiver(client):
    with listening(Receiver(client.key)) as receiver:
        yield receiver


@pytest.fixture
def console(box, receiver):
    """The address is set in 17TRACK's console."""
    box.control("PUT", "/carriers/17track/webhook", {"url": receiver.url})
    return receiver


@pytest.mark.parametrize(
    ("body", "key", "signed"),
    [
        # printf '%s' '{"event":"TRACKING_STOPPED"}/12345' | sha256sum, and so on
        (
            b'{"event":"TRACKING_STOPPED"}',
            "12345",
            "aec16941661cc18de9dcbce2afd8e59e13ed33c87a3d147a96b02409b0cf1008",
        ),
        (b"", "", "8a5edab282632443219e051e4ade2d1d5bbc671c781051bf1437897cbdfea0f1"),
    ],
)
def test_the_signature_is_the_digest_of_body_slash_key(body, key, signed):
    assert signature(body, key) == signed


def test_a_journey_is_told_scan_by_scan(box, client, console):
    _, number = ordered(box)
    client.register(number, tag="my order")
    box.advance(by="14d")

    assert console.forged == 0
    assert set(console.events()) == {UPDATED}
    statuses = console.statuses()
    assert statuses[0] == "InfoReceived"
    assert statuses[-1] == "Delivered_Other"
    assert "InTransit_PickedUp" in statuses
    last = console.news[-1]["data"]
    assert (last["number"], last["carrier"], last["tag"]) == (number, UPS, "my order")
    told, shown = last["track_info"], client.info(number)
    del told["time_metrics"], shown["time_metrics"]  # days go by
    assert told == shown
    (row,) = client.listed()
    assert (row["push_status"], row["push_status_code"]) == ("Success", 200)


def test_a_troubled_journey_is_told_too(box, client, console):
    _, number = ordered(box)
    client.register(number)
    way = ["picked_up", "in_transit", "out_for_delivery", "recipient_unavailable"]
    follow(box, number, [*way, "return_initiated", "returned_to_sender"])
    box.advance(by="3d")
    assert console.statuses()[-1] == "Exception_Returned"


def test_what_is_known_already_is_told_once_at_registration(box, client, console):
    _, number = ordered(box)
    box.advance(by="13d")
    client.register(number)
    box.advance(by="1s")
    assert console.statuses() == ["Delivered_Other"]


def test_a_label_and_its_end_are_told_at_once(box, client, console):
    """Registered before its label was printed, and voided before anybody came for it."""
    upcoming = NUMBERED["ups"](1)
    client.register(upcoming)
    client.register(upcoming, carrier=DHL)
    world = box.inside.world
    shipment = world.shippers.ship(Wish("ups", SENDER, BUYER, (BOX,), "ups", on_call=True))
    assert world.shippers.parcels_of(shipment)[0].tracking_number == upcoming
    box.advance(by="1s")
    assert console.statuses() == ["InfoReceived"]

    world.shippers.void(shipment.id)
    box.advance(by="1s")
    assert console.statuses() == ["InfoReceived", "Exception_Cancel"]


def test_nothing_is_told_of_an_unknown_number_or_a_wrong_carrier(box, client, console):
    _, number = ordered(box, "dhl")
    client.register(number, carrier=TNT)
    client.register(NUMBER)
    box.advance(by="14d")
    assert console.heard == []

    client.accepted("changecarrier", number, carrier_new=DHL)
    box.advance(by="1s")
    assert console.statuses() == ["Delivered_Other"]


def test_anything_but_200_is_sent_again_three_times(box, client, console):
    _, number = ordered(box)
    console.answers = [500, 201, 404]
    client.register(number)
    box.advance(by="3h")
    assert len(console.heard) == 4
    assert console.news[0] == console.news[3]
    (message, *_) = box.webhooks()
    at = [attempt["at"] for attempt in message["attempts"]]
    assert [later - earlier for earlier, later in pairwise(at)] == [600, 1800, 3600]
    assert message["state"] == "delivered"


def test_then_17track_gives_up(box, client, console):
    _, number = ordered(box)
    console.answers = [500] * 4
    client.register(number)
    box.advance(by="3h")
    (message, *_) = box.webhooks()
    assert (message["state"], len(message["attempts"])) == ("dropped", 4)
    (row,) = client.listed()
    assert (row["push_status"], row["push_status_code"]) == ("Failure", 500)


def test_a_number_that_is_stopped_says_so(box, client, console):
    client.register(NUMBER, tag="t", param="NW1 6XE")
    client.accepted("stoptrack", NUMBER)
    box.advance(by="1s")
    data = {"number": NUMBER, "carrier": UPS, "param": "NW1 6XE", "tag": "t"}
    assert console.news == [{"event": STOPPED, "data": data}]


def test_one_that_expires_says_so_and_one_that_is_deleted_does_not(box, client, console):
    client.register(NUMBER)
    client.register("RR123456789CN")
    client.accepted("deletetrack", "RR123456789CN")
    box.advance(by="31d")
    assert [each["data"]["number"] for each in console.news] == [NUMBER]
    assert console.events() == [STOPPED]


def test_followed_again_it_is_told_at_once(box, client, console):
    _, number = ordered(box)
    client.register(number)
    client.accepted("stoptrack", number)
    client.accepted("retrack", number)
    box.advance(by="1s")
    assert console.events() == [UPDATED, STOPPED, UPDATED]


def test_a_push_is_asked_for(box, client, receiver):
    _, number = ordered(box)
    client.register(number)
    assert client.rejected("push", number) == -18010204
    box.control("PUT", "/carriers/17track/webhook", {"url": receiver.url})
    client.register(NUMBER)
    assert client.rejected("push", NUMBER) == -18019909
    assert client.accepted("push", number) == {"number": number, "carrier": UPS}
    box.advance(by="1s")
    assert receiver.events() == [UPDATED]


def test_the_console_may_choose_topics_and_another_key(box, client):
    with listening(Receiver("another")) as receiver:
        wish = {"url": receiver.url, "secret": "another", "topics": [STOPPED]}
        box.control("PUT", "/carriers/17track/webhook", wish)
        _, number = ordered(box)
        client.register(number)
        client.accepted("stoptrack", number)
        box.advance(by="1s")
        assert (receiver.events(), receiver.forged) == ([STOPPED], 0)


def test_a_forged_webhook_is_found_out(box, client, console):
    fault = {"what": "webhook_wrong_signature", "operation": f"17track.{UPDATED}", "times": 1}
    box.control("POST", "/faults", fault)
    _, number = ordered(box)
    client.register(number)
    box.advance(by="1s")
    assert console.forged == 1


@pytest.mark.usefixtures("console")
def test_the_body_is_signed_as_it_is_sent(box, client):
    """Letters beyond ASCII, and no spaces: who parses and dumps again gets another digest."""
    client.register(NUMBER, tag="São Paulo")
    client.accepted("stoptrack", NUMBER)
    (message,) = box.webhooks()
    assert "São Paulo" in message["body"]
    assert message["body"] == json.dumps(
        json.loads(message["body"]), ensure_ascii=False, separators=(",", ":")
    )
