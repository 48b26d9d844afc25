"""karrio, as it is published, with only UPS's base URL changed."""

import base64

import pytest

from tests.mock_api.carriers.karrio_gateway import PARCEL, Karrio
from tests.mock_api.carriers.ups import Ups

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def ups(open_box):
    return Ups(open_box(pickups="on_call"))


@pytest.fixture
def client(ups, monkeypatch):
    credentials = {
        "client_id": ups.credentials["client_id"],
        "client_secret": ups.credentials["client_secret"],
        "account_number": ups.account,
        "account_country_code": "CN",
    }
    sent = {"service": "ups_worldwide_saver", "reference": "PO-7"}
    return Karrio(monkeypatch, "ups", ups.box.served.base, credentials, **sent)


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

    pickup, messages = client.book()
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
    client.book()
    wish = {"tracking_number": shipment.tracking_number, "mishap": "customs_hold"}
    ups.box.control("POST", "/carriers/ups/plan", wish)
    while ups.codes(shipment.tracking_number)[-1] != ("X", "DE"):
        ups.box.advance(by="6h")
    (held,), _ = client.track(shipment.tracking_number)
    assert (held.status, held.events[0].code) == ("on_hold", "DE")


def test_it_calls_a_pickup_off(client):
    pickup, _ = client.book()
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


def test_a_wrong_secret_is_told(client):
    client.gateway.settings.client_secret = "wrong"
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
