"""Answers that are given again: a request that repeats its idempotency key gets what it got before,
and nothing is done twice."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Remembered:
    """The answers of one sandbox, by whoever asked for what under which key."""

    def __init__(self, keep: int) -> None:
        """The oldest of more than *keep* are forgotten."""
        self._keep = keep
        self._answers: OrderedDict[tuple[str, ...], Any] = OrderedDict()

    def once(self, key: tuple[str, ...], act: Callable[[], Answer]) -> Answer:
        """What *act* answered the first time. A refusal is not remembered: whoever was refused may
        try again. An empty last part of *key* means that the caller gave none."""
        if not key[-1]:
            return act()
        if key not in self._answers:
            self._answers[key] = act()
            if len(self._answers) > self._keep:
                self._answers.popitem(last=False)
        answer: Answer = self._answers[key]
        return answer
