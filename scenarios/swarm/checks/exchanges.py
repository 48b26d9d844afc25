"""What every single answer has to keep: no failure that nobody planned, no trace of a refusal."""

import json
from collections import Counter
from typing import Final

from mock_api.kernel.faults import OF_REQUESTS, Faults
from scenarios.swarm.checks.stories import Stories
from scenarios.swarm.checks.violations import Violations
from scenarios.swarm.wire import Answer, Ask

_BROKEN: Final = 500
_REFUSED: Final = 400
_LOOKS: Final = ("GET",)
_MAY_MOVE: Final = ("/open/authorize", "/oauth/authorize")
"""Looks that do something: whoever opens the page consents."""
_IN_PART: Final = ("/packages/ship", "/packages/deliver", "/review", "/packages/combine")
"""Calls about several things, which do what they can and name the rest."""


class Witness:
    """Sees all calls of one run."""

    def __init__(self, faults: Faults, stories: Stories, found: Violations) -> None:
        self.faults = faults
        self.stories = stories
        self._found = found
        self._before = (0, 0, True)
        self.calls: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()

    def began(self) -> None:
        """A call is about to be made: time stands still until it is answered."""
        stories = self.stories
        self._before = (self._fired(), stories.length, stories.in_call)
        stories.in_call = True

    def ended(self, ask: Ask, answer: Answer) -> None:
        """It was answered."""
        fired, length, self.stories.in_call = self._before
        planned, grown = self._fired() > fired, self.stories.length - length
        self.statuses[answer.status] += 1
        self.calls[ask.method] += 1
        name = f"{ask.method} {ask.path}"
        if answer.status >= _BROKEN and not planned:
            told = f"{name} answers {answer.status}: {answer.body[:300]!r}"
            self._found.add("answers", told)
        if grown and ask.method in _LOOKS and ask.path not in _MAY_MOVE:
            self._found.add("looks", f"{name} is a look, and brought {grown} facts")
        if grown and not planned and _is_refusal(answer) and not ask.path.endswith(_IN_PART):
            told = f"{name} {ask.content!r} is refused and leaves {grown} facts: {answer.body!r}"
            self._found.add("refusals", told)

    def severed(self, ask: Ask) -> None:
        """It was not: the command may have taken effect, or not."""
        fired, _, self.stories.in_call = self._before
        self.calls[ask.method] += 1
        planned = self._fired() > fired
        told = f"{ask.method} {ask.path} has no answer, and nobody planned that"
        self._found.require(planned, "answers", told)

    def _fired(self) -> int:
        return sum(
            fault.fired for fault in self.faults.planned.values() if fault.plan.what in OF_REQUESTS
        )


def _is_refusal(answer: Answer) -> bool:
    if answer.status >= _REFUSED:
        return True
    if not answer.body.startswith(b'{"code":'):
        return False
    return bool(json.loads(answer.body)["code"])
