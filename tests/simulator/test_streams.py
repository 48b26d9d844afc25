from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import EPOCH, later
from simulator.streams import Streams


def test_later_counts_whole_seconds():
    assert later(EPOCH, 90) == 90


def test_the_same_name_draws_the_same_number():
    assert Streams(7).unit("leg", "P1", 2) == Streams(7).unit("leg", "P1", 2)


def test_every_part_of_the_name_and_the_seed_matters():
    draws = {
        Streams(7).unit("leg", "P1", 2),
        Streams(7).unit("leg", "P1", 3),
        Streams(7).unit("leg", "P2", 2),
        Streams(7).unit("basket", "P1", 2),
        Streams(8).unit("leg", "P1", 2),
    }

    assert len(draws) == 5


def test_a_new_draw_shifts_nobody():
    alone, in_company = Streams(7), Streams(7)
    in_company.unit("a new purpose", "P1")
    in_company.unit("leg", "P0")

    assert alone.unit("leg", "P1") == in_company.unit("leg", "P1")


@given(seed=st.integers(), name=st.text(), nth=st.integers(0))
def test_a_unit_lies_between_zero_and_one(seed, name, nth):
    assert 0 <= Streams(seed).unit("any", name, nth) < 1


def test_a_span_is_closed_and_all_of_it_is_drawn():
    streams = Streams(7)

    assert {streams.between("die", "one", (1, 6), nth) for nth in range(200)} == set(range(1, 7))


def test_a_span_of_one_number_gives_it():
    assert Streams(7).between("die", "one", (5, 5)) == 5


def test_a_pick_is_one_of_the_places():
    streams = Streams(7)

    assert {streams.pick("sku", "one", 3, nth) for nth in range(100)} == {0, 1, 2}
