"""What everybody here calls the carrier, its products and its numbers."""

import re
from typing import Final

NAME: Final = "dhl"
"""Of the dialect, and of the carrier in the world."""

DOCUMENTS: Final = "D"
PARCELS: Final = "P"
DOMESTIC: Final = "N"
PRODUCTS: Final = {
    PARCELS: "EXPRESS WORLDWIDE",
    DOCUMENTS: "EXPRESS WORLDWIDE",
    DOMESTIC: "EXPRESS DOMESTIC",
}
"""Documented names of product codes. The world's carrier has one service across borders, sold as
documents or as goods, and one within a country."""

_PIECE: Final = "JD0146"
_WAYBILL: Final = re.compile(r"\d{10}", re.ASCII)
_PIECE_ID: Final = re.compile(rf"J?{_PIECE}\d{{4}}(\d{{10}})", re.ASCII)
_PICKUP: Final = re.compile(r"PRG(\d{6})(\d{6,9})", re.ASCII)


def piece_id(waybill: str) -> str:
    """The licence plate of the piece that has that number in the world: JD and eighteen digits, no
    check digit."""
    return f"{_PIECE}{int(waybill):014d}"


def number_meant(said: str) -> str:
    """The number in the world that a waybill or a licence plate stands for; or none."""
    if _WAYBILL.fullmatch(said):
        return said
    plate = _PIECE_ID.fullmatch(said)
    return plate[1] if plate else ""


def dispatch_number(booked_on: str, confirmation: str) -> str:
    """How DHL confirms a pickup: PRG, the day it was booked (yymmdd), a number."""
    return f"PRG{booked_on}{confirmation[3:]}"


def confirmation_meant(dispatch: str) -> str:
    """The world's own number for it; or none."""
    found = _PICKUP.fullmatch(dispatch)
    return f"{NAME.upper()}{found[2]}" if found else ""
