"""The control API's sandboxes: opening, looking, resetting, deleting; what they share (nothing)."""

import pytest

from mock_api.settings import Limits, ServerSettings
from simulator.world import STARTS_AT

HOUR = 3600


@pytest.fixture
def problem(server):
    """A refused request to the control API: its status and problem."""

    def asking(method, path, body=None, on=server, **query):
        answer = on.control(method, f"/_seatrial{path}", body, query)
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert told["status"] == answer.status_code
        return answer.status_code, told

    return asking


def paths(told):
    return [error["path"] for error in told["errors"]]


def test_health_tells_the_version(server):
    told = server.http.get("/_seatrial/health").json()
    assert told["status"] == "ok"
    assert told["version"]


def test_a_sandbox_comes_with_all_its_credentials(box):
    told = box.told
    assert told.keys() >= {"id", "seed", "market", "now", "app_key", "app_secret", "carriers"}
    assert told.keys() >= {"access_token", "refresh_token", "shops", "service_id"}
    assert (told["seed"], told["market"], told["now"]) == (1, "standard", STARTS_AT)
    assert told["shops"][0].keys() == {"id", "cipher", "name", "region"}
    assert box.control("GET") == told
    listed = box.served.http.get("/_seatrial/sandboxes").json()["sandboxes"]
    assert told in listed


def test_no_two_sandboxes_share_a_credential(open_box):
    one, other = open_box(), open_box()
    for name in ("id", "app_key", "app_secret", "access_token", "refresh_token", "service_id"):
        assert one.told[name] != other.told[name]
    assert one.cipher != other.cipher


def test_a_sandbox_is_made_as_wished(open_box):
    box = open_box(seed=7, start="2031-02-03T04:05:06Z", shops=["North", "South"], quiet_ms=3)
    assert (box.told["seed"], box.told["quiet_ms"]) == (7, 3)
    assert box.told["now"] == box.told["start"] == 1_927_857_906
    assert [shop["name"] for shop in box.told["shops"]] == ["North", "South"]


def test_its_shippers_may_have_to_call_couriers(open_box):
    assert open_box(pickups="on_call").inside.world.registry.on_call
    assert not open_box().inside.world.registry.on_call


def test_a_sandbox_may_start_now_or_at_a_unix_second(open_box):
    assert open_box(start="now").told["now"] > 1_700_000_000
    assert open_box(start=2_000_000_000).told["now"] == 2_000_000_000


def test_so_many_shops_get_names(open_box):
    names = [shop["name"] for shop in open_box(shops=3).told["shops"]]
    assert names == ["Sea Trial Goods", "Sea Trial Goods 2", "Sea Trial Goods 3"]


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"sede": 1}, "body.sede"),
        ({"seed": -1}, "body.seed"),
        ({"seed": 2**63}, "body.seed"),
        ({"seed": "x"}, "body.seed"),
        ({"market": "atlantis"}, "body.market"),
        ({"start": "yesterday"}, "body.start"),
        ({"start": 0}, "body.start"),
        ({"start": "9999-12-31"}, "body.start"),
        ({"shops": 0}, "body.shops"),
        ({"shops": 10**9}, "body.shops"),
        ({"shops": []}, "body.shops"),
        ({"shops": [""]}, "body.shops"),
        ({"shops": ["x" * 201]}, "body.shops"),
        ({"shops": ["\ud800"]}, "body.shops"),
        ({"timestamps": "sundial"}, "body.timestamps"),
        ({"webhooks": "pigeon"}, "body.webhooks"),
        ({"quiet_ms": 10_001}, "body.quiet_ms"),
        ({"redirect_url": "x" * 2001}, "body.redirect_url"),
    ],
)
def test_a_wrong_wish_is_named_with_its_path(problem, wish, path):
    status, told = problem("POST", "/sandboxes", wish)
    assert (status, paths(told)) == (422, [path])


def test_every_error_is_named_at_once(problem):
    _, told = problem("POST", "/sandboxes", {"seed": -1, "webhooks": "pigeon", "x": 1})
    assert set(paths(told)) == {"body.seed", "body.webhooks", "body.x"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/reset"),
        ("GET", "/clock"),
        ("PATCH", "/clock"),
        ("POST", "/clock/advance"),
        ("GET", "/clock/advance"),
        ("POST", "/orders"),
        ("POST", "/buyers/5764/pay"),
        ("POST", "/carriers/jt/hold"),
        ("POST", "/carriers/ups/book"),
        ("GET", "/journal"),
        ("GET", "/exchanges"),
        ("GET", "/webhooks"),
    ],
)
def test_an_unknown_sandbox_is_not_found(problem, method, path):
    bodies = {"/clock": {"mode": "frozen"}, "/clock/advance": {"by": 1}}
    bodies |= {"/carriers/jt/hold": {"for": 1}, "/carriers/ups/book": {"order_id": "1"}}
    status, told = problem(method, f"/sandboxes/nowhere{path}", bodies.get(path))
    assert status == 404
    assert "nowhere" in told["detail"]


def test_unknown_paths_and_methods_are_problems_too(problem):
    assert problem("GET", "/nope")[0] == 404
    assert problem("GET", "/sandboxes/")[0] == 404
    assert problem("PUT", "/sandboxes")[0] == 405


def test_a_deleted_sandbox_is_gone_with_its_credentials(open_box, problem):
    box = open_box()
    box.place(count=2)
    assert box.ask("DELETE").status_code == 204

    assert problem("GET", f"/sandboxes/{box.id}")[0] == 404
    assert problem("DELETE", f"/sandboxes/{box.id}")[0] == 404
    assert box.refused("GET", "/authorization/202309/shops", cipher=None) == (400, 36009004)
    query = {"service_id": box.told["service_id"]}
    assert box.served.http.get("/open/authorize", params=query).json()["code"] == 36004003


def test_a_server_holds_only_so_many_sandboxes(serve, problem):
    served = serve(ServerSettings(default_sandbox=False, limits=Limits(sandboxes=2)))
    first = served.open()
    served.open()
    status, told = problem("POST", "/sandboxes", on=served)
    assert (status, "delete one first" in told["detail"]) == (409, True)
    first.ask("DELETE")
    assert served.open().told["id"]


def test_the_default_sandbox_has_well_known_credentials(serve):
    served = serve(ServerSettings())
    told = served.http.get("/_seatrial/sandboxes/default").json()

    assert (told["app_key"], told["app_secret"]) == ("seatrial", "seatrial-secret")
    assert told["access_token"] == "ROW_seatrial-access-token"
    assert told["refresh_token"] == "ROW_seatrial-refresh-token"
    assert told["shops"][0]["cipher"] == "ROW_seatrial-shop"
    assert told["service_id"] == "7000000000000000001"


def test_the_default_sandbox_can_be_left_out(serve, problem):
    served = serve(ServerSettings(default_sandbox=False))
    assert problem("GET", "/sandboxes/default", on=served)[0] == 404


# Worlds.


def live(box):
    """A few commands, the same for every box."""
    orders = box.place(count=3, behaviour="prompt")
    box.place(count=2, behaviour="slow", shipping="seller", city="Yiwu")
    box.advance(by="60h")
    box.control("POST", "/carriers/jt/hold", {"for": "24h"})
    box.place(paid=False)
    box.advance(by="60h")
    return orders


def test_one_seed_gives_one_world(open_box):
    one, same, other = open_box(seed=9), open_box(seed=9), open_box(seed=10)
    ids = [live(box) for box in (one, same, other)]

    assert ids[0] == ids[1] != ids[2]
    assert one.mark() == same.mark()
    assert one.mark()[1] != other.mark()[1]
    assert one.journal() == same.journal()


def test_many_small_steps_make_the_world_of_one_long_one(open_box):
    long, small = open_box(), open_box()
    for box in (long, small):
        box.place(count=5, behaviour="prompt")
    long.advance(by="5d")
    for _ in range(60):
        small.advance(by="2h")

    assert long.mark() == small.mark()


def test_a_reset_keeps_the_credentials_and_gives_the_same_world_again(box, listener):
    box.subscribe(listener.url)
    ids = live(box)
    lived, mark = box.journal(), box.mark()
    told = box.control("POST", "/reset")

    assert told == box.told
    assert box.journal() == box.webhooks() == box.exchanges() == []
    assert box.data("GET", "/event/202309/webhooks") == {"total_count": 0}
    assert live(box) == ids
    assert (box.journal(), box.mark()) == (lived, mark)


def test_after_a_reset_tokens_live_anew(box):
    box.advance(by="8d")
    box.control("POST", "/reset")
    assert box.data("GET", "/authorization/202309/shops", cipher=None)


def test_sandboxes_do_not_see_each_other(open_box):
    one, other = open_box(seed=1), open_box(seed=2)
    order = one.place_one()
    one.advance(by="1h")

    assert other.journal() == []
    assert other.now == STARTS_AT
    assert other.exchanges() == []
    assert other.data("GET", "/order/202309/orders", query=[("ids", order)]) == {}
    package = one.package_of(order)
    path = f"/fulfillment/202309/packages/{package}/ship"
    assert other.refused("POST", path, {}) == (200, 21011028)


# Orders, buyers, carriers.


@pytest.mark.parametrize(
    ("wish", "status", "path"),
    [
        ({"count": 0}, 422, "body.count"),
        ({"count": 100_001}, 422, "body.count"),
        ({"count": 10**30}, 422, "body.count"),
        ({"shipping": "rocket"}, 422, "body.shipping"),
        ({"city": ""}, 422, "body.city"),
        ({"city": "\ud800"}, 422, "body.city"),
        ({"city": "x" * 61}, 422, "body.city"),
        ({"items": []}, 422, "body.items"),
        ({"items": ["x"]}, 422, "body.items.0"),
        ({"items": ["x"] * 51}, 422, "body.items"),
        ({"behaviour": "lazy"}, 422, "body.behaviour"),
        ({"behavior": "slow"}, 422, "body.behavior"),
        ({"shop_id": "7494"}, 404, None),
    ],
)
def test_an_order_that_cannot_be_is_not_placed(box, wish, status, path):
    answer = box.ask("POST", "/orders", wish)
    assert answer.status_code == status
    if path:
        assert paths(answer.json()) == [path]
    assert box.mark()[0] == 0


def test_orders_need_no_body(box):
    assert len(box.control("POST", "/orders")["orders"]) == 1


def test_orders_are_as_wished(open_box):
    box = open_box(shops=2)
    south = box.told["shops"][1]["id"]
    box.place(count=2, shipping="seller", city="Hangzhou", shop_id=south, paid=False)
    placed = box.journal(kind="OrderPlaced")

    assert len(placed) == 2
    assert {fact["mode"] for fact in placed} == {"seller"}
    assert {fact["city"] for fact in placed} == {"Hangzhou"}
    assert {fact["shop_id"] for fact in placed} == {south}
    assert box.journal(kind="OrderPaid") == []


def test_buyers_pay_change_their_mind_and_confirm(box):
    order = box.place_one(paid=False)
    assert box.control("POST", f"/buyers/{order}/pay")["status"] == "ON_HOLD"
    box.control("POST", f"/buyers/{order}/change_address")
    box.advance(by="1h")
    assert box.control("POST", f"/buyers/{order}/cancel")["status"] == "AWAITING_SHIPMENT"
    box.control("POST", f"/buyers/{order}/withdraw_cancellation")
    box.client.fulfillment.ship_package(box.package_of(order))
    box.until(order, "DELIVERED")
    told = box.control("POST", f"/buyers/{order}/confirm")
    assert told == {"order_id": order, "status": "COMPLETED", "now": box.now}


@pytest.mark.parametrize("action", ["pay", "withdraw_cancellation", "confirm"])
def test_what_a_buyer_cannot_do_now_is_a_conflict(box, action):
    order = box.place_one()
    before = box.mark()
    answer = box.ask("POST", f"/buyers/{order}/{action}")

    assert (answer.status_code, answer.json()["refused"]) == (409, "WrongStatus")
    assert order in answer.json()["detail"]
    assert box.mark() == before


def test_unknown_buyers_and_actions(box):
    order = box.place_one()
    assert box.ask("POST", "/buyers/5764/pay").status_code == 404
    answer = box.ask("POST", f"/buyers/{order}/sing")
    assert (answer.status_code, paths(answer.json())) == (422, ["path.action"])


def test_a_carrier_is_held_until_then(box):
    told = box.control("POST", "/carriers/jt/hold", {"for": "60h"})
    assert told == {"carrier": "jt", "until": box.now + 60 * HOUR}
    answer = box.ask("POST", "/carriers/pigeon/hold", {"for": "1h"})
    assert (answer.status_code, paths(answer.json())) == (422, ["path.carrier"])
    assert "known are jt, " in answer.json()["detail"]


@pytest.mark.parametrize("body", [{}, {"for": "soon"}, {"for": -1}, {"for_": "1h"}, {"for": None}])
def test_a_hold_takes_a_duration(box, body):
    answer = box.ask("POST", "/carriers/jt/hold", body)
    assert answer.status_code == 422
    assert paths(answer.json())[0].startswith("body")


def test_a_carrier_is_booked_for_seller_shipping_only(box):
    own, platform = box.released(shipping="seller"), box.released()
    told = box.ask("POST", "/carriers/ups/book", {"order_id": own})
    assert told.status_code == 201
    assert told.json()["tracking_number"].startswith("1Z")
    assert box.ask("POST", "/carriers/ups/book", {"order_id": platform}).status_code == 409
    assert box.ask("POST", "/carriers/ups/book", {"order_id": own}).status_code == 409
    assert box.ask("POST", "/carriers/ups/book", {"order_id": "5764"}).status_code == 404
    assert box.ask("POST", "/carriers/pigeon/book", {"order_id": own}).status_code == 422
