"""Every API group that the seller center answers."""

from collections.abc import Mapping
from typing import Final

from mock_api.seller_center.analytics.group import ANALYTICS
from mock_api.seller_center.authorization.group import AUTHORIZATION
from mock_api.seller_center.customer_service.group import CUSTOMER_SERVICE
from mock_api.seller_center.event.group import EVENT
from mock_api.seller_center.finance.group import FINANCE
from mock_api.seller_center.fulfillment.group import FULFILLMENT
from mock_api.seller_center.group import Group
from mock_api.seller_center.known.table import operations
from mock_api.seller_center.logistics.group import LOGISTICS
from mock_api.seller_center.order.group import ORDER
from mock_api.seller_center.product.group import PRODUCT
from mock_api.seller_center.return_refund.group import RETURN_REFUND
from mock_api.seller_center.seller.group import SELLER
from mock_api.seller_center.supply_chain.group import SUPPLY_CHAIN

GROUPS: Final[Mapping[str, Group]] = {
    group.name: group
    for group in (
        ANALYTICS,
        AUTHORIZATION,
        CUSTOMER_SERVICE,
        EVENT,
        FINANCE,
        FULFILLMENT,
        LOGISTICS,
        ORDER,
        PRODUCT,
        RETURN_REFUND,
        SELLER,
        SUPPLY_CHAIN,
    )
}
"""By the first segment of their paths."""

SCOPES: Final = frozenset().union(
    *(group.scopes for group in GROUPS.values()), *(each.scopes for each in operations())
)
"""What a seller grants, if nothing is said: every scope that an operation asks for."""
