"""The seller group. None of its calls has an error list of its own."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.seller import v202309, v202601

SELLER: Final = Group("seller", routers=(v202309.router, v202601.router))
