"""How often something is expected: exactly, at least, at most."""

from typing import Annotated

from pydantic import Field, model_validator

from scenarios.format.strict import Strict

Count = Annotated[int, Field(ge=0)]


class Counted(Strict):
    """So many of them; once or more, if nothing is said."""

    count: Count | None = None
    at_least: Count | None = None
    at_most: Count | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Counted":
        if self.count is not None and (self.at_least is not None or self.at_most is not None):
            raise ValueError("give count, or at_least and at_most; not both")
        return self

    def holds(self, found: int) -> bool:
        if self.count is not None:
            return found == self.count
        least = self.at_least if self.at_least is not None else int(self.at_most is None)
        return least <= found and (self.at_most is None or found <= self.at_most)

    @property
    def wanted(self) -> str:
        if self.count is not None:
            return f"exactly {self.count}"
        least = self.at_least if self.at_least is not None else int(self.at_most is None)
        return f"at least {least}" if self.at_most is None else f"{least} to {self.at_most}"
