"""Every version of this part of the group."""

from typing import Final

from mock_api.seller_center.return_refund.returns import (
    v202309,
    v202405,
    v202601,
    v202602,
    v202603,
    v202604,
    v202606,
    v202609,
)

ROUTERS: Final = (
    v202309.router,
    v202405.router,
    v202601.router,
    v202602.router,
    v202603.router,
    v202604.router,
    v202606.router,
    v202609.router,
)
