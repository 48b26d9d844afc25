"""What the platform's chat service does beside the world: counts requests, pushes own messages."""

from dataclasses import dataclass, field
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from simulator.clock import DAY, Instant

REQUESTS_A_DAY: Final = 10_000
COUPON_CARDS_EVERY_S: Final = 2
"""0.5 a second (documented)."""


@dataclass(slots=True)
class ChatRules:
    """Of one sandbox. Days and seconds are the world's (inferred)."""

    pushes_own: bool = True
    """Whether NEW_MESSAGE tells sellers of their own messages, too. Its list of roles has SHOP and
    CUSTOMER_SERVICE, so it probably does (inferred)."""
    requests_a_day: int = REQUESTS_A_DAY
    """Each shop's."""
    _counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By shop: the day, and its requests so far."""
    _coupon_at: dict[str, Instant] = field(default_factory=dict)

    def count(self, shop_id: str, now: Instant) -> bool:
        """One more request; false if the day has no more of them."""
        today = now // DAY
        day, counted = self._counted.get(shop_id, (today, 0))
        counted = counted if day == today else 0
        if counted >= self.requests_a_day:
            return False
        self._counted[shop_id] = today, counted + 1
        return True

    def may_send_coupon(self, shop_id: str, now: Instant) -> bool:
        """False if the shop's last coupon card is too short ago."""
        last = self._coupon_at.get(shop_id)
        if last is not None and now < last + COUPON_CARDS_EVERY_S:
            return False
        self._coupon_at[shop_id] = now
        return True


def attach_chat_rules(sandbox: Sandbox) -> None:
    """Give the sandbox's world the platform's usual rules."""
    sandbox.attach(ChatRules())
