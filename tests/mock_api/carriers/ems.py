"""What the tests of EMS's API share: a client that wraps its messages as EMS's page has it, with
the cipher of the standard written out, so that ours is not checked by itself."""

import json
from base64 import b64decode, b64encode

SHENZHEN = {
    "name": "Shenzhen Lights",
    "postCode": "518057",
    "mobile": "13800000166",
    "prov": "广东省",
    "city": "Shenzhen",
    "county": "南山区",
    "address": "88 Keji Road",
}
LONDON = {
    "name": "Ann Example",
    "postCode": "NW1 6XE",
    "phone": "02079460166",
    "nation": "GB",
    "prov": "",
    "city": "London",
    "address": "1 Example Street",
}
PATH = "/amp-prod-api/f/amp/api"

# GB/T 32907-2016, as published: the S-box, and the constants that whiten the key.
SBOX = bytes.fromhex(
    "d690e9fecce13db716b614c228fb2c052b679a762abe04c3aa441326498606999c4250f491ef987a33540b43edcfac62"
    "e4b31ca9c908e89580df94fa758f3fa64707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35"
    "1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89eeabf8ad240c738b5a3f7f2cef96115a1"
    "e0ae5da49b341a55ad933230f58cb1e31df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51"
    "8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b08969974a0c96777e65b9f109c56ec684"
    "18f07dec3adc4d2079ee5f3ed7cb3948"
)
FAMILY = (0xA3B1BAC6, 0x56AA3350, 0x677D9197, 0xB27022DC)


def _turned(word, by):
    return (word << by | word >> (32 - by)) & 0xFFFFFFFF


def _substituted(word):
    return int.from_bytes(bytes(SBOX[each] for each in word.to_bytes(4, "big")), "big")


def _round_keys(key):
    words = [int.from_bytes(key[at : at + 4], "big") ^ FAMILY[at // 4] for at in range(0, 16, 4)]
    for nth in range(32):
        constant = int.from_bytes(bytes((4 * nth + at) * 7 % 256 for at in range(4)), "big")
        mixed = _substituted(words[-3] ^ words[-2] ^ words[-1] ^ constant)
        words.append(words[-4] ^ mixed ^ _turned(mixed, 13) ^ _turned(mixed, 23))
    return words[4:]


def sm4_block(block, key):
    """One block, encrypted."""
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 16, 4)]
    for round_key in _round_keys(key):
        mixed = _substituted(words[-3] ^ words[-2] ^ words[-1] ^ round_key)
        for by in (2, 10, 18, 24):
            mixed ^= _turned(_substituted(words[-3] ^ words[-2] ^ words[-1] ^ round_key), by)
        words.append(words[-4] ^ mixed)
    return b"".join(word.to_bytes(4, "big") for word in reversed(words[-4:]))


def wrapped(text, sign_key):
    """``|$4|`` and base64 of text and key, encrypted with the key's sixteen bytes."""
    plain = (text + sign_key).encode()
    left = 16 - len(plain) % 16
    padded = plain + bytes([left]) * left
    key = b64decode(sign_key)
    blocks = (sm4_block(padded[at : at + 16], key) for at in range(0, len(padded), 16))
    return "|$4|" + b64encode(b"".join(blocks)).decode()


class Ems:
    def __init__(self, box, prefix="", environment="open"):
        self.box = box
        self.url = f"{prefix}{PATH}/{environment}"
        self.http = box.served.http
        self.told = box.told["carriers"]["ems"]
        self.placed = 0

    def call(self, code, message, **edits):
        text = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
        form = {
            "apiCode": code,
            "senderNo": self.told["sender_no"],
            "authorization": self.told["authorization"],
            "msgType": "0",
            "timeStamp": "2030-01-07 08:00:00",
            "version": "V1.0.0",
            "logitcsInterface": wrapped(text, self.told["sign_key"]),
        } | edits
        return self.http.post(self.url, data=form)

    def envelope(self, code, message, **edits):
        answer = self.call(code, message, **edits)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def body(self, code, message):
        """What a call that succeeds brings: JSON as text."""
        told = self.envelope(code, message)
        assert (told["retCode"], told["success"]) == ("00000", True), told
        assert len(told["serialNo"]) == 32
        return json.loads(told["retBody"])

    def refused(self, code, message, **edits):
        """Why."""
        told = self.envelope(code, message, **edits)
        assert (told["retCode"], told["success"]) == ("S00001", False), told
        return told["retMsg"]

    # Orders.

    def order(self, **edits):
        self.placed += 1
        return {
            "createdTime": "2030-01-07 08:00:00",
            "logisticsOrderNo": f"ORDER-{self.placed}",
            "bizProductNo": "1",
            "weight": "500",
            "length": "20.00",
            "width": "15.00",
            "height": "10.00",
            "contentsAttribute": "3",
            "pickupType": "1",
            "sender": SHENZHEN,
            "receiver": LONDON,
            "cargos": [{"cargoName": "lamp", "cargoQuantity": "1"}],
        } | edits

    def abroad(self, **edits):
        """In the older platform's words."""
        self.placed += 1
        snake = {"postCode": "post_code", "prov": "province"}
        sender, receiver = (
            {snake.get(name, name): value for name, value in party.items()}
            for party in (SHENZHEN | {"nation": "CN"}, LONDON)
        )
        return {
            "sender_no": self.told["sender_no"],
            "logistics_order_no": f"ORDER-{self.placed}",
            "biz_product_no": "007",
            "weight": 500,
            "volume": None,
            "contents_total_value": 19.5,
            "declare_curr_code": "USD",
            "sender": sender,
            "receiver": receiver,
            "items": [{"cargo_name": "灯", "cargo_name_en": "lamp"}],
        } | edits

    def place(self, **edits):
        return self.body("020003", [self.order(**edits)])["waybillNo"]

    def place_abroad(self, **edits):
        return self.body("110001", self.abroad(**edits))["waybillNo"]

    def traces(self, number, **more):
        return self.body("040001", {"waybillNo": number} | more)["responseItems"]

    def codes(self, number):
        return [each["opCode"] for each in self.traces(number)]
