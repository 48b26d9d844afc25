"""What the tests of scenarios share: reading one, playing it, and records made by hand."""

from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import pytest

from scenarios.format.model import Scenario
from scenarios.format.reading import NoScenario, read_text
from scenarios.record import Failure, Record
from scenarios.running.run import Result, run_in_process

START = 1_893_974_400
HOUR, DAY = 3600, 86_400
FIRST = "5761"


@dataclass
class Told:
    """A run by hand: facts, calls and webhooks are added line by line."""

    record: Record

    def fact(self, kind: str, after: int, order_id: str = FIRST, **fields: Any) -> "Told":
        self.record._of.clear()
        row = {"seq": len(self.record.facts) + 1, "at": START + after, "kind": kind}
        self.record.facts.append(row | {"order_id": order_id} | fields)
        return self

    def placed(self, after: int = 0, order_id: str = FIRST, name: str = "first") -> "Told":
        self.record.orders.setdefault(name, []).append(order_id)
        self.record.played_by[name] = "integration"
        return self.fact("OrderPlaced", after, order_id, status="UNPAID", source="")

    def moved(self, status: str, after: int, order_id: str = FIRST) -> "Told":
        return self.fact("OrderMoved", after, order_id, status=status)

    def scanned(self, scan: str, after: int, order_id: str = FIRST) -> "Told":
        return self.fact("ParcelScanned", after, order_id, scan=scan, parcel_id=f"p{order_id}")

    def called(self, method: str, path: str, after: int, **fields: Any) -> "Told":
        row = {
            "n": len(self.record.exchanges) + 1,
            "at": START + after,
            "method": method,
            "path": path,
            "query": "",
            "request": "",
            "status": 200,
            "code": 0,
            "operation": "",
            "began_s": float(after),
            "retry_after": "",
            "diagnosis": None,
        }
        self.record.exchanges.append(row | fields)
        return self

    def shipped(self, after: int, order_id: str = FIRST, **fields: Any) -> "Told":
        path = f"/fulfillment/202309/packages/p{order_id}/ship"
        return self.called("POST", path, after, **fields)

    def told(self, status: str, after: int, arrived: int | None, order_id: str = FIRST) -> "Told":
        """A webhook, and when it was acknowledged."""
        attempts = [] if arrived is None else [{"at": START + arrived, "status": 200, "error": ""}]
        self.record.webhooks.append(
            {
                "n": len(self.record.webhooks) + 1,
                "order_id": order_id,
                "kind": "ORDER_STATUS_CHANGE",
                "state": "dropped" if arrived is None else "delivered",
                "created_at": START + after,
                "body": f'{{"data": {{"order_status": "{status}"}}}}',
                "attempts": attempts,
            }
        )
        return self


@pytest.fixture
def told():
    """An empty run, with an integration under test, that lasts thirty days."""
    return Told(Record(start=START, end=START + 30 * DAY, targeted=True))


def _read(text: str, name: str = "story.scenario.yaml") -> Scenario:
    return read_text(dedent(text).encode(), name)


@pytest.fixture
def read():
    """A scenario from its text."""
    return _read


@pytest.fixture
def wrong():
    """What is said of a text that is no scenario: a line for each fault."""

    def found(text: str | bytes) -> list[str]:
        content = text if isinstance(text, bytes) else dedent(text).encode()
        with pytest.raises(NoScenario) as raised:
            read_text(content, "x.yaml")
        return str(raised.value).split("\n")

    return found


@pytest.fixture
def play():
    """A scenario's run in process, its record kept."""

    def played(text: str, seed: int | None = None) -> Result:
        result = run_in_process(_read(text), seed, keep=True)
        assert not result.error, result.error
        return result

    return played


@pytest.fixture
def missed(read):
    """The failures that expectations, as they stand under ``expect``, find in a run by hand."""

    def found(expect: str, run: Told) -> list[Failure]:
        indented = dedent(expect).strip().replace("\n", "\n  ")
        text = f"title: t\norders: [{{name: first}}, {{name: second}}]\nexpect:\n  {indented}\n"
        return read(text).expect.check(run.record)

    return found
