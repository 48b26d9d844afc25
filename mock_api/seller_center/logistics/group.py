"""The logistics group."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.logistics import v202309, v202510, v202604, v202606

LOGISTICS: Final = Group(
    "logistics", routers=(v202309.router, v202510.router, v202604.router, v202606.router)
)
