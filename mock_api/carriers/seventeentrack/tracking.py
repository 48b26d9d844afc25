"""What is known of numbers: looked up, pushed again, or asked of the carrier on the spot."""

from collections.abc import Callable
from typing import Any, Final

from mock_api.carriers.seventeentrack import account, pushes
from mock_api.carriers.seventeentrack import refusals as no
from mock_api.carriers.seventeentrack.providers import PROVIDERS, detected
from mock_api.carriers.seventeentrack.refusals import Rejected
from mock_api.carriers.seventeentrack.registering import required
from mock_api.carriers.seventeentrack.requests import Numbered, RealTime, Shape, one_by_one
from mock_api.carriers.seventeentrack.view import look, track_info
from mock_api.carriers.seventeentrack.words import NAME
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator.trackers.lag import CARRIERS_OWN


async def gettrackinfo(sandbox: CarrierSandbox, wishes: list[Numbered]) -> Shape:
    """Of registered numbers; free of charge. A number that its carrier does not know, or that was
    registered with a wrong carrier, is found to be NotFound."""

    def shown(wish: Numbered) -> Shape:
        tracker = required(sandbox.world, wish)
        seen = account.shown_of(sandbox.world, tracker)
        if account.is_awaited(tracker, seen):
            raise Rejected(no.NO_INFO_YET)
        told, synced_at = tracker.notes, tracker.heard_at or tracker.added_at
        return {
            "number": tracker.number,
            "carrier": seen.provider.key,
            "param": told.get("param"),
            "tag": told.get("tag"),
            "track_info": track_info(seen, told.get("order_time", ""), synced_at),
        }

    return one_by_one(wishes, shown)


async def push(sandbox: CarrierSandbox, wishes: list[Numbered]) -> Shape:
    """The webhook that was sent last, once more, with what is known by now."""

    def pushed(wish: Numbered) -> Shape:
        tracker = required(sandbox.world, wish)
        if not sandbox.hooks.hearing(NAME, pushes.UPDATED, tracker.number):
            raise Rejected(no.NO_WEBHOOK)
        if not pushes.tell_updated(sandbox, tracker):
            raise Rejected(no.NO_INFO_YET)
        return {"number": tracker.number, "carrier": account.provider_of(tracker).key}

    return one_by_one(wishes, pushed)


async def getRealTimeTrackInfo(  # noqa: N802 - as the exchange log is to name it
    sandbox: CarrierSandbox, wishes: list[RealTime]
) -> Shape:
    """What the carrier itself knows at this instant, of any number. Only paid plans may ask."""
    return one_by_one(wishes, lambda wish: _asked(sandbox, wish))


def _asked(sandbox: Sandbox, wish: RealTime) -> Shape:
    if not sandbox.is_lenient(NAME):
        raise Rejected(no.NO_REAL_TIME)
    number = wish.require_number()
    key = wish.carrier or detected(number)
    if key is None:
        raise Rejected(no.NOT_DETECTED)
    if key not in PROVIDERS:
        raise Rejected(no.BAD_CARRIER, key)
    seen = look(sandbox.world, CARRIERS_OWN, number, PROVIDERS[key])
    return {"number": number, "carrier": key, "track_info": track_info(seen)}


ENDPOINTS: Final[dict[str, Callable[..., Any]]] = {
    "gettrackinfo": gettrackinfo,
    "push": push,
    "getRealTimeTrackInfo": getRealTimeTrackInfo,
    "getrealtimetrackinfo": getRealTimeTrackInfo,
}
