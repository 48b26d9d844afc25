"""Sandboxes: opening one, looking at it with all its credentials, resetting and deleting it."""

from typing import Any, Final, Literal

from fastapi import APIRouter
from pydantic import Field

from mock_api.control.requests import SandboxDep, SandboxesDep, Wish
from mock_api.kernel.driver import Webhooks
from mock_api.kernel.sandbox import Clock, Sandbox
from mock_api.kernel.times import Moment
from mock_api.kernel.wall_clock import wall_seconds
from simulator import WorldConfig, market_named
from simulator.clock import Instant
from simulator.world import STARTS_AT

router: Final = APIRouter(prefix="/sandboxes", tags=["sandboxes"])

_MOST_SHOPS: Final = 20
_MILLIS: Final = 1000


class NewSandbox(Wish):
    """What a sandbox may be made of; everything has a default."""

    seed: int = Field(1, ge=0, lt=2**63)
    market: str = "standard"
    start: Moment | Literal["now"] | None = None
    """Where its clock starts; left out, a fixed Monday, so that runs repeat."""
    shops: list[str] | int = Field(1)
    """The shops' names, or how many there are."""
    carriers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """What its carriers do otherwise: by code, settings with their values (docs/carriers.md)."""
    redirect_url: str = Field("", max_length=2_000)
    """Where the authorise page sends the seller back to."""
    timestamps: Clock = Clock.WALL
    """The clock on which requests' timestamps are checked."""
    webhooks: Webhooks = Webhooks.DRAIN
    quiet_ms: int | None = Field(None, ge=0, le=10_000)
    """Drain: how long the integration must be quiet until time goes on."""


@router.post("", status_code=201)
async def open_sandbox(sandboxes: SandboxesDep, wanted: NewSandbox | None = None) -> dict[str, Any]:
    wanted = wanted or NewSandbox()
    config = WorldConfig(
        seed=wanted.seed,
        starts_at=_start(wanted.start),
        market=market_named(wanted.market),
        shops=_shop_names(wanted.shops),
        carriers=wanted.carriers,
    )
    sandbox = sandboxes.open(config, wanted.redirect_url)
    sandbox.timestamps = wanted.timestamps
    sandbox.driver.webhooks = wanted.webhooks
    if wanted.quiet_ms is not None:
        sandbox.driver.quiet_s = wanted.quiet_ms / _MILLIS
    return shown(sandbox)


@router.get("")
async def list_sandboxes(sandboxes: SandboxesDep) -> dict[str, Any]:
    return {"sandboxes": [shown(sandbox) for sandbox in sandboxes.all()]}


@router.get("/{sandbox_id}")
async def get_sandbox(sandbox: SandboxDep) -> dict[str, Any]:
    return shown(sandbox)


@router.delete("/{sandbox_id}", status_code=204)
async def delete_sandbox(sandboxes: SandboxesDep, sandbox_id: str) -> None:
    await sandboxes.delete(sandbox_id)


@router.post("/{sandbox_id}/reset")
async def reset_sandbox(sandbox: SandboxDep) -> dict[str, Any]:
    """The world as it was at its start; credentials stay the same."""
    await sandbox.outbox.close()
    sandbox.reset()
    return shown(sandbox)


def shown(sandbox: Sandbox) -> dict[str, Any]:
    """A sandbox with everything that an integration needs to call it."""
    return {
        "id": sandbox.id,
        "seed": sandbox.config.seed,
        "market": sandbox.config.market.name,
        "start": sandbox.config.starts_at,
        "now": sandbox.world.now,
        "app_key": sandbox.app.key,
        "app_secret": sandbox.app.secret,
        "service_id": sandbox.app.service_id,
        "access_token": sandbox.papers.access_token,
        "refresh_token": sandbox.papers.refresh_token,
        "shops": [
            {"id": shop.id, "cipher": cipher, "name": shop.name, "region": shop.region}
            for shop, cipher in sandbox.shops()
        ],
        "carriers": {},
        "timestamps": sandbox.timestamps,
        "webhooks": sandbox.driver.webhooks,
        "quiet_ms": round(sandbox.driver.quiet_s * _MILLIS),
        "digest": sandbox.world.journal.digest(),
    }


def _start(wanted: int | str | None) -> Instant:
    if wanted is None:
        return STARTS_AT
    return wall_seconds() if isinstance(wanted, str) else Instant(wanted)


def _shop_names(wanted: list[str] | int) -> tuple[str, ...]:
    if isinstance(wanted, int):
        return tuple(
            f"Sea Trial Goods {n}" if n > 1 else "Sea Trial Goods" for n in range(1, wanted + 1)
        )
    return tuple(wanted)
