"""What the fulfillment group pushes: types 4 (package update) and 36 (invoice status)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.pushes import Push, Tells
from simulator import packaging
from simulator.clock import Instant
from simulator.facts import InvoiceMoved, OrderSplit, ParcelsCombined, ParcelUncombined
from simulator.orders.model import Order, Party
from simulator.papers.model import Flaw, InvoiceStatus

PACKAGE_UPDATE: Final = "PACKAGE_UPDATE"
INVOICE_STATUS_CHANGE: Final = "INVOICE_STATUS_CHANGE"

_SELLER, _BUYER, _SYSTEM = "ROLE_SELLER", "ROLE_USER", "ROLE_SYSTEM"
_ROLE: Final = {Party.SELLER: _SELLER, Party.BUYER: _BUYER}
_TAKEN_OUT: Final = {
    packaging.BY_SELLER: ("CANCEL_COMBINE", _SELLER),
    packaging.ADDRESS_CHANGED: ("ADDRESS_UPDATE_SPLIT", _BUYER),
    # Sellers alone cancel single items. That these two names mean this is inferred.
    packaging.ITEMS_CANCELLED: ("SPLIT_BY_SKU_CANCEL", _SELLER),
    packaging.SHIPPED_ALONE: ("FULFILL_UNCOMBINE", _SELLER),
}
"""Why an order's goods leave a parcel of several, but for the order's own end."""


def _split(sandbox: Sandbox, fact: OrderSplit, at: Instant) -> Iterator[Push]:
    yield _update(sandbox, fact.order_id, "SPLIT", _SELLER, fact.parcel_ids, at)


def _combined(sandbox: Sandbox, fact: ParcelsCombined, at: Instant) -> Iterator[Push]:
    """One push for a combination; parcels of one order that are one again are no longer split."""
    if fact.rest:
        return
    kind = "COMBINE" if sandbox.world.parcel(fact.into).is_combined else "CANCEL_SPLIT"
    role = _SYSTEM if fact.by == packaging.BY_PLATFORM else _SELLER
    yield _update(sandbox, fact.order_id, kind, role, [fact.into], at)


def _taken_out(sandbox: Sandbox, fact: ParcelUncombined, at: Instant) -> Iterator[Push]:
    order = sandbox.world.order(fact.order_id)
    shipped_at = sandbox.world.parcel(fact.out_of).ready_at
    kind, role = _TAKEN_OUT.get(fact.cause) or _over(order, shipped_at)
    updated = [each for each in (fact.parcel_id, fact.out_of) if each]
    yield _update(sandbox, order.id, kind, role, updated, at)


def _over(order: Order, shipped_at: Instant) -> tuple[str, str]:
    """The order is over: what was shipped with others is taken out of the shipment."""
    role = _ROLE.get(order.cancelled_by, _SYSTEM) if order.cancelled_by else _BUYER
    return ("CANCEL_FULFILL_SPLIT" if shipped_at else "PARTLY_CANCEL_SPLIT"), role


def _update(
    sandbox: Sandbox, order_id: str, kind: str, role: str, parcel_ids: Sequence[str], at: Instant
) -> Push:
    world = sandbox.world
    order = world.order(order_id)
    data: Mapping[str, Any] = {
        "sc_type": kind,
        "role_type": role,
        "package_list": [
            {"package_id": each, "order_id_list": list(world.parcel(each).order_ids)}
            for each in parcel_ids
        ],
        "update_time": at,
    }
    return Push(4, PACKAGE_UPDATE, order.shop_id, order.id, data)


def _invoice(sandbox: Sandbox, fact: InvoiceMoved, _: Instant) -> Iterator[Push]:
    order = sandbox.world.order(fact.order_id)
    invoice = sandbox.world.registry.papers.invoices[fact.parcel_id]
    data: dict[str, Any] = {
        "package_id": fact.parcel_id,
        "order_ids": list(invoice.order_ids),
        "invoice_status": fact.status,
    }
    if fact.status == InvoiceStatus.INVALID:
        data["invalid_reason"] = fact.flaw or Flaw.FAILED
    yield Push(36, INVOICE_STATUS_CHANGE, order.shop_id, order.id, data)


TELLS: Final[Tells] = {
    OrderSplit: _split,
    ParcelsCombined: _combined,
    ParcelUncombined: _taken_out,
    InvoiceMoved: _invoice,
}
