"""The refusals of bundles, invoices, customs and what else is handed in."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from mock_api.seller_center.fulfillment import refusals
from simulator.errors import BadPaper, InvoiceStands, NotFound, NotInThisMarket

INVOICE_STANDS: Final = Row(
    10007014, "The invoice already exists in the upload. Please try again later"
)
INVALID_PACKAGE: Final = Row(10007014, "invalid package id")
NOT_REDEEMED: Final = Row(10007014, "the order has no line item that is redeemed by a voucher")
NOT_CUSTOM: Final = Row(10007014, "the order has no line item that is made to a buyer's design")

OF_INVOICES: Final[Table] = {
    InvoiceStands: INVOICE_STANDS,
    NotFound: INVALID_PACKAGE,
    NotInThisMarket: refusals.WRONG_REGION,
}
OF_CUSTOMS: Final[Table] = {NotFound: refusals.BAD_PARAMETERS, BadPaper: refusals.BAD_PARAMETERS}
