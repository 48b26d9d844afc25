"""What can reach a buyer's complaint while it waits."""

from dataclasses import dataclass

from simulator.disputes.model import Answer


@dataclass(frozen=True, slots=True)
class Answered:
    """The seller accepts or contests it."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class OrderOver:
    """The order was cancelled, and the money goes back that way."""
