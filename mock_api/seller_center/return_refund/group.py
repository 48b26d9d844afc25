"""The return and refund group: cancellations, refunds, returns, replacements."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.return_refund.pushes import TELLS

RETURN_REFUND: Final = Group("return_refund", routers=(), tells=TELLS)
