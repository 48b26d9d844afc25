"""What the platform pushes: facts of the world as signed webhooks of types 1, 3 and 11."""

import json
from typing import Any, Final

from mock_api.kernel.outbox import Manner
from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.signing import sign_webhook
from simulator.clock import HOUR, MINUTE, Instant
from simulator.facts import AddressChanged, CancellationMoved, Fact, OrderFact, OrderMoved
from simulator.orders.model import CancellationStatus, Order, Party, Status

ORDER_STATUS_CHANGE: Final = "ORDER_STATUS_CHANGE"
RECIPIENT_ADDRESS_UPDATE: Final = "RECIPIENT_ADDRESS_UPDATE"
CANCELLATION_STATUS_CHANGE: Final = "CANCELLATION_STATUS_CHANGE"

MANNER: Final = Manner(
    accepted=frozenset({200, 401}),
    pauses=(2 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR),
)
"""200 acknowledges, and 401 (the receiver found the signature wrong) is final as well."""

_STATUS: Final[dict[str, str]] = {Status.CANCELLED: "CANCEL"}
"""Webhook 1 says CANCEL where the API says CANCELLED."""

_ROLE: Final[dict[str, str]] = {
    Party.BUYER: "BUYER",
    Party.SELLER: "SELLER",
    Party.PLATFORM: "SYSTEM",
}
_CANCELLATION: Final[dict[str, str]] = {
    CancellationStatus.PENDING: "CANCELLATION_REQUEST_PENDING",
    CancellationStatus.GRANTED: "CANCELLATION_REQUEST_SUCCESS",
    CancellationStatus.REFUNDED: "CANCELLATION_REQUEST_COMPLETE",
    CancellationStatus.CLOSED: "CANCELLATION_REQUEST_CANCELLED",
}
_FIRST_NOTIFICATION: Final = 7_327_112_393_000_000_000
_WORLDS: Final = 10**6
_NEWS_OF_A_WORLD: Final = 10**9

Push = tuple[int, str, dict[str, Any]]
"""Type, event type, payload."""


class Herald:
    """Hears facts, and writes to the outbox what a shop's subscriptions ask for."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        streams = sandbox.world.registry.streams
        # Another world tells of other things: an integration that outlives a reset must not take
        # its news for old.
        self._told = streams.pick("notification", "first", _WORLDS) * _NEWS_OF_A_WORLD

    def hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        if not self._sandbox.subscriptions or not isinstance(fact, OrderFact):
            return
        order = self._sandbox.world.order(fact.order_id)
        push = _push_of(fact, order, at)
        if push:
            self._write(order, at, push)

    def _write(self, order: Order, at: Instant, push: Push) -> None:
        type_, event_type, payload = push
        wanted = self._sandbox.subscriptions.get((order.shop_id, event_type))
        if wanted is None:
            return
        self._told += 1
        envelope: dict[str, Any] = {"type": type_}
        if event_type != RECIPIENT_ADDRESS_UPDATE:  # type 3's envelope has no notification id
            envelope["tts_notification_id"] = str(_FIRST_NOTIFICATION + self._told)
        envelope |= {"shop_id": order.shop_id, "timestamp": at, "data": payload}
        body = json.dumps(envelope, separators=(",", ":")).encode()
        app = self._sandbox.app
        headers = {
            "Content-Type": "application/json",
            "Authorization": sign_webhook(app.key, app.secret, body),
        }
        self._sandbox.outbox.write(order.id, event_type, wanted.address, headers, body, MANNER)


def _push_of(fact: OrderFact, order: Order, at: Instant) -> Push | None:
    match fact:
        case OrderMoved():
            payload = {
                "order_id": order.id,
                "order_status": _STATUS.get(fact.status, fact.status),
                "is_on_hold_order": order.has_hold,
                "update_time": at,
            }
            return 1, ORDER_STATUS_CHANGE, payload
        case AddressChanged():
            return 3, RECIPIENT_ADDRESS_UPDATE, {"order_id": order.id, "update_time": at}
        case CancellationMoved():
            asked = order.cancellation
            assert asked is not None
            payload = {
                "order_id": order.id,
                "cancellations_role": _ROLE[fact.by],
                "cancel_status": _CANCELLATION[fact.status],
                "cancel_id": fact.cancellation_id,
                "create_time": asked.asked_at,
            }
            return 11, CANCELLATION_STATUS_CHANGE, payload
        case _:
            return None


def attach_herald(sandbox: Sandbox) -> None:
    """Let the sandbox's world be heard."""
    sandbox.world.journal.subscribe(Herald(sandbox).hear)
