"""What every fact is: something that happened, in values that travel.

Each kind of fact stands in the module of its matter; the package's door has them all.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in the world."""

    @property
    def kind(self) -> str:
        return type(self).__name__

    def values(self) -> object:
        """The fields' values, in their order: what the digest is taken over."""
        kind = type(self)
        read = _READERS.get(kind)
        if read is None:
            read = _READERS[kind] = attrgetter(*(field.name for field in fields(kind)))
        return read(self)


_READERS: Final[dict[type[Fact], Callable[[Fact], object]]] = {}


@dataclass(frozen=True, slots=True)
class OrderFact(Fact):
    order_id: str


@dataclass(frozen=True, slots=True)
class OrderMoved(OrderFact):
    status: str
