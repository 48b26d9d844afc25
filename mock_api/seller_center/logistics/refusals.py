"""The refusals of the logistics group, as its endpoints list them."""

from typing import Final

from mock_api.seller_center.errors import Row

NOT_SUBSCRIBED: Final = Row(21008116, "No Subscription without specified delivery option")
FULFILLED_BY_TIKTOK: Final = Row(
    21008117, "The delivery of the specified delivery_option_id is fulfilled by TikTok"
)
