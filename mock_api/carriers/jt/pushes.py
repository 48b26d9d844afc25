"""Traces that are pushed: each scan of a subscribed number goes to its address as it is made.

Attached to every world of every sandbox, so it is light: no HTTP framework, no pydantic. The form
is that of J&T's own calls: ``bizContent`` with a digest in the header. What J&T does about an
address that does not answer is not public: three more attempts, after 10, 30 and 60 minutes
(inferred).
"""

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from mock_api.carriers.jt.names import CARRIER, NAME
from mock_api.carriers.jt.signing import header_digest
from mock_api.carriers.jt.view import detail, order_number_of
from mock_api.carriers.jt.words import SAID, Said
from mock_api.kernel.messages import Manner
from simulator.clock import MINUTE, Instant
from simulator.facts import Fact, LabelCalledOff, ParcelScanned
from simulator.parcels.model import Parcel
from simulator.parcels.moves import ENDS

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

TOPIC: Final = "trace"
MANNER: Final = Manner(
    frozenset({200}), (10 * MINUTE, 30 * MINUTE, 60 * MINUTE), signed_in="digest", apart=True
)


def furnish(sandbox: "Sandbox") -> None:
    """Let subscribers hear of scans in the sandbox's world."""

    def hear(_seq: int, at: Instant, fact: Fact) -> None:
        if not sandbox.hooks.any_of(NAME):
            return
        if isinstance(fact, ParcelScanned):
            _scanned(sandbox, sandbox.world.parcel(fact.parcel_id), at)
        elif isinstance(fact, LabelCalledOff):
            sandbox.hooks.remove(NAME, hook_id(fact.tracking_number))

    sandbox.tell(hear)


def hook_id(number: str) -> str:
    """Of a number's own subscription; none that a console's could have."""
    return f"{TOPIC} {number}"


def is_over(parcel: Parcel | None) -> bool:
    """Nothing will be told of it any more, so nobody need be subscribed to it."""
    return parcel is not None and (
        parcel.is_called_off or bool(parcel.scans and parcel.scans[-1].scan in ENDS)
    )


def _scanned(sandbox: "Sandbox", parcel: Parcel, at: Instant) -> None:
    said = SAID[parcel.scans[-1].scan]
    if parcel.carrier == CARRIER and said:
        _tell(sandbox, parcel, said, at)
    if is_over(parcel):
        sandbox.hooks.remove(NAME, hook_id(parcel.tracking_number))


def _tell(sandbox: "Sandbox", parcel: Parcel, said: Said, at: Instant) -> None:
    number = parcel.tracking_number
    hearing = sandbox.hooks.hearing
    hooks = {hook.id: hook for node in said.nodes for hook in hearing(NAME, node, number)}
    if not hooks:
        return
    sight = sandbox.world.trackers.sight("", number)
    news = {"billCode": number, "details": [detail(parcel.scans[-1], said, sight)]}
    order_number = order_number_of(sight)
    if order_number:
        news["txlogisticId"] = order_number
    biz = json.dumps(news, ensure_ascii=False, separators=(",", ":"))
    for hook in hooks.values():
        key = hook.secret or sandbox.credential(NAME, "private_key")
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "apiAccount": sandbox.credential(NAME, "api_account"),
            "digest": header_digest(biz, key),
            "timestamp": str(at * 1000),
        }
        body = urlencode({"bizContent": biz}).encode()
        sandbox.hooks.tell(hook, (number, TOPIC), body, headers, MANNER)
