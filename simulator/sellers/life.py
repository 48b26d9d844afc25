"""A clerk: the simulated seller's hand on one order, doing what an integration would do.

A clerk sees the order as an integration does and gives the same commands. When one is refused the
clerk shrugs, for the order was cancelled, or somebody else was faster; or comes again, if the buyer
may still think better of it.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from simulator.clock import EPOCH, HOUR, Instant, later
from simulator.errors import CancellationPending, DomainError, OnHold
from simulator.sellers.behaviours import Behaviour, behaviour_named
from simulator.streams import Streams
from simulator.waiting import Inbox, Life, TimeUp
from simulator.words import Word

_LOOKS_AGAIN: Final = HOUR
"""So long after a clerk was told that the buyer wants to cancel (ours)."""


class Step(Word):
    """What the clerk will do next."""

    PACK = "pack"
    WAIT_FOR_CARRIER = "wait_for_carrier"
    MARK = "mark"
    DONE = "done"


@dataclass(slots=True)
class Clerk:
    """Who plays the seller of one order, what comes next, and when."""

    order_id: str
    luck: str
    """After what its draws are named."""
    behaviour: str
    inbox: Inbox
    step: Step = Step.PACK
    due_at: Instant = EPOCH


@dataclass(frozen=True, slots=True)
class Collected:
    """The seller's carrier has taken every parcel."""


@dataclass(frozen=True, slots=True)
class OrderOver:
    """The order was cancelled: nothing is left to do."""


class Setting(Protocol):
    """What a clerk needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    @property
    def remorse(self) -> int:
        """For how long a buyer's order may be on hold."""

    def pack(self, clerk: Clerk) -> None:
        """Everything up to the handover, well or badly done."""

    def hand_over(self, order_id: str) -> bool:
        """Set it ready to ship, or book the seller's carrier: true when a mark is still owed."""

    def is_collected(self, order_id: str) -> bool:
        """The seller's carrier has all of it already."""

    def mark(self, clerk: Clerk) -> None:
        """Mark it shipped, under the numbers of its labels or others."""

    def clerk_done(self, clerk: Clerk) -> None: ...


def clerk_life(here: Setting, clerk: Clerk) -> Life:
    """Packs, hands over, and in seller shipping marks the order shipped after the pickup (D5)."""
    behaviour = behaviour_named(clerk.behaviour)
    if clerk.step is Step.PACK and not clerk.due_at:
        _plan(here, clerk, Step.PACK, behaviour.packs_after)
    while clerk.step is not Step.DONE:
        by = None if clerk.step is Step.WAIT_FOR_CARRIER else clerk.due_at
        signal: Collected | OrderOver | TimeUp = yield clerk.inbox.next_signal(by)
        match signal:
            case OrderOver():
                clerk.step = Step.DONE
            case Collected():
                _plan_the_mark(here, clerk, behaviour)
            case TimeUp():
                _act(here, clerk, behaviour)
    here.clerk_done(clerk)


def does(here: Setting, clerk: Clerk, what: str, share: float) -> bool:
    """Whether the order's luck has it so; what is never done, or always, is not drawn."""
    if share in (0, 1):
        return bool(share)
    return here.streams.unit(what, clerk.luck) < share


def _act(here: Setting, clerk: Clerk, behaviour: Behaviour) -> None:
    """What the step demands, and then the step after it."""
    try:
        if clerk.step is Step.MARK:
            here.mark(clerk)
            clerk.step = Step.DONE
        else:
            _pack(here, clerk, behaviour)
    except OnHold:
        # It shares a parcel with an order that is not released yet.
        clerk.due_at = later(here.now, here.remorse)
    except CancellationPending:
        # Granted, the order is over; withdrawn, it is to be shipped after all.
        clerk.due_at = later(here.now, _LOOKS_AGAIN)
    except DomainError:
        clerk.step = Step.DONE


def _pack(here: Setting, clerk: Clerk, behaviour: Behaviour) -> None:
    here.pack(clerk)
    if not here.hand_over(clerk.order_id):
        clerk.step = Step.DONE
    elif does(here, clerk, "marks early", behaviour.marks_early):
        here.mark(clerk)
        clerk.step = Step.DONE
    elif here.is_collected(clerk.order_id):
        _plan_the_mark(here, clerk, behaviour)
    else:
        clerk.step = Step.WAIT_FOR_CARRIER


def _plan_the_mark(here: Setting, clerk: Clerk, behaviour: Behaviour) -> None:
    if does(here, clerk, "forgets to mark", behaviour.forgets_to_mark):
        clerk.step = Step.DONE
    else:
        _plan(here, clerk, Step.MARK, behaviour.marks_after)


def _plan(here: Setting, clerk: Clerk, step: Step, span: tuple[int, int] | None) -> None:
    clerk.step = step if span else Step.DONE
    if span:
        delay = here.streams.between(step, clerk.luck, span)
        clerk.due_at = later(here.now, delay)
