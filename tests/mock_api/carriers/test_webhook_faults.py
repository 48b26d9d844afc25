"""Planned faults of carriers' webhooks: each does to theirs what it does to the platform's, and
spares whoever is not meant."""

from contextlib import contextmanager

import pytest

from mock_api.kernel.faults import Faults, Plan, What
from mock_api.kernel.messages import Manner
from mock_api.kernel.outbox import Outbox
from simulator.clock import EPOCH
from simulator.streams import Streams
from tests.mock_api.carriers.jt import Jt, Receiver
from tests.mock_api.carriers.pushed import Pushed, listening
from tests.mock_api.carriers.ups import Ups


class Credential(Pushed):
    """UPS signs nothing: it says what the subscriber told it to."""

    def is_genuine(self, headers, _):
        return headers["credential"] == "open sesame"


@contextmanager
def ups(box):
    client = Ups(box)
    number = client.shipped()
    with listening(Credential()) as pushed:
        client.subscribe(pushed.url, number)
        yield pushed, number


@contextmanager
def jt(box):
    client = Jt(box)
    number = client.placed_number()
    with listening(Receiver(client.told)) as pushed:
        client.subscribe(pushed.url, number)
        yield pushed, number


@pytest.fixture(params=[ups, jt])
def heard(request, open_box):
    """What is heard of one parcel on its way, and how much of it was forged; with that planned. The
    same world each time."""

    def hear(wish=None):
        box = open_box(seed=3)
        with request.param(box) as (pushed, number):
            if wish:
                box.control("POST", "/faults", wish | {"dialect": request.param.__name__})
            box.advance(by="10d")
            fired = [each["fired"] for each in box.control("GET", "/faults")["faults"]]
            assert {each["order_id"] for each in box.webhooks()} == {number}
        states = [state_of(pushed, body) for _, body in pushed.heard]
        return states, pushed.forged, fired

    def state_of(pushed, body):
        told = pushed.read(body)
        return told["activityStatus"]["code"] if "activityStatus" in told else str(told)

    return hear


def test_each_does_to_a_carriers_webhooks_what_it_says(heard):
    usual, forged, _ = heard()
    assert len(usual) >= 4
    assert forged == 0
    first, second, *others = usual

    assert heard({"what": "webhook_lost", "times": 1}) == (usual[1:], 0, [1])
    assert heard({"what": "webhook_doubled", "nth": 1}) == ([first, *usual], 0, [1])
    assert heard({"what": "webhook_reordered", "nth": 1}) == ([second, first, *others], 0, [1])

    late, forged, fired = heard({"what": "webhook_delayed", "by": "9d", "nth": 1})
    assert (late, forged, fired) == ([*usual[1:], first], 0, [1])

    told, forged, fired = heard({"what": "webhook_wrong_signature", "nth": 1})
    assert (told[-1], fired) == (usual[-1], [1])
    assert forged >= 1  # who refuses it may get it again


def test_another_dialects_webhooks_are_spared(open_box, listener):
    box = open_box(seed=3)
    box.subscribe(listener.url)
    with ups(box) as (pushed, _):
        box.control("POST", "/faults", {"what": "webhook_lost", "dialect": "seller_center"})
        box.control("POST", "/faults", {"what": "webhook_lost", "dialect": "jt"})
        box.place_one(behaviour="prompt")
        box.advance(by="10d")
        assert listener.heard == []
        assert pushed.heard != []
    lost, never = box.control("GET", "/faults")["faults"]
    assert lost["fired"] > 0
    assert (never["met"], never["fired"]) == (0, 0)


def test_a_carriers_webhook_is_meant_by_the_order_of_its_parcel(open_box):
    box = open_box(seed=3, pickups="on_call")
    order = box.released(shipping="seller")
    client = Ups(box)
    number = client.shipped()
    box.control("POST", f"/sellers/{order}/mark", {"carrier": "ups", "number": number})
    with listening(Credential()) as pushed:
        client.subscribe(pushed.url, number)
        box.control("POST", "/faults", {"what": "webhook_lost", "order_id": order, "nth": [1]})
        client.book("20300109")
        box.advance(by="10d")
        assert pushed.heard
    (fault,) = box.control("GET", "/faults")["faults"]
    assert (fault["fired"], fault["met"]) == (1, len(pushed.heard) + 1)


@pytest.mark.parametrize(("headers", "met"), [({}, 0), ({"Sign": "abc"}, 1)])
def test_what_nobody_signs_has_no_wrong_signature(headers, met):
    faults = Faults(Streams(1))
    fault = faults.plan(Plan(What.WEBHOOK_WRONG_SIGNATURE))
    outbox = Outbox(lambda: EPOCH, send=None, at_once=1, faults=faults)
    outbox.write("1", "ems.trace", "http://x", headers, b"", Manner(frozenset(), (), "sign"))
    (message,) = outbox.all.values()
    assert message.headers == {name: "0" * len(value) for name, value in headers.items()}
    assert (fault.met, fault.fired) == (met, met)
