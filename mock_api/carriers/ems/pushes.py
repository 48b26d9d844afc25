"""Traces that are pushed (040002): each operation goes to the customer's address, wrapped like its
own messages.

EMS's people set the address, here the control API does. Attached to every world of every sandbox,
so it is light. What EMS does about an address that does not answer is not public: three more
attempts, after 10, 30 and 60 minutes (inferred).
"""

import json
from hashlib import md5
from typing import TYPE_CHECKING, Final

from mock_api.carriers.ems.names import CARRIERS, NAME
from mock_api.carriers.ems.view import trace, wall_clock
from mock_api.carriers.ems.words import SAID
from mock_api.kernel.messages import Manner
from mock_api.kernel.sightings import recorded
from simulator.clock import MINUTE, Instant
from simulator.facts import Fact, LabelCalledOff, ParcelScanned
from simulator.parcels.model import Parcel

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox
    from simulator import World

TOPIC: Final = "trace"
_METHOD: Final = "040002"
MANNER: Final = Manner(frozenset({200}), (10 * MINUTE, 30 * MINUTE, 60 * MINUTE), apart=True)
"""Nothing but the encryption signs it."""


def furnish(sandbox: "Sandbox") -> None:
    """Let the customer hear of scans in the sandbox's world."""

    def hear(_seq: int, at: Instant, fact: Fact) -> None:
        if not sandbox.hooks.any_of(NAME):
            return
        for parcel in _concerned(sandbox.world, fact):
            _tell(sandbox, parcel, at)

    sandbox.tell(hear)


def _concerned(world: "World", fact: Fact) -> list[Parcel]:
    """Parcels of which something new is to be told: a scan, or that their order is cancelled."""
    if not isinstance(fact, ParcelScanned | LabelCalledOff):
        return []
    parcel = world.parcel(fact.parcel_id)
    return [parcel] if parcel.carrier in CARRIERS else []


def _tell(sandbox: "Sandbox", parcel: Parcel, at: Instant) -> None:
    number = parcel.tracking_number
    hooks = sandbox.hooks.hearing(NAME, TOPIC, number)
    if not hooks:
        return
    sight = sandbox.world.trackers.sight("", number)
    known = recorded(sight)
    said = SAID[known[-1].scan]
    if said is None:
        return
    told = trace(known[-1], said, sight)
    shipment = sight.shipment
    if shipment and shipment.wish.account == NAME:
        told["orderNo"] = shipment.wish.reference
    body = _wrapped(sandbox, told, serial_of(f"{number}{len(known)}"), at)
    for hook in hooks:
        headers = {"Content-Type": "application/json"}
        sandbox.hooks.tell(hook, (number, TOPIC), body, headers, MANNER)


def _wrapped(sandbox: "Sandbox", told: dict[str, str], serial: str, at: Instant) -> bytes:
    """With the customer's key: there is no secret of the address's own."""
    from mock_api.carriers.ems.messages import wrapped  # noqa: PLC0415 - large

    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    news = {
        "logitcsInterface": wrapped(text, sandbox.credential(NAME, "sign_key")),
        "method": _METHOD,
        "msgType": "0",
        "senderNo": sandbox.credential(NAME, "sender_no"),
        "serialNo": serial,
        "timeStamp": wall_clock(at),
        "version": "v1.0.0",
    }
    return json.dumps(news).encode()


def serial_of(text: str) -> str:
    """Thirty-two digits, the same for the same."""
    return md5(text.encode(), usedforsecurity=False).hexdigest().upper()
