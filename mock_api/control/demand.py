"""Sources of orders: opening one, looking at them, stopping one."""

import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from mock_api.control.requests import LimitsDep, SandboxDep
from mock_api.control.sources import AnySource, WishedBurst, WishedReplay
from mock_api.kernel.problems import Problem, invalid
from simulator.demand.model import Plan, Source, Step
from simulator.demand.rhythms import HORIZON
from simulator.errors import BadDemand

_MOST_TOLD: Final = 100
"""Errors of one body; a sheet may have one in every cell."""
_KINDS: Final = [(kind,) for kind in ("steady", "curve", "burst", "replay")]
_ROW: Final = re.compile(r"rows\.(\d+)\.(\w+)")


class _Untagged(APIRoute):
    """FastAPI names the chosen kind in the path of an error, where the body has no such field."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as wrong:
                errors = [error | {"loc": _untagged(error)} for error in wrong.errors()]
                raise RequestValidationError(errors, body=wrong.body) from None

        return handled


def _untagged(error: dict[str, Any]) -> Sequence[str | int]:
    loc: Sequence[str | int] = error["loc"]
    if error["type"].startswith("union_tag"):
        return (*loc, "kind")
    return (*loc[:1], *loc[2:]) if loc[1:2] in _KINDS else loc


router: Final = APIRouter(
    prefix="/sandboxes/{sandbox_id}/demand", tags=["demand"], route_class=_Untagged
)


@router.post("", status_code=HTTPStatus.CREATED)
async def add_source(
    sandbox: SandboxDep,
    limits: LimitsDep,
    wanted: Annotated[AnySource, Body(discriminator="kind")],
) -> dict[str, Any]:
    """Orders come by themselves from now on, while the clock moves."""
    world = sandbox.world
    if len(world.registry.sources) >= limits.sources:
        told = f"this sandbox has {limits.sources} sources of orders already: delete one first"
        raise Problem(HTTPStatus.CONFLICT, told)
    _require_readable(wanted)
    plan = _within(limits.orders_per_source, wanted.plan(world.now), wanted)
    try:
        return _shown(world.add_demand(plan, wanted.name))
    except BadDemand as refusal:
        raise _problem(refusal, wanted) from None


@router.get("")
async def list_sources(sandbox: SandboxDep) -> dict[str, Any]:
    """Every source, with what it has brought so far."""
    return {"sources": [_shown(source) for source in sandbox.world.registry.sources.values()]}


@router.delete("/{source}")
async def stop_source(sandbox: SandboxDep, source: str) -> dict[str, Any]:
    """No more orders from it. It leaves the list, and this answer has its last counts."""
    return _shown(sandbox.world.stop_demand(source))


def _require_readable(wanted: AnySource) -> None:
    if isinstance(wanted, WishedReplay) and (wrong := wanted.sheet.wrong):
        raise invalid(*(("body.csv", str(cell)) for cell in wrong[:_MOST_TOLD]))


def _within(most: int, plan: Plan, wanted: AnySource) -> Plan:
    """The plan with the server's bound on its orders, if it has none of its own."""
    if plan.most is None:
        return replace(plan, count=most)
    if plan.most > most:
        told = f"one source brings {most} orders at the most"
        raise invalid((f"body.{_field_of_count(wanted)}", told))
    return plan


def _field_of_count(wanted: AnySource) -> str:
    match wanted:
        case WishedBurst():
            return "orders"
        case WishedReplay():
            return "rows" if wanted.csv is None else "csv"
        case _:
            return "count"


def _problem(refusal: BadDemand, wanted: AnySource) -> Problem:
    """The simulation's flaws with their paths in this body; a sheet's rows by their lines."""
    lines = wanted.sheet.lines if isinstance(wanted, WishedReplay) else ()
    told = []
    for path, message in refusal.flaws[:_MOST_TOLD]:
        cell = _ROW.fullmatch(path)
        if cell and lines:
            told.append(("body.csv", f"line {lines[int(cell[1])]}, column {cell[2]}: {message}"))
        else:
            told.append((f"body.{path}", message))
    return invalid(*told)


def _shown(source: Source) -> dict[str, Any]:
    plan = source.plan
    return {
        "id": source.id,
        "kind": type(plan.rhythm).__name__.lower(),
        "placed": source.placed,
        "most": plan.most,
        "start": plan.starts_at,
        "end": None if plan.ends_at == HORIZON else plan.ends_at,
        "next": source.due_at if source.step is Step.ORDER else None,
        "over": source.is_over,
        "ended": source.ended_at or None,
        "cause": source.cause,
    }
