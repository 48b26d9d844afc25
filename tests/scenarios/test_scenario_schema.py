"""The published JSON Schema: what the reader reads, an editor lets pass, and the other way round.

The checker below knows what our schema uses, and fails over any keyword that it does not know.
"""

import json
import re

import pytest
import yaml
from typer.testing import CliRunner

from scenarios.cli import app
from scenarios.format.reading import NoScenario, read_text
from scenarios.format.yaml_text import read_yaml
from scenarios.running.suite import LIBRARY

SILENT = {"title", "description", "default", "examples", "discriminator", "$defs", "$schema"}
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


@pytest.fixture(scope="module")
def schema():
    return json.loads(CliRunner().invoke(app, ["scenario", "schema"]).output)


def is_a(value, name):
    if isinstance(value, bool) and name in ("integer", "number"):
        return False
    return isinstance(value, TYPES[name])


def whole_object(part, value, fits):
    own = part.get("properties", {})
    rest = part.get("additionalProperties", True)
    others = [key for key in value if key not in own]
    return (
        all(key in value for key in part.get("required", ()))
        and all(fits(own[key], value[key]) for key in value if key in own)
        and (rest is not False or not others)
        and (isinstance(rest, bool) or all(fits(rest, value[key]) for key in others))
    )


CHECKS = {
    "type": lambda p, v, _: is_a(v, p["type"]),
    "enum": lambda p, v, _: v in p["enum"],
    "const": lambda p, v, _: v == p["const"],
    "anyOf": lambda p, v, fits: any(fits(each, v) for each in p["anyOf"]),
    "oneOf": lambda p, v, fits: sum(fits(each, v) for each in p["oneOf"]) == 1,
    "items": lambda p, v, fits: not isinstance(v, list) or all(fits(p["items"], x) for x in v),
    "prefixItems": lambda p, v, fits: (
        not isinstance(v, list)
        or all(fits(*each) for each in zip(p["prefixItems"], v, strict=False))
    ),
    "minItems": lambda p, v, _: not isinstance(v, list) or len(v) >= p["minItems"],
    "maxItems": lambda p, v, _: not isinstance(v, list) or len(v) <= p["maxItems"],
    "minLength": lambda p, v, _: not isinstance(v, str) or len(v) >= p["minLength"],
    "maxLength": lambda p, v, _: not isinstance(v, str) or len(v) <= p["maxLength"],
    "pattern": lambda p, v, _: not isinstance(v, str) or re.search(p["pattern"], v) is not None,
    "minimum": lambda p, v, _: isinstance(v, str | None) or v >= p["minimum"],
    "maximum": lambda p, v, _: isinstance(v, str | None) or v <= p["maximum"],
    "exclusiveMinimum": lambda p, v, _: isinstance(v, str | None) or v > p["exclusiveMinimum"],
    "exclusiveMaximum": lambda p, v, _: isinstance(v, str | None) or v < p["exclusiveMaximum"],
    "minProperties": lambda p, v, _: not isinstance(v, dict) or len(v) >= p["minProperties"],
    "maxProperties": lambda p, v, _: not isinstance(v, dict) or len(v) <= p["maxProperties"],
    "properties": lambda p, v, fits: not isinstance(v, dict) or whole_object(p, v, fits),
    "additionalProperties": lambda p, v, fits: not isinstance(v, dict) or whole_object(p, v, fits),
    "required": lambda p, v, fits: not isinstance(v, dict) or whole_object(p, v, fits),
}


def lets_pass(schema, value):
    def fits(part, value):
        if "$ref" in part:
            return fits(schema["$defs"][part["$ref"].rsplit("/", 1)[1]], value)
        unknown = set(part) - SILENT - set(CHECKS)
        assert not unknown, unknown
        return all(CHECKS[key](part, value, fits) for key in part if key in CHECKS)

    return fits(schema, value)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.name)
def test_the_schema_lets_the_library_pass(schema, path):
    assert lets_pass(schema, read_yaml(path.read_bytes())[1])


WHOLE = {
    "title": "t",
    "covers": ["D1"],
    "world": {"start": "now", "shops": 2, "quiet_ms": 0},
    "orders": [{"name": "a", "at": "+1h", "items": ["1"], "paid": False}],
    "demand": [{"kind": "burst", "orders": 3, "for": "1h", "units": {"1": 2}}],
    "timeline": [
        {"at": "a +1h", "buyer": "complain", "order": "a", "cause": "late", "refused": True},
        {"at": "day 3 18:00", "seller": "declare_packing", "order": "a", "packing": {"room_mm": 5}},
        {"at": "23.03 13:00", "carrier": "jt", "event": "hold", "for": "60h"},
        {"at": "+1h", "mishaps": 2},
        {"at": "+1h", "fault": {"what": "throttled", "for": "3h", "retry_after": 1}, "order": "a"},
    ],
    "runs_for": "9d",
    "expect": {
        "orders": {
            "a": {
                "status": "CANCELLED",
                "timeline": ["DELIVERED by +9d", {"reach": "lost", "at": "+3h", "within": "1h"}],
            },
            "all": {"status": ["COMPLETED"]},
        },
        "breaches": [],
        "complaints": [{"by": "buyer", "liable": "nobody", "count": 0}],
        "webhooks": [{"order": "a", "within": "1h"}],
        "integration": {"habits": ["ships_once"], "ships_within": "72h"},
        "invariants": ["every_order_ends"],
        "statistics": [{"rate": "late_dispatch", "at_most": 0.5}, {"fact": "VanFull"}],
    },
}


def both(schema, whole):
    """What the schema says, and what the reader says."""
    text = yaml.safe_dump(whole).encode()
    try:
        read_text(text, "x")
    except NoScenario:
        return lets_pass(schema, whole), False
    return lets_pass(schema, whole), True


def test_schema_and_reader_let_the_same_pass(schema):
    assert both(schema, WHOLE) == (True, True)


@pytest.mark.parametrize(
    "change",
    [
        {"expects": {}},
        {"title": ""},
        {"covers": ["Z9"]},
        {"orders": [{"name": "A"}]},
        {"orders": [{"name": "a", "citty": "x"}]},
        {"timeline": [{"at": "+1h"}]},
        {"timeline": [{"at": "+1h", "buyer": "shout", "order": "a"}]},
        {"timeline": [{"at": "+1h", "fault": {"what": "x"}}]},
        {"demand": [{"kind": "flood"}]},
        {"expect": {"orders": {"a": {"status": "SHIPPED"}}}},
        {"expect": {"breaches": [{"rule": "D9"}]}},
        {"expect": {"invariants": ["x"]}},
        {"runs_for": True},
    ],
    ids=str,
)
def test_schema_and_reader_refuse_the_same(schema, change):
    assert both(schema, WHOLE | change) == (False, False)
