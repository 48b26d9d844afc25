"""Requests that nobody thought of, drawn from an application's own description of itself, half
right and half wrong."""

import json
import re
from urllib.parse import quote

import httpx
import pytest
from hypothesis import strategies as st

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")


def described(app):
    """Every operation of an application: path, method, its parameters, its body's schema, and the
    schemas that it refers to."""
    told = app.openapi()
    schemas = told.get("components", {}).get("schemas", {})
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            body = next(iter(content.values()), {}).get("schema")
            names = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
            yield pytest.param(method.upper(), path, names, body, schemas, id=f"{method} {path}")


# What is drawn.

IDS = st.integers(0, 9).map("{{{}}}".format)
"""Placeholders, filled with ids of real orders and packages."""
ODD_TEXT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "\0",
            "\ud800",
            "x" * 5_000,
            "9" * 5_000,
            "-1",
            "NaN",
            "null",
            "1e400",
            "' OR 1=1",
            "../",
        ]
    ),
)
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**30, -(10**30), 2**63, 10**12])
    | st.floats()
    | ODD_TEXT
    | IDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXT, inner, max_size=3),
    max_leaves=6,
)
RAW = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [
            b"",
            b"null",
            b"NaN",
            b"{",
            b"[" * 100_000,
            b'{"a":' * 30_000,
            b"\xff\xfe{}",
            b'{"page_size":1,"page_size":"x"}',
            b'{"order_status":"UNPAID","order_status":7}',
            b'{"create_time_ge":' + b"9" * 6_000 + b"}",
            b'{"by":1e400}',
            b"x" * 100_000,
        ]
    ),
)


SIMPLE = {
    "string": IDS | ODD_TEXT,
    "integer": st.integers(-2, 60) | st.sampled_from([10**10, 10**18, 1_893_974_400]),
    "number": st.floats(0.001, 10),
    "boolean": st.booleans(),
    "null": st.none(),
}


def shaped(schema, schemas):
    """Values of the schema's shape, with odd ones in between."""
    if "$ref" in schema:
        return shaped(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return st.one_of([shaped(each, schemas) for each in choices])
    if words := schema.get("enum") or [schema[key] for key in ("const",) if key in schema]:
        return st.sampled_from(words)
    if schema.get("type") == "array":
        return st.lists(shaped(schema.get("items", {}), schemas), max_size=4)
    if schema.get("type") == "object":
        keys = schema.get("properties", {})
        right = {key: shaped(each, schemas) for key, each in keys.items()}
        mixed = {key: st.one_of(each, ODD) for key, each in right.items()}
        return st.fixed_dictionaries({}, optional=mixed) | st.fixed_dictionaries(right)
    return SIMPLE.get(schema.get("type"), ODD)


def requests(method, path, names, body, schemas):
    """A method, the path's filling, a query and a body for one operation."""
    count = path.count("{")
    bodies = RAW | ODD.map(lambda value: json.dumps(value).encode())
    if body:
        right = shaped(body, schemas).map(lambda value: json.dumps(value).encode())
        bodies = st.one_of(right, right, bodies)
    filling = IDS | ODD_TEXT.map(_sayable) | st.just("x" * 10_000)
    values = IDS | ODD_TEXT.map(_sayable) | st.sampled_from(["1", "10", "SHIPPING_LABEL"])
    name = st.sampled_from(names) | st.text(max_size=5).map(_sayable) if names else st.just("a")
    return st.tuples(
        st.just(method) | st.sampled_from(METHODS),
        st.lists(filling, min_size=count, max_size=count),
        st.lists(st.tuples(name, values), max_size=4),
        bodies,
    )


def _sayable(text):
    return text.encode("utf-8", "replace").decode()[:2_000]


def address(base, path, fillings, query):
    parts = iter(fillings)
    path = re.sub(r"\{\w+\}", lambda _: quote(next(parts), safe="") or "-", path)
    text = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in query)
    return path, httpx.URL(base).copy_with(raw_path=f"{path}?{text}".encode())
