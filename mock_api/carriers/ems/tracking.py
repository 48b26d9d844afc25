"""Tracking (040001): one number's operations."""

from typing import Any, Final

from mock_api.carriers.ems.forms import Text, Which, missing, read
from mock_api.carriers.ems.view import seen, traces
from mock_api.kernel.sandbox import Sandbox

FOUND: Final = "查询结果正常返回！"  # noqa: RUF001 - as it is sent
UNKNOWN: Final = "当前邮件无客户信息！"  # noqa: RUF001 - the same
_NEWEST_FIRST: Final = "1"


class Asked(Which):
    direction: Text = "0"
    """1: newest first (inferred)."""


def track(sandbox: Sandbox, message: Any) -> tuple[dict[str, Any], str]:
    """What is not known is a success without operations, and the message says so."""
    asked = read(Asked, message)
    if not asked.waybill_no:
        raise missing("waybillNo")
    sight = seen(sandbox.world, asked.waybill_no)
    items = traces(sight) if sight else []
    if asked.direction == _NEWEST_FIRST:
        items.reverse()
    return {"responseItems": items}, FOUND if sight else UNKNOWN
