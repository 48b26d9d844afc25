"""Text as it may travel. JSON's escapes can spell half of a surrogate pair, which no UTF-8 can say:
such text would break the journal, or the first answer that repeats it."""

from typing import TypeVar

T = TypeVar("T")


def require_utf8(value: T) -> T:
    """*value* as it is; ValueError if it is, or lists, text that UTF-8 cannot say."""
    for each in value if isinstance(value, list | tuple) else [value]:
        if isinstance(each, str):
            each.encode()
    return value
