"""Which webhooks are expected to reach the integration: which, how often, in order, how soon.

Only a run with an integration under test has webhooks; in any other they are not looked at.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic import field_validator

from mock_api.kernel.times import Duration
from mock_api.seller_center.event.v202309 import EventType
from scenarios.expectations.counted import Counted
from scenarios.format.instants import shown
from scenarios.record import Failure, Record, Row
from simulator.orders.model import Status

_STATUSES: Final = tuple("CANCEL" if each is Status.CANCELLED else str(each) for each in Status)
"""Webhook 1 says CANCEL where the API says CANCELLED."""


class WebhookExpected(Counted):
    """Webhooks of one type; ``count`` and its like are for each order of the name."""

    type: EventType = "ORDER_STATUS_CHANGE"
    order: str = "all"
    status: str = ""
    """The order's, as the webhook says it."""
    within: Duration | None = None
    """Acknowledged so soon after it was written."""
    in_order: bool = False
    """No older news of an order is acknowledged after newer news."""

    @field_validator("status")
    @classmethod
    def _known(cls, status: str) -> str:
        if status and status not in _STATUSES:
            raise ValueError(f"{status!r} is in no webhook; there are {', '.join(_STATUSES)}")
        return status


def check_webhooks(expected: Sequence[WebhookExpected], record: Record) -> Iterator[Failure]:
    """Every entry, for each order that it names."""
    if not record.targeted:
        return
    for nth, wanted in enumerate(expected):
        path = f"expect.webhooks[{nth}]"
        for order_id in record.ids(wanted.order):
            mine = [row for row in record.webhooks if _fits(wanted, row, order_id)]
            arrived = [row for row in mine if row["state"] == "delivered"]
            what = f"{wanted.type} {wanted.status}".strip()
            if not wanted.holds(len(arrived)):
                found = f"{len(arrived)} arrived, {len(mine) - len(arrived)} did not"
                yield _failure(path, f"{wanted.wanted} {what}", found, order_id, mine, record)
            for row in arrived:
                took = row["attempts"][-1]["at"] - row["created_at"]
                if wanted.within is not None and took > wanted.within:
                    said = f"{what} within {shown(wanted.within)}"
                    yield _failure(path, said, f"after {shown(took)}", order_id, [row], record)
            if wanted.in_order and not _in_order(arrived):
                yield _failure(path, "in order", "newer news first", order_id, arrived, record)


def _fits(wanted: WebhookExpected, row: Row, order_id: str) -> bool:
    if row["kind"] != wanted.type or row["order_id"] != order_id:
        return False
    return wanted.status in ("", _payload(row).get("order_status", ""))


def _payload(row: Row) -> dict[str, Any]:
    data = json.loads(row["body"]).get("data", {})
    return data if isinstance(data, dict) else {}


def _in_order(rows: Sequence[Row]) -> bool:
    arrived = [row["attempts"][-1]["at"] for row in sorted(rows, key=lambda row: int(row["n"]))]
    return arrived == sorted(arrived)


def _failure(
    path: str, expected: str, found: str, order_id: str, rows: Sequence[Row], record: Record
) -> Failure:
    attempts = (
        f"webhook {row['n']} {_payload(row).get('order_status', '')}: "
        + (
            ", ".join(str(each["status"] or each["error"]) for each in row["attempts"])
            or "not sent"
        )
        for row in rows
    )
    return Failure(path, expected, found, order_id, (*attempts, *record.story(order_id)))
