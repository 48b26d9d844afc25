"""Which scan may follow which.

The idea, a table of legal moves over the unified codes, is the Open Logistics Tracking Standard's.
This table is ours, drawn up from what the words mean, and not theirs move by move. A scan that it
does not allow is a bug of the model, and asserted; such a route is a bad setting, and refused.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from simulator.carriers.model import Carrier
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.errors import BadSetting

_BORDER: Final = {Scan.CUSTOMS_DECLARED, Scan.CUSTOMS_HELD, Scan.CLEARANCE_COMPLETED}
_LAST_MILE: Final = {Scan.OUT_FOR_DELIVERY, Scan.DELIVERY_TO_LOCKER, Scan.AWAITING_PICKUP}
_UNSUCCESSFUL: Final = {
    Scan.DELIVERY_ATTEMPTED,
    Scan.ADDRESS_ISSUE,
    Scan.RECIPIENT_UNAVAILABLE,
    Scan.REFUSED,
}
_TAKEN_UP_AGAIN: Final = {
    Scan.ARRIVED_AT_HUB,
    Scan.DEPARTED_FROM_HUB,
    Scan.IN_TRANSIT,
    Scan.ARRIVED_AT_DESTINATION,
    Scan.CLEARANCE_COMPLETED,
    Scan.OUT_FOR_DELIVERY,
    Scan.AWAITING_PICKUP,
    Scan.RETURN_INITIATED,
    Scan.IN_RETURN_TRANSIT,
}
_HANDED_OVER: Final = {Scan.DELIVERED, Scan.SIGNED_BY_THIRD_PARTY}

FIRST: Final = frozenset(
    {
        Scan.ORDER_CREATED,
        Scan.LABEL_PRINTED,
        Scan.PICKUP_SCHEDULED,
        Scan.PICKED_UP,
        Scan.PICKUP_FAILED,
        Scan.ARRIVED_AT_HUB,  # a parcel that nobody announced, found in a hub
    }
)
"""With what a parcel's record may begin."""

ENDS: Final = frozenset(
    {
        Scan.DELIVERED,
        Scan.SIGNED_BY_THIRD_PARTY,
        Scan.RETURNED_TO_SENDER,
        Scan.ORDER_CANCELLED,
        Scan.LOST,
    }
)
"""After these nothing comes."""

ANYWHERE: Final = frozenset({Scan.EXCEPTION, Scan.DAMAGED, Scan.LOST})
"""What may follow every scan that is no end: the ``*`` of the table."""

TROUBLE: Final = frozenset({Scan.EXCEPTION, Scan.DAMAGED})
"""Reports that something is wrong with a parcel, and that leave it where it is."""

NEXT: Final[dict[Scan, frozenset[Scan]]] = {
    scan: frozenset(following)
    for scan, following in {
        Scan.ORDER_CREATED: {
            Scan.LABEL_PRINTED,
            Scan.PICKUP_SCHEDULED,
            Scan.PICKED_UP,
            Scan.ORDER_CANCELLED,
        },
        Scan.LABEL_PRINTED: {
            Scan.PICKUP_SCHEDULED,
            Scan.PICKED_UP,
            Scan.PICKUP_FAILED,
            Scan.ARRIVED_AT_HUB,
            Scan.ORDER_CANCELLED,
        },
        Scan.PICKUP_SCHEDULED: {Scan.PICKED_UP, Scan.PICKUP_FAILED, Scan.ORDER_CANCELLED},
        Scan.PICKUP_FAILED: {
            Scan.PICKUP_SCHEDULED,
            Scan.PICKED_UP,
            Scan.PICKUP_FAILED,
            Scan.ORDER_CANCELLED,
        },
        Scan.PICKED_UP: {
            Scan.ARRIVED_AT_HUB,
            Scan.DEPARTED_FROM_HUB,
            Scan.IN_TRANSIT,
            Scan.TRANSFERRED_TO_CARRIER,
            Scan.RETURN_INITIATED,
        },
        Scan.ARRIVED_AT_HUB: {
            Scan.ARRIVED_AT_HUB,  # sent to a wrong hub, and on from there
            Scan.DEPARTED_FROM_HUB,
            Scan.IN_TRANSIT,
            Scan.TRANSFERRED_TO_CARRIER,
            Scan.CUSTOMS_DECLARED,  # for export
            Scan.ADDRESS_ISSUE,
            Scan.RETURN_INITIATED,
            *_LAST_MILE,
        },
        Scan.DEPARTED_FROM_HUB: {
            Scan.ARRIVED_AT_HUB,
            Scan.IN_TRANSIT,
            Scan.TRANSFERRED_TO_CARRIER,
            Scan.ARRIVED_AT_DESTINATION,
        },
        Scan.IN_TRANSIT: {
            Scan.ARRIVED_AT_HUB,
            Scan.TRANSFERRED_TO_CARRIER,
            Scan.ARRIVED_AT_DESTINATION,
            Scan.OUT_FOR_DELIVERY,
            Scan.RETURN_INITIATED,
        },
        Scan.TRANSFERRED_TO_CARRIER: {
            Scan.ARRIVED_AT_HUB,
            Scan.DEPARTED_FROM_HUB,
            Scan.IN_TRANSIT,
            Scan.ARRIVED_AT_DESTINATION,
            Scan.OUT_FOR_DELIVERY,
        },
        Scan.ARRIVED_AT_DESTINATION: {
            *_BORDER,
            Scan.ARRIVED_AT_HUB,
            Scan.TRANSFERRED_TO_CARRIER,
        },
        Scan.CUSTOMS_DECLARED: {
            Scan.CUSTOMS_HELD,
            Scan.CUSTOMS_INSPECTION,
            Scan.CUSTOMS_DUTY_PAID,
            Scan.CUSTOMS_RELEASED,
            Scan.CLEARANCE_COMPLETED,
        },
        Scan.CUSTOMS_HELD: {
            Scan.CUSTOMS_INSPECTION,
            Scan.CUSTOMS_DUTY_PAID,
            Scan.CUSTOMS_RELEASED,
            Scan.RETURN_INITIATED,
        },
        Scan.CUSTOMS_INSPECTION: {
            Scan.CUSTOMS_HELD,
            Scan.CUSTOMS_DUTY_PAID,
            Scan.CUSTOMS_RELEASED,
            Scan.RETURN_INITIATED,
        },
        Scan.CUSTOMS_DUTY_PAID: {Scan.CUSTOMS_RELEASED, Scan.CLEARANCE_COMPLETED},
        Scan.CUSTOMS_RELEASED: {
            Scan.CLEARANCE_COMPLETED,
            Scan.ARRIVED_AT_HUB,
            Scan.DEPARTED_FROM_HUB,
        },
        Scan.CLEARANCE_COMPLETED: {
            Scan.ARRIVED_AT_HUB,
            Scan.DEPARTED_FROM_HUB,
            Scan.TRANSFERRED_TO_CARRIER,
            Scan.IN_TRANSIT,
            Scan.OUT_FOR_DELIVERY,
        },
        Scan.OUT_FOR_DELIVERY: {
            *_HANDED_OVER,
            *_UNSUCCESSFUL,
            Scan.DELIVERY_TO_LOCKER,
            Scan.AWAITING_PICKUP,
            Scan.ARRIVED_AT_HUB,  # back in the evening, nobody having tried
        },
        Scan.DELIVERY_ATTEMPTED: {
            *_LAST_MILE,
            Scan.ARRIVED_AT_HUB,
            Scan.ADDRESS_ISSUE,
            Scan.RECIPIENT_UNAVAILABLE,
            Scan.REFUSED,
            Scan.RETURN_INITIATED,
        },
        Scan.RECIPIENT_UNAVAILABLE: {
            *_LAST_MILE,
            Scan.ARRIVED_AT_HUB,
            Scan.RETURN_INITIATED,
        },
        Scan.ADDRESS_ISSUE: {
            Scan.ARRIVED_AT_HUB,
            Scan.OUT_FOR_DELIVERY,
            Scan.RETURN_INITIATED,
        },
        Scan.REFUSED: {Scan.RETURN_INITIATED},
        Scan.DELIVERY_TO_LOCKER: {Scan.AWAITING_PICKUP, Scan.DELIVERED, Scan.RETURN_INITIATED},
        Scan.AWAITING_PICKUP: {*_HANDED_OVER, Scan.REFUSED, Scan.RETURN_INITIATED},
        Scan.EXCEPTION: {*_TAKEN_UP_AGAIN, Scan.PICKED_UP},
        Scan.DAMAGED: {*_TAKEN_UP_AGAIN, Scan.DELIVERED, Scan.REFUSED},
        Scan.RETURN_INITIATED: {Scan.IN_RETURN_TRANSIT, Scan.RETURNED_TO_SENDER},
        Scan.IN_RETURN_TRANSIT: {Scan.IN_RETURN_TRANSIT, Scan.RETURNED_TO_SENDER},
        **dict.fromkeys(ENDS, ()),
    }.items()
}
"""What may follow each scan, beside ``ANYWHERE`` and remarks."""

assert NEXT.keys() == set(Scan) - REMARKS, "every scan but remarks has its row"


def follows(before: Scan | None, scan: Scan) -> bool:
    """Whether *scan* may come after *before*, which is no remark; ``None`` is an empty record."""
    if before is None:
        return scan in FIRST
    if scan in NEXT[before]:
        return True
    return before not in ENDS and (scan in ANYWHERE or scan in REMARKS)


def may_come_next(backwards: Iterable[Scan], scan: Scan) -> bool:
    """Whether *scan* may be added to a record, read from its end.

    Remarks are passed over. After a report of trouble it may go on as if there had been none: a
    parcel that was dented or mislaid at customs is still at customs.
    """
    for before in backwards:
        if before in REMARKS:
            continue
        if follows(before, scan):
            return True
        if before not in TROUBLE:
            return False
    return follows(None, scan)


def require_travellable(carrier: Carrier) -> None:
    """Each of its routes leads from a first scan to a signature by legal moves, or is refused."""
    for region, route in carrier.routes.items():
        way = [Scan.PICKED_UP, *(leg.scan for leg in route)]
        if not _leads_to_the_door(way):
            said = ", ".join(way[1:])
            path = f"carriers.{carrier.code}.routes.{region}"
            raise BadSetting(
                path, said or "empty", "scans that may follow each other, to delivered"
            )


def _leads_to_the_door(way: Iterable[Scan]) -> bool:
    *before, last = way
    legal = all(follows(earlier, then) for earlier, then in pairwise([*before, last]))
    return legal and last is Scan.DELIVERED and not ON_PAPER.intersection(before)
