"""Which orders a call is about, for planned faults."""

from collections.abc import Collection
from typing import Final

from fastapi import Request

from mock_api.kernel.bodies import object_in

_NAMES: Final = (
    "waybill_number",
    "waybillNumber",
    "customer_order_number",
    "customerOrderNumber",
)


async def named(request: Request) -> Collection[str]:
    """By query or by body; a malformed body names none."""
    found = [
        value
        for key in ("order_number", "waybill_numbers")
        for value in request.query_params.get(key, "").split(",")
        if value
    ]
    body = await object_in(request)
    several = body.get("waybill_numbers")
    said = [*(body.get(key) for key in _NAMES), *(several if isinstance(several, list) else ())]
    return found + [each for each in said if isinstance(each, str)]
