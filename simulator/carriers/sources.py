"""Where the carriers' defaults are from, by topic: a carrier's own, its kind's, or everybody's.

*Ours* means that no source gives it. Web pages were read in 2026.
"""

from typing import Final

from simulator.carriers.model import Carrier

_OURS: Final = "ours"

SOURCES: Final = {
    "services": "public lists of services; transit as agents quote it; factors ours",
    "services jt": "the platform's standard shipping; its transit is ours",
    "pickup": _OURS,
    "pickup jt": "cities: rule H3's default; rounds, room and days are ours",
    "pickup express": (
        "usual cut-offs in Shenzhen: 16:00 to 18:00, booked an hour before; half of Saturday, no "
        "Sunday. Rounds and room are ours"
    ),
    "abroad": _OURS,
    "pickup_delay": "a lever for scenarios",
    "drop_off": _OURS,
    "first_scan": "couriers scan at the door; the first leg leads to the first hub",
    "first_scan express": (
        "couriers scan at the door; 2 to 8 h to the first scan in a hub is the first leg"
    ),
    "first_scan line": "a line's warehouse scans what its van brought 12 to 36 h later",
    "first_scan jt": "the platform's carrier scans at the door (ours)",
    "sync_lag": "17TRACK polls every 6 to 12 h, and shows a scan 1 to 12 h late",
    "sync_lag express": "AfterShip, EasyPost: 1 to 6 h late",
    "transit_factor": "a lever for scenarios",
    "route": "places real, hours and spans ours: they add up to the transit that is quoted",
    "numbers": "public algorithms",
    "numbers line": "a public form without a check digit; the digits within it are ours",
    "numbers post": "the postal union's S10, with its check digit",
    "numbers tnt": "nine digits, the last the check digit of S10",
    "tariff jt": _OURS,
    "tariff yunexpress": (
        "Wish EPC, China to Argentina, 2020 (merchantfaq.wish.com): other lines and countries "
        "are of this form and order"
    ),
    "tariff 4px": "as YunExpress, 5 % dearer (ours)",
    "tariff cainiao": "as YunExpress, 5 % cheaper (ours)",
    "tariff dhl": (
        "a DHL-Sinotrans list in CNY, undated, non-documents (njxinyi.com); which country is in "
        "which of its zones 5, 6 and 7 is ours"
    ),
    "tariff ups": "DHL's list, being of the same order; Expedited costs about 15 % less",
    "tariff fedex": (
        "DHL's list, being of the same order, to 5 kg; from there to 38 CNY/kg at 26 kg "
        "(goodhopefreight.com) after the discount; Economy's share is ours"
    ),
    "tariff tnt": "DHL's list, being of the same order; Economy's share is ours",
    "tariff ems": (
        "about 180 CNY for the first half kilogram and 75 for each further one to the US; "
        "elsewhere the same (ours)"
    ),
    "tariff epacket": (
        "an item fee of 15 to 25 CNY and 60 to 90 CNY/kg to the US: in the middle of both; "
        "elsewhere the same (ours)"
    ),
    "size jt": _OURS,
    "size line": (
        "small-parcel lines divide by 8000, some only beyond twice the actual weight; 5 kg as "
        "Wish EPC; limits of size as the post's"
    ),
    "size express": (
        "divided by 5000 (goglobal.dhl-usa.com); half-kilogram steps to 20.5 kg, then whole ones "
        "(aircompressorstrade.com); remote areas 3.6 CNY/kg, at least 180 (hxlog.net); limits ours"
    ),
    "size ems": "divided by 6000 (intl.zt-express.com); limits as posts have them",
    "size epacket": "2 kg, 90 cm in all, 60 cm a side; size does not weigh",
    "fuel": "none is charged",
    "fuel ems": "none is charged (hh-exp.com)",
    "fuel express": "charged on top; the percentage is ours, for carriers set it anew each week",
    "discount": "a lever for scenarios",
    "discount express": "agents sell 35 to 60 % below the list; 45 is ours",
    "mishaps": (
        "defaults gathered from vendors' pages of 2019 to 2025, for expresses, lines and ePacket; "
        "first attempts: smartroutes.io"
    ),
    "mishaps ems": "between an express's and a line's (ours)",
}


def source_of(topic: str, carrier: Carrier) -> str:
    """The most particular source: the carrier's own, its kind's, everybody's."""
    for key in (f"{topic} {carrier.code}", f"{topic} {carrier.kind}", topic):
        if key in SOURCES:
            return SOURCES[key]
    raise AssertionError(topic, carrier.code)
