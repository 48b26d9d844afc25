"""What a lived world shows in each market holds nothing that the published client does not know."""

import contextlib
from collections import Counter

import pytest
from tiktok_shop_api import TikTokShopError
from tiktok_shop_api.generated import models

from simulator.market import MARKETS
from tests.mock_api.stock_client.aftersales import EVERYTHING
from tests.mock_api.stock_client.operations import flaws

DAY = 86_400


class Reader:
    """Reads with the stock client; what it refuses has no flaws."""

    def __init__(self):
        self.flaws = Counter()
        self.read = 0

    def __call__(self, ask, *path, **query):
        with contextlib.suppress(TikTokShopError):
            answer = ask(*path, **query)
            self.read += 1
            self.flaws.update(f"{ask.__name__}{each}" for each in set(flaws(answer)))
            return answer.data
        return None


def lived(open_box, market):
    box = open_box(market=market, mishaps=15)
    for behaviour, buyer in (("diligent", "fussy"), ("prompt", "impatient"), ("absent", "calm")):
        for shipping in ("platform", "seller"):
            box.place(count=8, behaviour=behaviour, buyer=buyer, shipping=shipping)
    for _ in range(4):
        box.advance(by="6d")
        box.renew()
        box.place(count=5, behaviour="prompt", buyer="fraudulent")
    box.advance(by="3d")
    box.place(count=2, paid=False)
    return box


def read_orders(client, read):
    page = read(client.orders.get_order_list, page_size=100)
    ids = [each.id for each in page.orders]
    for start in range(0, len(ids), 50):
        read(client.orders.get_order_detail, ids=ids[start : start + 50])
    for order_id in ids[:50]:
        read(client.orders.get_order_price_details, order_id)
        read(client.fulfillment.get_order_tracking, order_id)
        read(client.logistics.get_logistics_tracking, order_id)
        read(client.return_and_refund.get_aftersale_eligibility, order_id)
        read(client.finance.get_transactions_by_order, order_id)
    wish = models.GetOrderCustomsRequirementsRequest(order_ids=ids[:20])
    read(client.fulfillment.get_order_customs_requirements, body=wish)
    for package in read(client.fulfillment.search_package, page_size=50).packages:
        read(client.fulfillment.get_package_detail, package.id)
        read(client.fulfillment.get_package_handover_time_slots, package.id)


def read_aftersales(client, read):
    api = client.return_and_refund
    for each in read(api.search_returns, page_size="50").return_orders:
        read(api.get_return_records, each.return_id)
        for ask in (api.get_decision_eligibility, api.get_reject_reasons):
            read(ask, return_or_cancel_id=each.return_id)
        read(api.get_available_review_decisions, seller_id=1, return_or_cancel_id=each.return_id)
    read(api.search_cancellations, page_size="50")
    every = models.SearchAftersalesRequestsRequest.from_dict(EVERYTHING)
    read(api.search_aftersales_requests, body=every)


def read_talks(client, read):
    api = client.customer_service
    page = read(api.get_conversations, page_size=20, need_session_info=True)
    for each in page.conversations:
        read(api.get_conversation_messages, each.id, page_size=10, need_plaintext=True)


def read_money(client, read):
    api = client.finance
    for each in read(api.get_statements, sort_field="statement_time").statements:
        read(api.get_transactions_by_statement, each.id, sort_field="order_create_time")
    read(api.get_payments, sort_field="create_time")
    read(api.get_unsettled_transactions, sort_field="order_create_time")
    kinds = list(models.GetSellerFinancialTransactionsTypesItem)
    read(api.get_seller_financial_transactions, types=kinds)


def read_shop(client, read):
    for each in read(client.products.search_products, page_size=100).products:
        read(client.products.get_product, each.id)
    for each in read(client.logistics.get_warehouse_list).warehouses:
        options = read(client.logistics.get_warehouse_delivery_options, each.id)
        for option in options.delivery_options or ():
            read(client.logistics.get_shipping_providers, option.id)
    for ask in (
        client.logistics.get_global_seller_warehouses,
        client.logistics.get_shipping_template_availability,
        client.seller.get_active_shops,
        client.seller.get_shop_group_and_related_shops,
        client.analytics.get_sps_overview,
        client.analytics.get_sps_metrics,
    ):
        read(ask)


@pytest.mark.slow
@pytest.mark.parametrize("market", MARKETS)
def test_what_a_lived_world_shows_is_known_to_the_client(open_box, market):
    box, read = lived(open_box, market), Reader()
    for part in (read_orders, read_aftersales, read_talks, read_money, read_shop):
        part(box.client, read)

    assert read.flaws == Counter()
    assert read.read > 300
