"""Shippo's API, as its own Python client calls it: numbers looked up, and followed."""

from datetime import datetime
from pathlib import Path

import pytest
from shippo.models.components import TrackingStatusEnum as Status

from mock_api.carriers.shippo.mocks import NUMBERS
from mock_api.carriers.shippo.words import OURS, SAID, SUBSTATUSES, TOKENS
from mock_api.settings import ServerSettings
from simulator.carriers.numbers import NUMBERED
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.seventeentrack import follow, ordered
from tests.mock_api.carriers.shippo_desk import Client, raised
from tests.simulator.shippers import wish

PAGE = Path(__file__).parents[3] / "docs/shippo-api.md"
UPS = "1Z999AA10123456784"


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def stock(client):
    return client.stock()


# The vocabulary.


def test_every_scan_has_a_word():
    assert SAID.keys() == set(Scan)


def test_every_word_is_one_of_shippo_s():
    assert {said.substatus for said in SAID.values()} <= SUBSTATUSES.keys()
    assert {each.status for each in SUBSTATUSES.values()} == {each.value for each in Status}


def test_the_page_has_every_word():
    page = PAGE.read_text(encoding="utf-8")
    for scan, said in SAID.items():
        status = SUBSTATUSES[said.substatus].status
        assert f"| `{scan}` | {status} / `{said.substatus}` |" in page


def test_every_carrier_has_a_token_if_only_a_lenient_one():
    assert set(TOKENS.values()) | set(OURS.values()) == set(NUMBERED)


# A life.


def test_a_parcel_is_followed_to_its_door(box, stock):
    _, number = ordered(box)
    made = stock.tracking_status.create("ups", number, metadata="Order 1")
    assert (made.tracking_status.status, made.metadata) == (Status.PRE_TRANSIT, "Order 1")
    assert made.tracking_status.substatus.code == "information_received"

    box.advance(by="14d")
    seen = stock.tracking_status.get(number, "ups")
    assert (seen.tracking_status.status, seen.metadata) == (Status.DELIVERED, "Order 1")
    assert (seen.address_from.country, seen.address_to.country) == ("CN", "GB")
    assert seen.servicelevel.name
    assert (seen.messages, seen.eta, seen.transaction) == ([], None, None)
    codes = [each.substatus.code for each in seen.tracking_history]
    assert codes[:2] == ["information_received", "package_accepted"]
    assert codes[-2:] == ["out_for_delivery", "delivered"]
    assert seen.tracking_history[-1] == seen.tracking_status


def test_a_number_need_not_be_followed_to_be_looked_up(box, client):
    shippers = box.inside.world.shippers
    (parcel,) = shippers.parcels_of(shippers.ship(wish("dhl")))
    box.advance(by="14d")
    seen = client.track(parcel.tracking_number, "dhl_express")
    assert seen["tracking_status"]["status"] == "DELIVERED"
    assert seen["address_to"]["zip"] == "WC2N 5HR"
    assert seen["metadata"] is None


def test_the_metadata_are_those_of_its_last_follower_with_that_carrier(box, client):
    _, number = ordered(box)
    for carrier, text in (("ups", "first"), ("ups", "second"), ("fedex", "third")):
        client.follow(number, carrier, metadata=text)
    assert client.track(number)["metadata"] == "second"
    assert client.track(number, "fedex")["metadata"] == "third"
    assert client.track(number, "usps")["metadata"] is None


def test_a_status_says_when_it_was_and_when_shippo_learnt_of_it(box, client):
    _, number = ordered(box)
    box.advance(by="14d")
    history = client.track(number)["tracking_history"][1:]
    scans = box.inside.world.registry.parcel_numbered(number).scans
    for shown, scan in zip(history, scans, strict=True):
        assert shown["status_date"].endswith("Z")
        assert datetime.fromisoformat(shown["status_date"]).timestamp() == scan.at
        assert datetime.fromisoformat(shown["object_created"]).timestamp() >= scan.at + 3600
        assert shown["object_updated"]
    assert len({each["object_id"] for each in history}) == len(history)


def test_a_troubled_journey_is_told_with_what_somebody_has_to_do(box, client):
    _, number = ordered(box)
    way = [
        "picked_up",
        "arrived_at_hub",
        "customs_declared",
        "customs_held",
        "customs_released",
        "departed_from_hub",
        "in_transit",
        "out_for_delivery",
        "address_issue",
        "out_for_delivery",
        "refused",
        "return_initiated",
        "returned_to_sender",
    ]
    follow(box, number, way)
    box.advance(by="4d")
    history = client.track(number)["tracking_history"][1:]
    assert [each["substatus"]["code"] for each in history] == [
        "package_accepted",
        "package_arrived",
        "package_processing",
        "package_held",
        "package_processed",
        "package_departed",
        "package_processing",
        "out_for_delivery",
        "address_issue",
        "out_for_delivery",
        "package_undeliverable",
        "return_to_sender",
        "return_to_sender",
    ]
    to_do = [each["substatus"]["code"] for each in history if each["substatus"]["action_required"]]
    assert to_do == ["package_held", "address_issue", "package_undeliverable"]
    assert [each["status"] for each in history[-3:]] == ["FAILURE", "RETURNED", "RETURNED"]


@pytest.mark.parametrize("carrier", ["ups", "usps", "fedex"])
def test_a_number_that_its_carrier_does_not_know_is_unknown(box, client, stock, carrier):
    _, number = ordered(box, "dhl")
    for each in (UPS, number):
        seen = stock.tracking_status.get(each, carrier)
        assert (seen.tracking_status.status, seen.tracking_history) == (Status.UNKNOWN, [])
        assert client.track(each, carrier)["address_to"] is None


# Test numbers.


@pytest.mark.parametrize("number", NUMBERS)
def test_test_numbers_have_one_status_for_ever(box, stock, number):
    box.advance(by="30d")
    for seen in (
        stock.tracking_status.create("shippo", number),
        stock.tracking_status.get(number, "shippo"),
    ):
        assert seen.tracking_status.status.value == number.removeprefix("SHIPPO_")
        assert (seen.address_from.city, seen.address_to.city) == ("San Francisco", "Chicago")
        assert seen.metadata == "Shippo test tracking"
        dates = [each.status_date for each in seen.tracking_history]
        assert dates == sorted(dates)


def test_other_numbers_are_no_test_numbers(client):
    assert client.refused("GET", f"/tracks/shippo/{UPS}")[0] == 400
    body = {"carrier": "shippo", "tracking_number": "SHIPPO_LOST"}
    assert client.refused("POST", "/tracks", body)[0] == 400


# Requests.


def test_a_form_will_do_and_a_slash_at_the_end(client):
    _, number = ordered(client.box)
    form = {"carrier": "ups", "tracking_number": number, "metadata": "Order 000123"}
    headers = {"Authorization": f"ShippoToken {client.credentials['token']}"}
    http = client.box.served.http
    told = http.post("/tracks/", data=form, headers=headers)
    assert (told.status_code, told.json()["metadata"]) == (200, "Order 000123")
    assert http.get(f"/tracks/ups/{number}/", headers=headers).json()["tracking_number"] == number


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"carrier": "ups"}, {"tracking_number": ["This field is required."]}),
        ({"tracking_number": UPS}, {"carrier": ["This field is required."]}),
        (
            {"carrier": "pigeon", "tracking_number": UPS},
            {"carrier": ["Invalid value specified for provider 'pigeon'"]},
        ),
        (
            {"carrier": "UPS", "tracking_number": UPS},
            {"carrier": ["Invalid value specified for provider 'UPS'"]},
        ),
        (
            {"carrier": "ups", "tracking_number": "no number"},
            {"tracking_number": ["Invalid tracking number."]},
        ),
        (
            {"carrier": "ups", "tracking_number": UPS, "metadata": "x" * 101},
            {"metadata": ["String should have at most 100 characters."]},
        ),
        ([], {"detail": "Invalid data. Expected a dictionary."}),
    ],
)
def test_what_cannot_be_followed_is_refused_by_field(client, body, refusal):
    assert client.refused("POST", "/tracks", body) == (400, refusal)


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b'{"carrier": "\\ud800"}', b"\xff"])
def test_a_body_that_makes_no_sense_is_refused(client, content):
    headers = {"Authorization": f"ShippoToken {client.credentials['token']}"}
    answer = client.box.served.http.post("/tracks", content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json()


def test_some_carriers_are_told_of_and_not_asked(box, client):
    _, number = ordered(box, "4px")
    assert client.follow(number, "4px")["tracking_status"]["status"] == "PRE_TRANSIT"
    assert client.refused("GET", f"/tracks/4px/{number}")[0] == 400


def test_a_lenient_one_takes_this_world_s_codes_for_tokens(open_box):
    strict, lenient = Client(open_box()), Client(open_box(lenient=["shippo"]))
    for client, status in ((strict, 400), (lenient, 200)):
        _, number = ordered(client.box, "yunexpress")
        assert client.call("GET", f"/tracks/yunexpress/{number}").status_code == status
    _, number = ordered(lenient.box, "4px")
    assert lenient.track(number, "4px")["tracking_number"] == number


# Who calls.


def test_a_stranger_is_refused(client):
    with raised(401) as caught:
        client.stock("shippo_live_nobody").tracking_status.get(UPS, "ups")
    assert "Invalid token" in caught.value.body
    bearer = f"Bearer {client.credentials['token']}"
    for authorization in ("", bearer, "ShippoToken"):
        status, body = client.refused("GET", f"/tracks/ups/{UPS}", authorization=authorization)
        assert (status, body["detail"]) == (401, "Authentication credentials were not provided.")


def test_what_is_done_with_the_token_for_tests_is_marked(client):
    token = client.credentials["test_token"]
    for used, marked in ((token, True), (client.credentials["token"], False)):
        told = client.call("GET", f"/tracks/ups/{UPS}", authorization=f"ShippoToken {used}")
        assert told.json()["test"] is marked


def test_the_default_sandbox_takes_any_token_if_the_server_says_so(serve):
    served = serve(ServerSettings(any_credentials=True))
    headers = {"Authorization": "ShippoToken shippo_test_mine"}
    answer = served.http.get(f"/tracks/ups/{UPS}", headers=headers)
    assert (answer.status_code, answer.json()["test"]) == (200, True)


# What may befall any call.


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ({"what": "throttled", "retry_after": 7}, 429),
        ({"what": "overloaded"}, 503),
        ({"what": "internal_error"}, 500),
    ],
)
def test_planned_faults_are_told_in_shippo_s_words(client, stock, what, status):
    plan = what | {"operation": "shippo", "order_id": UPS, "times": 2}
    client.box.control("POST", "/faults", plan)
    assert client.track("1Z12345E6605272234")
    with raised(status) as caught:
        stock.tracking_status.get(UPS, "ups")
    assert caught.value.raw_response.headers.get("retry-after") == (
        str(what["retry_after"]) if "retry_after" in what else None
    )
    with raised(status):
        stock.tracking_status.create("ups", UPS)
    assert stock.tracking_status.create("ups", UPS)


def test_a_malformed_body_is_refused_while_a_fault_is_planned(client):
    client.box.control("POST", "/faults", {"what": "overloaded", "order_id": UPS})
    assert client.refused("POST", "/tracks", [])[0] == 400


def test_addresses_that_are_not_allowed_are_refused(open_box):
    client = Client(open_box(allowed_ips=["10.0.0.0/8"]))
    assert client.refused("GET", f"/tracks/ups/{UPS}")[0] == 403


def test_paths_and_methods_that_are_not_served_are_not_found(client):
    assert client.refused("GET", "/tracks/ups") == (404, {"detail": "Not found."})
    assert client.refused("PATCH", "/tracks")[0] == 405


def test_its_calls_are_in_the_log_with_the_token_hidden(client):
    client.track(UPS)
    (exchange,) = client.box.exchanges()
    assert exchange["operation"] == "shippo.get_track"
    assert client.credentials["token"] not in str(exchange)
