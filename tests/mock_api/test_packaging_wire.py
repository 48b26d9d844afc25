"""Splitting, combining and taking apart over the wire, and webhook 4."""

import pytest
from tiktok_shop_api import Webhooks
from tiktok_shop_api.generated import models as wire

from tests.mock_api.stock_client.operations import flaws

EARBUDS, LIGHT, MUG = "172900002000015838", "172900004000031676", "172900006000047514"
MAT = "172900008000063352"
ATTRIBUTES = "/fulfillment/202309/orders/split_attributes"
SPLIT = "/fulfillment/202309/orders/{}/split"
SEARCH = "/fulfillment/202309/combinable_packages/search"
COMBINE = "/fulfillment/202309/packages/combine"
UNCOMBINE = "/fulfillment/202309/packages/{}/uncombine"
MARK = "/fulfillment/202309/orders/{}/packages"
CANCEL = "/return_refund/202309/cancellations"
UPS = "7117858858072016686"
OUT = "seller_cancel_reason_out_of_stock_uk"


@pytest.fixture
def market():
    return "standard"


@pytest.fixture
def box(open_box, market):
    return open_box(market=market)


@pytest.fixture
def news(box, listener):
    """Webhook 4 so far, as the stock client verifies and parses it."""
    box.subscribe(listener.url, "PACKAGE_UPDATE")

    def telling():
        box.advance(by=0)
        heard = [
            Webhooks.verify_and_parse(
                app_key=box.app_key, app_secret=box.secret, raw_body=body, signature=signature
            )
            for signature, body in listener.heard
        ]
        assert {each.type_ for each in heard} <= {4}
        assert not any(list(flaws(each)) for each in heard)
        return [each.data for each in heard]

    return telling


@pytest.fixture
def told(news):
    """What webhook 4 said has happened, and at whose hands."""
    return lambda: [(each.sc_type, each.role_type) for each in news()]


def pair(box, *more, **wishes):
    """Two orders of one buyer, each in a package of its own."""
    baskets = ([EARBUDS, *more], [LIGHT, *more])
    orders = [box.place_one(items=each, customer="ann", **wishes) for each in baskets]
    box.advance(by="1h")
    return orders


def combined(box, *more, **wishes):
    """Two orders of one buyer, and the package that they share."""
    one, other = pair(box, *more, **wishes)
    group = {"id": box.package_of(one)}
    (made,) = box.data("POST", COMBINE, {"combinable_packages": [group]})["packages"]
    return one, other, made["id"]


def marked(number, *items):
    named = {"order_line_item_ids": list(items)} if items else {}
    return {"tracking_number": number, "shipping_provider_id": UPS} | named


def last_update(news):
    """What the newest of webhook 4 was, and which orders it says are in which package."""
    update = news()[-1]
    held = {each.package_id: each.order_id_list for each in update.package_list}
    return update.sc_type, update.role_type, held


def attributes(box, *orders):
    found = box.data("GET", ATTRIBUTES, query=[("order_ids", ",".join(orders))])
    return found["split_attributes"]


def groups(*items):
    return {
        "splittable_groups": [
            {"id": str(nth), "order_line_item_ids": each} for nth, each in enumerate(items)
        ]
    }


def lines(box, order):
    return [item.id for item in box.order(order).line_items]


def combinable(box):
    return box.data("GET", SEARCH, query=[("page_size", "50")])


def test_an_order_is_split_and_its_groups_have_packages(box, told):
    order = box.released(items=[EARBUDS, LIGHT, MUG])
    assert attributes(box, order) == [{"order_id": order, "can_split": True, "must_split": False}]
    one, *others = lines(box, order)
    packages = box.data("POST", SPLIT.format(order), groups([one], others))["packages"]
    detail = box.data("GET", f"/fulfillment/202309/packages/{packages[1]['id']}")

    assert [each["splittable_group_id"] for each in packages] == ["0", "1"]
    assert detail["order_line_item_ids"] == others
    assert told() == [("SPLIT", "ROLE_SELLER")]


def test_the_newer_clients_groups_split_too_but_no_bundle_is_taken_apart(box):
    order = box.released(items=[EARBUDS, LIGHT])
    newer = {
        "splittable_groups_v2": [
            {"id": item, "order_line_list": [{"order_line_id": item}]} for item in lines(box, order)
        ]
    }
    broken = {
        "splittable_groups_v2": [
            {"id": "a", "order_line_list": [{"order_line_id": "1", "sub_item_id": "2"}]}
        ]
    }
    assert box.refused("POST", SPLIT.format(order), broken) == (200, 21011005)
    assert len(box.data("POST", SPLIT.format(order), newer)["packages"]) == 2


def test_a_split_that_cannot_be_is_refused_in_the_documented_codes(box):
    order = box.released(items=[EARBUDS, LIGHT])
    one, other = lines(box, order)
    halves = groups([one], [other])
    bad = {
        "an item left out": groups([one], []),
        "an unknown item": groups([one], ["5770"]),
        "one group only": groups([one, other]),
        "two groups of one id": {"splittable_groups": [halves["splittable_groups"][0]] * 2},
    }
    for what, body in bad.items():
        assert box.refused("POST", SPLIT.format(order), body) == (200, 21011005), what
    assert box.refused("POST", SPLIT.format("5764"), halves) == (200, 21011029)
    held = box.place_one(items=[EARBUDS, LIGHT])
    assert box.refused("POST", SPLIT.format(held), halves) == (200, 21011044)
    query = [("order_ids", held)]
    assert box.refused("GET", ATTRIBUTES, query=query) == (200, 21011044)
    assert box.refused("GET", ATTRIBUTES, query=[("order_ids", "5764")]) == (200, 21011029)
    box.control("POST", f"/buyers/{order}/cancel")
    assert box.refused("POST", SPLIT.format(order), halves) == (200, 21011007)
    assert attributes(box, order)[0]["reason"] == "Order has a cancellation request"
    shipped = box.released(items=[EARBUDS, LIGHT])
    box.client.fulfillment.ship_package(box.package_of(shipped))
    parts = groups(*([item] for item in lines(box, shipped)))
    assert box.refused("POST", SPLIT.format(shipped), parts) == (200, 21011035)


def test_markets_differ_in_what_is_split(open_box):
    box = open_box(market="us")
    order = box.released(items=[EARBUDS, LIGHT])
    parts = groups(*([item] for item in lines(box, order)))
    assert not attributes(box, order)[0]["can_split"]
    assert box.refused("POST", SPLIT.format(order), parts) == (200, 21011035)

    sea = open_box(market="sea")
    mats = sea.released(items=[MAT] * 3 + [MUG] * 28)
    (found,) = attributes(sea, mats)
    assert found["must_split"]
    assert found["must_split_reasons"] == [
        {"type": "CATEGORY_ITEM_LIMITATION", "category_id": "603014", "max_count": "2"},
        {"type": "TOTAL_COUNT_LIMITATION"},
    ]
    items = lines(sea, mats)
    divided = groups(items[:1], items[1:])
    assert sea.refused("POST", SPLIT.format(mats), divided) == (200, 21011036)
    same = sea.released(items=[MAT] * 2)
    assert attributes(sea, same)[0]["reason"] == "Order has nothing that could be put apart"


def test_drafts_of_one_buyer_are_found_combined_and_taken_apart(box, told):
    one, other = pair(box)
    box.released(items=[MUG])
    page = combinable(box)
    assert page["total_count"] == 1
    (group,) = page["combinable_packages"]
    assert group["order_ids"] == [one, other]
    (made,) = box.data("POST", COMBINE, {"combinable_packages": [group]})["packages"]
    assert made["order_ids"] == [one, other]
    assert made["id"] == box.package_of(one) == box.package_of(other) != group["id"]
    assert combinable(box)["total_count"] == 0

    split = groups(lines(box, one), [])
    assert box.refused("POST", SPLIT.format(one), split) == (200, 21011046)
    assert attributes(box, one)[0]["reason"] == "Order has been combined"
    path = UNCOMBINE.format(made["id"])
    assert box.refused("POST", path, {"order_ids": ["5764"]}) == (200, 21011029)
    assert box.refused("POST", UNCOMBINE.format("1152"), {}) == (200, 21011028)
    apart = box.data("POST", path, {})["packages"]
    assert [each["order_ids"] for each in apart] == [[one], [other]]
    assert apart[1]["id"] == made["id"]
    assert box.refused("POST", path, {}) == (200, 21011005)
    assert told() == [("COMBINE", "ROLE_SELLER"), ("CANCEL_COMBINE", "ROLE_SELLER")]


def test_what_one_group_refuses_is_in_the_answer(box):
    one, other = pair(box)
    stranger, held = box.released(items=[MUG]), box.place_one(items=[MUG])
    first, alone, hold = (box.package_of(each) for each in (one, stranger, held))
    body = {
        "combinable_packages": [
            {"id": "1152"},
            {"id": first, "order_ids": [one, stranger]},
            {"id": alone},
            {"id": hold},
            {"id": first, "order_ids": [one, other]},
        ]
    }
    answer = box.data("POST", COMBINE, body)
    assert [each["order_ids"] for each in answer["packages"]] == [[one, other]]
    assert [(each["detail"]["package_id"], each["code"]) for each in answer["errors"]] == [
        ("1152", 21011028),
        (first, 21011031),
        (alone, 10007014),
        (hold, 21011044),
    ]


def test_pages_of_combinable_packages_neither_repeat_nor_hide(box):
    for name in ("ann", "bo", "cy"):
        for sku in (EARBUDS, LIGHT):
            box.place_one(items=[sku], customer=name)
    box.advance(by="1h")
    seen, query = [], []
    for _ in range(3):
        page = box.data("GET", SEARCH, query=[("page_size", "1"), *query])
        seen += [each["id"] for each in page["combinable_packages"]]
        query = [("page_token", page["next_page_token"])]
    assert len(set(seen)) == 3
    assert query == [("page_token", "")]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("change_address", ("ADDRESS_UPDATE_SPLIT", "ROLE_USER")),
        ("cancel", ("PARTLY_CANCEL_SPLIT", "ROLE_USER")),
    ],
)
def test_what_breaks_a_combination_is_told(box, told, event, said):
    one, other = pair(box)
    box.data("POST", COMBINE, {"combinable_packages": [{"id": box.package_of(one)}]})
    box.control("POST", f"/buyers/{other}/{event}")
    if event == "cancel":
        box.advance(by="72h")
    assert told() == [("COMBINE", "ROLE_SELLER"), said]


def test_a_refund_takes_the_order_out_of_what_was_shipped(box, told):
    one, other = pair(box)
    box.data("POST", COMBINE, {"combinable_packages": [{"id": box.package_of(one)}]})
    box.client.fulfillment.ship_package(box.package_of(one))
    box.inside.world.buyers.ask_refund(other)
    box.inside.world.sellers.answer_refund(other, granted=True)
    assert told()[1:] == [("CANCEL_FULFILL_SPLIT", "ROLE_USER")]


@pytest.mark.parametrize("market", ["uk"])
def test_a_cancelled_item_takes_the_rest_of_its_order_out_of_the_package(box, news):
    stays, order, shared = combined(box, MUG)
    first, second = lines(box, order)
    cancelled = {"order_id": order, "cancel_reason": OUT, "order_line_item_ids": [first]}
    box.data("POST", CANCEL, cancelled)

    own = box.package_of(order)
    said = ("SPLIT_BY_SKU_CANCEL", "ROLE_SELLER", {own: [order], shared: [stays]})
    assert last_update(news) == said
    detail = box.data("GET", f"/fulfillment/202309/packages/{own}")
    assert detail["order_line_item_ids"] == [second]
    assert box.package_of(stays) == shared != own
    for package_id in (own, shared):
        box.client.fulfillment.ship_package(package_id)
    assert {box.order(each).status for each in (stays, order)} == {"AWAITING_COLLECTION"}


@pytest.mark.parametrize("market", ["uk"])
def test_an_order_of_which_nothing_is_left_in_a_package_is_in_it_no_more(box, news):
    stays, order = pair(box, MUG, parcels=2, combined=True)
    emptied, kept = (each.id for each in box.order(order).packages)
    cancelled = {"order_id": order, "cancel_reason": OUT}
    box.data("POST", CANCEL, cancelled | {"order_line_item_ids": lines(box, order)[:1]})

    assert last_update(news) == ("SPLIT_BY_SKU_CANCEL", "ROLE_SELLER", {emptied: [stays]})
    assert [each.id for each in box.order(order).packages] == [kept]
    assert [each.id for each in box.order(stays).packages] == [emptied, kept]


@pytest.mark.parametrize("market", ["standard", "uk"])
def test_an_order_whose_items_are_named_is_shipped_without_the_others(box, news):
    stays, order, shared = combined(box, MUG, shipping="seller")
    named = lines(box, order)
    assert box.refused("POST", MARK.format(order), marked("1Z1234500", named[0])) == (200, 21011046)
    done = box.data("POST", MARK.format(order), marked("1Z1234500", *named))

    own = done["package_id"]
    said = ("FULFILL_UNCOMBINE", "ROLE_SELLER", {own: [order], shared: [stays]})
    assert last_update(news) == said
    assert (box.order(order).status, box.order(stays).status) == (
        "AWAITING_COLLECTION",
        "AWAITING_SHIPMENT",
    )
    box.data("POST", MARK.format(stays), marked("1Z1234500"))
    assert box.order(stays).tracking_number == "1Z1234500"


def test_an_order_is_shipped_without_one_whose_buyer_wants_to_cancel(box, told):
    order, unsure, _ = combined(box, shipping="seller")
    box.control("POST", f"/buyers/{unsure}/cancel")
    assert box.refused("POST", MARK.format(order), marked("1Z1234500")) == (200, 21011007)
    assert told() == [("COMBINE", "ROLE_SELLER")]

    box.data("POST", MARK.format(order), marked("1Z1234500", *lines(box, order)))
    assert told()[1:] == [("FULFILL_UNCOMBINE", "ROLE_SELLER")]


def test_parts_of_one_order_that_are_one_again_are_told(box, told):
    order = box.released(items=[EARBUDS, LIGHT], parcels=2)
    parts = [each.id for each in box.order(order).packages]
    box.inside.world.sellers.combine(parts)
    assert told() == [("CANCEL_SPLIT", "ROLE_SELLER")]
    box.place(items=[EARBUDS], customer="ann")
    box.place(items=[LIGHT], customer="ann", combined=True)
    assert told() == [("CANCEL_SPLIT", "ROLE_SELLER"), ("COMBINE", "ROLE_SYSTEM")]


def test_the_stock_client_reads_every_answer(box):
    one, _ = pair(box)
    api = box.client.fulfillment
    assert api.get_order_split_attributes(order_ids=[one]).data.split_attributes[0].order_id == one
    (group,) = api.search_combinable_packages(page_size=10).data.combinable_packages
    asked = wire.CombinePackageRequest.from_dict({"combinable_packages": [group.to_dict()]})
    (made,) = api.combine_package(body=asked).data.packages
    apart = wire.UncombinePackagesRequest.from_dict({"order_ids": [one]})
    assert api.uncombine_packages(made.id, body=apart).data.packages[0].order_ids == [one]
