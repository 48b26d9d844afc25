"""No bytes from outside break a parser: it takes them, or refuses them in its own words.

The long runs are ``make fuzz-parsers``; here every parser has its examples, what once broke one,
and a few inputs that nobody thought of.
"""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import World
from simulator.errors import BadSnapshot
from tests.fuzz.known_bad import known_bad
from tests.fuzz.mutation import changed, mutated
from tests.fuzz.parsers import PARSERS
from tests.fuzz.snapshots import saved
from tests.thoroughness import examples

NAMES = [
    pytest.param(name, marks=pytest.mark.slow) if name.startswith("json-") else name
    for name in PARSERS
]
"""Whole applications have ``test_bad_input`` and its like for carriers beside this."""


@pytest.fixture
def parser(request):
    found = PARSERS[request.param]
    yield found
    found.close()


@pytest.mark.parametrize("parser", NAMES, indirect=True)
def test_a_parser_takes_its_examples_and_refuses_what_breaks_others(parser):
    for content in (*parser.seeds()[:3], *known_bad(parser.name)):
        parser.parse(content)


@pytest.mark.slow
@pytest.mark.parametrize("parser", NAMES, indirect=True)
def test_no_bytes_break_a_parser(parser):
    seeds = parser.seeds()

    @settings(max_examples=examples(30), suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(seeds), st.randoms(use_true_random=False), st.binary(max_size=40))
    def every(seed, chance, raw):
        parser.parse(mutated(seed, chance, seeds))
        parser.parse(raw)

    every()


PLAIN = json.loads(saved(0))


@pytest.mark.parametrize("part", sorted(PLAIN))
def test_a_snapshot_without_one_of_its_parts_is_refused_by_that_part(part):
    with pytest.raises(BadSnapshot) as refused:
        World.restore({name: item for name, item in PLAIN.items() if name != part})
    assert refused.value.place == part


@pytest.mark.parametrize("part", sorted(PLAIN))
@pytest.mark.parametrize("wrong", ["x", [[]]])
def test_a_part_of_another_type_is_refused_by_that_part(part, wrong):
    with pytest.raises(BadSnapshot) as refused:
        World.restore(PLAIN | {part: wrong})
    assert refused.value.place.startswith(part)


@pytest.mark.parametrize("whole", [None, 7, "x", [], {}, {"version": "6"}, {"version": True}])
def test_what_is_no_snapshot_is_refused_before_anything_is_read(whole):
    with pytest.raises(BadSnapshot):
        World.restore(whole)


@pytest.mark.parametrize(
    ("path", "wrong", "place"),
    [
        (("orders", 1, "items", 0, "sku_id"), 7, "orders[1].items[0].sku_id"),
        (("orders", 0, "status"), "GONE", "orders[0].status"),
        (("orders", 0, "turn"), "x", "orders[0]"),
        (("orders", 0, "?"), 1, "orders[0].?"),
        (("config", "seed"), True, "config.seed"),
        (("config", "market", "region"), None, "config.market.region"),
        (("now",), 10**30, "now"),
        (("minted", "5764"), "x", "minted[5764]"),
    ],
)
def test_what_is_wrong_in_a_snapshot_is_told_with_its_place(path, wrong, place):
    tree = json.loads(saved(0))
    holder = tree
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = wrong
    with pytest.raises(BadSnapshot) as refused:
        World.restore(tree)
    assert refused.value.place == place
    assert place in str(refused.value)


@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_a_snapshot_with_any_node_changed_is_refused_or_is_a_world(chance, times):
    tree = json.loads(saved(0))
    for _ in range(times):
        tree = changed(tree, chance)
    with suppress(BadSnapshot):
        assert World.restore(tree).now >= 0


@pytest.mark.parametrize("depth", [200, 300, 600, 985])
def test_papers_of_lists_within_lists_are_refused_by_easypost(depth):
    easypost = PARSERS["json-easypost"]
    body = b'{"customs_info":{"a":' + b"[" * depth + b"]" * depth + b"}}"
    try:
        easypost.parse(b"POST /v2/customs_infos\n" + body)
    finally:
        easypost.close()
