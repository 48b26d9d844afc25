"""A shipment as EasyPost shows it."""

from typing import Any, Final

from fastapi import Request

from mock_api.carriers.easypost import following, parts, rating, wishes
from mock_api.carriers.easypost.ids import disguised, undisguised
from mock_api.carriers.easypost.labels import postage_label
from mock_api.carriers.easypost.refusals import not_found
from mock_api.carriers.easypost.shapes import MODE, fee, moment
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.shipments.model import Shipment, ShipmentStatus
from simulator.trackers.model import Tracker

TRACKER: Final = "tracker"
"""In a shipment's notes: its tracker's id in the world."""


def shipment_with(world: World, own_id: str) -> Shipment:
    """The shipment of that id, or NOT_FOUND: also for one that another interface made."""
    found = undisguised("shp", own_id)
    shipment = world.shippers.shipment(found[0]) if found else None
    if shipment is None or shipment.wish.account != following.VIEW:
        raise not_found()
    return shipment


def shipment_id(shipment: Shipment) -> str:
    return disguised("shp", shipment.id)


def tracker_of(world: World, shipment: Shipment) -> Tracker | None:
    """None before the label is bought, or since somebody deleted it."""
    return world.registry.trackers.all.get(shipment.notes.get(TRACKER, ""))


def number_of(world: World, shipment: Shipment) -> str | None:
    parcels = world.shippers.parcels_of(shipment)
    return parcels[0].tracking_number if parcels else None


def shown(request: Request, sandbox: Sandbox, shipment: Shipment) -> dict[str, Any]:
    """The whole of it."""
    world = sandbox.world
    tracker = tracker_of(world, shipment)
    every = rating.rates_of(world, shipment)
    offered = rating.taken(every)
    rates = [rating.shown(shipment, nth, rate) for nth, rate in offered]
    followed = following.shown(world, tracker) if tracker else None
    return (
        {
            "id": shipment_id(shipment),
            "object": "Shipment",
            "mode": MODE,
            "created_at": moment(shipment.created_at),
            "updated_at": moment(
                max(shipment.created_at, shipment.labelled_at, shipment.voided_at)
            ),
            "reference": shipment.wish.reference or None,
            "is_return": bool(wishes.noted(shipment, wishes.IS_RETURN)),
            "status": followed["status"] if followed else "unknown",
            "tracking_code": number_of(world, shipment),
            "options": wishes.noted(shipment, wishes.OPTIONS),
            "messages": rating.messages(every),
            "rates": rates,
            "selected_rate": _bought(shipment, offered),
            "postage_label": postage_label(request, sandbox, shipment),
            "tracker": followed,
            "fees": _fees(shipment),
            "refund_status": _refund(shipment),
        }
        | _made_of(shipment)
        | dict.fromkeys(("insurance", "order_id", "scan_form", "usps_zone"))
        | dict.fromkeys(("batch_id", "batch_status", "batch_message"))
        | {"forms": []}
    )


def _made_of(shipment: Shipment) -> dict[str, Any]:
    at = shipment.created_at
    said = {
        name: parts.embedded(noted, "adr", shipment.id, at, nth)
        for nth, name in enumerate(wishes.ADDRESSES, 1)
        if (noted := wishes.noted(shipment, name))
    }
    usual = {wishes.RETURN: said[wishes.FROM], wishes.BUYER: said[wishes.TO]}
    box = parts.embedded(wishes.noted(shipment, wishes.PARCEL), "prcl", shipment.id, at)
    papers = wishes.noted(shipment, wishes.CUSTOMS)
    declared = parts.customs(parts.embedded(papers, "cstinfo", shipment.id, at)) if papers else None
    return {name: parts.address(each) for name, each in (usual | said).items()} | {
        "parcel": parts.parcel(box),
        "customs_info": declared,
    }


def _bought(shipment: Shipment, offered: list[tuple[int, Any]]) -> dict[str, Any] | None:
    for nth, rate in offered:
        if (rate.carrier.code, rate.service.code) == (shipment.carrier, shipment.service):
            return rating.shown(shipment, nth, rate)
    return None


def _fees(shipment: Shipment) -> list[dict[str, Any]]:
    """As recorded in test_shipment_buy.yaml."""
    if shipment.status is ShipmentStatus.DRAFT:
        return []
    return [fee("LabelFee", 0), fee("PostageFee", shipment.price_minor)]


def _refund(shipment: Shipment) -> str | None:
    return "submitted" if shipment.status is ShipmentStatus.VOIDED else None
