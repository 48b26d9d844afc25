"""The supply chain group."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.supply_chain import v202309

SUPPLY_CHAIN: Final = Group("supply_chain", routers=(v202309.router,))
