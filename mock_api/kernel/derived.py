"""Read models that follow from the facts of a sandbox's world: what they have counted and filed.

A snapshot holds them beside the world, for a restored world tells of no old fact again.
"""

from typing import Any, Protocol


class Derived(Protocol):
    """One such read model. What it holds depends on facts and on the world alone: not on who
    looked, subscribed or called."""

    def save(self) -> Any:
        """Everything as plain data, ready for JSON: equal for all that heard the same facts."""

    def restore(self, saved: Any) -> None:
        """Fill an empty one, whose world was restored before, with what ``save`` gave. From there
        on it hears facts as usual."""
