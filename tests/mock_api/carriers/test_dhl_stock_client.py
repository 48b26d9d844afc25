"""karrio's two connectors for DHL Express, as they are published, with only the base URL changed.

They are no dependency of ours: whoever has them installed runs this as well (karrio-mydhl,
karrio-dhl-express 2026.1.32).
"""

import ssl
import warnings
from importlib import import_module

import pytest

from tests.mock_api.carriers.dhl import UNKNOWN, Dhl

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
SERVICE = "mydhl_express_worldwide"
DAY = {"shipment_date": "2030-01-08"}


@pytest.fixture(scope="module")
def sdk():
    """It turns off the verification of certificates for the whole process: not for other tests."""
    verified = ssl._create_default_https_context
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = import_module("karrio.sdk")
        for module in ("karrio.mappers.mydhl.settings", "karrio.mappers.dhl_express.settings"):
            import_module(module)
    yield found
    ssl._create_default_https_context = verified


@pytest.fixture
def connected(sdk, monkeypatch):
    """A gateway to a sandbox's interface of that name."""
    from karrio.mappers.dhl_express.settings import Settings as XmlPi  # noqa: PLC0415
    from karrio.mappers.mydhl.settings import Settings as MyDhl  # noqa: PLC0415

    def gateway(name, dhl):
        settings, base = {
            "mydhl": (MyDhl, f"{dhl.box.served.base}/mydhlapi"),
            "dhl_express": (XmlPi, dhl.box.served.base),
        }[name]
        monkeypatch.setattr(settings, "server_url", property(lambda _: base))
        names = {
            "mydhl": {"username": "username", "password": "password"},
            "dhl_express": {"site_id": "site_id", "password": "site_password"},
        }[name]
        keys = {name: dhl.credentials[field] for name, field in names.items()}
        account = {"account_number": dhl.credentials["account_number"]}
        return sdk.gateway[name].create(keys | account)

    return gateway


@pytest.fixture
def lenient(open_box):
    return Dhl(open_box(pickups="on_call", lenient=["dhl"]))


def parsed(request, gateway):
    return request.from_(gateway).parse()


def shipped(sdk, gateway):
    wish = {"shipper": SHIPPER, "recipient": RECIPIENT, "parcels": [PARCEL], "service": SERVICE}
    created, messages = parsed(sdk.Shipment.create(wish | {"options": DAY}), gateway)
    assert messages == []
    return created


def tracked(sdk, gateway, number):
    (found,), _ = parsed(sdk.Tracking.fetch({"tracking_numbers": [number]}), gateway)
    return found


def test_it_quotes_labels_fetches_and_follows_a_shipment_to_its_door(sdk, connected, lenient):
    gateway = connected("mydhl", lenient)
    wish = {"shipper": SHIPPER, "recipient": RECIPIENT, "parcels": [PARCEL]}
    (rate,), messages = parsed(sdk.Rating.fetch(wish | {"options": DAY}), gateway)
    assert (messages, rate.currency, rate.transit_days) == ([], "CNY", 5)

    shipment = shipped(sdk, gateway)
    assert shipment.selected_rate.total_charge == rate.total_charge
    assert shipment.docs.label
    assert tracked(sdk, gateway, shipment.tracking_number).events == []

    pickup = {
        "pickup_date": "2030-01-08",
        "ready_time": "09:00",
        "closing_time": "18:00",
        "address": SHIPPER,
        "parcels": [PARCEL],
    }
    booked, messages = parsed(sdk.Pickup.schedule(pickup), gateway)
    assert (messages, booked.pickup_date) == ([], "2030-01-08")
    lenient.box.advance(by="10d")
    home = tracked(sdk, gateway, shipment.tracking_number)
    assert (home.status, home.delivered) == ("delivered", True)
    assert home.images.signature_image


def test_it_calls_a_courier_for_another_day_and_off(sdk, connected, lenient):
    gateway = connected("mydhl", lenient)
    pickup = {
        "pickup_date": "2030-01-08",
        "ready_time": "09:00",
        "closing_time": "18:00",
        "address": SHIPPER,
        "parcels": [PARCEL],
    }
    booked, _ = parsed(sdk.Pickup.schedule(pickup), gateway)
    number = {"confirmation_number": booked.confirmation_number}
    moved, messages = parsed(
        sdk.Pickup.update(pickup | number | {"pickup_date": "2030-01-09"}), gateway
    )
    assert (messages, moved.pickup_date) == ([], "2030-01-09")
    cancelled, messages = parsed(sdk.Pickup.cancel(number), gateway)
    assert (messages, cancelled.success) == ([], True)


def test_from_a_strict_sandbox_it_takes_the_first_checkpoint_for_the_latest(sdk, connected, box):
    dhl = Dhl(box)
    gateway = connected("mydhl", dhl)
    number = shipped(sdk, gateway).tracking_number
    dhl.box.advance(by="10d")

    assert tracked(sdk, gateway, number).delivered is False
    with_xml = tracked(sdk, connected("dhl_express", dhl), number)
    assert (with_xml.status, with_xml.delivered) == ("delivered", True)


@pytest.mark.parametrize(("name", "code"), [("mydhl", "404"), ("dhl_express", "209")])
def test_it_reads_why_a_number_is_not_found(sdk, connected, box, name, code):
    gateway = connected(name, Dhl(box))
    found, (message,) = parsed(sdk.Tracking.fetch({"tracking_numbers": [UNKNOWN]}), gateway)
    assert (found, message.code) == ([], code)
