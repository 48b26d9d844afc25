"""What the platform's chat service does beside the world: counts requests, pushes own messages."""

from typing import Any, Final

from mock_api.kernel.durable.kept import Kept, Plain
from mock_api.kernel.sandbox import Sandbox
from simulator.clock import DAY, Instant

REQUESTS_A_DAY: Final = 10_000
COUPON_CARDS_EVERY_S: Final = 2
"""0.5 a second (documented)."""
_PUSHES_OWN: Final = "pushes own"
_REQUESTS_A_DAY: Final = "requests a day"


class ChatRules:
    """Of one sandbox. Days and seconds are the world's (inferred)."""

    def __init__(self) -> None:
        self.kept: Kept[Any] = Kept("chat", Plain())
        """Settings by name; by shop, the day and its requests so far, and its last coupon."""

    @property
    def pushes_own(self) -> bool:
        """Whether NEW_MESSAGE tells sellers of their own messages, too. Its list of roles has SHOP
        and CUSTOMER_SERVICE, so it probably does (inferred)."""
        return bool(self.kept.get(_PUSHES_OWN, True))

    @pushes_own.setter
    def pushes_own(self, does: bool) -> None:
        self.kept[_PUSHES_OWN] = does

    @property
    def requests_a_day(self) -> int:
        """Each shop's."""
        return int(self.kept.get(_REQUESTS_A_DAY, REQUESTS_A_DAY))

    @requests_a_day.setter
    def requests_a_day(self, most: int) -> None:
        self.kept[_REQUESTS_A_DAY] = most

    def count(self, shop_id: str, now: Instant) -> bool:
        """One more request; false if the day has no more of them."""
        today = now // DAY
        day, counted = self.kept.get(f"requests {shop_id}", [today, 0])
        counted = counted if day == today else 0
        if counted >= self.requests_a_day:
            return False
        self.kept[f"requests {shop_id}"] = [today, counted + 1]
        return True

    def may_send_coupon(self, shop_id: str, now: Instant) -> bool:
        """False if the shop's last coupon card is too short ago."""
        last = self.kept.get(f"coupon {shop_id}")
        if last is not None and last <= now < last + COUPON_CARDS_EVERY_S:
            return False
        self.kept[f"coupon {shop_id}"] = now
        return True


def attach_chat_rules(sandbox: Sandbox) -> None:
    """Give the sandbox's world the platform's usual rules."""
    rules = ChatRules()
    sandbox.attach(rules)
    sandbox.keep(rules.kept)
