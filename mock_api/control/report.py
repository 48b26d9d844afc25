"""The report on one sandbox's world so far: who broke what, how often, and how long it took."""

from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel

from mock_api.control.requests import SandboxDep
from mock_api.control.trade import TradeReport
from mock_api.kernel.faults import Fault, What
from mock_api.kernel.sandbox import Sandbox
from simulator.statistics.aftersales import Aftersales as Counted
from simulator.statistics.rates import Mark, Marks, Rate, marks_of, verdict
from simulator.statistics.sink import Statistics
from simulator.statistics.spread import Spread

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["readings"])

_QUANTILES: Final = (50, 90, 99)


class Breaches(BaseModel):
    """How often one rule was broken by one party for one cause."""

    rule: str
    liable: str
    cause: str
    count: int


class Judged(BaseModel):
    """A rate with the marks of the market's platform, and where it stands."""

    name: str
    hits: int
    of: int
    share: float | None
    recommended: str | None
    enforced: str | None
    verdict: str


class Durations(BaseModel):
    """How long it took: the mean in seconds, quantiles in whole minutes."""

    parcels: int
    mean_s: int
    p50_min: int
    p90_min: int
    p99_min: int


class PickupWait(Durations):
    """From the booking, or the notice, to the first scan."""

    carrier: str
    handover: str


class Transit(Durations):
    """From the first scan to the signature, on one lane."""

    carrier: str
    origin: str
    destination: str


class Cancellations(BaseModel):
    reason: str
    by: str
    count: int


class Anomalies(BaseModel):
    """S2: what the look at third-party tracking data found."""

    anomaly: str
    count: int


class Mishaps(BaseModel):
    """What befell parcels and pickup rounds."""

    mishap: str
    carrier: str
    count: int


class Ends(BaseModel):
    """Parcels that ended elsewhere than at the door."""

    status: str
    carrier: str
    count: int


class Complaints(BaseModel):
    """C2: how buyers' complaints were decided, by which row of the liability table."""

    cause: str
    row: str
    liable: str
    refund: str
    count: int


class Returns(BaseModel):
    """Returns and replacements, where they stand now."""

    kind: str
    status: str
    reason: str
    count: int


class Reimbursements(BaseModel):
    by: str
    amount_minor: int


class Aftersales(BaseModel):
    chases: int
    """How often buyers asked where their parcel is."""
    complaints: list[Complaints]
    open_complaints: int
    """Not decided so far: in none of the rows."""
    returns: list[Returns]
    refunds: int
    refunded_minor: int
    reimbursements: list[Reimbursements]
    """Paid to sellers for what was not their fault."""


class TurnedAway(BaseModel):
    """Calls that were too many, by the limit that they met: of a second, or of an hour."""

    operation: str
    limit: str
    count: int


class PlannedFault(BaseModel):
    """How often a planned fault came to pass, of how many occasions."""

    id: str
    what: What
    dialect: str
    operation: str
    order_id: str
    met: int
    fired: int
    delayed_ms: int
    withheld_bytes: int


class Report(BaseModel):
    sandbox: str
    market: str
    now: int
    facts: int
    orders: dict[str, int]
    """By the status they have now."""
    breaches: list[Breaches]
    rates: list[Judged]
    pickup_waits: list[PickupWait]
    waiting_parcels: int
    """Booked, and not scanned so far: in no pickup wait yet."""
    transits: list[Transit]
    cancellations: list[Cancellations]
    tracking_anomalies: list[Anomalies]
    mishaps: list[Mishaps]
    parcel_ends: list[Ends]
    channels: TradeReport
    """What the channels come to: orders, freight, empty warehouses, suppliers."""
    aftersales: Aftersales
    turned_away: list[TurnedAway]
    webhooks_turned_away: int
    """Dropped because too many waited to be sent."""
    faults: list[PlannedFault]
    """Those that are planned (docs/faults.md)."""
    faults_never_fired: list[str]
    """The ids of those that never came to pass."""


@router.get("/report")
async def get_report(sandbox: SandboxDep) -> Report:
    """Everything that happened so far, in figures."""
    return report_on(sandbox)


def report_on(sandbox: Sandbox) -> Report:
    counted, market = sandbox.statistics, sandbox.config.market.name
    return Report(
        sandbox=sandbox.id,
        market=market,
        now=sandbox.world.now,
        facts=sandbox.world.journal.length,
        orders={status: n for status, n in sorted(counted.orders_by_status.items()) if n},
        breaches=[
            Breaches(rule=rule, liable=liable, cause=cause, count=n)
            for (rule, liable, cause), n in sorted(counted.breaches.items())
            if n
        ],
        rates=_judged(counted.rates(), marks_of(market)),
        pickup_waits=_waits(counted),
        waiting_parcels=counted.waiting_parcels,
        transits=_transits(counted),
        cancellations=[
            Cancellations(reason=reason, by=by, count=n)
            for (reason, by), n in sorted(counted.cancellations.items())
        ],
        tracking_anomalies=[
            Anomalies(anomaly=anomaly, count=n) for anomaly, n in sorted(counted.anomalies.items())
        ],
        mishaps=[
            Mishaps(mishap=mishap, carrier=carrier, count=n)
            for (mishap, carrier), n in sorted(counted.mishaps.items())
        ],
        parcel_ends=[
            Ends(status=status, carrier=carrier, count=n)
            for (status, carrier), n in sorted(counted.ends.items())
        ],
        channels=TradeReport.of(counted.trade),
        aftersales=_aftersales(counted.aftersales),
        turned_away=[
            TurnedAway(operation=operation, limit=limit, count=n)
            for (operation, limit), n in sorted(sandbox.doors.turned_away.items())
        ],
        webhooks_turned_away=sandbox.outbox.turned_away,
        faults=[_fault(fault) for fault in sandbox.faults.planned.values()],
        faults_never_fired=[fault.id for fault in sandbox.faults.never_fired],
    )


def _fault(fault: Fault) -> PlannedFault:
    plan = fault.plan
    return PlannedFault(
        id=fault.id,
        what=plan.what,
        dialect=plan.dialect,
        operation=plan.operation,
        order_id=plan.order_id,
        met=fault.met,
        fired=fault.fired,
        delayed_ms=fault.delayed_ms,
        withheld_bytes=fault.withheld_bytes,
    )


def _aftersales(counted: Counted) -> Aftersales:
    return Aftersales(
        chases=counted.chases,
        complaints=[
            Complaints(cause=cause, row=row, liable=liable, refund=refund, count=n)
            for (cause, row, liable, refund), n in sorted(counted.complaints.items())
        ],
        open_complaints=counted.open_complaints,
        returns=[
            Returns(kind=kind, status=status, reason=reason, count=n)
            for (kind, status, reason), n in sorted(counted.returns.items())
            if n
        ],
        refunds=counted.refunds,
        refunded_minor=counted.refunded_minor,
        reimbursements=[
            Reimbursements(by=by, amount_minor=amount)
            for by, amount in sorted(counted.reimbursed_minor.items())
        ],
    )


def _judged(rates: Iterable[Rate], marks: Marks) -> list[Judged]:
    rows = []
    for rate in rates:
        mark = marks.get(rate.name, Mark())
        rows.append(
            Judged(
                name=rate.name,
                hits=rate.hits,
                of=rate.of,
                share=rate.share,
                recommended=str(mark.recommended) if mark.recommended else None,
                enforced=str(mark.enforced) if mark.enforced else None,
                verdict=verdict(rate, mark),
            )
        )
    return rows


def _waits(counted: Statistics) -> list[PickupWait]:
    return [
        PickupWait(carrier=carrier, handover=handover, **_durations(spread))
        for (carrier, handover), spread in sorted(counted.pickup_waits.items(), key=_by_key)
    ]


def _transits(counted: Statistics) -> list[Transit]:
    return [
        Transit(carrier=carrier, origin=origin, destination=destination, **_durations(spread))
        for (carrier, origin, destination), spread in sorted(counted.transits.items(), key=_by_key)
    ]


def _by_key(item: tuple[tuple[str, ...], Spread]) -> tuple[str, ...]:
    return item[0]


def _durations(spread: Spread) -> dict[str, int]:
    median, nine_tenths, nearly_all = spread.quantiles_min(_QUANTILES)
    return {
        "parcels": spread.count,
        "mean_s": spread.mean_s,
        "p50_min": median,
        "p90_min": nine_tenths,
        "p99_min": nearly_all,
    }
