"""China Post's words for every scan, in Chinese and in English: a table, no rules.

The interface tells texts and no codes. The Chinese are those that its own tracking has been seen to
use, where that is known; the English are the postal union's. ``None``: nothing is told of it.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan


@dataclass(frozen=True, slots=True)
class Said:
    """One remark, in the two languages of the interface."""

    cn: str
    en: str


_HELD: Final = Said("海关扣留", "Held by Customs")
_RETURNING: Final = Said("退回寄件人", "Return to sender")

SAID: Final[dict[Scan, Said | None]] = {
    Scan.ORDER_CREATED: None,
    Scan.ORDER_CANCELLED: None,
    Scan.LABEL_PRINTED: None,
    Scan.PICKUP_SCHEDULED: None,
    Scan.PICKED_UP: Said("收寄", "Posting/Collection"),
    Scan.PICKUP_FAILED: Said("揽收失败", "Unsuccessful collection"),
    Scan.ARRIVED_AT_HUB: Said("邮件到达处理中心", "Arrival at processing center"),
    Scan.DEPARTED_FROM_HUB: Said("离开处理中心", "Departure from processing center"),
    Scan.IN_TRANSIT: Said("运输中", "In transit"),
    Scan.TRANSFERRED_TO_CARRIER: Said("交寄达邮政", "Handed to the post of destination"),
    Scan.ARRIVED_AT_DESTINATION: Said("到达寄达地", "Arrival at inward office of exchange"),
    Scan.CUSTOMS_DECLARED: Said("送交进口海关", "Item presented to import Customs"),
    Scan.CUSTOMS_HELD: _HELD,
    Scan.CUSTOMS_INSPECTION: Said("海关查验", "Inspected by Customs"),
    Scan.CUSTOMS_RELEASED: Said("海关放行", "Item returned from import Customs"),
    Scan.CUSTOMS_DUTY_PAID: Said("已缴关税", "Duties paid"),
    Scan.CLEARANCE_COMPLETED: Said("海关放行", "Item returned from import Customs"),
    Scan.OUT_FOR_DELIVERY: Said("安排投递", "Out for delivery"),
    Scan.DELIVERY_ATTEMPTED: Said("未妥投", "Unsuccessful delivery"),
    Scan.DELIVERED: Said("妥投", "Final delivery"),
    Scan.DELIVERY_TO_LOCKER: Said("存入智能包裹柜", "Held in a parcel locker"),
    Scan.AWAITING_PICKUP: Said("待收件人自提", "Arrival at collection point for pick-up"),
    Scan.SIGNED_BY_THIRD_PARTY: Said("他人代收", "Final delivery to another person"),
    Scan.EXCEPTION: Said("邮件异常", "Exception"),
    Scan.DAMAGED: Said("邮件破损", "Item damaged"),
    Scan.LOST: Said("邮件丢失", "Item lost"),
    Scan.ADDRESS_ISSUE: Said("未妥投 地址不详", "Unsuccessful delivery: incorrect address"),
    Scan.RECIPIENT_UNAVAILABLE: Said("未妥投 无人在家", "Unsuccessful delivery: nobody at home"),
    Scan.REFUSED: Said("未妥投 收件人拒收", "Unsuccessful delivery: refused"),
    Scan.RETURN_INITIATED: _RETURNING,
    Scan.IN_RETURN_TRANSIT: _RETURNING,
    Scan.RETURNED_TO_SENDER: Said("退回妥投", "Returned to sender"),
    Scan.DELAYED: Said("邮件延误", "Delayed"),
    Scan.INFO_ONLY: None,
    Scan.EXPIRED: None,
}
