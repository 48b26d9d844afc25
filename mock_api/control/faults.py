"""Planned faults of a sandbox: planning one, looking at what they did, taking one back."""

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Annotated, Any, Final, Self

from fastapi import APIRouter, Response
from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from mock_api.control.requests import LimitsDep, SandboxDep, Wish
from mock_api.kernel.faults import LONGEST_MS, OF_REQUESTS, Fault, Plan, Then, What
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.times import Duration, Moment
from simulator.clock import HOUR, MINUTE, Instant, later
from simulator.errors import NotFound

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}/faults", tags=["faults"])

_OURS: Final = ("seller_center", "desk")
"""The dialects that are no carrier's."""
_OF_ITS_OWN: Final[Mapping[str, Collection[What]]] = {
    "by": {What.WEBHOOK_DELAYED},
    "retry_after": {What.THROTTLED},
    "code": {What.REFUSED},
    "ms": {What.LATENCY, What.SLOW_BODY, What.LOST_ANSWER},
    "median_ms": {What.LATENCY},
    "sigma": {What.LATENCY},
    "share": {What.TRUNCATED_BODY},
    "then": {What.LOST_ANSWER},
}
"""The fields that only some kinds take."""
_NEEDS: Final[Mapping[What, str]] = {
    What.WEBHOOK_DELAYED: "by",
    What.REFUSED: "code",
    What.SLOW_BODY: "ms",
}
_COUNTS: Final[Mapping[str, Collection[What]]] = {
    "delayed_ms": {What.LATENCY, What.SLOW_BODY, What.LOST_ANSWER},
    "withheld_bytes": {What.TRUNCATED_BODY},
}
"""What is counted of some kinds besides how often they came to pass."""

Ms = Annotated[int, Field(ge=1, le=LONGEST_MS)]
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


def _several(value: object) -> object:
    return [value] if isinstance(value, int) else value


class NewFault(Wish):
    """What shall go wrong (docs/faults.md)."""

    what: What
    dialect: Annotated[str, Field(max_length=40)] = ""
    """Whose API or webhooks: ``seller_center``, ``desk``, or a carrier's; left out: any."""
    order_id: Annotated[str, Field(max_length=40)] = ""
    """Left out: whoever's."""
    operation: Annotated[str, Field(max_length=80)] = ""
    """An endpoint by its name in the exchange log, or a webhook's event type; left out: any."""
    after: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Spare so many first."""
    times: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Befall so many at the most."""
    nth: Annotated[
        tuple[Annotated[int, Field(ge=1, le=1_000_000)], ...],
        BeforeValidator(_several, json_schema_input_type=int | list[int]),
        Field(max_length=100),
    ] = ()
    """Of those that it could befall just these, counted from one."""
    probability: Annotated[float, Field(gt=0, le=1)] = 1.0
    from_: Annotated[Moment | None, Field(alias="from")] = None
    for_: Annotated[Duration | None, Field(alias="for")] = None
    """How long it is in force, in virtual time."""
    between: tuple[TimeOfDay, TimeOfDay] | None = None
    """Of each virtual day in UTC: from ``18:00`` on, and before ``20:00``."""
    by: Duration | None = None
    """How late a delayed webhook is."""
    retry_after: Annotated[int, Field(ge=0, le=86_400)] | None = None
    """Of a throttled answer: seconds, in its Retry-After header."""
    code: Annotated[int, Field(ge=1, le=10**9)] | None = None
    """Of a refusal: one that is documented for the operation, or for any."""
    ms: Ms | None = None
    """Milliseconds of real time: of a latency; until a lost answer's connection ends; over which a
    slow body comes."""
    median_ms: Ms | None = None
    """Of a latency that is drawn."""
    sigma: Annotated[float, Field(gt=0, le=5)] | None = None
    """The same: of its lognormal."""
    share: Annotated[float, Field(ge=0, lt=1)] | None = None
    """How much of a truncated body is sent; left out, half of it."""
    then: Then | None = None
    """How a lost answer ends; left out, with a reset."""

    @field_validator(*_OF_ITS_OWN)
    @classmethod
    def _is_its_own(cls, value: Any, info: ValidationInfo) -> Any:
        what, name = info.data.get("what"), str(info.field_name)
        takers = _OF_ITS_OWN[name]
        if what and value is not None and what not in takers:
            told = ", ".join(sorted(takers))
            raise ValueError(f"{what} takes no {name}, only {told}: leave it out")
        return value

    @field_validator("nth")
    @classmethod
    def _says_it_all(cls, value: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        if value and (info.data.get("after") or info.data.get("times")):
            raise ValueError("says which ones already: leave out after and times")
        return value

    @field_validator("between")
    @classmethod
    def _is_some_time(cls, value: tuple[str, str] | None) -> tuple[str, str] | None:
        if value and value[0] == value[1]:
            raise ValueError("is no time: leave it out for the whole day")
        return value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        needed = _NEEDS.get(self.what)
        if needed and not getattr(self, needed):
            raise ValueError(f"{self.what} says {needed}: give it")
        drawn = self.median_ms is not None and self.sigma is not None
        either = (self.median_ms is None) is (self.sigma is None) and (self.ms is None) is drawn
        if self.what is What.LATENCY and not either:
            raise ValueError("latency says by how much: give ms, or median_ms with sigma")
        return self

    def plan(self, now: Instant) -> Plan:
        from_ = now if self.from_ is None else Instant(self.from_)
        between = self.between and (_second(self.between[0]), _second(self.between[1]))
        return Plan(
            what=self.what,
            dialect=self.dialect,
            order_id=self.order_id,
            operation=self.operation,
            nth=self.nth,
            after=self.after,
            times=self.times,
            probability=self.probability,
            from_=from_,
            until=None if self.for_ is None else later(from_, self.for_),
            between=between,
            by=self.by or 0,
            retry_after=self.retry_after,
            code=self.code or 0,
            ms=self.ms or 0,
            median_ms=self.median_ms or 0,
            sigma=self.sigma or 0.0,
            share=0.5 if self.share is None else self.share,
            then=self.then or Then.RESET,
        )


@router.post("", status_code=HTTPStatus.CREATED)
async def plan_fault(sandbox: SandboxDep, limits: LimitsDep, wanted: NewFault) -> dict[str, Any]:
    if len(sandbox.faults.planned) >= limits.faults:
        told = f"this sandbox has {limits.faults} planned faults already: delete one first"
        raise Problem(HTTPStatus.CONFLICT, told)
    _require_known(sandbox, wanted)
    _require_documented(sandbox, wanted)
    return _shown(sandbox.faults.plan(wanted.plan(sandbox.world.now)))


@router.get("")
async def list_faults(sandbox: SandboxDep, *, never_fired: bool = False) -> dict[str, Any]:
    """Every one, with how many it could have befallen and how many it did; or only those that never
    came to pass."""
    faults = sandbox.faults
    those = faults.never_fired if never_fired else faults.planned.values()
    return {"faults": [_shown(fault) for fault in those]}


@router.delete("/{fault_id}", status_code=HTTPStatus.NO_CONTENT)
async def take_back(sandbox: SandboxDep, fault_id: str) -> Response:
    if not sandbox.faults.take_back(fault_id):
        raise NotFound("fault", fault_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _require_known(sandbox: Sandbox, wanted: NewFault) -> None:
    known = (*_OURS, *sorted(sandbox.papers.carriers))
    if wanted.dialect and wanted.dialect not in known:
        told = f"there is no dialect {wanted.dialect!r}; there are {', '.join(known)}"
        raise invalid(("body.dialect", told))
    if wanted.what in OF_REQUESTS:
        return
    if wanted.dialect == "desk":
        raise invalid(("body.dialect", "the desk sends no webhooks"))


def _require_documented(sandbox: Sandbox, wanted: NewFault) -> None:
    if wanted.code is None:
        return
    if wanted.dialect not in ("", _OURS[0]):
        told = f"only the {_OURS[0]} refuses with a planned code"
        raise invalid(("body.dialect", told))
    known = sandbox.faults.documented(wanted.operation)
    if wanted.code not in known:
        of = wanted.operation or "any operation"
        codes = ", ".join(str(code) for code in sorted(known))
        told = f"no planned fault of {of} has this code; one has {codes}"
        raise invalid(("body.code", told))


def _second(time_of_day: str) -> int:
    hours, _, minutes = time_of_day.partition(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


def _time_of_day(second: int) -> str:
    return f"{second // HOUR:02}:{second % HOUR // MINUTE:02}"


def _shown(fault: Fault) -> dict[str, Any]:
    plan = fault.plan
    own = {name: getattr(plan, name) for name, takers in _OF_ITS_OWN.items() if plan.what in takers}
    did = {name: getattr(fault, name) for name, kinds in _COUNTS.items() if plan.what in kinds}
    return {
        "id": fault.id,
        "what": plan.what,
        "dialect": plan.dialect,
        "order_id": plan.order_id,
        "operation": plan.operation,
        "nth": plan.nth,
        "after": plan.after,
        "times": plan.times,
        "probability": plan.probability,
        "from": plan.from_,
        "until": plan.until,
        "between": plan.between and [_time_of_day(second) for second in plan.between],
        **own,
        "met": fault.met,
        "fired": fault.fired,
        **did,
        "last_at": fault.last_at,
    }
