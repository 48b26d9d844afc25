"""Every parser that takes bytes from outside: a name, valid examples, and the call itself.

A parser may refuse what it is given as its module says it does; whatever else it raises is a
finding, and so are a second of work or 200 MB for one input.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz import snapshots
from tests.fuzz.endpoints import applications
from tests.fuzz.functions import FUNCTIONS

MOST_SECONDS = 1.0
MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Parser:
    """One of them."""

    name: str
    parse: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    close: Callable[[], None] = lambda: None
    """Give back what it holds: it is made anew when it is needed."""


def _all():
    for name, (parse, seeds) in FUNCTIONS.items():
        yield Parser(name, parse, seeds)
    yield Parser("snapshot", snapshots.restore, snapshots.seeds)
    for each in applications():
        yield Parser(f"json-{each.name}", each, each.seeds, each.close)


PARSERS = {parser.name: parser for parser in _all()}
