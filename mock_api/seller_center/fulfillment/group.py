"""The fulfillment group."""

from typing import Final

from mock_api.seller_center.fulfillment import (
    refusals,
    v202309,
    v202309_shipping,
    v202508,
    v202512,
    v202610,
)
from mock_api.seller_center.fulfillment.documents import v202309 as documents_202309
from mock_api.seller_center.fulfillment.pushes import TELLS
from mock_api.seller_center.fulfillment.routers import ROUTERS
from mock_api.seller_center.group import Group

FULFILLMENT: Final = Group(
    "fulfillment",
    routers=(
        *ROUTERS,
        v202309.router,
        v202309_shipping.router,
        v202508.router,
        v202512.router,
        v202610.router,
        documents_202309.router,
    ),
    refusals=refusals.FROM_DOMAIN,
    bad_parameter=refusals.bad_parameter,
    tells=TELLS,
)
