"""karrio's two connectors for DHL Express, as they are published, with only the base URL changed.

They are no dependency of ours: whoever has them installed runs this as well (karrio-mydhl,
karrio-dhl-express 2026.1.32).
"""

import pytest

from tests.mock_api.carriers.dhl import UNKNOWN, Dhl
from tests.mock_api.carriers.karrio_gateway import Karrio

pytestmark = pytest.mark.filterwarnings("ignore")

DAY = {"shipment_date": "2030-01-08"}
SENT = {"service": "mydhl_express_worldwide", "options": DAY}


@pytest.fixture
def connected(monkeypatch):
    """A connector to a sandbox's interface of that name."""

    def connector(name, dhl):
        base, user, password = {
            "mydhl": ("/mydhlapi", "username", "password"),
            "dhl_express": ("", "site_id", "site_password"),
        }[name]
        credentials = {
            user: dhl.credentials[user],
            "password": dhl.credentials[password],
            "account_number": dhl.credentials["account_number"],
        }
        return Karrio(monkeypatch, name, f"{dhl.box.served.base}{base}", credentials, **SENT)

    return connector


@pytest.fixture
def lenient(open_box):
    return Dhl(open_box(pickups="on_call", lenient=["dhl"]))


def test_it_quotes_labels_fetches_and_follows_a_shipment_to_its_door(connected, lenient):
    client = connected("mydhl", lenient)
    (rate,), messages = client.rates(options=DAY)
    assert (messages, rate.currency, rate.transit_days) == ([], "CNY", 5)

    shipment = client.shipped()
    assert shipment.selected_rate.total_charge == rate.total_charge
    assert shipment.docs.label
    assert client.tracked(shipment.tracking_number).events == []

    booked, messages = client.book()
    assert (messages, booked.pickup_date) == ([], "2030-01-08")
    lenient.box.advance(by="10d")
    home = client.tracked(shipment.tracking_number)
    assert (home.status, home.delivered) == ("delivered", True)
    assert home.images.signature_image


def test_it_calls_a_courier_for_another_day_and_off(connected, lenient):
    client = connected("mydhl", lenient)
    booked, _ = client.book()
    moved, messages = client.move(booked.confirmation_number, "2030-01-09")
    assert (messages, moved.pickup_date) == ([], "2030-01-09")
    cancelled, messages = client.call_off(booked.confirmation_number)
    assert (messages, cancelled.success) == ([], True)


def test_from_a_strict_sandbox_it_takes_the_first_checkpoint_for_the_latest(connected, box):
    dhl = Dhl(box)
    client = connected("mydhl", dhl)
    number = client.shipped().tracking_number
    box.advance(by="10d")

    assert client.tracked(number).delivered is False
    with_xml = connected("dhl_express", dhl).tracked(number)
    assert (with_xml.status, with_xml.delivered) == ("delivered", True)


@pytest.mark.parametrize(("name", "code"), [("mydhl", "404"), ("dhl_express", "209")])
def test_it_reads_why_a_number_is_not_found(connected, box, name, code):
    found, (message,) = connected(name, Dhl(box)).track(UNKNOWN)
    assert (found, message.code) == ([], code)
