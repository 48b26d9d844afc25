"""Countries by name, depots by code, and TNT's numbers, with and without their letters."""

import re
from typing import Final

from simulator.places import COUNTRIES

_NAMES: Final = {each.region: each.name for each in COUNTRIES.values()} | {"CN": "China"}
_NUMBER: Final = re.compile(r"(?:G[A-Z])?(\d{9})(?:[A-Z]{2})?", re.ASCII)
_CODE_LETTERS: Final = 3


def country_name(code: str) -> str:
    """In English; a country that nobody here lives in, by its code."""
    return _NAMES.get(code, code)


def depot_code(place: str) -> str:
    """Three letters. TNT's own codes are not public: these are the place's first ones."""
    letters = [letter for letter in place.upper() if letter.isascii() and letter.isalnum()]
    return "".join(letters[:_CODE_LETTERS]) or "TNT"


def bare(number: str) -> str:
    """The nine digits of a number that may be written GD123456785WW; else as it is."""
    found = _NUMBER.fullmatch(number.strip().upper())
    return found[1] if found else number.strip()
