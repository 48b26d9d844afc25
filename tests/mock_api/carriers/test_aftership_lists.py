"""AfterShip's API: lists of trackings, who may call, and what may befall any call."""

from datetime import UTC, datetime

import pytest
import tracking.exceptions as told

from mock_api.carriers.aftership.signing import call_signature
from mock_api.settings import ServerSettings
from tests.mock_api.carriers.aftership import OLD_HABITS, Client
from tests.mock_api.carriers.seventeentrack import ordered

UPS, TESTED, DHL = "1Z999AA10123456784", "1Z12345E6605272234", "9356579890"

pytestmark = OLD_HABITS


@pytest.fixture
def client(box):
    return Client(box)


@pytest.fixture
def stock(client):
    return client.stock()


# Lists.


def test_a_list_goes_on_page_by_page_newest_first(client, stock):
    made = [client.create(number) for number in (UPS, TESTED, DHL)]
    first = stock.tracking.get_trackings(limit=2).data
    assert [each.id for each in first.trackings] == [made[2], made[1]]
    assert (first.pagination.total, first.pagination.has_next_page) == (3, True)

    client.data("DELETE", f"/trackings/{made[1]}")  # a cursor survives what it names
    rest = stock.tracking.get_trackings(limit=2, cursor=first.pagination.next_cursor).data
    assert [each.id for each in rest.trackings] == [made[0]]
    assert (rest.pagination.next_cursor, rest.pagination.has_next_page) == (None, False)


def test_a_list_may_be_narrowed(box, client):
    _, number = ordered(box)
    went = client.create(number, order_id="A-1", shipment_tags=["red", "blue"], title="Mugs")
    box.advance(by="14d")
    since = datetime.fromtimestamp(box.now, UTC).isoformat()
    box.advance(by="1h")
    waits = client.create(DHL, order_id="A-2", origin_country_region="CHN")

    for query, expected in (
        ({"tracking_numbers": f"{number},{UPS}"}, [went]),
        ({"slug": "dhl,tnt"}, [waits]),
        ({"tag": "Delivered"}, [went]),
        ({"tag": "Pending"}, [waits]),
        ({"order_id": "A-1,A-9"}, [went]),
        ({"shipment_tags": "blue"}, [went]),
        ({"keyword": "mugs"}, [went]),
        ({"keyword": "shipment_tags"}, []),
        ({"keyword": number[-6:]}, [went]),
        ({"origin": "CHN"}, [waits, went]),
        ({"destination": "GBR"}, [went]),
        ({"courier_destination_country_region": "USA"}, []),
        ({"return_to_sender": "false"}, [waits, went]),
        ({"return_to_sender": "true"}, []),
        ({"created_at_min": since}, [waits]),
        ({"created_at_max": since}, [went]),
        ({"updated_at_min": since}, [waits]),
        ({"updated_at_max": "2031-01-01T00:00:00Z"}, [waits, went]),
        ({"transit_time": client.get(went)["transit_time"]}, [went]),
    ):
        assert client.listed(**query) == expected, query


def test_fields_may_be_chosen(client):
    made = client.create(UPS, title="Mugs")
    chosen = {"id", "tracking_number", "slug", "title", "tag"}
    assert client.get(made, fields="title,tag").keys() == chosen
    (one,) = client.data("GET", "/trackings", fields="title,tag")["trackings"]
    assert one.keys() == chosen


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "many"},
        {"cursor": "x"},
        {"cursor": "bm9uZQ=="},
        {"tag": "Lost"},
        {"created_at_min": "yesterday"},
        {"tracking_numbers": ",".join(map(str, range(51)))},
    ],
)
def test_a_list_that_cannot_be_is_refused(client, query):
    assert client.refused("GET", "/trackings", **query) == (400, 4008, "BadRequest")


# Who calls.


def test_a_stranger_is_refused(client):
    stranger = client.stock(api_key="nobody's")
    with pytest.raises(told.UnauthorizedError) as caught:
        stranger.tracking.get_trackings()
    assert (caught.value.meta_code, caught.value.message) == (401, "Invalid API key.")
    assert client.refused("GET", "/trackings", key="") == (401, 401, "Unauthorized")


def test_one_who_signs_has_to_sign_rightly(client):
    secret = client.credentials["api_secret"]
    signing = client.stock(authentication_type="AES", api_secret=secret)
    made = signing.tracking.create_tracking({"tracking_number": UPS}).data
    assert signing.tracking.get_trackings(tracking_numbers=UPS, limit=1).data.trackings == [
        signing.tracking.get_tracking_by_id(made.id).data
    ]
    with pytest.raises(told.UnauthorizedError):
        client.stock(authentication_type="AES", api_secret="x").tracking.get_trackings()


def test_a_signature_is_over_the_sorted_address_and_the_as_headers():
    """The right one by hand: printf … | openssl dgst -sha256 -hmac secret -binary | base64"""
    headers = {"As-Store-Id": " 7", "date": "Tue, 08 Jan 2030 10:00:00 GMT", "other": "x"}
    one = call_signature("secret", "GET", ("/tracking/2026-07/trackings", "b=2&a="), (headers, b""))
    other = call_signature(
        "secret", "GET", ("/tracking/2026-07/trackings", "a=&b=2"), (headers, b"")
    )
    assert one == other == "OL0F85QU2rLPeOaYWZoSIU4EG4MXCf8obKSFUvBSzI0="


def test_the_default_sandbox_takes_any_key_if_the_server_says_so(serve):
    served = serve(ServerSettings(any_credentials=True))
    headers = {"as-api-key": "mine", "as-signature-hmac-sha256": "whatever"}
    answer = served.http.get("/tracking/2026-07/couriers", headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("version", ["2024-07", "2025-04", "2026-01", "2027-01"])
def test_any_dated_version_answers(box, version):
    assert Client(box, version).create(UPS)


@pytest.mark.parametrize("version", ["v4", "2026-13", "2026", "latest"])
def test_what_is_no_date_is_no_version(box, version):
    assert Client(box, version).refused("GET", "/trackings") == (404, 404, "NotFound")


def test_addresses_and_methods_that_are_not_served_are_not_found(client):
    assert client.refused("GET", "/estimates") == (404, 404, "NotFound")
    assert client.refused("PATCH", "/couriers") == (404, 404, "NotFound")


# What may befall any call.


@pytest.mark.parametrize(
    ("what", "refusal", "kind"),
    [
        ({"what": "throttled", "retry_after": 3}, (429, 429), told.TooManyRequestsError),
        ({"what": "overloaded"}, (503, 503), told.InternalError),
        ({"what": "internal_error"}, (500, 500), told.InternalError),
    ],
)
def test_planned_faults_raise_the_client_s_own_exceptions(client, stock, what, refusal, kind):
    made = client.create(UPS)
    client.create(DHL)
    plan = what | {"operation": "aftership.get_tracking", "order_id": UPS, "times": 1}
    client.box.control("POST", "/faults", plan)
    assert client.listed()
    with pytest.raises(kind) as caught:
        stock.tracking.get_tracking_by_id(made)
    assert (caught.value.status_code, caught.value.meta_code) == refusal
    assert stock.tracking.get_tracking_by_id(made).data.id == made


def test_a_fault_is_found_by_numbers_in_bodies_and_queries(client):
    client.box.control("POST", "/faults", {"what": "overloaded", "order_id": UPS, "times": 2})
    assert client.refused("POST", "/trackings", {"tracking_number": UPS})[0] == 503
    assert client.refused("GET", "/trackings", tracking_numbers=f"{DHL},{UPS}")[0] == 503
    assert client.create(UPS)


def test_a_malformed_body_is_refused_while_a_fault_is_planned(client):
    client.box.control("POST", "/faults", {"what": "overloaded", "order_id": UPS})
    headers = {"as-api-key": client.credentials["api_key"], "content-type": "application/json"}
    for content in (b"{", b"[]", b"[" * 100_000):
        answer = client.box.served.http.post(
            f"{client.base}/trackings", content=content, headers=headers
        )
        assert answer.status_code == 400
        assert answer.json()["meta"]["type"] == "BadRequest"


def test_more_calls_a_second_than_it_takes_are_throttled(open_box):
    client = Client(open_box(rate_limit=50))
    statuses = [client.call("GET", "/couriers").status_code for _ in range(12)]
    assert statuses.count(429) >= 1
    assert statuses[:10] == [200] * 10


def test_addresses_that_are_not_allowed_are_refused(open_box):
    client = Client(open_box(allowed_ips=["10.0.0.0/8"]))
    assert client.refused("GET", "/couriers") == (403, 403, "Forbidden")


def test_its_calls_are_in_the_log_with_the_key_hidden(client):
    client.create(UPS)
    (exchange,) = client.box.exchanges()
    assert exchange["operation"] == "aftership.create_tracking"
    assert client.credentials["api_key"] not in str(exchange)


def test_it_is_served_below_its_name_too(client):
    client.base = f"/aftership{client.base}"
    assert client.create(UPS)
