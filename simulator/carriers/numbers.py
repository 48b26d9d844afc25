"""Tracking numbers as carriers print them, check digits included.

UPS 1Z, FedEx Express and DHL Express algorithms are public; J&T China publishes no check digit.
"""

import re
from collections.abc import Callable
from typing import Final

_PRINTED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{4,49}")
_FEDEX_WEIGHTS: Final = (3, 1, 7) * 4
_UPS_ACCOUNT_AND_SERVICE: Final = "SEA00166"  # shipper SEA001, service 66: worldwide express


def could_be_printed(number: str) -> bool:
    """Whether any carrier's label could bear *number*."""
    return _PRINTED.fullmatch(number) is not None


def ups_check_digit(body: str) -> int:
    """The last digit of ``1Z`` + *body* (15 letters and digits) + digit."""
    values = [int(c) if c.isdigit() else (ord(c) - 3) % 10 for c in body]
    total = sum(value * 2 if place % 2 else value for place, value in enumerate(values))
    return (10 - total % 10) % 10


def fedex_check_digit(body: str) -> int:
    """The last digit of an Express number whose first eleven are *body*."""
    return sum(w * int(c) for w, c in zip(_FEDEX_WEIGHTS, body, strict=False)) % 11 % 10


def dhl_check_digit(body: str) -> int:
    """The last digit of an Express waybill whose first nine are *body*."""
    return int(body) % 7


def _ups(nth: int) -> str:
    body = f"{_UPS_ACCOUNT_AND_SERVICE}{nth:07d}"
    return f"1Z{body}{ups_check_digit(body)}"


def _fedex(nth: int) -> str:
    body = f"77{nth:09d}"
    return f"{body}{fedex_check_digit(body)}"


def _dhl(nth: int) -> str:
    body = f"93{nth:07d}"
    return f"{body}{dhl_check_digit(body)}"


def _jt(nth: int) -> str:
    return f"JT{5_000_000_000_000 + nth:013d}"


NUMBERED: Final[dict[str, Callable[[int], str]]] = {
    "jt": _jt,
    "ups": _ups,
    "fedex": _fedex,
    "dhl": _dhl,
}
"""How each carrier writes its *n*-th number."""
