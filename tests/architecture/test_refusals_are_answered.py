"""Every refusal of the simulation has its words in every application."""

import asyncio
import inspect
import re
from pathlib import Path

import pytest
from fastapi import FastAPI, Request

import simulator.errors
from mock_api.kernel.problems import answer_with_problems
from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.errors import Row
from mock_api.seller_center.fulfillment.refusals import FROM_DOMAIN
from mock_api.seller_center.groups import GROUPS
from simulator.errors import DomainError
from simulator.orders.model import Status


def _modules_of(folder):
    return sorted((Path(simulator.__file__).parents[1] / folder).rglob("*.py"))


SOURCE = {path: path.read_text(encoding="utf-8") for path in _modules_of("mock_api/seller_center")}


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


REFUSALS = [each for each in subclasses(DomainError) if each.__name__ in simulator.errors.__all__]


def made_up(kind, text="x"):
    """A refusal with something in each of its fields."""
    wanted = inspect.signature(kind.__init__).parameters.values()
    fitting = {int: 7, tuple[tuple[str, str], ...]: ((text, text),)}
    return kind(*(fitting.get(each.annotation, text) for each in list(wanted)[1:]))


def test_there_are_refusals():
    assert len(REFUSALS) >= 14


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_group_of_the_seller_center_has_a_row_for_every_refusal(kind):
    for group in GROUPS.values():
        row = row_of(made_up(kind), group.refusals)

        assert isinstance(row, Row), group.name
        assert (row.status, row.is_gateway) == (200, False), group.name
        assert row.code > 0, group.name
        assert row.message, group.name


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_the_control_api_answers_every_refusal_with_a_problem(kind):
    app = FastAPI()
    answer_with_problems(app)
    request = Request({"type": "http", "headers": [], "path": "/", "method": "GET"})
    handler = app.exception_handlers[DomainError]
    answer = asyncio.run(handler(request, made_up(kind)))

    assert answer.status_code in (404, 409, 422)
    assert answer.media_type == "application/problem+json"


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_can_be_made_again_from_its_arguments(kind):
    refusal = made_up(kind)
    again = type(refusal)(*refusal.args)
    assert str(again) == str(refusal)
    assert "x" in str(refusal) or "7" in str(refusal)


@pytest.mark.parametrize("status", Status)
def test_every_wrong_status_has_a_code(status):
    assert row_of(simulator.errors.WrongStatus("1", status, "x"), FROM_DOMAIN).code > 0


ROWS = [
    (module, name)
    for module in _modules_of("mock_api/seller_center")
    if module.name in ("errors.py", "refusals.py")
    for name in re.findall(
        r"^([A-Z_]+): Final = (?:Row|_gateway)\(", module.read_text(), re.MULTILINE
    )
]


@pytest.mark.parametrize(("module", "name"), ROWS, ids=lambda each: getattr(each, "stem", each))
def test_no_row_is_there_for_nothing(module, name):
    """A row that nobody raises is a promise that nobody keeps."""
    own = len(re.findall(rf"\b{name}\b", module.read_text(encoding="utf-8")))
    others = (SOURCE[path] for path in SOURCE if path != module)
    assert own > 1 or any(re.search(rf"\b{module.stem}\.{name}\b", text) for text in others)
