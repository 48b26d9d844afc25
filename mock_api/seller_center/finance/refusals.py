"""How the finance group says no. Its documented list is short: 22005007 (no such merchant), which
the shop cipher's gate never lets through, and 36009003, the platform's own failure."""

from typing import Final

from mock_api.seller_center.errors import Row

PAYMENTS_UNAVAILABLE: Final = Row(
    36009003, "Internal error. Payments are not available in the market of this shop."
)
"""Get Payments is "unavailable to SEA markets"; which code it has there is not documented: the only
one in its list (inferred)."""
