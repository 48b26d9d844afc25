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
from mock_api.carriers.ems.words import SAID, Said
from mock_api.kernel.outbox import Manner
from simulator.clock import MINUTE, Instant
from simulator.facts import Fact, ParcelScanned
from simulator.parcels.model import Parcel

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

TOPIC: Final = "trace"
_METHOD: Final = "040002"
MANNER: Final = Manner(frozenset({200}), (10 * MINUTE, 30 * MINUTE, 60 * MINUTE), apart=True)
"""Nothing but the encryption signs it."""


def furnish(sandbox: "Sandbox") -> None:
    """Let the customer hear of scans in the sandbox's world."""

    def hear(_seq: int, at: Instant, fact: Fact) -> None:
        if not isinstance(fact, ParcelScanned) or not sandbox.hooks.any_of(NAME):
            return
        parcel = sandbox.world.parcel(fact.parcel_id)
        said = SAID[parcel.scans[-1].scan]
        if parcel.carrier in CARRIERS and said:
            _tell(sandbox, parcel, said, at)

    sandbox.world.journal.subscribe(hear)


def _tell(sandbox: "Sandbox", parcel: Parcel, said: Said, at: Instant) -> None:
    from mock_api.carriers.ems.messages import wrapped  # noqa: PLC0415 - large

    number = parcel.tracking_number
    for hook in sandbox.hooks.hearing(NAME, TOPIC, number):
        sight = sandbox.world.trackers.sight("", number)
        told = trace(parcel.scans[-1], said, sight)
        shipment = sight.shipment
        if shipment and shipment.wish.account == NAME:
            told["orderNo"] = shipment.wish.reference
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        news = {
            "logitcsInterface": wrapped(text, hook.secret or sandbox.credential(NAME, "sign_key")),
            "method": _METHOD,
            "msgType": "0",
            "senderNo": sandbox.credential(NAME, "sender_no"),
            "serialNo": serial_of(f"{number}{len(parcel.scans)}"),
            "timeStamp": wall_clock(at),
            "version": "v1.0.0",
        }
        headers = {"Content-Type": "application/json"}
        sandbox.hooks.tell(hook, (number, TOPIC), json.dumps(news).encode(), headers, MANNER)


def serial_of(text: str) -> str:
    """Thirty-two digits, the same for the same."""
    return md5(text.encode(), usedforsecurity=False).hexdigest().upper()
