"""Pickups: asked for with a window, rated, bought, cancelled.

Until it is bought, nobody in the world knows of one: it is a note of its shipment. Carriers
facts, section 8.5: two steps, and only for shipments that are bought.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from mock_api.carriers.easypost import parts, rating, wishes, words
from mock_api.carriers.easypost.following import VIEW
from mock_api.carriers.easypost.gates import gated
from mock_api.carriers.easypost.ids import account_of, disguised, undisguised
from mock_api.carriers.easypost.paging import Page, listed, page
from mock_api.carriers.easypost.refusals import invalid, missing, not_found
from mock_api.carriers.easypost.requests import PickupBody, PickupBuyBody, PickupSent
from mock_api.carriers.easypost.shapes import MODE, amount, moment
from mock_api.carriers.easypost.shipments import number_of, shipment_id, shipment_with
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.clock import DAY, Instant
from simulator.consigning import vans_for
from simulator.errors import AlreadyCollected, BadWindow, CourierOnTheWay, WrongStatus
from simulator.shipments.model import Shipment, ShipmentStatus
from simulator.shipments.pickup import Pickup, PickupStatus, PickupWish
from simulator.shipments.windows import Policy, Window, settle

router: Final = APIRouter(prefix="/v2/pickups", tags=["pickups"], route_class=gated())

SAME_DAY: Final = "Same-day Pickup"
FUTURE_DAY: Final = "Future-day Pickup"
"""Of which there is one, the window says (inferred: UPS has both)."""

_POLICY: Final = Policy(moves_on=False)
"""A window that is too late has no rates, as recorded in test_pickup_buy.yaml."""
_NOTE: Final = "pickup."
_ADDRESS: Final = 100
"""Parts from here on are the addresses of a shipment's pickups."""
_MOST: Final = 1_000
"""Pickups of one shipment (ours)."""


@dataclass(slots=True)
class Asked:
    """A pickup as it was asked for."""

    at: Instant
    opens: Instant
    closes: Instant
    address: dict[str, Any]
    instructions: str = ""
    reference: str = ""
    account_address: bool = False
    service: str = ""
    """What is offered; empty: nothing."""
    why: str = ""
    """Why nothing is."""
    bought: str = ""
    """The id of the pickup in the world."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A pickup, and where it is kept."""

    shipment: Shipment
    nth: int
    asked: Asked

    @property
    def id(self) -> str:
        return disguised("pickup", self.shipment.id, self.nth)

    def keep(self, world: World) -> None:
        note = {f"{_NOTE}{self.nth}": json.dumps(asdict(self.asked))}
        world.shippers.note(self.shipment.id, note)

    def booked(self, world: World) -> Pickup | None:
        return world.shippers.pickup(self.asked.bought) if self.asked.bought else None


@router.post("", status_code=201)
async def create_pickup(sandbox: CarrierSandbox, body: PickupBody) -> dict[str, Any]:
    sent, world = body.pickup, sandbox.world
    if sent is None:
        raise missing("pickup")
    shipment = _shipment(world, sent)
    nth = sum(note.startswith(_NOTE) for note in shipment.notes)
    if nth >= _MOST:
        raise invalid("PICKUP.REQUEST.INVALID", f"A shipment has at most {_MOST} pickups.")
    kept = Kept(shipment, nth, _asked(sandbox, shipment, sent))
    _offer(world, kept)
    kept.keep(world)
    return _shown(world, kept)


@router.get("")
async def list_pickups(sandbox: CarrierSandbox, asked: Page) -> dict[str, Any]:
    world = sandbox.world
    found = [each for shipment in world.shippers.shipments(VIEW) for each in _of(shipment)]
    found.reverse()
    found.sort(key=lambda each: -each.asked.at)
    chosen, more = page(asked, found, lambda each: each.id, lambda each: each.asked.at)
    return listed("pickups", [_shown(world, each) for each in chosen], has_more=more)


@router.get("/{own_id}")
async def get_pickup(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    return _shown(sandbox.world, _pickup_with(sandbox.world, own_id))


@router.post("/{own_id}/buy")
async def buy_pickup(sandbox: CarrierSandbox, own_id: str, body: PickupBuyBody) -> dict[str, Any]:
    """The courier is called, by the carrier and service of one of its rates."""
    kept, world = _pickup_with(sandbox.world, own_id), sandbox.world
    for name in ("carrier", "service"):
        if not getattr(body, name):
            raise invalid(f"PICKUP.{name.upper()}.REQUIRED", f"Name the {name} of a pickup rate.")
    if kept.asked.bought:
        raise invalid("PICKUP.STATUS.INVALID", "This pickup has been bought already.")
    offered = words.carrier_name(kept.shipment.carrier), kept.asked.service
    if not kept.asked.service or (body.carrier, body.service) != offered:
        raise invalid(
            "PICKUP.BUY.NO_MATCHING_RATES",
            "Unable to purchase pickup, no rates matching your request were found.",
        )
    _require_postage(kept.shipment)
    kept.asked.bought = _called(world, kept).id
    kept.keep(world)
    return _shown(world, kept)


@router.post("/{own_id}/cancel")
async def cancel_pickup(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    kept, world = _pickup_with(sandbox.world, own_id), sandbox.world
    if not kept.asked.bought:
        raise invalid("PICKUP.STATUS.INVALID", "This pickup has not been bought.")
    try:
        world.shippers.cancel_pickup(kept.asked.bought)
    except (CourierOnTheWay, WrongStatus) as refusal:
        told = f"Unable to cancel pickup: {refusal}."
        raise invalid("PICKUP.CANCEL.FAILED", told) from None
    return _shown(world, kept)


def _shipment(world: World, sent: PickupSent) -> Shipment:
    """Which one is to be fetched: batches are not served."""
    if sent.shipment is None or not sent.shipment.id:
        if sent.batch is not None:
            raise invalid("PICKUP.BATCH.INVALID", "Batches are not served here: name a shipment.")
        raise missing("shipment")
    shipment = shipment_with(world, sent.shipment.id)
    _require_postage(shipment)
    return shipment


def _require_postage(shipment: Shipment) -> None:
    """Not bought yet, or refunded: carriers facts, section 8.5."""
    if shipment.status is not ShipmentStatus.LABELLED:
        raise invalid("PICKUP.REQUEST.INVALID", "The shipment has no postage to be picked up with.")


def _asked(sandbox: Sandbox, shipment: Shipment, sent: PickupSent) -> Asked:
    for name in ("min_datetime", "max_datetime"):
        if getattr(sent, name) is None:
            raise invalid(f"PICKUP.{name.upper()}.REQUIRED", f"{name} cannot be blank.")
    address = wishes.noted(shipment, wishes.FROM)
    if sent.address is not None:
        address = wishes.address(sandbox, sent.address)
    elif not sent.is_account_address:
        raise invalid("PICKUP.ADDRESS.REQUIRED", "address cannot be blank.")
    return Asked(
        at=sandbox.world.now,
        opens=Instant(sent.min_datetime or 0),
        closes=Instant(sent.max_datetime or 0),
        address=address,
        instructions=sent.instructions,
        reference=sent.reference,
        account_address=sent.is_account_address,
    )


def _window(asked: Asked) -> Window:
    """A single instant, as a date alone gives it, means that day (inferred: EasyPost takes it)."""
    closes = asked.closes if asked.closes != asked.opens else Instant(asked.opens + DAY - 1)
    return Window(asked.opens, closes)


def _offer(world: World, kept: Kept) -> None:
    """What the carrier offers for that window, or why it does not."""
    asked, carrier = kept.asked, world.registry.carrier(kept.shipment.carrier)
    service = vans_for(carrier, wishes.postal(asked.address))
    if service is None:
        asked.why = "The carrier does not pick up at this address."
        return
    try:
        window = settle(service, _window(asked), world.now, _POLICY)
    except BadWindow as refusal:
        asked.why = f"The pickup window cannot be kept: {refusal.hint} ({refusal.why})."
        return
    zone = ZoneInfo(service.timezone)
    day, today = (datetime.fromtimestamp(at, zone).date() for at in (window.opens_at, world.now))
    asked.service = SAME_DAY if day == today else FUTURE_DAY


def _called(world: World, kept: Kept) -> Pickup:
    shipment = kept.shipment
    wish = PickupWish(
        account=VIEW,
        carrier=shipment.carrier,
        address=wishes.postal(kept.asked.address),
        window=_window(kept.asked),
        numbers=(number_of(world, shipment) or "",),
        policy=_POLICY,
        notes={"id": kept.id},
    )
    try:
        return world.shippers.book_pickup(wish)
    except AlreadyCollected as refusal:
        raise invalid("PICKUP.BUY.FAILED", f"Unable to purchase pickup: {refusal}.") from None


def _of(shipment: Shipment) -> list[Kept]:
    """Oldest first."""
    notes = {name: text for name, text in shipment.notes.items() if name.startswith(_NOTE)}
    return [
        Kept(shipment, int(name.removeprefix(_NOTE)), Asked(**json.loads(text)))
        for name, text in notes.items()
    ]


def _pickup_with(world: World, own_id: str) -> Kept:
    found = undisguised("pickup", own_id)
    if found is None:
        raise not_found()
    shipment, nth = world.shippers.shipment(found[0]), found[1]
    text = shipment.notes.get(f"{_NOTE}{nth}")
    if text is None:
        raise not_found()
    return Kept(shipment, nth, Asked(**json.loads(text)))


def _shown(world: World, kept: Kept) -> dict[str, Any]:
    """As recorded in test_pickup_buy.yaml."""
    asked, carrier = kept.asked, kept.shipment.carrier
    booked = kept.booked(world)
    place = parts.embedded(asked.address, "adr", kept.shipment.id, asked.at, _ADDRESS + kept.nth)
    return {
        "id": kept.id,
        "object": "Pickup",
        "created_at": moment(asked.at),
        "updated_at": moment(booked.updated_at if booked else asked.at),
        "mode": MODE,
        "status": _status(booked),
        "reference": asked.reference or None,
        "min_datetime": moment(asked.opens),
        "max_datetime": moment(asked.closes),
        "is_account_address": asked.account_address,
        "instructions": asked.instructions or None,
        "messages": [rating.message(carrier, asked.why)] if asked.why else [],
        "confirmation": booked.confirmation if booked else None,
        "address": parts.address(place),
        "carrier_accounts": [{"id": account_of(carrier), "object": "CarrierAccount"}],
        "pickup_rates": [_rate(kept)] if asked.service else [],
        "shipment_id": shipment_id(kept.shipment),
    }


def _status(booked: Pickup | None) -> str:
    """EasyPost has no word for what became of one: that is told by the tracker."""
    if booked is None:
        return "unknown"
    return "canceled" if booked.status is PickupStatus.CANCELLED else "scheduled"


def _rate(kept: Kept) -> dict[str, Any]:
    """Nobody is charged for it: the world's carriers fetch for nothing."""
    return {
        "id": disguised("pickuprate", kept.shipment.id, kept.nth),
        "object": "PickupRate",
        "created_at": moment(kept.asked.at),
        "updated_at": moment(kept.asked.at),
        "mode": MODE,
        "service": kept.asked.service,
        "carrier": words.carrier_name(kept.shipment.carrier),
        "rate": amount(0),
        "currency": "CNY",
        "pickup_id": kept.id,
    }
