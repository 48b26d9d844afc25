"""karrio, as it is published, with only FedEx's base URL changed."""

import base64

import pytest

from tests.mock_api.carriers.fedex import Fedex
from tests.mock_api.carriers.karrio_gateway import Karrio

pytestmark = pytest.mark.filterwarnings("ignore")

LONDON = {
    "person_name": "Ada Byron",
    "address_line1": "1 Strand",
    "city": "London",
    "postal_code": "WC2N 5HR",
    "country_code": "GB",
    "phone_number": "2079460000",
}
SERVICE = "fedex_international_priority"
SENT = {
    "recipient": LONDON,
    "service": SERVICE,
    "reference": "PO-7",
    "payment": {"paid_by": "sender"},
    "options": {"fedex_pickup_type": "USE_SCHEDULED_PICKUP"},
}
ON_CALL = {"fedex_pickup_type": "CONTACT_FEDEX_TO_SCHEDULE"}
DAY = "2030-01-08"
UNKNOWN = "770000009997"


class Client(Karrio):
    """With the box that it works in."""

    def __init__(self, monkeypatch, fedex):
        self.fedex, self.box = fedex, fedex.box
        credentials = {
            "api_key": fedex.credentials["client_id"],
            "secret_key": fedex.credentials["client_secret"],
            "account_number": fedex.credentials["account"],
            "track_api_key": fedex.credentials["track_client_id"],
            "track_secret_key": fedex.credentials["track_client_secret"],
            "account_country_code": "CN",
        }
        super().__init__(monkeypatch, "fedex", self.box.served.base, credentials, **SENT)


@pytest.fixture
def open_client(open_box, monkeypatch):
    def opener(**wishes):
        return Client(monkeypatch, Fedex(open_box(**wishes)))

    return opener


@pytest.fixture
def client(open_client):
    return open_client()


def test_it_reads_quotes(client):
    rates, messages = client.rates(options={"shipment_date": "2030-01-07"})
    assert not messages
    assert [rate.service for rate in rates] == [SERVICE, "fedex_international_economy"]
    priority = rates[0]
    assert priority.currency == "CNY"
    assert priority.total_charge == pytest.approx(
        client.fedex.quotes()["rateReplyDetails"][0]["ratedShipmentDetails"][0]["totalNetCharge"]
    )
    assert priority.transit_days == 5
    names = [charge.name for charge in priority.extra_charges]
    assert names == ["Base Charge", "Discounts", "Fuel Surcharge"]


@pytest.mark.parametrize(("label_type", "mark"), [("PDF", b"%PDF"), ("ZPL", b"^XA")])
def test_it_buys_labels(client, label_type, mark):
    shipment, messages = client.ship(label_type=label_type)
    assert not messages
    assert base64.b64decode(shipment.docs.label).startswith(mark)
    assert shipment.meta["serviceCategory"] == "EXPRESS"
    assert client.tracked(shipment.tracking_number).status == "pending"


def test_it_follows_a_parcel_to_its_delivery(client):
    number = client.shipped().tracking_number
    client.box.advance(by="4h")
    assert client.tracked(number).status == "picked_up"
    client.fedex.until_delivered(number)

    details = client.tracked(number)
    assert details.delivered
    assert details.status == "delivered"
    assert details.info.signed_by == "Ada Byron"
    assert details.info.shipment_destination_postal_code == "WC2N 5HR"
    assert (details.events[0].code, details.events[-1].code) == ("DL", "OC")
    assert all(event.timestamp for event in details.events)


def test_it_asks_for_the_proof_without_a_token_and_gets_it_of_lenient_sandboxes_only(open_client):
    for lenient in ([], ["fedex"]):
        client = open_client(lenient=lenient)
        number = client.shipped().tracking_number
        client.fedex.until_delivered(number)
        images = client.tracked(number).images
        assert bool(images) == bool(lenient)
        client.box.ask("DELETE")
    assert base64.b64decode(images.signature_image).startswith(b"\x89PNG")


def test_it_follows_a_troubled_parcel(client):
    number = client.shipped().tracking_number
    client.fedex.carrier_does("plan", number, mishap="undeliverable")
    statuses = set()
    for _ in range(150):
        client.box.advance(by="12h")
        statuses.add(client.tracked(number).status)
        if "return_to_sender" in statuses:
            break
    assert {"delivery_failed", "ready_for_pickup", "return_to_sender"} <= statuses


def test_an_unknown_number_is_a_message(client):
    details, (message,) = client.track(UNKNOWN)
    assert details == []
    assert message.code == "TRACKING.TRACKINGNUMBER.NOTFOUND"


def test_it_cancels_a_shipment_once(client):
    number = client.shipped().tracking_number
    confirmation, messages = client.void(number)
    assert confirmation.success
    assert not messages
    assert client.tracked(number).status == "cancelled"
    nothing, (message,) = client.void(number)
    assert nothing is None
    assert message.code == "SHIPMENT.ALREADY.CANCELLED"


def test_it_calls_a_courier_who_comes(client):
    number = client.shipped(options=ON_CALL).tracking_number
    pickup, messages = client.book()
    assert not messages
    assert pickup.confirmation_number
    client.box.advance(by="1d4h")
    assert client.tracked(number).status == "picked_up"


def test_it_has_to_be_told_the_station_that_it_threw_away(open_client):
    client = open_client()
    pickup, _ = client.book()
    nothing, (message,) = client.call_off(pickup.confirmation_number, pickup_date=DAY)
    assert nothing is None
    assert message.code == "PICKUPCREATE.PACKAGELOCATION.INVALID"
    done, _ = client.call_off(
        pickup.confirmation_number, pickup_date=DAY, options={"fedex_pickup_location": "SHEA"}
    )
    assert done.success

    lenient = open_client(lenient=["fedex"])
    pickup, _ = lenient.book()
    assert lenient.call_off(pickup.confirmation_number, pickup_date=DAY)[0].success


def test_a_refusal_is_a_message_with_fedex_code(client):
    client.book()
    nothing, (message,) = client.book()
    assert nothing is None
    assert message.code == "PICKUP.ALREADY.EXISTS"
    _, (sunday,) = client.book(day="2030-01-13")
    assert sunday.code == "PICKUPDATE.NOT.WORKINGDAY"


def test_it_keeps_a_token_for_each_project(client):
    number = client.shipped().tracking_number
    for _ in range(3):
        client.tracked(number)
    tokens = [each for each in client.box.exchanges() if each["operation"] == "fedex.token"]
    assert len(tokens) == 2


def test_it_takes_the_remark_on_mock_numbers_for_an_error(client):
    (details,), (message,) = client.track("122816215025810")
    assert details.delivered
    assert (message.code, message.level) == ("VIRTUAL.RESPONSE", "error")
