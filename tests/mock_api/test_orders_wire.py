"""Orders as an integration reads them: lists, pages, filters, details, addresses, money."""

from decimal import Decimal

import pytest
from tiktok_shop_api.generated.models import (
    GetOrderListRequest,
    GetOrderListRequestOrderStatus,
    GetOrderListSortField,
    GetOrderListSortOrder,
)
from tiktok_shop_api.generated.types import UNSET

HOUR = 3600
SEARCH = "/order/202309/orders/search"
DETAIL = "/order/202309/orders"


@pytest.fixture
def pages(box):
    """Walk every page of a search by the stock client; a page's rows at a time."""

    def walk(between=lambda: None, **query):
        body = query.pop("body", UNSET)
        token = UNSET
        while token is UNSET or token:
            page = box.client.orders.get_order_list(body=body, page_token=token, **query).data
            yield [] if page.orders is UNSET else page.orders
            token = page.next_page_token
            between()

    return walk


def ids(pages):
    return [order.id for page in pages for order in page]


@pytest.fixture
def found(box):
    """The ids that a search finds, and the total that it tells."""

    def search(body=None, **query):
        pairs = [(name, str(value)) for name, value in ({"page_size": 100} | query).items()]
        page = box.data("POST", SEARCH, body, query=pairs)
        return {order["id"] for order in page.get("orders", [])}, page["total_count"]

    return search


@pytest.mark.parametrize("size", [1, 3, 7, 100])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_every_order_is_on_exactly_one_page(box, pages, size, direction):
    placed = []
    for count in (3, 1, 3):
        placed += box.place(count=count)
        box.advance(by="10s")
    seen = ids(pages(page_size=size, sort_order=GetOrderListSortOrder(direction)))

    assert sorted(seen) == sorted(placed)
    assert seen == sorted(seen, reverse=direction == "DESC")


def test_the_newest_orders_come_first_if_nothing_is_said(box, pages):
    first = box.place_one()
    box.advance(by="1s")
    second = box.place_one()

    assert ids(pages(page_size=10)) == [second, first]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_orders_placed_between_pages_neither_repeat_nor_hide_others(box, pages, direction):
    before = box.place(count=12)
    box.advance(by="1m")

    def meanwhile():
        box.place(count=2)
        box.advance(by="1s")

    walk = pages(meanwhile, page_size=5, sort_order=GetOrderListSortOrder(direction))
    seen = []
    for page in walk:
        seen += [order.id for order in page]
        if len(seen) > 60:
            break  # oldest first, new orders are on later pages for ever

    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)
    if direction == "DESC":
        assert sorted(seen) == sorted(before)


def test_an_order_that_moves_between_pages_of_update_time_comes_again_but_none_is_lost(box, pages):
    orders = box.place(count=6, shipping="seller")
    box.advance(by="1h")
    moved = []

    def meanwhile():
        if not moved:
            moved.append(orders[0])
            box.advance(by="1m")
            box.control("POST", f"/buyers/{orders[0]}/cancel")
            box.advance(by="48h")

    seen = ids(
        pages(
            meanwhile,
            page_size=2,
            sort_field=GetOrderListSortField.UPDATE_TIME,
            sort_order=GetOrderListSortOrder.ASC,
        )
    )
    assert set(seen) == set(orders)
    assert seen[-1] == orders[0]


def test_an_empty_page_leaves_the_list_out(box):
    page = box.data("POST", SEARCH, query=[("page_size", "10")])
    assert page == {"next_page_token": "", "total_count": 0}


def test_the_total_counts_every_match_not_just_the_page(box, found):
    box.place(count=9)
    some, total = found(page_size=4)
    assert (len(some), total) == (4, 9)


def test_orders_are_found_by_status(box, found):
    unpaid = box.place_one(paid=False)
    held = box.place_one()

    assert found({"order_status": "UNPAID"}) == ({unpaid}, 1)
    assert found({"order_status": "ON_HOLD"}) == ({held}, 1)
    box.advance(by="1h")
    assert found({"order_status": "ON_HOLD"}) == (set(), 0)
    assert found({"order_status": "AWAITING_SHIPMENT"}) == ({held}, 1)
    assert found({"order_status": "PARTIALLY_SHIPPING"}) == (set(), 0)


def test_the_stock_clients_filters_are_understood(box):
    order = box.released()
    body = GetOrderListRequest(order_status=GetOrderListRequestOrderStatus.AWAITING_SHIPMENT)
    page = box.client.orders.get_order_list(body=body, page_size=10).data

    assert [each.id for each in page.orders] == [order]
    assert page.total_count == 1
    assert page.next_page_token == ""


def test_times_are_from_included_to_excluded(box, found):
    start = box.now
    first = box.place_one()
    box.advance(by="10s")
    second = box.place_one()

    assert found({"create_time_ge": start, "create_time_lt": start + 10}) == ({first}, 1)
    assert found({"create_time_ge": start + 10}) == ({second}, 1)
    assert found({"create_time_lt": start + 11}) == ({first, second}, 2)
    assert found({"create_time_ge": start + 1, "create_time_lt": start + 1}) == (set(), 0)
    assert found({"create_time_ge": start + 9, "create_time_lt": start}) == (set(), 0)


@pytest.mark.parametrize("sort_field", ["create_time", "update_time"])
def test_update_times_are_those_of_the_last_status(box, found, sort_field):
    start = box.now
    moved = box.place_one()
    box.advance(by="1h")
    fresh = box.place_one()
    query = {"sort_field": sort_field}

    assert found({"update_time_ge": start + HOUR}, **query) == ({moved, fresh}, 2)
    assert found({"update_time_lt": start + HOUR}, **query) == (set(), 0)
    both = {"create_time_lt": start + 1, "update_time_ge": start + HOUR}
    assert found(both, **query) == ({moved}, 1)


def test_orders_are_found_by_who_ships_them_whose_they_are_and_where_they_leave(box, found):
    platform = box.place_one()
    seller = box.place_one(shipping="seller", city="Yiwu")
    detail = box.data("GET", DETAIL, query=[("ids", platform)])["orders"][0]

    assert found({"shipping_type": "TIKTOK"}) == ({platform}, 1)
    assert found({"shipping_type": "SELLER"}) == ({seller}, 1)
    assert found({"buyer_user_id": detail["user_id"]}) == ({platform}, 1)
    assert found({"warehouse_ids": [detail["warehouse_id"]]}) == ({platform}, 1)
    assert found({"warehouse_ids": [detail["warehouse_id"], "0"]}) == ({platform}, 1)
    assert found({"warehouse_ids": ["0"]}) == (set(), 0)
    nobodys = {"shipping_type": "SELLER", "buyer_user_id": detail["user_id"]}
    assert found(nobodys) == (set(), 0)


def test_orders_are_found_by_a_pending_wish_to_cancel(box, found):
    asked, calm = box.place(count=2)
    box.advance(by="1h")
    box.control("POST", f"/buyers/{asked}/cancel")

    assert found({"is_buyer_request_cancel": True}) == ({asked}, 1)
    assert found({"is_buyer_request_cancel": False}) == ({calm}, 1)


def test_an_unknown_filter_is_let_pass(box, found):
    order = box.place_one()
    assert found({"moon_phase": "full"}) == ({order}, 1)


@pytest.mark.parametrize("query", [{}, {"page_size": 0}, {"page_size": 101}, {"page_size": "x"}])
def test_a_page_has_one_to_a_hundred_orders(box, query):
    pairs = [(name, str(value)) for name, value in query.items()]
    assert box.refused("POST", SEARCH, query=pairs) == (400, 36009004)


@pytest.mark.parametrize(
    "pair", [("sort_field", "price"), ("sort_order", "desc"), ("page_token", "x" * 500)]
)
def test_an_unknown_sort_or_token_is_refused(box, pair):
    box.place(count=2)
    query = [("page_size", "1"), pair]
    assert box.refused("POST", SEARCH, query=query) == (400, 36009004)


def test_a_page_token_belongs_to_its_question(box):
    box.place(count=3)
    token = box.data("POST", SEARCH, query=[("page_size", "1")])["next_page_token"]
    query = [("page_size", "1"), ("page_token", token)]

    assert box.data("POST", SEARCH, query=query)["orders"]
    other = {"order_status": "ON_HOLD"}
    assert box.refused("POST", SEARCH, other, query=query) == (400, 36009004)
    ascending = [*query, ("sort_order", "ASC")]
    assert box.refused("POST", SEARCH, query=ascending) == (400, 36009004)


def test_shops_do_not_see_each_others_orders(open_box):
    box = open_box(shops=2)
    north, south = box.told["shops"]
    order = box.place_one(shop_id=south["id"])
    box.advance(by="1h")

    def seen(shop):
        query = [("page_size", "10")]
        page = box.data("POST", SEARCH, query=query, cipher=shop["cipher"])
        detail = box.call("GET", DETAIL, query=[("ids", order)], cipher=shop["cipher"]).json()
        return page["total_count"], detail["code"]

    assert (seen(north), seen(south)) == ((0, 21008111), (1, 0))


@pytest.mark.parametrize("version", ["202309", "202507"])
@pytest.mark.parametrize("joined", [True, False])
def test_details_come_by_joined_and_by_repeated_ids(box, version, joined):
    orders = box.place(count=3)
    query = [("ids", ",".join(orders))] if joined else [("ids", each) for each in orders]
    told = box.data("GET", f"/order/{version}/orders", query=query)["orders"]

    assert [order["id"] for order in told] == orders


def test_the_stock_client_reads_many_details_at_once(box):
    orders = box.place(count=50)
    told = box.client.orders.get_order_detail(ids=orders).data.orders
    assert [order.id for order in told] == orders


def test_unknown_and_doubled_ids_are_left_out(box):
    order = box.place_one()
    query = [("ids", f"{order},576400000000000000"), ("ids", order), ("ids", "x")]
    told = box.data("GET", DETAIL, query=query)

    assert [each["id"] for each in told["orders"]] == [order]
    assert box.data("GET", DETAIL, query=[("ids", "x")]) == {}


def test_an_order_of_another_shop_is_refused(open_box):
    box = open_box(shops=2)
    here, elsewhere = (box.place_one(shop_id=shop["id"]) for shop in box.told["shops"])

    query = [("ids", f"{here},{elsewhere}")]
    assert box.refused("GET", DETAIL, query=query) == (200, 21008111)


@pytest.mark.parametrize("version", ["202309", "202507"])
@pytest.mark.parametrize("wanted", ["", ",", ",".join(str(n) for n in range(51))])
def test_details_take_one_to_fifty_ids(box, version, wanted):
    path = f"/order/{version}/orders"
    assert box.refused("GET", path, query=[("ids", wanted)]) == (400, 36009004)
    assert box.refused("GET", path) == (400, 36009004)


def test_units_are_line_items_and_sums_add_up(box):
    sku = box.order(box.place_one()).line_items[0].sku_id
    order = box.order(box.place_one(items=[sku, sku, sku]))
    prices = [Decimal(item.sale_price) for item in order.line_items]
    payment = order.payment

    assert len({item.id for item in order.line_items}) == 3
    assert Decimal(payment.sub_total) == sum(prices)
    assert Decimal(payment.total_amount) == sum(prices) + Decimal(payment.shipping_fee)
    assert payment.currency == "GBP"
    assert payment.sub_total.count(".") == 1


def test_a_line_item_knows_no_hold(box):
    order = box.order(box.place_one())
    assert order.status == "ON_HOLD"
    assert {item.display_status for item in order.line_items} == {"AWAITING_SHIPMENT"}
    assert order.is_on_hold_order is True


def test_an_orders_deadlines_count_from_the_order(box):
    order_id = box.place_one(paid=False)
    placed = box.order(order_id)
    assert placed.rts_sla_time is UNSET
    assert placed.packages is UNSET
    box.advance(by="2h")
    box.control("POST", f"/buyers/{order_id}/pay")
    paid = box.order(order_id)

    assert paid.paid_time == placed.create_time + 2 * HOUR == paid.update_time
    assert paid.rts_sla_time == placed.create_time + 72 * HOUR
    assert paid.tts_sla_time == placed.create_time + 120 * HOUR


@pytest.mark.parametrize("shipping", ["platform", "seller"])
def test_the_address_is_withheld_until_the_remorse_hour_is_over(box, shipping):
    order_id = box.place_one(shipping=shipping, paid=False)
    assert box.order(order_id).recipient_address is UNSET
    box.control("POST", f"/buyers/{order_id}/pay")
    assert box.order(order_id).recipient_address is UNSET
    package = box.client.fulfillment.get_package_detail(box.package_of(order_id)).data
    assert package.recipient_address is UNSET
    box.advance(by="1h")
    assert box.order(order_id).recipient_address is not UNSET


def test_the_address_is_redacted_where_the_platform_ships(box):
    address = box.order(box.released()).recipient_address

    assert all(word.endswith("***") for word in address.name.split())
    assert "***" in address.address_line1
    assert "***" in address.full_address
    assert address.phone_number.count("*") >= 6
    assert address.region_code == "GB"


def test_the_address_is_open_where_the_seller_ships(box):
    order = box.released(shipping="seller")
    address = box.order(order).recipient_address

    assert "*" not in f"{address.name}{address.full_address}{address.phone_number}"
    assert address.name == f"{address.first_name} {address.last_name}".strip()
    assert address.postal_code in address.full_address


def test_a_changed_address_shows_and_is_marked(box):
    order_id = box.released(shipping="seller")
    before = box.order(order_id)
    box.control("POST", f"/buyers/{order_id}/change_address")
    after = box.order(order_id)

    assert (before.has_updated_recipient_address, after.has_updated_recipient_address) == (
        False,
        True,
    )
    assert after.recipient_address.name == before.recipient_address.name
    assert after.recipient_address.full_address != before.recipient_address.full_address


def test_a_cancelled_order_says_who_and_why(box):
    bought, forgotten = box.place_one(), box.place_one(paid=False)
    box.control("POST", f"/buyers/{bought}/cancel", {"reason": "changed_mind"})
    box.until(forgotten, "CANCELLED")
    by_buyer, by_platform = box.order(bought), box.order(forgotten)

    assert (by_buyer.cancellation_initiator, by_buyer.cancel_reason) == ("BUYER", "changed_mind")
    assert by_buyer.cancel_time == by_buyer.update_time
    assert by_platform.cancellation_initiator == "SYSTEM"
    assert by_platform.cancel_reason == "system_cancel_unpaid_time_out"
    assert by_platform.cancel_time == by_platform.create_time + 24 * HOUR


def test_reading_leaves_no_fact(box):
    order = box.released()
    before = box.mark()
    box.order(order)
    box.client.orders.get_order_list(page_size=10)
    box.client.fulfillment.get_package_detail(box.package_of(order))

    assert box.mark() == before
