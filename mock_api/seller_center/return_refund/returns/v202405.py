"""Upload Return Shipping Information, version 202405 (newer client): the seller's own
label for what goes back."""

from email.parser import BytesParser
from email.policy import HTTP
from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.envelope import Envelope, Nothing, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.reference import PROVIDER_CODE
from mock_api.seller_center.requests import CallerDep, gated_router, split_list, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns.causes import ANSWERS
from mock_api.seller_center.return_refund.returns.deciding import own_return
from simulator.carriers.numbers import could_be_printed
from simulator.returns.model import ReturnStatus

router: Final = gated_router("return_refund", "202405")


def form_fields(content_type: str, body: bytes) -> dict[str, str]:
    """The text fields of a multipart body; files count for nothing here."""
    head = f"content-type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    found = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and part.get_filename() is None:
            raw = part.get_payload(decode=True)
            found[name] = raw.decode(errors="replace").strip() if isinstance(raw, bytes) else ""
    return found


@router.post("/returns/shipping_documents", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def upload_return_shipping_information(
    request: Request,
    caller: CallerDep,
    return_ids: Annotated[list[str], Query()],
) -> Envelope[Nothing]:
    """Ids of returns or of RMAs: which, they tell themselves."""
    fields = form_fields(request.headers.get("content-type", ""), await request.body())
    number = fields.get("tracking_number", "")
    carrier = PROVIDER_CODE.get(fields.get("return_provider_id", ""))
    if carrier is None:
        raise Refusal(refusals.bad_parameter("return_provider_id", "is no provider's id"))
    if not could_be_printed(number):
        raise Refusal(refusals.bad_parameter("tracking_number", "is no tracking number"))
    every = [own_return(caller, each) for each in split_list(return_ids)]
    with in_words(ANSWERS):
        for asked in every:
            asked.require(ReturnStatus.AWAITING_GOODS)
        for asked in every:
            world_of(caller).sellers.label_return(asked.id, carrier, number)
    return ok(request, Nothing())
