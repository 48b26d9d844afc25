"""AfterShip's webhooks: signed, in the console's manner, and again for almost three days."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from uuid import UUID

import pytest

from tests.mock_api.carriers.aftership import Client
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.seventeentrack import by_hand, follow, ordered
from tests.simulator.shippers import wish

UPS = "1Z999AA10123456784"
PAUSES = [30 * 2**nth for nth in range(13)]


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def console(box):
    """The address is set in AfterShip's console."""
    with listening() as pushed:
        box.control("PUT", "/carriers/aftership/webhook", {"url": pushed.url})
        yield pushed


def tags(pushed):
    return [each["msg"]["tag"] for each in pushed.news]


def test_a_journey_is_told_as_it_is_learnt_of(box, client, console):
    _, number = ordered(box)
    made = client.create(number, order_id="A-1")
    box.advance(by="14d")

    told = tags(console)
    assert (told[0], told[-1]) == ("InfoReceived", "Delivered")
    assert {each["event"] for each in console.news} == {"tracking_update"}
    last = console.news[-1]
    shown = client.get(made)
    assert (last["msg"]["order_id"], last["msg"]["checkpoints"]) == ("A-1", shown["checkpoints"])
    assert [each["ts"] for each in console.news] == sorted(each["ts"] for each in console.news)
    ids = {each["event_id"] for each in console.news}
    assert len(ids) == len(told)
    assert {UUID(each).version for each in ids} == {4}


def test_the_first_news_under_each_tag_say_so(box, client, console):
    _, number = ordered(box)
    client.create(number)
    box.advance(by="14d")
    firsts = [each["msg"]["tag"] for each in console.news if each["is_tracking_first_tag"]]
    assert firsts == list(dict.fromkeys(tags(console)))
    assert len(firsts) < len(console.news)


@pytest.mark.parametrize("secret", ["", "of the console's"])
def test_every_one_is_signed_over_its_body(box, client, secret):
    with listening() as pushed:
        wish = {"url": pushed.url} | ({"secret": secret} if secret else {})
        box.control("PUT", "/carriers/aftership/webhook", wish)
        _, number = ordered(box)
        client.create(number)
        box.advance(by="2d")

    key = (secret or client.credentials["webhook_secret"]).encode()
    assert pushed.heard
    for headers, body in pushed.heard:
        right = b64encode(hmac.new(key, body, sha256).digest()).decode()
        assert headers["aftership-hmac-sha256"] == right
        assert headers["as-webhook-version"] == "2026-07"
        assert headers["content-type"] == "application/json"


def test_who_does_not_answer_is_told_again_after_ever_longer_pauses(box, client, console):
    _, number = ordered(box)
    console.answers = [500, 302, 404]  # before there is anything to answer: it is told at once
    client.create(number)
    box.advance(by="10m")

    assert len({body for _, body in console.heard}) == 1
    (message,) = box.webhooks()
    times = [attempt["at"] for attempt in message["attempts"]]
    assert [later - at for at, later in pairwise(times)] == PAUSES[:3]
    assert (message["kind"], message["state"]) == ("aftership.tracking_update", "delivered")


def test_after_fourteen_attempts_it_gives_up(box, client):
    box.control("PUT", "/carriers/aftership/webhook", {"url": "http://127.0.0.1:9/"})
    _, number = ordered(box)
    client.create(number)
    box.advance(by="3d")
    first = box.webhooks()[0]
    assert (len(first["attempts"]), first["state"]) == (14, "dropped")
    times = [attempt["at"] for attempt in first["attempts"]]
    assert times[-1] - times[0] == sum(PAUSES) == 245_730


def test_any_answer_from_200_to_299_will_do(box, client, console):
    _, number = ordered(box)
    console.answers = [202, 204]
    client.create(number)
    box.advance(by="2d")
    assert {len(each["attempts"]) for each in box.webhooks()} == {1}


def test_troubles_and_ends_are_told(box, client, console):
    _, number = ordered(box)
    client.create(number)
    follow(box, number, ["picked_up", "in_transit", "out_for_delivery", "delivery_attempted"])
    box.advance(by="5h")
    by_hand(box, "lose", number)
    box.advance(by="1d")
    assert "AttemptFail" in tags(console)
    assert console.news[-1]["msg"]["subtag"] == "Exception_013"


def test_that_nothing_was_heard_is_told(box, client, console):
    client.create(UPS)
    assert console.heard == []
    box.advance(by="30d")
    assert tags(console) == ["Expired"]


def test_a_label_that_is_voided_is_told_and_does_not_expire(box, client, console):
    shippers = box.inside.world.shippers
    shipment = shippers.ship(wish())
    (parcel,) = shippers.parcels_of(shipment)
    made = client.create(parcel.tracking_number)
    box.advance(by="1h")
    shippers.void(shipment.id)
    box.advance(by="40d")

    assert [each["msg"]["subtag"] for each in console.news] == ["InfoReceived_001", "Exception_020"]
    assert [each["is_tracking_first_tag"] for each in console.news] == [True, True]
    seen = client.get(made)
    assert (seen["subtag"], seen["active"]) == ("Exception_020", False)
    assert seen["updated_at"] == seen["checkpoints"][-1]["created_at"]
    assert client.listed(updated_at_min="2030-01-07T00:30:00Z") == [made]
    assert client.listed(updated_at_min="2030-01-07T01:30:00Z") == []


def test_what_happens_after_it_was_completed_is_neither_shown_nor_told(box, client, console):
    made = client.create("SEATRIAL123", slug="ups")
    client.data("POST", f"/trackings/{made}/mark-as-completed", {"reason": "LOST"})
    order = box.released(shipping="seller")
    box.advance(by="1h")
    box.inside.world.sellers.mark_shipped(order, "ups", "SEATRIAL123")
    box.advance(by="14d")
    assert [each["source"] for each in client.get(made)["checkpoints"]] == ["user"]
    assert [each["msg"]["subtag"] for each in console.news] == ["Exception_013"]
    assert client.data("POST", f"/trackings/{made}/retrack")["tag"] == "Delivered"
    box.advance(by="1m")
    assert tags(console) == ["Exception", "Delivered"]


def test_two_accounts_hear_of_their_own_parcels_alone(open_box, box, client, console):
    """Their worlds are alike, numbers and all."""
    other = open_box()
    _, number = ordered(box)
    _, theirs = ordered(other)
    assert number == theirs
    made = Client(other).create(theirs)
    other.advance(by="14d")
    box.advance(by="14d")
    assert console.heard == []
    assert client.refused("GET", f"/trackings/{made}") == (404, 4004, "BadRequest")
    stranger = client.call("GET", "/trackings", key=Client(other).credentials["api_key"])
    assert [each["id"] for each in stranger.json()["data"]["trackings"]] == [made]


def test_after_a_reset_nothing_is_followed(box, client, console):
    _, number = ordered(box)
    made = client.create(number)
    box.control("POST", "/reset")
    ordered(box)
    box.advance(by="14d")
    assert client.listed() == []
    assert client.refused("GET", f"/trackings/{made}") == (404, 4004, "BadRequest")
    assert tags(console) in ([], ["InfoReceived"])  # what was on its way may have arrived


def test_completion_is_told_and_deletion_is_not(box, client, console):
    _, number = ordered(box)
    made = client.create(number)
    client.data("POST", f"/trackings/{made}/mark-as-completed", {"reason": "DELIVERED"})
    other = client.create(UPS)
    client.data("DELETE", f"/trackings/{other}")
    box.advance(by="14d")
    assert tags(console) == ["InfoReceived", "Delivered"]


def test_one_that_is_followed_late_is_told_once_and_whole(box, client, console):
    _, number = ordered(box)
    box.advance(by="14d")
    client.create(number)
    box.advance(by="1m")
    assert tags(console) == ["Delivered"]
    assert len(console.news[0]["msg"]["checkpoints"]) > 5


def test_another_courier_s_news_are_not_told(box, client, console):
    _, number = ordered(box)
    client.create(number, slug="usps")
    box.advance(by="14d")
    assert console.heard == []


def test_a_webhook_whose_signature_is_spoilt_on_purpose_is_as_long_as_a_right_one(
    box, client, console
):
    wish = {"what": "webhook_wrong_signature", "operation": "aftership.tracking_update"}
    box.control("POST", "/faults", wish)
    _, number = ordered(box)
    client.create(number)
    box.advance(by="1m")
    ((headers, body), *_) = console.heard
    assert set(headers["aftership-hmac-sha256"]) == {"0"}
    assert len(headers["aftership-hmac-sha256"]) == 44
    assert json.loads(body)
