"""What somebody does to a sandbox, part by part, and what must be as it was when the sandbox comes
back: told in two halves, with a crash or a journey between them."""

import json
from abc import ABC, abstractmethod
from base64 import b64encode

import httpx

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign
from tests.mock_api.carriers.pushed import Pushed
from tests.mock_api.carriers.tnt import Tnt, plain
from tests.mock_api.carriers.ups import Ups
from tests.mock_api.conftest import Box
from tests.mock_api.drawing import image

PNG = image(size=(30, 20))
PHOTO = b"\x89PNG\n\xff a photo of an open box"
PLAYED = "1ZCIETST0111111114"
CHATS = "/customer_service/202309"
CANCELLATIONS = "/return_refund/202309/cancellations"


class Eared(Box):
    """A sandbox with somebody who listens."""

    def __init__(self, served, told, ear: Pushed):
        super().__init__(served, told)
        self.ear = ear

    def at(self, served, told):
        """The same elsewhere, or another one."""
        return Eared(served, told, self.ear)

    def fork(self, **wish):
        return self.at(self.served, self.control("POST", "/fork", wish))


class Story(ABC):
    """One part. What ``before`` gives is told to ``after``, which sees it come true elsewhere."""

    @abstractmethod
    def before(self, box): ...

    @abstractmethod
    def after(self, box, was): ...


def easypost(box, method, path, body=None):
    key = box.told["carriers"]["easypost"]["api_key"]
    content = b"" if body is None else json.dumps(body)
    kind = {"content-type": "application/json"}
    how = {"content": content, "headers": kind, "auth": (key, "")}
    answer = box.served.http.request(method, f"/v2{path}", **how)
    assert answer.is_success, answer.text
    return answer.json()


def approved(box, cancel_id, key):
    path = f"{CANCELLATIONS}/{cancel_id}/approve"
    return box.refused("POST", path, query=[("idempotency_key", key)])[1]


def heard_at(ear, place):
    return [each for (headers, _), each in zip(ear.heard, ear.news, strict=True) if place(headers)]


class Subscriptions(Story):
    """Of carriers: those that were changed in place, too. A number is given once."""

    def before(self, box):
        hook = {"url": box.ear.url, "webhook_secret": "old"}
        kept = easypost(box, "POST", "/webhooks", {"webhook": hook})
        mine = {"custom_headers": [{"name": "x-mine", "value": box.id}]}
        easypost(box, "PATCH", f"/webhooks/{kept['id']}", {"webhook": mine})
        gone = easypost(box, "POST", "/webhooks", {"webhook": hook})
        easypost(box, "DELETE", f"/webhooks/{gone['id']}")
        box.control(
            "PUT", "/carriers/aftership/webhook", {"url": box.ear.url, "topics": ["a", "b"]}
        )
        return gone["id"], box.id, self.seen(box)

    def after(self, box, was):
        gone, name, seen = was
        assert self.seen(box) == seen
        mine = lambda headers: headers.get("x-mine") == name  # noqa: E731 - said once
        heard = len(heard_at(box.ear, mine))
        easypost(box, "POST", "/trackers", {"tracker": {"tracking_code": "EZ1000000001"}})
        box.advance(by="1s")
        assert len(heard_at(box.ear, mine)) == heard + 2
        hook = {"url": box.ear.url}
        assert easypost(box, "POST", "/webhooks", {"webhook": hook})["id"] != gone

    def seen(self, box):
        return (
            easypost(box, "GET", "/webhooks"),
            box.control("GET", "/carriers/aftership/webhook"),
        )


class Bearers(Story):
    """A token of a carrier's API, until it runs out."""

    def before(self, box):
        ups = Ups(box)
        ups.authenticate()
        return ups.token

    def after(self, box, was):
        ups = Ups(box)
        ups.token = was
        assert ups.rates()
        ups.token = was + "x"
        assert ups.call("POST", "/api/rating/v2409/Shop", ups.rate_body()).status_code == 401


class Answers(Story):
    """An idempotency key gives what it gave; TNT's access key opens what it opened."""

    def before(self, box):
        order_id = box.released()
        box.control("POST", f"/buyers/{order_id}/cancel")
        found = box.data("POST", f"{CANCELLATIONS}/search", {"order_ids": [order_id]})
        cancel_id = found["cancellations"][0]["cancel_id"]
        assert approved(box, cancel_id, "once") == 0
        tnt = Tnt(box)
        key = tnt.key(tnt.batch())
        return cancel_id, key, plain(tnt.result(key)), box.mark()

    def after(self, box, was):
        cancel_id, key, result, mark = was
        assert approved(box, cancel_id, "once") == 0
        assert approved(box, cancel_id, "twice") == 25011012
        assert plain(Tnt(box).result(key)) == result
        assert box.mark() == mark, "nothing was done twice"


class Pictures(Story):
    """A picture of a chat is served, and may be sent; evidence can be read again."""

    def before(self, box, picture=PNG):
        files = {"data": ("a.png", picture, "image/png")}
        request = httpx.Request("POST", box.served.base, files=files)
        kind = {"content-type": request.headers["content-type"]}
        path = f"{CHATS}/images/upload"
        told = box.data("POST", path, request.read(), headers=kind, sign=self.signed(box, path))
        order_id = box.released()
        chat = box.control("POST", f"/chats/{order_id}/message", {"text": "Hello?"})
        (created,) = box.journal(kind="ParcelCreated", order_id=order_id)
        body = {
            "name": "box.png",
            "media_type": "image/png",
            "content": b64encode(PHOTO).decode(),
        }
        parcel = f"/desk/v1/parcels/{created['parcel_id']}/evidence"
        token = {"x-tts-access-token": box.token}
        document = box.served.http.post(parcel, json=body, headers=token).json()
        return told["url"], chat["conversation_id"], f"{parcel}/{document['id']}"

    def after(self, box, was):
        url, conversation_id, evidence = was
        served = box.served.http.get(httpx.URL(url).path)
        assert (served.content, served.headers["content-type"]) == (PNG, "image/png")
        said = {"url": url, "width": 30, "height": 20}
        message = {"type": "IMAGE", "content": json.dumps(said)}
        box.data("POST", f"{CHATS}/conversations/{conversation_id}/messages", message)
        photo = box.served.http.get(evidence, headers={"x-tts-access-token": box.token})
        assert photo.content == PHOTO

    def signed(self, box, path):
        """A form's body is not signed."""
        pairs = [("app_key", box.app_key), ("shop_cipher", box.cipher)]
        return sign(path, [*pairs, ("timestamp", str(wall_seconds()))], b"", box.secret)


class Chats(Story):
    """Settings, and how many requests the day has had."""

    def before(self, box):
        box.control("PATCH", "/chat-settings", {"requests_a_day": 2, "pushes_own": False})
        assert self.asked(box) == 0

    def after(self, box, _was):
        settings = box.control("PATCH", "/chat-settings", {})
        assert (settings["requests_a_day"], settings["pushes_own"]) == (2, False)
        assert [self.asked(box), self.asked(box)] == [0, 45101004]

    def asked(self, box):
        query = [("page_size", "1")]
        return box.refused("GET", f"{CHATS}/conversations", query=query)[1]


class Faults(Story):
    """A planned fault goes on counting; a number is given once."""

    PATH = "/order/202309/orders"

    def before(self, box):
        gone = box.control("POST", "/faults", {"what": "latency", "ms": 1})["id"]
        box.ask("DELETE", f"/faults/{gone}")
        box.control("POST", "/faults", {"what": "overloaded", "after": 1, "times": 2})
        calls = [self.call(box) for _ in range(2)]
        assert calls == [200, 503]
        return box.control("GET", "/faults")

    def after(self, box, was):
        assert box.control("GET", "/faults") == was
        assert [self.call(box) for _ in range(2)] == [503, 200]
        counted = box.control("GET", "/faults")["faults"][0]
        assert (counted["met"], counted["fired"]) == (3, 2)
        assert box.control("POST", "/faults", {"what": "overloaded"})["id"] == "fault-3"

    def call(self, box):
        return box.call("GET", self.PATH, query=[("ids", "1")]).status_code


class Events(Story):
    """EasyPost's events, to whom they were pushed, and what was made beforehand."""

    def before(self, box):
        easypost(box, "POST", "/webhooks", {"webhook": {"url": box.ear.url}})
        wish = {"tracking_code": "1Z999AA10123456784", "carrier": "UPS"}
        easypost(box, "POST", "/trackers", {"tracker": {"tracking_code": "EZ4000000004"}})
        gone = easypost(box, "POST", "/trackers", {"tracker": wish})
        box.advance(by="1s")
        easypost(box, "DELETE", f"/trackers/{gone['id']}")
        parcel = easypost(box, "POST", "/parcels", {"parcel": {"weight": 40}})
        return self.seen(box, parcel["id"])

    def after(self, box, was):
        parcel, *events = was
        assert self.seen(box, parcel["id"]) == was
        other = easypost(box, "POST", "/parcels", {"parcel": {"weight": 41}})
        assert other["id"] != parcel["id"]
        easypost(box, "POST", "/trackers", {"tracker": {"tracking_code": "EZ2000000002"}})
        ids = [each["id"] for each in easypost(box, "GET", "/events")["events"]]
        assert len(set(ids)) == len(events[0]["events"]) + 2
        assert ids[2:] == [each["id"] for each in events[0]["events"]]

    def seen(self, box, parcel_id):
        listed = easypost(box, "GET", "/events")
        ids = [each["id"] for each in listed["events"]]
        whole = [easypost(box, "GET", f"/events/{each}") for each in ids]
        for each in (*listed["events"], *whole):
            del each["user_id"]  # who the sandbox is
        payloads = [easypost(box, "GET", f"/events/{each}/payloads") for each in ids]
        assert any(each["payloads"] for each in payloads)
        return easypost(box, "GET", f"/parcels/{parcel_id}"), listed, whole, payloads


class Plays(Story):
    """A test number's events, of which some are still to come."""

    def before(self, box):
        ups = Ups(box)
        there = {"url": box.ear.url, "credentialType": "Bearer", "credential": box.id}
        answer = ups.subscribe(box.ear.url, PLAYED, destination=there)
        assert answer.json() == {"validTrackingNumbers": [PLAYED]}, answer.text
        box.advance(by="2s")
        assert self.told(box, box.id) == ["MP", "OR"]
        return box.id

    def after(self, box, was):
        before = len(self.told(box, was))
        box.advance(by="1m")
        assert self.told(box, was)[before:] == ["DP", "AR", "OT", "FS"]

    def told(self, box, credential):
        mine = heard_at(box.ear, lambda headers: headers.get("credential") == credential)
        return [each["activityStatus"]["code"] for each in mine]


class Notifications(Story):
    """News has a number that was never given before."""

    def before(self, box):
        box.subscribe(f"{box.ear.url}?{box.id}")
        box.place_one()
        box.advance(by="1s")
        return self.ids(box)

    def after(self, box, was):
        assert self.ids(box) == was
        box.place_one()
        box.advance(by="1s")
        ids = self.ids(box)
        assert ids[: len(was)] == was
        assert ids == list(range(ids[0], ids[0] + len(ids)))
        assert len(ids) > len(was)

    def ids(self, box):
        return [int(json.loads(each["body"])["tts_notification_id"]) for each in box.webhooks()]


class Agreements(Story):
    """How much of its traffic a sandbox remembers."""

    def before(self, box):
        box.control("PATCH", "/exchanges", {"keep": 7})

    def after(self, box, _was):
        assert box.control("GET", "")["exchanges"] == {"keep": 7, "spill": False}


STORIES = [each() for each in Story.__subclasses__()]
