"""The envelope of every answer, and every refusal in it.

``00000`` is success. Which codes EMS has for failures is not public; ``S00001`` is known as the one
of pushes that failed, and stands here for all: what was wrong, the message says.
"""

import json
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.carriers.ems.pushes import serial_of
from mock_api.carriers.ems.view import wall_clock
from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError
from simulator.carriers.prices import Why
from simulator.clock import Instant
from simulator.errors import (
    AlreadyCollected,
    BadWindow,
    CarriesNot,
    NoPickupHere,
    NotFound,
    WrongStatus,
)

FORM: Final = "ems.form"
"""Where a request's form is kept, for whoever answers it."""
NOW: Final = "ems.now"
"""The world's time, once it is known whose call it is."""
SUCCESS: Final = "00000"
FAILURE: Final = "S00001"


class Refused(CarrierRefusal):
    def __init__(self, message: str, *, status: int = 200, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.retry_after = retry_after


WORDS: Final = Words(
    throttled=lambda retry_after: Refused("调用次数超限", retry_after=retry_after),
    overloaded=lambda: Refused("系统繁忙"),
    internal_error=lambda: Refused("系统异常"),
    forbidden=lambda: Refused("IP地址未授权"),
)

_NOT_CARRIED: Final = {
    Why.NO_SUCH_DESTINATION: "寄达地超范围",
    Why.NOT_FROM_THERE: "寄件地超范围",
    Why.TOO_HEAVY: "邮件超重",
    Why.TOO_LONG: "邮件单边超长",
    Why.TOO_BIG: "邮件三边合计超长",
}

_REFUSED: Final[dict[type[DomainError], str]] = {
    AlreadyCollected: "邮件已收寄",
    WrongStatus: "邮件已撤单",
    NoPickupHere: "寄件地无上门揽收",
    NotFound: "邮件不存在",
}


def enveloped(request: Request, body: Any, message: str = "成功") -> JSONResponse:
    """A success: what it brings is JSON as text, or plain text."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return _envelope(request, SUCCESS, message, text)


def answer(request: Request, exc: Exception) -> Response:
    """Whatever went wrong, in EMS's words."""
    match exc:
        case Refused():
            return _told(request, exc)
        case DomainError():
            return _told(request, Refused(_in_words(exc)))
        case HTTPException():
            return _told(request, Refused("接口不存在", status=exc.status_code))
        case _:
            return _told(request, Refused("系统异常", status=500))


def _in_words(exc: DomainError) -> str:
    match exc:
        case CarriesNot():
            return _NOT_CARRIED[Why(exc.why)]
        case BadWindow():
            return f"预约揽收时间不可用: {exc.hint}"
        case _:
            return _REFUSED.get(type(exc)) or str(exc)


def _told(request: Request, refused: Refused) -> JSONResponse:
    response = _envelope(request, FAILURE, refused.message, "")
    response.status_code = refused.status
    response.headers.update(refused.retry_headers)
    return response


def _envelope(request: Request, code: str, message: str, body: str) -> JSONResponse:
    form: dict[str, str] = request.scope.get(FORM, {})
    now: Instant | None = request.scope.get(NOW)
    told = {
        "serialNo": serial_of("".join(form.values())),
        "retCode": code,
        "retMsg": message,
        "retBody": body,
        "success": code == SUCCESS,
    }
    return JSONResponse(told if now is None else told | {"retDate": wall_clock(now)})
