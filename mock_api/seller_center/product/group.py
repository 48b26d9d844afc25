"""The product group: enough of it for an order's items, stock and prices."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.product import refusals, v202309, v202502
from mock_api.seller_center.product.pushes import TELLS

PRODUCT: Final = Group(
    "product",
    routers=(v202309.router, v202502.router),
    refusals=refusals.FROM_DOMAIN,
    bad_parameter=refusals.bad_parameter,
    tells=TELLS,
)
