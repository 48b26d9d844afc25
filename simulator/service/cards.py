"""What sellers may say: nothing sensitive, and no card of what is not theirs or the buyer's."""

from collections.abc import Sequence
from typing import Final

from simulator.catalog import SHELF
from simulator.errors import BadCard, SensitiveContent
from simulator.orders.model import Order, Status
from simulator.service.model import Kind, Said
from simulator.service.shelf import ChatTerms

_PRODUCTS: Final = frozenset(sku.product_id for sku in SHELF)
_RETURNABLE: Final = (Status.IN_TRANSIT, Status.DELIVERED)
"""Orders that a return or refund may be asked for, and so offered (inferred)."""


def require_sayable(terms: ChatTerms, said: Said, orders: Sequence[Order]) -> None:
    """SensitiveContent, or BadCard. *orders* are those of the buyer's in this shop."""
    small = said.text.casefold()
    for word in terms.sensitive:
        if word in small:
            raise SensitiveContent(word)
    order = next((each for each in orders if each.id == said.order_id), None)
    match said.kind:
        case Kind.PRODUCT_CARD:
            if said.product_id not in _PRODUCTS:
                raise BadCard(said.kind, said.product_id)
        case Kind.COUPON_CARD:
            raise BadCard(said.kind, "a coupon")  # this world has none
        case Kind.ORDER_CARD | Kind.LOGISTICS_CARD | Kind.RETURN_REFUND_CARD:
            if order is None or not _fits(said, order):
                raise BadCard(said.kind, said.order_id)
        case _:
            pass


def _fits(said: Said, order: Order) -> bool:
    """Whether the order is as the card shows it."""
    if said.kind is Kind.LOGISTICS_CARD:
        return bool(order.parcel_ids) and (not said.parcel_id or said.parcel_id in order.parcel_ids)
    if said.kind is Kind.RETURN_REFUND_CARD:
        is_open = bool(order.open_returns)
        units = {item.sku_id for item in order.items}
        return order.status in _RETURNABLE and not is_open and said.sku_id in units
    return True
