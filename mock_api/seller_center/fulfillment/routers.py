"""The routers of what surrounds shipping: packaging, deliveries of one's own, papers."""

from typing import Final

from mock_api.seller_center.fulfillment.delivery import v202309 as delivery_v202309
from mock_api.seller_center.fulfillment.delivery import v202609 as delivery_v202609
from mock_api.seller_center.fulfillment.packaging import v202309 as packaging_v202309
from mock_api.seller_center.fulfillment.papers import (
    v202407,
    v202502,
    v202510,
    v202601,
    v202606,
    v202607,
)

ROUTERS: Final = (
    packaging_v202309.router,
    delivery_v202309.router,
    delivery_v202609.router,
    v202407.router,
    v202502.router,
    v202510.router,
    v202601.router,
    v202606.router,
    v202607.router,
)
