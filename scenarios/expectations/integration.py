"""What the integration under test is expected to do, judged by its calls on the wire.

Each habit is one that a seller's software needs; where none is under test, none is looked at.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from mock_api.kernel.times import Duration
from scenarios.format.instants import shown
from scenarios.format.strict import Strict
from scenarios.record import Failure, Record, Row, clock, is_ship_call, packages_of, succeeded

Habit = Literal[
    "ships_every_order",
    "ships_once",
    "never_ships_cancelled",
    "rereads_after_webhooks",
    "backs_off_after_429",
    "signs_rightly",
]

_OURS: Final = "integration"
_TOO_MANY: Final = 429
_UNSHIPPABLE: Final = frozenset({"CANCELLED", "CANCEL"})


class IntegrationExpected(Strict):
    """Habits that are expected of the integration; all of these, if nothing is said."""

    habits: tuple[Habit, ...] = ("ships_every_order", "ships_once", "never_ships_cancelled")
    ships_within: Duration | None = None
    """Of each order's checkout."""


def check_integration(expected: IntegrationExpected | None, record: Record) -> Iterator[Failure]:
    """Every habit, over every order that is the integration's."""
    if expected is None or not record.targeted:
        return
    own = record.of_integration(_OURS)
    for habit in expected.habits:
        yield from _HABITS[habit](record, own)
    if expected.ships_within is not None:
        yield from _late(record, own, expected.ships_within)


def _failure(key: str, expected: str, found: str, record: Record, order_id: str = "") -> Failure:
    around = record.story(order_id) if order_id else ()
    calls = tuple(_said(row) for row in record.calls(order_id)[-20:]) if order_id else ()
    return Failure(f"expect.integration.{key}", expected, found, order_id, (*calls, *around))


def _said(row: Row) -> str:
    code = "" if row["code"] in (0, None) else f", code {row['code']}"
    call = f"call {row['n']}: {row['method']} {row['path']} -> {row['status']}{code}"
    return f"{clock(row['at'])}  {call}"


def _ships(record: Record, order_id: str) -> list[Row]:
    return [row for row in record.calls(order_id) if is_ship_call(row)]


def _ships_every_order(record: Record, own: Sequence[str]) -> Iterator[Failure]:
    for order_id in own:
        shippable = record.milestone(order_id, "AWAITING_SHIPMENT")
        wished_off = [*_wished_off(record, order_id)]
        gone = bool(wished_off) and wished_off[-1][1] is None
        if shippable and not gone and not any(map(succeeded, _ships(record, order_id))):
            said = f"ships order {order_id}, which awaits shipment from {clock(shippable)} on"
            found = f"{len(_ships(record, order_id))} ship calls about it, none of which succeeded"
            yield _failure("ships_every_order", said, found, record, order_id)


def _ships_once(record: Record, own: Sequence[str]) -> Iterator[Failure]:
    for order_id in own:
        for package in packages_of(record.told_of(order_id)):
            calls = [row for row in _ships(record, order_id) if package in row["path"]]
            tried = calls or _ships(record, order_id)
            again = [row for row in tried[1:] if any(map(succeeded, tried[: tried.index(row)]))]
            if again:
                said = f"one ship call for package {package}"
                at = ", ".join(clock(row["at"]) for row in tried)
                found = f"{len(tried)} of them, at {at}: shipped again after it was shipped"
                yield _failure("ships_once", said, found, record, order_id)


def _never_ships_cancelled(record: Record, own: Sequence[str]) -> Iterator[Failure]:
    for order_id in own:
        for asked, withdrawn in _wished_off(record, order_id):
            late = [
                row
                for row in _ships(record, order_id)
                if row["at"] > asked and (withdrawn is None or row["at"] < withdrawn)
            ]
            if late:
                said = f"no ship call once it was to be cancelled, at {clock(asked)}"
                found = f"a ship call at {clock(late[0]['at'])}, answered {late[0]['code']}"
                yield _failure("never_ships_cancelled", said, found, record, order_id)
                break


def _wished_off(record: Record, order_id: str) -> Iterator[tuple[int, int | None]]:
    """From when to when it was cancelled, or somebody wished it; to no end, if it stayed so."""
    since = None
    for row in record.told_of(order_id):
        moved = row["kind"] == "CancellationMoved"
        if since is None and (
            row["kind"] == "OrderCancelled" or (moved and row["status"] == "pending")
        ):
            since = row["at"]
        elif since is not None and moved and row["status"] == "closed":
            yield since, row["at"]
            since = None
    if since is not None:
        yield since, None


def _rereads_after_webhooks(record: Record, own: Sequence[str]) -> Iterator[Failure]:
    """Webhooks may come late and out of order: what counts is what the order then says."""
    for order_id in own:
        told = [
            row["attempts"][-1]["at"]
            for row in record.webhooks
            if row["order_id"] == order_id
            and row["state"] == "delivered"
            and "AWAITING_SHIPMENT" in row["body"]
        ]
        reads = [row["at"] for row in record.calls(order_id) if _reads_order(row)]
        if told and not any(at >= told[0] for at in reads):
            said = f"reads the order after the webhook of {clock(told[0])}"
            yield _failure("rereads_after_webhooks", said, "no such call", record, order_id)


def _backs_off_after_429(record: Record, _own: Sequence[str]) -> Iterator[Failure]:
    rows = record.exchanges
    for nth, row in enumerate(rows):
        if row["status"] != _TOO_MANY:
            continue
        pause = int(row.get("retry_after") or 1)
        again = [
            each
            for each in rows[nth + 1 :]
            if each["path"] == row["path"] and each["began_s"] < row["began_s"] + pause
        ]
        if again:
            said = f"no call of {row['path']} for {pause} s after a 429"
            found = f"call {again[0]['n']} came {again[0]['began_s'] - row['began_s']:.2f} s later"
            yield _failure("backs_off_after_429", said, found, record)
            return


def _signs_rightly(record: Record, _own: Sequence[str]) -> Iterator[Failure]:
    wrong = [row for row in record.exchanges if row.get("diagnosis")]
    if wrong:
        reason = wrong[0]["diagnosis"]
        said = "every call signed rightly"
        found = f"{len(wrong)} were not; the first: {reason.get('cause') or reason}"
        yield _failure("signs_rightly", said, found, record)


def _late(record: Record, own: Sequence[str], within: int) -> Iterator[Failure]:
    for order_id in own:
        placed = record.milestone(order_id, "placed")
        shipped = [row["at"] for row in _ships(record, order_id) if succeeded(row)]
        if placed is not None and shipped and shipped[0] > placed + within:
            said = f"ships within {shown(within)} of the order"
            found = f"shipped after {shown(shipped[0] - placed)}"
            yield _failure("ships_within", said, found, record, order_id)


def _reads_order(row: Row) -> bool:
    return row["method"] == "GET" and str(row["path"]).startswith("/order/")


_HABITS: Final[dict[str, Callable[[Record, Sequence[str]], Iterator[Failure]]]] = {
    "ships_every_order": _ships_every_order,
    "ships_once": _ships_once,
    "never_ships_cancelled": _never_ships_cancelled,
    "rereads_after_webhooks": _rereads_after_webhooks,
    "backs_off_after_429": _backs_off_after_429,
    "signs_rightly": _signs_rightly,
}
