"""Whatever is in a file, reading it gives a scenario or says what is wrong, and never breaks.

Three kinds of files: bytes, YAML of any shape, and scenarios with one value of their own replaced.
"""

import re

import hypothesis.strategies as st
import yaml
from hypothesis import example, given, settings

from scenarios.format.model import Scenario
from scenarios.format.reading import NoScenario, read_text
from tests.thoroughness import examples

BREAKS = re.compile(rb"\r\n|\r|\n|\xc2\x85|\xe2\x80[\xa8\xa9]")
"""What ends a line: YAML 1.1 counts Unicode's own ends of lines, too."""
WORDS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=12),
    st.sampled_from(
        ["first", "+72h", "day 3 18:00", "29.02 01:00", "D1", "DELIVERED", "delivered by +3d"]
    ),
)
KEYS = st.one_of(
    st.text(max_size=6),
    st.integers(0, 3),
    st.sampled_from(
        ["title", "orders", "expect", "timeline", "demand", "world", "at", "name", "kind", "order"]
    ),
)
SHAPES = st.recursive(
    WORDS, lambda parts: st.lists(parts, max_size=4) | st.dictionaries(KEYS, parts, max_size=4)
)
WHOLE = {
    "title": "t",
    "covers": ["D1"],
    "seed": 3,
    "world": {"start": "2030-01-07", "shops": 2, "carriers": {"jt": {"pickup": {"capacity": 9}}}},
    "orders": [{"name": "first", "at": "+1h", "items": ["1"], "story": ["day 2 10:00 delivered"]}],
    "demand": [{"kind": "burst", "orders": 3, "for": "1h", "behaviour": {"slow": 1}}],
    "timeline": [
        {"at": "first +1h", "buyer": "complain", "order": "first", "cause": "late"},
        {"at": "day 3 18:00", "seller": "declare_label", "order": "first", "label": {}},
        {"at": "23.03 13:00", "carrier": "jt", "event": "hold", "for": "60h"},
        {"at": "+1h", "fault": {"what": "throttled", "times": 3}},
    ],
    "expect": {
        "orders": {"first": {"status": ["COMPLETED"], "timeline": ["DELIVERED by +9d"]}},
        "breaches": [{"rule": "D1", "due": "first +72h", "count": 1}],
        "statistics": [{"fact": "OrderPlaced", "values": {"city": "Shenzhen"}}],
    },
}


def places(part, path=()):
    """Every path into WHOLE."""
    yield path
    pairs = part.items() if isinstance(part, dict) else ()
    for key, each in enumerate(part) if isinstance(part, list) else pairs:
        yield from places(each, (*path, key))


def with_another(part, path, value):
    if not path:
        return value
    key, *rest = path
    copy = part.copy()
    copy[key] = with_another(part[key], rest, value)
    return copy


def reads(content):
    """Whether it is a scenario; if not, every fault has its place and its words."""
    faults = ()
    try:
        scenario = read_text(content, "x.yaml")
    except NoScenario as wrong:
        faults = wrong.faults or [None]
    lines = len(BREAKS.findall(content)) + 2
    assert all(1 <= fault.line <= lines and fault.words for fault in faults)
    if faults:
        return False
    assert isinstance(scenario, Scenario)
    assert scenario.sandbox(scenario.usual_seed)["market"] == scenario.market
    return True


@example("\N{NEXT LINE}\N{LINE SEPARATOR}a: [".encode())
@given(st.binary(max_size=80))
@settings(max_examples=examples(150), deadline=None, derandomize=True)
def test_any_bytes(content):
    reads(content)


@given(st.text(alphabet="ab: -[]{},&*<!|>\"'#?%~01\n\t", max_size=60))
@settings(max_examples=examples(200), deadline=None, derandomize=True)
def test_any_text_that_looks_like_yaml(text):
    reads(text.encode())


@given(SHAPES)
@settings(max_examples=examples(40), deadline=None, derandomize=True)
def test_any_yaml(shape):
    reads(yaml.safe_dump(shape).encode())


@given(st.sampled_from([*places(WHOLE)][1:]), SHAPES)
@settings(max_examples=examples(120), deadline=None, derandomize=True)
def test_a_scenario_with_anything_in_one_place(path, value):
    reads(yaml.safe_dump(with_another(WHOLE, path, value), sort_keys=False).encode())


def test_as_it_stands_it_is_read():
    assert reads(yaml.safe_dump(WHOLE).encode())
