"""DHL's service areas: three letters and a town, for each place where the world scans.

Those of gateways are their airports' own codes. Elsewhere the code is made of the place's name
(ours): a real one would need DHL's table of towns.
"""

from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from simulator.carriers.model import CHINA, ELSEWHERE
from simulator.carriers.routes import COUNTRIES

_AIRPORTS: Final = {
    "Shenzhen Gateway": ("SZX", "SHENZHEN", "CN"),
    "DHL Express Shenzhen": ("SZX", "SHENZHEN", "CN"),
    "Shenzhen": ("SZX", "SHENZHEN", "CN"),
    "Guangzhou": ("CAN", "GUANGZHOU", "CN"),
    "Shanghai": ("SHA", "SHANGHAI", "CN"),
    "Beijing": ("BJS", "BEIJING", "CN"),
    "Hangzhou": ("HGH", "HANGZHOU", "CN"),
    "Hong Kong Hub": ("HKG", "HONG KONG", "HK"),
    "East Midlands Airport": ("EMA", "EAST MIDLANDS", "GB"),
    "London": ("LON", "LONDON", "GB"),
    "Cincinnati Hub": ("CVG", "CINCINNATI HUB", "US"),
    "Changi Airport": ("SIN", "SINGAPORE", "SG"),
    "Suvarnabhumi Airport": ("BKK", "BANGKOK", "TH"),
    "KLIA": ("KUL", "KUALA LUMPUR", "MY"),
    "Manila NAIA": ("MNL", "MANILA", "PH"),
    "Tan Son Nhat Airport": ("SGN", "HO CHI MINH CITY", "VN"),
    "Soekarno-Hatta Airport": ("CGK", "JAKARTA", "ID"),
    "Frankfurt Airport": ("FRA", "FRANKFURT", "DE"),
    "São Paulo Guarulhos": ("GRU", "SAO PAULO", "BR"),
    "Mexico City AICM": ("MEX", "MEXICO CITY", "MX"),
    "Tokyo Narita": ("NRT", "TOKYO", "JP"),
}
_COUNTRY_OF: Final = {CHINA: "CN"} | {
    country.timezone: country.code for country in COUNTRIES if country.code != ELSEWHERE
}


@dataclass(frozen=True, slots=True)
class Area:
    """A service area."""

    code: str
    description: str
    """``SYDNEY-AU``."""


def area_of(place: str, timezone: str = "", country: str = "") -> Area:
    """That of a place; its country is known, or that of its time zone."""
    known = _AIRPORTS.get(place)
    if known:
        code, town, where = known
        return Area(code, f"{town}-{where}")
    town = _plain(place)
    where = country or _COUNTRY_OF.get(timezone, "")
    letters = "".join(filter(str.isalpha, town))[:3]
    return Area(letters.ljust(3, "X"), f"{town}-{where}" if where else town)


def _plain(name: str) -> str:
    """In the letters of a telex; what has none is left out."""
    return normalize("NFKD", name).encode("ascii", "ignore").decode().upper().strip()
