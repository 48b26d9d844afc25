"""Codes that only planned faults produce: which of them an operation may be refused with."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.errors import GATEWAY
from mock_api.seller_center.groups import GROUPS
from mock_api.seller_center.known.table import operations, shape_of

_OF_ANY: Final = frozenset(GATEWAY)


def documented(operation: str) -> frozenset[int]:
    """Codes for the operation of that name in the exchange log; for any, the gateway's."""
    return _OF_ANY | _by_name().get(operation, frozenset())


@cache
def _by_name() -> Mapping[str, frozenset[int]]:
    codes = {(each.method, shape_of(each.path)): frozenset(each.transient) for each in operations()}
    found: dict[str, frozenset[int]] = {}
    for each in operations():
        found[each.name] = found.get(each.name, frozenset()) | frozenset(each.transient)
    for group in GROUPS.values():
        for route in group.routes:
            name = route.endpoint.__name__
            for method in route.methods or ():
                of_path = codes.get((method, shape_of(route.path)), frozenset())
                found[name] = found.get(name, frozenset()) | of_path
    return found


def attach_transient(sandbox: Sandbox) -> None:
    """Let the sandbox's planned faults know what is documented."""
    sandbox.faults.documented = documented
