"""What the tests of 17TRACK's API share: a client as sellers write it, and a receiver that checks
signatures."""

import hashlib

from tests.mock_api.carriers.pushed import Pushed

UPS, FEDEX, DHL, TNT, CHINA_POST, CHINA_EMS, YUNEXPRESS, JT = (
    100002,
    100003,
    100001,
    100004,
    3011,
    3013,
    190008,
    100295,
)
KEYS = {
    "ups": UPS,
    "fedex": FEDEX,
    "dhl": DHL,
    "tnt": TNT,
    "epacket": CHINA_POST,
    "ems": CHINA_EMS,
    "yunexpress": YUNEXPRESS,
    "jt": JT,
    "4px": 190094,
    "cainiao": 190271,
}


class Client:
    """One constant for the address, one header for the key: there is no library to use."""

    def __init__(self, box, version="v2.2", prefix=""):
        self.box = box
        self.base = f"{prefix}/track/{version}"
        self.key = box.told["carriers"]["17track"]["key"]

    def post(self, operation, body=None, **headers):
        url = f"{self.base}/{operation}"
        return self.box.served.http.post(url, json=body, headers={"17token": self.key} | headers)

    def data(self, operation, body=None):
        answer = self.post(operation, body)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["code"] == 0, told
        return told["data"]

    def accepted(self, operation, number, **more):
        told = self.data(operation, [{"number": number} | more])
        assert told["rejected"] == [], told
        (one,) = told["accepted"]
        return one

    def rejected(self, operation, number, **more):
        """The code for one number that is refused."""
        told = self.data(operation, [{"number": number} | more])
        assert told["accepted"] == [], told
        (one,) = told["rejected"]
        assert one["number"] == number
        assert one["error"]["message"]
        return one["error"]["code"]

    def register(self, number, **more):
        return self.accepted("register", number, **more)

    def info(self, number, **more):
        return self.accepted("gettrackinfo", number, **more)["track_info"]

    def status(self, number, **more):
        return self.info(number, **more)["latest_status"]["sub_status"]

    def listed(self, **wish):
        return self.data("gettracklist", wish)["accepted"]

    def quota(self):
        return self.data("getquota")


def ordered(box, carrier="ups", **wishes):
    """An order that its seller ships with a label of that carrier's; order and number."""
    order = box.released(shipping="seller", **wishes)
    told = box.control("POST", f"/carriers/{carrier}/book", {"order_id": order})
    return order, told["tracking_number"]


def mark(box, order, number, provider):
    """The seller says the number to the platform."""
    body = {"tracking_number": number, "shipping_provider_id": provider}
    return box.data("POST", f"/fulfillment/202309/orders/{order}/packages", body)


def by_hand(box, event, number, carrier="ups", **more):
    """The carrier does something with the parcel."""
    wish = {"tracking_number": number} | more
    return box.control("POST", f"/carriers/{carrier}/{event}", wish)


def follow(box, number, scans, carrier="ups", pause=3600):
    """Its parcel goes that way, a scan an hour."""
    way = [{"at": box.now + pause * nth, "scan": scan} for nth, scan in enumerate(scans, start=1)]
    by_hand(box, "follow", number, carrier, way=way)


def milestones(info):
    """Those that were reached, with their time in UTC."""
    return {each["key_stage"]: each["time_utc"] for each in info["milestone"] if each["time_utc"]}


class Receiver(Pushed):
    """Listens for webhooks; checks what the documentation says is to be checked."""

    def __init__(self, key):
        super().__init__()
        self.key = key

    def is_genuine(self, headers, body):
        signed = hashlib.sha256(f"{body.decode()}/{self.key}".encode()).hexdigest()
        return headers["sign"] == signed

    def events(self, number=None):
        return [each["event"] for each in self.news if number in (None, each["data"]["number"])]

    def statuses(self):
        """Of those that tell one."""
        found = [each["data"].get("track_info") for each in self.news]
        return [info["latest_status"]["sub_status"] for info in found if info]
