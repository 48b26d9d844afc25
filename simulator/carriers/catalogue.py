"""The carriers that there are, as every world finds them unless it is told otherwise.

What a world makes of them is its registry's (``Registry.carrier``). Where each default is from is
said beside it, and on the page ``docs/carriers.md``.
"""

from typing import Final

from simulator.carriers.domestic import with_last_mile
from simulator.carriers.expresses import EXPRESSES
from simulator.carriers.lines import LINES
from simulator.carriers.model import Carrier
from simulator.carriers.posts import POSTS
from simulator.errors import UnknownCarrier

CARRIERS: Final = {
    carrier.code: with_last_mile(carrier) for carrier in (*LINES, *EXPRESSES, *POSTS)
}


def carrier_with(code: str) -> Carrier:
    """The carrier of that code, with its defaults; UnknownCarrier tells which there are."""
    try:
        return CARRIERS[code]
    except KeyError:
        raise UnknownCarrier(code, ", ".join(CARRIERS)) from None
