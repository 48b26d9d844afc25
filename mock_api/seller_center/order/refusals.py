"""The refusals of the order group, as its endpoints list them."""

from typing import Final

from mock_api.seller_center.errors import Row

BAD_PARAMETERS: Final = Row(21001001, "Invalid parameters")
NOT_YOURS: Final = Row(21008111, "The order or package does not belong to the current seller")
INVALID_ORDER_ID: Final = Row(36020001, "Invalid order_id")
"""Of one order among those of a call that succeeds. The sample of Add External Order References has
it; no list does."""
NO_SUCH_LINE: Final = Row(10007014, "the order has no such line item")
NO_BLIND_BOX: Final = Row(10007014, "the order has no blind box")
NO_DESIGN: Final = Row(10007014, "the order has no line item that is made to a buyer's design")
"""No list has codes for goods that this world does not have: the platform's generic one, whose text
says why (inferred)."""
