"""The analytics group, as far as the Shop Performance Score goes."""

from typing import Final

from mock_api.seller_center.analytics import v202606
from mock_api.seller_center.group import Group

ANALYTICS: Final = Group("analytics", routers=(v202606.router,))
