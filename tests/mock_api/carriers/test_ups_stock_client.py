"""karrio, as it is published, with only UPS's base URL changed."""

import base64
import ssl
import warnings
from importlib import import_module
from types import SimpleNamespace

import pytest

from tests.mock_api.carriers.ups import Ups

pytestmark = pytest.mark.filterwarnings("ignore")

SHIPPER = {
    "person_name": "Li Wei",
    "company_name": "Shenzhen Lights",
    "address_line1": "88 Keji Road",
    "city": "Shenzhen",
    "postal_code": "518057",
    "country_code": "CN",
    "phone_number": "13800000166",
}
RECIPIENT = {
    "person_name": "Ann Example",
    "address_line1": "350 Fifth Avenue",
    "city": "New York",
    "state_code": "NY",
    "postal_code": "10118",
    "country_code": "US",
    "phone_number": "2125550166",
}
PARCEL = {
    "weight": 1.2,
    "weight_unit": "KG",
    "length": 20,
    "width": 15,
    "height": 10,
    "dimension_unit": "CM",
}


@pytest.fixture(scope="module")
def karrio():
    """It turns off the verification of certificates for the whole process: not for other tests."""
    verified = ssl._create_default_https_context
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sdk = import_module("karrio.sdk")
        from karrio.core import models  # noqa: PLC0415 - not without the above
        from karrio.mappers.ups import settings  # noqa: PLC0415
    yield SimpleNamespace(sdk=sdk, models=models, settings=settings)
    ssl._create_default_https_context = verified


@pytest.fixture
def ups(open_box):
    return Ups(open_box(pickups="on_call"))


@pytest.fixture
def gateway(karrio, ups, monkeypatch):
    base = property(lambda _: ups.box.served.base)
    monkeypatch.setattr(karrio.settings.Settings, "server_url", base)
    return karrio.sdk.gateway["ups"].create(
        {
            "client_id": ups.credentials["client_id"],
            "client_secret": ups.credentials["client_secret"],
            "account_number": ups.account,
            "account_country_code": "CN",
        }
    )


@pytest.fixture
def client(karrio, gateway):
    sdk, models = karrio.sdk, karrio.models

    def ship(parcels=(PARCEL,), **edits):
        wish = {
            "shipper": SHIPPER,
            "recipient": RECIPIENT,
            "parcels": list(parcels),
            "service": "ups_worldwide_saver",
            "reference": "PO-7",
        }
        request = models.ShipmentRequest(**wish | edits)
        return sdk.Shipment.create(request).from_(gateway).parse()

    def rates():
        request = models.RateRequest(shipper=SHIPPER, recipient=RECIPIENT, parcels=[PARCEL])
        return sdk.Rating.fetch(request).from_(gateway).parse()

    def track(*numbers):
        request = models.TrackingRequest(tracking_numbers=list(numbers))
        return sdk.Tracking.fetch(request).from_(gateway).parse()

    def void(number):
        request = models.ShipmentCancelRequest(shipment_identifier=number)
        return sdk.Shipment.cancel(request).from_(gateway).parse()

    def book(day, ready="09:00"):
        request = models.PickupRequest(
            pickup_date=day,
            ready_time=ready,
            closing_time="18:00",
            address=SHIPPER,
            parcels=[PARCEL],
        )
        return sdk.Pickup.schedule(request).from_(gateway).parse()

    def call_off(number):
        request = models.PickupCancelRequest(confirmation_number=number)
        return sdk.Pickup.cancel(request).from_(gateway).parse()

    return SimpleNamespace(
        ship=ship, rates=rates, track=track, void=void, book=book, call_off=call_off
    )


def test_it_quotes(client, ups):
    rates, messages = client.rates()
    assert messages == []
    assert [each.service for each in rates] == ["ups_worldwide_saver", "ups_worldwide_expedited"]
    assert [each.transit_days for each in rates] == [5, 7]
    assert {each.currency for each in rates} == {"CNY"}
    client.ship()
    (shipment,) = ups.box.inside.world.shippers.shipments("ups")
    assert round(rates[0].total_charge * 100) == shipment.price_minor
    assert {each.name for each in rates[0].extra_charges} == {"BASE CHARGE", "FUEL SURCHARGE"}


@pytest.mark.parametrize(("form", "begins"), [("PDF", b"%PDF"), ("ZPL", b"^XA")])
def test_it_buys_a_label(client, form, begins):
    shipment, messages = client.ship(label_type=form)
    assert messages == []
    assert shipment.label_type == form
    assert base64.b64decode(shipment.docs.label).startswith(begins)


def test_it_buys_labels_for_several_pieces(client):
    shipment, messages = client.ship(parcels=[PARCEL, PARCEL])
    assert messages == []
    assert len(set(shipment.meta["tracking_numbers"])) == 2


def test_a_parcel_of_its_is_fetched_and_delivered(client, ups):
    shipment, _ = client.ship()
    number = shipment.tracking_number
    (before,), _ = client.track(number)
    assert (before.status, before.delivered) == ("pending", False)

    pickup, messages = client.book("2030-01-08")
    assert messages == []
    assert pickup.pickup_charge.amount == 5.5
    ups.box.advance(by="10d")
    (after,), messages = client.track(number)
    assert messages == []
    assert (after.status, after.delivered) == ("delivered", True)
    assert [event.code for event in after.events][:2] == ["FS", "OT"]
    assert after.events[0].location == "New York, NY, 10118, US"
    assert after.info.signed_by == "Ann Example"
    assert after.estimated_delivery


def test_it_sees_trouble(client, ups):
    shipment, _ = client.ship()
    client.book("2030-01-08")
    wish = {"tracking_number": shipment.tracking_number, "mishap": "customs_hold"}
    ups.box.control("POST", "/carriers/ups/plan", wish)
    while ups.codes(shipment.tracking_number)[-1] != ("X", "DE"):
        ups.box.advance(by="6h")
    (held,), _ = client.track(shipment.tracking_number)
    assert (held.status, held.events[0].code) == ("on_hold", "DE")


def test_it_calls_a_pickup_off(client):
    pickup, _ = client.book("2030-01-08")
    confirmation, messages = client.call_off(pickup.confirmation_number)
    assert messages == []
    assert confirmation.success
    _, (message,) = client.call_off(pickup.confirmation_number)
    assert (message.code, message.level) == ("190107", "error")


def test_it_voids_a_label_once(client):
    shipment, _ = client.ship()
    confirmation, _ = client.void(shipment.shipment_identifier)
    assert confirmation.success
    confirmation, (message,) = client.void(shipment.shipment_identifier)
    assert confirmation is None
    assert message.code == "190117"


def test_a_number_that_nobody_knows_is_a_warning(client):
    found, (message,) = client.track("1Z12345E1505270452")
    assert found == []
    assert (message.code, message.level) == ("TW0001", "warning")


def test_it_keeps_its_token(client, ups):
    client.rates()
    client.rates()
    assert [each["operation"] for each in ups.box.exchanges()] == [
        "ups.token",
        "ups.rate",
        "ups.rate",
    ]


def test_a_wrong_secret_is_told(client, gateway):
    gateway.settings.client_secret = "wrong"
    rates, (message,) = client.rates()
    assert rates == []
    assert message.code == "250002"


def test_a_pickup_too_late_for_today_is_moved_without_a_word_of_karrios(client, ups):
    """karrio does not read the alert that says so."""
    midnight = ups.box.now - (ups.box.now + 8 * 3600) % 86_400
    ups.box.advance(to=midnight + 17 * 3600)
    pickup, messages = client.book("2030-01-07")
    assert messages == []
    assert pickup.meta["rate_type"] == "FD"
