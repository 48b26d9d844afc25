"""What the tests of Shippo's API share: its Python client, with its address and token set, and
calls by hand."""

from contextlib import contextmanager

import pytest
from shippo import Shippo
from shippo.models.errors import SDKError


class Client:
    """An account of Shippo's."""

    def __init__(self, box):
        self.box = box
        self.credentials = box.told["carriers"]["shippo"]

    def stock(self, token=None):
        """The published client."""
        key = token or self.credentials["token"]
        return Shippo(api_key_header=key, server_url=self.box.served.base)

    def call(self, method, path, body=None, authorization=None, **more):
        if authorization is None:
            authorization = f"ShippoToken {self.credentials['token']}"
        headers = {"Authorization": authorization}
        return self.box.served.http.request(method, path, json=body, headers=headers, **more)

    def data(self, method, path, body=None, status=200):
        answer = self.call(method, path, body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def refused(self, method, path, body=None, **edits):
        answer = self.call(method, path, body, **edits)
        return answer.status_code, answer.json()

    def follow(self, number, carrier="ups", **more):
        return self.data("POST", "/tracks", {"carrier": carrier, "tracking_number": number} | more)

    def track(self, number, carrier="ups"):
        return self.data("GET", f"/tracks/{carrier}/{number}")

    def substatuses(self, number, carrier="ups"):
        return [
            each["substatus"]["code"] for each in self.track(number, carrier)["tracking_history"]
        ]

    def listen(self, url, **more):
        wish = {"url": url, "event": "track_updated"} | more
        return self.data("POST", "/webhooks", wish, 201)


@contextmanager
def raised(status):
    """A block in which the published client raises."""
    with pytest.raises(SDKError) as caught:
        yield caught
    assert caught.value.status_code == status, caught.value.body
