"""Shipments that somebody hands to a carrier through the carrier's own interface: priced, labelled,
voided, and named for an order.

A refusal is a DomainError and changes nothing. Carriers of this world carry from China to anywhere,
and within the countries in which they have a network (``carriers.domestic``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from simulator import ids
from simulator.carriers import prices
from simulator.carriers.abroad import YARDS, domestic
from simulator.carriers.model import Carrier, CityService, Service
from simulator.errors import (
    AlreadyCollected,
    BadSetting,
    CarriesNot,
    LimitReached,
    TrackingNumberTaken,
)
from simulator.facts import (
    FreightCharged,
    ShipmentDrafted,
    ShipmentLabelled,
    ShipmentNamed,
    ShipmentVoided,
)
from simulator.orders.model import Order
from simulator.parcels.model import Handover, Parcel, ParcelStatus
from simulator.people import Address
from simulator.registry import COUNTRY, Registry
from simulator.shipments.model import Piece, Shipment, ShipmentStatus, Wish
from simulator.waiting import Inbox

PIECES_MAX: Final = 50
"""Everything has a limit (ours)."""


class Bookings(Protocol):
    """Who tells carriers of parcels."""

    def book(self, parcel: Parcel, carrier: str, handover: Handover, slot: None) -> None: ...
    def call_off(self, parcel: Parcel) -> None: ...
    def rename(self, parcel: Parcel, new_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Rate:
    """What one service would cost, all pieces together; or why its carrier does not take them."""

    carrier: Carrier
    service: Service
    total_minor: int
    """In fen."""
    rows: tuple[tuple[str, int], ...]
    """What it is made of: freight, discount, remote area, fuel."""
    billable_g: int
    why: prices.Why | None = None
    currency: str = "CNY"


def city_of(address: Address) -> str:
    """The city from which vans come to that address: its own in China, abroad the country's one
    (``carriers.abroad``)."""
    if address.region == COUNTRY:
        return address.city
    yard = YARDS.get(address.region)
    return yard.city if yard else address.city


def vans_for(carrier: Carrier, address: Address) -> CityService | None:
    """Its door pickup at that address; ``None``: it has none there."""
    if address.region not in (COUNTRY, *YARDS):
        return None
    return carrier.service_in(city_of(address))


def rates(
    here: Registry,
    sender: Address,
    recipient: Address,
    pieces: Sequence[Piece],
    carrier: str = "",
) -> list[Rate]:
    """Every service of every carrier, or of one: with its price, or the reason why not."""
    asked = [here.carrier(carrier)] if carrier else list(here.carriers.values())
    return [
        rate(each, service, (sender, recipient), pieces)
        for each in asked
        for service in each.services
    ]


def rate(
    carrier: Carrier, service: Service, lane: tuple[Address, Address], pieces: Sequence[Piece]
) -> Rate:
    """The price of that service."""
    tariff = _tariff_key(carrier, *lane)
    if tariff is None:
        return Rate(carrier, service, 0, (), 0, prices.Why.NO_SUCH_DESTINATION)
    total, billable, rows = 0, 0, dict[str, int]()
    for piece in pieces:
        said = prices.quote(carrier, piece.weight_g, piece.sides_mm, tariff, service=service.code)
        if isinstance(said, prices.Declined):
            return Rate(carrier, service, 0, (), 0, said.why)
        total, billable = total + said.total_minor, billable + said.billable_g
        for name, part in said.rows:
            rows[name] = rows.get(name, 0) + part
    return Rate(carrier, service, total, tuple(rows.items()), billable)


def _tariff_key(carrier: Carrier, sender: Address, recipient: Address) -> str | None:
    """Which of its price lists is meant; ``None`` where it has no way between the two."""
    if sender.region == COUNTRY:
        return None if recipient.region == COUNTRY else recipient.region
    if sender.region != recipient.region:
        return None
    key = domestic(sender.region)
    return key if key in carrier.routes else None


def draft(here: Registry, wish: Wish) -> Shipment:
    """It is known what is wanted; nobody has bought a label."""
    if not 1 <= len(wish.pieces) <= PIECES_MAX:
        raise BadSetting("pieces", str(len(wish.pieces)), f"1 to {PIECES_MAX}")
    if len(here.shipments.all) >= here.bounds.shipments:
        raise LimitReached("shipments", "this world", here.bounds.shipments)
    shipment_id = here.mint.next_id(ids.SHIPMENT)
    shipment = Shipment(
        id=shipment_id,
        luck=f"shipment.{len(here.shipments.all)}",
        wish=wish,
        created_at=here.now,
    )
    here.shipments.file(shipment)
    here.record(ShipmentDrafted(shipment.id, wish.account))
    return shipment


def require_carried(here: Registry, wish: Wish, carrier: str, service: str) -> Rate:
    """The price; CarriesNot if the carrier does not take it."""
    said = here.carrier(carrier)
    lane = wish.sender, wish.recipient
    priced = rate(said, said.service(service), lane, wish.pieces)
    if priced.why:
        raise CarriesNot(carrier, priced.why)
    return priced


def buy(
    here: Registry,
    bookings: Bookings,
    shipment: Shipment,
    carrier: str,
    service: str = "",
    handover: Handover | None = None,
) -> Shipment:
    """Its labels are made, a parcel for each piece: the carrier knows of them from now on."""
    shipment.require(ShipmentStatus.DRAFT)
    priced = require_carried(here, shipment.wish, carrier, service)
    shipment.carrier, shipment.service = carrier, priced.service.code
    shipment.price_minor, shipment.currency = priced.total_minor, priced.currency
    shipment.status, shipment.labelled_at = ShipmentStatus.LABELLED, here.now
    city = city_of(shipment.wish.sender)
    fetched = vans_for(priced.carrier, shipment.wish.sender) is not None
    wanted = handover or shipment.wish.handover or Handover.PICKUP
    chosen = wanted if fetched else Handover.DROP_OFF
    parcels = [_parcel(here, shipment, city, nth) for nth in range(len(shipment.wish.pieces))]
    shipment.parcel_ids = [parcel.id for parcel in parcels]
    here.shipments.file(shipment)
    for parcel in parcels:
        bookings.book(parcel, carrier, chosen, None)
    here.record(
        ShipmentLabelled(
            shipment.id,
            shipment.wish.account,
            carrier,
            shipment.service,
            tuple(shipment.parcel_ids),
            tuple(parcel.tracking_number for parcel in parcels),
            shipment.price_minor,
            shipment.currency,
        )
    )
    return shipment


def _parcel(here: Registry, shipment: Shipment, city: str, nth: int) -> Parcel:
    parcel = Parcel(
        id=here.mint.next_id(ids.PACKAGE),
        order_id="",
        luck=f"{shipment.luck}.{nth}",
        city=city,
        created_at=here.now,
        inbox=Inbox(here.agenda),
        service=shipment.service,
        on_call=here.on_call if shipment.wish.on_call is None else shipment.wish.on_call,
    )
    here.parcels[parcel.id] = parcel
    return parcel


def void(here: Registry, bookings: Bookings, shipment: Shipment) -> Shipment:
    """Its labels must not be used: possible until the carrier has one of its parcels."""
    shipment.require(ShipmentStatus.LABELLED)
    parcels = parcels_of(here, shipment)
    for parcel in parcels:
        if parcel.is_collected or parcel.taken_at:
            raise AlreadyCollected(parcel.tracking_number)
    shipment.status, shipment.voided_at = ShipmentStatus.VOIDED, here.now
    for parcel in parcels:
        if parcel.status is ParcelStatus.BOOKED:
            bookings.call_off(parcel)
    here.record(ShipmentVoided(shipment.id, shipment.wish.account))
    return shipment


def parcels_of(here: Registry, shipment: Shipment) -> list[Parcel]:
    return [here.parcel(parcel_id) for parcel_id in shipment.parcel_ids]


def numbered(here: Registry, number: str) -> Shipment | None:
    """The shipment of which a piece bears that number."""
    parcel = here.parcel_numbered(number)
    return here.shipments.with_parcel(parcel.id) if parcel else None


# Named for an order.


def is_free(parcel: Parcel) -> bool:
    """It is a shipment's, and no order has it."""
    return not parcel.order_id


def free_with(here: Registry, number: str) -> Parcel | None:
    """The shipment's parcel that bears *number*, if no order has it yet."""
    parcel = here.parcel_numbered(number)
    return parcel if parcel and is_free(parcel) else None


def require_nameable(packed: Parcel, number: str) -> None:
    """What the seller packed has no carrier's label yet: at most a number that the seller typed,
    and nobody has come for it."""
    blank = packed.status is ParcelStatus.CREATED
    typed = packed.is_named_by_seller and packed.status is ParcelStatus.BOOKED
    if not (blank or (typed and not packed.taken_at)):
        raise TrackingNumberTaken(number)


def name_for(
    here: Registry, bookings: Bookings, order: Order, packed: Parcel, travelling: Parcel
) -> Parcel:
    """What the seller packed for the order is in that shipment's box: one parcel from now on, under
    the id that the platform knows, with the record that the carrier has. It goes where its own
    label says, be that the buyer's address or not (S2)."""
    shipment = here.shipments.with_parcel(travelling.id)
    assert shipment is not None, travelling.id
    if packed.status is ParcelStatus.BOOKED:  # under a number that was typed, and is not its own
        bookings.call_off(packed)
        if here.by_number.get(packed.tracking_number) == packed.id:  # or it is another's number
            del here.by_number[packed.tracking_number]
    was, nth = travelling.id, shipment.parcel_ids.index(travelling.id)
    for name in _THE_PLATFORMS:
        setattr(travelling, name, getattr(packed, name))
    bookings.rename(travelling, packed.id)
    shipment.parcel_ids[nth] = packed.id
    del here.shipments.of_parcel[was]
    here.shipments.file(shipment)
    here.record(ShipmentNamed(order.id, shipment.id, packed.id, was, travelling.tracking_number))
    share = _share(shipment, nth)
    here.record(
        FreightCharged(
            *(order.id, packed.id, travelling.carrier, order.channel, share, shipment.currency, 0)
        )
    )
    return travelling


def _share(shipment: Shipment, nth: int) -> int:
    """Of the price, what that piece costs: all pieces together cost the whole."""
    price, pieces = shipment.price_minor, len(shipment.parcel_ids)
    return price * (nth + 1) // pieces - price * nth // pieces


_THE_PLATFORMS: Final = (
    "order_id",
    "order_ids",
    "item_ids",
    "created_at",
    "ready_at",
    "packing",
    "label",
    "broken",
    "documents",
)
"""What of a parcel is the platform's and its seller's business, not its carrier's."""
