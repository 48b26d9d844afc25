"""What the tests of China Post's API share: a client that signs as public integrations do."""

from json import dumps
from xml.etree import ElementTree as ET

from tests.mock_api.carriers.signing import digest

SHENZHEN = {
    "name": "Shenzhen Lights",
    "company": "",
    "post_code": "518057",
    "phone": "",
    "mobile": "13800000166",
    "nation": "CN",
    "province": "Guangdong",
    "city": "Shenzhen",
    "county": None,
    "address": "88 Keji Road",
    "linker": "Li Wei",
}
LONDON = {
    "name": "Ann Example",
    "post_code": "NW1 6XE",
    "phone": "02079460166",
    "nation": "GB",
    "province": "London",
    "city": "London",
    "address": "1 Example Street",
}
ERP = "/pcpErp-web/a/pcp"


class ChinaPost:
    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.http = box.served.http
        self.told = box.told["carriers"]["chinapost"]
        self.company = self.told["ec_company_id"]
        self.placed = 0

    def sign(self, text):
        return digest(text, self.told["key"])

    def post(self, path, form):
        return self.http.post(f"{self.prefix}{ERP}{path}", data=form)

    # Orders.

    def order(self, **edits):
        self.placed += 1
        return {
            "created_time": "2030-01-07 08:00:00",
            "sender_no": self.company,
            "mailType": "SEATRIAL",
            "wh_code": "51810302",
            "logistics_order_no": f"ORDER-{self.placed}",
            "batch_no": "",
            "biz_product_no": "001",
            "weight": 300,
            "volume": None,
            "length": 20,
            "width": 15,
            "height": 10,
            "contents_total_value": 19.5,
            "declare_curr_code": "USD",
            "sender": SHENZHEN,
            "receiver": LONDON,
            "items": [{"cargo_name": "灯", "cargo_name_en": "lamp", "cargo_quantity": 1}],
        } | edits

    def send(self, content, data_type="JSON", **edits):
        form = {
            "logistics_interface": content,
            "data_digest": self.sign(content),
            "msg_type": "B2C_TRADE",
            "ecCompanyId": self.company,
            "data_type": data_type,
        } | edits
        return self.post("/orderService/OrderReceiveBack", form)

    def place(self, **edits):
        answer = self.send(dumps(self.order(**edits), ensure_ascii=False))
        told = answer.json()
        assert told["success"] == "true", told
        return told["waybillNo"]

    def refused(self, content, data_type="JSON", **edits):
        """The reason."""
        told = self.send(content, data_type, **edits).json()
        assert told["success"] == "false"
        assert told["msg"]
        return told["reason"]

    # The rest.

    def label(self, numbers, version="2.0", **edits):
        form = {
            "barCode": numbers,
            "ecCompanyId": self.company,
            "dataDigest": self.sign(numbers),
            "version": version,
            "pageType": "RM",
        }
        return self.post("/surface/download", form | edits)

    def cancel(self, number, **edits):
        form = {"waybillNo": number, "senderNo": self.company, "digest": self.sign(number)}
        return self.post("/orderService/cancelOrder", form | edits).json()

    def fees(self, numbers, **edits):
        form = {
            "waybillNos": numbers,
            "dataDigest": self.sign(numbers),
            "ecCompanyId": self.company,
        }
        return self.post("/orderFeeService/getOrderFee", form | edits).json()

    def track(self, number, language="cn", token=None):
        headers = {
            "version": "international_eub_us_1.1",
            "authenticate": token or self.told["authenticate"],
        }
        path = f"{self.prefix}/partner/api/public/p/track/query/{language}/{number}"
        return self.http.get(path, headers=headers)

    def traces(self, number, language="cn"):
        """Newest first."""
        root = ET.fromstring(self.track(number, language).content)  # noqa: S314 - ours
        return [{child.tag: child.text for child in trace} for trace in root.findall("trace")]

    def remarks(self, number, language="cn"):
        """Oldest first."""
        return [each["remark"] for each in reversed(self.traces(number, language))]
