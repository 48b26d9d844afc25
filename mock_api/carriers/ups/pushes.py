"""Track Alert: every event of a number goes to whoever has subscribed to it.

Attached to every world of every sandbox, so it is light: no HTTP framework, no pydantic.
"""

import json
from dataclasses import dataclass
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
from mock_api.kernel.durable.kept import Kept, Of
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

    plays = Plays(sandbox)
    sandbox.attach(plays)
    sandbox.keep(plays.kept, plays.resume)
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


@dataclass(slots=True)
class Play:
    """A test number's events, as far as they were told to one subscription."""

    next_at: Instant
    told: int = 0


class Plays:
    """Those that go on in one world of a sandbox: one event a second of virtual time, as long as
    the subscription stands. Bells ring in the world's time, so that whoever advances its clock
    meets them; in an agenda of their own, for they are no part of the world."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._agenda = Agenda(sandbox.world.registry.env)
        self.kept: Kept[Play] = Kept("ups.plays", Of(Play))
        """By the subscription's id."""

    def begin(self, hook: Hook) -> None:
        """In place of what was played to that subscription before."""
        self.kept[hook.id] = Play(later(self._sandbox.world.now, _SECOND))
        self._set_off(hook.id, self.kept[hook.id])

    def resume(self) -> None:
        for hook_id, play in self.kept.items():
            self._set_off(hook_id, play)

    def _set_off(self, hook_id: str, play: Play) -> None:
        def ring() -> None:
            if self.kept.get(hook_id) is play and self._tell(hook_id, play):
                bell.set(play.next_at)

        bell = Bell(self._agenda, ring)
        bell.set(play.next_at)

    def _tell(self, hook_id: str, play: Play) -> bool:
        """The next event; whether there is another one after it."""
        sandbox = self._sandbox
        hook, now = sandbox.hooks.get(NAME, hook_id), sandbox.world.now
        if hook is None:
            del self.kept[hook_id]
            return False
        scans = PLAYS[hook.number]
        record = record_at(scans[play.told], now)
        tell(sandbox, [hook], Seen(hook.number, sight_of(hook.number), (record,)))
        play.told, play.next_at = play.told + 1, later(now, _SECOND)
        if play.told == len(scans):
            del self.kept[hook_id]
            return False
        self.kept.touch(hook_id)
        return True


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
