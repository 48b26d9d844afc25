"""What the platform calls a cancellation's status, and whoever cancels."""

from collections.abc import Mapping
from typing import Final, Literal

from simulator.orders.model import CancellationStatus, Party

ROLE: Final[Mapping[Party, str]] = {
    Party.BUYER: "BUYER",
    Party.SELLER: "SELLER",
    Party.PLATFORM: "SYSTEM",
}
STATUS: Final[Mapping[CancellationStatus, str]] = {
    CancellationStatus.PENDING: "CANCELLATION_REQUEST_PENDING",
    CancellationStatus.GRANTED: "CANCELLATION_REQUEST_SUCCESS",
    CancellationStatus.REFUNDED: "CANCELLATION_REQUEST_COMPLETE",
    CancellationStatus.CLOSED: "CANCELLATION_REQUEST_CANCELLED",
}
"""As answers of 202309 and webhook 11 spell it."""

# A filter's spelling has no "LED" at its end, as the documents have it.
StatusFilter = Literal[
    "CANCELLATION_REQUEST_PENDING",
    "CANCELLATION_REQUEST_SUCCESS",
    "CANCELLATION_REQUEST_CANCEL",
    "CANCELLATION_REQUEST_COMPLETE",
]
FILTERED: Final[Mapping[StatusFilter, CancellationStatus]] = {
    "CANCELLATION_REQUEST_PENDING": CancellationStatus.PENDING,
    "CANCELLATION_REQUEST_SUCCESS": CancellationStatus.GRANTED,
    "CANCELLATION_REQUEST_CANCEL": CancellationStatus.CLOSED,
    "CANCELLATION_REQUEST_COMPLETE": CancellationStatus.REFUNDED,
}
SPELT_AS_FILTERED: Final[Mapping[CancellationStatus, str]] = {
    status: spelling for spelling, status in FILTERED.items()
}
"""As answers of 202602 spell it: the newer client lists these."""

Type = Literal["CANCEL", "BUYER_CANCEL"]
"""Done at once, or a buyer's request that the seller decides about."""
