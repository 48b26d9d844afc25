"""Which complaints are expected, and how they end: sellers' about carriers (C1), buyers' (C2)."""

from collections.abc import Iterator, Sequence
from typing import Literal

from scenarios.expectations.counted import Counted
from scenarios.record import Failure, Record, Row
from simulator.disputes.case import Cause, Refund
from simulator.disputes.model import Review
from simulator.orders.model import Party


class ComplaintExpected(Counted):
    """Complaints that ended like this."""

    by: Literal["seller", "buyer"]
    order: str = ""
    status: Review | None = None
    """C1: how the platform decided."""
    reason: str = ""
    cause: Cause | None = None
    """C2: what the buyer complained of."""
    row: str = ""
    """C2: the row of the liability table that decided (docs/liability.md)."""
    liable: Party | Literal["nobody"] | None = None
    refund: Refund | None = None
    paid_minor: int | None = None

    def __str__(self) -> str:
        said = {key: getattr(self, key) for key in self.model_fields_set - {"count", "by"}}
        more = ", ".join(f"{key} {value}" for key, value in sorted(said.items()))
        return f"complaints by the {self.by}" + (f" with {more}" if more else "")


def check_complaints(expected: Sequence[ComplaintExpected], record: Record) -> Iterator[Failure]:
    """Every entry."""
    ended = {"seller": _about_carriers(record), "buyer": _by_buyers(record)}
    for nth, wanted in enumerate(expected):
        found = [row for row in ended[wanted.by] if _fits(wanted, row, record)]
        if not wanted.holds(len(found)):
            every = ended[wanted.by]
            order_id = every[0]["order_id"] if every else next(iter(record.ids(wanted.order)), "")
            yield Failure(
                f"expect.complaints[{nth}]",
                f"{wanted.wanted} {wanted}",
                "; ".join(_said(row) for row in every[:9]) or f"no complaint by the {wanted.by}",
                order_id,
                record.story(order_id) if order_id else (),
            )


def _about_carriers(record: Record) -> list[Row]:
    """Each with its latest decision; empty while there is none."""
    rows: dict[str, Row] = {}
    for row in record.facts:
        if row["kind"] == "CarrierComplaintFiled":
            rows[row["complaint_id"]] = {"order_id": row["order_id"], "status": "", "reason": ""}
        elif row["kind"] == "CarrierComplaintDecided":
            rows[row["complaint_id"]] |= {"status": row["status"], "reason": row["reason"]}
    return list(rows.values())


def _by_buyers(record: Record) -> list[Row]:
    rows: dict[str, Row] = {}
    for row in record.facts:
        if row["kind"] == "BuyerComplained":
            rows[row["complaint_id"]] = {"order_id": row["order_id"], "cause": row["cause"]}
        elif row["kind"] == "BuyerComplaintDecided":
            decided = {key: row[key] for key in ("row", "liable", "refund")}
            rows[row["complaint_id"]] |= decided | {"liable": row["liable"] or "nobody"}
        elif row["kind"] == "BuyerComplaintClosed":
            rows[row["complaint_id"]] |= {"paid_minor": row["paid_minor"]}
    return list(rows.values())


def _fits(wanted: ComplaintExpected, row: Row, record: Record) -> bool:
    if wanted.order and row["order_id"] not in record.ids(wanted.order):
        return False
    looked_at = ("status", "reason", "cause", "row", "liable", "refund", "paid_minor")
    said = {
        key: getattr(wanted, key) for key in looked_at if getattr(wanted, key) not in (None, "")
    }
    return all(row.get(key) == value for key, value in said.items())


def _said(row: Row) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items() if key != "order_id" and value)
