"""When the driver is to come: SHIPDATE, and the times at which the sender is open.

Whoever closes for lunch says the morning in PREFCOLLECTTIME and the afternoon in ALTCOLLECTTIME
(the comments of TNT's own sample). TNT's guide has error messages for cut-off times: so a
collection that is too late is refused, not moved (its texts are ours).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from mock_api.carriers.tnt import xml
from mock_api.carriers.tnt.consignments import Batch, NotValid
from mock_api.carriers.tnt.names import CARRIER, NAME
from simulator import World
from simulator.carriers.model import CHINA
from simulator.clock import Instant
from simulator.consigning import vans_for
from simulator.errors import BadWindow
from simulator.people import Address
from simulator.shipments.pickup import Pickup, PickupWish
from simulator.shipments.windows import Policy, Window

_NO_MOVING: Final = Policy(moves_on=False)
_CCYY: Final = 4
_USUAL: Final = (time(9), time(18))
"""What a lenient sandbox takes for the times that a client does not tell."""


def book(world: World, batch: Batch, numbers: tuple[str, ...]) -> Pickup:
    """One driver for all of them; NotValid, or what the world refuses."""
    address = batch.collected_at
    first, *others = _windows(world, batch, address)
    wish = PickupWish(
        account=NAME,
        carrier=CARRIER,
        address=address,
        window=first,
        pieces=len(numbers),
        numbers=numbers,
        policy=_NO_MOVING,
        notes={"instructions": xml.text_at(batch.collection, "COLLINSTRUCTIONS")},
    )
    try:
        return world.shippers.book_pickup(wish)
    except BadWindow:
        if not others:
            raise
    return world.shippers.book_pickup(replace(wish, window=others[0]))


def _windows(world: World, batch: Batch, address: Address) -> Iterator[Window]:
    service = vans_for(world.registry.carrier(CARRIER), address)
    zone = ZoneInfo(service.timezone if service else CHINA)
    today = datetime.fromtimestamp(world.now, zone).date()
    day = _day(xml.text_at(batch.collection, "SHIPDATE"), today if batch.lenient else None)
    preferred = xml.child(batch.collection, "PREFCOLLECTTIME")
    if not xml.says_something(preferred):
        if not batch.lenient:
            raise NotValid("The field PREFCOLLECTTIME is mandatory for a collection")
        yield _window(day, _USUAL, zone)
        return
    yield _window(day, _hours(preferred), zone)
    other = xml.child(batch.collection, "ALTCOLLECTTIME")
    if xml.says_something(other):
        yield _window(day, _hours(other), zone)


def _window(day: date, hours: tuple[time, time], zone: ZoneInfo) -> Window:
    opens, closes = (datetime.combine(day, at, zone).timestamp() for at in hours)
    return Window(Instant(int(opens)), Instant(int(closes)))


def _day(text: str, default: date | None) -> date:
    """DD/MM/CCYY; clients write single digits, too."""
    if not text and default:
        return default
    day, _, rest = text.partition("/")
    month, _, year = rest.partition("/")
    try:
        if year.startswith("2") and len(year) == _CCYY:
            return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):  # no such day; more digits than anything has
        pass
    raise NotValid("The field SHIPDATE must be in the format DD/MM/CCYY")


def _hours(said: Element | None) -> tuple[time, time]:
    return _clock(xml.text_at(said, "FROM")), _clock(xml.text_at(said, "TO"))


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    try:
        return time(int(hour), int(minute))
    except (ValueError, OverflowError):
        raise NotValid("Collection times must be in the format HH:MM") from None
