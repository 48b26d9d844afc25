"""The refusals about goods that this world does not have: blind boxes, and prints on demand."""

from typing import Final

from mock_api.seller_center.errors import Row

NOT_SELLERS: Final = Row(21008111, "The order or package does not belong to the current seller")
NO_SUCH_LINE: Final = Row(10007014, "the order has no such line item")
NO_BLIND_BOX: Final = Row(10007014, "the order has no blind box")
NO_DESIGN: Final = Row(10007014, "the order has no line item that is made to a buyer's design")
