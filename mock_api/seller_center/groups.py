"""Every API group that the seller center answers."""

from collections.abc import Mapping
from typing import Final

from mock_api.seller_center.authorization.group import AUTHORIZATION
from mock_api.seller_center.event.group import EVENT
from mock_api.seller_center.fulfillment.group import FULFILLMENT
from mock_api.seller_center.group import Group
from mock_api.seller_center.logistics.group import LOGISTICS
from mock_api.seller_center.order.group import ORDER
from mock_api.seller_center.return_refund.group import RETURN_REFUND
from mock_api.seller_center.seller.group import SELLER

GROUPS: Final[Mapping[str, Group]] = {
    group.name: group
    for group in (AUTHORIZATION, EVENT, FULFILLMENT, LOGISTICS, ORDER, RETURN_REFUND, SELLER)
}
"""By the first segment of their paths."""

SCOPES: Final = frozenset().union(*(group.scopes for group in GROUPS.values()))
"""What a seller grants: every scope that an answered endpoint asks for."""
