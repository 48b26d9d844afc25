"""Get Order Detail, as every version of it answers."""

from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.order.refusals import NOT_YOURS
from mock_api.seller_center.order.view import OrderView, order_view
from mock_api.seller_center.requests import shop_of, split_list, world_of

MOST: Final = 50


class OrderDetails(Wire):
    orders: list[OrderView] | None = None


def details_of(caller: Caller, ids: list[str]) -> OrderDetails:
    """The shop's orders of these *ids*, in their order. An unknown id is left out (inferred: no
    source says what the platform does); an order of another shop is refused, as documented."""
    wanted = split_list(ids)
    if not 1 <= len(wanted) <= MOST:
        raise Refusal(bad_parameter("ids", f"takes 1 to {MOST} order ids"))
    world, shop = world_of(caller), shop_of(caller)
    found = [world.registry.find_order(each) for each in wanted]
    known = [order for order in found if order]
    if any(order.shop_id != shop.id for order in known):
        raise Refusal(NOT_YOURS)
    return OrderDetails(orders=[order_view(world, order) for order in known] or None)
