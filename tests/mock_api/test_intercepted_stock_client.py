"""The published client, without any change, is answered under the platform's real host name."""

import seatrial
import tiktok_shop_api as stock


def test_the_stock_client_ships_an_order():
    with seatrial.intercept() as box:
        client = stock.TikTokShop(
            box.app_key, box.app_secret, box.access_token, shop_cipher=box.shop_cipher
        )
        (order_id,) = box.place()
        box.advance("1h")
        (order,) = client.orders.get_order_detail(ids=[order_id]).data.orders
        client.fulfillment.ship_package(order.packages[0].id)
        client.close()

        assert box.until(order_id, "AWAITING_COLLECTION") == box.now
        assert [row["code"] for row in box.exchanges()] == [0, 0]
