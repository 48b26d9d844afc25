"""What a seller says about a parcel's label, which of the rules L1-L6 that breaks, and what a
carrier does with a label that is wrong (L5).

Pure: a declaration in, violations out; for L5 a draw as well, which the caller makes by name.
"""

from dataclasses import dataclass

from simulator.parcels.packing import Violation
from simulator.terms import STANDARD_PACKING, PackingTerms
from simulator.words import Word


class Accuracy(Word):
    """Whether the label tells the truth (L5)."""

    ACCURATE = "accurate"
    WRONG_RECIPIENT_KNOWN = "wrong_recipient_known"
    """Wrong, but whose parcel it is can be found out."""
    WRONG_RECIPIENT_UNKNOWN = "wrong_recipient_unknown"


@dataclass(frozen=True, slots=True)
class Label:
    """A declared label. The defaults are a right one."""

    firmly_attached: bool = True
    recipient_name: bool = True
    recipient_address: bool = True
    postal_code: bool = True
    order_number: bool = True
    sender_name: bool = True
    sender_address: bool = True
    accuracy: Accuracy = Accuracy.ACCURATE
    barcode_attached: bool = True
    barcode_scans: bool = True
    """To the tracking number."""


class Fate(Word):
    """What a carrier does with a parcel, once it has read the label (L5)."""

    GOES_ON = "goes_on"
    RELABELLED = "relabelled"
    RETURNED = "returned"
    DISPOSED = "disposed"


@dataclass(frozen=True, slots=True)
class LabelOutcome:
    """A parcel's fate, and what the seller pays for it."""

    fate: Fate
    cost_minor: int = 0


def label_violations(label: Label) -> list[Violation]:
    """What is wrong with *label*, in the order of the rules."""
    checks = (
        ("L1", label.firmly_attached, "the label is not firmly attached"),
        ("L2", label.recipient_name, "the recipient's name is missing"),
        ("L2", label.recipient_address, "the recipient's address is missing or not full"),
        ("L2", label.postal_code, "the recipient's postal code is missing"),
        ("L3", label.order_number, "the order number is missing"),
        ("L4", label.sender_name, "the seller's name is missing"),
        ("L4", label.sender_address, "the seller's address is missing or not full"),
        ("L5", label.accuracy is Accuracy.ACCURATE, f"the label is not accurate: {label.accuracy}"),
        ("L6", label.barcode_attached, "the carrier's barcode is not firmly attached"),
        ("L6", label.barcode_scans, "the barcode does not scan to the tracking number"),
    )
    return [Violation(rule, words) for rule, right, words in checks if not right]


def wrong_label_outcome(
    label: Label, draw: float, terms: PackingTerms = STANDARD_PACKING
) -> LabelOutcome:
    """L5: disposed of, or sent back, when nobody knows whose it is; relabelled at the seller's
    cost, or sent back, when somebody does. *draw* in [0, 1) decides which."""
    match label.accuracy:
        case Accuracy.ACCURATE:
            return LabelOutcome(Fate.GOES_ON)
        case Accuracy.WRONG_RECIPIENT_KNOWN if draw < terms.relabel_share:
            return LabelOutcome(Fate.RELABELLED, terms.relabel_fee_minor)
        case Accuracy.WRONG_RECIPIENT_UNKNOWN if draw < terms.dispose_share:
            return LabelOutcome(Fate.DISPOSED)
        case _:
            return LabelOutcome(Fate.RETURNED)
