"""Channels over HTTP: quotes, goods abroad, suppliers and penalty points at the desk; what a
sandbox agrees; and shops that the platform's API never sees."""

import json

import pytest
from starlette.testclient import TestClient

from mock_api.main import create_app
from mock_api.settings import ServerSettings
from simulator.catalog import SHELF

MUG = SHELF[4].id
DAY = 86_400


class Desk:
    """One sandbox: its desk, and its control API."""

    def __init__(self, http, opened):
        self.http, self.id, self.token, self.told = (
            http,
            opened["id"],
            opened["access_token"],
            opened,
        )

    def ask(self, method, path, body=None, **query):
        headers = {"x-tts-access-token": self.token, "content-type": "application/json"}
        content = None if body is None else json.dumps(body)
        return self.http.request(
            method, f"/desk/v1{path}", content=content, params=query, headers=headers
        )

    def __call__(self, method, path, body=None, **query):
        answer = self.ask(method, path, body, **query)
        assert answer.is_success, answer.text
        return answer.json()

    def control(self, method, path, body=None):
        answer = self.http.request(method, f"/_seatrial/sandboxes/{self.id}{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def place(self, **wishes):
        return self.control("POST", "/orders", wishes)["orders"]

    def wait(self, duration):
        self.control("POST", "/clock/advance", {"by": duration})

    def facts(self, kind):
        return self.control("GET", f"/journal?kind={kind}&limit=10000")["facts"]


@pytest.fixture
def http():
    with TestClient(create_app(ServerSettings(default_sandbox=False))) as client:
        yield client


@pytest.fixture
def open_desk(http):
    def opened(**wishes):
        answer = http.post("/_seatrial/sandboxes", json=wishes)
        assert answer.status_code == 201, answer.text
        return Desk(http, answer.json())

    return opened


@pytest.fixture
def desk(open_desk):
    return open_desk(
        stock={"units": {MUG: 2}, "air": "9d"},
        independent_shops=["Harbour Lights"],
        suppliers=[
            {"code": "punctual", "lead": "1d"},
            {"code": "tardy", "lead": "1d", "late": 1, "late_by": "5d"},
        ],
    )


def refused(answer, status):
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    return told


# Quotes.


def test_quotes_are_side_by_side_cheapest_first(desk):
    before = desk.control("GET", "/journal?limit=1")["digest"]
    told = desk("GET", "/quotes", weight_g=400, destination="US")
    possible = [quote for quote in told["quotes"] if quote["price_minor"] is not None]

    assert (told["city"], told["destination"]) == ("Shenzhen", "US")
    assert {quote["carrier"] for quote in told["quotes"]} == {
        *("jt", "yunexpress", "4px", "cainiao"),
        *("ups", "fedex", "dhl", "tnt", "ems", "epacket"),
    }
    asked = [quote["to_pay_minor"] for quote in possible]
    assert asked == sorted(asked)
    for quote in possible:
        assert quote["price_minor"] == sum(row["amount_minor"] for row in quote["rows"])
        assert 0 < quote["transit_days_min"] <= quote["transit_days_max"]
        assert (quote["subsidy_minor"], quote["currency"], quote["why"]) == (0, "CNY", None)
    assert [quote["carrier"] for quote in told["quotes"] if quote["designated"]] == ["jt"]
    assert desk.control("GET", "/journal?limit=1")["digest"] == before, "asking is no event"


def test_quotes_by_speed(desk):
    told = desk("GET", "/quotes", weight_g=400, sort="speed")
    times = [quote["transit_days_max"] for quote in told["quotes"] if quote["price_minor"]]

    assert times == sorted(times)


def test_a_quote_that_cannot_be_had_says_why(desk):
    told = desk("GET", "/quotes", weight_g=2_500)
    (epacket,) = [quote for quote in told["quotes"] if quote["carrier"] == "epacket"]

    assert (epacket["why"], epacket["price_minor"], epacket["rows"]) == ("too_heavy", None, [])


def test_a_quote_for_an_order_is_what_its_booking_costs(desk):
    (order_id,) = desk.place(shipping="seller")
    desk.wait("1h")
    told = desk("GET", "/quotes", order_id=order_id)
    desk.control("POST", "/carriers/dhl/book", {"order_id": order_id})
    (bill,) = desk.facts("FreightCharged")
    (quoted,) = [quote for quote in told["quotes"] if quote["carrier"] == "dhl"]

    assert (bill["amount_minor"], bill["carrier"]) == (quoted["price_minor"], "dhl")


def test_a_subsidy_is_shown_beside_the_price(open_desk):
    desk = open_desk(subsidy_percent=25)
    told = desk("GET", "/quotes", weight_g=400)
    (own,) = [quote for quote in told["quotes"] if quote["designated"]]

    assert own["subsidy_minor"] == own["price_minor"] * 25 // 100 > 0
    assert own["to_pay_minor"] == own["price_minor"] - own["subsidy_minor"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({}, "query.weight_g"),
        ({"weight_g": 0}, "query.weight_g"),
        ({"weight_g": 1, "length_mm": -1}, "query.length_mm"),
        ({"weight_g": 1, "destination": "Britain"}, "query.destination"),
        ({"weight_g": 1, "sort": "colour"}, "query.sort"),
        ({"weight_g": 1, "wieght": 1}, "query.wieght"),
    ],
)
def test_a_wrong_question_is_named_with_its_path(desk, query, path):
    told = refused(desk.ask("GET", "/quotes", **query), 422)

    assert [error["path"] for error in told["errors"]] == [path]


def test_quotes_for_an_unknown_order(desk):
    refused(desk.ask("GET", "/quotes", order_id="576400000001000000"), 404)


# Goods abroad.


def mugs(desk, shop=0):
    told = desk("GET", "/stock", shop_id=desk.told["shops"][shop]["id"])
    (warehouse,) = told["warehouses"]
    (line,) = [line for line in warehouse["lines"] if line["sku_id"] == MUG]
    return line


def test_stock_tells_what_is_there_and_for_whom(desk):
    assert len(desk("GET", "/stock")["warehouses"]) == 2, "one for each shop"
    (order_id,) = desk.place(channel="overseas", items=[MUG])
    line = mugs(desk)

    assert (line["on_hand"], line["reserved"], line["available"]) == (2, 1, 1)
    (moved,) = desk.facts("StockMoved")
    assert (moved["order_id"], moved["cause"]) == (order_id, "reserved")


def test_out_of_stock_is_a_conflict_and_places_nothing(desk):
    answer = desk.http.post(
        f"/_seatrial/sandboxes/{desk.id}/orders",
        json={"channel": "overseas", "items": [MUG], "count": 3},
    )
    told = refused(answer, 409)

    assert told["refused"] == "OutOfStock"
    assert desk.facts("OrderPlaced") == []
    assert len(desk.place(channel="overseas", items=[MUG], count=2)) == 2


def test_drawn_baskets_are_in_stock_before_the_first_is_sold(open_desk):
    desk = open_desk(stock={"units": 1})
    answer = desk.http.post(
        f"/_seatrial/sandboxes/{desk.id}/orders", json={"channel": "overseas", "count": 50}
    )

    refused(answer, 409)
    assert desk.facts("OrderPlaced") == []


def test_a_consignment_is_on_its_way_and_arrives(desk):
    sent = desk("POST", "/consignments", {"sku_id": MUG, "units": 30, "by": "air"})
    assert sent["due_at"] - sent["sent_at"] == 9 * DAY
    assert mugs(desk)["on_the_way"] == 30
    assert desk("GET", "/stock")["consignments"] == [sent]

    desk.wait("6d")
    desk.wait("3d")
    (arrived,) = desk.facts("ConsignmentArrived")
    assert (arrived["units"], arrived["at"]) == (30, sent["due_at"])


@pytest.mark.parametrize(
    "body",
    [
        {"sku_id": MUG, "units": 0},
        {"sku_id": MUG},
        {"sku_id": "nope", "units": 1},
        {"sku_id": MUG, "units": 1, "by": "mule"},
        {"sku_id": MUG, "units": 1, "colour": "red"},
    ],
)
def test_a_consignment_that_nobody_could_send_is_refused(desk, body):
    refused(desk.ask("POST", "/consignments", body), 422)
    assert desk.facts("ConsignmentSent") == []


def test_a_source_takes_its_channels_by_weight(desk):
    wish = {
        "kind": "burst",
        "orders": 6,
        "for": "1h",
        "items": [MUG],
        "channel": {"overseas": 1},
    }
    desk.control("POST", "/demand", wish)
    desk.wait("2h")
    channels = [fact["channel"] for fact in desk.facts("OrderPlaced")]

    assert channels == ["overseas"] * 2 + ["direct"] * 4
    assert len(desk.facts("StockOut")) == 4


def test_an_unknown_channel_of_a_source_is_named_with_its_path(desk):
    wish = {"kind": "steady", "per_hour": 1, "channel": "teleport"}
    answer = desk.http.post(f"/_seatrial/sandboxes/{desk.id}/demand", json=wish)

    assert [error["path"] for error in refused(answer, 422)["errors"]] == ["body.channel.teleport"]


# Suppliers.


def test_suppliers_are_listed_with_what_they_have(desk):
    (order_id,) = desk.place(channel="dropship")
    desk.wait("1h")
    errand = desk("POST", f"/orders/{order_id}/supplier", {"supplier": "tardy"})
    told = {each["code"]: each for each in desk("GET", "/suppliers")["suppliers"]}

    assert errand["promised_by"] - errand["passed_at"] == DAY
    assert (told["tardy"]["orders"], told["punctual"]["orders"]) == (1, 0)
    assert told["tardy"]["lead_s_max"] == DAY


def test_a_late_supplier_is_in_the_report_and_the_breach_is_the_sellers(desk):
    (order_id,) = desk.place(channel="dropship")
    desk.wait("1h")
    desk("POST", f"/orders/{order_id}/supplier", {"supplier": "tardy"})
    desk.wait("7d")
    told = desk.control("GET", "/report")

    assert told["channels"]["suppliers"] == [
        {
            "supplier": "tardy",
            "passed": 1,
            "shipped": 1,
            "late": 1,
            "mean_late_s": 5 * DAY,
            "refused": 0,
        }
    ]
    assert {(row["rule"], row["liable"]) for row in told["breaches"]} == {
        ("D1", "seller"),
        ("D4", "seller"),
    }
    (freight,) = told["channels"]["freight"]
    assert (freight["channel"], freight["carrier"], freight["parcels"]) == ("dropship", "jt", 1)
    assert told["channels"]["orders"] == {"dropship": 1}


def test_who_is_no_supplier_and_what_cannot_be_passed_on(desk):
    (order_id,) = desk.place()
    refused(desk.ask("POST", f"/orders/{order_id}/supplier", {"supplier": "punctual"}), 409)
    desk.wait("1h")
    told = refused(desk.ask("POST", f"/orders/{order_id}/supplier", {"supplier": "nope"}), 422)
    assert [error["path"] for error in told["errors"]] == ["body.supplier"]
    refused(desk.ask("POST", "/orders/1/supplier", {"supplier": "punctual"}), 404)


# Penalty points.


def test_penalties_tell_points_rating_and_for_what(open_desk):
    desk = open_desk(market="us", shops=["North", "South"], independent_shops=["Own"])
    north, south = (shop["id"] for shop in desk.told["shops"])
    (order_id,) = desk.place(shop_id=north, behaviour="absent")
    desk.wait("6d")
    late, clean = desk("GET", "/penalties")["shops"]

    assert (late["shop_id"], late["points"], late["rating"], late["sanction"]) == (
        north,
        2,
        198,
        "fair",
    )
    (charge,) = late["charges"]
    assert (charge["rule"], charge["order_id"], charge["points"]) == ("D4", order_id, 2)
    assert charge["clears_at"] - charge["at"] == 180 * DAY
    assert (clean["shop_id"], clean["points"], clean["rating"]) == (south, 0, 200)
    assert desk("GET", "/penalties", shop_id=south)["shops"] == [clean]
    refused(desk.ask("GET", "/penalties", shop_id="nope"), 404)


def test_where_the_market_knows_no_points_there_are_none(desk):
    (shop,) = desk("GET", "/penalties")["shops"]

    assert (shop["points"], shop["rating"], shop["sanction"], shop["charges"]) == (0, None, "", [])


# What a sandbox agrees.


def test_a_rule_for_the_carrier(open_desk):
    desk = open_desk(carrier_rule="cheapest")
    desk.place(shipping="seller", items=[MUG], behaviour="prompt")
    desk.wait("2d")

    # 380 g: 44.53 by that line, 48.50 by ePacket.
    assert [fact["carrier"] for fact in desk.facts("ParcelBooked")] == ["cainiao"]


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"carrier_rule": "dice"}, "body.carrier_rule"),
        ({"stock": {"units": {"nope": 1}}}, "body"),
        ({"stock": {"units": -1}}, "body.stock.units.*"),
        ({"stock": {"sea": ["5d", "1d"]}}, "body.stock.sea_span"),
        ({"suppliers": []}, "body.suppliers"),
        ({"suppliers": [{"code": "A B", "lead": "1d"}]}, "body.suppliers.0.code"),
        ({"suppliers": [{"code": "a", "lead": "1d"}] * 2}, "body.suppliers"),
        ({"independent_shops": [""]}, "body.independent_shops.0"),
        ({"subsidy_percent": 101}, "body.subsidy_percent"),
    ],
)
def test_a_wrong_agreement_is_named_with_its_path(http, wish, path):
    told = refused(http.post("/_seatrial/sandboxes", json=wish), 422)

    assert [error["path"] for error in told["errors"]] == [path]


# Independent shops.


def test_an_independent_shop_has_no_cipher_and_its_orders_are_not_on_the_platform(desk):
    (own,) = desk.told["independent_shops"]
    (hidden,) = desk.place(shop_id=own["id"])
    (seen,) = desk.place()
    sandbox = desk.http.app.state.sandboxes.get(desk.id)

    assert own.keys() == {"id", "name", "region"}
    assert own["id"] not in {shop["id"] for shop in desk.told["shops"]}
    assert own["id"] not in sandbox.papers.ciphers.values()
    assert {hidden, seen} == set(sandbox.world.registry.orders)


def test_the_platforms_api_does_not_show_them(open_box):
    box = open_box(independent_shops=["Own"])
    hidden = box.place_one(shop_id=box.told["independent_shops"][0]["id"])
    seen = box.place_one()
    found = box.data("POST", "/order/202309/orders/search", {}, query=[("page_size", "50")])
    by_id = [("ids", f"{hidden},{seen}")]
    parcel = box.journal(kind="ParcelCreated", order_id=hidden)[0]["parcel_id"]

    assert [order["id"] for order in found["orders"]] == [seen]
    assert box.refused("GET", "/order/202309/orders", query=by_id) == (200, 21008111)
    assert box.refused("GET", f"/fulfillment/202309/packages/{parcel}")[1] != 0


def test_it_ships_by_the_control_api_all_the_same(desk):
    (own,) = desk.told["independent_shops"]
    (order_id,) = desk.place(shop_id=own["id"])
    desk.control("POST", "/carriers/yunexpress/book", {"order_id": order_id})
    until = {"order": order_id, "status": "COMPLETED"}

    assert desk.control("POST", "/clock/advance", {"until": until, "at_most": "60d"})["reached"]
    assert desk.facts("RuleBreached") == []


def test_after_a_reset_it_still_has_none(desk):
    desk.http.post(f"/_seatrial/sandboxes/{desk.id}/reset")
    told = desk.control("GET", "")

    assert [shop["id"] for shop in told["independent_shops"]] == [
        shop["id"] for shop in desk.told["independent_shops"]
    ]
    assert len(told["shops"]) == 1


def test_the_desk_describes_its_new_pages(http):
    paths = http.get("/desk/openapi.json").json()["paths"]

    assert {
        "/desk/v1/quotes",
        "/desk/v1/stock",
        "/desk/v1/consignments",
        "/desk/v1/suppliers",
        "/desk/v1/orders/{order_id}/supplier",
        "/desk/v1/penalties",
    } <= paths.keys()
