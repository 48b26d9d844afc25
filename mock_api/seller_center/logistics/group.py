"""The logistics group."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.logistics import v202309

LOGISTICS: Final = Group("logistics", routers=(v202309.router,))
