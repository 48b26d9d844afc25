"""A shipment as DHL Express sees it, before any of the three interfaces says it.

Looked at by the carrier's own eyes, which know all at once; another carrier's number is unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mock_api.carriers.dhl.names import DOMESTIC, NAME, PARCELS, number_meant, piece_id
from mock_api.carriers.dhl.places import Area, area_of
from mock_api.carriers.dhl.published import published
from mock_api.carriers.dhl.seen import Checkpoint, Consignment, Party, SeenPiece
from mock_api.carriers.dhl.times import zone_of
from mock_api.carriers.dhl.words import SAID
from mock_api.kernel.promises import promise_of
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sightings import country_of, local
from simulator.following import Sight
from simulator.parcels.model import Parcel
from simulator.people import Address
from simulator.shipments.model import Piece, Shipment

_NOBODY: Final = Address("", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class _Boxed:
    """A parcel of the world's, and what its sender said of it, if it is a shipment's."""

    parcel: Parcel
    piece: Piece | None = None


def consignment(sandbox: Sandbox, said: str) -> Consignment | None:
    """Of that waybill or licence plate; ``None``: DHL does not know it."""
    number = number_meant(said)
    sight = sandbox.world.trackers.sight("", number)
    if sight.parcel is None or sight.carrier is None or sight.carrier.code != NAME:
        return published(number)
    boxes = _boxes(sandbox, sight.parcel, sight.shipment)
    lead = boxes[0].parcel
    sender, recipient = sight.sender or _NOBODY, sight.recipient or _NOBODY
    checkpoints = _checkpoints(lead)
    started = _started(sandbox, lead, sender, checkpoints)
    is_own = sight.shipment is not None and sight.shipment.wish.account == NAME
    weights = [box.piece.weight_g for box in boxes if box.piece]
    return Consignment(
        waybill=lead.tracking_number,
        product=_product(sight, sender, recipient),
        shipped_at=started,
        description=sight.shipment.wish.contents if sight.shipment else "",
        reference=sight.shipment.wish.reference if sight.shipment else "",
        shipper=_party(sender, named=is_own),
        receiver=_party(recipient, named=is_own),
        origin=area_of(sender.city or lead.city, sender.region),
        destination=_destination(recipient, checkpoints),
        weight_kg=sum(weights) / 1000 if weights else None,
        checkpoints=checkpoints,
        pieces=tuple(_pieces(boxes)),
        expected_on=_expected(sight, checkpoints),
    )


def waybill_of(sandbox: Sandbox, shipment: Shipment) -> str:
    """The number of its first piece stands for all."""
    return sandbox.world.shippers.parcels_of(shipment)[0].tracking_number


def _boxes(sandbox: Sandbox, parcel: Parcel, shipment: Shipment | None) -> list[_Boxed]:
    if shipment is None:
        return [_Boxed(parcel)]
    parcels = sandbox.world.shippers.parcels_of(shipment)
    return [_Boxed(*pair) for pair in zip(parcels, shipment.wish.pieces, strict=True)]


def _pieces(boxes: Iterable[_Boxed]) -> Iterable[SeenPiece]:
    for nth, box in enumerate(boxes, start=1):
        piece = box.piece
        yield SeenPiece(
            number=nth,
            licence_plate=piece_id(box.parcel.tracking_number),
            weight_kg=piece.weight_g / 1000 if piece else None,
            sides_cm=tuple(side / 10 for side in piece.sides_mm) if piece else (),
            checkpoints=_checkpoints(box.parcel),
        )


def _checkpoints(parcel: Parcel) -> tuple[Checkpoint, ...]:
    """Oldest first."""
    found: list[Checkpoint] = []
    for record in parcel.scans:
        said = SAID[record.scan]
        if said is None:
            continue
        area = area_of(record.place, country_of(record))
        signed = parcel.signed_by if said.code == "OK" else ""
        found.append(
            Checkpoint(
                said=said,
                text=said.text.format(place=area.description, signed=signed).strip(" :"),
                at=local(record),
                area=area,
                signed_by=signed,
            )
        )
    return tuple(found)


def _started(
    sandbox: Sandbox, lead: Parcel, sender: Address, checkpoints: tuple[Checkpoint, ...]
) -> datetime:
    """Picked up; or, so far, labelled."""
    if checkpoints:
        return checkpoints[0].at
    return datetime.fromtimestamp(lead.booked_at or lead.created_at, zone_of(sandbox, sender))


def _expected(sight: Sight, checkpoints: tuple[Checkpoint, ...]) -> date | None:
    """As its service promises, until it is at an end."""
    promise = promise_of(sight)
    if promise is None or not checkpoints or checkpoints[-1].said.ends:
        return None
    return promise.expected


def _product(sight: Sight, sender: Address, recipient: Address) -> str:
    noted = sight.shipment.wish.notes.get("product") if sight.shipment else None
    if noted:
        return noted
    return DOMESTIC if sender.region == recipient.region else PARCELS


def _party(address: Address, *, named: bool) -> Party:
    """Strangers, such as whoever follows a parcel of the platform's orders, see places only."""
    name = address.name if named else ""
    return Party(name, address.city, address.postal_code, address.region, address.state)


def _destination(recipient: Address, checkpoints: tuple[Checkpoint, ...]) -> Area:
    if recipient.city:
        return area_of(recipient.city, recipient.region)
    return checkpoints[-1].area if checkpoints else area_of("")
