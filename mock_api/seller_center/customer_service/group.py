"""The customer service group."""

from typing import Final

from mock_api.seller_center.customer_service import (
    refusals,
    v202309,
    v202407,
    v202601,
    v202602,
    v202605,
    v202606,
)
from mock_api.seller_center.customer_service.pushes import TELLS
from mock_api.seller_center.group import Group

CUSTOMER_SERVICE: Final = Group(
    "customer_service",
    routers=tuple(
        version.router for version in (v202309, v202407, v202601, v202602, v202605, v202606)
    ),
    refusals=refusals.FROM_DOMAIN,
    bad_parameter=refusals.bad_parameter,
    tells=TELLS,
)
