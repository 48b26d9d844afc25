"""A document's bytes: what a parcel's papers say, drawn, and turned into the form asked for."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from mock_api.kernel.wall_clock import iso
from mock_api.seller_center.fulfillment.documents.kinds import Kind
from mock_api.seller_center.fulfillment.view import skus_in, weight_g
from mock_api.seller_center.packages import order_of
from simulator import World, paperwork
from simulator.catalog import Sku
from simulator.parcels.model import Parcel
from simulator.people import Address

if TYPE_CHECKING:
    from mock_api.labels import Label, Party


def printed(world: World, parcel: Parcel, kind: Kind) -> bytes:
    """The same parcel and kind give the same bytes, on any machine."""
    # The libraries are large, and few runs print.
    from mock_api import labels, pictures  # noqa: PLC0415

    draw: dict[str, Callable[[Label, labels.Paper], bytes]] = {
        "SHIPPING_LABEL": labels.shipping_label,
        "SHIPPING_LABEL_PICTURE": labels.shipping_label,
        "PACKING_SLIP": labels.packing_slip,
        "SHIPPING_LABEL_AND_PACKING_SLIP": labels.label_and_slip,
        "HAZMAT_LABEL": labels.hazmat_label,
        "INVOICE_LABEL": labels.invoice_label,
    }
    pdf = draw[kind.type](_label(world, parcel), labels.Paper[kind.size])
    turned: dict[str, Callable[[bytes], bytes]] = {"png": pictures.png, "zpl": pictures.zpl}
    return turned[kind.suffix](pdf) if kind.suffix in turned else pdf


def _label(world: World, parcel: Parcel) -> "Label":
    from mock_api import labels  # noqa: PLC0415 - as above

    order, skus = order_of(world, parcel), skus_in(world, parcel)
    invoice = paperwork.invoice_of(world.registry, parcel)
    key = invoice.file.access_key if invoice else ""
    return labels.Label(
        parcel_id=parcel.id,
        order_id=", ".join(parcel.order_ids),
        tracking_number=parcel.tracking_number,
        carrier_name=world.registry.carrier(parcel.carrier).name,
        service_name=_SERVICE,
        recipient=_party(order.address),
        sender=_party(world.registry.warehouses[order.warehouse_id].address),
        weight_g=weight_g(skus),
        items=_contents(skus),
        printed_at=iso(parcel.ready_at)[:10],
        invoice_number=key[_INVOICE_NUMBER].lstrip("0"),
        invoice_key=key,
        hazards=tuple(sorted({sku.hazard for sku in skus if sku.hazard})),
    )


_SERVICE: Final = "STANDARD"
_INVOICE_NUMBER: Final = slice(25, 34)
"""Where an invoice's number is in its access key: after state, month, taxpayer, model, series."""


def _party(address: Address) -> "Party":
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
