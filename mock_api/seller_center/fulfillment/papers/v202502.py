"""Fulfillment, version 202502: Upload Invoice."""

from typing import Annotated, Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment.failures import refusal_of
from mock_api.seller_center.fulfillment.papers import invoice_file
from mock_api.seller_center.fulfillment.papers.refusals import INVALID_PACKAGE, OF_INVOICES
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_parcel, world_of
from simulator.papers.model import InvoiceFile

router: Final = gated_router("fulfillment", "202502")

MOST_AT_ONCE: Final = 50


class InvoiceWish(Body):
    package_id: str
    order_ids: list[str] | str
    """The documents' sample has one id where the type says a list."""
    file_type: Literal["XML"]
    file: str

    @property
    def orders(self) -> list[str]:
        return [self.order_ids] if isinstance(self.order_ids, str) else self.order_ids


class Invoices(Body):
    invoices: Annotated[list[InvoiceWish], Field(max_length=MOST_AT_ONCE)] | None = None


class InvoiceDetail(Wire):
    package_id: str
    order_ids: list[str]


class InvoiceError(Wire):
    code: int
    message: str
    detail: InvoiceDetail


class InvoicesResult(Wire):
    errors: list[InvoiceError] | None = None


@router.post("/invoice/upload", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def upload_invoice(
    request: Request, caller: CallerDep, wanted: Invoices
) -> Envelope[InvoicesResult]:
    """Each invoice by itself. What is wrong inside a file, webhook 36 says later."""
    errors = []
    for each in wanted.invoices or ():
        row = refusal_of(lambda each=each: _upload(caller, each), OF_INVOICES)  # type: ignore[misc]
        if row:
            errors.append(_error(each, row))
    return ok(request, InvoicesResult(errors=errors or None))


def _upload(caller: Caller, wanted: InvoiceWish) -> None:
    _, parcel = own_parcel(caller, wanted.package_id, INVALID_PACKAGE)
    content = invoice_file.decoded(wanted.file)
    paper = invoice_file.read(content) if content else InvoiceFile()
    if len(wanted.file) > invoice_file.FILE_MOST * 2:
        raise Refusal(Row(10007014, "The invoice file is larger than 1 MB"))
    world_of(caller).papers.upload_invoice(parcel.id, wanted.orders, paper)


def _error(wanted: InvoiceWish, row: Row) -> InvoiceError:
    detail = InvoiceDetail(package_id=wanted.package_id, order_ids=wanted.orders)
    return InvoiceError(code=row.code, message=row.message, detail=detail)
