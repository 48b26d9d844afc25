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
  - BeyondLimits
  - TrackingNumberTaken
  - CarrierMismatch
  - PartialShipping
  - ClockMovesForward
  - UnknownName
  - BadSetting
  - BadSnapshot
  - BadEvidence
  - LimitReached
  - WindowClosed
  - ComplaintOpen
  - AlreadyRefunded
  - BalanceTooLow
  - BadDemand
  - BadCommand
  - ScanOutOfTurn
  - OutOfStock
  - NotForSale
  - GoodsElsewhere
  - NotOnPlatform
  - SeveralParcels
  - OrderCombined
  - SkuDivided
  - BadGroups
  - NotCombinable
  - NotInParcel
  - UnknownReason
  - ReasonOffline
  - ReasonOfAnother
  - ReasonOutOfPlace
  - ReasonForOtherAction
  - ReasonForOtherMatter
  - ItemsIndivisible
  - ItemsExceeded
  - NotARequest
  - CancellationOver
  - NotInThisMarket
  - SplitNotAllowed
  - NotInvoiced
  - InvoiceStands
  - NotOwnFleet
  - NotBundled
  - NotDeclared
  - BadPaper
  - ReturnOpen
  - ItemsSettled
  - ItemsUnknown
  - WholeOrderOnly
  - RefundTooLarge
  - OfferOpen
  - OfferDeclined
  - PlatformDecides
  - MayNotWrite
  - SensitiveContent
  - BadCard
  - NumberUsedUp
  - AlreadyCorrected
  - CorrectionClosed
  - AlreadyCollected
  - BadWindow
  - CarriesNot
  - CourierOnTheWay
  - PickupStands

A refused command changes nothing and leaves no fact. Each error takes its arguments positionally:
SimPy rebuilds a failed process's exception as ``type(exc)(*exc.args)``.
"""

from simulator.errors.cancelling import (
    CancellationOver,
    ItemsExceeded,
    ItemsIndivisible,
    NotARequest,
    ReasonForOtherAction,
    ReasonForOtherMatter,
    ReasonOfAnother,
    ReasonOffline,
    ReasonOutOfPlace,
    UnknownReason,
)
from simulator.errors.chats import BadCard, MayNotWrite, SensitiveContent
from simulator.errors.finance import BalanceTooLow
from simulator.errors.general import (
    AlreadyRefunded,
    BadCommand,
    BadDemand,
    BadEvidence,
    BadSetting,
    BadSnapshot,
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
    NotForSale,
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
    BeyondLimits,
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
from simulator.errors.papers import (
    BadPaper,
    InvoiceStands,
    NotBundled,
    NotDeclared,
    NotInThisMarket,
    NotInvoiced,
    NotOwnFleet,
    SplitNotAllowed,
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
from simulator.errors.shipments import (
    AlreadyCollected,
    BadWindow,
    CarriesNot,
    CourierOnTheWay,
    PickupStands,
)

__all__ = [
    "AlreadyCollected",
    "AlreadyCorrected",
    "AlreadyRefunded",
    "BadCard",
    "BadCommand",
    "BadDemand",
    "BadEvidence",
    "BadGroups",
    "BadPaper",
    "BadSetting",
    "BadSnapshot",
    "BadTrackingNumber",
    "BadWindow",
    "BalanceTooLow",
    "BeyondLimits",
    "CancellationOver",
    "CancellationPending",
    "CarrierMismatch",
    "CarriesNot",
    "ClockMovesForward",
    "ComplaintOpen",
    "CorrectionClosed",
    "CourierOnTheWay",
    "DomainError",
    "GoodsElsewhere",
    "InvoiceStands",
    "ItemsExceeded",
    "ItemsIndivisible",
    "ItemsSettled",
    "ItemsUnknown",
    "LimitReached",
    "MayNotWrite",
    "NoPickupHere",
    "NotARequest",
    "NotBundled",
    "NotCombinable",
    "NotDeclared",
    "NotForSale",
    "NotFound",
    "NotInParcel",
    "NotInThisMarket",
    "NotInvoiced",
    "NotOnPlatform",
    "NotOwnFleet",
    "NumberUsedUp",
    "OfferDeclined",
    "OfferOpen",
    "OnHold",
    "OrderCombined",
    "OutOfStock",
    "PartialShipping",
    "PickupStands",
    "PlatformDecides",
    "ReasonForOtherAction",
    "ReasonForOtherMatter",
    "ReasonOfAnother",
    "ReasonOffline",
    "ReasonOutOfPlace",
    "RefundTooLarge",
    "ReturnOpen",
    "ScanOutOfTurn",
    "SensitiveContent",
    "SeveralParcels",
    "SkuDivided",
    "SlotUnavailable",
    "SplitNotAllowed",
    "TrackingNumberTaken",
    "UnknownCarrier",
    "UnknownName",
    "UnknownReason",
    "WholeOrderOnly",
    "WindowClosed",
    "WrongMode",
    "WrongStatus",
]
