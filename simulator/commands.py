"""Commands as data: what a world was told to do and when, so that it can be told the same again.

A world is a function of its configuration and its commands. Who keeps every ``Command`` that one
world carried out can repeat them on another of the same configuration, and both are the same, ids
and digest and all. Looking is no command, nor is the passing of time: each command says when it
came.

A ``@command`` is told of when it is over and has settled. One that a command gives in its turn is
part of it. One that is refused changed nothing, and is not told of.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from inspect import signature
from types import FunctionType
from typing import Any, ClassVar, Concatenate, Final, ParamSpec, Protocol, TypeVar, get_type_hints

from simulator.clock import Instant
from simulator.errors import BadCommand, DomainError
from simulator.plain import Reader, reader_of, to_plain

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Command:
    """One command that a world carried out, as plain data ready for JSON."""

    at: Instant
    """Virtual time."""
    party: str
    """Who was told: a World's attribute (``sellers``, ``desk``); empty: the world itself."""
    act: str
    """The method's name."""
    said: dict[str, Any]
    """The arguments by their parameters' names; what was left to its default is left out."""

    def __str__(self) -> str:
        return f"{self.party}.{self.act} at {self.at}" if self.party else f"{self.act} at {self.at}"


Listener = Callable[[Command], None]


class Execution:
    """How one world carries out commands: one at a time, each until nothing is due any more."""

    __slots__ = ("failure", "inside", "listener", "now", "settle", "time_passes")

    def __init__(self, now: Callable[[], Instant], settle: Callable[[], None]) -> None:
        self.now = now
        self.settle = settle
        self.listener: Listener | None = None
        self.inside = False
        """A command is being carried out: what is commanded now is part of it."""
        self.time_passes = False
        """Nobody commands anything then."""
        self.failure = ""
        """What broke the world: from then on it is none that its commands lead to."""

    def carry_out(self, call: Callable[[], R]) -> R:
        self.inside = True
        try:
            answer = call()
            with self.failing():
                self.settle()
        except DomainError:
            raise  # refused, and nothing has changed
        except Exception as problem:
            self.fail(problem)
            raise
        finally:
            self.inside = False
        return answer

    @contextmanager
    def failing(self) -> Iterator[None]:
        """A block in which nothing can be refused: whatever is raised breaks the world."""
        try:
            yield
        except Exception as problem:
            self.fail(problem)
            raise

    def fail(self, problem: Exception) -> None:
        """The first one counts: what comes later follows from it."""
        self.failure = self.failure or f"{type(problem).__name__}: {problem}"


class Commanded(Protocol):
    """Whoever carries out commands."""

    party: ClassVar[str]
    execution: Execution


A = TypeVar("A", bound=Commanded)


def command(method: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """A method that may change its world, and that can be repeated on another."""
    act, names = method.__name__, tuple(signature(method).parameters)[1:]

    @wraps(method)
    def carried_out(self: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        execution = self.execution
        if execution.inside:
            return method(self, *args, **kwargs)
        assert not execution.time_passes, f"{act}: who hears facts looks, and commands nothing"
        told = None
        if execution.listener:
            said = to_plain(dict(zip(names, args, strict=False)) | kwargs)
            told = Command(execution.now(), self.party, act, said)
        answer = execution.carry_out(partial(method, self, *args, **kwargs))
        if told and execution.listener:
            execution.listener(told)
        return answer

    _METHODS[carried_out] = method
    return carried_out


def is_command(function: Any) -> bool:
    """Whether *function* bears the decorator."""
    return isinstance(function, FunctionType) and function in _METHODS


def argument_readers(function: FunctionType) -> dict[str, Reader]:
    """How each argument of that command is read. TypeError: one of them cannot be plain data."""
    readers = _READERS.get(function)
    if readers is None:
        hints = get_type_hints(_METHODS[function])
        names = tuple(signature(function).parameters)[1:]
        readers = _READERS[function] = {name: reader_of(hints[name]) for name in names}
    return readers


def prepared(told: Command, actor: Commanded | None) -> Callable[[], object]:
    """The call that *told* stands for, ready to be made. BadCommand: there is no such command, or
    not with such arguments."""
    function = getattr(type(actor), str(told.act), None)
    if not is_command(function):
        raise BadCommand(str(told), "this version knows no such command")
    assert isinstance(function, FunctionType)
    try:
        readers = argument_readers(function)
        for name in told.said.keys() - readers.keys():
            raise BadCommand(str(told), f"it takes no {name!r}")
        arguments = {name: _read(told, name, readers[name]) for name in told.said}
        bound = signature(function).bind(actor, **arguments)
    except (AttributeError, TypeError) as wrong:
        raise BadCommand(str(told), str(wrong)) from wrong
    return partial(function, *bound.args, **bound.kwargs)


def _read(told: Command, name: str, read: Reader) -> Any:
    try:
        return read(told.said[name])
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadCommand(str(told), f"{name}: {wrong}") from wrong


_METHODS: Final[dict[Callable[..., Any], Callable[..., Any]]] = {}
"""Every command, by what the decorator made of it."""
_READERS: Final[dict[FunctionType, dict[str, Reader]]] = {}
