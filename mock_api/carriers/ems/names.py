"""What this dialect is called, and whose parcels it sees."""

from typing import Final

NAME: Final = "ems"
"""The dialect, and the account of whatever is made through it."""

EMS: Final = "ems"
EPACKET: Final = "epacket"
CARRIERS: Final = frozenset({EMS, EPACKET})
"""In this world's codes: both are China Post's, and the platform serves both."""

PRODUCTS: Final = {"001": EPACKET, "002": EPACKET, "019": EPACKET}
"""Whose an international order is, by ``biz_product_no``: e邮宝 (001, on this platform 019), small
registered parcels (002); every other is EMS."""

PICKUP: Final = "pickup"
"""Among a shipment's notes: the id of the courier's call."""
