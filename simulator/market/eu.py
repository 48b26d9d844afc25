"""``eu``: the European Union, as in Germany, as far as public pages say.

They give no hours for dispatch: those are the house rules' (``standard``). What has no source is
*inferred*, and a setting. Numbers in parentheses are sections of the tiktok-shop facts.
"""

from dataclasses import replace
from typing import Final

from simulator.calendar import office_days
from simulator.clock import DAY
from simulator.market.dues import WorkingDays
from simulator.market.standard import STANDARD
from simulator.market.ways import Ways

EU: Final = replace(
    STANDARD,
    name="eu",
    region="DE",
    locale="de_DE",
    currency="EUR",
    shipping_fee_minor=399,  # ours
    # Germany's public holidays, those of all its states; weekends off (inferred).
    calendar=office_days("Europe/Berlin", "DE"),
    ways=Ways(
        reasons="EU",
        ships_own=False,  # (6.1)
        splits_before_shipping=False,  # (6.6): EMEA splits while it ships
        bundles_first_mile=True,  # (6.6): DE, FR, IT, ES
        cancels_items=True,  # (5): US, UK, then EU
    ),
    # The hold is the US's and the UK's (5); here the buyer's hour runs while the order awaits
    # shipment.
    has_on_hold=False,
    deliver_within=WorkingDays(5),  # on-time delivery rate (14.2, changelog of August 2025)
    # When the platform cancels is inferred, as in the United Kingdom.
    shipping_due=WorkingDays(7),
    collection_due=WorkingDays(10),
    platform_delivery_due=30 * DAY,
    seller_delivery_due=30 * DAY,
    # "Automatically canceled as not delivered within 30 days of es…" (cancel-reasons.json).
    overdue_reason="system_cancel_order_exceed_edt_not_arrive",
)
