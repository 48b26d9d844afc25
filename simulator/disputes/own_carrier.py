"""S3's rows of the liability table: in seller shipping the seller answers for what carriers do.

They answer even where the buyer gets nothing: nobody else is there to.
"""

from typing import Final

from simulator.disputes.case import Cause, Refund, Trail
from simulator.disputes.row import Row, paid_by, refused, those
from simulator.orders.model import Mode, Party

_SELLER, _FEE = Party.SELLER, Refund.SHIPPING_FEE
_BY_SELLER: Final = those(Mode.SELLER)
_NOT_RECEIVED: Final = those(Cause.NOT_RECEIVED)
_LATE: Final = those(Cause.LATE)
_DAMAGED: Final = those(Cause.DAMAGED)
_WRONG: Final = frozenset({False})
_RIGHT: Final = frozenset({True})
_HERE: Final = those(Trail.SIGNED, Trail.DAMAGED)
_AWAY: Final = frozenset(Trail) - _HERE

S3_ROWS: Final = (
    Row(
        paid_by(_SELLER, "own_carrier_failed"),
        "S3: whatever the seller's carrier did, the seller answers for it",
        _NOT_RECEIVED | _LATE,
        those(Trail.NOT_SENT, Trail.NOT_PICKED_UP, Trail.STALLED, Trail.DAMAGED),
        _BY_SELLER,
    ),
    Row(
        paid_by(_SELLER, "own_carrier_overdue"),
        "S3: the carrier is the seller's",
        _NOT_RECEIVED,
        those(Trail.LATE),
        _BY_SELLER,
    ),
    Row(
        paid_by(_SELLER, "own_carrier_late", _FEE),
        "S3: the carrier is the seller's",
        _LATE,
        those(Trail.LATE, Trail.SENT_LATE),
        _BY_SELLER,
    ),
    Row(
        paid_by(_SELLER, "own_label_wrong"),
        "S3: wrong logistics data",
        _NOT_RECEIVED,
        those(Trail.SIGNED),
        _BY_SELLER,
        label=_WRONG,
    ),
    Row(
        paid_by(_SELLER, "own_carrier_damaged"),
        "S3: however it was packed, and whatever is on file",
        _DAMAGED,
        _HERE,
        _BY_SELLER,
    ),
    Row(
        refused("own_carrier_signed_for", _SELLER),
        "S3: the seller answers, with the recipient's signature",
        _NOT_RECEIVED,
        those(Trail.SIGNED),
        _BY_SELLER,
        label=_RIGHT,
    ),
    Row(
        refused("own_carrier_still_coming", _SELLER),
        "S3: the seller answers; it is on its way",
        _NOT_RECEIVED,
        those(Trail.ON_COURSE, Trail.SENT_LATE),
        _BY_SELLER,
    ),
    Row(
        refused("own_carrier_in_time", _SELLER),
        "S3: the seller answers; nobody is late",
        _LATE,
        those(Trail.ON_COURSE, Trail.SIGNED),
        _BY_SELLER,
    ),
    Row(
        refused("own_carrier_not_there_yet", _SELLER),
        "S3: the seller answers; it has not arrived",
        _DAMAGED,
        _AWAY,
        _BY_SELLER,
    ),
)
