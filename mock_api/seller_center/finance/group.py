"""The finance group: read only, and without webhooks."""

from typing import Final

from mock_api.seller_center.finance import v202309, v202501, v202507, v202605, v202609
from mock_api.seller_center.group import Group

FINANCE: Final = Group(
    "finance",
    routers=tuple(each.router for each in (v202309, v202501, v202507, v202605, v202609)),
)
