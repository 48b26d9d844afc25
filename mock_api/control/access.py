"""Who may come in, and how often: a sandbox's doors, scopes, authorisation and the app's webhooks.

It stands in for the developers' console, for the seller's list of apps, and for the platform's
hand on its own doors.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Response
from pydantic import Field

from mock_api.control.requests import SandboxDep, Wish
from mock_api.kernel.doors import networks
from mock_api.kernel.papers import AppWebhooks
from mock_api.kernel.problems import invalid
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.times import Duration
from mock_api.kernel.webhook_urls import LONGEST, flaw_of

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["access"])

_MOST_CALLS: Final = 1_000_000
EventType = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=80)]
TypeNumber = Annotated[int, Field(ge=1, le=999)]


class DoorsWish(Wish):
    """What is left out stays."""

    rate_limit: Annotated[int, Field(ge=0, le=_MOST_CALLS)] | None = None
    """Calls a second of one endpoint for one shop, on the wall clock; 0: no limit."""
    hourly_cap: Annotated[int, Field(ge=0, le=_MOST_CALLS)] | None = None
    """Calls an hour for one shop, as test shops have it; 0: no cap."""
    allowed_ips: Annotated[list[str], Field(max_length=100)] | None = None
    """Addresses and networks; an empty list: from anywhere."""
    strict_webhook_urls: bool | None = None
    """Webhooks go to real addresses only: https, a host's name, no port."""
    scopes: Annotated[list[str], Field(max_length=1_000)] | None = None
    """What the seller grants, to tokens that are out as well."""


class AppWebhookWish(Wish):
    address: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    types: Annotated[list[TypeNumber | EventType], Field(min_length=1, max_length=100)] | None = (
        None
    )
    """Event types or their numbers, such as the Event API does not take as well; left out: all."""


class ConsentWish(Wish):
    for_: Annotated[Duration | None, Field(alias="for")] = None
    """Left out: the usual term of the sandbox."""


@router.get("/access")
async def get_access(sandbox: SandboxDep) -> dict[str, Any]:
    return shown(sandbox)


@router.patch("/access")
async def change_access(sandbox: SandboxDep, wanted: DoorsWish) -> dict[str, Any]:
    apply_doors(sandbox, wanted)
    return shown(sandbox)


def apply_doors(sandbox: Sandbox, wanted: DoorsWish) -> None:
    """All of it, or, if something cannot be, nothing."""
    rules = sandbox.door_rules
    if wanted.rate_limit is not None:
        rules = replace(rules, per_second=wanted.rate_limit)
    if wanted.hourly_cap is not None:
        rules = replace(rules, per_hour=wanted.hourly_cap)
    if wanted.strict_webhook_urls is not None:
        rules = replace(rules, strict_webhook_urls=wanted.strict_webhook_urls)
    if wanted.allowed_ips is not None:
        try:
            rules = replace(rules, allowed_ips=networks(wanted.allowed_ips))
        except ValueError as flaw:
            raise invalid(("body.allowed_ips", str(flaw))) from None
    if wanted.scopes is not None:
        unknown = sorted(set(wanted.scopes) - sandbox.all_scopes)
        if unknown:
            raise invalid(("body.scopes", f"no endpoint asks for {', '.join(unknown)}"))
        sandbox.grants.narrow(frozenset(wanted.scopes))
    sandbox.set_doors(rules)


@router.post("/authorization/grant")
async def grant(sandbox: SandboxDep, wanted: ConsentWish | None = None) -> dict[str, Any]:
    """The seller consents without a page: for so long, from now on."""
    term = wanted.for_ if wanted and wanted.for_ is not None else sandbox.config.authorized_for
    sandbox.world.admission.authorize(term)
    return shown(sandbox)


@router.post("/authorization/take_back")
async def take_back(sandbox: SandboxDep) -> dict[str, Any]:
    """The seller deauthorises the app: webhook 6, and 105001 from then on."""
    sandbox.world.admission.deauthorize()
    return shown(sandbox)


@router.post("/shops/{shop_id}/{action}")
async def set_shop(
    sandbox: SandboxDep, shop_id: str, action: Literal["deactivate", "reactivate"]
) -> dict[str, Any]:
    acts = sandbox.world.admission
    (acts.deactivate_shop if action == "deactivate" else acts.reactivate_shop)(shop_id)
    return shown(sandbox)


@router.post("/seller/{action}")
async def set_seller(
    sandbox: SandboxDep, action: Literal["deactivate", "reactivate"]
) -> dict[str, Any]:
    acts = sandbox.world.admission
    (acts.deactivate_seller if action == "deactivate" else acts.reactivate_seller)()
    return shown(sandbox)


@router.put("/app_webhooks")
async def set_app_webhooks(sandbox: SandboxDep, wanted: AppWebhookWish) -> dict[str, Any]:
    """The app's own address for webhooks of every shop, beside what shops have subscribed to."""
    flaw = flaw_of(wanted.address, strict=sandbox.door_rules.strict_webhook_urls)
    if flaw:
        raise invalid(("body.address", flaw))
    types = None if wanted.types is None else frozenset(wanted.types)
    sandbox.app_webhooks = AppWebhooks(wanted.address, types)
    return shown(sandbox)


@router.delete("/app_webhooks", status_code=HTTPStatus.NO_CONTENT)
async def drop_app_webhooks(sandbox: SandboxDep) -> Response:
    sandbox.app_webhooks = None
    return Response(status_code=HTTPStatus.NO_CONTENT)


def shown(sandbox: Sandbox) -> dict[str, Any]:
    """How wide the doors are, and who may come in."""
    rules, state = sandbox.door_rules, sandbox.world.registry.reminder.state
    app = sandbox.app_webhooks
    return {
        "rate_limit": rules.per_second,
        "hourly_cap": rules.per_hour,
        "allowed_ips": [str(network) for network in rules.allowed_ips],
        "strict_webhook_urls": rules.strict_webhook_urls,
        "scopes": sorted(sandbox.grants.scopes),
        "authorization": {
            "serial": state.serial,
            "ends_at": state.ends_at,
            "ended_by": state.ended_by or None,
        },
        "deactivated_shops": list(state.shops_out),
        "seller_deactivated": state.seller_out,
        "app_webhooks": app
        and {"address": app.address, "types": app.types and sorted(app.types, key=str)},
        "turned_away": [
            {"operation": operation, "limit": limit, "count": n}
            for (operation, limit), n in sorted(sandbox.doors.turned_away.items())
        ],
    }
