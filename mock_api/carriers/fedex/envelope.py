"""What every answer of FedEx's wears: a transaction's id, and output or errors."""

from secrets import token_hex
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import JSONResponse

_CUSTOMERS_ID: Final = "x-customer-transaction-id"

Alert = dict[str, str]


def ok(request: Request, output: dict[str, Any], *alerts: Alert) -> JSONResponse:
    """*output* in its envelope."""
    said = output | ({"alerts": list(alerts)} if alerts else {})
    return JSONResponse(_opened(request) | {"output": said})


def failed(
    request: Request,
    status: int,
    errors: list[dict[str, Any]],
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """*errors* in the same envelope."""
    return JSONResponse(_opened(request) | {"errors": errors}, status, headers)


def _opened(request: Request) -> dict[str, Any]:
    ids = {"transactionId": str(UUID(hex=token_hex(16)))}
    customers = request.headers.get(_CUSTOMERS_ID)
    return ids | ({"customerTransactionId": customers} if customers else {})
