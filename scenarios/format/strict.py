"""What every part of a scenario has in common: known keys only, and nothing changes once read."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

Place = tuple[str | int, ...]
"""The keys that lead to a part of the file."""


class Strict(BaseModel):
    """A part of a scenario. An unknown key is refused, so that a typing error never passes for an
    expectation."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Misplaced(ValueError):
    """Things that are wrong in other parts than the one whose check found them."""

    def __init__(self, wrong: Sequence[tuple[Place, str]]) -> None:
        super().__init__("; ".join(words for _, words in wrong))
        self.wrong = tuple(wrong)
