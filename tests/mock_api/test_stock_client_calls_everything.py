"""The published client calls every operation of the covered groups, and reads each answer.

Four worlds in mid-flight, each opened once. How an operation is called stands in the tables of
``stock_client/``.
"""

from contextlib import ExitStack

import pytest

from mock_api.settings import ServerSettings
from tests.mock_api.conftest import Box
from tests.mock_api.stock_client.aftersales import AFTERSALES
from tests.mock_api.stock_client.fulfillment import FULFILLMENT
from tests.mock_api.stock_client.operations import COVERED
from tests.mock_api.stock_client.service_and_money import SERVICE_AND_MONEY
from tests.mock_api.stock_client.shop import SHOP

TABLES = (SHOP, FULFILLMENT, AFTERSALES, SERVICE_AND_MONEY)
CALLS = {name: row for table in TABLES for name, row in table.items()}


class Lived(Box):
    """A world in mid-flight, with orders at their buyers', each of which is given out once."""

    waiting: list[str]

    def delivered(self) -> str:
        return self.waiting.pop()


def _lived(served, waiting, weeks, **wishes):
    """Some weeks of sellers and buyers of all kinds with mishaps; then nothing more goes wrong by
    itself, and *waiting* orders come to buyers who do nothing unasked."""
    box = Lived(served, served.open(mishaps=15, **wishes).told)
    for behaviour, buyer in (("diligent", "fussy"), ("prompt", "impatient"), ("absent", "calm")):
        box.place(count=16, behaviour=behaviour, buyer=buyer)
    for _ in range(weeks):
        box.advance(by="6d")
        box.renew()
        box.place(count=8, behaviour="prompt", buyer="typical")
    box.control("PUT", "/mishaps", {"factor": 0})
    box.waiting = box.place(count=waiting, behaviour="prompt") if waiting else []
    for order_id in box.waiting:
        box.until(order_id, "DELIVERED")
    box.renew()
    box.place(count=4, paid=False)
    return box


@pytest.fixture(scope="module")
def worlds(running_server):
    """A world by its name, opened when it is first asked for."""
    made = {
        "home": lambda served: _lived(served, 2, 2),
        "us": lambda served: _lived(served, 14, 4, market="us"),
        "sea": lambda served: _lived(served, 0, 1, market="sea"),
        "br": lambda served: _lived(served, 0, 1, market="br"),
        "jp": lambda served: _lived(served, 0, 1, market="jp"),
    }
    opened = {}
    with running_server(ServerSettings(default_sandbox=False)) as served, ExitStack() as closing:

        def world(name):
            if name not in opened:
                opened[name] = made[name](served)
                closing.callback(opened[name].close)
            return opened[name]

        yield world


def test_the_tables_have_every_covered_operation_and_no_other():
    assert sum(map(len, TABLES)) == len(CALLS), "none stands in two tables"
    assert CALLS.keys() == COVERED.keys()
    assert len(COVERED) == 103


@pytest.mark.parametrize("operation_id", COVERED)
def test_the_stock_client_calls(worlds, operation_id):
    row = CALLS[operation_id]
    row.run(worlds(row.world), operation_id)
