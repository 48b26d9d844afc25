"""What depends on the version in the path. Any will do.

"For versions >= v2403, this element will always be returned as an array. For requests using
versions < v2403, this element will be returned as an array if there is more than one object and a
single object if there is only 1" (Pickup.yaml, and so in the others).
"""

from typing import Any, Final

_ARRAYS_SINCE: Final = 2403
_DIGITS: Final = 9
"""Longer ones are no version, nor an old one."""


def alone_if_old(version: str, found: list[Any]) -> Any:
    """A list; an old version's list of one is the one."""
    digits = version.removeprefix("v")
    old = digits.isdecimal() and len(digits) <= _DIGITS and int(digits) < _ARRAYS_SINCE
    return found[0] if old and len(found) == 1 else found
