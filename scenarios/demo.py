"""The demo: six virtual days of 200 orders, driven over HTTP as an outside client would.

Simulated sellers play most orders; a tiny integration, told by webhooks, ships the rest on the
third day, in time. The designated carrier's vans are held for 60 hours just then, so that there is
something to see.
"""

import hmac
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from rich.console import Console
from rich.table import Table

from mock_api.kernel.wall_clock import elapsed
from mock_api.seller_center.signing import sign_webhook
from mock_api.settings import ServerSettings
from scenarios.client import Control, Credentials, SellerCenter
from scenarios.receiver import receiver
from scenarios.serving import served

_ORDERS: Final = (
    ("platform", "prompt", 40),
    ("platform", "slow", 40),
    ("platform", "absent", 15),
    ("seller", "prompt", 40),
    ("seller", "slow", 40),
    ("seller", "absent", 15),
    ("platform", "", 10),
)
"""Mode, who plays the seller (empty: the demo's own integration), how many."""

_DAYS: Final = 6
_HELD_FROM: Final = 60
_SHIPS_AT: Final = 66
_HOLD: Final = "60h"
"""From hour 60 of the world, after the last round of its third day, to hour 120."""
_SEED: Final = 7
_PATIENCE_S: Final = 120.0
_HOUR: Final = 3600

_RULES: Final = (
    "D1  platform shipping: the seller sets it ready to ship within 72 h of the order",
    "D2  platform shipping: the carrier picks it up within 48 h of being notified",
    "D4  picked up and shipped within 120 h of the order",
    "D5  seller shipping: marked shipped within 120 h, with a scan behind the number",
)


@dataclass(slots=True)
class Integration:
    """Keeps a list of the orders that webhooks say it may ship, and ships them when it is told."""

    seller: SellerCenter
    credentials: Credentials
    own: set[str] = field(default_factory=set)
    heard: dict[str, str] = field(default_factory=dict)
    """Notification id to status. A webhook whose acknowledgement was too slow comes once more, so
    what counts is its id; and they come on many threads, where setting an item is safe."""
    to_ship: set[str] = field(default_factory=set)

    def hear(self, signature: str, body: bytes) -> int:
        """One webhook: verified, noted, acknowledged."""
        wanted = sign_webhook(self.credentials.app_key, self.credentials.app_secret, body)
        if not hmac.compare_digest(wanted, signature):
            return 401
        envelope = json.loads(body)
        news = envelope["data"]
        self.heard[envelope["tts_notification_id"]] = news["order_status"]
        if news["order_status"] == "AWAITING_SHIPMENT" and news["order_id"] in self.own:
            self.to_ship.add(news["order_id"])
        return 200

    def ship_all(self) -> None:
        """Re-read each order, and set its package ready to ship; in the order of their ids, since
        webhooks of different orders come in any order, and the same run shall be the same."""
        for order_id in sorted(self.to_ship):
            detail = self.seller.call("GET", "/order/202507/orders", ids=order_id)
            package = detail["orders"][0]["packages"][0]["id"]
            self.seller.call("POST", f"/fulfillment/202309/packages/{package}/ship", {})


def run(console: Console) -> None:
    """Play it, and print what came of it."""
    began = elapsed()
    with (
        served(ServerSettings(default_sandbox=False)) as base,
        httpx.Client(base_url=base, timeout=_PATIENCE_S) as http,
    ):
        control = Control(http)
        sandbox = control.call(
            "POST", "/sandboxes", {"seed": _SEED, "quiet_ms": 0, "rate_limit": 0}
        )
        console.print(f"A server on {base}, a sandbox with seed {_SEED}, and 200 orders.")
        with httpx.Client(base_url=base) as own_http:
            credentials = Credentials.of(sandbox)
            integration = Integration(SellerCenter(own_http, credentials), credentials)
            _play(control, sandbox["id"], integration)
        facts = _journal(control, sandbox["id"])
        _show_timeline(console, facts, min(integration.to_ship))
        _show_breaches(console, facts)
        _show_end(console, control.call("GET", f"/sandboxes/{sandbox['id']}"), integration, facts)
        console.print(f"{_DAYS} virtual days in {elapsed() - began:.1f} s of yours.\n")
    _show_next(console)


def _play(control: Control, sandbox_id: str, integration: Integration) -> None:
    at = f"/sandboxes/{sandbox_id}"
    with receiver(integration.hear) as url:
        integration.seller.call(
            "PUT",
            "/event/202309/webhooks",
            {"event_type": "ORDER_STATUS_CHANGE", "address": url},
        )
        for shipping, behaviour, count in _ORDERS:
            body = {"count": count, "shipping": shipping, "behaviour": behaviour}
            placed = control.call("POST", f"{at}/orders", body)
            if not behaviour:
                integration.own.update(placed["orders"])
        control.call("POST", f"{at}/clock/advance", {"by": f"{_HELD_FROM}h"})
        control.call("POST", f"{at}/carriers/jt/hold", {"for": _HOLD})
        control.call("POST", f"{at}/clock/advance", {"by": f"{_SHIPS_AT - _HELD_FROM}h"})
        integration.ship_all()
        control.call("POST", f"{at}/clock/advance", {"by": f"{_DAYS * 24 - _SHIPS_AT}h"})


def _journal(control: Control, sandbox_id: str) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    while True:
        page = control.call("GET", f"/sandboxes/{sandbox_id}/journal", after=str(len(facts)))
        if not page["facts"]:
            return facts
        facts.extend(page["facts"])


def _show_timeline(console: Console, facts: list[dict[str, Any]], order_id: str) -> None:
    own = [fact for fact in facts if fact.get("order_id") == order_id]
    placed = own[0]["at"]
    table = Table(title=f"Order {order_id}: ready in time, picked up late", title_justify="left")
    for heading in ("after", "what happened", "more"):
        table.add_column(heading)
    for fact in own:
        more = (
            str(fact[key])
            for key in ("status", "scan", "place", "rule", "cause", "liable", "tracking_number")
            if key in fact
        )
        style = "red" if fact["kind"] == "RuleBreached" else ""
        table.add_row(_hours(fact["at"] - placed), fact["kind"], ", ".join(more), style=style)
    console.print(table)


def _show_breaches(console: Console, facts: list[dict[str, Any]]) -> None:
    placed = {f["order_id"]: f["at"] for f in facts if f["kind"] == "OrderPlaced"}
    noticed = {f["order_id"]: f["at"] for f in facts if f["kind"] == "CarrierNotified"}
    groups: Counter[tuple[str, str, str, str]] = Counter()
    for fact in facts:
        if fact["kind"] == "RuleBreached":
            since = noticed if fact["rule"] == "D2" else placed
            after = _hours(fact["at"] - since[fact["order_id"]])
            groups[fact["rule"], fact["liable"], fact["cause"], after] += 1
    table = Table(title="Breaches by rule and liable party", title_justify="left")
    for heading in ("rule", "liable", "missing", "recorded after exactly", "orders"):
        table.add_column(heading, justify="right" if heading == "orders" else "left")
    for (rule, liable, cause, after), count in sorted(groups.items()):
        counted_from = "the notice" if rule == "D2" else "the order"
        table.add_row(rule, liable, cause, f"{after} from {counted_from}", str(count))
    console.print(table)
    console.print("\n".join(_RULES), "", highlight=False)


def _show_end(
    console: Console,
    sandbox: dict[str, Any],
    integration: Integration,
    facts: list[dict[str, Any]],
) -> None:
    counted = sorted(Counter(integration.heard.values()).items())
    heard = ", ".join(f"{count} {status}" for status, count in counted)
    console.print(f"{len(facts)} facts; digest {sandbox['digest']}: the same on every run.")
    console.print(f"Webhooks received and verified: {heard}.")


def _show_next(console: Console) -> None:
    console.print(
        "[bold]Next[/]  seatrial up         a server for your own integration\n"
        "      docs/first-steps.md   point a client at it\n"
        "      docs/control-api.md   orders, clock, carriers, journal\n",
        highlight=False,
    )


def _hours(seconds: int) -> str:
    hours, rest = divmod(seconds, _HOUR)
    minutes, rest = divmod(rest, 60)
    return f"{hours} h" if not (minutes or rest) else f"{hours}:{minutes:02d}:{rest:02d}"
