"""What every fact is: something that happened, in values that travel.

Each kind of fact stands in the module of its matter; the package's door has them all.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform

from simulator.frozen import frozen, written

F = TypeVar("F", bound="Fact")

UNIT: Final = "\x1f"
"""ASCII's unit separator, between the values of a fact's text: in no name, id or word."""

_READERS: Final[dict[type["Fact"], Callable[["Fact"], object]]] = {}


@dataclass_transform(frozen_default=True)
def fact(kind: type[F]) -> type[F]:
    """A kind of fact: frozen, and with its text written out."""
    made: Any = frozen(kind)
    texts = [f"self.{x.name}" if x.type is str else f"str(self.{x.name})" for x in fields(made)]
    lines = [f"return join([{', '.join(texts)}])"]
    made.text = written("text", ["self"], lines, {"join": UNIT.join})
    ready: type[F] = made
    return ready


@dataclass(frozen=True, slots=True, init=False)
class Fact:
    """Something that happened in the world."""

    kind: ClassVar[str] = "Fact"

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__name__
        # Not a base's, which know of the base's fields only.
        if "__new__" not in vars(cls):
            cls.__new__ = _blank  # type: ignore[assignment]
        if "text" not in vars(cls):
            cls.text = Fact.text  # type: ignore[method-assign]

    def values(self) -> object:
        """The fields' values, in their order."""
        kind = type(self)
        read = _READERS.get(kind)
        if read is None:
            names = [field.name for field in fields(kind)]
            read = _READERS[kind] = attrgetter(*names)
        return read(self)

    def text(self) -> str:
        """The same as one text: what the digest is taken over."""
        return UNIT.join(str(getattr(self, field.name)) for field in fields(self))


def _blank(cls: type[F], *_: object, **__: object) -> F:
    return object.__new__(cls)


@fact
class OrderFact(Fact):
    order_id: str


@fact
class OrderMoved(OrderFact):
    status: str
