"""MyDHL API: where shipments are.

Checkpoints are listed oldest first, as in the specification's samples; a lenient sandbox lists the
newest first, for clients that take the first for the latest.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import Query

from mock_api.carriers.dhl.names import NAME
from mock_api.carriers.dhl.places import Area
from mock_api.carriers.dhl.refusals import ill_formed, missing, no_data
from mock_api.carriers.dhl.seen import Checkpoint, Consignment, Party, SeenPiece
from mock_api.carriers.dhl.view import consignment, waybill_of
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox

VIEWS: Final = (
    "last-checkpoint",
    "all-checkpoints",
    "shipment-details",
    "shipment-details-only",
    "advance-shipment",
    "bbx-children",
    "all-checkpoints-with-remarks",
    "last-checkpoint-with-remarks",
)
LEVELS: Final = ("shipment", "piece", "all")
_LAST: Final = ("last-checkpoint", "last-checkpoint-with-remarks")
_WITHOUT: Final = ("shipment-details", "shipment-details-only", "advance-shipment")

Shape = dict[str, Any]
Numbers = Annotated[list[str], Query(alias="shipmentTrackingNumber", default_factory=list)]
Plates = Annotated[list[str], Query(alias="pieceTrackingNumber", default_factory=list)]
View = Annotated[str, Query(alias="trackingView")]
Level = Annotated[str, Query(alias="levelOfDetail")]
Offsets = Annotated[bool, Query(alias="requestGMTOffsetPerEvent")]
Reference = Annotated[str, Query(alias="shipmentReference")]
AccountNumber = Annotated[str, Query(alias="shipperAccountNumber")]


async def track(  # noqa: PLR0913, PLR0917 - what the query may say
    sandbox: CarrierSandbox,
    numbers: Numbers,
    plates: Plates,
    view: View = "all-checkpoints",
    level: Level = "shipment",
    reference: Reference = "",
    account: AccountNumber = "",
    offsets: Offsets = False,  # noqa: FBT002 - a query's
) -> Shape:
    """Those of the numbers that DHL knows; the others are not mentioned (inferred)."""
    asked = [number.strip() for said in (*numbers, *plates) for number in said.split(",")]
    if reference and not account:
        raise missing("shipperAccountNumber")
    if not any(asked) and not reference:
        raise missing("shipmentTrackingNumber")
    _require_known(view, level)
    found = [consignment(sandbox, number) for number in (*asked, *_referenced(sandbox, reference))]
    known = {each.waybill: each for each in found if each}
    if not known:
        kind, said = ("ReferenceID", reference) if reference else ("AWBNumber", ", ".join(asked))
        raise no_data(f"No Shipments Found for {kind} | {said}")
    wire = _Wire(view, level, offsets, sandbox.is_lenient(NAME))
    return {"shipments": [wire.shipment(each) for each in known.values()]}


async def track_one(
    sandbox: CarrierSandbox,
    number: str,
    view: View = "all-checkpoints",
    level: Level = "all",
    offsets: Offsets = False,  # noqa: FBT002 - a query's
) -> Shape:
    """One shipment."""
    _require_known(view, level)
    found = consignment(sandbox, number)
    if found is None:
        raise no_data("No data found")
    wire = _Wire(view, level, offsets, sandbox.is_lenient(NAME))
    return {"shipments": [wire.shipment(found)]}


def _referenced(sandbox: Sandbox, reference: str) -> list[str]:
    if not reference:
        return []
    shipments = sandbox.world.shippers.shipments(NAME)
    return [waybill_of(sandbox, each) for each in shipments if each.wish.reference == reference]


def _require_known(view: str, level: str) -> None:
    if view not in VIEWS:
        raise ill_formed("trackingView", VIEWS)
    if level not in LEVELS:
        raise ill_formed("levelOfDetail", LEVELS)


class _Wire:
    """How much of a shipment is wanted."""

    def __init__(self, view: str, level: str, offsets: bool, newest_first: bool) -> None:  # noqa: FBT001
        self._view, self._level = view, level
        self._offsets, self._newest_first = offsets, newest_first

    def shipment(self, seen: Consignment) -> Shape:
        told: Shape = {
            "shipmentTrackingNumber": seen.waybill,
            "status": "Success",
            "shipmentTimestamp": _local(seen.shipped_at.isoformat()),
            "productCode": seen.product,
            "description": seen.description,
            "shipperDetails": _party(seen.shipper, seen.origin),
            "receiverDetails": _party(seen.receiver, seen.destination),
            "unitOfMeasurements": "metric",
            "numberOfPieces": len(seen.pieces),
        }
        if seen.weight_kg is not None:
            told["totalWeight"] = seen.weight_kg
        if seen.reference:
            told["shipperReferences"] = [{"value": seen.reference, "typeCode": "CU"}]
        told["events"] = self._events(seen.checkpoints)
        if self._level != "shipment":
            told["pieces"] = [self._piece(seen, piece) for piece in seen.pieces]
        if seen.expected_on:
            told["estimatedDeliveryDate"] = f"{seen.expected_on}T23:59:00"
        return told

    def _piece(self, seen: Consignment, piece: SeenPiece) -> Shape:
        told: Shape = {
            "number": piece.number,
            "shipmentTrackingNumber": seen.waybill,
            "trackingNumber": piece.licence_plate,
            "unitOfMeasurements": "metric",
        }
        if piece.weight_kg is not None:
            length, width, height = piece.sides_cm
            told["weight"] = told["actualWeight"] = piece.weight_kg
            told["dimensions"] = {"length": length, "width": width, "height": height}
        return told | {"events": self._events(piece.checkpoints)}

    def _events(self, checkpoints: Sequence[Checkpoint]) -> list[Shape]:
        if self._view in _WITHOUT:
            return []
        wanted = checkpoints[-1:] if self._view in _LAST else checkpoints
        told = [self._event(each) for each in wanted]
        return told[::-1] if self._newest_first else told

    def _event(self, checkpoint: Checkpoint) -> Shape:
        moment = checkpoint.at.isoformat()
        told: Shape = {
            "date": moment[:10],
            "time": moment[11:19],
            "typeCode": checkpoint.said.code,
            "description": checkpoint.text,
            "serviceArea": [_area(checkpoint.area)],
        }
        if self._offsets:
            told["GMTOffset"] = moment[19:]
        if checkpoint.signed_by:
            told["signedBy"] = checkpoint.signed_by
        return told


def _local(moment: str) -> str:
    return moment[:19]


def _party(party: Party, area: Area) -> Shape:
    address = {
        "cityName": party.city,
        "postalCode": party.postal_code,
        "countryCode": party.country,
    }
    if party.state:
        address["provinceCode"] = party.state
    return {"name": party.name, "postalAddress": address, "serviceArea": [_area(area)]}


def _area(area: Area) -> Shape:
    return {"code": area.code, "description": area.description}
