"""What the platform pushes: facts of the world as signed webhooks, to whoever subscribed."""

import json
from collections.abc import Mapping
from typing import Any, Final

from mock_api.kernel.messages import Manner
from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.groups import GROUPS
from mock_api.seller_center.pushes import Push, Teller
from mock_api.seller_center.signing import sign_webhook
from simulator.clock import HOUR, MINUTE, Instant
from simulator.facts import Fact

MANNER: Final = Manner(
    accepted=frozenset({200, 401}),
    pauses=(2 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR),
    dialect="seller_center",
)
"""200 acknowledges, and 401 (the receiver found the signature wrong) is final as well."""

SELLER_LEVEL: Final = frozenset({21, 22, 23, 24, 35})
"""Types whose envelope names the seller in place of a shop."""
CREATOR_LEVEL: Final = frozenset({17, 20, 55})
"""Types whose envelope names a creator."""

_FIRST_NOTIFICATION: Final = 7_327_112_393_000_000_000
_WORLDS: Final = 10**6
_NEWS_OF_A_WORLD: Final = 10**9


class Herald:
    """Hears facts, and writes to the outbox what a shop's subscriptions ask for."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._tellers: dict[type[Fact], tuple[Teller, ...]] = {}
        streams = sandbox.world.registry.streams
        # Another world tells of other things: an integration that outlives a reset must not take
        # its news for old.
        self._before = streams.pick("notification", "first", _WORLDS) * _NEWS_OF_A_WORLD

    def hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        sandbox = self._sandbox
        if not sandbox.subscriptions and sandbox.app_webhooks is None:
            return
        kind = type(fact)
        tellers = self._tellers.get(kind)
        if tellers is None:
            tellers = self._tellers[kind] = _tellers(kind)
        for tell in tellers:
            for push in tell(self._sandbox, fact, at):
                self._write(push, at)

    def _write(self, push: Push, at: Instant) -> None:
        addresses = self._addresses(push)
        if not addresses:
            return
        told = self._before + self._sandbox.counts.one_more("notifications")
        envelope = self._envelope(push, at, told)
        body = json.dumps(envelope, separators=(",", ":")).encode()
        app = self._sandbox.app
        headers = {
            "Content-Type": "application/json",
            "Authorization": sign_webhook(app.key, app.secret, body),
        }
        for address in addresses:
            self._sandbox.outbox.write(push.lane, push.event_type, address, headers, body, MANNER)

    def _addresses(self, push: Push) -> list[str]:
        """The shop's own, and the app's; one that is both hears the news once (inferred)."""
        shops = self._sandbox.subscription(push.shop_id, push.event_type)
        apps = self._sandbox.app_webhooks
        found = [shops.address] if shops else []
        if apps and apps.wants(push.type, push.event_type) and apps.address not in found:
            found.append(apps.address)
        return found

    def _envelope(self, push: Push, at: Instant, told: int) -> Mapping[str, Any]:
        envelope: dict[str, Any] = {"type": push.type}
        if push.has_notification_id:
            envelope["tts_notification_id"] = str(_FIRST_NOTIFICATION + told)
        return envelope | self._about(push) | {"timestamp": at, "data": push.data}

    def _about(self, push: Push) -> dict[str, str]:
        """Whom the news is about, as the type's envelope names them."""
        if push.type in SELLER_LEVEL:
            return {"seller_open_id": self._sandbox.seller_open_id}
        if push.type in CREATOR_LEVEL:
            return {"creator_open_id": f"creator-{self._sandbox.id}"}
        return {"shop_id": push.shop_id}


def _tellers(kind: type[Fact]) -> tuple[Teller, ...]:
    """Those of every group that have something to tell of facts of this kind, or a wider one."""
    return tuple(
        tell
        for group in GROUPS.values()
        for told, tell in group.tells.items()
        if issubclass(kind, told)
    )


def attach_herald(sandbox: Sandbox) -> None:
    """Let the sandbox's world be heard."""
    sandbox.tell(Herald(sandbox).hear)
