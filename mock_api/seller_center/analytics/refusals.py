"""How the analytics group says no. Its endpoints are in no public page: only the newer client has
them, without a list of errors. So all of this is inferred."""

from typing import Final

from mock_api.seller_center.errors import bad_parameter

NOT_IN_THIS_MARKET: Final = bad_parameter(
    "shop_cipher", "the Shop Performance Score is for shops of the United States"
)
