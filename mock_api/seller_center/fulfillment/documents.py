"""Shipping documents: when they may be printed, the address where each waits for a day, and its
bytes. The address is signed and says everything, so that asking for it changes nothing."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from typing import Any, Final, Literal

from fastapi import APIRouter, HTTPException, Request, Response

from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import iso
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.view import skus_in, weight_g
from mock_api.seller_center.packages import order_of
from simulator import World
from simulator.catalog import Sku
from simulator.clock import DAY, later
from simulator.errors import NotFound
from simulator.orders.model import Order, Status
from simulator.parcels.model import Parcel
from simulator.people import Address

router: Final = APIRouter(tags=["documents"])

DocumentType = Literal["SHIPPING_LABEL", "PACKING_SLIP", "SHIPPING_LABEL_AND_PACKING_SLIP"]
PREFIX: Final = "/_documents"
LIVES: Final = DAY
"""A document's address works for 24 hours (virtual)."""


def require_printable(order: Order, parcel: Parcel) -> None:
    """Documents exist for platform shipping only, between the ship call and the pickup."""
    if not order.ships_from_platform:
        raise Refusal(refusals.NOT_TIKTOK_SHIPPING)
    if order.status is Status.CANCELLED:
        raise Refusal(refusals.DOCUMENT_CANCELLED)
    if not parcel.ready_at:
        raise Refusal(refusals.SHIP_FIRST)
    if parcel.is_collected:
        raise Refusal(refusals.DOCUMENT_AFTER_PICKUP)


def path_of(sandbox: Sandbox, parcel: Parcel, kind: DocumentType, size: str) -> str:
    """Where the document can be fetched."""
    expires = later(sandbox.world.now, LIVES)
    ticket = json.dumps([sandbox.id, parcel.id, kind, size, expires]).encode()
    signed = hmac.digest(sandbox.app.secret.encode(), ticket, "sha256") + ticket
    return f"{PREFIX}/{urlsafe_b64encode(signed).decode().rstrip('=')}.pdf"


@router.get(PREFIX + "/{ticket}.pdf", response_class=Response)
async def fetch(request: Request, ticket: str) -> Response:
    sandbox, (_, parcel_id, kind, size, expires) = _read(request, ticket)
    if expires <= sandbox.world.now:
        raise HTTPException(410, "This document's address has expired: ask for a new one.")
    try:
        parcel = sandbox.world.parcel(parcel_id)
    except NotFound:
        raise HTTPException(404, "No such document.") from None
    pdf = _printed(sandbox.world, parcel, kind, size)
    return Response(pdf, media_type="application/pdf")


def _read(request: Request, ticket: str) -> tuple[Sandbox, list[Any]]:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    try:
        raw = urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
        told: list[Any] = json.loads(raw[32:])
        sandbox = sandboxes.get(told[0])
    except (NotBase64, ValueError, LookupError, TypeError, RecursionError, NotFound):
        raise HTTPException(404, "No such document.") from None
    if not hmac.compare_digest(
        raw[:32], hmac.digest(sandbox.app.secret.encode(), raw[32:], "sha256")
    ):
        raise HTTPException(404, "No such document.")
    return sandbox, told


def _printed(world: World, parcel: Parcel, kind: DocumentType, size: str) -> bytes:
    from mock_api import labels  # noqa: PLC0415 - the PDF library is large, and few runs print

    order, skus = order_of(world, parcel), skus_in(world, parcel)
    label = labels.Label(
        parcel_id=parcel.id,
        order_id=", ".join(parcel.order_ids),
        tracking_number=parcel.tracking_number,
        carrier_name=world.registry.carrier(parcel.carrier).name,
        service_name="STANDARD",
        recipient=_party(order.address),
        sender=_party(world.registry.warehouses[order.warehouse_id].address),
        weight_g=weight_g(skus),
        items=_contents(skus),
        printed_at=iso(parcel.ready_at)[:10],
    )
    draw = {
        "SHIPPING_LABEL": labels.shipping_label,
        "PACKING_SLIP": labels.packing_slip,
        "SHIPPING_LABEL_AND_PACKING_SLIP": labels.label_and_slip,
    }[kind]
    return draw(label, labels.Paper[size])


def _party(address: Address) -> Any:
    from mock_api.labels import Party  # noqa: PLC0415 - as above

    return Party(
        name=address.name,
        phone=address.phone,
        line1=address.line1,
        city=address.city,
        postal_code=address.postal_code,
        region=address.region,
    )


def _contents(skus: Sequence[Sku]) -> tuple[tuple[str, int], ...]:
    units: dict[str, int] = {}
    for sku in skus:
        name = f"{sku.product}, {sku.variant}"
        units[name] = units.get(name, 0) + 1
    return tuple(units.items())
