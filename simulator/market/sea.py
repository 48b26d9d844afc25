"""``sea``: South-East Asia, by the platform's public pages for sellers in Vietnam.

A source in brackets is a page's number at seller-vn (or seller-th, where it says th)
.tiktok.com/university/essay?knowledge_id=…. What has none is *inferred*, and a setting.
"""

from dataclasses import replace
from typing import Final

from simulator.calendar import office_days
from simulator.clock import DAY, HOUR
from simulator.market.dues import EndOfWorkingDay
from simulator.market.finance import FinanceTerms
from simulator.market.parcel_limits import CategoryLimit, ParcelLimits
from simulator.market.penalties import CANCELLED, Effect, Milestone, PenaltyScheme, Rate
from simulator.market.profile import ClockStart
from simulator.market.standard import STANDARD
from simulator.market.ways import Ways

_CUT_OFF: Final = 14
"""Orders from two in the afternoon on belong to the next working day [7261258355672849]."""

SEA: Final = replace(
    STANDARD,
    name="sea",
    region="VN",
    locale="vi_VN",
    currency="VND",
    minor_digits=0,
    price_factor=300,  # ours: roughly dong for a penny
    shipping_fee_minor=30_000,  # ours
    # Saturdays and Sundays are no working days (inferred).
    calendar=office_days("Asia/Ho_Chi_Minh", "VN"),
    # From the payment on (inferred): by M3 a buyer who pays the next day would make the seller
    # late at once.
    counts_from=ClockStart.PAID,
    ways=Ways(
        reasons="VN",
        marks_shipped=False,
        ignores_handover=True,
        own_fleet=True,
        splits_while_shipping=False,
        splits_whole_skus=True,
        bundles_first_mile=True,
        update_shipping_within=72 * HOUR,
        buyer_cancels_ready=True,
        ranks_shipping=True,
    ),
    finance=FinanceTerms(to_bank=False),
    has_on_hold=False,  # the buyer's hour runs while the order awaits shipment (order-api-overview)
    # Handed over by the end of its day [7261258355672849]; ready, and marked, by then (inferred).
    ready_within=EndOfWorkingDay(0, _CUT_OFF),
    ship_within=EndOfWorkingDay(0, _CUT_OFF),
    mark_within=EndOfWorkingDay(0, _CUT_OFF),
    # D2 stays at 48 h (inferred).
    answer_cancellation_within=24 * HOUR,  # [th 6837799362201346]; the overview says 48 h
    shipping_due=EndOfWorkingDay(2, _CUT_OFF),  # [7261258355672849, 2898390371550978]
    collection_due=EndOfWorkingDay(3, _CUT_OFF),  # the same
    platform_delivery_due=30 * DAY,  # inferred
    seller_delivery_due=15 * DAY,  # bigseller.com/blog/articleDetails/3739
    # The platform documents the two kinds of limit, and no number of one: inferred.
    parcel_limits=ParcelLimits(units_max=30, categories=(CategoryLimit("603014", 2),)),
    penalties=PenaltyScheme(
        clear_after=90 * DAY,  # [th 6837797185423105]
        # A week with a tenth or more of its orders cancelled by the seller's fault costs two
        # points, or four from thirty orders on [th 4260207925872400]. Late dispatch costs as much
        # [th 2491464556136208], from a tenth on [th 6837814453094145]; its window and its thirty
        # orders are inferred.
        rates=(
            Rate("SFCR", CANCELLED, 7, 10, 2, 30, 4),
            Rate("LDR", "D4", 7, 10, 2, 30, 4),
        ),
        # Four milestones, the last one for good [th 6837797185423105]; their places are those
        # that bigseller.com reports (blog/articleDetails/3429).
        milestones=(
            Milestone(12, "first_milestone"),
            Milestone(24, "second_milestone"),
            Milestone(36, "third_milestone"),
            Milestone(48, "closed", for_good=True, effect=Effect.CLOSES),
        ),
    ),
)
