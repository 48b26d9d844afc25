"""What the tests of 4PX's API share: a client written from the published rules."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

SENDER = {
    "first_name": "Wu",
    "last_name": "Rao",
    "phone": "13000000000",
    "post_code": "518000",
    "country": "CN",
    "state": "GuangDong",
    "city": "Shenzhen",
    "street": "caifugang 4PX 25-26",
}
RECIPIENT = {
    "first_name": "zhang san",
    "phone": "1234567890",
    "post_code": "13021",
    "country": "US",
    "state": "NY",
    "city": "Auburn",
    "street": "str 123",
    "house_number": "",
}
ORDER = {
    "ref_no": "TEST-1234567",
    "business_type": "BDS",
    "duty_type": "P",
    "logistics_service_info": {"logistics_product_code": "4PX-STD"},
    "parcel_list": [
        {
            "weight": 169,
            "parcel_value": 9,
            "currency": "USD",
            "include_battery": "N",
            "declare_product_info": [
                {"declare_product_name_en": "bowl", "declare_product_code_qty": "1"}
            ],
        }
    ],
    "sender": SENDER,
    "recipient_info": RECIPIENT,
    "deliver_type_info": {"deliver_type": "1"},
}


def sign(parameters, body, secret):
    """Sorted by name, without = and &, then the body and the secret: as the documentation says."""
    kept = [name for name in sorted(parameters) if name not in ("access_token", "language")]
    text = "".join(f"{name}{parameters[name]}" for name in kept)
    return hashlib.md5(f"{text}{body}{secret}".encode()).hexdigest()  # noqa: S324 - the carrier's choice


def millis(day, hour):
    """That local hour in China, so many days after the world's first (2030-01-07, a Monday)."""
    moment = datetime(2030, 1, 7, tzinfo=UTC) + timedelta(days=day, hours=hour - 8)
    return int(moment.timestamp()) * 1000


class Client:
    """One base URL, a key and its secret."""

    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.credentials = box.told["carriers"]["4px"]

    def call(self, method, body=None, **edits):
        text = json.dumps({} if body is None else body, ensure_ascii=False)
        signed = edits.pop("signed", text)
        parameters = {
            "method": method,
            "app_key": self.credentials["app_key"],
            "v": "1.1.0",
            "timestamp": "1532592413187",
            "format": "json",
        } | {name: value for name, value in edits.items() if name != "sign"}
        secret = self.credentials["app_secret"]
        parameters["sign"] = edits.get("sign", sign(parameters, signed, secret))
        return self.box.served.http.post(
            f"{self.prefix}/router/api/service",
            params=parameters,
            content=text.encode(),
            headers={"content-type": "application/json;charset=UTF-8"},
        )

    def data(self, method, **body):
        answer = self.call(method, body)
        told = answer.json()
        assert (answer.status_code, told["result"], told["errors"]) == (200, "1", None), told
        return told["data"]

    def refused(self, method, body=None, **edits):
        """The error's code."""
        answer = self.call(method, body, **edits)
        told = answer.json()
        assert (answer.status_code, told["result"]) == (200, "0"), told
        (error,) = told["errors"]
        assert error["error_msg"]
        return error["error_code"]

    def create(self, **more):
        return self.data("ds.xms.order.create", **(ORDER | more))

    def number(self, **more):
        return self.create(**more)["4px_tracking_no"]

    def order(self, number):
        (order,) = self.data("ds.xms.order.get", request_no=number)
        return order["consignment_info"]

    def status(self, number):
        return self.order(number)["consignment_status"]

    def track(self, number):
        return self.data("tr.order.tracking.get", deliveryOrderNo=number)

    def codes(self, number):
        """Oldest first."""
        events = self.track(number)["trackingList"]
        return [each["businessLinkCode"] for each in reversed(events)]


def delivered_by(how, **pick_up):
    info = {"pick_up_info": pick_up} if pick_up else {}
    return {"deliver_type_info": {"deliver_type": how} | info}
