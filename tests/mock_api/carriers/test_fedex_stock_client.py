"""karrio, as it is published, with only FedEx's base URL changed."""

import base64
import ssl
import warnings
from importlib import import_module
from types import SimpleNamespace

import pytest

from tests.mock_api.carriers.fedex import Fedex

pytestmark = pytest.mark.filterwarnings("ignore")

SHIPPER = {
    "person_name": "Li Wei",
    "company_name": "Sea Trial Goods",
    "address_line1": "1 Haiyun Rd",
    "city": "Shenzhen",
    "postal_code": "518000",
    "country_code": "CN",
    "phone_number": "13800000166",
}
RECIPIENT = {
    "person_name": "Ada Byron",
    "address_line1": "1 Strand",
    "city": "London",
    "postal_code": "WC2N 5HR",
    "country_code": "GB",
    "phone_number": "2079460000",
}
PARCEL = {
    "weight": 1.2,
    "weight_unit": "KG",
    "length": 20,
    "width": 15,
    "height": 10,
    "dimension_unit": "CM",
}
SERVICE = "fedex_international_priority"
ON_CALL = {"fedex_pickup_type": "CONTACT_FEDEX_TO_SCHEDULE"}
UNKNOWN = "770000009997"


@pytest.fixture(scope="module")
def karrio():
    """It turns off the verification of certificates for the whole process: not for other tests."""
    verified = ssl._create_default_https_context
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sdk = import_module("karrio.sdk")
        from karrio.core import models  # noqa: PLC0415 - not without the above
        from karrio.mappers.fedex import settings  # noqa: PLC0415
    yield SimpleNamespace(sdk=sdk, models=models, settings=settings)
    ssl._create_default_https_context = verified


class Client:
    """What a shipper does with karrio, and the box it does it in."""

    def __init__(self, karrio, fedex):
        self.fedex, self.box = fedex, fedex.box
        self._sdk, self._models = karrio.sdk, karrio.models
        credentials = fedex.credentials
        self.gateway = karrio.sdk.gateway["fedex"].create(
            {
                "api_key": credentials["client_id"],
                "secret_key": credentials["client_secret"],
                "account_number": credentials["account"],
                "track_api_key": credentials["track_client_id"],
                "track_secret_key": credentials["track_client_secret"],
                "account_country_code": "CN",
            }
        )

    def rates(self, **edits):
        wish = {"shipper": SHIPPER, "recipient": RECIPIENT, "parcels": [PARCEL]}
        options = {"shipment_date": "2030-01-07"}
        request = self._models.RateRequest(**wish | {"options": options} | edits)
        return self._sdk.Rating.fetch(request).from_(self.gateway).parse()

    def ship(self, **edits):
        wish = {
            "shipper": SHIPPER,
            "recipient": RECIPIENT,
            "parcels": [PARCEL],
            "service": SERVICE,
            "reference": "PO-7",
            "payment": {"paid_by": "sender"},
            "options": {"fedex_pickup_type": "USE_SCHEDULED_PICKUP"},
        }
        request = self._models.ShipmentRequest(**wish | edits)
        return self._sdk.Shipment.create(request).from_(self.gateway).parse()

    def shipped(self, **edits):
        shipment, messages = self.ship(**edits)
        assert not messages, messages
        return shipment.tracking_number

    def cancel(self, number):
        request = self._models.ShipmentCancelRequest(shipment_identifier=number)
        return self._sdk.Shipment.cancel(request).from_(self.gateway).parse()

    def track(self, *numbers):
        request = self._models.TrackingRequest(tracking_numbers=list(numbers))
        return self._sdk.Tracking.fetch(request).from_(self.gateway).parse()

    def tracked(self, number):
        (details,), messages = self.track(number)
        assert not messages, messages
        return details

    def book(self, day="2030-01-08", ready="10:00", close="18:00"):
        request = self._models.PickupRequest(
            pickup_date=day,
            ready_time=ready,
            closing_time=close,
            address=SHIPPER,
            parcels=[PARCEL],
        )
        return self._sdk.Pickup.schedule(request).from_(self.gateway).parse()

    def call_off(self, confirmation, day="2030-01-08", **options):
        request = self._models.PickupCancelRequest(
            confirmation_number=confirmation, pickup_date=day, options=options
        )
        return self._sdk.Pickup.cancel(request).from_(self.gateway).parse()


@pytest.fixture
def open_client(karrio, open_box, monkeypatch):
    def opener(**wishes):
        fedex = Fedex(open_box(**wishes))
        base = property(lambda _: fedex.box.served.base)
        monkeypatch.setattr(karrio.settings.Settings, "server_url", base)
        return Client(karrio, fedex)

    return opener


@pytest.fixture
def client(open_client):
    return open_client()


def test_it_reads_quotes(client):
    rates, messages = client.rates()
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
    number = client.shipped()
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
        number = client.shipped()
        client.fedex.until_delivered(number)
        images = client.tracked(number).images
        assert bool(images) == bool(lenient)
        client.box.ask("DELETE")
    assert base64.b64decode(images.signature_image).startswith(b"\x89PNG")


def test_it_follows_a_troubled_parcel(client):
    number = client.shipped()
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
    number = client.shipped()
    confirmation, messages = client.cancel(number)
    assert confirmation.success
    assert not messages
    assert client.tracked(number).status == "cancelled"
    nothing, (message,) = client.cancel(number)
    assert nothing is None
    assert message.code == "SHIPMENT.ALREADY.CANCELLED"


def test_it_calls_a_courier_who_comes(client):
    number = client.shipped(options=ON_CALL)
    pickup, messages = client.book()
    assert not messages
    assert pickup.confirmation_number
    client.box.advance(by="1d4h")
    assert client.tracked(number).status == "picked_up"


def test_it_has_to_be_told_the_station_that_it_threw_away(open_client):
    client = open_client()
    pickup, _ = client.book()
    nothing, (message,) = client.call_off(pickup.confirmation_number)
    assert nothing is None
    assert message.code == "PICKUPCREATE.PACKAGELOCATION.INVALID"
    done, _ = client.call_off(pickup.confirmation_number, fedex_pickup_location="SHEA")
    assert done.success

    lenient = open_client(lenient=["fedex"])
    pickup, _ = lenient.book()
    assert lenient.call_off(pickup.confirmation_number)[0].success


def test_a_refusal_is_a_message_with_fedex_code(client):
    client.book()
    nothing, (message,) = client.book()
    assert nothing is None
    assert message.code == "PICKUP.ALREADY.EXISTS"
    _, (sunday,) = client.book(day="2030-01-13")
    assert sunday.code == "PICKUPDATE.NOT.WORKINGDAY"


def test_it_keeps_a_token_for_each_project(client):
    number = client.shipped()
    for _ in range(3):
        client.tracked(number)
    tokens = [each for each in client.box.exchanges() if each["operation"] == "fedex.token"]
    assert len(tokens) == 2


def test_it_takes_the_remark_on_mock_numbers_for_an_error(client):
    (details,), (message,) = client.track("122816215025810")
    assert details.delivered
    assert (message.code, message.level) == ("VIRTUAL.RESPONSE", "error")
