"""What is agreed about packing and about complaints: the numbers, each a setting of the market.

"§" names a section of the fact file on TikTok Shop; what no source gives is marked *inferred*, and
is ours. Durations are in seconds of the calendar: sources count in business days.
"""

from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, HOUR

Span = tuple[int, int]
"""The shortest and the longest time, in seconds."""
Factors = tuple[tuple[str, float], ...]
"""Rule ids, each with what breaking it multiplies a probability by."""


@dataclass(frozen=True, slots=True)
class PackingTerms:
    """What packing must withstand, and what it costs to break a rule of P1-P5 or L1-L6.

    The rules give no numbers: all of them are inferred.
    """

    mailer_g_max: int = 500
    single_wall_g_max: int = 10_000
    double_wall_g_max: int = 30_000
    """P1: the heaviest goods for each class of carton; triple wall carries whatever is sold."""
    room_mm_min: int = 20
    """P2: free space between the goods and each wall."""
    damage: Factors = (("P1", 4.0), ("P2", 2.0), ("P3", 1.5), ("P4", 1.25), ("P5", 1.25))
    """How much likelier the goods get damaged, rule by rule."""
    refusal: Factors = (
        ("P1", 3.0),
        ("P2", 1.5),
        ("P3", 1.5),
        ("P4", 1.25),
        ("P5", 1.25),
        ("L1", 1.5),
    )
    """How much likelier the buyer refuses the parcel."""
    relabel_fee_minor: int = 150
    """L5: what a carrier charges the seller for a new label."""
    dispose_share: float = 0.5
    """L5: the share of parcels to unknown recipients that the carrier disposes of; it sends the
    others back."""
    relabel_share: float = 0.9
    """L5: the share of wrongly labelled parcels to known recipients that the carrier relabels; it
    sends the others back."""
    refusal_rate: float = 0.003
    """P1: how probable it is that a buyer refuses a parcel that is packed and labelled rightly."""
    address: Factors = (("L2", 10.0),)
    """How much likelier a label makes it that the address cannot be found."""


@dataclass(frozen=True, slots=True)
class DisputeTerms:
    """How long everybody has in a dispute, and what counts as lost or late."""

    complain_within: int = 40 * DAY
    """C1: from the order's last change; as claims for lost and damaged parcels (§14.3)."""
    take_up_span: Span = (HOUR, DAY)
    """C1: from submitted to under review (inferred)."""
    decide_span: Span = (DAY, 5 * DAY)
    """C1: from under review to the decision; claims are paid in one to five business days (§14.3),
    so they are decided in as many (inferred)."""
    appeal_within: tuple[int, ...] = (30 * DAY, 15 * DAY)
    """C1: from a rejection to the first appeal, and to the second (§14.3)."""
    deliver_within: int = 21 * DAY
    """C1, C2: the promise, from the first scan. X1's fifteen working days are three weeks."""
    stalled_after: int = 10 * DAY
    """C2: a parcel that has not moved for longer is lost (US, §14.3)."""
    answer_within: int = 48 * HOUR
    """C2: the seller's time to answer a buyer's complaint, as for refunds and returns (§8)."""
    silence_concedes: bool = True
    """C2: a seller who does not answer has agreed, as with refunds and returns (§8)."""
    arbitrate_span: Span = (DAY, 5 * DAY)
    """C2: from a seller's contradiction to the platform's decision (inferred)."""
    refund_span: Span = (DAY, 5 * DAY)
    """C2: from the decision until the money is back (inferred; as claims, §14.3)."""
    complaints_max: int = 10
    """Complaints of one kind about one order (ours: everything has a limit)."""
    documents_max: int = 20
    """H2: photos and papers on file for one parcel (ours)."""
    document_bytes_max: int = 1024 * 1024
    """H2: the longest of them (ours)."""


@dataclass(frozen=True, slots=True)
class ReturnTerms:
    """How long everybody has when goods are to go back, or others to come."""

    answer_within: int = 48 * HOUR
    """The seller's time to answer a return; silence grants it (§8)."""
    answer_replacement_within: int = 24 * HOUR
    """The same, for a replacement (§8)."""
    send_within: int = 10 * DAY
    """The buyer's time to send the goods (inferred: the sources only say that it ends)."""
    way_span: Span = (3 * DAY, 10 * DAY)
    """How long they are on their way back (inferred)."""
    inspect_within: int = 48 * HOUR
    """The seller's time to look at what came back; silence accepts it (§8)."""
    dispute_within: int = 3 * DAY
    """The buyer's time to turn to the platform after a no (inferred: the same)."""
    arbitrate_span: Span = (DAY, 5 * DAY)
    """From there to the platform's decision (inferred, as for complaints)."""
    respond_within: int = 48 * HOUR
    """The buyer's time to answer an offer of a part; silence declines it (inferred)."""
    pickup_span: Span = (HOUR, 2 * DAY)
    """From the buyer's call to the carrier's coming for what goes back (inferred)."""
    returns_max: int = 10
    """Requests about one order (ours: everything has a limit)."""


STANDARD_PACKING: Final = PackingTerms()
STANDARD_DISPUTES: Final = DisputeTerms()
STANDARD_RETURNS: Final = ReturnTerms()
