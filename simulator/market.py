"""What differs from market to market: hours, windows, money. One frozen profile each.

The numbers of ``standard`` are the defaults of the rules of the house (M1-M4, D1-D5, H3, S2); those
marked *inferred* are ours, and settings, because no source gives them.
"""

from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, HOUR
from simulator.errors import UnknownName
from simulator.terms import STANDARD_DISPUTES, STANDARD_PACKING, DisputeTerms, PackingTerms


@dataclass(frozen=True, slots=True)
class MarketProfile:
    """One market's settings. Durations are in seconds, money in minor units of *currency*."""

    name: str
    region: str
    """ISO 3166 code of the buyers' country, as the platform shows it for the shop."""
    locale: str
    """Where buyers' names and addresses come from (a Faker locale)."""
    currency: str
    has_on_hold: bool
    """Paid orders are ON_HOLD for the remorse hour; else they await shipment at once."""
    remorse: int
    pay_within: int
    """Unpaid orders are cancelled by the platform after so long (inferred)."""
    ready_within: int
    """D1, from the order."""
    pick_up_within: int
    """D2, from the notice to the carrier."""
    ship_within: int
    """D4, from the order."""
    mark_within: int
    """D5, from the order. No source gives a number of its own: it ends with D4 (inferred)."""
    check_tracking_after: int
    """S2: the platform looks at third-party data so long after a number was given (inferred from
    its 24 h of tolerance for missing scans)."""
    scan_tolerance: int
    """S2: a scan earlier than the order by more than this is an anomaly."""
    answer_cancellation_within: int
    """A buyer's request to cancel is granted by silence after so long."""
    after_sales: int
    """Delivered orders are completed after so long (inferred)."""
    designated_carrier: str
    seller_carrier: str
    """Whom seller behaviours book when they may choose (M2)."""
    shipping_fee_minor: int
    packing: PackingTerms = STANDARD_PACKING
    """P1-P5, L1-L6: thresholds, factors, fees."""
    disputes: DisputeTerms = STANDARD_DISPUTES
    """C1, C2: windows and deadlines."""


STANDARD: Final = MarketProfile(
    name="standard",
    region="GB",
    locale="en_GB",
    currency="GBP",
    has_on_hold=True,
    remorse=HOUR,
    pay_within=DAY,
    ready_within=72 * HOUR,
    pick_up_within=48 * HOUR,
    ship_within=120 * HOUR,
    mark_within=120 * HOUR,
    check_tracking_after=24 * HOUR,
    scan_tolerance=24 * HOUR,
    answer_cancellation_within=48 * HOUR,
    after_sales=7 * DAY,
    designated_carrier="jt",
    seller_carrier="ups",
    shipping_fee_minor=299,
)

MARKETS: Final = {profile.name: profile for profile in (STANDARD,)}


def market_named(name: str) -> MarketProfile:
    """The profile of that name; UnknownName tells which there are."""
    try:
        return MARKETS[name]
    except KeyError:
        raise UnknownName("market", name, ", ".join(MARKETS)) from None
