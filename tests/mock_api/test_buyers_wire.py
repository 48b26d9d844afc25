"""Buyers over HTTP: living ones, their deeds by hand, and what the desk says to returns."""

import pytest


@pytest.fixture
def delivered(box):
    """An order at its buyer's."""
    order_id = box.place_one(behaviour="prompt")
    box.until(order_id, "DELIVERED")
    box.renew()  # a token lives for a week
    return order_id


@pytest.fixture
def desk(box):
    def asked(method, path, body=None, **query):
        return box.served.http.request(
            method,
            f"/desk/v1{path}",
            json=body,
            params=query,
            headers={"x-tts-access-token": box.token},
        )

    return asked


def acts(box, order_id, action, **wish):
    return box.control("POST", f"/buyers/{order_id}/{action}", wish)


def test_buyers_of_a_temperament_live(box):
    box.place(count=20, behaviour="prompt", buyer="fussy")
    box.advance(by="30d")
    kinds = {fact["kind"] for fact in box.journal()}
    assert {"BuyerComplained", "ReturnAsked"} <= kinds


def test_an_unknown_temperament_is_refused(box):
    answer = box.ask("POST", "/orders", {"buyer": "nope"})
    assert answer.status_code == 422
    assert "known are calm, typical" in answer.text


def test_a_source_brings_buyers_of_several_kinds(box):
    box.control(
        "POST",
        "/demand",
        {"kind": "burst", "orders": 40, "for": "1h", "buyer": {"calm": 1, "absent_minded": 1}},
    )
    box.advance(by="2h")
    found = {order.temperament for order in box.inside.world.registry.orders.values()}
    assert found == {"calm", "absent_minded"}


@pytest.mark.parametrize(
    "rows",
    [
        {"csv": "after_s,buyer\n1,calm\n2,passive\n3,"},
        {"rows": [{"after": 1, "buyer": "calm"}, {"after": 2, "buyer": "passive"}, {"after": 3}]},
    ],
)
def test_past_orders_say_whose_they_are(box, rows):
    box.control("POST", "/demand", {"kind": "replay", "buyer": "fussy", **rows})
    box.advance(by="1m")
    found = [order.temperament for order in box.inside.world.registry.orders.values()]
    assert found == ["calm", "", "fussy"]


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"kind": "steady", "per_hour": 1, "buyer": {"nope": 1}}, "body.buyer.nope"),
        (
            {"kind": "replay", "rows": [{"after": 1, "buyer": "nope"}]},
            "body.rows.0.buyer",
        ),
    ],
)
def test_a_source_of_unknown_buyers_is_refused_with_the_place(box, wish, path):
    answer = box.ask("POST", "/demand", wish)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path)


def test_a_buyer_asks_for_a_refund_and_withdraws_it(box, delivered):
    acts(box, delivered, "ask_refund", reason="too small")
    acts(box, delivered, "withdraw_refund")
    moved = [fact["status"] for fact in box.journal(kind="RefundMoved")]
    assert moved == ["pending", "closed"]


def test_a_buyer_will_refuse_the_parcel(box):
    order_id = box.shipped()
    acts(box, order_id, "refuse")
    assert [fact["order_id"] for fact in box.journal(kind="ParcelUnwanted")] == [order_id]


def test_a_return_from_the_wish_to_the_money(box, delivered, desk):
    acts(box, delivered, "request_return", reason="wrong_product")
    (row,) = desk("GET", "/returns", status="requested").json()["returns"]
    assert (row["order_id"], row["kind"]) == (delivered, "return_and_refund")
    assert row["due_at"] == row["asked_at"] + 48 * 3600

    answered = desk("POST", f"/returns/{row['id']}/answer", {"answer": "grant"}).json()
    assert answered["status"] == "awaiting_buyer_ship"
    acts(box, delivered, "ship_return")
    for _ in range(21):
        box.advance(by="12h")
        box.renew()
        if desk("GET", f"/returns/{row['id']}").json()["status"] == "received":
            break
    seen = desk("POST", f"/returns/{row['id']}/inspect", {"accepted": True}).json()

    assert (seen["status"], seen["tracking_number"][:2]) == ("completed", "JT")
    (paid,) = box.journal(kind="RefundPaid")
    assert paid["reason"] == "wrong_product"


def test_a_no_that_is_disputed(box, delivered, desk):
    acts(box, delivered, "request_replacement")
    (row,) = desk("GET", "/returns").json()["returns"]
    desk("POST", f"/returns/{row['id']}/answer", {"answer": "reject"})
    acts(box, delivered, "dispute_return")
    box.advance(by="5d")
    box.renew()

    seen = desk("GET", f"/returns/{row['id']}").json()
    assert (seen["arbitration"], seen["row"]) == ("support_buyer", "not_shown_intact")
    assert box.inside.world.order(seen["replacement_id"]).replaces == delivered


def test_a_return_is_withdrawn(box, delivered, desk):
    acts(box, delivered, "request_return")
    acts(box, delivered, "withdraw_return")
    (row,) = desk("GET", "/returns", order_id=delivered).json()["returns"]
    assert row["status"] == "closed"


def test_returns_are_listed_page_by_page(box, desk):
    orders = box.place(count=3, behaviour="prompt")
    for order_id in orders:
        box.until(order_id, "DELIVERED")
        acts(box, order_id, "request_return")
    box.renew()
    first = desk("GET", "/returns", limit=2).json()
    rest = desk("GET", "/returns", limit=2, after=first["next"]).json()
    end = desk("GET", "/returns", after=rest["next"]).json()

    assert [row["order_id"] for row in first["returns"] + rest["returns"]] == orders
    assert end == {"returns": [], "next": ""}


@pytest.mark.parametrize("action", ["ship_return", "withdraw_return", "dispute_return"])
def test_what_the_rules_do_not_allow_now_is_a_conflict(box, delivered, action):
    before = box.mark()
    assert box.ask("POST", f"/buyers/{delivered}/{action}").status_code == 409
    assert box.mark() == before


def test_an_unknown_return_is_not_found(desk):
    assert desk("GET", "/returns/403700000001000000").status_code == 404


def test_the_report_counts_what_came_of_it(box, delivered, desk):
    acts(box, delivered, "complain", cause="damaged")
    acts(box, delivered, "request_return", reason="wrong_product")
    (row,) = desk("GET", "/returns").json()["returns"]
    desk("POST", f"/returns/{row['id']}/answer", {"answer": "reject"})
    told = box.control("GET", "/report")["aftersales"]
    assert told["open_complaints"] == 1
    assert told["returns"] == [
        {
            "kind": "return_and_refund",
            "status": "rejected",
            "reason": "wrong_product",
            "count": 1,
        }
    ]
    box.advance(by="8d")

    told = box.control("GET", "/report")["aftersales"]
    assert told["complaints"] == [
        {
            "cause": "damaged",
            "row": "not_shown_intact",
            "liable": "seller",
            "refund": "full",
            "count": 1,
        }
    ]
    (paid,) = box.journal(kind="RefundPaid")
    assert (told["refunds"], told["refunded_minor"]) == (1, paid["amount_minor"])
    assert told["reimbursements"] == []
