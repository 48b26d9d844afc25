"""Countries by the three letters that J&T has them by, in the two that the world knows.

Those with a route of their own in this world, those of J&T's own networks, and China's usual
destinations. Two letters are taken as they are.
"""

from typing import Final

from mock_api.kernel.countries import is_country

_THREE: Final = {
    "ARE": "AE",
    "AUS": "AU",
    "BRA": "BR",
    "CAN": "CA",
    "CHN": "CN",
    "DEU": "DE",
    "EGY": "EG",
    "ESP": "ES",
    "FRA": "FR",
    "GBR": "GB",
    "HKG": "HK",
    "IDN": "ID",
    "ITA": "IT",
    "JPN": "JP",
    "KHM": "KH",
    "KOR": "KR",
    "KSA": "SA",  # so J&T's own page for Saudi Arabia
    "MEX": "MX",
    "MYS": "MY",
    "NLD": "NL",
    "NZL": "NZ",
    "PHL": "PH",
    "POL": "PL",
    "RUS": "RU",
    "SAU": "SA",
    "SGP": "SG",
    "THA": "TH",
    "TWN": "TW",
    "UAE": "AE",
    "USA": "US",
    "VNM": "VN",
}


def two_letters(code: str) -> str:
    """Empty for a country that nobody here knows."""
    said = code.strip().upper()
    if is_country(said):
        return said
    return _THREE.get(said, "")


def three_letters(region: str) -> str:
    """The same back; two letters where J&T's own are not known."""
    return next((three for three, two in _THREE.items() if two == region), region)
