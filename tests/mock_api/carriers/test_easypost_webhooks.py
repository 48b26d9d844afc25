"""EasyPost's webhooks: subscribed to, signed, retried; and who may call at all."""

import pytest
from easypost.errors import (
    ForbiddenError,
    InternalServerError,
    NotFoundError,
    RateLimitError,
    ServiceUnavailableError,
    SignatureVerificationError,
    UnauthorizedError,
)

from mock_api.carriers.easypost.events import MANNER
from mock_api.settings import Limits, ServerSettings
from simulator.carriers.numbers import NUMBERED
from simulator.clock import DAY
from tests.mock_api.carriers.easypost_desk import LONDON, SHENZHEN, Desk, Ear
from tests.mock_api.carriers.pushed import listening

SECRET = "sécret"


@pytest.fixture
def desk(open_box):
    return Desk(open_box())


@pytest.fixture
def ear():
    with listening(Ear()) as ear:
        yield ear


# Webhooks.


def test_a_webhook_is_made_shown_changed_and_deleted(desk, ear):
    hooks = desk.client.webhook
    made = hooks.create(url=ear.url, webhook_secret=SECRET)
    assert (type(made).__name__, made.url, made.disabled_at) == ("Webhook", ear.url, None)
    assert made.custom_headers == []
    assert SECRET not in str(made)
    assert hooks.retrieve(made.id) == made
    assert hooks.all().webhooks == [made]

    headers = [{"name": "X-Mine", "value": "yes"}]
    changed = hooks.update(made.id, webhook_secret="other", custom_headers=headers)
    assert (changed.id, changed.url) == (made.id, ear.url)
    assert changed.custom_headers[0].name == "X-Mine"
    desk.client.tracker.create(tracking_code="EZ1000000001")
    desk.box.advance(by=1)
    assert len(ear.validated("other")) == 2
    assert ear.heard[0][0]["X-Mine"] == "yes"

    hooks.delete(made.id)
    assert hooks.all().webhooks == []
    with pytest.raises(NotFoundError):
        hooks.delete(made.id)


def test_wished_headers_say_nothing_of_how_a_webhook_travels(desk, ear):
    wished = {
        "Host": "elsewhere.test",
        "content-length": "1",
        "Transfer-Encoding": "chunked",
        "Via": "1.0 me",
        "content-type": "text/x-mine",
    }
    headers = [{"name": name, "value": value} for name, value in wished.items()]
    desk.client.webhook.create(url=ear.url, custom_headers=headers)
    desk.client.tracker.create(tracking_code="EZ1000000001")
    desk.box.advance(by=1)
    got = ear.heard[0][0]

    assert got["Host"] == ear.url.split("/")[2]
    assert got.get_all("Content-Type") == ["text/x-mine"]
    assert got["Transfer-Encoding"] is None
    assert got.get_all("Via") == ["1.1 seatrial-webhooks"]


def test_every_step_of_a_parcel_is_told_and_signed(desk, ear):
    desk.client.webhook.create(url=ear.url, webhook_secret=SECRET)
    bought = desk.bought()
    desk.box.advance(by="12d")
    told = ear.validated(SECRET)

    assert {each["object"] for each in told} == {"Event"}
    assert {each["result"]["id"] for each in told} == {bought.tracker.id}
    assert [each["description"] for each in told] == [
        "tracker.created",
        *["tracker.updated"] * (len(told) - 1),
    ]
    told_of = [each["result"]["status"] for each in told]
    assert [each["previous_attributes"].get("status") for each in told] == [None, *told_of[:-1]]
    assert (told_of[0], told_of[-1]) == ("pre_transit", "delivered")
    assert told[-1]["result"]["tracking_details"] == [
        each.to_dict() for each in desk.tracker(bought).tracking_details
    ]
    listed = desk.client.event.all(page_size=100).events
    assert [each.id for each in listed][::-1] == [each["id"] for each in told]
    assert {each.status for each in listed} == {"completed"}
    assert desk.client.event.retrieve(listed[0].id).completed_urls == [ear.url]
    with pytest.raises(SignatureVerificationError):
        ear.validated("wrong")


def test_a_label_and_its_refund_are_told_to_whoever_follows_the_number(open_box, ear):
    desk = Desk(open_box(pickups="on_call"))
    desk.client.webhook.create(url=ear.url)
    upcoming = NUMBERED["ups"](1)
    early = desk.client.tracker.create(tracking_code=upcoming, carrier="UPS")
    other = desk.client.tracker.create(tracking_code=upcoming, carrier="FedEx")
    bought = desk.bought()
    assert bought.tracking_code == upcoming
    desk.client.shipment.refund(bought.id)
    desk.box.advance(by=1)

    def told(tracker):
        mine = [each for each in ear.news if each["result"]["id"] == tracker.id]
        return [(each["previous_attributes"], each["result"]["status"]) for each in mine]

    assert told(early) == [
        ({}, "unknown"),
        ({"status": "unknown"}, "pre_transit"),
        ({"status": "pre_transit"}, "cancelled"),
    ]
    assert told(bought.tracker) == [({}, "pre_transit"), ({"status": "pre_transit"}, "cancelled")]
    assert told(other) == [({}, "unknown")]
    ids = [each["id"] for each in ear.news]
    assert len(set(ids)) == len(ids)
    again = [desk.client.event.retrieve(each).result.status for each in ids]
    assert again == [each["result"]["status"] for each in ear.news]


def test_a_test_code_tells_what_it_is(desk, ear):
    desk.client.webhook.create(url=ear.url)
    desk.client.tracker.create(tracking_code="EZ4000000004")
    desk.box.advance(by=1)

    created, updated = ear.news
    assert (created["description"], updated["description"]) == (
        "tracker.created",
        "tracker.updated",
    )
    assert updated["previous_attributes"] == {"status": "unknown"}
    assert updated["result"]["status"] == "delivered"
    assert "X-Hmac-Signature" not in ear.heard[0][0]


def test_a_webhook_that_is_not_taken_comes_again_for_a_day(desk, ear):
    desk.client.webhook.create(url=ear.url, webhook_secret=SECRET)
    ear.answers = [500, 404]
    desk.client.tracker.create(tracking_code="1Z999AA10123456784", carrier="UPS")
    desk.box.advance(by="1h")

    assert len(ear.validated(SECRET)) == 3
    assert len({body for _, body in ear.heard}) == 1
    (message,) = desk.box.webhooks()
    first, second, third = (each["at"] for each in message["attempts"])
    assert (second - first, third - second) == MANNER.pauses[:2]
    (event,) = desk.client.event.all().events
    payloads = desk.client.event.retrieve_all_payloads(event.id).payloads
    assert [each.response_code for each in payloads] == [500, 404, 200]
    assert desk.client.event.retrieve_payload(event.id, payloads[1].id) == payloads[1]
    unknown = f"/events/{event.id}/payloads/payload_{'0' * 32}"
    assert desk.refused("GET", unknown) == (404, "NOT_FOUND")
    assert sum(MANNER.pauses) < DAY

    ear.answers = [503] * 99
    desk.bought()
    desk.box.advance(by="23h")
    assert desk.client.event.all().events[-2].status == "failed"


def test_an_address_that_takes_no_webhooks_is_refused(open_box, ear):
    desk = Desk(open_box(strict_webhook_urls=True))
    body = {"webhook": {"url": "http://example.com"}}
    assert desk.refused("POST", "/webhooks", body) == (422, "WEBHOOK.INVALID")
    assert desk.refused("POST", "/webhooks", {"webhook": {}}) == (422, "PARAMETER.REQUIRED")
    bad = {"webhook": {"url": ear.url, "custom_headers": [{"name": "a b", "value": ""}]}}
    assert desk.refused("POST", "/webhooks", bad) == (422, "WEBHOOK.INVALID")
    good = desk.client.webhook.create(url="https://example.com/hear")
    body = {"url": "ftp://example.com"}
    assert desk.refused("PATCH", f"/webhooks/{good.id}", body) == (422, "WEBHOOK.INVALID")


def test_an_account_has_so_many_webhooks(running_server):
    with running_server(ServerSettings(limits=Limits(hooks=1))) as served:
        desk = Desk(served.open())
        desk.client.webhook.create(url="http://127.0.0.1:9/")
        body = {"webhook": {"url": "http://127.0.0.1:9/"}}
        assert desk.refused("POST", "/webhooks", body) == (422, "WEBHOOK.INVALID")


def test_what_the_console_sets_is_listed_and_topics_are_kept(desk, ear):
    webhook = {"url": ear.url, "secret": SECRET, "topics": ["tracker.updated"]}
    desk.box.control("PUT", "/carriers/easypost/webhook", webhook)
    (listed,) = desk.client.webhook.all().webhooks
    desk.client.tracker.create(tracking_code="EZ1000000001")
    desk.box.advance(by=1)

    assert desk.client.webhook.retrieve(listed.id).url == ear.url
    assert [each["description"] for each in ear.validated(SECRET)] == ["tracker.updated"]


def test_a_planned_fault_spoils_the_signature(desk, ear):
    fault = {"what": "webhook_wrong_signature", "operation": "easypost.tracker.created"}
    desk.box.control("POST", "/faults", fault)
    desk.client.webhook.create(url=ear.url, webhook_secret=SECRET)
    desk.client.tracker.create(tracking_code="1Z999AA10123456784", carrier="UPS")
    desk.box.advance(by=1)
    with pytest.raises(SignatureVerificationError):
        ear.validated(SECRET)


# Who calls.


@pytest.mark.parametrize(
    "credentials",
    [
        {"auth": ("EZTKnobody", "")},
        {"auth": ("", "")},
        {"auth": None},
        {"auth": None, "headers": {"Authorization": "Bearer nobody"}},
    ],
)
def test_who_has_no_key_is_not_let_in(desk, credentials):
    assert desk.refused("GET", "/trackers", **credentials) == (401, "UNAUTHORIZED")


def test_the_key_may_come_as_a_bearer_or_as_the_user_of_basic(desk):
    assert desk.client.tracker.all().trackers == []
    assert desk.call("GET", "/trackers").status_code == 200
    assert desk.call("GET", "/trackers", auth=("", desk.key)).status_code == 401
    desk.client.api_key = "EZTKnobody"
    with pytest.raises(UnauthorizedError):
        desk.client.tracker.all()


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"what": "throttled"}, RateLimitError),
        ({"what": "overloaded"}, ServiceUnavailableError),
        ({"what": "internal_error"}, InternalServerError),
    ],
)
def test_planned_faults_are_told_in_easyposts_words(desk, what, error):
    fault = what | {"operation": "easypost.list_trackers", "times": 2}
    desk.box.control("POST", "/faults", fault)
    with pytest.raises(error):
        desk.client.tracker.all()
    assert "retry-after" not in desk.call("GET", "/trackers").headers
    assert desk.client.tracker.all().trackers == []


def test_who_is_told_when_to_come_again_comes_again(desk):
    """The stock client waits by itself, and the caller notices nothing."""
    wish = {"what": "throttled", "retry_after": 1, "operation": "easypost.list_trackers"}
    desk.box.control("POST", "/faults", wish | {"times": 2})
    answer = desk.call("GET", "/trackers")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert answer.json()["error"]["code"] == "RATE_LIMITED"
    assert desk.client.tracker.all().trackers == []


def test_a_fault_may_be_about_one_parcel(desk):
    bought, other = desk.bought(), desk.bought()
    fault = {"what": "overloaded", "order_id": bought.tracking_code, "operation": "easypost"}
    desk.box.control("POST", "/faults", fault)

    for call in (
        lambda: desk.tracker(bought),
        lambda: desk.client.shipment.refund(bought.id),
        lambda: desk.client.tracker.create(tracking_code=bought.tracking_code),
    ):
        with pytest.raises(ServiceUnavailableError):
            call()
    assert desk.tracker(other).id


def test_an_address_that_is_not_on_the_allow_list_is_forbidden(open_box):
    desk = Desk(open_box(allowed_ips=["10.0.0.0/8"]))
    with pytest.raises(ForbiddenError):
        desk.client.tracker.all()


@pytest.mark.parametrize(
    ("method", "path", "content", "refusal"),
    [
        ("GET", "/nothing", b"", (404, "NOT_FOUND")),
        ("PUT", "/trackers", b"", (405, "METHOD_NOT_ALLOWED")),
        ("POST", "/trackers", b"{", (400, "BAD_REQUEST")),
        ("POST", "/trackers", b"[]", (422, "TRACKER.INVALID_PARAMS")),
        ("POST", "/trackers", b'"\\ud800"', (422, "TRACKER.INVALID_PARAMS")),
        ("POST", "/shipments", b"", (422, "SHIPMENT.INVALID_PARAMS")),
        ("GET", "/addresses/adr_\xc3\xa4", b"", (404, "NOT_FOUND")),
    ],
)
def test_whatever_is_asked_is_answered_in_the_envelope(desk, method, path, content, refusal):
    headers = {"content-type": "application/json"}
    assert desk.refused(method, path, content=content, headers=headers) == refusal


def test_the_exchange_log_hides_the_key_and_the_secret(desk):
    desk.client.webhook.create(url="http://127.0.0.1:9/", webhook_secret="sesame")
    desk.bought()
    exchanges = desk.box.exchanges()
    assert [each["operation"] for each in exchanges] == [
        "easypost.create_webhook",
        "easypost.create_shipment",
        "easypost.buy_shipment",
    ]
    assert desk.key not in str(exchanges)
    assert "sesame" not in str(exchanges)


def test_boxes_see_only_their_own(open_box):
    one, two = Desk(open_box(seed=3)), Desk(open_box(seed=3))
    bought = one.bought()
    assert two.client.shipment.all().shipments == []
    assert two.refused("GET", f"/trackers/{bought.tracker.id}") == (404, "NOT_FOUND")
    label = bought.postage_label.label_url
    assert one.call("GET", label.partition("/v2")[2], auth=None).status_code == 200
    assert two.draft(from_address=SHENZHEN, to_address=LONDON).id == bought.id
    strange = two.client.shipment.retrieve(bought.id)
    assert strange.postage_label is None
