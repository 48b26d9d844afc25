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
  - NumberUsedUp
  - AlreadyCorrected
  - CorrectionClosed

A refused command changes nothing and leaves no fact. Each error takes its arguments positionally:
SimPy rebuilds a failed process's exception as ``type(exc)(*exc.args)``.
"""

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
    AlreadyCorrected,
    BadTrackingNumber,
    CancellationPending,
    CarrierMismatch,
    CorrectionClosed,
    NoPickupHere,
    NumberUsedUp,
    OnHold,
    PartialShipping,
    SlotUnavailable,
    TrackingNumberTaken,
)

__all__ = [
    "AlreadyCorrected",
    "AlreadyRefunded",
    "BadDemand",
    "BadEvidence",
    "BadGroups",
    "BadSetting",
    "BadTrackingNumber",
    "CancellationPending",
    "CarrierMismatch",
    "ClockMovesForward",
    "ComplaintOpen",
    "CorrectionClosed",
    "DomainError",
    "GoodsElsewhere",
    "LimitReached",
    "NoPickupHere",
    "NotCombinable",
    "NotFound",
    "NotInParcel",
    "NotOnPlatform",
    "NumberUsedUp",
    "OnHold",
    "OrderCombined",
    "OutOfStock",
    "PartialShipping",
    "ScanOutOfTurn",
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
