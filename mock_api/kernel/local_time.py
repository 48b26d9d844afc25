"""Whose clocks go where: carriers' interfaces take and tell the hours of a place."""

from zoneinfo import ZoneInfo

from simulator.carriers.model import CHINA, Carrier
from simulator.consigning import vans_for
from simulator.people import Address
from simulator.places import TIMEZONES
from simulator.registry import COUNTRY


def zone_at(carrier: Carrier, address: Address | None) -> ZoneInfo:
    """That of the van which comes to that address; without one, its country's; of an address that
    nobody told, that of the carrier's depot."""
    if address is None:
        return ZoneInfo(carrier.depot_timezone)
    van = vans_for(carrier, address)
    if van:
        return ZoneInfo(van.timezone)
    return ZoneInfo(CHINA if address.region == COUNTRY else TIMEZONES.get(address.region, "UTC"))
