"""What this dialect is called, and whose parcels it sees."""

from typing import Final

NAME: Final = "chinapost"
"""The dialect, and the account of whatever is made through it."""
CARRIER: Final = "epacket"
"""In this world's codes."""

PRODUCTS: Final = {"001": "e邮宝", "002": "挂号小包"}
"""``biz_product_no``; this world sells both as one service."""
PRODUCT: Final = "biz_product_no"
"""Among a shipment's notes."""
