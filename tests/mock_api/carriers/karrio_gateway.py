"""What a shipper does with karrio, as it is published: through a gateway of its to a sandbox, with
only a carrier's base URL changed."""

import ssl
import warnings
from importlib import import_module

SHIPPER = {
    "person_name": "Li Wei",
    "company_name": "Shenzhen Lights",
    "address_line1": "88 Keji Road",
    "city": "Shenzhen",
    "postal_code": "518057",
    "country_code": "CN",
    "phone_number": "13800000166",
}
NEW_YORK = {
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


def _published(module):
    """It turns off the verification of certificates for the whole process: not for other tests."""
    verified = ssl._create_default_https_context
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module(f"karrio.{module}")
    finally:
        ssl._create_default_https_context = verified


class Karrio:
    """The connector of that name, at that base URL. *sent* is said of every shipment, unless a
    call says otherwise; each call gives the answer and karrio's messages.
    """

    def __init__(self, monkeypatch, connector, base, credentials, recipient=NEW_YORK, **sent):
        self._sdk = _published("sdk")
        settings = _published(f"mappers.{connector}.settings").Settings
        monkeypatch.setattr(settings, "server_url", property(lambda _: base))
        self.gateway = self._sdk.gateway[connector].create(credentials)
        self._quoted = {"shipper": SHIPPER, "recipient": recipient, "parcels": [PARCEL]}
        self._sent = self._quoted | sent

    def _parsed(self, request):
        return request.from_(self.gateway).parse()

    def rates(self, **edits):
        return self._parsed(self._sdk.Rating.fetch(self._quoted | edits))

    def ship(self, **edits):
        return self._parsed(self._sdk.Shipment.create(self._sent | edits))

    def shipped(self, **edits):
        """A shipment of which karrio has nothing to say."""
        shipment, messages = self.ship(**edits)
        assert messages == []
        return shipment

    def void(self, identifier):
        wish = {"shipment_identifier": identifier}
        return self._parsed(self._sdk.Shipment.cancel(wish))

    def track(self, *numbers):
        return self._parsed(self._sdk.Tracking.fetch({"tracking_numbers": list(numbers)}))

    def tracked(self, number):
        (found,), messages = self.track(number)
        assert messages == []
        return found

    def book(self, day="2030-01-08", ready="09:00"):
        return self._parsed(self._sdk.Pickup.schedule(self._pickup(day, ready)))

    def move(self, number, day, ready="09:00"):
        wish = self._pickup(day, ready) | {"confirmation_number": number}
        return self._parsed(self._sdk.Pickup.update(wish))

    def call_off(self, number, **more):
        return self._parsed(self._sdk.Pickup.cancel({"confirmation_number": number} | more))

    def _pickup(self, day, ready):
        return {
            "pickup_date": day,
            "ready_time": ready,
            "closing_time": "18:00",
            "address": SHIPPER,
            "parcels": [PARCEL],
        }
