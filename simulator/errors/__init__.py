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
  - ReturnOpen
  - ItemsSettled
  - ItemsUnknown
  - WholeOrderOnly
  - RefundTooLarge
  - OfferOpen
  - OfferDeclined
  - PlatformDecides

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
    BadTrackingNumber,
    CancellationPending,
    CarrierMismatch,
    NoPickupHere,
    OnHold,
    PartialShipping,
    SlotUnavailable,
    TrackingNumberTaken,
)
from simulator.errors.returning import (
    ItemsSettled,
    ItemsUnknown,
    OfferDeclined,
    OfferOpen,
    PlatformDecides,
    RefundTooLarge,
    ReturnOpen,
    WholeOrderOnly,
)

__all__ = [
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
    "DomainError",
    "GoodsElsewhere",
    "ItemsSettled",
    "ItemsUnknown",
    "LimitReached",
    "NoPickupHere",
    "NotCombinable",
    "NotFound",
    "NotInParcel",
    "NotOnPlatform",
    "OfferDeclined",
    "OfferOpen",
    "OnHold",
    "OrderCombined",
    "OutOfStock",
    "PartialShipping",
    "PlatformDecides",
    "RefundTooLarge",
    "ReturnOpen",
    "ScanOutOfTurn",
    "SeveralParcels",
    "SkuDivided",
    "SlotUnavailable",
    "TrackingNumberTaken",
    "UnknownCarrier",
    "UnknownName",
    "WholeOrderOnly",
    "WindowClosed",
    "WrongMode",
    "WrongStatus",
]
