"""What can be read of a sandbox: its journal, its exchanges, its webhooks."""

from itertools import islice
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request

from mock_api.control.requests import SandboxDep
from mock_api.kernel.exchanges import ExchangeLog
from mock_api.kernel.masking import Mask

router: Final = APIRouter(tags=["readings"])

After = Annotated[int, Query(ge=0)]
Limit = Annotated[int, Query(ge=1, le=10_000)]
_USUAL: Final = 1_000


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
    sandbox: SandboxDep, after: After = 0, limit: Limit = _USUAL
) -> dict[str, Any]:
    """Requests with their answers, oldest first, as far back as the ring reaches."""
    return _exchanges(sandbox.exchanges, Mask(sandbox), after, limit)


@router.get("/exchanges")
async def get_strays(request: Request, after: After = 0, limit: Limit = _USUAL) -> dict[str, Any]:
    """Requests that found no sandbox: unknown paths, unknown app keys."""
    strays = request.app.state.strays
    assert isinstance(strays, ExchangeLog)
    return _exchanges(strays, Mask(), after, limit)


@router.get("/sandboxes/{sandbox_id}/webhooks")
async def get_webhooks(
    sandbox: SandboxDep, after: After = 0, limit: Limit = _USUAL
) -> dict[str, Any]:
    """Every message with its attempts, oldest first."""
    found = islice((each for each in sandbox.outbox.all if each.n > after), limit)
    rows = [message.shown() for message in found]
    return {"webhooks": rows, "next": rows[-1]["n"] if rows else after}


def _exchanges(log: ExchangeLog, mask: Mask, after: int, limit: int) -> dict[str, Any]:
    rows = [exchange.shown(mask) for exchange in islice(log.after(after), limit)]
    return {
        "exchanges": rows,
        "next": rows[-1]["n"] if rows else after,
        "count": log.count,
        "throttled": log.throttled,
        "not_simulated": log.not_simulated,
    }
