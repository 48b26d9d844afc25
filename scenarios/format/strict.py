"""What every part of a scenario has in common: known keys only, and nothing changes once read."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of a scenario. An unknown key is refused, so that a typing error never passes for an
    expectation."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
