"""``standard``: the market that the rules of the house describe (M1-M4, D1-D5, H3, S2).

Numbers marked *inferred* are ours, and settings, because no source gives them. Breaches are
recorded, and nothing follows.
"""

from typing import Final

from simulator.calendar import office_days
from simulator.clock import DAY, HOUR
from simulator.market.profile import MarketProfile
from simulator.market.ways import Ways

STANDARD: Final = MarketProfile(
    name="standard",
    region="GB",
    locale="en_GB",
    currency="GBP",
    has_on_hold=True,
    remorse=HOUR,
    pay_within=DAY,  # inferred
    ready_within=72 * HOUR,
    pick_up_within=48 * HOUR,
    ship_within=120 * HOUR,
    mark_within=120 * HOUR,  # no source gives D5 a number of its own: it ends with D4 (inferred)
    check_tracking_after=24 * HOUR,  # inferred from the day of tolerance for missing scans
    scan_tolerance=24 * HOUR,
    answer_cancellation_within=48 * HOUR,
    answer_refund_within=48 * HOUR,
    after_sales=7 * DAY,  # inferred
    designated_carrier="jt",
    seller_carrier="ups",
    shipping_fee_minor=299,
    calendar=office_days("Europe/London", "GB-ENG"),
    # The house market lets sellers go any way that some market has.
    ways=Ways(reasons="EU", own_fleet=True, own_tracking=True),
)
