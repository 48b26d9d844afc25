from inspect import ismodule

import pytest

import simulator
from simulator import errors
from simulator.errors import DomainError


def all_subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from all_subclasses(child)


REFUSALS = sorted(
    (kind for kind in all_subclasses(DomainError) if kind.__name__ in errors.__all__),
    key=lambda kind: kind.__name__,
)


def drawn():
    lines = [line.strip() for line in errors.__doc__.splitlines()]
    return [line[2:] for line in lines if line.startswith(("* ", "- "))]


def test_the_door_is_sorted_and_complete():
    public = {n for n, v in vars(simulator).items() if not n.startswith("_") and not ismodule(v)}

    assert sorted(public) == simulator.__all__


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_is_drawn_in_the_tree(refusal):
    assert refusal.__name__ in drawn()


def test_the_tree_draws_nothing_else():
    assert sorted(drawn()) == sorted(["DomainError", *(kind.__name__ for kind in REFUSALS)])


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_says_what_it_means(refusal):
    assert refusal.__doc__
