"""What holds for every kind of fact, however it is made."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest

from simulator import facts
from simulator.facts import CarrierHeld, Fact, OrderFact, OrderPaid, OrderPlaced, OrderReleased
from simulator.facts.base import fact

KINDS = [
    each
    for each in vars(facts).values()
    if isinstance(each, type) and issubclass(each, Fact) and each is not Fact
]
PLACED = OrderPlaced("O1", "UNPAID", "S1", "platform", 1999, 1, "Shenzhen", "GB")


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def made(request):
    """A fact of each kind, whose values are its fields' names."""
    return request.param(*(field.name for field in fields(request.param)))


def test_it_says_its_kind_its_values_and_its_text(made):
    names = [field.name for field in fields(made)]
    assert made.kind == type(made).__name__
    assert made.values() == (tuple(names) if len(names) > 1 else names[0])
    assert made.text() == "\x1f".join(names)
    assert repr(made).startswith(f"{made.kind}(")


def test_it_cannot_be_changed(made):
    name = fields(made)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, "other")
    with pytest.raises(FrozenInstanceError):
        delattr(made, name)
    with pytest.raises((AttributeError, TypeError)):
        made.something_else = 1


def test_its_copies_are_equal_and_of_its_kind(made):
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        assert (other, type(other), hash(other)) == (made, type(made), hash(made))
    changed = replace(made, **{fields(made)[0].name: "other"})
    assert changed != made


def test_facts_of_different_kinds_differ():
    assert OrderPaid("O1", "ON_HOLD") != OrderReleased("O1", "ON_HOLD")
    assert OrderPaid("O1", "ON_HOLD") == OrderPaid(order_id="O1", status="ON_HOLD")


def test_fields_that_have_a_default_may_be_left_out():
    assert PLACED.source == ""
    assert replace(PLACED, source="demand-1").source == "demand-1"


@pytest.mark.parametrize("given", [(), ("jt",), ("jt", 9, 9)])
def test_a_fact_of_too_few_or_too_many_values_is_none(given):
    with pytest.raises(TypeError):
        CarrierHeld(*given)


def test_whole_numbers_are_in_the_text_too():
    assert CarrierHeld("jt", 9).text() == "jt\x1f9"


def test_a_plain_frozen_dataclass_is_a_fact_as_well():
    @dataclass(frozen=True, slots=True)
    class Sunk(OrderFact):
        fathoms: int

    sunk = Sunk("O1", 40)
    assert (sunk.kind, sunk.values(), sunk.text()) == ("Sunk", ("O1", 40), "O1\x1f40")


def test_a_kind_may_be_made_from_another():
    @fact
    class Towed(OrderPaid):
        by: str = "tug"

    towed = Towed("O1", "ON_HOLD")
    assert isinstance(towed, OrderPaid)
    assert (towed.by, towed.kind) == ("tug", "Towed")
