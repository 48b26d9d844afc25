"""The liability table (C2, S3): which cases each row covers, and what it says of them.

No two rows cover one case, so they need no order. Those of S3 are in ``own_carrier``.
"""

from typing import Final

from simulator.disputes.case import Cause, Refund, Trail
from simulator.disputes.own_carrier import S3_ROWS
from simulator.disputes.row import Row, doubt, paid_by, refused, those
from simulator.orders.model import Mode, Party
from simulator.parcels.evidence import Proof

_RIGHT: Final = frozenset({True})
_WRONG: Final = frozenset({False})

_SELLER, _CARRIER, _BUYER = Party.SELLER, Party.CARRIER, Party.BUYER
_FEE: Final = Refund.SHIPPING_FEE

_BY_PLATFORM: Final = those(Mode.PLATFORM)
_BY_SELLER: Final = those(Mode.SELLER)

_NOT_RECEIVED: Final = those(Cause.NOT_RECEIVED)
_LATE: Final = those(Cause.LATE)
_WAITING: Final = _NOT_RECEIVED | _LATE
_DAMAGED: Final = those(Cause.DAMAGED)
_WRONG_ITEM: Final = those(Cause.WRONG_ITEM)
_REFUSED: Final = those(Cause.REFUSED_AT_DOOR)

_HERE: Final = those(Trail.SIGNED, Trail.DAMAGED)
_AWAY: Final = frozenset(Trail) - _HERE
_CARRIERS_FAULT: Final = those(Trail.STALLED, Trail.LATE, Trail.DAMAGED)
_NEVER_AT_THE_DOOR: Final = those(Trail.NOT_SENT, Trail.NOT_PICKED_UP, Trail.SIGNED)
_AT_THE_DOOR: Final = frozenset(Trail) - _NEVER_AT_THE_DOOR

_WHERE_IS_IT: Final = (
    Row(
        refused("still_coming"),
        "it is on its way, and not yet missing",
        _NOT_RECEIVED,
        those(Trail.ON_COURSE, Trail.SENT_LATE),
        _BY_PLATFORM,
    ),
    Row(
        refused("in_time"),
        "nobody is late",
        _LATE,
        those(Trail.ON_COURSE, Trail.SIGNED),
        _BY_PLATFORM,
    ),
    Row(
        paid_by(_SELLER, "never_sent"),
        "the seller has not handed it over in time",
        _WAITING,
        those(Trail.NOT_SENT),
        _BY_PLATFORM,
    ),
    Row(
        paid_by(_CARRIER, "never_picked_up"),
        "D2: the designated carrier was called in time and did not come",
        _WAITING,
        those(Trail.NOT_PICKED_UP),
        _BY_PLATFORM,
    ),
    Row(
        paid_by(_SELLER, "sent_late", _FEE),
        "it arrives late because it left late",
        _LATE,
        those(Trail.SENT_LATE),
        _BY_PLATFORM,
    ),
    Row(
        paid_by(_CARRIER, "lost"),
        "the designated carrier has lost it",
        _WAITING,
        those(Trail.STALLED),
        _BY_PLATFORM,
        label=_RIGHT,
    ),
    Row(
        paid_by(_SELLER, "lost_by_label"),
        "L1-L6: under such a label it could not arrive",
        _WAITING,
        those(Trail.STALLED),
        _BY_PLATFORM,
        label=_WRONG,
    ),
    Row(
        paid_by(_CARRIER, "overdue"),
        "the designated carrier has had it for longer than was promised",
        _NOT_RECEIVED,
        those(Trail.LATE),
        _BY_PLATFORM,
        label=_RIGHT,
    ),
    Row(
        paid_by(_SELLER, "overdue_by_label"),
        "L1-L6: such a label holds a parcel up",
        _NOT_RECEIVED,
        those(Trail.LATE),
        _BY_PLATFORM,
        label=_WRONG,
    ),
    Row(
        paid_by(_CARRIER, "carrier_late", _FEE),
        "the designated carrier took longer than was promised",
        _LATE,
        those(Trail.LATE),
        _BY_PLATFORM,
        label=_RIGHT,
    ),
    Row(
        paid_by(_SELLER, "late_by_label", _FEE),
        "L1-L6: such a label holds a parcel up",
        _LATE,
        those(Trail.LATE),
        _BY_PLATFORM,
        label=_WRONG,
    ),
    Row(
        refused("signed_for"),
        "S1: the recipient has signed for it",
        _NOT_RECEIVED,
        those(Trail.SIGNED),
        _BY_PLATFORM,
        label=_RIGHT,
    ),
    Row(
        paid_by(_SELLER, "signed_for_elsewhere"),
        "L1-L6: under such a label somebody else may have signed",
        _NOT_RECEIVED,
        those(Trail.SIGNED),
        _BY_PLATFORM,
        label=_WRONG,
    ),
    Row(
        paid_by(_CARRIER, "broken_on_the_way"),
        "the designated carrier has broken it, and it has not arrived",
        _WAITING,
        those(Trail.DAMAGED),
        _BY_PLATFORM,
        packing=_RIGHT,
    ),
    Row(
        paid_by(_SELLER, "broken_by_packing"),
        "P1-P5: packed like this it could not last",
        _WAITING,
        those(Trail.DAMAGED),
        _BY_PLATFORM,
        packing=_WRONG,
    ),
)

_WHAT_ARRIVED: Final = (
    Row(refused("nothing_damaged_yet"), "it has not arrived", _DAMAGED, _AWAY, _BY_PLATFORM),
    Row(
        paid_by(_SELLER, "damaged_by_packing"),
        "P1: unsuitable packing is the seller's",
        _DAMAGED,
        _HERE,
        _BY_PLATFORM,
        packing=_WRONG,
    ),
    Row(
        paid_by(_CARRIER, "damaged_by_carrier"),
        "the carrier's own scan says so",
        _DAMAGED,
        those(Trail.DAMAGED),
        _BY_PLATFORM,
        packing=_RIGHT,
    ),
    Row(
        paid_by(_CARRIER, "intact_at_handover"),
        "H2: what was on file before the pickup shows it intact",
        _DAMAGED,
        those(Trail.SIGNED),
        _BY_PLATFORM,
        packing=_RIGHT,
        proofs=those(Proof.BEFORE_HANDOVER),
    ),
    Row(
        doubt("perhaps_intact"),
        "H2: what came on file later leaves it open",
        _DAMAGED,
        those(Trail.SIGNED),
        _BY_PLATFORM,
        packing=_RIGHT,
        proofs=those(Proof.LATER),
    ),
    Row(
        paid_by(_SELLER, "not_shown_intact"),
        "H2: the seller's word alone does not do",
        _DAMAGED,
        those(Trail.SIGNED),
        _BY_PLATFORM,
        packing=_RIGHT,
        proofs=those(Proof.NONE),
    ),
    Row(refused("nothing_wrong_yet"), "it has not arrived", _WRONG_ITEM, _AWAY),
    Row(
        paid_by(_SELLER, "labels_mixed_up"),
        "L1-L6: under such a label it is somebody else's parcel",
        _WRONG_ITEM,
        _HERE,
        label=_WRONG,
    ),
    Row(
        refused("right_item_on_file"),
        "H2: what was on file before the pickup shows the right goods",
        _WRONG_ITEM,
        _HERE,
        label=_RIGHT,
        proofs=those(Proof.BEFORE_HANDOVER),
    ),
    Row(
        doubt("perhaps_right_item"),
        "H2: what came on file later leaves it open",
        _WRONG_ITEM,
        _HERE,
        label=_RIGHT,
        proofs=those(Proof.LATER),
    ),
    Row(
        paid_by(_SELLER, "wrong_item"),
        "the seller packed it, and shows nothing else",
        _WRONG_ITEM,
        _HERE,
        label=_RIGHT,
        proofs=those(Proof.NONE),
    ),
)

_REFUSED_AT_THE_DOOR: Final = (
    Row(
        refused("never_at_the_door"),
        "no carrier has stood at the door with it, or it was signed for",
        _REFUSED,
        _NEVER_AT_THE_DOOR,
    ),
    Row(
        paid_by(_SELLER, "refused_for_packing"),
        "P1: a buyer may refuse what is packed badly",
        _REFUSED,
        _AT_THE_DOOR,
        packing=_WRONG,
    ),
    Row(
        paid_by(_SELLER, "refused_for_label"),
        "L1-L6: a buyer need not take such a parcel for theirs",
        _REFUSED,
        _AT_THE_DOOR,
        packing=_RIGHT,
        label=_WRONG,
    ),
    Row(
        paid_by(_SELLER, "refused_for_seller_late"),
        "it came late because it left late",
        _REFUSED,
        those(Trail.SENT_LATE),
        packing=_RIGHT,
        label=_RIGHT,
    ),
    Row(
        paid_by(_CARRIER, "refused_for_carrier"),
        "the designated carrier brought it late or damaged",
        _REFUSED,
        _CARRIERS_FAULT,
        _BY_PLATFORM,
        packing=_RIGHT,
        label=_RIGHT,
    ),
    Row(
        paid_by(_SELLER, "refused_for_own_carrier"),
        "S3: the seller's carrier brought it late or damaged",
        _REFUSED,
        _CARRIERS_FAULT,
        _BY_SELLER,
        packing=_RIGHT,
        label=_RIGHT,
    ),
    Row(
        refused("refused_without_cause", _BUYER),
        "nothing is wrong with it: a change of mind is a return, and no complaint",
        _REFUSED,
        those(Trail.ON_COURSE),
        packing=_RIGHT,
        label=_RIGHT,
    ),
)

ROWS: Final = (*_WHERE_IS_IT, *_WHAT_ARRIVED, *_REFUSED_AT_THE_DOOR, *S3_ROWS)
