"""Shippo's webhooks: kept by its webhooks API, told of what is followed, signed only on request."""

import hmac
from hashlib import sha256

import pytest
from shippo import utils
from shippo.models.components import (
    WebhookEventTypeEnum,
    WebhookPayloadTrack,
    WebhookUpdateRequest,
)

from mock_api.settings import Limits, ServerSettings
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.seventeentrack import ordered
from tests.mock_api.carriers.shippo_desk import Client, raised

UPS = "1Z999AA10123456784"
URL = "https://example.com/shippo"
TRACKS = WebhookEventTypeEnum.TRACK_UPDATED


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def stock(client):
    return client.stock()


@pytest.fixture
def receiver():
    with listening() as pushed:
        yield pushed


def statuses(pushed):
    return [each["data"]["tracking_status"]["status"] for each in pushed.news]


# Keeping them.


def test_a_webhook_is_made_looked_at_changed_and_deleted(stock):
    made = stock.webhooks.create_webhook(WebhookUpdateRequest(event=TRACKS, url=URL))
    assert (made.event, made.url, made.active, made.is_test) == (TRACKS.value, URL, True, False)
    assert made.object_created
    assert stock.webhooks.get_webhook(made.object_id) == made
    assert stock.webhooks.list_webhooks().results == [made]

    wish = WebhookUpdateRequest(
        event=WebhookEventTypeEnum.ALL, url=f"{URL}2", active=False, is_test=True
    )
    changed = stock.webhooks.update_webhook(made.object_id, wish)
    assert (changed.event, changed.url, changed.active, changed.is_test) == (
        "all",
        f"{URL}2",
        False,
        True,
    )
    stock.webhooks.delete_webhook(made.object_id)
    assert stock.webhooks.list_webhooks().results == []
    for call in (
        lambda: stock.webhooks.get_webhook(made.object_id),
        lambda: stock.webhooks.update_webhook(made.object_id, wish),
        lambda: stock.webhooks.delete_webhook(made.object_id),
    ):
        with raised(404):
            call()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"event": "track_updated"}, "url"),
        ({"url": URL}, "event"),
        ({"url": URL, "event": "tracked"}, "event"),
        ({"url": "nowhere", "event": "all"}, "url"),
        ({"url": f"{URL}/{'x' * 200}", "event": "all"}, "url"),
        ({"url": URL, "event": "all", "active": "perhaps"}, "active"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused_by_field(client, body, field):
    status, told = client.refused("POST", "/webhooks", body)
    assert (status, list(told)) == (400, [field])
    made = client.listen(URL)["object_id"]
    status, told = client.refused("PUT", f"/webhooks/{made}", body)
    assert (status, list(told)) == (400, [field])


def test_an_account_has_so_many(running_server):
    with running_server(ServerSettings(limits=Limits(hooks=1))) as served:
        client = Client(served.open())
        client.listen(URL)
        status, told = client.refused("POST", "/webhooks", {"url": URL, "event": "all"})
        assert (status, list(told)) == (400, ["url"])


# What they hear.


def test_a_journey_is_told_as_it_is_learnt_of(box, client, receiver):
    client.listen(receiver.url)
    _, number = ordered(box)
    client.follow(number, metadata="Order 1")
    box.advance(by="14d")

    told = statuses(receiver)
    assert (told[0], told[-1]) == ("PRE_TRANSIT", "DELIVERED")
    headers, body = receiver.heard[-1]
    payload = utils.unmarshal_json(body.decode(), WebhookPayloadTrack)
    assert (payload.event, payload.test, payload.data.metadata) == (TRACKS, False, "Order 1")
    assert receiver.news[-1]["data"] == client.track(number)
    assert headers["shippo-api-version"]
    assert headers["shippo-auth-signature"] is None


def test_who_follows_a_number_twice_is_told_everything_twice(box, client, receiver):
    client.listen(receiver.url)
    _, number = ordered(box)
    client.follow(number)
    client.follow(number)
    box.advance(by="14d")
    assert statuses(receiver).count("DELIVERED") == 2


def test_only_active_webhooks_for_tracks_hear(box, client, receiver):
    client.listen(f"{receiver.url}/all", event="all")
    client.listen(f"{receiver.url}/batches", event="batch_created")
    client.listen(f"{receiver.url}/off", active=False)
    _, number = ordered(box)
    client.follow(number)
    box.advance(by="1d")
    assert {each["url"] for each in box.webhooks()} == {f"{receiver.url}/all"}


def test_tests_are_told_to_webhooks_for_tests_alone(box, client, receiver):
    client.listen(f"{receiver.url}/tests", is_test=True)
    client.listen(f"{receiver.url}/earnest")
    _, number = ordered(box)
    test = client.stock(client.credentials["test_token"])
    test.tracking_status.create("ups", number)
    client.follow(UPS)
    box.advance(by="1d")
    assert {each["url"] for each in box.webhooks()} == {f"{receiver.url}/tests"}
    assert {each["test"] for each in receiver.news} == {True}


def test_whoever_follows_a_test_number_is_told_of_it(box, client, receiver):
    client.listen(receiver.url, is_test=True)
    client.follow("SHIPPO_DELIVERED", "shippo")
    box.advance(by="1m")
    assert statuses(receiver) == ["DELIVERED"]
    assert receiver.news[0]["data"]["carrier"] == "shippo"


def test_another_carrier_s_news_are_not_told(box, client, receiver):
    client.listen(receiver.url)
    _, number = ordered(box)
    client.follow(number, "fedex")
    box.advance(by="14d")
    assert receiver.heard == []


def test_two_accounts_have_their_own_webhooks_and_news(open_box, box, client, receiver):
    """Their worlds are alike, numbers and all."""
    other = Client(open_box())
    made = client.listen(receiver.url)["object_id"]
    assert other.refused("GET", f"/webhooks/{made}") == (404, {"detail": "Not found."})
    _, number = ordered(other.box)
    ordered(box)
    other.follow(number)
    other.box.advance(by="14d")
    box.advance(by="14d")
    assert receiver.heard == []


def test_who_does_not_answer_is_told_twice_more(box, client, receiver):
    client.listen(receiver.url)
    _, number = ordered(box)
    receiver.answers = [500, 429]  # before there is anything to answer: it is told at once
    client.follow(number)
    box.advance(by="1m")
    (message,) = box.webhooks()
    assert (message["state"], len(message["attempts"])) == ("delivered", 3)

    client.box.control("POST", "/reset")
    client.listen("http://127.0.0.1:9/")
    _, number = ordered(box)
    client.follow(number)
    box.advance(by="1m")
    (message,) = box.webhooks()
    assert (message["state"], len(message["attempts"])) == ("dropped", 3)


def test_what_the_console_sets_with_a_secret_is_signed(box, client, receiver):
    wish = {"url": receiver.url, "secret": "s3", "topics": ["track_updated"]}
    box.control("PUT", "/carriers/shippo/webhook", wish)
    _, number = ordered(box)
    client.follow(number)
    box.advance(by="1m")

    headers, body = receiver.heard[0]
    at, signed = (part.partition("=")[2] for part in headers["shippo-auth-signature"].split(","))
    assert signed == hmac.new(b"s3", f"{at}.".encode() + body, sha256).hexdigest()
    (shown,) = client.data("GET", "/webhooks")["results"]
    assert (shown["event"], shown["url"]) == ("track_updated", receiver.url)
