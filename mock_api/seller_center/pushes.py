"""What an API group pushes: webhooks by the facts that cause them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_api.kernel.sandbox import Sandbox
from simulator.clock import Instant
from simulator.facts import Fact


@dataclass(frozen=True, slots=True)
class Push:
    """One webhook, before it is signed."""

    type: int
    event_type: str
    """What subscriptions call it."""
    shop_id: str
    lane: str
    """Whose news it is: an order's id, or whatever else must hear its own news in order."""
    data: Mapping[str, Any]
    has_notification_id: bool = True
    """Some types have none in their documented envelope."""


Teller = Callable[[Sandbox, Any, Instant], Iterable[Push]]
"""What one kind of fact, heard at that instant, makes the platform push."""

Tells = Mapping[type[Fact], Teller]
