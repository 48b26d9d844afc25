"""What carriers do by hand over the control API, and what an integration then sees."""

import pytest

HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
def act(box):
    """Something that a carrier does; the answer."""
    return lambda event, carrier="jt", **body: box.control(
        "POST", f"/carriers/{carrier}/{event}", body
    )


@pytest.fixture
def refusal(box):
    """The status and the body of a refused event, which leaves no fact."""

    def refused(event, carrier="jt", **body):
        before = box.mark()
        answer = box.ask("POST", f"/carriers/{carrier}/{event}", body)
        assert answer.headers["content-type"] == "application/problem+json"
        assert box.mark() == before
        return answer.status_code, answer.json()

    return refused


@pytest.fixture
def order(box):
    """A platform order that its carrier has."""
    order_id = box.shipped()
    box.advance(by="1d")
    return order_id


def kinds(box, kind):
    return box.journal(kind=kind)


def descriptions(box, order_id):
    """What Get Tracking says, newest first."""
    tracking = box.data("GET", f"/fulfillment/202309/orders/{order_id}/tracking")["tracking"]
    return [each["description"] for each in tracking]


def package_status(box, order_id):
    package = box.package_of(order_id)
    return box.client.fulfillment.get_package_detail(package).data.package_status


def test_a_sandbox_tells_its_factor_and_it_can_be_set(open_box):
    box = open_box(mishaps=20)
    assert box.control("GET")["mishaps"] == 20
    assert box.control("PUT", "/mishaps", {"factor": 0.5})["factor"] == 0.5
    assert [fact["factor_permille"] for fact in kinds(box, "MishapsSet")] == [500]
    assert box.control("GET")["mishaps"] == 0.5
    assert box.control("POST", "/reset")["mishaps"] == 20


@pytest.mark.parametrize("factor", [-1, 1001, "often", None, [1]])
def test_a_factor_is_a_number(box, factor):
    answer = box.ask("PUT", "/mishaps", {"factor": factor})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "body.factor")


def test_a_world_of_mishaps_ends_every_order_and_reports_them(open_box):
    box = open_box(mishaps=20)
    box.place(count=60, behaviour="prompt")
    box.advance(by="120d")
    box.control("PUT", "/mishaps", {"factor": 0})
    box.advance(by="60d")
    report = box.control("GET", "/report")

    assert set(report["orders"]) == {"COMPLETED", "CANCELLED"}
    told = {(row["mishap"], row["carrier"]): row["count"] for row in report["mishaps"]}
    befell = [fact for fact in kinds(box, "MishapBefell") if fact["mishap"] == "attempt_failed"]
    assert told["attempt_failed", "jt"] == len(befell) > 20
    ended = kinds(box, "ParcelEnded")
    assert sum(row["count"] for row in report["parcel_ends"]) == len(ended) > 0
    reasons = {row["reason"] for row in report["cancellations"]}
    assert reasons <= {
        "package_lost",
        "package_damaged",
        "returned_to_shipper_refused",
        "returned_to_shipper_other",
    }


def test_a_lost_parcel_cancels_its_order_on_the_wire(box, act, order, listener):
    box.subscribe(listener.url, "ORDER_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE")
    told = act("lose", order_id=order)
    box.advance(by="1h")
    seen = box.order(order)

    assert (told["status"], told["last_scan"], told["order_status"]) == (
        "lost",
        "lost",
        "CANCELLED",
    )
    assert (seen.status, seen.cancel_reason, seen.cancellation_initiator) == (
        "CANCELLED",
        "package_lost",
        "SYSTEM",
    )
    assert package_status(box, order) == "CANCELLED"
    assert descriptions(box, order)[0] == "Your package has been lost."
    assert listener.statuses(order) == ["CANCEL"]
    assert {each["data"]["cancellations_role"] for each in listener.news if each["type"] == 11} == {
        "SYSTEM"
    }


def test_a_refused_parcel_goes_back_and_its_order_is_cancelled_then(box, act, order):
    told = act("plan", order_id=order, mishap="refused")
    assert told["order_status"] == "IN_TRANSIT"
    box.until(order, "CANCELLED")
    box.renew()

    assert box.order(order).cancel_reason == "returned_to_shipper_refused"
    said = descriptions(box, order)
    assert said[0] == "Your package was returned to the sender."
    assert said[3] == "The recipient has refused your package."


def test_a_delay_is_tracking_text_only(box, act, order):
    """Facts of the platform, section 15: nothing on the order changes, and no webhook comes."""
    before = box.order(order)
    told = act("delay", order_id=order, **{"for": "36h"}, kind="late_plane")

    assert told["last_scan"] == "delayed"
    assert descriptions(box, order)[0] == "Your package will arrive later than expected."
    after = box.order(order)
    assert (after.status, after.update_time) == (before.status, before.update_time)
    assert package_status(box, order) == "FULFILLING"


def test_customs_hold_and_release(box, act, order):
    act("customs_hold", order_id=order, **{"for": "20d"})
    for _ in range(15):
        box.advance(by="12h")
        if "Customs are holding" in descriptions(box, order)[0]:
            break
    told = act("release", order_id=order)

    assert told["last_scan"] == "customs_released"
    box.until(order, "DELIVERED")


def test_missed_and_found(box, act, order):
    act("lose", order_id=order, for_good=False)
    told = act("find", order_id=order)

    assert (told["status"], told["last_scan"]) == ("travelling", "arrived_at_hub")
    assert [fact["mishap"] for fact in kinds(box, "MishapBefell")] == ["mislaid"]


@pytest.mark.parametrize(("event", "status"), [("damage", "travelling"), ("dispose", "disposed")])
def test_a_parcel_is_named_in_three_ways(box, act, event, status):
    for way in ("parcel_id", "tracking_number", "order_id"):
        order = box.shipped()
        box.advance(by="1d")
        seen = box.order(order)
        names = {
            "parcel_id": seen.packages[0].id,
            "tracking_number": seen.tracking_number,
            "order_id": order,
        }
        told = act(event, **{way: names[way]})
        assert (told["order_id"], told["status"]) == (order, status)


def test_sent_back(box, act, order):
    told = act("send_back", order_id=order)
    assert told["status"] == "travelling"
    box.until(order, "CANCELLED")
    assert box.order(order).cancel_reason == "returned_to_shipper_other"


def test_a_pickup_is_skipped(box, act):
    order = box.shipped()
    assert act("skip_pickup") == {"carrier": "jt", "cities": ["Shenzhen"]}
    box.advance(by="2h")

    assert box.order(order).status == "AWAITING_COLLECTION"
    assert [fact["cause"] for fact in kinds(box, "RoundSkipped")] == ["skipped"]
    box.until(order, "IN_TRANSIT")


def test_a_strike_is_announced_and_keeps_vans_in(box, act):
    order = box.shipped()
    told = act("close", carrier="all", region="CN", **{"for": "24h"}, cause="weather")
    box.advance(by="20h")

    assert (told["region"], told["until"] - told["from"]) == ("CN", DAY)
    assert box.order(order).status == "AWAITING_COLLECTION"
    assert {fact["cause"] for fact in kinds(box, "RoundSkipped")} == {"weather"}
    box.until(order, "IN_TRANSIT")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "body.region"),
        ({"region": "gb", "for": "1h"}, "body.region"),
        ({"region": "GB"}, "body"),
        ({"region": "GB", "for": "1h", "until": 2_000_000_000}, "body"),
        ({"region": "GB", "until": 100_000}, "body.until"),
        ({"region": "GB", "for": "0h"}, "body.until"),
        ({"region": "GB", "for": "1h", "cause": "boredom"}, "body.cause"),
        ({"region": "GB", "for": "1h", "country": "GB"}, "body.country"),
    ],
)
def test_a_strike_that_cannot_be(refusal, body, path):
    status, problem = refusal("close", **body)

    assert (status, problem["errors"][0]["path"]) == (422, path)


@pytest.mark.parametrize(
    ("event", "body", "path"),
    [
        ("plan", {"mishap": "rain"}, "body.mishap"),
        ("plan", {"mishap": "strike"}, "body.mishap"),
        ("delay", {"for": "often"}, "body.for"),
        ("delay", {"for": "400d"}, "body.for"),
        ("delay", {"for": "1h", "kind": "lost"}, "body.kind"),
        ("scan", {"scan": "sung_to"}, "body.scan"),
        ("customs_hold", {"for": -1}, "body.for"),
        ("lose", {"for_good": "maybe"}, "body.for_good"),
        ("damage", {"how": "badly"}, "body.how"),
        ("sink", {}, "path.event"),
    ],
)
def test_an_event_that_cannot_be(refusal, order, event, body, path):
    status, problem = refusal(event, order_id=order, **body)

    assert (status, problem["errors"][0]["path"]) == (422, path)


@pytest.mark.parametrize(
    "body", [{}, {"order_id": "1", "parcel_id": "2"}, {"order_id": "", "tracking_number": ""}]
)
def test_one_parcel_is_named(refusal, body):
    status, problem = refusal("damage", **body)

    assert (status, problem["errors"][0]["path"]) == (422, "body")


@pytest.mark.parametrize("way", ["parcel_id", "tracking_number", "order_id"])
def test_an_unknown_parcel(refusal, way):
    status, _ = refusal("damage", **{way: "576400000009999999"})

    assert status == 404


def test_an_unpaid_order_has_no_parcel_to_name(box, refusal):
    status, problem = refusal("damage", order_id=box.place_one(paid=False))

    assert (status, problem["errors"][0]["path"]) == (422, "body.order_id")


def test_another_carriers_parcel(refusal, order):
    status, problem = refusal("damage", carrier="ups", order_id=order)

    assert (status, problem["refused"]) == (409, "CarrierMismatch")


def test_a_carrier_that_there_is_not(refusal, order):
    status, problem = refusal("damage", carrier="pigeon", order_id=order)

    assert (status, problem["errors"][0]["path"]) == (422, "path.carrier")


def test_a_scan_out_of_turn_names_what_is_possible(act, refusal, order):
    status, problem = refusal("scan", order_id=order, scan="delivered")
    assert (status, problem["refused"]) == (409, "ScanOutOfTurn")
    assert "possible are arrived_at_hub" in problem["detail"]

    assert act("scan", order_id=order, scan="info_only")["last_scan"] == "info_only"


def test_what_ended_comes_to_no_more_harm(act, refusal, order):
    act("lose", order_id=order)
    for event in ("lose", "damage", "find", "release", "send_back", "dispose"):
        status, problem = refusal(event, order_id=order)
        assert (status, problem["refused"]) == (409, "WrongStatus")


def test_sandboxes_with_mishaps_repeat(open_box):
    digests = []
    for _ in range(2):
        box = open_box(mishaps=15, seed=9)
        box.place(count=20, behaviour="prompt")
        box.advance(by="40d")
        digests.append(box.mark())

    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/mishaps", {"factor": 0}),
        ("POST", "/carriers/jt/skip_pickup", {}),
        ("POST", "/carriers/all/close", {"region": "GB", "for": "1h"}),
        ("POST", "/carriers/jt/lose", {"order_id": "1"}),
        ("POST", "/carriers/jt/release", {"order_id": "1"}),
    ],
)
def test_an_unknown_sandbox_is_not_found(server, method, path, body):
    url = f"/_seatrial/sandboxes/nowhere{path}"
    assert server.http.request(method, url, json=body).status_code == 404
