"""``uk``: the United Kingdom, as far as public pages say.

They give no hours for dispatch: those are the house rules' (``standard``). What has no source is
*inferred*, and a setting.
"""

from dataclasses import replace
from typing import Final

from simulator.clock import DAY, HOUR
from simulator.market.dues import WorkingDays
from simulator.market.standard import STANDARD
from simulator.market.ways import Ways

UK: Final = replace(
    STANDARD,
    name="uk",
    ways=Ways(
        reasons="UK",
        ships_own=False,
        has_van_collection=True,
        splits_before_shipping=False,
        update_shipping_within=72 * HOUR,
        cancels_items=True,
        has_templates=True,
    ),
    has_on_hold=True,  # an hour, since December 2023 (changelog, ON_HOLD in US and UK)
    deliver_within=WorkingDays(5),  # on-time delivery rate (changelog of August 2025)
    # The platform cancels here too (order-api-overview), but no page says when: inferred from the
    # United States' seven days, with three more for the scan.
    shipping_due=WorkingDays(7),
    collection_due=WorkingDays(10),
    platform_delivery_due=30 * DAY,  # from the promised delivery, as there (inferred)
    seller_delivery_due=30 * DAY,
    # From cancel-reasons.json, where late delivery has no code here but threepl_breach.
    reason_suffix="_uk",
)
