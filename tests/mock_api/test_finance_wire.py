"""Finance over the wire: one world in mid-flight, looked at from every side."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from tiktok_shop_api.generated.models import (
    GetSellerFinancialTransactionsTypesItem as FlowType,
)
from tiktok_shop_api.generated.models import (
    GetStatementsPaymentStatus,
    GetStatementsSortOrder,
)

from mock_api.settings import ServerSettings
from simulator.market.penalties import BreachPoints

DAY = 86_400
ROWS = [("sort_field", "order_create_time")]


@pytest.fixture(scope="module")
def lived(running_server):
    """A shop of the United States after some weeks, with sales, refunds, losses, late orders."""
    with running_server(ServerSettings(default_sandbox=False)) as served:
        box = served.open(market="us", mishaps=15)
        box.place(count=15, behaviour="diligent")
        box.place(count=15, behaviour="diligent", buyer="fussy")
        box.place(count=4, behaviour="absent")
        for _ in range(5):
            box.advance(by="6d")
            box.renew()
            box.place(count=4, behaviour="diligent", buyer="fussy")
        yield box
        box.close()


def of_statement(box, statement_id, size="100", order="ASC"):
    """Every transaction of the statement, over as many pages as it takes; and the last page."""
    rows, token = [], ""
    while True:
        query = [*ROWS, ("page_size", size), ("sort_order", order), ("page_token", token)]
        path = f"/finance/202501/statements/{statement_id}/statement_transactions"
        page = box.data("GET", path, query=query)
        rows += page["transactions"]
        token = page["next_page_token"]
        if not token:
            return rows, page


def statements_of(box):
    return box.client.finance.get_statements(sort_field="statement_time").data.statements


def total(rows, name="settlement_amount"):
    return sum(Decimal(row.get(name, "0")) for row in rows)


def test_a_statement_is_the_sum_of_its_transactions(lived):
    assert len(statements_of(lived)) > 3
    for each in statements_of(lived):
        rows, told = of_statement(lived, each.id)
        sums = told["total_settlement_breakdown"]

        assert told["total_count"] == len({row["id"] for row in rows}) == len(rows) > 0
        assert total(rows) == Decimal(each.settlement_amount)
        assert total(rows, "revenue_amount") == Decimal(each.net_sales_amount)
        assert total(rows, "shipping_cost_amount") == Decimal(each.shipping_cost_amount)
        assert total(rows, "fee_tax_amount") == Decimal(each.fee_amount)
        assert total(rows, "adjustment_amount") == Decimal(each.adjustment_amount)
        assert sum(map(Decimal, sums.values())) == Decimal(each.settlement_amount)
        assert Decimal(each.revenue_amount) + Decimal(each.fee_amount) + Decimal(
            each.adjustment_amount
        ) == Decimal(each.settlement_amount)
        assert each.statement_time % DAY == 0


def test_pages_of_transactions_say_the_same_in_either_direction(lived):
    biggest = max(statements_of(lived), key=lambda each: len(of_statement(lived, each.id)[0]))
    whole, _ = of_statement(lived, biggest.id)

    assert len(whole) > 2
    assert of_statement(lived, biggest.id, size="2")[0] == whole
    assert of_statement(lived, biggest.id, size="1", order="DESC")[0] == whole[::-1]


def test_all_that_an_order_brings_is_in_its_statements_or_unsettled(lived):
    """The sum over everything that finance shows is what the settlements of all orders come to,
    less the commission."""
    world = lived.inside.world
    per_order = Counter()
    for each in statements_of(lived):
        for row in of_statement(lived, each.id)[0]:
            key = row.get("order_id") or row["adjustment_order_id"]
            per_order[key] += Decimal(row["settlement_amount"])
    page = lived.data(
        "GET", "/finance/202507/orders/unsettled", query=[*ROWS, ("page_size", "100")]
    )
    open_rows = page["transactions"]
    assert page["total_count"] == len(open_rows) > 0
    assert total(open_rows, "est_settlement_amount") == Decimal(page["sum_est_settlement_amount"])
    for row in open_rows:
        key = row.get("order_id") or row["adjustment_order_id"]
        per_order[key] += Decimal(row["est_settlement_amount"])

    for order_id, order in world.registry.orders.items():
        money = world.settlement(order_id)
        left = max(0, order.goods_minor - money.refunded_minor) if order.paid_at else 0
        held = money.held_minor + money.seller_minor
        assert per_order[order_id] * 100 == held - left * 6 // 100, order_id


def test_an_orders_transactions_are_those_of_its_statements_by_sku(lived):
    for each in statements_of(lived)[:3]:
        own = [row for row in of_statement(lived, each.id)[0] if row["type"] == "ORDER"]
        for row in own[:3]:
            told = lived.client.finance.get_transactions_by_order(order_id=row["order_id"]).data
            here = [sku for sku in told.sku_transactions if sku.statement_id == each.id]
            order = lived.order(row["order_id"])

            assert told.total_count == len(told.sku_transactions)
            assert {sku.sku_id for sku in here} == {item.sku_id for item in order.line_items}
            assert sum(int(sku.quantity) for sku in here) == len(order.line_items)
            assert sum(Decimal(sku.settlement_amount) for sku in here) == Decimal(
                row["settlement_amount"]
            )
            assert sum(Decimal(s.settlement_amount) for s in told.sku_transactions) == Decimal(
                told.settlement_amount
            )


def test_refunds_lower_the_row_of_their_order(lived):
    found = [
        row
        for each in statements_of(lived)
        for row in of_statement(lived, each.id)[0]
        if row["type"] == "ORDER"
    ]
    refunded = [
        row
        for row in found
        if Decimal(row["revenue_breakdown"]["refund_subtotal_before_discount_amount"])
    ]
    assert refunded
    assert len(found) > len(refunded)
    for row in found:
        parts = row["revenue_breakdown"]
        assert Decimal(row["revenue_amount"]) == sum(map(Decimal, parts.values()))
        assert row["fee_tax_breakdown"]["tax"]["vat_amount"] == "0"
        assert Decimal(row["fee_tax_amount"]) == sum(
            map(Decimal, row["fee_tax_breakdown"]["fee"].values())
        )


def test_payments_follow_their_statements_in_both_versions(lived):
    statements = statements_of(lived)
    old = lived.data("GET", "/finance/202309/payments", query=[("sort_field", "create_time")])
    new = lived.client.finance.get_payments(sort_field="create_time").data.payments
    by_id = {payment.id: payment for payment in new}

    assert [each["id"] for each in old["payments"]] == [each.id for each in new]
    assert {each["reserve_amount"]["value"] for each in old["payments"]} == {"0"}
    assert {each.status for each in new} == {"PAID", "PROCESSING"}
    for payment in new:
        paid = [each for each in statements if each.payment_id == payment.id]
        assert sum(Decimal(each.settlement_amount) for each in paid) == Decimal(
            payment.amount.value
        )
        assert {each.payment_status for each in paid} == {payment.status}
        assert payment.bank_account.startswith("***")
    for each in statements:
        if each.payment_status == "PAID":
            assert each.payment_time == by_id[each.payment_id].paid_time
            paid = by_id[each.payment_id]
            assert paid.paid_time == paid.create_time + 2 * DAY


def test_lists_are_filtered_sorted_and_paged(lived):
    get = lived.client.finance.get_statements
    every = statements_of(lived)
    times = [each.statement_time for each in every]
    assert times == sorted(times)

    back = get(sort_field="statement_time", sort_order=GetStatementsSortOrder.DESC).data.statements
    assert [each.id for each in back] == [each.id for each in every][::-1]
    some = get(
        sort_field="statement_time", statement_time_ge=times[1], statement_time_lt=times[-1]
    ).data.statements
    assert [each.id for each in some] == [each.id for each in every[1:-1]]
    paid = get(
        sort_field="statement_time", payment_status=GetStatementsPaymentStatus.PAID
    ).data.statements
    assert [each.id for each in paid] == [e.id for e in every if e.payment_status == "PAID"]

    ids, token = [], ""
    while True:
        query = [("sort_field", "statement_time"), ("page_size", "2"), ("page_token", token)]
        page = lived.data("GET", "/finance/202309/statements", query=query)
        ids += [each["id"] for each in page["statements"]]
        token = page["next_page_token"]
        if not token:
            break
    assert ids == [each.id for each in every]


def test_withdrawals_show_what_was_settled_and_taken(lived):
    told = lived.client.finance.get_seller_financial_transactions(
        types=[FlowType.SETTLE, FlowType.WITHDRAW], page_size=100
    ).data
    kinds = Counter()
    for each in told.withdrawals:
        kinds[each.type_] += Decimal(each.amount)
    only = lived.data("GET", "/finance/202309/withdrawals", query=[("types", "SETTLE,REVERSE")])

    assert told.total_count == len(told.withdrawals)
    assert kinds["SETTLE"] == kinds["WITHDRAW"] > 0
    assert {each["type"] for each in only["withdrawals"]} == {"SETTLE"}


def test_the_trade_in_account_is_empty(lived, refused_with):
    finance = lived.client.finance
    balance = finance.get_trade_in_supplier_account_balance(currency="USD").data.available_balance
    flows = finance.get_trade_in_account_transactions(page_size=20).data

    assert (balance.amount, balance.currency) == ("0", "USD")
    assert (flows.total_count, flows.has_more, flows.flows) == (0, False, [])
    with refused_with(36009004, 400):
        finance.get_trade_in_supplier_account_balance(currency="EUR")


def sold_in_sea(open_box):
    """A sale of a shop that has a balance, on the eve of its payment."""
    box = open_box(market="sea")
    order_id = box.place_one(behaviour="prompt")
    box.until(order_id, "COMPLETED")
    box.renew()
    return box


def test_in_south_east_asia_money_stays_on_the_balance_until_it_is_withdrawn(
    open_box, refused_with
):
    box = sold_in_sea(open_box)
    with refused_with(36009003):
        box.client.finance.get_payments(sort_field="create_time")
    box.advance(by="4d")
    (statement,) = statements_of(box)
    amount = int(statement.settlement_amount)
    assert statement.payment_status == "PAID"
    assert statement.currency == "VND"

    too_much = box.ask("POST", "/finance/withdrawals", {"amount_minor": amount + 1})
    assert too_much.status_code == 409
    box.control("POST", "/finance/withdrawals", {"amount_minor": amount - 1})
    assert flows(box) == [("SETTLE", amount, "SUCCESS"), ("WITHDRAW", amount - 1, "PROCESSING")]
    box.advance(by="1d")
    assert flows(box)[1] == ("WITHDRAW", amount - 1, "SUCCESS")


def flows(box):
    told = box.client.finance.get_seller_financial_transactions(
        types=[FlowType.SETTLE, FlowType.WITHDRAW, FlowType.REVERSE]
    )
    return [(each.type_, int(each.amount), each.status) for each in told.data.withdrawals]


def test_a_withdrawal_to_a_wrong_card_comes_back(open_box):
    box = sold_in_sea(open_box)
    box.advance(by="4d")
    box.ask("POST", "/finance/failures", {"of": "withdrawal"})
    box.control("POST", "/finance/withdrawals", {"amount_minor": 5})
    box.advance(by="2d")

    assert flows(box)[1:] == [("WITHDRAW", 5, "FAILED"), ("REVERSE", 5, "SUCCESS")]


def test_a_payment_that_failed_goes_out_with_the_next_statement(open_box):
    box = open_box(market="uk")
    first = box.place_one(behaviour="prompt")
    assert box.ask("POST", "/finance/failures", {"of": "payment"}).status_code == 204
    box.until(first, "COMPLETED")
    box.advance(by="4d")
    box.renew()
    second = box.place_one(behaviour="prompt")
    box.until(second, "COMPLETED")
    box.advance(by="4d")
    box.renew()
    earlier, later = statements_of(box)
    payments = box.client.finance.get_payments(sort_field="create_time").data.payments

    assert [each.payment_status for each in (earlier, later)] == ["FAILED", "PAID"]
    assert [each.status for each in payments] == ["FAILED", "PAID"]
    assert Decimal(payments[1].amount.value) == sum(
        Decimal(each.settlement_amount) for each in (earlier, later)
    )


def test_penalties_and_reimbursements_have_rows_of_their_own(open_box):
    """No market of ours takes money for a breach: this one does."""
    box = open_box(market="us")
    config = box.inside.config
    scheme = replace(config.market.penalties, breaches=(BreachPoints("D4", 2, 500),))
    market = replace(config.market, penalties=scheme)
    box.begin_anew(replace(config, market=market))
    late, lost = box.released(), box.place_one(behaviour="prompt")
    box.until(lost, "IN_TRANSIT")
    goods = Decimal(box.order(lost).payment.sub_total)
    box.control("POST", "/carriers/jt/lose", {"order_id": lost})
    box.advance(by="6d")

    rows = [row for each in statements_of(box) for row in of_statement(box, each.id)[0]]
    adjusted = {
        row["adjustment_order_id"]: (row["type"], Decimal(row["adjustment_amount"]))
        for row in rows
        if "adjustment_order_id" in row
    }
    assert adjusted == {
        late: ("PLATFORM_PENALTY", Decimal("-5.00")),
        lost: ("LOGISTICS_REIMBURSEMENT", goods),
    }


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("202309/statements", []),
        ("202309/statements", [("sort_field", "nope")]),
        ("202309/statements", [("sort_field", "statement_time"), ("page_size", "101")]),
        ("202309/statements", [("sort_field", "statement_time"), ("page_token", "x")]),
        ("202309/statements", [("sort_field", "statement_time"), ("payment_status", "LOST")]),
        ("202309/payments", []),
        ("202605/payments", [("sort_field", "create_time"), ("page_size", "0")]),
        ("202309/withdrawals", []),
        ("202309/withdrawals", [("types", "NOPE")]),
        ("202501/statements/1/statement_transactions", ROWS),
        ("202501/orders/1/statement_transactions", []),
        ("202507/orders/unsettled", []),
        ("202609/account_balances", []),
        ("202609/account_transactions", []),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_meant_is_refused(lived, path, query):
    assert lived.refused("GET", f"/finance/{path}", query=query) == (400, 36009004)


def test_versions_that_never_were_are_refused(lived):
    for path in ("202409/statements", "202309/orders/unsettled", "202405/payments"):
        assert lived.refused("GET", f"/finance/{path}", query=ROWS)[1] == 36009014


def test_reading_changes_nothing(lived):
    before = lived.mark()
    statements_of(lived)
    lived.data("GET", "/finance/202507/orders/unsettled", query=ROWS)
    assert lived.mark() == before


def test_the_platforms_own_failure_is_a_planned_fault(open_box, refused_with):
    box = open_box()
    box.control(
        "POST", "/faults", {"what": "internal_error", "operation": "get_statements", "times": 1}
    )
    with refused_with(36009003, 500):
        statements_of(box)
    assert not statements_of(box)
