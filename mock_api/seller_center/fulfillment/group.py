"""The fulfillment group."""

from typing import Final

from mock_api.seller_center.fulfillment import refusals, v202309, v202610
from mock_api.seller_center.fulfillment.pushes import TELLS
from mock_api.seller_center.fulfillment.routers import ROUTERS
from mock_api.seller_center.group import Group

FULFILLMENT: Final = Group(
    "fulfillment",
    routers=(*ROUTERS, v202309.router, v202610.router),
    refusals=refusals.FROM_DOMAIN,
    bad_parameter=refusals.bad_parameter,
    tells=TELLS,
)
