"""First-mile bundles: what both versions ask and answer, and the waybill."""

from typing import Annotated, Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center import uploads
from mock_api.seller_center.domain_errors import Table, in_words
from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.failures import GENERIC
from mock_api.seller_center.fulfillment.view import FROM_WIRE
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.reference import PROVIDER_CODE
from mock_api.seller_center.requests import Body, world_of
from simulator.bundling import ORDERS_MAX, HowSent
from simulator.errors import BadPaper
from simulator.papers.model import Bundle


class Bundling(Body):
    order_ids: Annotated[list[str], Field(min_length=1, max_length=ORDERS_MAX)]
    handover_method: Literal["PICKUP", "DROP_OFF"]
    shipping_provider_id: str | None = None
    tracking_number: Annotated[str, Field(max_length=100)] | None = None
    phone_tail_number: str | None = None


class OrderDetail(Wire):
    order_id: str


class OrderError(Wire):
    code: int
    message: str
    detail: OrderDetail


class Bundled(Wire):
    first_mile_bundle_id: str | None = None
    url: str | None = None
    errors: list[OrderError] | None = None


_WORDS: Final[Table] = {BadPaper: refusals.BAD_PARAMETERS}


def bundled(request: Request, caller: Caller, wanted: Bundling) -> Bundled:
    """A bundle of those orders that can go in one; without any, the errors only (inferred)."""
    provider = wanted.shipping_provider_id or ""
    if provider and provider not in PROVIDER_CODE:
        raise Refusal(refusals.BAD_TRACKING)
    how = HowSent(
        FROM_WIRE[wanted.handover_method],
        provider,
        wanted.tracking_number or "",
        wanted.phone_tail_number or "",
    )
    shop_id = caller.shop.id if caller.shop else ""
    with in_words(_WORDS):
        made, refused = world_of(caller).papers.bundle(wanted.order_ids, how, shop_id)
    errors = [
        OrderError(code=GENERIC, message=each.why, detail=OrderDetail(order_id=each.order_id))
        for each in refused
    ]
    return Bundled(
        first_mile_bundle_id=made.id if made else None,
        url=uploads.keep(request, caller.sandbox, "application/pdf", _waybill(made))
        if made
        else None,
        errors=errors or None,
    )


def _waybill(bundle: Bundle) -> bytes:
    """What is stuck on it: its id, as a barcode and to read, and how many orders are in it."""
    from mock_api.sheet import (  # noqa: PLC0415 - the PDF library is large, and few runs print
        AREA,
        BOLD,
        Paper,
        Place,
        Sheet,
        Text,
        document,
    )

    def draw(sheet: Sheet) -> None:
        header, barcode, reading, contents, _ = AREA.rows(17, 34, 12, 12)
        sheet.write_on_black(header, Text("FIRST-MILE BUNDLE", 14, BOLD))
        sheet.frame(barcode)
        sheet.barcode(barcode.inset(1, 2.5), bundle.id)
        sheet.write(reading.inset(1, 0), Place.CENTRE, Text(bundle.id, 14, BOLD))
        inside = f"{len(bundle.order_ids)} orders, {bundle.handover}"
        sheet.write(contents.inset(1, 0), Place.CENTRE, Text(inside, 11))

    return document(f"First-mile bundle {bundle.id}", Paper.A6, [draw])
