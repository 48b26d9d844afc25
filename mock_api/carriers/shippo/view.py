"""What Shippo shows of a number: its latest status, and its history, oldest first.

Times are in UTC; a status has when the carrier scanned it (``status_date``), and when Shippo learnt
of it (``object_created``). ``object_updated`` is always told: Shippo's page has nulls there, which
its own Python client does not survive. Estimated arrivals and transactions are left out (null).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

from mock_api.carriers.shippo.words import NAME, SAID, SUBSTATUSES, Status
from mock_api.kernel.sightings import Learnt, country_of, learnt
from simulator import World
from simulator.clock import Instant
from simulator.following import Sight
from simulator.people import Address

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """A number of one carrier's, at one instant."""

    token: str
    number: str
    sight: Sight
    """Empty, if that carrier knows no such number."""
    told: tuple[Learnt, ...]
    """Oldest first."""
    now: Instant


def look(world: World, token: str, carrier: str, number: str) -> Look:
    """What Shippo knows by now, if the number is that carrier's."""
    sight = world.trackers.sight(NAME, number)
    if sight.carrier is None or sight.carrier.code != carrier:
        sight = Sight(number)
    return Look(token, number, sight, learnt(world, NAME, sight), world.now)


def track(look: Look, *, metadata: str | None = None, test: bool = False) -> Shape:
    """A whole one."""
    history = [_status(look.number, each) for each in look.told]
    parcel, carrier = look.sight.parcel, look.sight.carrier
    service = carrier.service(parcel.service).name if parcel and carrier else None
    return {
        "messages": [],
        "carrier": look.token,
        "tracking_number": look.number,
        "address_from": _place(look.sight.sender),
        "address_to": _place(look.sight.recipient),
        "eta": None,
        "original_eta": None,
        "servicelevel": {"token": None, "name": service},
        "metadata": metadata,
        "tracking_status": history[-1] if history else unknown(look.number, look.now),
        "tracking_history": history,
        "transaction": None,
        "test": test,
    }


def unknown(number: str, now: Instant) -> Shape:
    """The carrier has no such number."""
    return {
        "object_created": stamp(now),
        "object_updated": stamp(now),
        "object_id": object_id(number, Status.UNKNOWN),
        "status": Status.UNKNOWN,
        "status_details": "",
        "status_date": None,
        "substatus": None,
        "location": None,
    }


def _status(number: str, each: Learnt) -> Shape:
    said = SAID[each.record.scan]
    location = {"city": each.record.place, "state": None, "zip": None}
    return status_shape(
        (number, each.record.scan, each.record.at),
        (each.at, each.record.at),
        (said.substatus, said.details),
        location | {"country": country_of(each.record) or None},
    )


def status_shape(
    named: tuple[object, ...],
    times: tuple[Instant, Instant],
    words: tuple[str, str],
    location: Shape,
) -> Shape:
    """One status. *times*: when Shippo learnt of it, and when it was; *words*: substatus and
    details."""
    (known_at, at), (code, details) = times, words
    substatus = SUBSTATUSES[code]
    return {
        "object_created": stamp(known_at),
        "object_updated": stamp(known_at),
        "object_id": object_id(*named),
        "status": substatus.status,
        "status_details": details,
        "status_date": stamp(at),
        "substatus": {
            "code": code,
            "text": substatus.text,
            "action_required": substatus.action_required,
        },
        "location": location,
    }


def _place(address: Address | None) -> Shape | None:
    """No more of an address than Shippo tells."""
    if address is None:
        return None
    return {
        "city": address.city,
        "state": address.state or None,
        "zip": address.postal_code,
        "country": address.region,
    }


def stamp(at: Instant) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def object_id(*parts: object) -> str:
    return md5(repr(parts).encode(), usedforsecurity=False).hexdigest()
