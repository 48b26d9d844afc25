"""Carriers by 17TRACK's numeric keys: whose parcels each of them knows, and which of them a number
tells by its form.

17TRACK has more than three thousand; here are those that public integrations name and this world
has a use for. J&T and posts of countries know what comes from or goes to their country (inferred).
"""

import re
from dataclasses import dataclass
from typing import Final

from simulator.carriers import numbers
from simulator.following import Sight


@dataclass(frozen=True, slots=True)
class Provider:
    """One carrier as 17TRACK knows it."""

    key: int
    name: str
    country: str | None = None
    """Of a carrier of one country."""
    homepage: str | None = None
    carriers: tuple[str, ...] = ()
    """Of this world: whose numbers it knows."""
    at_home: str = ""
    """It knows those from and to that country only; empty: all."""
    is_postal: bool = False

    def knows(self, sight: Sight) -> bool:
        """Whether it is this carrier that has the parcel."""
        if sight.carrier is None or sight.carrier.code not in self.carriers:
            return False
        ends = (sight.sender, sight.recipient)
        return not self.at_home or any(each and each.region == self.at_home for each in ends)


def _jt(key: int, country: str) -> Provider:
    return Provider(key, f"J&T Express ({country})", country, carriers=("jt",), at_home=country)


def _post(key: int, name: str, country: str, homepage: str) -> Provider:
    carriers = ("epacket", "ems")
    return Provider(key, name, country, homepage, carriers, at_home=country, is_postal=True)


UPS, FEDEX, DHL, TNT = 100002, 100003, 100001, 100004
CHINA_POST, CHINA_EMS, USPS, ROYAL_MAIL = 3011, 3013, 21051, 11031
FOUR_PX, CAINIAO, YUNEXPRESS, JT = 190094, 190271, 190008, 100295

PROVIDERS: Final = {
    each.key: each
    for each in (
        Provider(DHL, "DHL Express", None, "https://www.dhl.com/", ("dhl",)),
        Provider(UPS, "UPS", None, "https://www.ups.com/", ("ups",)),
        Provider(FEDEX, "FedEx", None, "https://www.fedex.com/", ("fedex",)),
        Provider(TNT, "TNT", None, "https://www.tnt.com/", ("tnt",)),
        Provider(
            CHINA_POST, "China Post", "CN", "https://www.ems.com.cn/", ("epacket",), is_postal=True
        ),
        Provider(CHINA_EMS, "China EMS", "CN", "https://www.ems.com.cn/", ("ems",), is_postal=True),
        _post(USPS, "USPS", "US", "https://www.usps.com/"),
        _post(ROYAL_MAIL, "Royal Mail", "GB", "https://www.royalmail.com/"),
        Provider(JT, "J&T International", None, "https://www.jtexpress.com/", ("jt",)),
        _jt(100079, "MY"),
        _jt(100271, "TH"),
        _jt(100456, "VN"),
        _jt(100240, "PH"),
        _jt(100388, "MX"),
        Provider(YUNEXPRESS, "YunExpress", "CN", "https://www.yunexpress.cn/", ("yunexpress",)),
        Provider(FOUR_PX, "4PX", "CN", "https://www.4px.com/", ("4px",)),
        Provider(CAINIAO, "Cainiao", "CN", "https://global.cainiao.com/", ("cainiao",)),
        Provider(190012, "YANWEN", "CN", "https://www.yw56.com.cn/"),
    )
}


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_FORMS: Final = (
    (_form(r"1Z[0-9A-Z]{16}"), "", UPS),
    (_form(r"E[A-Z]\d{9}CN"), "", CHINA_EMS),
    (_form(r"[A-Z]{2}\d{9}CN"), "", CHINA_POST),
    (_form(r"[A-Z]{2}\d{9}US"), "", USPS),
    (_form(r"[A-Z]{2}\d{9}GB"), "", ROYAL_MAIL),
    (_form(r"\d{12}|\d{15}"), "fedex", FEDEX),
    (_form(r"\d{10}"), "dhl", DHL),
    (_form(r"4PX\d{13}CN"), "", FOUR_PX),
    (_form(r"LP\d{14,17}"), "", CAINIAO),
)
"""Forms of numbers, whose check digit must be right besides, and the carrier that they tell. Which
ones 17TRACK detects is inferred; that it often does not detect J&T's, YunExpress's and TNT's is
not."""


def detected(number: str) -> int | None:
    """The carrier that the form of *number* tells."""
    for form, checked_by, key in _FORMS:
        if form.fullmatch(number) and (not checked_by or numbers.checks(checked_by, number)):
            return key
    return None
