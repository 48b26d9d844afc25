"""What must not be, and was: with the orders that it concerns."""

from dataclasses import dataclass, field
from typing import Final

_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that was wrong."""

    check: str
    told: str
    order_ids: tuple[str, ...] = ()
    at: int = 0


@dataclass(slots=True)
class Violations:
    """Those of one run; many of one kind are one finding."""

    found: list[Violation] = field(default_factory=list)
    more: int = 0

    def add(self, check: str, told: str, *order_ids: str, at: int = 0) -> None:
        if len(self.found) < _MOST:
            self.found.append(Violation(check, told, tuple(filter(None, order_ids)), at))
        else:
            self.more += 1

    def require(self, holds: bool, check: str, told: str, *order_ids: str) -> None:  # noqa: FBT001 - reads as an assert
        if not holds:
            self.add(check, told, *order_ids)
