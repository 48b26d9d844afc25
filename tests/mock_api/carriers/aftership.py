"""What the tests of AfterShip's API share: its Python client, with its domain and key set, and
calls by hand."""

import pytest
from tracking.client import Client as Stock
from tracking.configuration import Configuration

VERSION = "2026-07"
OLD_HABITS = [
    pytest.mark.filterwarnings("ignore:URL.raw is deprecated"),
    pytest.mark.filterwarnings("ignore:Use 'content=<...>'"),
]
"""What httpx has to say of the published client."""


class Client:
    """An account of AfterShip's."""

    def __init__(self, box, version=VERSION):
        self.box = box
        self.credentials = box.told["carriers"]["aftership"]
        self.base = f"/tracking/{version}"

    def stock(self, **edits):
        """The published client."""
        usual = {
            "domain": self.box.served.base,
            "api_key": self.credentials["api_key"],
            "max_retry": 0,
        }
        return Stock(Configuration(**(usual | edits)))

    def call(self, method, path, body=None, key=None, **query):
        headers = {"as-api-key": self.credentials["api_key"] if key is None else key}
        url = self.base + path
        return self.box.served.http.request(method, url, json=body, headers=headers, params=query)

    def data(self, method, path, body=None, status=200, **query):
        answer = self.call(method, path, body, **query)
        assert answer.status_code == status, answer.text
        told = answer.json()
        assert told["meta"] == {"code": status}
        return told["data"]

    def refused(self, method, path, body=None, **edits):
        """HTTP status, code and type of a call that is refused."""
        answer = self.call(method, path, body, **edits)
        meta = answer.json()["meta"]
        assert meta["message"], meta
        return answer.status_code, meta["code"], meta["type"]

    def create(self, number, **more):
        """The id of a new tracking."""
        return self.data("POST", "/trackings", {"tracking_number": number} | more, 201)["id"]

    def get(self, tracking_id, **query):
        return self.data("GET", f"/trackings/{tracking_id}", **query)

    def subtags(self, tracking_id):
        return [each["subtag"] for each in self.get(tracking_id)["checkpoints"]]

    def listed(self, **query):
        return [each["id"] for each in self.data("GET", "/trackings", **query)["trackings"]]
