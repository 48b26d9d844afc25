"""The desk over HTTP: declarations, evidence, complaints, with the sandbox's own access token."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from mock_api.main import create_app
from mock_api.settings import Limits, ServerSettings
from simulator.disputes.table import ROWS

DAY = 86_400
PHOTO = b"\x89PNG a photo of an open box"


class Desk:
    """One sandbox: its desk, and its control API."""

    def __init__(self, http, opened):
        self.http, self.id, self.token = http, opened["id"], opened["access_token"]

    def __call__(self, method, path, body=None, **query):
        headers = {"x-tts-access-token": self.token, "content-type": "application/json"}
        content = None if body is None else json.dumps(body)
        return self.http.request(
            method, f"/desk/v1{path}", content=content, params=query, headers=headers
        )

    def control(self, method, path, body=None):
        answer = self.http.request(method, f"/_seatrial/sandboxes/{self.id}{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def wait(self, duration):
        self.control("POST", "/clock/advance", {"by": duration})

    def renew_token(self):
        """Tokens live for a week."""
        sandbox = self.http.app.state.sandboxes.get(self.id)
        self.token = sandbox.grants.new_access(sandbox.world.now).value

    def place(self, **wishes):
        """An order that may be shipped, and its parcel."""
        (order_id,) = self.control("POST", "/orders", wishes)["orders"]
        self.wait("1h")
        (created,) = self.facts("ParcelCreated", order_id)
        return order_id, created["parcel_id"]

    def delivered(self):
        order_id, parcel_id = self.place(behaviour="prompt")
        until = {"order": order_id, "status": "DELIVERED"}
        self.control("POST", "/clock/advance", {"until": until})
        return order_id, parcel_id

    def facts(self, kind, order_id=""):
        return self.control("GET", f"/journal?kind={kind}&order_id={order_id}")["facts"]

    def complain(self, order_id, cause):
        self.control("POST", f"/buyers/{order_id}/complain", {"cause": cause})
        return self("GET", "/buyer-complaints", order_id=order_id).json()["complaints"][-1]

    def attach(self, parcel_id, photo=PHOTO, **more):
        body = {"name": "box.png", "media_type": "image/png", "content": encoded(photo)} | more
        return self("POST", f"/parcels/{parcel_id}/evidence", body)


def encoded(content):
    return b64encode(content).decode()


def refused(answer, status):
    """It is a problem of that status; its words."""
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, told["status"]) == (status, status)
    return told


@pytest.fixture
def http():
    with TestClient(create_app(ServerSettings(limits=Limits(evidence_bytes=1_000)))) as client:
        yield client


@pytest.fixture
def open_desk(http):
    return lambda: Desk(http, http.post("/_seatrial/sandboxes", json={}).json())


@pytest.fixture
def desk(open_desk):
    return open_desk()


# Who may come in.


@pytest.mark.parametrize("headers", [{}, {"x-tts-access-token": "ROW_nope"}])
def test_without_a_sandboxes_token_nobody_comes_in(http, headers):
    refused(http.get("/desk/v1/buyer-complaints", headers=headers), 401)


def test_the_token_is_looked_at_before_the_body_is(http):
    refused(http.post("/desk/v1/provider-complaints", content=b"{"), 401)


def test_a_bearer_token_does_as_well(desk):
    headers = {"authorization": f"bearer {desk.token}"}

    assert desk.http.get("/desk/v1/buyer-complaints", headers=headers).json()["complaints"] == []


def test_the_default_sandboxes_token_is_well_known(http):
    headers = {"authorization": "Bearer ROW_seatrial-access-token"}

    assert http.get("/desk/v1/liability", headers=headers).is_success


def test_a_token_lives_for_a_week_of_virtual_time(desk):
    desk.wait("7d")

    refused(desk("GET", "/buyer-complaints"), 401)


def test_a_sandbox_does_not_see_anothers_papers(open_desk):
    here, there = open_desk(), open_desk()
    order_id, _ = here.place()
    complaint = here("POST", "/provider-complaints", {"order_id": order_id}).json()

    assert there("GET", "/provider-complaints").json()["complaints"] == []
    refused(there("GET", f"/provider-complaints/{complaint['id']}"), 404)


def test_calls_are_in_the_exchange_log_and_their_token_is_not(desk):
    desk("GET", "/liability")
    (exchange,) = desk.control("GET", "/exchanges")["exchanges"]

    assert (exchange["operation"], exchange["status"]) == ("get_liability_table", 200)
    assert exchange["headers"]["x-tts-access-token"] == "***"


def test_it_describes_itself(http):
    told = http.get("/desk/openapi.json").json()

    assert "/desk/v1/provider-complaints/{complaint_id}/appeal" in told["paths"]
    assert {scheme["type"] for scheme in told["components"]["securitySchemes"].values()} == {
        "http",
        "apiKey",
    }


def test_what_is_not_there_is_a_problem_too(desk):
    refused(desk("GET", "/nothing"), 404)
    refused(desk("DELETE", "/liability"), 405)


# Parcels.


def test_a_parcel_of_which_nothing_is_said_is_right(desk):
    order_id, parcel_id = desk.place()
    told = desk("GET", f"/parcels/{parcel_id}").json()

    assert (told["order_id"], told["status"], told["violations"]) == (order_id, "created", [])
    assert (told["packing_declared"], told["label_declared"], told["evidence"]) == (
        False,
        False,
        [],
    )
    assert told["packing"]["cushioning"] == ["paper_sheets"]
    assert told["label"]["accuracy"] == "accurate"


def test_a_declared_packing_is_answered_with_what_is_wrong(desk):
    order_id, parcel_id = desk.place()
    body = {"cushioning": ["loose_fill"], "closure": ["paper_tape", "large_staples"], "room_mm": 20}
    told = desk("PUT", f"/parcels/{parcel_id}/packing", body).json()

    assert [each["rule"] for each in told["violations"]] == ["P3", "P5"]
    assert told["packing_declared"]
    assert told["packing"]["closure"] == ["paper_tape", "large_staples"]
    assert desk("GET", f"/parcels/{parcel_id}").json() == told
    (fact,) = desk.facts("PackingDeclared", order_id)
    assert fact["broken"] == ["P3", "P5"]


def test_what_is_left_out_of_a_declaration_is_right(desk):
    _, parcel_id = desk.place()

    assert desk("PUT", f"/parcels/{parcel_id}/packing", {}).json()["violations"] == []
    assert desk("PUT", f"/parcels/{parcel_id}/label", {}).json()["violations"] == []


def test_a_declared_label_is_answered_with_what_is_wrong(desk):
    _, parcel_id = desk.place()
    body = {"postal_code": False, "accuracy": "wrong_recipient_unknown"}
    told = desk("PUT", f"/parcels/{parcel_id}/label", body).json()

    assert [each["rule"] for each in told["violations"]] == ["L2", "L5"]
    assert told["label"] | body == told["label"]


def test_after_the_pickup_nothing_is_declared_any_more(desk):
    _, parcel_id = desk.delivered()
    problem = refused(desk("PUT", f"/parcels/{parcel_id}/packing", {}), 409)

    assert problem["refused"] == "WrongStatus"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"cushioning": ["straw"]}, "body.cushioning.0"),
        ({"room_mm": -1}, "body.room_mm"),
        ({"tape": "paper"}, "body.tape"),
        ({"closure": ["glue"] * 9}, "body.closure"),
    ],
)
def test_a_declaration_in_unknown_words_is_refused_by_its_path(desk, body, path):
    _, parcel_id = desk.place()
    problem = refused(desk("PUT", f"/parcels/{parcel_id}/packing", body), 422)

    assert [error["path"] for error in problem["errors"]] == [path]


def test_an_unknown_parcel_is_none(desk):
    refused(desk("GET", "/parcels/115200000001000000"), 404)


# Evidence.


def test_a_photo_comes_on_file_and_can_be_read_again(desk):
    order_id, parcel_id = desk.place()
    document = desk.attach(parcel_id).json()

    assert document["sha256"] == sha256(PHOTO).hexdigest()
    assert (document["size"], document["before_handover"]) == (len(PHOTO), True)
    assert desk("GET", f"/parcels/{parcel_id}").json()["evidence"] == [document]
    kept = desk("GET", f"/parcels/{parcel_id}/evidence/{document['id']}")
    assert (kept.content, kept.headers["content-type"]) == (PHOTO, "image/png")
    assert kept.headers["x-content-type-options"] == "nosniff"
    (fact,) = desk.facts("EvidenceAttached", order_id)
    assert "content" not in fact


def test_after_the_handover_it_is_on_file_but_proves_less(desk):
    _, parcel_id = desk.delivered()

    assert desk.attach(parcel_id).json()["before_handover"] is False


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"content": "%%%"}, "body.content"),
        ({"content": "é"}, "body.content"),
        ({"content": ""}, "body.content"),
        ({"media_type": "text/html"}, "body.media_type"),
        ({"name": ""}, "body.name"),
        ({"name": "a\nb"}, "body.name"),
        ({"name": "\ud800"}, "body.name"),
        ({"taken_at": "2031-01-01T00:00:00Z"}, "body.taken_at"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_path(desk, wrong, path):
    _, parcel_id = desk.place()
    problem = refused(desk.attach(parcel_id, **wrong), 422)

    assert [error["path"] for error in problem["errors"]] == [path]
    assert desk.facts("EvidenceAttached") == []


def test_a_sandbox_keeps_so_many_bytes_and_like_photos_once(desk):
    _, parcel_id = desk.place()
    assert desk.attach(parcel_id, b"x" * 900).is_success
    assert desk.attach(parcel_id, b"x" * 900).is_success

    refused(desk.attach(parcel_id, b"y" * 101), 409)
    assert desk.attach(parcel_id, b"y" * 100).is_success


def test_a_document_is_found_by_its_own_parcel_only(desk):
    (_, one), (_, other) = desk.place(), desk.place()
    document = desk.attach(one).json()

    refused(desk("GET", f"/parcels/{other}/evidence/{document['id']}"), 404)


def test_a_reset_empties_the_drawer(desk):
    _, parcel_id = desk.place()
    desk.attach(parcel_id, b"x" * 1_000)
    desk.control("POST", "/reset")
    _, parcel_id = desk.place()

    assert desk.attach(parcel_id, b"y" * 1_000).is_success


# Complaints about providers.


def test_a_seller_complains_about_a_missed_pickup_and_is_heard(desk):
    order_id, _ = desk.place()
    desk.control("POST", "/carriers/jt/hold", {"for": "10d"})
    world = desk.http.app.state.sandboxes.get(desk.id).world
    world.sellers.ready_to_ship(order_id)
    desk.wait("60h")
    filed = desk("POST", "/provider-complaints", {"order_id": order_id})
    complaint = filed.json()
    assert (filed.status_code, complaint["status"], complaint["carrier"]) == (
        201,
        "submitted",
        "jt",
    )
    assert complaint["decide_by"] == complaint["filed_at"] + 6 * DAY

    desk.wait("6d")
    desk.renew_token()

    told = desk("GET", f"/provider-complaints/{complaint['id']}").json()
    assert (told["status"], told["reason"]) == ("upheld", "pickup_late")
    (waived,) = desk.facts("BreachWaived", order_id)
    assert (waived["rule"], waived["complaint_id"]) == ("D4", complaint["id"])


def test_a_rejected_one_is_appealed(desk):
    order_id, _ = desk.place()
    complaint = desk("POST", "/provider-complaints", {"order_id": order_id}).json()
    refused(desk("POST", f"/provider-complaints/{complaint['id']}/appeal"), 409)
    desk.wait("6d")
    told = desk("POST", f"/provider-complaints/{complaint['id']}/appeal").json()

    assert (told["status"], told["appeals"]) == ("under_review", 1)
    assert told["reason"] == "seller_not_ready", "what it was rejected for"


def test_complaints_are_listed_by_status_and_order_a_page_at_a_time(desk):
    (one, _), (other, _) = desk.place(), desk.place()
    ids = [
        desk("POST", "/provider-complaints", {"order_id": order_id}).json()["id"]
        for order_id in (one, other, one)
    ]

    def listed(**query):
        page = desk("GET", "/provider-complaints", **query).json()
        return [each["id"] for each in page["complaints"]], page["next"]

    assert listed() == (ids, ids[-1])
    assert listed(limit=2) == (ids[:2], ids[1])
    assert listed(after=ids[1]) == (ids[2:], ids[2])
    assert listed(after=ids[2]) == ([], "")
    assert listed(order_id=one) == ([ids[0], ids[2]], ids[2])
    assert listed(status="upheld") == ([], "")
    refused(desk("GET", "/provider-complaints", status="lost"), 422)


def test_in_seller_shipping_there_is_nobody_to_complain_about(desk):
    order_id, _ = desk.place(shipping="seller")
    problem = refused(desk("POST", "/provider-complaints", {"order_id": order_id}), 409)

    assert problem["refused"] == "WrongMode"


# Complaints of buyers.


def test_a_buyer_complains_and_the_seller_contests_with_a_photo(desk):
    order_id, parcel_id = desk.place(behaviour="prompt")
    desk.attach(parcel_id)
    until = {"order": order_id, "status": "DELIVERED"}
    desk.control("POST", "/clock/advance", {"until": until})
    desk.renew_token()
    complaint = desk.complain(order_id, "damaged")
    assert (complaint["stage"], complaint["row"], complaint["refund"]) == ("opened", "", "")

    answered = desk(
        "POST", f"/buyer-complaints/{complaint['id']}/answer", {"answer": "contest"}
    ).json()
    assert answered["stage"] == "under_review"
    desk.wait("11d")
    desk.renew_token()

    told = desk("GET", f"/buyer-complaints/{complaint['id']}").json()
    assert (told["stage"], told["row"]) == ("closed", "intact_at_handover")
    assert (told["liable"], told["payer"], told["refund"]) == ("carrier", "carrier", "full")
    assert told["paid_minor"] == told["amount_minor"] > 0


def test_an_accepted_complaint_is_decided_at_once(desk):
    order_id, _ = desk.delivered()
    desk.renew_token()
    complaint = desk.complain(order_id, "wrong_item")
    told = desk("POST", f"/buyer-complaints/{complaint['id']}/answer", {"answer": "accept"}).json()

    assert (told["stage"], told["liable"], told["answer"]) == ("decided", "seller", "accept")
    listed = desk("GET", "/buyer-complaints", stage="decided").json()
    assert listed["complaints"] == [told]
    refused(desk("POST", f"/buyer-complaints/{complaint['id']}/answer", {"answer": "accept"}), 409)


@pytest.mark.parametrize("answer", ["silence", "", None])
def test_there_are_two_answers(desk, answer):
    order_id, _ = desk.delivered()
    desk.renew_token()
    complaint = desk.complain(order_id, "late")

    refused(desk("POST", f"/buyer-complaints/{complaint['id']}/answer", {"answer": answer}), 422)


@pytest.mark.parametrize("body", [None, {}, {"cause": "ugly"}])
def test_a_complaint_needs_a_cause(desk, body):
    order_id, _ = desk.delivered()
    path = f"/_seatrial/sandboxes/{desk.id}/buyers/{order_id}/complain"
    problem = refused(desk.http.post(path, json=body), 422)

    assert problem["errors"][0]["path"] == "body.cause"


def test_the_table_can_be_read(desk):
    rows = desk("GET", "/liability").json()["rows"]

    assert [row["row"] for row in rows] == [row.verdict.row for row in ROWS]
    (lost,) = [row for row in rows if row["row"] == "lost"]
    assert lost["when"] == {
        "mode": ["platform"],
        "cause": ["not_received", "late"],
        "label_right": [True],
        "trail": ["stalled"],
    }
    assert (lost["liable"], lost["refund"], lost["payer"]) == ("carrier", "full", "carrier")
