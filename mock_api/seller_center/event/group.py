"""The event group."""

from typing import Final

from mock_api.seller_center.event import v202309
from mock_api.seller_center.group import Group

EVENT: Final = Group("event", routers=(v202309.router,), page="docs/gates.md")
