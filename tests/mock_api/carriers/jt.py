"""What the tests of J&T's API share: a client that signs as its documentation says."""

import json
from hashlib import md5
from urllib.parse import parse_qs

from tests.mock_api.carriers.pushed import Pushed
from tests.mock_api.carriers.signing import digest

SHENZHEN = {
    "name": "深圳灯饰",
    "mobile": "13800000166",
    "phone": "",
    "countryCode": "CHN",
    "prov": "广东省",
    "city": "深圳市",
    "area": "南山区",
    "address": "科技路88号",
    "postCode": "518057",
}
LONDON = {
    "name": "Ann Example",
    "mobile": "02079460166",
    "countryCode": "GBR",
    "prov": "",
    "city": "London",
    "area": "Camden",
    "address": "1 Example Street",
    "postCode": "NW1 6XE",
}
BASE = "/webopenplatformapi/api"


def inner(customer, password, key, salt="jadada236t2"):
    """The digest within: the password's ciphertext is upper-case hexadecimal."""
    ciphertext = md5((password + salt).encode(), usedforsecurity=False).hexdigest().upper()
    return digest(customer + ciphertext, key)


class Jt:
    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.http = box.served.http
        self.told = box.told["carriers"]["jt"]
        self.placed = 0

    @property
    def customer(self):
        code, password = self.told["customer_code"], self.told["password"]
        return {"customerCode": code, "digest": inner(code, password, self.told["private_key"])}

    def call(self, path, biz, **edits):
        """*edits* of headers; ``None`` leaves one out."""
        text = biz if isinstance(biz, str) else json.dumps(biz, ensure_ascii=False)
        headers = {
            "apiAccount": self.told["api_account"],
            "digest": digest(text, self.told["private_key"]),
            "timestamp": "1893456000000",
        } | edits
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.http.post(
            f"{self.prefix}{BASE}/{path}", data={"bizContent": text}, headers=headers
        )

    def data(self, path, biz, **edits):
        answer = self.call(path, biz, **edits)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert (told["code"], told["msg"]) == ("1", "success"), told
        assert "null" not in answer.text
        return told["data"]

    def refused(self, path, biz, **edits):
        """J&T's code."""
        answer = self.call(path, biz, **edits)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["msg"]
        return told["code"]

    # Orders.

    def order(self, **edits):
        self.placed += 1
        return {
            **self.customer,
            "txlogisticId": f"ORDER-{self.placed}",
            "expressType": "EZ",
            "orderType": "2",
            "serviceType": "01",
            "deliveryType": "04",
            "payType": "PP_PM",
            "sender": SHENZHEN,
            "receiver": LONDON,
            "goodsType": "ITN1",
            "weight": "0.5",
            "length": 20,
            "width": 15,
            "height": 10,
            "totalQuantity": 1,
            "remark": None,
            "items": [{"itemName": "灯", "englishName": "lamp", "number": 2, "itemValue": "9.50"}],
            "operateType": 1,
        } | edits

    def place(self, **edits):
        return self.data("order/addOrder", self.order(**edits))

    def placed_number(self, **edits):
        return self.place(**edits)["billCode"]

    def orders(self, command, *numbers, **more):
        asked = {**self.customer, "command": command, "serialNumber": list(numbers)} | more
        return self.data("order/getOrders", asked)

    def cancellation(self, order_id, **edits):
        wish = {"txlogisticId": order_id, "orderType": "2", "reason": "changed my mind"}
        return {**self.customer, **wish} | edits

    # Traces.

    def trace(self, number):
        (found,) = self.data("logistics/trace", {"billCodes": number})
        assert found["billCode"] == number
        return found["details"]

    def codes(self, number):
        """Oldest first."""
        return [each["scanTypeCode"] for each in reversed(self.trace(number))]

    def subscribe(self, url, *numbers, nodes="1&3&4&5&10&11&14"):
        listed = [{"traceNode": nodes, "waybillCode": each, "backUrl": url} for each in numbers]
        biz = {"id": int(self.told["api_account"]), "list": listed}
        return self.call("trace/subscribe", biz)


class Receiver(Pushed):
    """Listens for pushes, checks their headers, and answers as J&T wants it."""

    acknowledgement = b'{"code":"1","msg":"success","data":"SUCCESS"}'

    def __init__(self, told):
        super().__init__()
        self.account, self.key = told["api_account"], told["private_key"]

    def is_genuine(self, headers, body):
        right = (self.account, digest(self._content(body), self.key))
        sent = (headers["apiAccount"], headers["digest"])
        return sent == right and len(headers["timestamp"] or "") == 13

    def read(self, body):
        return json.loads(self._content(body))

    @property
    def codes(self):
        return [news["details"][0]["scanTypeCode"] for news in self.news]

    @staticmethod
    def _content(body):
        (text,) = parse_qs(body.decode())["bizContent"]
        return text
