"""EMS's operations for every scan: a table, no rules.

Codes are the carriers facts' (section 5.2: EMS's own numbers, and the postal union's three letters
beyond the border); names are those that messages of EMS have been seen with, or else *inferred*.
``None``: nothing is told of it.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan


@dataclass(frozen=True, slots=True)
class Said:
    """How EMS says it."""

    code: str
    """``opCode``."""
    name: str
    """``opName``."""
    description: str
    """``opDesc``; ``{place}`` is where it was."""
    is_inferred: bool = False
    """The name, or that this code is meant."""


def _undelivered(why: str, *, is_inferred: bool = False) -> Said:
    return Said("705", "投递结果反馈-未妥投", f"【{{place}}】{why}", is_inferred)


_LEFT: Final = Said("389", "处理中心封车", "快件离开【{place}】 正在发往下一站")
_WAITS: Final = Said("747", "待自提", "【{place}】快件待收件人自提", is_inferred=True)
_RELEASED: Final = Said("EDC", "海关放行", "【{place}】海关放行", is_inferred=True)

SAID: Final[dict[Scan, Said | None]] = {
    Scan.ORDER_CREATED: None,
    Scan.ORDER_CANCELLED: Said("801", "撤单", "订单已撤销", is_inferred=True),
    Scan.LABEL_PRINTED: None,
    Scan.PICKUP_SCHEDULED: None,
    Scan.PICKED_UP: Said("203", "收寄", "【{place}】已收寄"),
    Scan.PICKUP_FAILED: None,
    Scan.ARRIVED_AT_HUB: Said("954", "邮件到达处理中心", "快件到达【{place}】"),
    Scan.DEPARTED_FROM_HUB: _LEFT,
    Scan.IN_TRANSIT: Said("389", "处理中心封车", "快件运输中", is_inferred=True),
    Scan.TRANSFERRED_TO_CARRIER: Said(
        "389", "处理中心封车", "快件已交【{place}】投递", is_inferred=True
    ),
    Scan.ARRIVED_AT_DESTINATION: Said(
        "EMD", "到达寄达国互换局", "快件到达【{place}】", is_inferred=True
    ),
    Scan.CUSTOMS_DECLARED: Said("EDB", "送交进口海关", "【{place}】送交进口海关", is_inferred=True),
    Scan.CUSTOMS_HELD: Said("EME", "海关扣留", "【{place}】海关扣留", is_inferred=True),
    Scan.CUSTOMS_INSPECTION: Said("EDB", "海关查验", "【{place}】海关查验", is_inferred=True),
    Scan.CUSTOMS_RELEASED: _RELEASED,
    Scan.CUSTOMS_DUTY_PAID: None,
    Scan.CLEARANCE_COMPLETED: _RELEASED,
    Scan.OUT_FOR_DELIVERY: Said("702", "投递邮件接收-下段", "【{place}】快件正在派送中"),
    Scan.DELIVERY_ATTEMPTED: _undelivered("未妥投 将再次投递"),
    Scan.DELIVERED: Said("704", "投递结果反馈-妥投", "【{place}】您的快件已签收"),
    Scan.DELIVERY_TO_LOCKER: _WAITS,
    Scan.AWAITING_PICKUP: _WAITS,
    Scan.SIGNED_BY_THIRD_PARTY: Said("704", "投递结果反馈-妥投", "【{place}】您的快件已代签收"),
    Scan.EXCEPTION: Said("499", "邮件异常", "【{place}】邮件异常", is_inferred=True),
    Scan.DAMAGED: Said("651", "邮件破损", "【{place}】邮件破损", is_inferred=True),
    Scan.LOST: Said("651", "邮件丢失", "【{place}】邮件丢失", is_inferred=True),
    Scan.ADDRESS_ISSUE: _undelivered("收件人名址有误"),
    Scan.RECIPIENT_UNAVAILABLE: _undelivered("无法联系收件人"),
    Scan.REFUSED: _undelivered("收件人拒收"),
    Scan.RETURN_INITIATED: Said("708", "退回", "【{place}】快件退回", is_inferred=True),
    Scan.IN_RETURN_TRANSIT: Said("447", "退回运输", "【{place}】快件退回途中", is_inferred=True),
    Scan.RETURNED_TO_SENDER: Said(
        "711", "退回妥投", "【{place}】快件已退回寄件人", is_inferred=True
    ),
    Scan.DELAYED: Said("499", "邮件延误", "【{place}】邮件延误", is_inferred=True),
    Scan.INFO_ONLY: None,
    Scan.EXPIRED: None,
}
