"""What every fact is: something that happened, in values that travel.

Each kind of fact stands in the module of its matter; the package's door has them all.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from operator import attrgetter
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform

F = TypeVar("F", bound="Fact")

UNIT: Final = "\x1f"
"""ASCII's unit separator, between the values of a fact's text: in no name, id or word."""

_READERS: Final[dict[type["Fact"], Callable[["Fact"], object]]] = {}


@dataclass_transform(frozen_default=True)
def fact(kind: type[F]) -> type[F]:
    """A kind of fact: a frozen dataclass with slots, at a third of its price.

    A frozen dataclass sets every field by a call. Here they are set on a draft, of a class that has
    the same slots and is not frozen, and then the draft's class is changed.
    """
    made = dataclass(frozen=True, slots=True, init=False)(kind)
    draft = type(f"{kind.__name__}Draft", (made,), {"__slots__": (), **_UNFROZEN})
    given = fields(made)
    defaults = {each.name: each.default for each in given if each.default is not MISSING}
    scope = {"draft": draft, "blank": object.__new__, "join": UNIT.join, "defaults": defaults}
    exec(_written_out(given), scope)  # noqa: S102 - as dataclass does: our own names, no others'
    made.__new__ = scope["__new__"]  # type: ignore[method-assign,assignment]
    made.text = scope["text"]  # type: ignore[method-assign,assignment]
    return made


def _written_out(given: tuple[Field[Any], ...]) -> str:
    """``__new__`` and ``text`` for these fields, without a loop."""
    wanted = [
        f"{each.name}=defaults[{each.name!r}]" if each.default is not MISSING else each.name
        for each in given
    ]
    texts = [f"self.{x.name}" if x.type is str else f"str(self.{x.name})" for x in given]
    return "\n".join(
        [
            f"def __new__({', '.join(['cls', *wanted])}):",
            "    self = blank(draft)",
            *(f"    self.{each.name} = {each.name}" for each in given),
            "    self.__class__ = cls",
            "    return self",
            "def text(self):",
            f"    return join([{', '.join(texts)}])",
        ]
    )


_UNFROZEN: Final = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}


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

    def __getnewargs__(self) -> tuple[Any, ...]:
        """For copies: nothing is made of no values."""
        return tuple(getattr(self, field.name) for field in fields(self))


def _blank(cls: type[F], *_: object, **__: object) -> F:
    return object.__new__(cls)


@fact
class OrderFact(Fact):
    order_id: str


@fact
class OrderMoved(OrderFact):
    status: str
