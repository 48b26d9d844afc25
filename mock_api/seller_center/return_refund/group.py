"""The return and refund group: cancellations, refunds, returns, replacements."""

from typing import Final

from mock_api.seller_center.group import Group
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.cancellations import v202309, v202602
from mock_api.seller_center.return_refund.pushes import TELLS
from mock_api.seller_center.return_refund.returns import pushes
from mock_api.seller_center.return_refund.returns.causes import CLAIMS
from mock_api.seller_center.return_refund.returns.routers import ROUTERS

RETURN_REFUND: Final = Group(
    "return_refund",
    routers=(v202309.router, v202602.router, *ROUTERS),
    refusals=CLAIMS,
    bad_parameter=refusals.bad_parameter,
    tells={**TELLS, **pushes.TELLS},
)
