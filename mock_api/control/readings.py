"""What can be read of a sandbox: its journal, its exchanges, its webhooks."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from pydantic import Field

from mock_api.control.requests import LimitsDep, SandboxDep, Wish
from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.problems import invalid
from mock_api.limits import Limits

router: Final = APIRouter(tags=["readings"])

After = Annotated[int, Query(ge=0)]
Limit = Annotated[int, Query(ge=1, le=10_000)]
_USUAL: Final = 1_000


class ExchangesWish(Wish):
    """How much of its traffic a sandbox remembers; what is left out stays."""

    keep: Annotated[int, Field(ge=1)] | None = None
    """Exchanges in memory."""
    spill: bool | None = None
    """Those that leave memory go to disk, and are read from there; if not, they are gone."""


@router.get("/sandboxes/{sandbox_id}/journal")
async def get_journal(
    sandbox: SandboxDep,
    after: After = 0,
    limit: Limit = _USUAL,
    kind: str = "",
    order_id: str = "",
) -> dict[str, Any]:
    """Facts with a higher number than ``after``; ``next`` is the number to go on from."""
    found = sandbox.facts.page(after, limit, kind, order_id)
    return {
        "facts": [entry.row() for entry in found],
        "next": found[-1].seq if found else after,
        "length": sandbox.world.journal.length,
        "digest": sandbox.world.journal.digest(),
    }


@router.get("/sandboxes/{sandbox_id}/exchanges")
async def get_exchanges(
    sandbox: SandboxDep, limits: LimitsDep, after: After = 0, limit: Limit = _USUAL
) -> dict[str, Any]:
    """Requests with their answers, oldest first, as far back as disk and memory reach."""
    return _exchanges(sandbox.exchanges, limits, after, limit)


@router.patch("/sandboxes/{sandbox_id}/exchanges")
async def change_exchanges(
    sandbox: SandboxDep, limits: LimitsDep, wanted: ExchangesWish
) -> dict[str, Any]:
    keep_exchanges(sandbox.exchanges, wanted, limits, "body")
    return _kept(sandbox.exchanges)


@router.get("/exchanges")
async def get_strays(
    request: Request, limits: LimitsDep, after: After = 0, limit: Limit = _USUAL
) -> dict[str, Any]:
    """Requests that found no sandbox: unknown paths, unknown app keys."""
    strays = request.app.state.strays
    assert isinstance(strays, ExchangeLog)
    return _exchanges(strays, limits, after, limit)


@router.get("/sandboxes/{sandbox_id}/webhooks")
async def get_webhooks(
    sandbox: SandboxDep, limits: LimitsDep, after: After = 0, limit: Limit = _USUAL
) -> dict[str, Any]:
    """Every message with its attempts, oldest first; how many wait, and how many were dropped
    because too many did."""
    outbox = sandbox.outbox
    found = (message.shown() for message in outbox.all.values() if message.n > after)
    rows = list(_page(found, limit, limits.page_bytes, lambda row: len(row["body"])))
    return {
        "webhooks": rows,
        "next": rows[-1]["n"] if rows else after,
        "waiting": outbox.waiting,
        "turned_away": outbox.turned_away,
    }


def require_keepable(wanted: ExchangesWish, limits: Limits, path: str) -> None:
    """The server lets a sandbox keep so many in memory; refused otherwise."""
    most = max(limits.exchanges, limits.exchanges_at_most)
    if wanted.keep is not None and wanted.keep > most:
        told = f"a sandbox keeps {most} exchanges in memory at the most"
        raise invalid((f"{path}.keep", told))


def keep_exchanges(log: ExchangeLog, wanted: ExchangesWish, limits: Limits, path: str) -> None:
    """As wanted from now on; refused if it is too much."""
    require_keepable(wanted, limits, path)
    was = log.keeping
    keep = was.keep if wanted.keep is None else wanted.keep
    log.keep_so(Keeping(keep, was.spill if wanted.spill is None else wanted.spill))


def _exchanges(log: ExchangeLog, limits: Limits, after: int, limit: int) -> dict[str, Any]:
    rows = list(_page(log.rows(after), limit, limits.page_bytes, _bodies))
    return {
        "exchanges": rows,
        "next": rows[-1]["n"] if rows else after,
        "count": log.count,
        "throttled": log.throttled,
        "not_simulated": log.not_simulated,
    } | _kept(log)


def _kept(log: ExchangeLog) -> dict[str, Any]:
    return {
        "keep": log.keeping.keep,
        "spill": log.keeping.spill,
        "in_memory": log.in_memory,
        "on_disk": log.on_disk,
    }


def _bodies(row: dict[str, Any]) -> int:
    return len(row["request"]) + len(row["answer"])


def _page(
    rows: Iterable[dict[str, Any]],
    limit: int,
    most_bytes: int,
    size: Callable[[dict[str, Any]], int],
) -> Iterator[dict[str, Any]]:
    """Up to *limit* rows, and no more of them than fit; always one, so that a reader gets on."""
    room = most_bytes
    for row in islice(rows, limit):
        room -= size(row)
        if room < 0 and room + size(row) < most_bytes:
            return
        yield row
