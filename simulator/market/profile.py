"""What differs from market to market: hours, windows, money, and what follows a breach.

One frozen profile each, in a module of its own that says where each number is from.
"""

from dataclasses import dataclass

from simulator.calendar import Calendar
from simulator.clock import Instant
from simulator.market.dues import DueRule, due
from simulator.market.finance import STANDARD_FINANCE, FinanceTerms
from simulator.market.parcel_limits import NO_LIMITS, ParcelLimits
from simulator.market.penalties import PenaltyScheme
from simulator.market.ways import Ways
from simulator.terms import (
    STANDARD_DISPUTES,
    STANDARD_PACKING,
    STANDARD_RETURNS,
    DisputeTerms,
    PackingTerms,
    ReturnTerms,
)
from simulator.words import Word


class ClockStart(Word):
    """From when on an order's deadlines count."""

    PLACED = "placed"
    """M3: the buyer's checkout."""
    PAID = "paid"


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
    """Unpaid orders are cancelled by the platform after so long."""
    ready_within: DueRule
    """D1, from the order."""
    pick_up_within: DueRule
    """D2, from the notice to the carrier."""
    ship_within: DueRule
    """D4, from the order."""
    mark_within: DueRule
    """D5, from the order."""
    check_tracking_after: int
    """S2: the platform looks at third-party data so long after a number was given."""
    scan_tolerance: int
    """S2: a scan earlier than the order by more than this is an anomaly."""
    answer_cancellation_within: int
    """A buyer's request to cancel is granted by silence after so long."""
    after_sales: int
    """Delivered orders are completed after so long."""
    designated_carrier: str
    seller_carrier: str
    """Whom seller behaviours book when they may choose (M2)."""
    shipping_fee_minor: int
    calendar: Calendar
    """Whose days the deadlines count."""
    ways: Ways
    """How orders are shipped, changed and shown here."""
    counts_from: ClockStart = ClockStart.PLACED
    minor_digits: int = 2
    """Decimal places of the currency: a minor unit is the last one's."""
    price_factor: int = 1
    """Minor units of this market's currency for one of the shelf's prices."""
    answer_refund_within: int = 0
    """A buyer's request for a refund is granted by silence after so long."""
    deliver_within: DueRule | None = None
    """The delivery that buyers are promised, from the order. ``None``, here and below: the market
    has no such limit."""
    shipping_due: DueRule | None = None
    """The platform cancels what does not await its collection by then."""
    collection_due: DueRule | None = None
    """The platform cancels what has no scan by then."""
    platform_delivery_due: DueRule | None = None
    """Platform shipping: the platform cancels what is not delivered by then, from the promised
    delivery where there is one."""
    seller_delivery_due: DueRule | None = None
    """The same, of seller shipping."""
    packing: PackingTerms = STANDARD_PACKING
    """P1-P5, L1-L6: thresholds, factors, fees."""
    disputes: DisputeTerms = STANDARD_DISPUTES
    """C1, C2: windows and deadlines."""
    reason_suffix: str = ""
    """What the platform's own reasons to cancel end with here."""
    overdue_reason: str = "threepl_breach"
    """Its reason for what was not delivered in time."""
    reimburses_overdue: bool = False
    """Platform shipping: the carrier pays for the goods of an order that it had and did not
    deliver in time, unasked."""
    orders_per_parcel_max: int = 20
    """A combined parcel holds goods of so many orders: that many may share a tracking number
    (section 6.2)."""
    parcel_limits: ParcelLimits = NO_LIMITS
    """What has to be split."""
    penalties: PenaltyScheme | None = None
    """``None``: breaches are recorded, and nothing follows."""
    subsidy_percent: int = 0
    """X5: of the designated carrier's price, what the platform pays. Markets have programmes that
    come and go; no source gives a lasting share."""
    returns: ReturnTerms = STANDARD_RETURNS
    """Returns and replacements: deadlines and spans."""
    finance: FinanceTerms = STANDARD_FINANCE
    """The platform's tariff, and when it pays."""

    def due(self, rule: DueRule, start: Instant) -> Instant:
        """When *rule* falls due, for what began at *start*."""
        return due(rule, start, self.calendar)
