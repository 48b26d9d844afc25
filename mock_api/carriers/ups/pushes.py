"""Track Alert: every event of a number goes to whoever has subscribed to it.

Attached to every world of every sandbox, so it is light: no HTTP framework, no pydantic.
"""

import json
from typing import TYPE_CHECKING, Any, Final

from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.trials import PLAYS, record_at, sight_of
from mock_api.carriers.ups.view import (
    Seen,
    gmt,
    place_of,
    scheduled,
    ymd,
)
from mock_api.carriers.ups.words import SAID
from mock_api.kernel.hooks import Hook
from mock_api.kernel.messages import Manner
from mock_api.kernel.sightings import local, recorded
from simulator.carriers.scans import Scan
from simulator.clock import DAY, Instant, later
from simulator.facts import Fact, LabelCalledOff, ParcelScanned
from simulator.waiting import Agenda, Bell

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

LIVES: Final = 14 * DAY
"""A subscription's life; who wants more subscribes again."""
TOPIC: Final = "event"
ENHANCED: Final = "enhanced"

MANNER: Final = Manner(frozenset({200}), pauses=(), signed_in="credential", apart=True)
"""UPSTrackAlert.yaml: "If this endpoint is not continuously available, incoming events will be
lost": there is no second attempt."""

_DELIVERED: Final = (Scan.DELIVERED, Scan.SIGNED_BY_THIRD_PARTY)
_SECOND: Final = 1


def furnish(sandbox: "Sandbox") -> None:
    """Let subscribers hear of what happens in the sandbox's world."""

    def hear(_seq: int, _at: Instant, fact: Fact) -> None:
        if not sandbox.hooks.any_of(NAME):
            return
        if isinstance(fact, ParcelScanned):
            _scanned(sandbox, fact)
        elif isinstance(fact, LabelCalledOff):
            _called_off(sandbox, fact)

    sandbox.tell(hear)


def _scanned(sandbox: "Sandbox", fact: ParcelScanned) -> None:
    parcel = sandbox.world.parcel(fact.parcel_id)
    if parcel.carrier != CARRIER:
        return
    hearing = sandbox.hooks.hearing(NAME, TOPIC, parcel.tracking_number)
    if hearing:
        number = parcel.tracking_number
        sight = sandbox.world.trackers.sight("", number)
        tell(sandbox, hearing, Seen(number, sight, (parcel.scans[-1],), parcel))


def _called_off(sandbox: "Sandbox", fact: LabelCalledOff) -> None:
    number = fact.tracking_number
    hearing = sandbox.hooks.hearing(NAME, TOPIC, number) if fact.carrier == CARRIER else ()
    if hearing:
        sight = sandbox.world.trackers.sight("", number)
        parcel = sandbox.world.parcel(fact.parcel_id)
        tell(sandbox, hearing, Seen(number, sight, recorded(sight)[-1:], parcel))


def play(sandbox: "Sandbox", hook: Hook) -> None:
    """A test number's events, one a second of virtual time from now on, as long as the
    subscription stands. A bell in the world's time, so that whoever advances its clock meets them;
    in an agenda of its own, for it is no part of the world."""
    world, number = sandbox.world, hook.number
    coming = list(PLAYS[number])

    def ring() -> None:
        if sandbox.hooks.get(NAME, hook.id) is not hook:
            return
        record = record_at(coming.pop(0), world.now)
        tell(sandbox, [hook], Seen(number, sight_of(number), (record,)))
        if coming:
            bell.set(later(world.now, _SECOND))

    bell = Bell(Agenda(world.registry.env), ring)
    bell.set(later(world.now, _SECOND))


def tell(sandbox: "Sandbox", hooks: list[Hook], found: Seen) -> None:
    """The latest of what is seen, to all of them."""
    said = event(found)
    for hook in hooks:
        photo = {"deliveryPhoto": ""} if hook.notes.get("level") == ENHANCED else {}
        body = json.dumps(said | photo, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "UPSPubSubTrackingService",
            "credential": hook.secret,
        }
        sandbox.hooks.tell(hook, (found.number, TOPIC), body, headers, MANNER)


def event(found: Seen) -> dict[str, Any]:
    """One event. A field without a value is an empty string, as in the samples."""
    record = found.latest
    said, here, there = SAID[record.scan], local(record), gmt(record)
    place = place_of(record, found.sight)
    is_delivered = record.scan in _DELIVERED
    due = None if is_delivered else scheduled(found)
    return {
        "trackingNumber": found.number,
        "localActivityDate": ymd(here),
        "localActivityTime": f"{here:%H%M%S}",
        "activityLocation": {
            name: place.get(name, "") for name in ("city", "stateProvince", "postalCode", "country")
        },
        "activityStatus": {
            "type": said.type,
            "code": said.code,
            "description": said.simplified,
            "descriptionCode": said.status_code,
        },
        "scheduledDeliveryDate": ymd(due[1]) if due else "",
        "actualDeliveryDate": ymd(here) if is_delivered else "",
        "actualDeliveryTime": f"{here:%H%M%S}" if is_delivered else "",
        "gmtActivityDate": ymd(there),
        "gmtActivityTime": f"{there:%H%M%S}",
        "deliveryStartTime": "",
        "deliveryEndTime": "",
        "deliveryTimeDescription": "end of day" if due else "",
    }
