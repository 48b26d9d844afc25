"""The authorization group."""

from typing import Final

from mock_api.seller_center.authorization import v202309
from mock_api.seller_center.group import Group

AUTHORIZATION: Final = Group("authorization", routers=(v202309.router,))
