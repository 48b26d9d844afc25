"""What an index knows of an id, and what it can be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mock_api.kernel.pages import Key

ANY: Final = ""
"""Whatever the status."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one id: its status, and its instants by the fields' names."""

    status: str
    instants: Mapping[str, int]


Reach = tuple[Key, Key]
"""Which keys of the field that is sorted by: from (included), to (excluded)."""
EVERYTHING: Final[Reach] = ((-1, ""), (2**62, ""))


@dataclass(frozen=True, slots=True)
class Question:
    """Which entries, in which order.

    *ranges* bound instants by field, from (included) and to (excluded); *also* is asked of every
    id that is otherwise right.
    """

    sort_field: str
    descending: bool
    status: str = ANY
    ranges: tuple[tuple[str, int, int], ...] = ()
    also: Callable[[str], bool] | None = None

    def reach(self, after: Key | None = None) -> Reach:
        """Behind *after*, if that is said. No later than where it begins, and never negative."""
        low, high = EVERYTHING
        for name, from_, to in self.ranges:
            if name == self.sort_field:
                low, high = max(low, (from_, "")), min(high, (to, ""))
        if after and self.descending:
            high = min(high, after)
        elif after:
            low = max(low, (after[0], after[1] + "\0"))
        return low, max(low, high)
