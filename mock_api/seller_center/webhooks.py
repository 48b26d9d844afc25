"""What the platform pushes: facts of the world as signed webhooks, to whoever subscribed."""

import json
from collections.abc import Mapping
from typing import Any, Final

from mock_api.kernel.outbox import Manner
from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.groups import GROUPS
from mock_api.seller_center.pushes import Push, Teller
from mock_api.seller_center.signing import sign_webhook
from simulator.clock import HOUR, MINUTE, Instant
from simulator.facts import Fact

MANNER: Final = Manner(
    accepted=frozenset({200, 401}),
    pauses=(2 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR),
)
"""200 acknowledges, and 401 (the receiver found the signature wrong) is final as well."""

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
        self._told = streams.pick("notification", "first", _WORLDS) * _NEWS_OF_A_WORLD

    def hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        if not self._sandbox.subscriptions:
            return
        kind = type(fact)
        tellers = self._tellers.get(kind)
        if tellers is None:
            tellers = self._tellers[kind] = _tellers(kind)
        for tell in tellers:
            for push in tell(self._sandbox, fact, at):
                self._write(push, at)

    def _write(self, push: Push, at: Instant) -> None:
        wanted = self._sandbox.subscriptions.get((push.shop_id, push.event_type))
        if wanted is None:
            return
        self._told += 1
        body = json.dumps(self._envelope(push, at), separators=(",", ":")).encode()
        app = self._sandbox.app
        headers = {
            "Content-Type": "application/json",
            "Authorization": sign_webhook(app.key, app.secret, body),
        }
        self._sandbox.outbox.write(
            push.lane, push.event_type, wanted.address, headers, body, MANNER
        )

    def _envelope(self, push: Push, at: Instant) -> Mapping[str, Any]:
        envelope: dict[str, Any] = {"type": push.type}
        if push.has_notification_id:
            envelope["tts_notification_id"] = str(_FIRST_NOTIFICATION + self._told)
        return envelope | {"shop_id": push.shop_id, "timestamp": at, "data": push.data}


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
    sandbox.world.journal.subscribe(Herald(sandbox).hear)
