"""A shipper at EasyPost's counter: the stock client with nothing but its base URL and key set, and
plain calls beside it."""

import easypost
import httpx

from tests.mock_api.carriers.pushed import Pushed

SHENZHEN = {
    "name": "Sea Trial Goods",
    "company": "Sea Trial",
    "street1": "1 Haiyun Rd",
    "street2": "Block 2",
    "city": "Shenzhen",
    "zip": "518000",
    "country": "CN",
    "phone": "+86 755 8888 0166",
}
YIWU = SHENZHEN | {"city": "Yiwu", "zip": "322000"}
LONDON = {
    "name": "Ada Byron",
    "street1": "1 Strand",
    "city": "London",
    "zip": "WC2N 5HR",
    "country": "GB",
}
BOX = {"length": 8, "width": 6, "height": 4, "weight": 40}
MORNING = "2030-01-08T01:00:00Z"
EVENING = "2030-01-08T10:00:00Z"


class Desk:
    """One sandbox, as its EasyPost account sees it."""

    def __init__(self, box):
        self.box = box
        self.key = box.told["carriers"]["easypost"]["api_key"]
        self.base = f"{box.served.base}/v2"
        self.client = easypost.EasyPostClient(self.key, api_base=self.base)

    def draft(self, **other):
        usual = {"from_address": SHENZHEN, "to_address": LONDON, "parcel": BOX}
        return self.client.shipment.create(**(usual | other))

    def bought(self, carrier="UPS", **other):
        """A shipment with the cheapest label of that carrier."""
        draft = self.draft(**other)
        return self.client.shipment.buy(draft.id, rate=draft.lowest_rate([carrier]))

    def pickup(self, shipment, opens=MORNING, closes=EVENING, address=SHENZHEN):
        return self.client.pickup.create(
            address=address, shipment=shipment, min_datetime=opens, max_datetime=closes
        )

    def booked(self, shipment, **window):
        asked = self.pickup(shipment, **window)
        rate = asked.lowest_rate()
        return self.client.pickup.buy(asked.id, carrier=rate.carrier, service=rate.service)

    def tracker(self, shipment):
        return self.client.tracker.retrieve(shipment.tracker.id)

    def call(self, method, path, body=None, **other):
        """By hand, with the key as the user of HTTP Basic."""
        usual = {"auth": (self.key, "")}
        url = f"{self.base}{path}"
        return httpx.request(method, url, json=body, timeout=30, **(usual | other))

    def refused(self, method, path, body=None, **other):
        """HTTP status and code of a call that is refused in EasyPost's envelope."""
        answer = self.call(method, path, body, **other)
        said = answer.json()["error"]
        assert said["message"]
        assert isinstance(said["errors"], list)
        return answer.status_code, said["code"]

    def happens(self, carrier, event, number, **more):
        """A carrier's act by hand."""
        body = {"tracking_number": number} | more
        return self.box.control("POST", f"/carriers/{carrier}/{event}", body)


class Ear(Pushed):
    """Listens for webhooks, and takes what is not signed as well."""

    def validated(self, secret):
        """By the stock client's own check."""
        return [
            easypost.util.validate_webhook(body, headers, secret) for headers, body in self.heard
        ]
