"""Every refusal, in the form of the interface that was called: each of them has its own.

Reasons S01 to S13 are those of the family of interfaces with ``logistics_interface`` and
``data_digest``, as public integrations of the Chinese post and of Cainiao list them; that each of
China Post's interfaces has them all is inferred.
"""

from collections.abc import Callable
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.carriers.chinapost.papers import written
from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError
from simulator.carriers.prices import Why
from simulator.errors import AlreadyCollected, CarriesNot, NotFound, WrongStatus

FORM: Final = "chinapost.form"
"""Where a request's form is kept, for whoever answers it."""

REASONS: Final = {
    "S01": "非法的XML/JSON",
    "S02": "非法的数字签名",
    "S03": "非法的物流公司/仓储公司",
    "S04": "非法的通知类型",
    "S05": "非法的通知内容",
    "S07": "系统异常",
    "S12": "非法的请求参数",
    "S13": "业务服务异常",
}
_XML: Final = "application/xml"


class Refused(CarrierRefusal):
    """One reason; *why* is added to its words."""

    def __init__(
        self, reason: str, why: str = "", *, status: int = 200, retry_after: int | None = None
    ) -> None:
        super().__init__(reason, why)
        self.reason = reason
        self.message = f"{REASONS[reason]}: {why}" if why else REASONS[reason]
        self.status = status
        self.retry_after = retry_after


WORDS: Final = Words(
    throttled=lambda retry_after: Refused("S07", "too many requests", retry_after=retry_after),
    overloaded=lambda: Refused("S07", "overloaded"),
    internal_error=lambda: Refused("S07"),
    forbidden=lambda: Refused("S03", "address not allowed"),
)

_NOT_CARRIED: Final = {
    Why.NO_SUCH_DESTINATION: "寄达国不通邮",
    Why.NOT_FROM_THERE: "寄件地不通邮",
    Why.TOO_HEAVY: "邮件超重",
    Why.TOO_LONG: "邮件单边超长",
    Why.TOO_BIG: "邮件三边合计超长",
}


def answer(request: Request, exc: Exception) -> Response:
    """Whatever went wrong, in China Post's words."""
    match exc:
        case Refused():
            return _told(request, exc)
        case DomainError():
            return _told(request, Refused("S13", in_words(exc)))
        case HTTPException():
            return _told(request, Refused("S12", status=exc.status_code))
        case _:
            return _told(request, Refused("S07", status=500))


def in_words(exc: DomainError) -> str:
    """What the world refuses."""
    match exc:
        case CarriesNot():
            return _NOT_CARRIED[Why(exc.why)]
        case AlreadyCollected():
            return "邮件已收寄"
        case WrongStatus():
            return "邮件已撤单"
        case NotFound():
            return "邮件不存在"
        case _:
            return str(exc)


# Forms.


def order_answer(fields: dict[str, str], data_type: str) -> Response:
    """Of ``OrderReceiveBack``: in the language of its request."""
    if data_type.upper() == "XML":
        body = written("responses", {"responseItems": {"response": fields}})
        return Response(body, media_type=_XML)
    return JSONResponse(fields)


def xml_answer(body: bytes) -> Response:
    return Response(body, media_type=_XML)


def _told(request: Request, refused: Refused) -> Response:
    form: dict[str, str] = request.scope.get(FORM, {})
    response = _by_interface(request.url.path)(refused, form)
    if refused.status != 200:  # noqa: PLR2004
        response.status_code = refused.status
    response.headers.update(refused.retry_headers)
    return response


Shape = Callable[[Refused, dict[str, str]], Response]


def _order(refused: Refused, form: dict[str, str]) -> Response:
    told = {"success": "false", "reason": refused.reason, "msg": refused.message}
    return order_answer(told, form.get("data_type", ""))


def _label(refused: Refused, form: dict[str, str]) -> Response:
    """Who asks for the bare PDF (version 1.0) tells a refusal by its HTTP status."""
    told: dict[str, Any] = {"success": False, "err_code": refused.reason, "msg": refused.message}
    bare = not form.get("version", "").startswith("2")
    return JSONResponse(told, 400 if bare else 200, media_type="text/json" if bare else None)


def _cancel(refused: Refused, _: dict[str, str]) -> Response:
    return JSONResponse({"flag": "false", "message": refused.message})


def _fee(refused: Refused, _: dict[str, str]) -> Response:
    told = {"return_success": "false", "return_reason": refused.reason}
    return JSONResponse(told | {"return_msg": refused.message})


def _trace(refused: Refused, _: dict[str, str]) -> Response:
    fields = {"status": "error", "code": refused.reason, "description": refused.message}
    return xml_answer(written("response", fields))


_INTERFACES: Final[dict[str, Shape]] = {
    "/surface/download": _label,
    "/orderService/cancelOrder": _cancel,
    "/orderFeeService/": _fee,
    "/partner/": _trace,
}


def _by_interface(path: str) -> Shape:
    return next((shape for part, shape in _INTERFACES.items() if part in path), _order)
