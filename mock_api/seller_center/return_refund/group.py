"""The return and refund group: cancellations, refunds, returns, replacements."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.return_refund.cancellations import v202309, v202602
from mock_api.seller_center.return_refund.cancellations.refusals import FROM_DOMAIN, bad_parameter
from mock_api.seller_center.return_refund.pushes import TELLS

RETURN_REFUND: Final = Group(
    "return_refund",
    routers=(v202309.router, v202602.router),
    refusals=FROM_DOMAIN,
    bad_parameter=bad_parameter,
    tells=TELLS,
)
