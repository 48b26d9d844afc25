"""Frozen dataclasses that are made by the million: as immutable as others, at a third of the price.

A frozen dataclass sets each of its fields by a call. Here they are set on a draft, an instance of a
subclass that adds nothing and is not frozen; then the draft's class is changed to the real one.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, Final, TypeVar, dataclass_transform

T = TypeVar("T")

_UNFROZEN: Final = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}


@dataclass_transform(frozen_default=True)
def frozen(kind: type[T]) -> type[T]:
    """Instead of ``@dataclass(frozen=True, slots=True)``. Without default factories, and without a
    ``__post_init__``."""
    made: Any = dataclass(frozen=True, slots=True, init=False)(kind)
    assert not hasattr(made, "__post_init__"), kind
    blank = {"__slots__": (), "__new__": lambda cls, *_, **__: object.__new__(cls)}
    draft = type(f"{kind.__name__}Draft", (made,), blank | _UNFROZEN)
    wanted = [_wanted(each) for each in fields(made)]
    lines = [
        "self = blank(draft)",
        *(f"self.{each.name} = {each.name}" for each in fields(made)),
        "self.__class__ = cls",
        "return self",
    ]
    defaults = {each.name: each.default for each in fields(made)}
    scope = {"blank": object.__new__, "draft": draft, "defaults": defaults}
    made.__new__ = written("__new__", ["cls", *wanted], lines, scope)
    made.__getnewargs__ = _values
    ready: type[T] = made
    return ready


def written(
    name: str, wanted: list[str], lines: list[str], scope: dict[str, Any]
) -> Callable[..., Any]:
    """The function of these lines: no loop over fields, as ``dataclass`` has none."""
    text = "\n    ".join([f"def {name}({', '.join(wanted)}):", *lines])
    exec(text, scope)  # noqa: S102 - as dataclass does, of our own fields' names
    function: Callable[..., Any] = scope[name]
    return function


def _wanted(each: Field[Any]) -> str:
    assert each.default_factory is MISSING, each
    return each.name if each.default is MISSING else f"{each.name}=defaults[{each.name!r}]"


def _values(self: Any) -> tuple[Any, ...]:
    """For copies: nothing is made of no values."""
    return tuple(getattr(self, each.name) for each in fields(self))
