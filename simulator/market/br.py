"""``br``: Brazil, as far as public pages say.

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

BR: Final = replace(
    STANDARD,
    name="br",
    region="BR",
    locale="pt_BR",
    currency="BRL",
    price_factor=7,  # ours: roughly centavos for a penny
    shipping_fee_minor=1_990,  # ours
    # National holidays; weekends off (inferred).
    calendar=office_days("America/Sao_Paulo", "BR"),
    ways=Ways(
        reasons="BR",
        marks_shipped=False,  # (6.1): LATAM ships its own by Ship Package
        own_tracking=True,  # (6.4): US and BR sellers push their own events
        invoice_first=True,  # (6.1): NF-e
        prints_zpl=True,  # (6.3)
        splits_while_shipping=False,  # (6.6): LATAM splits before it ships
        splits_whole_skus=True,  # (6.6): BR, SEA, MX local
        names=Names.WHOLE,  # (5, changelog of names in BR and MX)
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
