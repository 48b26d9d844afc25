"""The refusals of the product group: its rows, and what the simulation refuses in them."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from simulator.errors import BadSetting, NotFound, UnknownName, WrongStatus

NO_SUCH_PRODUCT: Final = Row(12052032, "The product does not exist")
INVALID_PRODUCT: Final = Row(12019008, "Product id is invalid")
TOO_MANY_PRODUCTS: Final = Row(12019120, "The number of provided product IDs exceeds the limit")
TOO_MANY_SKUS: Final = Row(12019015, "The number of SKU exceed the limit")
NOT_UNDER_REVIEW: Final = Row(12052547, "There is no version of this product that is under review")
WRONG_PRODUCT_STATUS: Final = Row(
    12052901, "The product in its current status is not available for this operation"
)
OTHER_PLATFORM: Final = Row(
    12052330, "product is not supported to list in designated sale platform"
)
INVALID_INPUT: Final = Row(
    12052910, "Invalid input parameters: Refer to the API documentation for details"
)
CHECK_FAILED: Final = Row(12052990, "The check failed")

SEARCHED_SELLER_SKUS: Final = Row(
    12019027, "The maximum count of “seller_skus” in the search filter is 10"
)
SEARCHED_SKUS: Final = Row(12019087, "The number of SKU IDs exceeds the limit of 10")
PAGE_NUMBER: Final = Row(12019108, "page number is invalid")
PAGE_SIZE: Final = Row(12019109, "page size is invalid")
CREATED_RANGE: Final = Row(12019118, "search create time invalid")
UPDATED_RANGE: Final = Row(12019119, "search update time invalid")

NO_SKUS: Final = Row(12052902, "The SKU list is empty")
SKU_TWICE: Final = Row(12052553, "Sku id duplicate")
NO_SUCH_SKU: Final = Row(12052556, "The SKU id not exist")
FOREIGN_SKU: Final = Row(12052557, "The SKU ID does not belong to the product")
BAD_STOCK: Final = Row(12019024, "stock count is invalid")
STOCK_LIMIT: Final = Row(
    12052055, "The SKU inventory quantity for the warehouse must be within allowed limits"
)
WAREHOUSES_MISSING: Final = Row(
    12019028,
    "Multiple warehouses detected: Include all warehouse IDs and the corresponding details and "
    "try again",
)
NO_SUCH_WAREHOUSE: Final = Row(12052097, "The warehouse does not exist")
FOREIGN_WAREHOUSE: Final = Row(12052530, "The warehouse '{}' does not belong to this shop/seller")

BAD_PRICE: Final = Row(12052012, "Incorrect price format")
PRICE_INVALID: Final = Row(12052073, "The product price is invalid")
PRICE_LIMIT: Final = Row(12052570, "product price exceed limit")
NO_PRICE: Final = Row(12052424, "Missing 'sale price' value")
OTHER_CURRENCY: Final = Row(12052084, "The provided currency is not available for this shop/region")
NO_LIST_PRICE: Final = Row(12052376, "list price not support")

FROM_DOMAIN: Final[Table] = {
    NotFound: NO_SUCH_PRODUCT,
    UnknownName: NO_SUCH_SKU,
    WrongStatus: WRONG_PRODUCT_STATUS,
    BadSetting: INVALID_INPUT,
}


def bad_parameter(name: str, why: str) -> Row:
    """A parameter of the wrong type or vocabulary, in this group's own code."""
    return Row(INVALID_INPUT.code, f"{INVALID_INPUT.message}; '{name}': {why}")
