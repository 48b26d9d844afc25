"""What sellers get wrong: packings that break one of P1-P5, labels that break one of L1-L6, and
numbers that are not the label's. Pure: which mistake it is, the caller draws by name."""

from dataclasses import replace
from typing import Any, Final

from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.packing import Closure, Cushioning, Packing

_PACKING: Final[tuple[dict[str, Any], ...]] = (
    {"cushioning": (Cushioning.NONE,)},  # P1
    {"room_mm": 0},  # P2
    {"cushioning": (Cushioning.LOOSE_FILL,)},  # P3
    {"closure": (Closure.PLASTIC_TAPE, Closure.ELASTIC_BAND)},  # P4
    {"closure": (Closure.LARGE_STAPLES,)},  # P5
)

BAD_LABELS: Final = (
    Label(firmly_attached=False),  # L1
    Label(postal_code=False),  # L2
    Label(order_number=False),  # L3
    Label(sender_address=False),  # L4
    Label(accuracy=Accuracy.WRONG_RECIPIENT_KNOWN),  # L5
    Label(accuracy=Accuracy.WRONG_RECIPIENT_UNKNOWN),  # L5
    Label(barcode_scans=False),  # L6
)


def bad_packings(right: Packing) -> tuple[Packing, ...]:
    """One for each of P1-P5, in their order, each with everything else *right*."""
    return tuple(replace(right, **wrong) for wrong in _PACKING)


def without_its_last_digit(number: str) -> str:
    """A number that no carrier prints: its own are all of one length."""
    return number[:-1]
