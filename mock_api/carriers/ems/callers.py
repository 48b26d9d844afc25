"""Who calls: a customer by number and code, and the message that only its key reads."""

import json
from collections.abc import Collection
from hmac import compare_digest
from typing import Any, Final

from fastapi import Request

from mock_api.carriers.ems.messages import PREFIX, unwrapped
from mock_api.carriers.ems.names import NAME
from mock_api.carriers.ems.refusals import FORM, NOW, Refused
from mock_api.kernel.carrier_route import sandboxes_of, seen_by
from mock_api.kernel.credentials import form_of
from mock_api.kernel.sandbox import Sandbox

_MESSAGE: Final = "ems.message"
_NAMED: Final = ("waybillNo", "waybill_no", "barCode", "logisticsOrderNo", "logistics_order_no")


async def identify(request: Request) -> Sandbox:
    """The message is read at the door: who cannot write it has no key."""
    form = request.scope[FORM] = await form_of(request)
    number, code = form.get("senderNo", ""), form.get("authorization", "")
    found = sandboxes_of(request).with_carrier_key(NAME, "sender_no", number)
    if found is None:
        raise Refused("协议客户号不存在")
    seen_by(request, found)
    request.scope[NOW] = found.world.now
    known = found.is_credential(NAME, "sender_no", number)
    if known and not compare_digest(
        code.encode(), found.credential(NAME, "authorization").encode()
    ):
        raise Refused("授权码错误")
    # A stranger's key is unknown, unless it is the code, as it was at first.
    key = found.credential(NAME, "sign_key") if known else code
    request.scope[_MESSAGE] = _message(found, form.get("logitcsInterface", ""), key)
    return found


def _message(sandbox: Sandbox, said: str, key: str) -> Any:
    if not said.startswith(PREFIX) and not sandbox.is_lenient(NAME):
        raise Refused("报文未加密")
    try:
        return json.loads(unwrapped(said, key))
    except (ValueError, RecursionError):
        raise Refused("报文解密失败") from None


def message_of(request: Request) -> Any:
    """What was in it."""
    return request.scope[_MESSAGE]


async def numbers_in(request: Request) -> Collection[str]:
    """Waybills and order numbers that a call names."""
    message = message_of(request)
    listed = message if isinstance(message, list) else [message]
    named = [each for each in listed if isinstance(each, dict)]
    return {str(each[name]) for each in named for name in _NAMED if each.get(name)}
