"""Sandboxes: opening one, looking at it with all its credentials, resetting and deleting it."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request
from pydantic import BeforeValidator, Field

from mock_api.control.access import DoorsWish, apply_doors
from mock_api.control.agreements import WishedStock, WishedSupplier, agreed
from mock_api.control.clock import end_advance
from mock_api.control.readings import ExchangesWish, keep_exchanges, require_keepable
from mock_api.control.requests import SandboxDep, SandboxesDep
from mock_api.kernel.driver import Webhooks
from mock_api.kernel.papers import Clock
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.times import Duration, instant
from mock_api.kernel.wall_clock import wall_seconds
from simulator import MarketProfile, WorldConfig, market_named
from simulator.admission import USUAL_TERM
from simulator.carriers.settings import MISHAPS_MOST
from simulator.channels.choice import MARKET
from simulator.clock import Instant
from simulator.world import STARTS_AT, Pickups

router: Final = APIRouter(prefix="/sandboxes", tags=["sandboxes"])

_MOST_SHOPS: Final = 20
_NAME: Final = 200
ShopName = Annotated[str, Field(min_length=1, max_length=_NAME)]
_MILLIS: Final = 1000
_EARLIEST: Final = 86_400
_LATEST: Final = 7_258_118_400
"""The year 2200. Zero is no start: on an entity it means not yet."""


def _start(wanted: object) -> int:
    if wanted is None:
        return STARTS_AT
    at = wall_seconds() if wanted == "now" else instant(wanted)
    if not _EARLIEST <= at <= _LATEST:
        raise ValueError("a world starts between 1970-01-02 and the year 2200")
    return at


def _shop_names(wanted: object) -> tuple[str, ...]:
    if isinstance(wanted, int) and 1 <= wanted <= _MOST_SHOPS:
        return ("Sea Trial Goods", *(f"Sea Trial Goods {n}" for n in range(2, wanted + 1)))
    if isinstance(wanted, list) and 1 <= len(wanted) <= _MOST_SHOPS:
        names = tuple(each for each in wanted if isinstance(each, str) and 1 <= len(each) <= _NAME)
        if len(names) == len(wanted):
            return names
    raise ValueError(f"is 1 to {_MOST_SHOPS}, or as many names of 1 to {_NAME} characters")


def _market(wanted: "NewSandbox") -> MarketProfile:
    market = market_named(wanted.market)
    if wanted.subsidy_percent:
        market = replace(market, subsidy_percent=wanted.subsidy_percent)
    if wanted.labels_take:
        market = replace(market, ways=replace(market.ways, labels_take=wanted.labels_take))
    return market


class NewSandbox(DoorsWish):
    """What a sandbox may be made of; everything has a default."""

    seed: int = Field(1, ge=0, lt=2**63)
    market: str = "standard"
    start: Annotated[int, BeforeValidator(_start, json_schema_input_type=int | str | None)] = (
        STARTS_AT
    )
    """Where its clock starts: an instant, or ``now``; left out, a fixed Monday, so that runs
    repeat."""
    shops: Annotated[
        tuple[str, ...], BeforeValidator(_shop_names, json_schema_input_type=int | list[str])
    ] = ("Sea Trial Goods",)
    """The shops' names, or how many there are."""
    carriers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """What its carriers do otherwise: by code, settings with their values (docs/carriers.md)."""
    mishaps: float = Field(0.0, ge=0, le=MISHAPS_MOST, allow_inf_nan=False)
    """By what every rate of mishaps is multiplied: 0, and nothing goes wrong by itself; 1, and as
    much as sources say (docs/mishaps.md)."""
    independent_shops: Annotated[tuple[ShopName, ...], Field(max_length=_MOST_SHOPS)] = ()
    """M4: names of shops that the platform has no part in."""
    carrier_rule: str = MARKET
    """X4: by whom sellers post who may choose: ``market``, ``cheapest``, ``fastest``, ``by_value``,
    or a carrier's code."""
    stock: WishedStock = Field(default_factory=WishedStock)
    """X2: goods abroad."""
    suppliers: (
        Annotated[list[WishedSupplier], Field(min_length=1, max_length=_MOST_SHOPS)] | None
    ) = None
    """X3; left out, the usual ones."""
    pickups: Pickups = Pickups.REGULAR
    """How carriers come for what is handed to them through their own APIs (docs/shipments.md)."""
    subsidy_percent: int = Field(0, ge=0, le=100)
    """X5: of the designated carrier's price, what the platform pays."""
    labels_take: Duration = 0
    """So long after the ship call a shipping document is still being made (11034037)."""
    redirect_url: str = Field("", max_length=2_000)
    """Where the authorise page sends the seller back to."""
    timestamps: Clock = Clock.WALL
    """The clock on which requests' timestamps are checked."""
    carrier_tokens: Clock = Clock.WALL
    """The clock on which bearer tokens of carriers run out."""
    lenient: Annotated[frozenset[str], Field(max_length=100)] | None = None
    """Carriers' APIs that forgive what the real ones refuse; left out: as the server was told."""
    webhooks: Webhooks = Webhooks.DRAIN
    quiet_ms: int | None = Field(None, ge=0, le=10_000)
    """Drain: how long the integration must be quiet until time goes on."""
    authorized_for: Duration = USUAL_TERM
    """For how long the seller authorised the app, and does so again."""
    exchanges: ExchangesWish = Field(default_factory=ExchangesWish)
    """How much of its traffic it remembers; left out: as the server says, and nothing on disk."""


@router.post("", status_code=201)
async def open_sandbox(
    request: Request, sandboxes: SandboxesDep, wanted: NewSandbox | None = None
) -> dict[str, Any]:
    wanted = wanted or NewSandbox()
    _require_known(sandboxes, wanted)
    sandbox = sandboxes.open(_config(wanted), wanted.redirect_url)
    try:
        apply_doors(sandbox, wanted)
    except Problem:
        await sandboxes.delete(sandbox.id)
        raise
    _furnish(sandbox, wanted, sandboxes)
    request.state.sandbox = sandbox
    return shown(sandbox)


@router.get("")
async def list_sandboxes(sandboxes: SandboxesDep) -> dict[str, Any]:
    return {"sandboxes": [shown(sandbox) for sandbox in sandboxes.all()]}


@router.get("/{sandbox_id}")
async def get_sandbox(sandbox: SandboxDep) -> dict[str, Any]:
    return shown(sandbox)


@router.delete("/{sandbox_id}", status_code=204)
async def delete_sandbox(request: Request, sandboxes: SandboxesDep, sandbox_id: str) -> None:
    await end_advance(request, sandbox_id)
    await sandboxes.delete(sandbox_id)
    request.app.state.marks.drop(sandbox_id)


@router.post("/{sandbox_id}/reset")
async def reset_sandbox(
    request: Request,
    sandboxes: SandboxesDep,
    sandbox: SandboxDep,
    wanted: NewSandbox | None = None,
) -> dict[str, Any]:
    """The world as it was at its start, or another one; credentials stay the same."""
    world = sandbox.new_world(_config(wanted) if wanted else sandbox.config)
    if wanted:
        _require_known(sandboxes, wanted)
        apply_doors(sandbox, wanted)
    await end_advance(request, sandbox.id)
    await sandbox.reset(world)
    if wanted:
        _furnish(sandbox, wanted, sandboxes)
    return shown(sandbox)


def _config(wanted: NewSandbox) -> WorldConfig:
    return WorldConfig(
        seed=wanted.seed,
        starts_at=Instant(wanted.start),
        market=_market(wanted),
        shops=wanted.shops,
        carriers=wanted.carriers,
        mishaps=wanted.mishaps,
        independent_shops=wanted.independent_shops,
        carrier_rule=wanted.carrier_rule,
        channels=agreed(wanted.stock, wanted.suppliers),
        authorized_for=wanted.authorized_for,
        pickups=wanted.pickups,
    )


def _require_known(sandboxes: Sandboxes, wanted: NewSandbox) -> None:
    unknown = sorted((wanted.lenient or frozenset()) - sandboxes.dialects.keys())
    if unknown:
        raise invalid(("body.lenient", f"there is no API of {', '.join(unknown)}"))
    require_keepable(wanted.exchanges, sandboxes.limits, "body.exchanges")


def _furnish(sandbox: Sandbox, wanted: NewSandbox, sandboxes: Sandboxes) -> None:
    sandbox.timestamps = wanted.timestamps
    sandbox.carrier_tokens = wanted.carrier_tokens
    sandbox.lenient = sandboxes.lenient if wanted.lenient is None else wanted.lenient
    sandbox.driver.webhooks = wanted.webhooks
    usual = {"keep": sandbox.limits.exchanges, "spill": False}
    asked = ExchangesWish(**(usual | wanted.exchanges.model_dump(exclude_none=True)))
    keep_exchanges(sandbox.exchanges, asked, sandbox.limits, "body.exchanges")
    if wanted.quiet_ms is not None:
        sandbox.driver.quiet_s = wanted.quiet_ms / _MILLIS


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
        "independent_shops": [
            {"id": shop.id, "name": shop.name, "region": shop.region}
            for shop in sandbox.world.registry.shops.values()
            if shop.independent
        ],
        "carriers": sandbox.papers.carriers,
        "mishaps": sandbox.world.registry.mishaps,
        "timestamps": sandbox.timestamps,
        "carrier_tokens": sandbox.carrier_tokens,
        "lenient": sorted(sandbox.lenient),
        "webhooks": sandbox.driver.webhooks,
        "exchanges": {
            "keep": sandbox.exchanges.keeping.keep,
            "spill": sandbox.exchanges.keeping.spill,
        },
        "quiet_ms": round(sandbox.driver.quiet_s * _MILLIS),
        "digest": sandbox.world.journal.digest(),
    }
