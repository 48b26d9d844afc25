import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace

import pytest

from simulator.frozen import frozen


@frozen
class Buoy:
    """Something to make many of."""

    name: str
    depth_m: int = 7

    @property
    def sign(self) -> str:
        return f"{self.name} {self.depth_m}"


BUOY = Buoy("A1")


def test_it_is_a_dataclass_like_any_other():
    assert is_dataclass(Buoy)
    assert [each.name for each in fields(BUOY)] == ["name", "depth_m"]
    assert (BUOY.name, BUOY.depth_m, BUOY.sign) == ("A1", 7, "A1 7")
    assert repr(BUOY) == "Buoy(name='A1', depth_m=7)"
    assert type(BUOY) is Buoy
    assert replace(BUOY, depth_m=9) == Buoy(name="A1", depth_m=9) != BUOY
    assert hash(Buoy("A1")) == hash(BUOY)


@pytest.mark.parametrize("act", [lambda: setattr(BUOY, "name", "B"), lambda: delattr(BUOY, "name")])
def test_it_cannot_be_changed(act):
    with pytest.raises(FrozenInstanceError):
        act()


def test_it_holds_nothing_but_its_fields():
    assert not hasattr(BUOY, "__dict__")


def test_its_copies_are_equal():
    for other in (copy.copy(BUOY), copy.deepcopy(BUOY), pickle.loads(pickle.dumps(BUOY))):  # noqa: S301 - our own
        assert (other, type(other)) == (BUOY, Buoy)


@pytest.mark.parametrize("given", [(), ("A1", 7, "red")])
def test_too_few_values_or_too_many_make_none(given):
    with pytest.raises(TypeError):
        Buoy(*given)


def test_what_it_cannot_do_it_refuses_at_once():
    with pytest.raises(AssertionError):

        @frozen
        class WithFactory:
            names: list[str] = field(default_factory=list)

    with pytest.raises(AssertionError):

        @frozen
        class WithAfterthought:
            name: str

            def __post_init__(self) -> None: ...
