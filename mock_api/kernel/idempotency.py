"""Answers that are given again: a request that repeats its idempotency key gets what it got before,
and nothing is done twice."""

import json
from collections.abc import Callable
from typing import Any, Final, TypeVar

from mock_api.kernel.durable.kept import Kept, Of, Text

Answer = TypeVar("Answer")


class Remembered:
    """The answers of one sandbox, by whoever asked for what under which key."""

    def __init__(self, most: int) -> None:
        """The oldest of more than *most* are forgotten."""
        self._most = most
        self.kept: Kept[str] = Kept("answers", Text())
        """Each as JSON: what it is read as, whoever asks again knows."""

    def once(self, key: tuple[str, ...], kind: type[Answer], act: Callable[[], Answer]) -> Answer:
        """What *act* answered the first time, which is a *kind*. A refusal is not remembered:
        whoever was refused may try again. An empty last part of *key* means that the caller gave
        none."""
        if not key[-1]:
            return act()
        found = self.get(key, kind)
        if found is None:
            found = act()
            self.put(key, kind, found)
        return found

    def get(self, key: tuple[str, ...], kind: type[Answer]) -> Answer | None:
        """What is remembered under that key, if anything is."""
        said = self.kept.get(_name(key))
        answer: Answer | None = None if said is None else _form(kind).read(said)
        return answer

    def put(self, key: tuple[str, ...], kind: type[Answer], answer: Answer) -> None:
        said = _form(kind).write(answer)
        assert isinstance(said, str)
        self.kept[_name(key)] = said
        if len(self.kept) > self._most:
            self.kept.drop_oldest()


_forms: Final[dict[type, Of[Any]]] = {}


def _name(key: tuple[str, ...]) -> str:
    return json.dumps(key)


def _form(kind: type[Answer]) -> Of[Answer]:
    """Made once: it takes a while."""
    return _forms.setdefault(kind, Of(kind))
