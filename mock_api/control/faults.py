"""Planned faults of a sandbox: planning one, looking at what they did, taking one back."""

from http import HTTPStatus
from typing import Annotated, Any, Final, Self

from fastapi import APIRouter, Response
from pydantic import Field, model_validator

from mock_api.control.requests import LimitsDep, SandboxDep, Wish
from mock_api.kernel.faults import Fault, Plan, What
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.times import Duration, Moment
from simulator.clock import Instant, later
from simulator.errors import NotFound

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}/faults", tags=["faults"])


class NewFault(Wish):
    """What shall go wrong (docs/faults.md)."""

    what: What
    order_id: Annotated[str, Field(max_length=40)] = ""
    """Left out: whoever's."""
    operation: Annotated[str, Field(max_length=80)] = ""
    """An endpoint by its name in the exchange log, or a webhook's event type; left out: any."""
    after: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Spare so many first."""
    times: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Befall so many at the most."""
    probability: Annotated[float, Field(gt=0, le=1)] = 1.0
    from_: Annotated[Moment | None, Field(alias="from")] = None
    for_: Annotated[Duration | None, Field(alias="for")] = None
    """How long it is in force, in virtual time."""
    by: Duration = 0
    """How late a delayed webhook is."""
    retry_after: Annotated[int, Field(ge=0, le=86_400)] | None = None
    """Of a throttled answer: seconds, in its Retry-After header."""
    code: Annotated[int, Field(ge=1, le=10**9)] | None = None
    """Of a refusal: one that is documented for the operation, or for any."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.what is What.WEBHOOK_DELAYED and not self.by:
            raise ValueError("a delayed webhook says by how much: give by")
        if self.by and self.what is not What.WEBHOOK_DELAYED:
            raise ValueError("only a delayed webhook is late: leave out by")
        if self.retry_after is not None and self.what is not What.THROTTLED:
            raise ValueError("only a throttled answer has a Retry-After")
        if (self.code is not None) is not (self.what is What.REFUSED):
            raise ValueError("a refusal has a code, and nothing else has one")
        return self

    def plan(self, now: Instant) -> Plan:
        from_ = now if self.from_ is None else Instant(self.from_)
        return Plan(
            what=self.what,
            order_id=self.order_id,
            operation=self.operation,
            after=self.after,
            times=self.times,
            probability=self.probability,
            from_=from_,
            until=None if self.for_ is None else later(from_, self.for_),
            by=self.by,
            retry_after=self.retry_after,
            code=self.code or 0,
        )


@router.post("", status_code=HTTPStatus.CREATED)
async def plan_fault(sandbox: SandboxDep, limits: LimitsDep, wanted: NewFault) -> dict[str, Any]:
    if len(sandbox.faults.planned) >= limits.faults:
        told = f"this sandbox has {limits.faults} planned faults already: delete one first"
        raise Problem(HTTPStatus.CONFLICT, told)
    _require_documented(sandbox, wanted)
    return _shown(sandbox.faults.plan(wanted.plan(sandbox.world.now)))


@router.get("")
async def list_faults(sandbox: SandboxDep) -> dict[str, Any]:
    """Every one, with how many it could have befallen and how many it did."""
    return {"faults": [_shown(fault) for fault in sandbox.faults.planned.values()]}


@router.delete("/{fault_id}", status_code=HTTPStatus.NO_CONTENT)
async def take_back(sandbox: SandboxDep, fault_id: str) -> Response:
    if sandbox.faults.planned.pop(fault_id, None) is None:
        raise NotFound("fault", fault_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _require_documented(sandbox: Sandbox, wanted: NewFault) -> None:
    if wanted.code is None:
        return
    known = sandbox.faults.documented(wanted.operation)
    if wanted.code not in known:
        of = wanted.operation or "any operation"
        codes = ", ".join(str(code) for code in sorted(known))
        told = f"no planned fault of {of} has this code; one has {codes}"
        raise invalid(("body.code", told))


def _shown(fault: Fault) -> dict[str, Any]:
    plan = fault.plan
    return {
        "id": fault.id,
        "what": plan.what,
        "order_id": plan.order_id,
        "operation": plan.operation,
        "after": plan.after,
        "times": plan.times,
        "probability": plan.probability,
        "from": plan.from_,
        "until": plan.until,
        "by": plan.by,
        "retry_after": plan.retry_after,
        "met": fault.met,
        "fired": fault.fired,
    } | ({"code": plan.code} if plan.code else {})
