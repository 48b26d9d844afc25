"""UPS's service codes for the services of this world, which depend on where a shipment goes.

65 and 08 are the carriers facts' (section 8.3). Within a country the same two are sold under other
names; which of UPS's domestic codes they are is inferred.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.model import Service


@dataclass(frozen=True, slots=True)
class Offer:
    code: str
    name: str


_INTERNATIONAL: Final = {
    "saver": Offer("65", "UPS Worldwide Saver"),
    "expedited": Offer("08", "UPS Worldwide Expedited"),
}
_WITHIN_US: Final = {
    "saver": Offer("02", "UPS 2nd Day Air"),
    "expedited": Offer("03", "UPS Ground"),
}
_WITHIN: Final = {
    "saver": Offer("65", "UPS Express Saver"),
    "expedited": Offer("11", "UPS Standard"),
}

_CODES: Final = (
    "01 02 03 07 08 11 12 13 14 17 54 59 65 70 71 72 74 75 82 83 84 85 86 92 93 94 95 96"
)
KNOWN: Final = frozenset(_CODES.split())
"""Codes that UPS has; this world sells few of them."""


def offer(service: Service, from_: str, to: str) -> Offer:
    """How UPS calls that service between two countries; one that a world's settings have added, as
    they call it."""
    at_home = _WITHIN_US if from_ == "US" else _WITHIN
    table = at_home if from_ == to else _INTERNATIONAL
    return table.get(service.code, Offer(service.product, service.name))
