"""Operations that the platform has and Seatrial does not play: refused as such, behind the gates.

Whoever calls one by mistake learns first what would be wrong on the real platform too.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse

from mock_api.kernel.bounded import BodyTooLarge
from mock_api.kernel.exchanges import exchange_of
from mock_api.seller_center import errors
from mock_api.seller_center.envelope import refusal
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import GATES, Access, Cipher, declared
from mock_api.seller_center.known.table import Operation

_CIPHER: Final = {"R": Cipher.REQUIRED, "O": Cipher.OPTIONAL}


async def refuse_unsimulated(request: Request, operation: Operation) -> JSONResponse:
    """What a caller of that operation is told."""
    exchange_of(request.scope).simulated = False
    endpoint = stand_in(operation)
    try:
        for gate in GATES:
            await gate(request, endpoint)
    except Refusal as refused:
        answer = refusal(request, refused.row)
        if refused.retry_after is not None:
            answer.headers["Retry-After"] = str(refused.retry_after)
        return answer
    except BodyTooLarge:
        return refusal(request, errors.BODY_TOO_LARGE)
    return refusal(request, errors.not_simulated(f"{operation.method} {operation.path}"))


@cache
def stand_in(operation: Operation) -> Callable[..., Any]:
    """Something that asks of its callers what the operation asks."""

    def nobody() -> None:
        raise AssertionError(operation)

    nobody.__name__ = operation.name
    what = Access(
        frozenset(operation.scopes),
        _CIPHER.get(operation.cipher, Cipher.ABSENT),
        takes_asset=operation.cipher == "C",
    )
    return declared(what)(nobody)
