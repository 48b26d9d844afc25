"""What was agreed about a sandbox: its credentials, whose clock counts, how wide its doors are, how
its clock and its webhooks go, how much of its traffic it remembers. Small, and changed by hand:
written whole whenever it changed.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mock_api.kernel.access import App
from mock_api.kernel.doors import DoorRules, networks
from mock_api.kernel.driver import Webhooks
from mock_api.kernel.exchanges import Keeping
from mock_api.kernel.papers import AppWebhooks, Clock

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox


def terms_of(sandbox: "Sandbox") -> dict[str, Any]:
    """As plain data, ready for JSON."""
    papers, doors, driver = sandbox.papers, sandbox.door_rules, sandbox.driver
    return {
        "app": asdict(papers.app),
        "ciphers": papers.ciphers,
        "access_token": papers.access_token,
        "refresh_token": papers.refresh_token,
        "carriers": papers.carriers,
        "well_known": papers.well_known,
        "scopes": sorted(papers.grants.scopes),
        "timestamps": sandbox.timestamps,
        "carrier_tokens": sandbox.carrier_tokens,
        "lenient": sorted(sandbox.lenient),
        "doors": {
            "per_second": doors.per_second,
            "per_hour": doors.per_hour,
            "allowed_ips": [str(network) for network in doors.allowed_ips],
            "strict_webhook_urls": doors.strict_webhook_urls,
        },
        "webhooks": driver.webhooks,
        "quiet_s": driver.quiet_s,
        "speed": driver.speed,
        "exchanges": asdict(sandbox.exchanges.keeping),
        "app_webhooks": sandbox.app_webhooks and sandbox.app_webhooks.plain(),
    }


def note(sandbox: "Sandbox") -> None:
    """Whoever may have changed something says so; what is as it was is not written again."""
    now = terms_of(sandbox)
    if sandbox.terms.get("") != now:
        sandbox.terms[""] = now


def apply(sandbox: "Sandbox", terms: dict[str, Any]) -> None:
    """What was agreed before holds again. Its clock stands still until somebody lets it run."""
    papers, driver = sandbox.papers, sandbox.driver
    papers.app = App(**terms["app"])
    papers.ciphers = terms["ciphers"]
    papers.access_token, papers.refresh_token = terms["access_token"], terms["refresh_token"]
    papers.carriers, papers.well_known = terms["carriers"], terms["well_known"]
    papers.grants.scopes = frozenset(terms["scopes"])
    sandbox.timestamps = Clock(terms["timestamps"])
    sandbox.carrier_tokens = Clock(terms["carrier_tokens"])
    sandbox.lenient = frozenset(terms["lenient"])
    doors = terms["doors"]
    sandbox.set_doors(DoorRules(**doors | {"allowed_ips": networks(doors["allowed_ips"])}))
    driver.webhooks, driver.quiet_s = Webhooks(terms["webhooks"]), terms["quiet_s"]
    sandbox.exchanges.keep_so(Keeping(**terms["exchanges"]))
    wished = terms["app_webhooks"]
    sandbox.app_webhooks = AppWebhooks.of(wished) if wished else None
