"""A sandbox's clock: looking at it, letting it run, and advancing it.

An advance is synchronous and says what happened. One that takes longer than the server's budget
goes on by itself, and answers 202 with the place where its progress can be seen.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal, Self

from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator

from mock_api.control.requests import LimitsDep, SandboxDep, Wish
from mock_api.kernel.driver import tell_of_failure
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.times import Duration, Moment
from simulator import World
from simulator.carriers.scans import Scan
from simulator.clock import DAY, Instant, later
from simulator.facts import OrderMoved, ParcelScanned
from simulator.orders.model import Status

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}/clock", tags=["clock"])

_USUAL_BOUND: Final = 30 * DAY


class ClockWish(Wish):
    mode: Literal["frozen", "running"]
    speed: Annotated[float, Field(gt=0, le=10_000_000)] = 1.0
    """Virtual seconds per real one."""


class UntilStatus(Wish):
    """Until an order has come to a status, or a parcel of its to a scan."""

    order: str
    status: Status | None = None
    scan: Scan | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.status is None) is (self.scan is None):
            raise ValueError("give either a status or a scan")
        return self


class Advance(Wish):
    """Exactly one of ``by``, ``to`` and ``until``; ``at_most`` bounds an ``until``."""

    by: Duration | None = None
    to: Moment | None = None
    until: (
        Literal["idle", "next"]
        | UntilStatus
        | Annotated[list[UntilStatus], Field(min_length=1, max_length=1_000)]
        | None
    ) = None
    """Of several orders: until one of them is there."""
    at_most: Duration = _USUAL_BOUND


@dataclass(slots=True)
class Progress:
    """What one advance has brought so far."""

    sandbox: Sandbox
    facts: int
    breaches: int
    webhooks: int
    task: "asyncio.Task[bool]"

    def shown(self) -> dict[str, Any]:
        sandbox = self.sandbox
        return {
            "now": sandbox.world.now,
            "facts": sandbox.world.journal.length - self.facts,
            "breaches": sandbox.facts.breaches - self.breaches,
            "webhooks": sandbox.outbox.delivered - self.webhooks,
            "done": self.task.done(),
            "reached": self.task.result() if self.task.done() else False,
        }


@router.get("")
async def get_clock(sandbox: SandboxDep) -> dict[str, Any]:
    return _shown(sandbox)


@router.patch("")
async def set_clock(sandbox: SandboxDep, wanted: ClockWish) -> dict[str, Any]:
    if wanted.mode == "running":
        sandbox.driver.run(wanted.speed)
    else:
        sandbox.driver.freeze()
    return _shown(sandbox)


@router.post("/advance")
async def advance(
    request: Request, response: Response, sandbox: SandboxDep, limits: LimitsDep, wanted: Advance
) -> dict[str, Any]:
    if sandbox.driver.is_moving and sandbox.driver.speed is None:
        raise Problem(HTTPStatus.CONFLICT, "an advance of this sandbox is under way already")
    task = asyncio.ensure_future(_mover(sandbox, wanted, limits.virtual_days_per_advance)())
    progress = Progress(
        sandbox,
        sandbox.world.journal.length,
        sandbox.facts.breaches,
        sandbox.outbox.delivered,
        task,
    )
    request.app.state.progress[sandbox.id] = progress
    await asyncio.wait({task}, timeout=limits.advance_budget_s)
    if task.cancelled():
        raise Problem(HTTPStatus.CONFLICT, "the sandbox was reset or deleted meanwhile")
    if task.done():
        task.result()  # a failure of the model is no silent one
        return progress.shown()
    task.add_done_callback(tell_of_failure)
    response.status_code = HTTPStatus.ACCEPTED
    return progress.shown() | {"progress": request.url.path}


@router.get("/advance")
async def get_progress(request: Request, sandbox: SandboxDep) -> dict[str, Any]:
    """The latest advance of this sandbox."""
    progress = request.app.state.progress.get(sandbox.id)
    if progress is None:
        raise Problem(HTTPStatus.NOT_FOUND, "this sandbox was never advanced")
    assert isinstance(progress, Progress)
    return progress.shown()


async def end_advance(request: Request, sandbox_id: str) -> None:
    """The sandbox's world goes: an advance that is under way goes with it."""
    progress = request.app.state.progress.pop(sandbox_id, None)
    if progress is not None:
        progress.task.cancel()
        await asyncio.wait({progress.task})


def _mover(sandbox: Sandbox, wanted: Advance, most_days: int) -> Callable[[], Awaitable[bool]]:
    """What moves the clock as wanted; refused if it is not one wish, or not a possible one."""
    given = [name for name in ("by", "to", "until") if getattr(wanted, name) is not None]
    if len(given) != 1:
        raise invalid(("body", "give exactly one of by, to and until"))
    bound = later(sandbox.world.now, most_days * DAY)
    if wanted.until is not None:
        at_most = min(later(sandbox.world.now, wanted.at_most), bound)
        reached = _condition(sandbox, wanted.until)
        return lambda: sandbox.driver.go_until(reached, at_most)
    to = wanted.to if wanted.to is not None else later(sandbox.world.now, wanted.by or 0)
    if to < sandbox.world.now:
        raise invalid(("body.to", f"it is {sandbox.world.now} already: time cannot go back"))
    if to > bound:
        raise invalid((f"body.{given[0]}", f"one advance goes {most_days} days at the most"))
    return lambda: _go_to(sandbox, Instant(to))


async def _go_to(sandbox: Sandbox, to: Instant) -> bool:
    await sandbox.driver.go_to(to)
    return True


def _condition(
    sandbox: Sandbox, until: str | UntilStatus | list[UntilStatus]
) -> Callable[[], bool]:
    if isinstance(until, UntilStatus):
        return _places_in_life(sandbox, [until])
    if isinstance(until, list):
        return _places_in_life(sandbox, until)
    if until == "next":
        before = sandbox.world.journal.length
        return lambda: sandbox.world.journal.length > before
    return lambda: sandbox.world.next_due is None and sandbox.outbox.next_due is None


def _places_in_life(sandbox: Sandbox, wanted: list[UntilStatus]) -> Callable[[], bool]:
    """Whether one of them is come to. An order may pass through a status within one second, so
    what was told since is looked at, and not only how things stand."""
    places = {(each.order, str(each.status or each.scan)) for each in wanted}
    there = True in {_is_there(sandbox.world, each) for each in wanted}
    seen = sandbox.world.journal.length

    def reached() -> bool:
        nonlocal there, seen
        for entry in sandbox.facts.page(seen, sandbox.world.journal.length):
            seen = entry.seq
            match entry.fact:
                case OrderMoved(order_id=order_id, status=word):
                    there = there or (order_id, word) in places
                case ParcelScanned(order_id=order_id, scan=word):
                    there = there or (order_id, word) in places
                case _:
                    pass
        return there

    return reached


def _is_there(world: World, wanted: UntilStatus) -> bool:
    order = world.order(wanted.order)
    if wanted.status is not None:
        return order.status is wanted.status
    parcels = [*world.registry.parcels_of(order), *world.registry.parcels_home(order)]
    return any(each.scan is wanted.scan for parcel in parcels for each in parcel.scans)


def _shown(sandbox: Sandbox) -> dict[str, Any]:
    speed = sandbox.driver.speed
    return {
        "now": sandbox.world.now,
        "mode": "frozen" if speed is None else "running",
        "speed": speed or 0,
    }
