"""What this dialect is called, and whose parcels it sees."""

from typing import Final

NAME: Final = "jt"
"""The dialect, and the account of whatever is made through it."""
CARRIER: Final = "jt"
"""In this world's codes."""


class Note:
    """What a shipment's notes are called: what its sender said, to be told again."""

    EXPRESS_TYPE: Final = "expressType"
    ORDER_TYPE: Final = "orderType"
    SERVICE_TYPE: Final = "serviceType"
    DELIVERY_TYPE: Final = "deliveryType"
    PAY_TYPE: Final = "payType"
    GOODS_TYPE: Final = "goodsType"
    REMARK: Final = "remark"
    STARTS: Final = "sendStartTime"
    ENDS: Final = "sendEndTime"
    PICKUP: Final = "pickup"
    """The id of the courier's call."""
