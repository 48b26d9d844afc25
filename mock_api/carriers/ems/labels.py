"""Labels: base64 in the envelope (010004, and 120001 in version 2), or the bare PDF (version 1)."""

from base64 import b64encode
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from mock_api.carriers.ems.forms import Text, Which, read
from mock_api.carriers.ems.orders import placed_shipment, waybill_of
from mock_api.carriers.ems.refusals import Refused
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.carriers.model import CHINA
from simulator.shipments.model import Shipment, ShipmentStatus

_BARE: Final = "1"


class Wanted(Which):
    version: Text = "2"


def label(sandbox: Sandbox, message: Any) -> str:
    """010004. ``getURL`` is not heeded: the label itself is told, never where it lies."""
    shipment = _printable(sandbox.world, read(Which, message))
    return b64encode(_drawn(sandbox.world, shipment)).decode()


def label_abroad(sandbox: Sandbox, message: Any) -> Any:
    """120001."""
    wanted = read(Wanted, message)
    shipment = _printable(sandbox.world, wanted)
    printed = _drawn(sandbox.world, shipment)
    if wanted.version.startswith(_BARE):
        return printed
    told = {"waybillNo": waybill_of(sandbox.world, shipment)}
    return told | {"data": b64encode(printed).decode()}


def _printable(world: World, asked: Which) -> Shipment:
    shipment = placed_shipment(world, asked)
    if shipment.status is ShipmentStatus.VOIDED:
        raise Refused("邮件已撤单")
    return shipment


def _drawn(world: World, shipment: Shipment) -> bytes:
    from mock_api.carrier_labels import CarrierLabel, Party, label_pages  # noqa: PLC0415 - large

    carrier = world.registry.carrier(shipment.carrier)
    parts = CarrierLabel(
        carrier_name="EMS" if carrier.code == "ems" else "China Post",
        service_name=carrier.service(shipment.service).name,
        tracking_number=waybill_of(world, shipment),
        sender=Party.of(shipment.wish.sender),
        recipient=Party.of(shipment.wish.recipient),
        weight_g=shipment.weight_g,
        reference=shipment.wish.reference,
        printed_on=datetime.fromtimestamp(shipment.created_at, ZoneInfo(CHINA)).date().isoformat(),
    )
    return label_pages([parts])
