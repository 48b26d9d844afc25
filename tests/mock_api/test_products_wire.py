"""The product group over the wire: reading the catalogue, taking goods off sale, stock, prices."""

import json

import pytest
import tiktok_shop_api as stock
from tiktok_shop_api.generated.models import (
    ActivateProductsRequest,
    DeactivateProductsRequest,
    InventorySearchRequest,
    SearchProductsRequest,
    UpdateInventoryRequest,
    UpdatePriceRequest,
)

from simulator.catalog import SHELF

MUG = next(sku for sku in SHELF if sku.product == "Ceramic Mug")
SIBLING = next(sku for sku in SHELF if sku.product_id == MUG.product_id and sku is not MUG)
PRODUCT = f"/product/202309/products/{MUG.product_id}"


def selling(box):
    warehouses = box.data("GET", "/logistics/202309/warehouses")["warehouses"]
    return [each["id"] for each in warehouses if each["type"] == "SALES_WAREHOUSE"]


@pytest.fixture
def homes(box):
    """Ids of the warehouses that the shop sells from."""
    return selling(box)


@pytest.fixture
def count(box, homes):
    """Count a SKU: so many in the first warehouse, none in the others."""

    def counted(units, sku=MUG, at=homes):
        rows = [{"warehouse_id": home, "quantity": units if home == at[0] else 0} for home in at]
        body = {"skus": [{"id": sku.id, "inventory": rows}]}
        return box.data("POST", f"{PRODUCT}/inventory/update", body)

    return counted


def test_the_stock_client_reads_changes_and_reads_again(box, homes):
    products = box.client.products
    page = products.search_products(page_size=2, body=SearchProductsRequest()).data
    rest = products.search_products(page_size=100, page_token=page.next_page_token).data
    found = products.get_product(MUG.product_id).data
    (shown,) = [sku for sku in found.skus if sku.id == MUG.id]

    assert (page.total_count, len(page.products), len(rest.products)) == (6, 2, 4)
    assert (found.title, found.status) == ("Ceramic Mug", "ACTIVATE")
    assert (shown.price.sale_price, shown.price.currency) == ("8.99", "GBP")
    assert {row.warehouse_id for row in shown.inventory} == set(homes)

    new = {"skus": [{"id": MUG.id, "price": {"sale_price": "12.34", "currency": "GBP"}}]}
    products.update_price(MUG.product_id, body=UpdatePriceRequest.from_dict(new))
    rows = [{"warehouse_id": home, "quantity": 7} for home in homes]
    counted = {"skus": [{"id": MUG.id, "inventory": rows}]}
    products.update_inventory(MUG.product_id, body=UpdateInventoryRequest.from_dict(counted))
    asked = InventorySearchRequest(sku_ids=[MUG.id])
    ((inventory,),) = [each.skus for each in products.inventory_search(body=asked).data.inventory]
    (line,) = box.order(box.place_one(items=[MUG.id])).line_items

    assert inventory.total_available_quantity == 7 * len(homes)
    assert line.sale_price == "12.34"


def test_taking_off_sale_and_putting_back(box):
    ids = [MUG.product_id]
    products = box.client.products
    products.deactivate_products(body=DeactivateProductsRequest(product_ids=ids))
    assert products.get_product(MUG.product_id).data.status == "SELLER_DEACTIVATED"
    assert box.ask("POST", "/orders", {"items": [MUG.id]}).status_code == 409
    answer = products.activate_products(body=ActivateProductsRequest(product_ids=ids))

    assert not answer.data.errors
    assert box.place_one(items=[MUG.id])


def test_what_the_platform_took_down_stays_down(box):
    assert box.control("POST", f"/listings/{MUG.product_id}/take_down")["status"] == (
        "PLATFORM_DEACTIVATED"
    )
    (error,) = box.data("POST", "/product/202309/products/activate", named(MUG.product_id))[
        "errors"
    ]

    assert error["code"] == 12052990
    assert error["detail"]["product_id"] == MUG.product_id
    assert [each["code"] for each in error["detail"]["extra_errors"]] == [12052901]
    assert box.ask("POST", "/listings/1/take_down").status_code == 404
    assert box.control("POST", f"/listings/{MUG.product_id}/let_sell")["status"] == "ACTIVATE"


def test_each_unknown_product_of_a_list_is_told(box):
    (error,) = box.data("POST", "/product/202309/products/deactivate", named("1", MUG.product_id))[
        "errors"
    ]

    assert (error["code"], error["detail"]["product_id"]) == (12052032, "1")
    assert box.data("GET", PRODUCT)["status"] == "SELLER_DEACTIVATED"


def named(*product_ids, **also):
    return {"product_ids": list(product_ids)} | also


@pytest.mark.parametrize("path", ["activate", "deactivate"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (named(*map(str, range(21))), 12019120),
        (named(), 12052910),
        (named("1", listing_platforms=["TOKOPEDIA"]), 12052330),
        (named("1", listing_platforms=["NOPE"]), 12052910),
    ],
)
def test_lists_of_products_that_are_refused_whole(box, path, body, code):
    assert box.refused("POST", f"/product/202309/products/{path}", body) == (200, code)


SEARCHES = [
    (0, {}, 12019109),
    (101, {}, 12019109),
    (5, {"seller_skus": ["x"] * 11}, 12019027),
    (5, {"sku_ids": ["x"] * 11}, 12019087),
    (5, {"create_time_ge": 2, "create_time_le": 1}, 12019118),
    (5, {"update_time_ge": 2, "update_time_le": 1}, 12019119),
    (5, {"status": "NOPE"}, 12052910),
]


@pytest.mark.parametrize(("size", "body", "code"), SEARCHES)
def test_searches_that_are_refused(box, size, body, code):
    path, query = "/product/202502/products/search", [("page_size", str(size))]
    assert box.refused("POST", path, body, query=query) == (200, code)


def test_a_token_of_another_search_is_no_page(box):
    path = "/product/202502/products/search"
    token = box.data("POST", path, query=[("page_size", "1")])["next_page_token"]
    query = [("page_size", "1"), ("page_token", token)]

    assert box.refused("POST", path, {"status": "FREEZE"}, query=query) == (200, 12019108)


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ({"sku_ids": [MUG.id]}, ["Ceramic Mug"]),
        ({"seller_skus": [SHELF[0].seller_sku]}, ["Wireless Earbuds"]),
        ({"status": "SELLER_DEACTIVATED"}, ["Ceramic Mug"]),
        ({"audit_status": ["FAILED"]}, []),
        ({"update_time_ge": 1_893_974_401}, ["Ceramic Mug"]),
        ({"create_time_le": 1}, []),
    ],
)
def test_products_are_found_by(box, body, titles):
    box.advance(by="1h")
    box.data("POST", "/product/202309/products/deactivate", named(MUG.product_id))
    query = [("page_size", "100")]
    page = box.data("POST", "/product/202502/products/search", body, query=query)

    assert [each["title"] for each in page.get("products", [])] == titles
    assert page["total_count"] == len(titles)


def test_there_is_no_version_under_review(box):
    query = [("return_under_review_version", "true")]
    assert box.refused("GET", PRODUCT, query=query) == (200, 12052547)
    assert box.refused("GET", "/product/202309/products/1") == (200, 12052032)


def test_counted_stock_is_never_sold_twice_and_is_shown_as_it_is(box, count):
    assert count(2) == {}
    box.place(items=[MUG.id], count=2)
    told = box.ask("POST", "/orders", {"items": [MUG.id]})
    body = {"sku_ids": [MUG.id]}
    ((shown,),) = [
        each["skus"]
        for each in box.data("POST", "/product/202309/inventory/search", body)["inventory"]
    ]

    assert told.status_code == 409
    assert (shown["total_available_quantity"], shown["total_committed_quantity"]) == (0, 2)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"product_ids": ["1"] * 101}, 12019120),
        ({"sku_ids": ["1"] * 601}, 12019015),
        ({"product_ids": ["1"]}, 12019008),
        ({}, 12019008),
    ],
)
def test_inventory_searches_that_are_refused(box, body, code):
    assert box.refused("POST", "/product/202309/inventory/search", body) == (200, code)


def test_inventory_that_is_refused_whole(box, homes):
    def told(*skus):
        return box.refused("POST", f"{PRODUCT}/inventory/update", {"skus": list(skus)})

    def row(*units, sku=MUG.id):
        pairs = zip(homes, units, strict=False)
        return {
            "id": sku,
            "inventory": [{"warehouse_id": home, "quantity": each} for home, each in pairs],
        }

    everywhere = [1] * len(homes)
    assert told() == (200, 12052902)
    assert told(row(*everywhere), row(*everywhere)) == (200, 12052553)
    assert told(row(*everywhere, sku=SHELF[0].id)) == (200, 12052556)
    assert told(row(1)) == (200, 12019028)
    assert told({"id": MUG.id, "inventory": [{"quantity": 1}]}) == (200, 12019028)
    assert told(row(-1, *everywhere[1:])) == (200, 12019024)
    assert told(row(100_001, *everywhere[1:])) == (200, 12052055)
    assert box.refused("POST", "/product/202309/products/1/inventory/update", {"skus": []}) == (
        200,
        12052032,
    )


def test_a_foreign_warehouse_is_told_and_that_sku_stays(open_box):
    box = open_box(shops=2)
    first, second = (shop["cipher"] for shop in box.told["shops"])
    own, foreign = (
        [
            row["id"]
            for row in box.data("GET", "/logistics/202309/warehouses", cipher=cipher)["warehouses"]
            if row["type"] == "SALES_WAREHOUSE"
        ]
        for cipher in (first, second)
    )
    rows = [{"warehouse_id": each, "quantity": 1} for each in (*own, foreign[0], "1")]
    body = {"skus": [{"id": MUG.id, "inventory": rows}]}
    (error,) = box.data("POST", f"{PRODUCT}/inventory/update", body)["errors"]

    assert error["code"] == 12052990
    assert [each["code"] for each in error["detail"]["extra_errors"]] == [12052530, 12052097]
    assert box.inside.world.registry.stock.lines == {}


def price(asked, currency="GBP", **also):
    return [{"id": MUG.id, "price": {"sale_price": asked, "currency": currency}} | also]


PRICES = [
    ([], 12052902),
    (price("1") + price("2"), 12052553),
    ([{"id": SHELF[0].id, "price": {"sale_price": "1", "currency": "GBP"}}], 12052557),
    (price("1", "USD"), 12052084),
    (price("1,5"), 12052012),
    (price("1.005"), 12052012),
    (price("0.00"), 12052073),
    (price("99999999999"), 12052570),
    ([{"id": MUG.id, "price": {"currency": "GBP"}}], 12052424),
    (price("1", list_price={"amount": "2", "currency": "USD"}), 12052376),
]


@pytest.mark.parametrize(("skus", "code"), PRICES)
def test_prices_that_are_refused(box, skus, code):
    mark = box.mark()
    assert box.refused("POST", f"{PRODUCT}/prices/update", {"skus": skus}) == (200, code)
    assert box.mark() == mark


def test_what_changes_is_pushed(box, listener):
    box.subscribe(listener.url, "PRODUCT_STATUS_CHANGE", "PRODUCT_INFORMATION_CHANGE")
    box.data("POST", f"{PRODUCT}/prices/update", {"skus": price("9.99")})
    box.data("POST", "/product/202309/products/deactivate", named(MUG.product_id))
    box.advance(by="1s")
    events = [stock.Webhooks.parse(body) for _, body in listener.heard]

    assert [type(event).__name__ for event in events] == [
        "ProductInformationChangeWebhook",
        "ProductStatusChangeWebhook",
    ]
    assert listener.news[1]["data"]["product_id"] == int(MUG.product_id)
    assert listener.news[0]["data"]["changed_fields"] == ["others"]


def test_stock_that_runs_low_is_told_once_with_every_change(box, count):
    """Types 27 and 71 are no types of the Event API: heard at their source, parsed as they are."""
    from mock_api.seller_center.product.pushes import TELLS  # noqa: PLC0415

    told = []
    sandbox = box.inside

    def hear(_seq, at, fact):
        for kind, tell in TELLS.items():
            if isinstance(fact, kind):
                told.extend(tell(sandbox, fact, at))

    sandbox.world.journal.subscribe(hear)
    count(12)
    box.place(items=[MUG.id, MUG.id], count=6)
    levels = [push.data["current_inventory_status"] for push in told if push.type == 27]
    changes = [push.data["change_detail"][0] for push in told if push.type == 71]
    for nth, push in enumerate(told):
        envelope = {"type": push.type, "tts_notification_id": str(nth), "shop_id": push.shop_id}
        stock.Webhooks.parse(json.dumps(envelope | {"timestamp": box.now, "data": push.data}))

    assert levels == ["LOW_STOCK", "OUT_OF_STOCK"]
    assert changes[0]["trigger_source"] == "SELLER_UPDATE"
    assert sum(each["available_quantity_delta"] for each in changes) == 0
