"""The carriers that work in a world, with the places and times of their services.

Pickup cities of the designated carrier are rule H3's default. Hours, capacities and legs are ours
(no source gives them); they add up to the transit times that sellers are quoted.
"""

from typing import Final

from simulator.carriers.model import Carrier, CityService, Leg, Scan
from simulator.clock import HOUR, MINUTE
from simulator.errors import UnknownCarrier

_CHINA: Final = "Asia/Shanghai"
_BRITAIN: Final = "Europe/London"

_VAN: Final = CityService(timezone=_CHINA, rounds=(10, 14, 18), capacity=400, cut_off=60 * MINUTE)

_LINE: Final = (
    Leg(Scan.ARRIVED_AT_HUB, (2 * HOUR, 6 * HOUR), "Shenzhen Sort Centre", _CHINA),
    Leg(Scan.DEPARTED_FROM_HUB, (3 * HOUR, 10 * HOUR), "Shenzhen Bao'an Airport", _CHINA),
    Leg(Scan.ARRIVED_AT_DESTINATION, (14 * HOUR, 26 * HOUR), "London Heathrow", _BRITAIN),
    Leg(Scan.CLEARANCE_COMPLETED, (2 * HOUR, 12 * HOUR), "London Heathrow", _BRITAIN),
    Leg(Scan.ARRIVED_AT_HUB, (4 * HOUR, 12 * HOUR), "Daventry Parcel Hub", _BRITAIN),
    Leg(Scan.OUT_FOR_DELIVERY, (8 * HOUR, 24 * HOUR), None, _BRITAIN),
    Leg(Scan.DELIVERED, (1 * HOUR, 8 * HOUR), None, _BRITAIN),
)

_EXPRESS: Final = (
    Leg(Scan.ARRIVED_AT_HUB, (1 * HOUR, 3 * HOUR), "Shenzhen Gateway", _CHINA),
    Leg(Scan.DEPARTED_FROM_HUB, (2 * HOUR, 8 * HOUR), "Hong Kong Hub", _CHINA),
    Leg(Scan.ARRIVED_AT_DESTINATION, (13 * HOUR, 20 * HOUR), "East Midlands Airport", _BRITAIN),
    Leg(Scan.CLEARANCE_COMPLETED, (1 * HOUR, 6 * HOUR), "East Midlands Airport", _BRITAIN),
    Leg(Scan.ARRIVED_AT_HUB, (3 * HOUR, 8 * HOUR), "Barking Depot", _BRITAIN),
    Leg(Scan.OUT_FOR_DELIVERY, (6 * HOUR, 16 * HOUR), None, _BRITAIN),
    Leg(Scan.DELIVERED, (1 * HOUR, 6 * HOUR), None, _BRITAIN),
)


def _express(code: str, name: str) -> Carrier:
    return Carrier(
        code=code,
        name=name,
        cities={},
        elsewhere=_VAN,
        depot=f"{name} Shenzhen",
        depot_timezone=_CHINA,
        drop_off_span=(2 * HOUR, 8 * HOUR),
        journey=_EXPRESS,
    )


CARRIERS: Final = {
    carrier.code: carrier
    for carrier in (
        Carrier(
            code="jt",
            name="J&T Express",
            cities=dict.fromkeys(("Shenzhen", "Shanghai", "Hangzhou"), _VAN),
            elsewhere=None,
            depot="Platform Warehouse Dongguan",
            depot_timezone=_CHINA,
            drop_off_span=(12 * HOUR, 36 * HOUR),
            journey=_LINE,
        ),
        _express("ups", "UPS"),
        _express("fedex", "FedEx"),
        _express("dhl", "DHL Express"),
    )
}


def carrier_with(code: str) -> Carrier:
    """The carrier of that code; UnknownCarrier tells which there are."""
    try:
        return CARRIERS[code]
    except KeyError:
        raise UnknownCarrier(code, ", ".join(CARRIERS)) from None
