"""17TRACK's API: numbers are registered, stopped, deleted and changed; keys, quotas, limits."""

import pytest

from mock_api.carriers.seventeentrack import dialect
from mock_api.settings import ServerSettings
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.seventeentrack import (
    CHINA_EMS,
    CHINA_POST,
    DHL,
    TNT,
    UPS,
    YUNEXPRESS,
    Client,
    by_hand,
    ordered,
)

NUMBER = "1Z999AA10123456784"


@pytest.fixture
def client(box):
    return Client(box)


def numbers(count, start=0):
    return [f"RR{start + nth:09d}CN" for nth in range(count)]


# Where it is, and who may call.


@pytest.mark.parametrize("version", ["v1", "v2", "v2.2", "v2.4"])
@pytest.mark.parametrize("prefix", ["", "/17track"])
def test_every_version_answers_alike(box, version, prefix):
    client = Client(box, version, prefix)
    client.register(NUMBER)
    assert [each["number"] for each in client.listed()] == [NUMBER]


def test_fedex_and_dhl_keep_their_paths_below_track():
    theirs = ("/track/v1/trackingnumbers", "/track/v1/trackingdocuments", "/track/shipments")
    for path in theirs:
        assert not any(path.startswith(claim) for claim in dialect.DIALECT.claims)


def test_a_stranger_is_told_that_the_key_is_invalid(client):
    for key in ("", "wrong", client.key.lower()):
        answer = client.post("getquota", **{"17token": key})
        assert answer.status_code == 401
        error = {"code": -18010002, "message": "Invalid security key."}
        assert answer.json() == {"code": -18010002, "data": {"errors": [error]}}


def test_the_default_sandbox_has_a_well_known_key(serve):
    served = serve(ServerSettings())
    answer = served.http.post("/track/v2.2/getquota", headers={"17token": "SEATRIAL17TRACK"})
    assert answer.json()["data"]["quota_total"] == 100


def test_more_than_three_calls_a_second_are_too_many(open_box):
    client = Client(open_box(rate_limit=50))
    answers = [client.post("getquota") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    (error,) = answers[-1].json()["data"]["errors"]
    assert error["message"] == "Request frequency exceeds the allowed limit."


def test_a_planned_fault_is_told_in_its_words(box, client):
    order, number = ordered(box)
    wishes = [
        {"what": "throttled", "operation": "17track.gettrackinfo", "retry_after": 2},
        {"what": "overloaded", "operation": "17track"},
        {"what": "internal_error"},
    ]
    for wish in wishes:
        box.control("POST", "/faults", wish | {"order_id": order, "times": 1})
    answers = [client.post("gettrackinfo", [{"number": number}]) for _ in range(3)]

    assert [each.status_code for each in answers] == [429, 503, 500]
    assert [each.json()["code"] for each in answers] == [429, 503, -18010003]
    assert answers[0].headers["retry-after"] == "2"
    assert client.rejected("gettrackinfo", number) == -18019902


def test_an_address_that_is_not_on_the_list_stays_out(open_box):
    client = Client(open_box(allowed_ips=["10.0.0.0/8"]))
    answer = client.post("getquota")
    assert (answer.status_code, answer.json()["code"]) == (401, -18010001)


def test_wrong_addresses_and_methods_are_told(client):
    answer = client.post("untrack", [])
    assert (answer.status_code, answer.json()["code"]) == (404, 404)
    answer = client.box.served.http.get(f"{client.base}/register")
    assert (answer.status_code, answer.json()["code"]) == (405, 405)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"number": NUMBER}, -18010013),
        ("text", -18010013),
        ([NUMBER], -18010013),
        (None, -18010013),
        ([{"number": NUMBER, "carrier": "ups"}], -18010011),
        ([{"number": NUMBER, "tag": {"a": 1}}], -18010011),
        ([{"number": NUMBER}] * 41, -18010014),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_as_a_whole(client, body, code):
    answer = client.post("register", body)
    assert (answer.status_code, answer.json()["code"]) == (200, code)
    (error,) = answer.json()["data"]["errors"]
    assert error["code"] == code
    assert client.listed() == []


def test_broken_json_is_invalid_data(client):
    headers = {"17token": client.key, "content-type": "application/json"}
    answer = client.box.served.http.post(f"{client.base}/push", content=b"[{", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (200, -18010013)


def test_half_a_character_is_no_text(client):
    for field in ("number", "tag"):
        body = f'[{{"number": "{NUMBER}", "{field}": "{chr(92)}ud800"}}]'
        headers = {"17token": client.key, "content-type": "application/json"}
        answer = client.box.served.http.post(
            f"{client.base}/register", content=body, headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (200, -18010011)


# Registering.


def test_an_accepted_number_is_told_with_its_carrier_and_tag(client):
    told = client.data(
        "register",
        [
            {"number": "RR123456789CN", "tag": "MyOrderID", "order_no": "86574382938"},
            {"number": "1234", "tag": "My-Order-Id"},
        ],
    )
    assert told["accepted"] == [
        {
            "origin": 1,
            "number": "RR123456789CN",
            "carrier": CHINA_POST,
            "email": None,
            "tag": "MyOrderID",
            "lang": None,
        }
    ]
    error = {"code": -18010012, "message": "The format of '1234' is invalid."}
    assert told["rejected"] == [{"number": "1234", "tag": "My-Order-Id", "error": error}]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"carrier": 999999}, -18019910),
        ({"carrier": -1}, -18019910),
        ({"auto_detection": False}, -18019903),
        ({"final_carrier": 21051}, -18010016),
        ({"carrier": CHINA_POST, "final_carrier": 5}, -18019910),
    ],
)
def test_a_carrier_that_makes_no_sense_is_rejected(client, more, code):
    assert client.rejected("register", NUMBER, **more) == code


def test_carriers_may_be_text_and_nought_is_none(client):
    assert client.register(NUMBER, carrier="100002")["carrier"] == UPS
    assert client.register("RR123456789CN", carrier=0, final_carrier=0)["carrier"] == CHINA_POST


def test_a_number_is_registered_once_with_each_carrier(client):
    client.register(NUMBER)
    assert client.rejected("register", NUMBER) == -18019901
    client.register(NUMBER, carrier=DHL)
    twice = client.data("register", [{"number": "RR000000001CN"}] * 2)
    assert [len(twice["accepted"]), twice["rejected"][0]["error"]["code"]] == [1, -18019901]
    assert client.rejected("gettrackinfo", "") == -18010010


# Quota.


def test_a_registration_costs_one_of_a_hundred_a_month(box, client):
    assert client.quota() == {
        "quota_total": 100,
        "quota_used": 0,
        "quota_remain": 100,
        "today_used": 0,
        "max_track_daily": 0,
        "free_email_quota": 0,
        "free_email_quotaused": 0,
    }
    for start in (0, 40):
        client.data("register", [{"number": each} for each in numbers(40, start)])
    told = client.data("register", [{"number": each} for each in numbers(40, 80)])
    assert len(told["accepted"]) == 20
    assert {each["error"]["code"] for each in told["rejected"]} == {-18019908}
    assert client.quota()["quota_remain"] == 0

    box.advance(by="26d")  # the next month
    quota = client.quota()
    assert (quota["quota_used"], quota["today_used"]) == (0, 0)
    client.register(NUMBER)


def test_deleting_gives_nothing_back_and_looking_costs_nothing(box, client):
    client.register(NUMBER)
    box.advance(by="1h")
    client.info(NUMBER)
    client.accepted("deletetrack", NUMBER)
    client.register(NUMBER)
    client.rejected("register", NUMBER)
    client.accepted("stoptrack", NUMBER)
    client.accepted("retrack", NUMBER)
    assert client.quota()["quota_used"] == 2


def test_a_reset_begins_with_a_whole_quota(box, client):
    client.register(NUMBER)
    box.control("POST", "/reset")
    assert client.quota()["quota_used"] == 0


def test_accounts_see_only_their_own(open_box):
    """Of two worlds that are alike: neither numbers nor webhooks nor quotas of the other's."""
    one, two = (Client(open_box(seed=3)) for _ in range(2))
    with listening() as pushed:
        one.box.control("PUT", "/carriers/17track/webhook", {"url": pushed.url})
        two.register(NUMBER)
        two.accepted("stoptrack", NUMBER)
        two.box.advance(by="1h")
        one.box.advance(by="1h")
        assert pushed.heard == []
    assert one.rejected("gettrackinfo", NUMBER) == -18019902
    assert one.listed() == []
    assert one.quota()["quota_used"] == 0


def test_a_lenient_sandbox_is_on_a_paid_plan(open_box):
    assert Client(open_box(lenient=["17track"])).quota()["quota_total"] == 1_000_000


# Stopping and starting.


def test_a_stopped_number_learns_nothing_more(box, client):
    _, number = ordered(box)
    client.register(number)
    client.accepted("stoptrack", number)
    assert client.rejected("stoptrack", number) == -18019906
    (row,) = client.listed(tracking_status="Stopped")
    assert row["stop_track_reason"] == "ByRequest"
    assert client.listed(tracking_status="Tracking") == []
    box.advance(by="14d")
    assert client.status(number) == "InfoReceived"
    assert client.listed()[0]["package_status"] == "InfoReceived"

    client.accepted("retrack", number)
    assert client.status(number) == "Delivered_Other"


def test_a_number_is_retracked_once_and_only_if_it_was_stopped(client):
    client.register(NUMBER)
    assert client.rejected("retrack", NUMBER) == -18019904
    client.accepted("stoptrack", NUMBER)
    assert client.accepted("retrack", NUMBER) == {"number": NUMBER, "carrier": UPS}
    client.accepted("stoptrack", NUMBER)
    assert client.rejected("retrack", NUMBER) == -18019905
    assert client.listed()[0]["is_retracked"] is True


@pytest.mark.parametrize(
    "operation",
    ["gettrackinfo", "stoptrack", "retrack", "deletetrack", "changecarrier", "changeinfo", "push"],
)
def test_a_number_has_to_be_registered_first(client, operation):
    assert client.rejected(operation, NUMBER) == -18019902
    client.register(NUMBER)
    client.accepted("deletetrack", NUMBER)
    assert client.rejected(operation, NUMBER) == -18019902


# Changes.


def test_the_right_carrier_after_the_wrong_one_finds_the_parcel(box, client):
    _, number = ordered(box, "dhl")
    client.register(number, carrier=TNT)
    assert client.rejected("changecarrier", number, carrier_new=DHL) == -18019808
    box.advance(by="1h")
    told = client.accepted("changecarrier", number, carrier_old=TNT, carrier_new=DHL)
    assert told == {"number": number, "carrier": DHL}
    assert client.status(number) == "InfoReceived"
    assert client.listed()[0]["carrier_change_count"] == 1


def test_a_change_of_carrier_that_makes_no_sense_is_rejected(box, client):
    client.register(NUMBER)
    client.register(NUMBER, carrier=DHL)
    box.advance(by="1h")

    def refused(**more):
        return client.rejected("changecarrier", NUMBER, **more)

    assert refused(carrier_new=TNT) == -18019801
    assert refused(carrier_old=YUNEXPRESS, carrier_new=TNT) == -18019805
    assert refused(carrier_old=UPS) == -18019804
    assert refused(carrier_old=UPS, carrier_new=999999) == -18019802
    assert refused(carrier_old=UPS, carrier_new=UPS) == -18019803
    assert refused(carrier_old=UPS, carrier_new=DHL) == -18019809
    assert refused(carrier_old=UPS, final_carrier_new=21051) == -18010016
    client.accepted("stoptrack", NUMBER, carrier=UPS)
    assert refused(carrier_old=UPS, carrier_new=TNT) == -18019806


def test_a_carrier_is_changed_five_times_at_the_most(box, client):
    client.register(NUMBER)
    for key in (DHL, TNT, CHINA_EMS, YUNEXPRESS, UPS):
        box.advance(by="1h")
        client.accepted("changecarrier", NUMBER, carrier_new=key)
    box.advance(by="1h")
    assert client.rejected("changecarrier", NUMBER, carrier_new=DHL) == -18019807


def test_the_carrier_of_the_last_mile_is_told_again(box, client):
    client.register("RR123456789CN")
    box.advance(by="1h")
    client.accepted("changecarrier", "RR123456789CN", final_carrier_new=21051)
    assert client.listed()[0]["final_carrier"] == 21051


def test_tags_are_changed_and_shown(box, client):
    _, number = ordered(box)
    client.register(number, tag="old", order_time="2030-01-06T00:00:00+08:00")
    client.accepted("changeinfo", number, items={"tag": "new"})
    client.accepted("changeinfo", number, remark="fragile")
    assert client.rejected("changeinfo", number) == -18019811
    assert client.accepted("gettrackinfo", number)["tag"] == "new"
    (row,) = client.listed(tag="new")
    assert (row["remark"], row["days_after_order"]) == ("fragile", 1)
    client.register(number, carrier=DHL)
    assert client.rejected("changeinfo", number, tag="x") == -18019810


# The list.


def test_the_list_is_told_page_by_page_newest_first(client):
    for start in (0, 40):
        client.data("register", [{"number": each} for each in numbers(40, start)])
    answer = client.post("gettracklist", {"page_no": 2}).json()
    page = {"data_total": 80, "page_total": 2, "page_no": 2, "page_size": 40}
    assert answer["page"] == page
    told = [each["number"] for each in answer["data"]["accepted"]]
    assert told == numbers(40)[::-1]
    assert client.post("gettracklist", {"page_size": 41}).json()["code"] == -18010011


def test_the_list_is_narrowed_down(box, client):
    _, number = ordered(box)
    client.register(number, order_no="A1")
    box.advance(by="1d")
    client.register("RR123456789CN")
    box.advance(by="12d")

    def told(**wish):
        return [each["number"] for each in client.listed(**wish)]

    since = client.listed(number="RR123456789CN")[0]["register_time"]
    assert told(number=f"{number},X12345") == told(carrier=UPS) == [number]
    assert told(order_no="A1") == told(package_status="Delivered") == [number]
    assert told(register_time_from=since) == told(package_status="NotFound") == ["RR123456789CN"]
    assert told(register_time_to="2030-01-07T00:00:00Z") == []
    assert client.post("gettracklist", {"register_time_to": "soon"}).json()["code"] == -18010011


def test_a_row_of_the_list_sums_the_journey_up(box, client):
    _, number = ordered(box)
    client.register(number)
    box.advance(by="1d")
    by_hand(box, "lose", number)
    box.advance(by="13h")
    (row,) = client.listed()
    assert row["package_status"] == "Exception"
    assert row["latest_event_info"].endswith(",Shipment declared lost")
    assert (row["shipping_country"], row["recipient_country"]) == ("CN", "GB")
    assert row["push_status"] == "NotPushed"
    assert row["pickup_time"]
    assert row["delievery_time"] == ""
