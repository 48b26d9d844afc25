"""What is expected of orders and their parcels: how they end, and what they pass when."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, model_validator

from mock_api.kernel.times import Duration
from scenarios.format.instants import Time, shown, when
from scenarios.format.strict import Strict
from scenarios.record import Failure, Record, clock
from simulator.carriers.scans import Scan
from simulator.orders.model import Status

_SAID: Final = re.compile(r"(?P<word>\w+)(?: (?P<how>at|by|after) (?P<time>.+))?")

Wrong = tuple[str, str, str]
"""Which key, what was expected, what was found."""


class Passed(Strict):
    """A status, or a scan, that is come to: at a time, or by one."""

    reach: Status | Scan
    at: Time | None = None
    within: Duration = 0
    """So much earlier or later than ``at`` will do."""
    by: Time | None = None
    """No later than this."""
    after: Time | None = None
    """No earlier than this."""


def _passed(value: object) -> object:
    """Short: ``IN_TRANSIT``, ``IN_TRANSIT at +50h``, ``delivered by day 9 12:00``."""
    if not isinstance(value, str):
        return value
    found = _SAID.fullmatch(value.strip())
    if found is None:
        raise ValueError(
            f"{value!r}: write a status or scan, with at, by or after and a time: "
            "'IN_TRANSIT by +120h'"
        )
    said: dict[str, Any] = {"reach": found["word"]}
    if found["how"]:
        said[found["how"]] = when(found["time"])
    return said


Milestone = Annotated[Passed, BeforeValidator(_passed, json_schema_input_type=str | Passed)]


class OrdersExpected(Strict):
    """What holds of each order of a name."""

    status: Annotated[
        tuple[Status, ...],
        BeforeValidator(
            lambda v: v if isinstance(v, list | tuple) else (v,),
            json_schema_input_type=Status | list[Status],
        ),
    ] = ()
    """How it ends; with several, as one of them."""
    timeline: tuple[Milestone, ...] = ()
    """What it passes, in this order; others may lie between."""
    never: tuple[Status | Scan, ...] = ()
    """What it never comes to."""
    reason: str = ""
    """Of a cancellation: the platform's word for it."""
    cancelled_by: str = ""
    refunded_minor: Annotated[int, Field(ge=0)] | None = None
    """What the buyer got back in all, in minor units."""

    @model_validator(mode="after")
    def _says_something(self) -> "OrdersExpected":
        if not self.model_fields_set:
            raise ValueError("says nothing: give status, timeline, never, reason or refunded_minor")
        return self


def check_orders(expected: dict[str, OrdersExpected], record: Record) -> Iterator[Failure]:
    """Each order of each name."""
    for name, wanted in expected.items():
        ids = record.ids(name)
        path = f"expect.orders.{name}"
        if not ids:
            yield Failure(path, "orders of that name", "none was placed")
        for order_id in ids:
            yield from _check_order(path, wanted, record, order_id)


def _check_order(
    path: str, wanted: OrdersExpected, record: Record, order_id: str
) -> Iterator[Failure]:
    came = record.passed_by(order_id)
    for key, expected, found in (
        *_check_end(wanted, record, order_id),
        *_check_money(wanted, record, order_id),
        *_check_never(wanted.never, came),
        *_check_timeline(wanted.timeline, came, record, order_id),
    ):
        yield Failure(f"{path}.{key}", expected, found, order_id, record.story(order_id))


def _check_end(wanted: OrdersExpected, record: Record, order_id: str) -> Iterator[Wrong]:
    status = record.status_of(order_id)
    if wanted.status and status not in wanted.status:
        yield "status", " or ".join(wanted.status), f"{status} at {clock(record.end)}"
    cancelled = [row for row in record.told_of(order_id) if row["kind"] == "OrderCancelled"]
    for key, field, value in (
        ("reason", "reason", wanted.reason),
        ("cancelled_by", "by", wanted.cancelled_by),
    ):
        found = [row[field] for row in cancelled]
        if value and found != [value]:
            yield key, value, found[0] if found else "not cancelled"


def _check_money(wanted: OrdersExpected, record: Record, order_id: str) -> Iterator[Wrong]:
    if wanted.refunded_minor is None:
        return
    paid = sum(
        row["amount_minor"] for row in record.told_of(order_id) if row["kind"] == "RefundPaid"
    )
    if paid != wanted.refunded_minor:
        yield "refunded_minor", str(wanted.refunded_minor), str(paid)


def _check_never(never: Sequence[str], came: Sequence[tuple[str, int]]) -> Iterator[Wrong]:
    for word in never:
        at = next((at for each, at in came if each == word), None)
        if at is not None:
            yield "never", f"never {word}", f"{word} at {clock(at)}"


def _check_timeline(
    wanted: Sequence[Passed], came: Sequence[tuple[str, int]], record: Record, order_id: str
) -> Iterator[Wrong]:
    place = 0
    for nth, each in enumerate(wanted):
        later = [(n, at) for n, (word, at) in enumerate(came) if n >= place and word == each.reach]
        if not later:
            earlier = next((at for word, at in came if word == each.reach), None)
            before = f" (only earlier, at {clock(earlier)})" if earlier is not None else ""
            yield f"timeline[{nth}]", f"{each.reach} next", f"it never came{before}"
            return
        place, at = later[0][0] + 1, later[0][1]
        for said, found in _wrong_times(each, at, record, order_id):
            yield f"timeline[{nth}]", said, found


def _wrong_times(
    wanted: Passed, at: int, record: Record, order_id: str
) -> Iterator[tuple[str, str]]:
    for how, time, low, high in (
        ("at", wanted.at, -wanted.within, wanted.within),
        ("by", wanted.by, None, 0),
        ("after", wanted.after, 0, None),
    ):
        if time is None:
            continue
        due = record.second(time, order_id)
        if due is None:
            yield f"{wanted.reach} {how} {time}", f"{time} never came"
        elif (low is not None and at < due + low) or (high is not None and at > due + high):
            tolerance = f" ± {shown(wanted.within)}" if how == "at" and wanted.within else ""
            yield (
                f"{wanted.reach} {how} {time}{tolerance}, which is {clock(due)}",
                f"{clock(at)}, {shown(abs(at - due))} {'later' if at > due else 'earlier'}",
            )
