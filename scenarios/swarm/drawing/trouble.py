"""What goes wrong on purpose: planned faults, each drawn from one row of a table.

A kind of fault that the server learns is one line here.
"""

from collections.abc import Callable
from typing import Final

from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing.model import Row
from simulator.clock import DAY, HOUR, MINUTE

More = Callable[[Dice], Row]


def _nothing(_: Dice) -> Row:
    return {}


def _late(dice: Dice) -> Row:
    return {"by": dice.pick("by", (MINUTE, HOUR, 10 * HOUR, 2 * DAY))}


def _retry(_: Dice) -> Row:
    """At once: a drain waits for whoever was asked to come later, and that in real time."""
    return {"retry_after": 0}


def _code(dice: Dice) -> Row:
    return {"code": dice.pick("code", (36009003, 36009007, 36009023))}


def _slow(dice: Dice) -> Row:
    """In real time: hardly any."""
    return {"ms": dice.between("ms", 1, 3)}


def _lost(dice: Dice) -> Row:
    return {"ms": 1, "then": dice.pick("then", ("reset", "gateway_timeout"))}


OF_WEBHOOKS: Final[dict[str, More]] = {
    "webhook_lost": _nothing,
    "webhook_doubled": _nothing,
    "webhook_delayed": _late,
    "webhook_reordered": _nothing,
    "webhook_wrong_signature": _nothing,
}
OF_ANSWERS: Final[dict[str, More]] = {
    "throttled": _retry,
    "overloaded": _nothing,
    "internal_error": _nothing,
    "refused": _code,
    "bad_gateway": _nothing,
    "gateway_timeout": _nothing,
    "connection_reset": _nothing,
    "latency": _slow,
    "lost_answer": _lost,
    "truncated_body": _nothing,
    "slow_body": _slow,
    "stale_read": _nothing,
}
_OPERATIONS: Final = (
    "",
    "",
    "ship_package",
    "get_orders",
    "get_order_detail",
    "mark_package_as_shipped",
    "easypost",
    "ups",
)
GROUPS: Final = ("webhook_faults", "answer_faults")


def drawn_faults(dice: Dice, groups: frozenset[str], days: int) -> tuple[tuple[int, Row], ...]:
    """Each with the seconds after the start at which it is planned."""
    kinds = (OF_WEBHOOKS if "webhook_faults" in groups else {}) | (
        OF_ANSWERS if "answer_faults" in groups else {}
    )
    if not kinds:
        return ()
    count = dice.scale("faults", 1, 8)
    rows = [_fault(dice, kinds, days) for _ in range(count)]
    return tuple(sorted(rows, key=lambda row: row[0]))


def _fault(dice: Dice, kinds: dict[str, More], days: int) -> tuple[int, Row]:
    what = dice.pick("what", tuple(kinds))
    body: Row = {"what": what} | kinds[what](dice)
    if what in OF_ANSWERS and what != "refused":
        body["operation"] = dice.pick("operation", _OPERATIONS)
    if dice.chance("often", 0.6):
        body["probability"] = dice.pick("probability", (0.02, 0.1, 0.3))
    else:
        body |= {"after": dice.between("after", 0, 10), "times": dice.scale("times", 1, 10)}
    if dice.chance("ends", 0.5):
        body["for"] = dice.between("for", 1, 5 * 24) * HOUR
    return dice.between("at", 0, days * DAY // 2), body
