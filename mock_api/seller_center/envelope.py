"""Every seller-center answer wears this envelope, refusals too."""

from secrets import token_hex
from typing import Generic, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from mock_api.kernel.exchanges import exchange_of
from mock_api.kernel.wall_clock import platform_stamp
from mock_api.seller_center.errors import Row

T = TypeVar("T")


class Wire(BaseModel):
    """Part of an answer. Keys that do not apply are left out, never null: a null where a list or an
    object is expected breaks typed clients."""


class Nothing(Wire):
    """Nothing to return: an empty object."""


class Envelope(BaseModel, Generic[T]):
    code: int = 0
    message: str = "Success"
    request_id: str
    data: T


def ok(request: Request, answer: T) -> Envelope[T]:
    """*answer* in its envelope."""
    exchange_of(request.scope).code = 0
    return Envelope[T](code=0, message="Success", request_id=request_id(), data=answer)


def refusal(request: Request, row: Row) -> JSONResponse:
    """The envelope of a refusal. Only the gateway sends ``data: null``."""
    exchange_of(request.scope).code = row.code
    body = {"code": row.code, "message": row.message, "request_id": request_id()}
    content = body | {"data": None} if row.is_gateway else body
    return JSONResponse(content, status_code=row.status)


def request_id() -> str:
    """34 characters as the platform's: fourteen digits of UTC+8 time, twenty hexadecimal ones."""
    return platform_stamp() + token_hex(10).upper()
