"""What happened. Past tense, immutable, enough to rebuild every read model.

A fact holds ids, names, whole numbers and instants; never an object of the model. Its *kind*, in
the journal and in every report, is its class's name.

* Fact
  - OrderFact: something about one order
    - OrderMoved: its status changed; ``status`` is the new one
"""

from simulator.facts.base import (
    Fact,
    OrderFact,
    OrderMoved,
)
from simulator.facts.cases import (
    BreachWaived,
    BuyerComplained,
    BuyerComplaintAnswered,
    BuyerComplaintClosed,
    BuyerComplaintDecided,
    CarrierComplaintAppealed,
    CarrierComplaintDecided,
    CarrierComplaintFiled,
    CarrierComplaintTakenUp,
    EvidenceAttached,
    LabelDeclared,
    PackingDeclared,
)
from simulator.facts.money import (
    PenaltyCharged,
    PenaltyLifted,
    RefundMoved,
    RefundPaid,
    ReimbursementPaid,
    ShopRestricted,
)
from simulator.facts.packages import (
    OrderSplit,
    ParcelHandedTo,
    ParcelMarkedShipped,
    ParcelsCombined,
    ParcelUncombined,
)
from simulator.facts.voyage import (
    AddressChanged,
    CancellationMoved,
    CarrierHeld,
    CarrierNotified,
    DemandAdded,
    DemandEnded,
    OrderCancelled,
    OrderCompleted,
    OrderDelivered,
    OrderMarkedShipped,
    OrderPaid,
    OrderPlaced,
    OrderReadyToShip,
    OrderReleased,
    OrderShipped,
    ParcelBooked,
    ParcelCreated,
    ParcelScanned,
    RoundSkipped,
    RuleBreached,
    TrackingAnomaly,
    VanFull,
)

__all__ = [
    "AddressChanged",
    "BreachWaived",
    "BuyerComplained",
    "BuyerComplaintAnswered",
    "BuyerComplaintClosed",
    "BuyerComplaintDecided",
    "CancellationMoved",
    "CarrierComplaintAppealed",
    "CarrierComplaintDecided",
    "CarrierComplaintFiled",
    "CarrierComplaintTakenUp",
    "CarrierHeld",
    "CarrierNotified",
    "DemandAdded",
    "DemandEnded",
    "EvidenceAttached",
    "Fact",
    "LabelDeclared",
    "OrderCancelled",
    "OrderCompleted",
    "OrderDelivered",
    "OrderFact",
    "OrderMarkedShipped",
    "OrderMoved",
    "OrderPaid",
    "OrderPlaced",
    "OrderReadyToShip",
    "OrderReleased",
    "OrderShipped",
    "OrderSplit",
    "PackingDeclared",
    "ParcelBooked",
    "ParcelCreated",
    "ParcelHandedTo",
    "ParcelMarkedShipped",
    "ParcelScanned",
    "ParcelUncombined",
    "ParcelsCombined",
    "PenaltyCharged",
    "PenaltyLifted",
    "RefundMoved",
    "RefundPaid",
    "ReimbursementPaid",
    "RoundSkipped",
    "RuleBreached",
    "ShopRestricted",
    "TrackingAnomaly",
    "VanFull",
]
