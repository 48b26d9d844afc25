"""Ids that look like the platform's: 18 digits, the kind told by the first four.

The middle eight digits count, so ids of one kind rise and never collide; the last six are drawn by
name, so that no client can guess the next one by adding one.
"""

from typing import Final

from simulator.streams import Streams

ORDER: Final = "5764"
LINE_ITEM: Final = "5770"
PACKAGE: Final = "1152"
CANCELLATION: Final = "4035"
REFUND: Final = "4036"
RETURN: Final = "4037"
BUYER: Final = "7021"
SHOP: Final = "7494"
WAREHOUSE: Final = "6955"
CARRIER_COMPLAINT: Final = "4051"
BUYER_COMPLAINT: Final = "4052"
DOCUMENT: Final = "4053"
BUNDLE: Final = "BA"
CONSIGNMENT: Final = "6960"
STATEMENT: Final = "7238"
PAYMENT: Final = "3459"
WITHDRAWAL: Final = "3460"
CONVERSATION: Final = "7106"
MESSAGE: Final = "7223"
SESSION: Final = "7224"
SHIPMENT: Final = "6301"
PICKUP: Final = "6302"
TRACKER: Final = "6303"
DEMAND: Final = "demand"
"""Counted like the others; sources are named by people, or numbered."""

_TAIL: Final = 10**6


class Mint:
    """Hands out ids, one counter a kind; the counters are its whole state."""

    def __init__(self, streams: Streams, counted: dict[str, int] | None = None) -> None:
        self._streams = streams
        self.counted: dict[str, int] = dict(counted or {})

    def next_id(self, kind: str) -> str:
        nth = self.counted.get(kind, 0) + 1
        self.counted[kind] = nth
        tail = int(self._streams.unit("id", kind, nth) * _TAIL)
        return f"{kind}{nth:08d}{tail:06d}"
