"""The order group."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.order import (
    v202309,
    v202406,
    v202407,
    v202507,
    v202605,
    v202606,
)
from mock_api.seller_center.order.pushes import TELLS

ORDER: Final = Group(
    "order",
    routers=(
        v202309.router,
        v202406.router,
        v202407.router,
        v202507.router,
        v202605.router,
        v202606.router,
    ),
    tells=TELLS,
)
