"""What is expected of the run as a whole: rates of the report, and counts of facts, with bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Annotated, Any, Final

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from mock_api.kernel.times import Duration
from scenarios.expectations.counted import Counted
from scenarios.format.instants import shown
from scenarios.format.strict import Strict
from scenarios.record import Failure, Record, Row
from simulator import facts
from simulator.facts import Fact
from simulator.statistics.rates import RateName

_KINDS: Final = {
    name: tuple(each.name for each in fields(kind))
    for name, kind in vars(facts).items()
    if isinstance(kind, type) and issubclass(kind, Fact)
}
"""Every kind of fact with its fields."""


class RateExpected(Strict):
    """A rate of the report, between bounds: shares from nought to one."""

    rate: RateName
    at_least: Annotated[float, Field(ge=0, le=1)] = 0.0
    at_most: Annotated[float, Field(ge=0, le=1)] = 1.0


class FactsExpected(Counted):
    """So many facts of a kind, with these values."""

    fact: str
    order: str = ""
    values: dict[str, str | int | bool | list[str]] = Field(default_factory=dict)
    """Fields of the fact with what they hold."""

    @field_validator("fact")
    @classmethod
    def _known(cls, fact: str) -> str:
        if fact not in _KINDS:
            raise ValueError(f"{fact!r} is no kind of fact; known are {', '.join(sorted(_KINDS))}")
        return fact

    @model_validator(mode="after")
    def _has_such_fields(self) -> "FactsExpected":
        unknown = sorted(set(self.values) - set(_KINDS[self.fact]))
        if unknown:
            known = ", ".join(_KINDS[self.fact])
            raise ValueError(f"{self.fact} has no {', '.join(unknown)}; its fields are {known}")
        return self


class TransitExpected(Strict):
    """How long parcels took from the first scan to the signature, by quantile."""

    transit: str
    """The carrier."""
    p50_at_most: Duration | None = None
    p90_at_most: Duration | None = None
    p99_at_most: Duration | None = None

    @model_validator(mode="after")
    def _bounded(self) -> "TransitExpected":
        if len(self.model_fields_set) == 1:
            raise ValueError("gives no bound: p50_at_most, p90_at_most or p99_at_most")
        return self


_FORMS: Final = {"rate": "RateExpected", "fact": "FactsExpected", "transit": "TransitExpected"}


def _form(wanted: Any) -> str | None:
    if isinstance(wanted, Strict):
        return type(wanted).__name__
    keys = wanted if isinstance(wanted, dict) else ()
    return next((form for key, form in _FORMS.items() if key in keys), None)


Statistic = Annotated[
    Annotated[RateExpected, Tag("RateExpected")]
    | Annotated[FactsExpected, Tag("FactsExpected")]
    | Annotated[TransitExpected, Tag("TransitExpected")],
    Discriminator(
        _form,
        custom_error_type="no_statistic",
        custom_error_message=f"says what is counted: give one of the keys {', '.join(_FORMS)}",
    ),
]


def check_statistics(expected: Sequence[Statistic], record: Record) -> Iterator[Failure]:
    """Every bound."""
    for nth, wanted in enumerate(expected):
        path = f"expect.statistics[{nth}]"
        match wanted:
            case RateExpected():
                yield from _check_rate(path, wanted, record)
            case TransitExpected():
                yield from _check_transit(path, wanted, record)
            case FactsExpected():
                yield from _check_facts(path, wanted, record)


def _check_rate(path: str, wanted: RateExpected, record: Record) -> Iterator[Failure]:
    row = next(each for each in record.report["rates"] if each["name"] == wanted.rate)
    share = row["share"]
    if share is None or not wanted.at_least <= share <= wanted.at_most:
        found = (
            "nothing to count" if share is None else f"{share:.4f} ({row['hits']} of {row['of']})"
        )
        said = f"{wanted.rate} from {wanted.at_least} to {wanted.at_most}"
        yield Failure(path, said, found)


def _check_transit(path: str, wanted: TransitExpected, record: Record) -> Iterator[Failure]:
    lanes = [row for row in record.report["transits"] if row["carrier"] == wanted.transit]
    if not lanes:
        yield Failure(path, f"parcels of {wanted.transit}", "none was delivered")
    for lane in lanes:
        for quantile in ("p50", "p90", "p99"):
            bound = getattr(wanted, f"{quantile}_at_most")
            took = lane[f"{quantile}_min"] * 60
            if bound is not None and took > bound:
                where = f"{lane['origin']} to {lane['destination']}"
                yield Failure(path, f"{quantile} of {where} within {shown(bound)}", shown(took))


def _check_facts(path: str, wanted: FactsExpected, record: Record) -> Iterator[Failure]:
    found = [row for row in record.facts if _fits(wanted, row, record)]
    if not wanted.holds(len(found)):
        kind = [row for row in record.facts if row["kind"] == wanted.fact]
        more = f" with {_said(wanted.values)}" if wanted.values else ""
        around = tuple(record.line(row) for row in kind[:20])
        told = f"{len(found)}, of {len(kind)} {wanted.fact} in all"
        yield Failure(path, f"{wanted.wanted} {wanted.fact}{more}", told, around=around)


def _fits(wanted: FactsExpected, row: Row, record: Record) -> bool:
    if row["kind"] != wanted.fact:
        return False
    if wanted.order and row.get("order_id") not in record.ids(wanted.order):
        return False
    return all(row.get(key) == value for key, value in wanted.values.items())


def _said(values: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in values.items())
