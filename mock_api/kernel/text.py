"""Text as it may travel. JSON's escapes can spell half of a surrogate pair, which no UTF-8 can say:
such text would break the journal, or the first answer that repeats it."""

from typing import Any, Final, TypeVar

_DEEPEST: Final = 100
"""Less than any writer of JSON follows."""
T = TypeVar("T")


def require_utf8(value: T) -> T:
    """*value* as it is; ValueError if it is, or lists, text that UTF-8 cannot say."""
    for each in value if isinstance(value, list | tuple) else [value]:
        if isinstance(each, str):
            each.encode()
    return value


def require_shallow(value: Any) -> None:
    """ValueError, if lists and mappings in it lie more than 100 deep: what is kept as it came has
    to be written again, inside of something else."""
    level = [value]
    for _ in range(_DEEPEST):
        inner = [each for each in level if isinstance(each, list | dict)]
        if not inner:
            return
        level = [part for each in inner for part in _parts(each)]
    raise ValueError(f"is nested more than {_DEEPEST} deep")


def _parts(whole: Any) -> Any:
    return whole.values() if isinstance(whole, dict) else whole
