"""What holds in every sound run: orders end, and nothing was planned in vain."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from scenarios.record import Failure, Record, clock

Invariant = Literal["every_order_ends", "no_order_moves_on_after_its_end", "faults_fired"]

_ENDS: Final = ("COMPLETED", "CANCELLED")


def check_invariants(expected: Sequence[Invariant], record: Record) -> Iterator[Failure]:
    """Those that are named, and always that no step was planned or refused in vain."""
    for name in expected:
        yield from _CHECKS[name](record)
    for step in record.missed_steps:
        yield Failure("timeline", f"{step} comes to pass", "its moment never came")
    for step, said in record.refusals:
        yield Failure("timeline", step, said)


def _every_order_ends(record: Record) -> Iterator[Failure]:
    for order_id in record.ids("all"):
        status = record.status_of(order_id)
        if status not in _ENDS:
            yield Failure(
                "expect.invariants.every_order_ends",
                f"order {order_id} ends, completed or cancelled",
                f"it is {status} at {clock(record.end)}: give it more time (runs_for), or see why",
                order_id,
                record.story(order_id),
            )


def _stays_ended(record: Record) -> Iterator[Failure]:
    for order_id in record.ids("all"):
        words = [word for word, _ in record.moves_of(order_id)]
        if any(word in _ENDS for word in words[:-1]):
            said = "nothing after the end"
            path = "expect.invariants.no_order_moves_on_after_its_end"
            yield Failure(path, said, " -> ".join(words), order_id, record.story(order_id))


def _faults_fired(record: Record) -> Iterator[Failure]:
    for fault in record.faults:
        # Without an integration nobody calls, and nobody is told.
        if record.targeted and not fault["fired"]:
            path = "expect.invariants.faults_fired"
            yield Failure(path, f"{fault['what']} happens at least once", "it never did")


_CHECKS: Final[dict[str, Callable[[Record], Iterator[Failure]]]] = {
    "every_order_ends": _every_order_ends,
    "no_order_moves_on_after_its_end": _stays_ended,
    "faults_fired": _faults_fired,
}
