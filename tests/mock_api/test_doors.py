"""What stands in front of every endpoint besides its signature: rates, allow lists, scopes, closed
doors, ciphers of category assets; and operations that are known and not simulated."""

import pytest

from mock_api.kernel.doors import DoorRules, Doors, Window, networks
from mock_api.seller_center.coverage import routed, state_of
from mock_api.seller_center.known.table import match, operations, pattern_of, shape_of

LIST, SHOPS = "/order/202309/orders/search", "/authorization/202309/shops"

PAGE = [("page_size", "10")]
TOO_MANY = (429, 36009002)


def listed(box, **edits):
    return box.refused("POST", LIST, query=PAGE, **edits)


def test_a_window_takes_so_many_within_any_stretch_of_time():
    window = Window(2, 1.0)
    taken = [window.takes(at) for at in (0.0, 0.5, 0.75, 1.0, 1.25, 1.5)]
    assert taken == [True, True, False, True, False, True]


def test_more_calls_a_second_than_the_sandbox_takes_are_throttled(open_box):
    box = open_box(rate_limit=3)
    told = [listed(box) for _ in range(4)]
    assert told == [(200, 0)] * 3 + [TOO_MANY]
    # Each endpoint counts by itself.
    assert box.refused("GET", SHOPS, cipher=None) == (200, 0)
    assert box.control("GET", "/exchanges")["throttled"] == 1
    counted = [{"operation": "get_order_list", "limit": "second", "count": 1}]
    assert box.control("GET", "/report")["turned_away"] == counted

    box.control("PATCH", "/access", {"rate_limit": 0})
    assert {listed(box) for _ in range(60)} == {(200, 0)}


def test_each_shop_has_a_rate_of_its_own(open_box):
    box = open_box(rate_limit=1, shops=2)
    ciphers = [shop["cipher"] for shop in box.told["shops"]]
    told = [listed(box, cipher=cipher) for cipher in ciphers * 2]
    assert told == [(200, 0), (200, 0), TOO_MANY, TOO_MANY]


def test_a_sandbox_takes_fifty_calls_a_second_if_nothing_is_said(server):
    told = server.http.post("/_seatrial/sandboxes", json={}).json()
    doors = server.http.get(f"/_seatrial/sandboxes/{told['id']}/access").json()
    assert (doors["rate_limit"], doors["hourly_cap"]) == (50, 0)
    server.http.delete(f"/_seatrial/sandboxes/{told['id']}")


def test_an_hourly_cap_counts_every_endpoint_of_a_shop(open_box):
    box = open_box(hourly_cap=2)
    paths = ["/event/202309/webhooks", "/logistics/202309/warehouses"] * 2
    told = [box.refused("GET", path) for path in paths]
    assert told == [(200, 0), (200, 0), TOO_MANY, TOO_MANY]
    limits = {row["limit"] for row in box.control("GET", "/access")["turned_away"]}
    assert limits == {"hour"}


def test_an_allow_list_lets_nobody_else_in(box):
    box.control("PATCH", "/access", {"allowed_ips": ["10.0.0.0/8"]})
    assert listed(box) == (403, 36009033)
    assert listed(box, token="nobody's") == (403, 36009033)
    box.control("PATCH", "/access", {"allowed_ips": ["10.0.0.0/8", "127.0.0.1"]})
    assert listed(box) == (200, 0)
    assert box.ask("PATCH", "/access", {"allowed_ips": ["home"]}).status_code == 422


@pytest.mark.parametrize(
    ("host", "lets"),
    [("10.1.2.3", True), ("11.1.2.3", False), ("::ffff:10.1.2.3", True), ("", False), ("x", False)],
)
def test_whom_an_allow_list_lets_in(host, lets):
    doors = Doors(DoorRules(allowed_ips=networks(["10.0.0.0/8", "fd00::/8"])))
    assert doors.lets_from(host) is lets


def test_an_app_with_fewer_scopes_is_refused_where_it_has_none(open_box, refused_with):
    box = open_box(scopes=["seller.authorization.info"])
    with refused_with(105005, 401):
        box.client.orders.get_order_detail(ids=["1"])
    assert box.client.authorization.get_authorized_shops().data.shops
    assert box.auth.refresh(box.told["refresh_token"]).granted_scopes == [
        "seller.authorization.info"
    ]
    answer = box.ask("PATCH", "/access", {"scopes": ["seller.nothing"]})
    assert answer.json()["errors"][0]["path"] == "body.scopes"


def test_a_shop_that_is_shut_out_is_refused_until_it_is_let_in_again(open_box):
    box = open_box(shops=2)
    one, other = box.told["shops"]
    box.control("POST", f"/shops/{one['id']}/deactivate")
    assert listed(box) == (403, 36009043)
    assert listed(box, cipher=other["cipher"]) == (200, 0)
    assert box.ask("POST", f"/shops/{one['id']}/deactivate").status_code == 409
    box.control("POST", f"/shops/{one['id']}/reactivate")
    assert listed(box) == (200, 0)


def test_a_seller_who_is_shut_out_is_refused_with_every_shop(box):
    box.control("POST", "/seller/deactivate")
    assert listed(box) == (403, 36009044)
    assert box.refused("GET", SHOPS, cipher=None) == (403, 36009044)
    box.control("POST", "/seller/reactivate")
    assert listed(box) == (200, 0)
    kinds = [fact["kind"] for fact in box.journal()]
    assert kinds == ["SellerDeactivated", "SellerReactivated"]


def test_a_shop_that_its_penalty_points_closed_is_deactivated(box):
    books = box.inside.world.registry.books
    box.tampered_with = True
    books.open_account(box.told["shops"][0]["id"]).closed_at = box.inside.world.now
    assert listed(box) == (403, 36009043)


def test_the_category_asset_has_a_cipher_that_only_its_endpoints_take(box):
    (asset,) = box.client.authorization.get_authorized_category_assets().data.category_assets
    assert asset.category.name == "Customer Support"
    query = [("category_asset_cipher", asset.cipher)]
    assert box.refused("GET", SHOPS, cipher=None, query=query) == (400, 36009004)
    path = next(each.path for each in operations() if each.cipher == "C" and "{" not in each.path)
    method = next(each.method for each in operations() if each.path == path)
    assert box.refused(method, path, cipher=None, query=query) == (200, 10007014)
    query = [("category_asset_cipher", "nobody's")]
    assert box.refused(method, path, cipher=None, query=query) == (400, 101000)


# Operations that are known, and not simulated.


@pytest.fixture
def unsimulated():
    """The first operation with a shop cipher that nobody answers, and how it is called."""
    there = routed()
    operation = next(
        each
        for each in operations()
        if each.cipher == "R" and state_of(each, there) == "refused" and each.group == "Promotion"
    )
    return operation.method, operation.path.replace("{", "").replace("}", "")


def test_a_known_operation_that_is_not_simulated_says_so(box, unsimulated):
    method, path = unsimulated
    answer = box.call(method, path, {} if method == "POST" else None)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (200, 10007014)
    assert "not simulated by Seatrial (docs/coverage.md)" in told["message"]
    (exchange,) = box.exchanges()
    assert (exchange["simulated"], exchange["operation"]) == (False, match(method, path).name)
    assert box.control("GET", "/exchanges")["not_simulated"] == 1


def test_it_passes_the_same_gates_first(box, unsimulated):
    method, path = unsimulated
    assert box.refused(method, path, sign="0" * 64) == (401, 106001)
    assert box.refused(method, path, token="nobody's") == (401, 36009004)
    assert box.refused(method, path, cipher=None) == (400, 106013)
    assert box.refused(method, path, cipher="nobody's") == (400, 101000)
    box.control("PATCH", "/access", {"rate_limit": 1})
    assert [box.refused(method, path)[1] for _ in range(2)] == [10007014, 36009002]


def test_another_method_or_version_of_it_is_refused_as_of_any(box, unsimulated):
    _, path = unsimulated
    answer = box.call("PATCH", path)
    assert (answer.status_code, answer.json()["code"]) == (405, 36009010)
    assert answer.headers["allow"]
    group, version, rest = path.strip("/").split("/", 2)
    assert box.refused("POST", f"/{group}/209901/{rest}") == (400, 36009014)
    assert version != "209901"


def test_the_stock_client_calls_no_operation_that_is_unknown():
    from tiktok_shop_api.generated._meta import OPERATIONS  # noqa: PLC0415 - the client's own table

    known = {(each.method, shape_of(each.path)) for each in operations()}
    assert {(each["method"].upper(), shape_of(each["path"])) for each in OPERATIONS} <= known


def test_every_endpoint_is_a_known_operation():
    known = {(each.method, shape_of(each.path)) for each in operations()}
    assert sorted(routed().keys() - known) == []


def test_no_endpoint_takes_the_calls_of_an_operation_that_nobody_answers():
    there = routed()
    patterns = [(method, pattern_of(route.path)) for (method, _), (_, route) in there.items()]
    swallowed = [
        each.path
        for each in operations()
        if state_of(each, there) == "refused"
        for method, pattern in patterns
        if method == each.method and pattern.fullmatch(each.path)
    ]
    assert swallowed == []
