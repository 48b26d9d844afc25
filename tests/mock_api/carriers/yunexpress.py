"""What the tests of YunExpress's API share: a client written from the published rules."""

import base64
import hashlib
import hmac
import json

from tests.mock_api.carriers.pushed import Pushed

RECEIVER = {
    "first_name": "Jodie Langton",
    "country_code": "GB",
    "city": "London",
    "address_lines": ["221B Baker Street"],
    "postal_code": "NW1 6XE",
    "phone_number": "+447700900166",
}
ORDER = {
    "product_code": "THZXR",
    "customer_order_number": "C06901223361651120772372746_D8720",
    "weight_unit": "KG",
    "size_unit": "CM",
    "packages": [{"weight": 0.5, "length": 20, "width": 15, "height": 5}],
    "receiver": RECEIVER,
    "declaration_info": [
        {"sku_code": "ABC0013142", "name_en": "test001", "quantity": 6, "unit_price": 0.28}
    ],
}


def sign(secret, date, method, path, body=b""):
    """As the SDK and three integrations do it, not as the server does."""
    parts = [b"date=" + date.encode(), b"method=" + method.encode(), b"uri=" + path.encode()]
    if body:
        parts.insert(0, b"body=" + body)
    digest = hmac.new(secret.encode(), b"&".join(parts), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class Client:
    """One base URL, and the credentials of an application."""

    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.credentials = box.told["carriers"]["yunexpress"]
        self.token = ""

    def authenticate(self, **edits):
        known = self.credentials
        wish = {
            "grantType": "client_credentials",
            "appId": known["app_id"],
            "appSecret": known["app_secret"],
            "sourceKey": known["source_key"],
        }
        url = f"{self.prefix}/openapi/oauth2/token"
        answer = self.box.served.http.post(url, json=wish | edits)
        self.token = answer.json().get("accessToken", "")
        return answer

    def call(self, method, path, body=None, query=None, **edits):
        if not self.token:
            assert self.authenticate().status_code == 200
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        date = edits.pop("date", "1654060801140")
        secret = self.credentials["app_secret"]
        headers = {
            "token": self.token,
            "date": date,
            "sign": sign(secret, date, method, path, content),
            "content-type": "application/json",
        } | edits
        url = self.prefix + path
        return self.box.served.http.request(
            method, url, content=content, params=query, headers=headers
        )

    def result(self, method, path, body=None, query=None):
        answer = self.call(method, path, body, query)
        told = answer.json()
        assert (answer.status_code, told["success"]) == (200, True), told
        return told.get("result")

    def get(self, path, **query):
        return self.result("GET", path, query=query)

    def post(self, path, **body):
        return self.result("POST", path, body)

    def refused(self, method, path, body=None, **query):
        """Status and code."""
        answer = self.call(method, path, body, query)
        told = answer.json()
        assert told["success"] is False, told
        assert told["msg"]
        return answer.status_code, told["code"]

    def create(self, **more):
        return self.post("/v1/order/package/create", **(ORDER | more))

    def waybill(self, **more):
        return self.create(**more)["waybill_number"]

    def track(self, number):
        (row,) = self.get("/v1/track-service/info/get", order_number=number)
        return row

    def info(self, number):
        return self.get("/v1/order/info/get", order_number=number)


class Receiver(Pushed):
    """Listens for pushes, and checks their signatures."""

    acknowledgement = b"success"

    def __init__(self, key):
        super().__init__()
        self.key = key

    def is_genuine(self, headers, body):
        timestamp = headers["X-Openapi-Request-Timestamp"] or ""
        made = hashlib.sha256(f"{timestamp}{self.key}".encode() + body).hexdigest()
        return headers["X-Openapi-Signature"] == made

    @property
    def statuses(self):
        return [each["data"]["package_status"] for each in self.news]
