"""The platform's documents: which there are, in which forms they come, and when one may be printed.

From Get Package Shipping Document: PDF in A6 or A5, a picture of the label as PNG, a label for
dangerous goods in A4, and in Brazil an invoice label in A6 and labels as ZPL.
"""

from dataclasses import dataclass
from typing import Final, Literal

from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.view import skus_in
from simulator import World, paperwork
from simulator.clock import later
from simulator.orders.model import Order, Status
from simulator.parcels.model import ASTRAY, Parcel, ParcelStatus

DocumentType = Literal[
    "SHIPPING_LABEL",
    "PACKING_SLIP",
    "SHIPPING_LABEL_AND_PACKING_SLIP",
    "SHIPPING_LABEL_PICTURE",
    "HAZMAT_LABEL",
    "INVOICE_LABEL",
]
DocumentSize = Literal["A6", "A5"]
DocumentFormat = Literal["PDF", "ZPL"]

_FIXED_SIZE: Final = {"HAZMAT_LABEL": "A4", "INVOICE_LABEL": "A6"}
"""These come in one size, whatever is asked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One printable thing."""

    type: DocumentType
    size: str
    suffix: str
    """Of its file: pdf, png or zpl."""


def kind_of(world: World, type_: DocumentType, size: DocumentSize, form: DocumentFormat) -> Kind:
    """What is asked for; refused where the market has no such thing."""
    ways = world.registry.market.ways
    if form == "ZPL" and not ways.prints_zpl:
        raise Refusal(
            refusals.bad_parameter("document_format", "ZPL is not available in this market")
        )
    if type_ == "INVOICE_LABEL" and not ways.invoice_first:
        raise Refusal(refusals.bad_parameter("document_type", "this market has no invoice labels"))
    picture = type_ == "SHIPPING_LABEL_PICTURE"
    suffix = "png" if picture else form.lower()
    return Kind(type_, _FIXED_SIZE.get(type_, size), suffix)


def require_printable(world: World, order: Order, parcel: Parcel, kind: Kind) -> None:
    """Documents exist for platform shipping only, between the ship call and the pickup."""
    why = _why_not(world, order, parcel)
    if why:
        raise Refusal(why)
    invoiced = paperwork.invoice_of(world.registry, parcel)
    if kind.type == "INVOICE_LABEL" and not invoiced:
        raise Refusal(refusals.NOTHING_TO_PRINT)
    if kind.type == "HAZMAT_LABEL" and not any(sku.hazard for sku in skus_in(world, parcel)):
        # No document says how the platform refuses it (inferred).
        raise Refusal(refusals.NOTHING_TO_PRINT)


def _why_not(world: World, order: Order, parcel: Parcel) -> Row | None:
    """The first of these that is so."""
    ready = later(parcel.ready_at, world.registry.market.ways.labels_take)
    unpaid = order.status in (Status.UNPAID, Status.ON_HOLD)
    obstacles = (
        (not order.ships_from_platform, refusals.NOT_TIKTOK_SHIPPING),
        (order.status is Status.CANCELLED, refusals.DOCUMENT_CANCELLED),
        (not parcel.ready_at and unpaid, refusals.DOCUMENT_BEFORE_SHIPPED),
        (not parcel.ready_at, refusals.SHIP_FIRST),
        (parcel.status in ASTRAY, refusals.NOTHING_TO_PRINT),
        (parcel.status is ParcelStatus.DELIVERED, refusals.DOCUMENT_SHIPPED),
        (parcel.is_collected, refusals.DOCUMENT_AFTER_PICKUP),
        (bool(order.open_returns), refusals.DOCUMENT_AFTER_SALE),
        (world.now < ready, refusals.DOCUMENT_BEING_MADE),
    )
    return next((row for applies, row in obstacles if applies), None)
