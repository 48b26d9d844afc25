"""``jp``: Japan, as far as public pages say.

They give no hours: those are the house rules' (``standard``) and, for what the platform cancels,
the United Kingdom's (inferred). Numbers in parentheses are sections of the tiktok-shop facts.
"""

from dataclasses import replace
from typing import Final

from simulator.calendar import office_days
from simulator.clock import DAY
from simulator.market.dues import WorkingDays
from simulator.market.standard import STANDARD
from simulator.market.ways import Names, Ways

JP: Final = replace(
    STANDARD,
    name="jp",
    region="JP",
    locale="ja_JP",
    currency="JPY",
    minor_digits=0,
    price_factor=2,  # ours: roughly yen for a penny
    shipping_fee_minor=500,  # ours
    # Public holidays; weekends off (inferred).
    calendar=office_days("Asia/Tokyo", "JP"),
    ways=Ways(
        reasons="JP",
        # Seller shipping goes by Mark Package As Shipped; platform shipping is "not described"
        # (6.1): as in most markets, by Ship Package (inferred).
        ships_own=False,
        # (6.6): split before shipping, and, by its policy section, while shipping too.
        bundles_first_mile=True,
        names=Names.FAMILY_FIRST,  # first_name_local_script, last_name_local_script
        has_templates=True,
    ),
    has_on_hold=False,  # (5): the hold is the US's and the UK's
    deliver_within=WorkingDays(5),
    shipping_due=WorkingDays(7),
    collection_due=WorkingDays(10),
    platform_delivery_due=30 * DAY,
    seller_delivery_due=30 * DAY,
    # "Automatically canceled as not delivered within 30 days of es…" (cancel-reasons.json).
    overdue_reason="system_cancel_order_exceed_edt_not_arrive",
)
