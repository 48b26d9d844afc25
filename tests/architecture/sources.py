"""The product's own modules, each read and parsed once for all tests that look at them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def modules_of(*packages):
    """Their paths, in order."""
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def named(path):
    """As it is called from the top of the repository."""
    return str(path.relative_to(ROOT))


@cache
def text_of(path):
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path):
    return ast.parse(text_of(path))
