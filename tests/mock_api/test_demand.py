"""The control API's sources of orders, over a real socket."""

import httpx
import pytest

from mock_api.settings import Limits, ServerSettings
from scenarios.serving import served
from simulator.catalog import SHELF

MUG = SHELF[4].id


@pytest.fixture(scope="module")
def control():
    limits = Limits(sources=3, orders_per_source=500)
    settings = ServerSettings(default_sandbox=False, limits=limits)
    with (
        served(settings) as base,
        httpx.Client(base_url=f"{base}/_seatrial", timeout=60) as client,
    ):
        yield client


@pytest.fixture
def sandbox(control):
    """The path of a fresh one."""
    sandbox_id = control.post("/sandboxes").json()["id"]
    yield f"/sandboxes/{sandbox_id}"
    control.delete(f"/sandboxes/{sandbox_id}")


@pytest.fixture
def add(control, sandbox):
    return lambda **body: control.post(f"{sandbox}/demand", json=body)


@pytest.fixture
def sources(control, sandbox):
    return lambda: control.get(f"{sandbox}/demand").json()["sources"]


@pytest.fixture
def advance(control, sandbox):
    return lambda by: control.post(f"{sandbox}/clock/advance", json={"by": by}).json()


@pytest.fixture
def facts(control, sandbox):
    return lambda kind: control.get(f"{sandbox}/journal", params={"kind": kind}).json()["facts"]


def errors(answer):
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["path"]: error["message"] for error in answer.json()["errors"]}


def test_a_steady_source_is_opened_listed_and_over(add, sources, advance, facts):
    answer = add(
        kind="steady", per_hour=20, behaviour={"prompt": 3, "integration": 1}, **{"for": "72h"}
    )
    opened = answer.json()

    assert answer.status_code == 201
    assert (opened["id"], opened["kind"], opened["placed"]) == ("demand-1", "steady", 0)
    assert opened["end"] == opened["start"] + 72 * 3600
    assert opened["start"] <= opened["next"] < opened["end"]

    advance("12h")
    (half_way,) = sources()
    assert half_way["placed"] == len(facts("OrderPlaced")) > 100
    assert half_way["over"] is False

    advance("3d")
    (ended,) = sources()
    assert (ended["over"], ended["cause"], ended["next"]) == (True, "complete", None)
    assert ended["placed"] == 500 == len(facts("OrderPlaced"))
    assert {fact["source"] for fact in facts("OrderPlaced")} == {"demand-1"}
    (fact,) = facts("DemandEnded")
    assert (fact["source"], fact["placed"], fact["cause"]) == ("demand-1", 500, "complete")


def test_a_curve_has_weights_and_a_zone_of_its_own(add, sources, advance, facts):
    hours = [0] * 24
    hours[20] = 1
    add(kind="curve", per_hour=2, hours=hours, timezone="Asia/Bangkok", count=90)
    advance("3d")

    assert {(fact["at"] // 3600 + 7) % 24 for fact in facts("OrderPlaced")} == {20}
    assert sources()[0]["placed"] == 90


def test_a_burst_brings_exactly_its_orders(add, advance, facts):
    start = "2030-01-08T12:00:00Z"
    opened = add(kind="burst", orders=50, tempo="flash", start=start, city="Yiwu", **{"for": "30m"})
    advance("2d")

    moments = [fact["at"] for fact in facts("OrderPlaced")]
    assert opened.json()["start"] == 1894104000
    assert len(moments) == 50
    assert 1894104000 <= min(moments) <= max(moments) < 1894104000 + 1800
    assert {fact["city"] for fact in facts("OrderPlaced")} == {"Yiwu"}


def test_past_orders_come_again_from_text(add, advance, facts):
    text = (
        "at,shipping,items,pays_after_s\n"
        f"2024-11-11T20:00:00Z,seller,{MUG}*2,never\n"
        f"2024-11-11T19:59:30Z,platform,{MUG},5\n"
    )
    opened = add(kind="replay", csv=text, from_first=True).json()
    advance("1h")

    placed = facts("OrderPlaced")
    assert [fact["at"] - opened["start"] for fact in placed] == [0, 30]
    assert [(fact["mode"], fact["units"]) for fact in placed] == [("platform", 1), ("seller", 2)]
    assert [fact["at"] - opened["start"] for fact in facts("OrderPaid")] == [5]


def test_past_orders_come_again_from_rows(add, advance, facts):
    rows = [{"after": "2h", "shipping": "seller"}, {"after": "90m", "pays_after": "never"}]
    opened = add(kind="replay", rows=rows, items=[MUG], pays_after="10m").json()
    advance("3h")

    placed = facts("OrderPlaced")
    assert [fact["at"] - opened["start"] for fact in placed] == [5400, 7200]
    assert [fact["at"] - opened["start"] for fact in facts("OrderPaid")] == [7800]


def test_buyers_pay_at_once_late_or_never(add, advance, facts):
    add(kind="burst", orders=100, paid=0.8, late=0.5, late_after=["2h", "5h"], **{"for": "1m"})
    advance("1h")
    at_once = len(facts("OrderPaid"))
    advance("6h")
    late = len(facts("OrderPaid"))
    advance("1d")

    assert 0 < at_once < late < 100
    assert len(facts("OrderCancelled")) == 100 - late


def test_a_stopped_source_brings_no_more(control, sandbox, add, sources, advance, facts):
    add(kind="steady", per_hour=60, name="evening")
    advance("1h")
    stopped = control.delete(f"{sandbox}/demand/evening")
    advance("1d")

    assert stopped.status_code == 200
    assert stopped.json()["cause"] == "stopped"
    assert stopped.json()["placed"] == len(facts("OrderPlaced"))
    assert sources() == []
    assert control.delete(f"{sandbox}/demand/evening").status_code == 404


def test_a_sandbox_has_so_many_sources_and_no_more(add):
    for _ in range(3):
        assert add(kind="steady", per_hour=1).status_code == 201

    refused = add(kind="steady", per_hour=1)
    assert refused.status_code == 409
    assert "3 sources" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"kind": "steady", "per_hour": 1, "count": 501}, "body.count"),
        ({"kind": "burst", "orders": 501, "for": "1h"}, "body.orders"),
        ({"kind": "replay", "rows": [{"after": 1}] * 501}, "body.rows"),
        ({"kind": "replay", "csv": "after_s\n" + "1\n" * 501}, "body.csv"),
    ],
)
def test_a_source_brings_so_many_orders_and_no_more(add, body, path):
    assert errors(add(**body)) == {path: "one source brings 500 orders at the most"}


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, {"body.kind"}),
        ({"kind": "flood"}, {"body.kind"}),
        ({"kind": "steady"}, {"body.per_hour"}),
        ({"kind": "steady", "per_hour": 0, "colour": "red"}, {"body.per_hour", "body.colour"}),
        (
            {"kind": "steady", "per_hour": 1, "for": "soon", "start": "now"},
            {"body.for", "body.start"},
        ),
        ({"kind": "steady", "per_hour": 1, "for": "1h", "end": 1999999999}, {"body"}),
        ({"kind": "steady", "per_hour": 1, "start": 0}, {"body.start"}),
        ({"kind": "steady", "per_hour": 1, "end": 5}, {"body.end"}),
        ({"kind": "steady", "per_hour": 1e9, "name": "a/b"}, {"body.per_hour", "body.name"}),
        ({"kind": "steady", "per_hour": 1, "city": {}}, {"body.city"}),
        ({"kind": "steady", "per_hour": 1, "shipping": "boat"}, {"body.shipping.boat"}),
        ({"kind": "steady", "per_hour": 1, "behaviour": {"lazy": 1}}, {"body.behaviour.lazy"}),
        ({"kind": "steady", "per_hour": 1, "units": {"x": 1, "2": -1}}, {"body.units.2"}),
        ({"kind": "steady", "per_hour": 1, "units": {"x": 1}}, {"body.units.x"}),
        ({"kind": "steady", "per_hour": 1, "skus": {"mug": 1}}, {"body.skus.mug"}),
        ({"kind": "steady", "per_hour": 1, "items": [MUG], "skus": {MUG: 1}}, {"body"}),
        ({"kind": "steady", "per_hour": 1, "paid": 2, "late": -1}, {"body.paid", "body.late"}),
        ({"kind": "steady", "per_hour": 1, "pays_after": ["2h", "1h"]}, {"body.pays_after"}),
        ({"kind": "steady", "per_hour": 1, "shop_id": "7"}, {"body.shop_id"}),
        (
            {"kind": "curve", "per_hour": 1, "hours": [1], "weekdays": [0] * 7, "timezone": "Mars"},
            {"body.hours", "body.weekdays", "body.timezone"},
        ),
        (
            {"kind": "burst", "orders": 0, "for": "1h", "tempo": "slow"},
            {"body.orders", "body.tempo"},
        ),
        ({"kind": "burst", "orders": 1, "for": 0}, {"body.for"}),
        ({"kind": "replay"}, {"body"}),
        ({"kind": "replay", "rows": []}, {"body.rows"}),
        ({"kind": "replay", "rows": [{"after": 1}, {"at": 1}]}, {"body"}),
        ({"kind": "replay", "rows": [{"after": 1}, {}]}, {"body"}),
        (
            {"kind": "replay", "rows": [{"after": 1, "behaviour": "lazy"}]},
            {"body.rows.0.behaviour"},
        ),
        ({"kind": "replay", "rows": [{"after": 1, "pays_after": "x"}]}, {"body.rows.0.pays_after"}),
        ({"kind": "replay", "rows": [{"at": 5}]}, {"body.rows.0.at"}),
    ],
)
def test_each_wrong_value_is_told_with_its_path(add, facts, body, paths):
    assert set(errors(add(**body))) == paths
    assert facts("") == []


def test_a_wrong_cell_is_told_with_its_line_and_column(add):
    told = errors(add(kind="replay", csv="after_s,shipping\n1,seller\n2,boat\n"))

    allowed = "allowed: platform, seller"
    assert told == {"body.csv": f"line 3, column shipping: found 'boat', {allowed}"}


def test_a_row_of_the_past_is_told_with_its_line(add):
    told = errors(add(kind="replay", csv="at\n2031-01-01\n\n2029-01-01\n"))

    assert told["body.csv"].startswith("line 4, column at: lies 32054400 s before the source's")


def test_a_sheet_of_errors_is_told_in_part(add):
    answer = add(kind="replay", csv="at\n" + "soon\n" * 400)

    assert len(answer.json()["errors"]) == 100


def test_a_body_that_is_no_json_is_told(control, sandbox):
    answer = control.post(
        f"{sandbox}/demand", content="{", headers={"content-type": "application/json"}
    )

    assert answer.status_code == 422


def test_an_unknown_sandbox_has_no_demand(control):
    assert control.get("/sandboxes/nope/demand").status_code == 404


def test_the_kinds_are_in_the_openapi(control):
    document = control.get("/openapi.json").json()
    body = document["paths"]["/sandboxes/{sandbox_id}/demand"]["post"]["requestBody"]
    kinds = body["content"]["application/json"]["schema"]["discriminator"]["mapping"]

    assert set(kinds) == {"steady", "curve", "burst", "replay"}
