"""The recipient of an order, as the platform shows them: open, masked, or not at all."""

from typing import Final

from mock_api.seller_center.envelope import Wire
from simulator import World
from simulator.clock import DAY, Instant
from simulator.market.ways import Masking, Names
from simulator.orders.model import Order, Status
from simulator.people import Address
from simulator.places import BY_REGION

_WITHHELD: Final = (Status.UNPAID, Status.ON_HOLD)
_MASKED: Final = (Status.UNPAID, Status.ON_HOLD, Status.CANCELLED)
_OPEN_AFTERWARDS: Final = 30 * DAY
"""A completed order's recipient is open for so long, where the status decides."""
_NEAR_THE_DOOR: Final = ("L3", "L4")
_PHONE_SHOWN: Final = 4


class District(Wire):
    address_level_name: str
    address_name: str
    address_level: str
    iso_code: str | None = None


class RecipientAddress(Wire):
    full_address: str
    phone_number: str
    name: str
    first_name: str
    last_name: str | None = None
    first_name_local_script: str | None = None
    last_name_local_script: str | None = None
    region_code: str
    postal_code: str
    post_town: str
    address_line1: str
    address_detail: str
    district_info: list[District]


def recipient_of(world: World, order: Order) -> RecipientAddress | None:
    """The order's recipient as of now; ``None`` where the platform keeps them to itself."""
    ways = world.registry.market.ways
    if ways.masking is Masking.STATUS:
        masked = _is_masked_by_status(order, world.now)
        return _recipient(order.address, ways.names, masked=masked, near=masked)
    if order.status in _WITHHELD:
        return None
    return _recipient(order.address, ways.names, masked=order.ships_from_platform, near=False)


def _is_masked_by_status(order: Order, now: Instant) -> bool:
    """Open in the statuses in which there is work to do, in either mode (section 5: US)."""
    if order.status is Status.COMPLETED:
        return now >= order.completed_at + _OPEN_AFTERWARDS
    return order.status in _MASKED


def _recipient(whole: Address, names: Names, *, masked: bool, near: bool) -> RecipientAddress:
    """*near*: the levels near the door are masked as well."""
    shown = _redacted(whole, near=near) if masked else whole
    first, last = _told_apart(shown.name, names)
    read_first, read_last = _told_apart(shown.reading, names) if shown.reading else (None, None)
    return RecipientAddress(
        full_address=shown.full,
        phone_number=shown.phone,
        name=shown.name,
        first_name=first,
        last_name=last,
        first_name_local_script=read_first,
        last_name_local_script=read_last,
        region_code=shown.region,
        postal_code=shown.postal_code,
        post_town=shown.city,
        address_line1=shown.line1,
        address_detail=shown.line1,
        district_info=_districts(shown),
    )


def _told_apart(name: str, names: Names) -> tuple[str, str | None]:
    """First name and last name."""
    match names:
        case Names.WHOLE:
            return name, None
        case Names.FAMILY_FIRST:
            family, _, given = name.partition(" ")
            return given, family
        case Names.GIVEN_FIRST:
            given, _, family = name.rpartition(" ")
            return given, family


def _districts(address: Address) -> list[District]:
    country = BY_REGION[address.region]
    top = District(
        address_level_name="Country",
        address_name=country.name,
        address_level="L0",
        iso_code=country.region,
    )
    parts = {"state": address.state, "city": address.city}
    below = [
        District(
            address_level_name=level.name,
            address_name=parts[level.part],
            address_level=level.code,
        )
        for level in country.levels
        if parts[level.part]
    ]
    return [top, *below]


def _redacted(address: Address, *, near: bool) -> Address:
    code, _, _ = address.phone.partition(" ")
    city_is_near = any(
        level.part == "city" and level.code in _NEAR_THE_DOOR
        for level in BY_REGION[address.region].levels
    )
    return Address(
        name=_starred(address.name),
        phone=f"({code}){address.phone[-_PHONE_SHOWN:]:*>10}",
        line1=_starred(address.line1),
        city=_starred(address.city) if near and city_is_near else address.city,
        postal_code=_starred(address.postal_code),
        region=address.region,
        state=address.state,
        reading=_starred(address.reading),
    )


def _starred(text: str) -> str:
    """The first letter of each word stays."""
    return " ".join(f"{word[0]}***" for word in text.split())
