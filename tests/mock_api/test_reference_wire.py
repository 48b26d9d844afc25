"""What an integration looks up: warehouses, delivery options, providers, webhook settings."""

import pytest
from tiktok_shop_api.generated.models import (
    DeleteWebhookForAnEventRequest,
    DeleteWebhookForAnEventRequestEventType,
    UpdateShopWebhookRequest,
    UpdateShopWebhookRequestEventType,
)
from tiktok_shop_api.generated.types import UNSET

WEBHOOKS = "/event/202309/webhooks"


def test_a_shop_has_a_warehouse_in_every_city(box):
    everything = box.client.logistics.get_warehouse_list().data.warehouses
    *rows, returns = everything

    assert [row.address.city for row in rows] == ["Shenzhen", "Shanghai", "Hangzhou", "Yiwu"]
    assert [row.is_default for row in rows] == [True, False, False, False]
    assert {row.type_ for row in rows} == {"SALES_WAREHOUSE"}
    assert {row.effect_status for row in rows} == {"ENABLED"}
    assert {row.sub_type for row in rows} == {"CB_DIRECT_SHIPPING_WAREHOUSE"}
    assert rows[0].id == box.order(box.place_one()).warehouse_id
    assert (returns.type_, returns.is_default) == ("RETURN_WAREHOUSE", True)
    assert returns.entity_id == rows[0].entity_id
    assert returns.id not in {row.id for row in rows}
    assert box.data("GET", f"/logistics/202309/warehouses/{returns.id}/delivery_options") == {}


def test_the_platform_misspells_district_and_so_do_we(box):
    raw = box.data("GET", "/logistics/202309/warehouses")["warehouses"][0]["address"]
    assert raw["distict"]
    assert "district" not in raw


def test_shops_have_warehouses_of_their_own(open_box):
    box = open_box(shops=2)
    rows = [
        {
            row["id"]
            for row in box.data("GET", "/logistics/202309/warehouses", cipher=shop["cipher"])[
                "warehouses"
            ]
        }
        for shop in box.told["shops"]
    ]
    assert not rows[0] & rows[1]


def test_a_warehouse_sends_by_the_platform_or_by_the_seller(box):
    warehouse = box.client.logistics.get_warehouse_list().data.warehouses[0]
    options = box.client.logistics.get_warehouse_delivery_options(warehouse.id)
    by_type = {option.type_: option for option in options.data.delivery_options}

    assert by_type.keys() == {"STANDARD", "SEND_BY_SELLER"}
    platform, seller = box.place_one(), box.place_one(shipping="seller")
    assert box.order(platform).delivery_option_id == by_type["STANDARD"].id
    assert box.order(seller).delivery_option_id == by_type["SEND_BY_SELLER"].id
    assert by_type["STANDARD"].weight_limit.max_weight > 0


def test_an_unknown_warehouse_has_no_options(box):
    path = "/logistics/202309/warehouses/0/delivery_options"
    assert box.refused("GET", path) == (400, 36009004)


@pytest.fixture
def providers(box):
    """The providers of an order's delivery option."""

    def of(order):
        option = box.order(order).delivery_option_id
        return box.client.logistics.get_shipping_providers(option).data.shipping_providers

    return of


def test_a_seller_chooses_among_providers(box, providers):
    names = {row.name for row in providers(box.place_one(shipping="seller"))}
    assert {"UPS", "FedEx", "DHL Express", "TNT", "EMS"} < names
    assert "J&T Express" not in names


def test_the_platforms_own_option_has_no_providers(box, providers, refused_with):
    with refused_with(21008117):
        providers(box.place_one())


def test_an_unknown_option_is_not_subscribed(box, refused_with):
    with refused_with(21008116):
        box.client.logistics.get_shipping_providers("0")


# Where webhooks go.


@pytest.fixture
def put(box):
    return lambda event_type, address: box.client.event.update_shop_webhook(
        body=UpdateShopWebhookRequest(
            event_type=UpdateShopWebhookRequestEventType(event_type), address=address
        )
    )


def test_webhooks_are_set_listed_moved_and_deleted(box, put):
    event = box.client.event
    assert event.get_shop_webhooks().data.webhooks is UNSET
    assert event.get_shop_webhooks().data.total_count == 0
    put("ORDER_STATUS_CHANGE", "https://erp.example/a")
    put("PACKAGE_UPDATE", "https://erp.example/b")
    box.advance(by="1m")
    put("ORDER_STATUS_CHANGE", "https://erp.example/c")
    told = event.get_shop_webhooks().data
    rows = {row.event_type: row for row in told.webhooks}

    assert told.total_count == 2
    moved = rows["ORDER_STATUS_CHANGE"]
    assert moved.address == "https://erp.example/c"
    assert moved.update_time == moved.create_time + 60
    body = DeleteWebhookForAnEventRequest(
        event_type=DeleteWebhookForAnEventRequestEventType.ORDER_STATUS_CHANGE
    )
    for _ in "ab":  # deleting one that is gone succeeds
        event.delete_webhook_for_an_event(body=body)
    assert [row.event_type for row in event.get_shop_webhooks().data.webhooks] == ["PACKAGE_UPDATE"]


def test_every_documented_event_type_is_taken(box, put):
    for event_type in UpdateShopWebhookRequestEventType:
        documented = event_type.value in _DOCUMENTED
        if documented:
            put(event_type, "https://erp.example/")
    assert box.client.event.get_shop_webhooks().data.total_count == len(_DOCUMENTED)


_DOCUMENTED = {
    "ORDER_STATUS_CHANGE",
    "RECIPIENT_ADDRESS_UPDATE",
    "PACKAGE_UPDATE",
    "PRODUCT_STATUS_CHANGE",
    "SELLER_DEAUTHORIZATION",
    "UPCOMING_AUTHORIZATION_EXPIRATION",
    "CANCELLATION_STATUS_CHANGE",
    "RETURN_STATUS_CHANGE",
    "NEW_CONVERSATION",
    "NEW_MESSAGE",
    "PRODUCT_INFORMATION_CHANGE",
    "PRODUCT_CREATION",
    "PRODUCT_CATEGORY_CHANGE",
    "NEW_MESSAGE_LISTENER",
    "INVOICE_STATUS_CHANGE",
    "PRODUCT_AUDIT_STATUS_CHANGE",
    "REVERSE_STATUS_UPDATE",
}
"""The seventeen of facts/tiktok-shop.md, section 10."""


def test_shops_have_webhooks_of_their_own(open_box, listener):
    box = open_box(shops=2)
    north, south = box.told["shops"]
    body = {"event_type": "ORDER_STATUS_CHANGE", "address": listener.url}
    box.data("PUT", WEBHOOKS, body, cipher=south["cipher"])

    assert box.data("GET", WEBHOOKS, cipher=north["cipher"]) == {"total_count": 0}
    box.place_one(shop_id=north["id"])
    box.place_one(shop_id=south["id"])
    box.advance(by=0)
    assert {each["shop_id"] for each in listener.news} == {south["id"]}


@pytest.mark.parametrize(
    "body",
    [
        {"event_type": "ORDER_STATUS_CHANGE"},
        {"event_type": "SOMETHING_ELSE", "address": "https://erp.example/"},
        {"event_type": "ORDER_STATUS_CHANGE", "address": ""},
        {"event_type": "ORDER_STATUS_CHANGE", "address": "erp.example"},
        {"event_type": "ORDER_STATUS_CHANGE", "address": "ftp://erp.example/"},
        {"event_type": "ORDER_STATUS_CHANGE", "address": "https://"},
        {"event_type": "ORDER_STATUS_CHANGE", "address": "https://[::1"},
        {"event_type": "ORDER_STATUS_CHANGE", "address": "https://erp.example:99999/"},
        {"event_type": "ORDER_STATUS_CHANGE", "address": "https://erp.example/" + "a" * 256},
        {"event_type": "ORDER_STATUS_CHANGE", "address": 7},
    ],
    ids=lambda body: str(body.get("address"))[:30],
)
def test_a_bad_webhook_is_refused(box, body):
    assert box.refused("PUT", WEBHOOKS, body) == (400, 36009004)
    assert box.data("GET", WEBHOOKS) == {"total_count": 0}
