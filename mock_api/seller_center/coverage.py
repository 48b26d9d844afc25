"""Which of the platform's operations Seatrial plays: the page docs/coverage.md, written by
``make coverage`` from the table of operations and what the groups route.

An endpoint counts as simulated unless it declares itself answered (``@access(…, answered=True)``).
"""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

from fastapi.routing import APIRoute

from mock_api.seller_center.gates import access_of
from mock_api.seller_center.group import Group
from mock_api.seller_center.groups import GROUPS
from mock_api.seller_center.known.table import Operation, operations, shape_of

SIMULATED: Final = "simulated"
ANSWERED: Final = "answered"
REFUSED: Final = "refused"

Routed = dict[tuple[str, str], tuple[Group, APIRoute]]

_HEAD: Final = """\
# Coverage

Every operation of the platform, as its documents and a public client have them. *Simulated*: the
world stands behind the answer. *Answered*: fixed words of the right form. *Refused*: it passes the
[gates](gates.md) as any other, and then says that Seatrial does not simulate it (10007014).

Written by `make coverage`; a test keeps it true.
"""


def routed() -> Routed:
    """Every endpoint, by method and the path's shape."""
    return {
        (method, shape_of(route.path)): (group, route)
        for group in GROUPS.values()
        for route in group.routes
        for method in route.methods or ()
    }


def state_of(operation: Operation, there: Routed) -> str:
    """What a call of it meets."""
    found = there.get((operation.method, shape_of(operation.path)))
    if found is None:
        return REFUSED
    return ANSWERED if access_of(found[1].endpoint).answered else SIMULATED


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_sums(), *_tables()]) + "\n"


def _sums() -> Iterator[str]:
    there = routed()
    counted = Counter((each.group, state_of(each, there)) for each in operations())
    states = (SIMULATED, ANSWERED, REFUSED)
    yield "| group | simulated | answered | refused |"
    yield "|---|---|---|---|"
    for name in dict.fromkeys(each.group for each in operations()):
        yield f"| {name} | {' | '.join(str(counted[name, state]) for state in states)} |"
    totals = [sum(n for (_, of), n in counted.items() if of == state) for state in states]
    yield f"| all | {' | '.join(map(str, totals))} |"


def _tables() -> Iterator[str]:
    there = routed()
    for name in dict.fromkeys(each.group for each in operations()):
        yield from ("", f"## {name}", "", "| operation | path | | behind it |", "|---|---|---|---|")
        for each in operations():
            if each.group == name:
                state = state_of(each, there)
                row = each.name, f"`{each.method} {each.path}`", state, _behind(each, there)
                yield f"| {' | '.join(row)} |"


def _behind(operation: Operation, there: Routed) -> str:
    """The rules behind it, or the page that tells of it."""
    found = there.get((operation.method, shape_of(operation.path)))
    if found is None:
        return ""
    group, route = found
    name = group.page.removeprefix("docs/")
    shown = f"[{name.removesuffix('.md')}]({name})"
    rules = access_of(route.endpoint).rules
    return f"{rules}: {shown}" if rules else shown


if __name__ == "__main__":
    sys.stdout.write(page())
