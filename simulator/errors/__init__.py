"""What the marketplace can refuse, in its own words.

* DomainError
  - NotFound
  - WrongStatus
  - OnHold
  - CancellationPending
  - WrongMode
  - NoPickupHere
  - SlotUnavailable
  - UnknownCarrier
  - BadTrackingNumber
  - TrackingNumberTaken
  - CarrierMismatch
  - PartialShipping
  - ClockMovesForward
  - UnknownName
  - BadSetting
  - BadEvidence
  - LimitReached
  - WindowClosed
  - ComplaintOpen
  - AlreadyRefunded
  - BadDemand
  - ScanOutOfTurn
  - OutOfStock
  - GoodsElsewhere
  - NotOnPlatform
  - SeveralParcels
  - OrderCombined
  - SkuDivided
  - BadGroups
  - NotCombinable
  - NotInParcel
  - MayNotWrite
  - SensitiveContent
  - BadCard

A refused command changes nothing and leaves no fact. Each error takes its arguments positionally:
SimPy rebuilds a failed process's exception as ``type(exc)(*exc.args)``.
"""

from simulator.errors.chats import BadCard, MayNotWrite, SensitiveContent
from simulator.errors.general import (
    AlreadyRefunded,
    BadDemand,
    BadEvidence,
    BadSetting,
    ClockMovesForward,
    ComplaintOpen,
    DomainError,
    LimitReached,
    NotFound,
    UnknownCarrier,
    UnknownName,
    WindowClosed,
    WrongMode,
    WrongStatus,
)
from simulator.errors.goods import (
    BadGroups,
    GoodsElsewhere,
    NotCombinable,
    NotInParcel,
    NotOnPlatform,
    OrderCombined,
    OutOfStock,
    ScanOutOfTurn,
    SeveralParcels,
    SkuDivided,
)
from simulator.errors.handing import (
    BadTrackingNumber,
    CancellationPending,
    CarrierMismatch,
    NoPickupHere,
    OnHold,
    PartialShipping,
    SlotUnavailable,
    TrackingNumberTaken,
)

__all__ = [
    "AlreadyRefunded",
    "BadCard",
    "BadDemand",
    "BadEvidence",
    "BadGroups",
    "BadSetting",
    "BadTrackingNumber",
    "CancellationPending",
    "CarrierMismatch",
    "ClockMovesForward",
    "ComplaintOpen",
    "DomainError",
    "GoodsElsewhere",
    "LimitReached",
    "MayNotWrite",
    "NoPickupHere",
    "NotCombinable",
    "NotFound",
    "NotInParcel",
    "NotOnPlatform",
    "OnHold",
    "OrderCombined",
    "OutOfStock",
    "PartialShipping",
    "ScanOutOfTurn",
    "SensitiveContent",
    "SeveralParcels",
    "SkuDivided",
    "SlotUnavailable",
    "TrackingNumberTaken",
    "UnknownCarrier",
    "UnknownName",
    "WindowClosed",
    "WrongMode",
    "WrongStatus",
]
