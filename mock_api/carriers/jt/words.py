"""J&T's words for every scan: a table, no rules.

Codes and problem types are the carriers facts', section 5.2; the words are those of its
documentation in China and Egypt. What is marked *inferred* is our choice among codes that are
known. ``None``: J&T has no public code for it, and says nothing.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan


@dataclass(frozen=True, slots=True)
class Said:
    """How J&T says it."""

    code: str
    """``scanTypeCode``."""
    nodes: tuple[str, ...]
    """Which of a subscription's nodes, 1 to 14, hear of it."""
    scan_type: str
    description: str
    """``{place}`` is where it was."""
    problem: str = ""
    """``problemType``, where it is known."""


_PICKUP: Final = "快件揽收"
_SENDING: Final = "发件扫描"
_ARRIVAL: Final = "到件扫描"
_DELIVERY: Final = "出仓扫描"
_SIGNING: Final = "快件签收"
_PROBLEM: Final = "问题件扫描"
_RETURN: Final = "退件扫描"


def _problem(what: str, problem: str = "") -> Said:
    return Said("110", ("11",), _PROBLEM, f"【{{place}}】{what}", problem)


_SENT: Final = Said("50", ("3",), _SENDING, "【{place}】快件已发出")
_ARRIVED: Final = Said("92", ("4",), _ARRIVAL, "【{place}】快件已到达")
_BACK: Final = Said("172", ("14",), _RETURN, "【{place}】快件退回中")

SAID: Final[dict[Scan, Said | None]] = {
    Scan.ORDER_CREATED: None,
    Scan.ORDER_CANCELLED: None,
    Scan.LABEL_PRINTED: None,
    Scan.PICKUP_SCHEDULED: None,
    Scan.PICKED_UP: Said("10", ("1",), _PICKUP, "【{place}】快件已揽收"),
    Scan.PICKUP_FAILED: _problem("揽收失败"),
    Scan.ARRIVED_AT_HUB: _ARRIVED,
    Scan.DEPARTED_FROM_HUB: _SENT,
    Scan.IN_TRANSIT: _SENT,  # inferred
    Scan.TRANSFERRED_TO_CARRIER: Said(
        "50", ("3",), _SENDING, "【{place}】快件已转交末端派送商"
    ),  # inferred
    Scan.ARRIVED_AT_DESTINATION: _ARRIVED,
    Scan.CUSTOMS_DECLARED: None,
    Scan.CUSTOMS_HELD: _problem("海关扣留"),  # inferred: held goods are a problem
    Scan.CUSTOMS_INSPECTION: _problem("海关查验"),  # inferred
    Scan.CUSTOMS_RELEASED: None,
    Scan.CUSTOMS_DUTY_PAID: None,
    Scan.CLEARANCE_COMPLETED: None,
    # 5 is out of the warehouse, and 9 out for delivery: here both are one scan.
    Scan.OUT_FOR_DELIVERY: Said("94", ("5", "9"), _DELIVERY, "【{place}】快件正在派送中"),
    Scan.DELIVERY_ATTEMPTED: _problem("派送不成功"),
    Scan.DELIVERED: Said("100", ("10",), _SIGNING, "【{place}】快件已签收"),
    # The code is inferred: stores have nodes of their own, and no code that is public.
    Scan.DELIVERY_TO_LOCKER: Said("110", ("6",), "入库扫描", "【{place}】快件已存入快递柜", "A17"),
    Scan.AWAITING_PICKUP: Said("110", ("7",), "代理点收入扫描", "【{place}】快件待自提", "A17"),
    Scan.SIGNED_BY_THIRD_PARTY: Said("100", ("10",), _SIGNING, "【{place}】快件已由他人代签收"),
    Scan.EXCEPTION: _problem("快件异常"),
    Scan.DAMAGED: _problem("快件破损", "A20"),
    Scan.LOST: _problem("快件遗失", "A24"),
    Scan.ADDRESS_ISSUE: _problem("地址有误", "A16"),
    Scan.RECIPIENT_UNAVAILABLE: _problem("无法联系收件人"),
    Scan.REFUSED: _problem("收件人拒收", "A2"),
    Scan.RETURN_INITIATED: _BACK,
    Scan.IN_RETURN_TRANSIT: _BACK,
    # A return that is signed for. Malaysia's page has 173 for it, and Egypt's node 13, which is
    # "other scans" in China.
    Scan.RETURNED_TO_SENDER: Said("172", ("13", "14"), "退件签收", "【{place}】退件已签收"),
    Scan.DELAYED: _problem("快件延误", "A27"),
    Scan.INFO_ONLY: None,
    Scan.EXPIRED: None,
}
