"""``us``: the United States, by the platform's public pages for sellers there.

A source in brackets is a page's number at seller-us.tiktok.com/university/essay?knowledge_id=….
What has none is *inferred*, and a setting.
"""

from dataclasses import replace
from typing import Final

from simulator.calendar import office_days
from simulator.clock import DAY, HOUR
from simulator.market.dues import EndOfWorkingDay
from simulator.market.penalties import BreachPoints, Effect, Milestone, PenaltyScheme
from simulator.market.standard import STANDARD
from simulator.market.ways import Drafts, Masking, Ways

US: Final = replace(
    STANDARD,
    name="us",
    region="US",
    locale="en_US",
    currency="USD",
    # The cut-off is 11:59 PM Pacific time; weekends and federal holidays are no business days
    # [8064131472115499].
    calendar=office_days("America/Los_Angeles", "US"),
    ways=Ways(
        reasons="US",
        drafts=Drafts.SHIPPING,
        creates_packages=True,
        ships_own=False,
        warns_of_mismatch=True,
        splits_before_shipping=False,
        update_shipping_within=72 * HOUR,
        shipping_rejects_cancellation=True,
        cancels_items=True,
        seller_cancels_ready=True,
        seller_starts_returns=True,
        scores_shops=True,
        masking=Masking.STATUS,
        own_tracking=True,
    ),
    has_on_hold=True,  # an hour, since December 2023 (changelog, ON_HOLD in US and UK)
    ready_within=EndOfWorkingDay(1),  # inferred: a day before the scan is due
    # D2 stays at 48 h (inferred).
    ship_within=EndOfWorkingDay(2),  # the carrier's scan [3995852763301633, 8064131472115499]
    mark_within=EndOfWorkingDay(2),  # with D4 (inferred)
    deliver_within=EndOfWorkingDay(6),  # [8064131472115499]
    shipping_due=EndOfWorkingDay(7),  # [8064131472115499]
    # The platform cancels here too (order-api-overview), but no page says when: inferred.
    collection_due=EndOfWorkingDay(10),
    # Thirty days after the estimated delivery (the reason's label in cancel-reasons.json).
    platform_delivery_due=30 * DAY,
    seller_delivery_due=30 * DAY,
    overdue_reason="system_cancel_order_exceed_edt_not_arrive",
    reimburses_overdue=True,  # stalled parcels are compensated unasked [5569963429185294]
    penalties=PenaltyScheme(
        # The rating goes to 1000, is excellent from 200, fair from 51, poor from 1, and at 0 the
        # shop is deactivated; 180 days (partner-guide/support-and-health/us-shop-health.md). That
        # a new shop has 200, and what a late order costs it, is inferred.
        clear_after=180 * DAY,
        full_rating=200,
        breaches=(BreachPoints("D4", 2),),
        milestones=(
            Milestone(1, "fair", effect=Effect.NONE),
            Milestone(150, "poor"),
            Milestone(200, "deactivated", effect=Effect.CLOSES),
        ),
    ),
)
