"""What the commands of every party share: the world they act in, and how they are carried out."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from simulator.commands import Execution
from simulator.orders.model import Order
from simulator.platform import Platform
from simulator.registry import Registry


class PartyActs:
    """Commands of one party. Each checks and acts, and everything settles before it answers; a
    refusal is a DomainError and changes nothing."""

    party: ClassVar[str]
    """What a World calls it."""

    def __init__(self, here: Registry, platform: Platform, execution: Execution) -> None:
        self.execution = execution
        self._here = here
        self._platform = platform

    def _order(self, order_id: str) -> Order:
        return self._here.order(order_id)


def noted(
    notes: Mapping[str, str], more: Mapping[str, str], without: Sequence[str]
) -> dict[str, str]:
    """A dialect's *notes* with *more* in them, and *without* some."""
    return {name: text for name, text in {**notes, **more}.items() if name not in without}
