"""A correspondent: who writes for the simulated seller of one order, beside the clerk who ships it.

It complains about the carrier, appeals, and answers the buyer, each at its time. It keeps a list of
what is to be written, soonest first; a refusal is shrugged at, as the clerk does.
"""

from dataclasses import dataclass, field
from typing import Protocol

from simulator.clock import Instant, later
from simulator.errors import DomainError
from simulator.sellers.behaviours import Behaviour, Delay, behaviour_named
from simulator.streams import Streams
from simulator.waiting import Inbox, Life, TimeUp
from simulator.words import Word


class Matter(Word):
    """What may have to be written about."""

    CARRIER_CALLED = "carrier_called"
    CARRIER_LATE = "carrier_late"
    COMPLAINT_REJECTED = "complaint_rejected"
    BUYER_COMPLAINED = "buyer_complained"
    CANCELLATION_ASKED = "cancellation_asked"
    REFUND_ASKED = "refund_asked"


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to write, and when."""

    at: Instant
    nth: int
    """In the order in which they were thought of."""
    matter: Matter
    about: str
    """A complaint's id, where it is about one."""
    agrees: bool


@dataclass(slots=True)
class Correspondent:
    """Who writes about one order, and what is still to be written."""

    order_id: str
    luck: str
    """After what its draws are named."""
    behaviour: str
    inbox: Inbox
    heard: int = 0
    """Of how many matters it has heard."""
    letters: list[Letter] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something has happened that may want an answer."""

    matter: Matter
    about: str = ""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Something has ended: perhaps there is nothing left to wait for."""


class Setting(Protocol):
    """What a correspondent needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    def send(self, order_id: str, letter: Letter) -> None: ...
    def is_settled(self, order_id: str) -> bool:
        """The order is over, and no complaint about it is open."""

    def correspondent_done(self, correspondent: Correspondent) -> None: ...


def correspondent_life(here: Setting, writer: Correspondent) -> Life:
    """Hears of matters, and writes each letter when its time has come, until all is settled."""
    behaviour = behaviour_named(writer.behaviour)
    while writer.letters or not here.is_settled(writer.order_id):
        by = writer.letters[0].at if writer.letters else None
        signal: Heard | LookAgain | TimeUp = yield writer.inbox.next_signal(by)
        match signal:
            case Heard(matter, about):
                _think(here, writer, behaviour, matter, about)
            case TimeUp():
                _write(here, writer)
            case LookAgain():
                pass
    here.correspondent_done(writer)


def _think(
    here: Setting, writer: Correspondent, behaviour: Behaviour, matter: Matter, about: str
) -> None:
    """Whether it will write, what, and when."""
    nth = writer.heard
    writer.heard += 1
    yes, no = _shares(behaviour, matter)
    drawn = here.streams.unit(f"writes: {matter}", writer.luck, nth)
    if drawn >= yes + no:
        return
    delay = here.streams.between("writes after", writer.luck, _delay(behaviour, matter), nth)
    letter = Letter(later(here.now, delay), nth, matter, about, agrees=drawn < yes)
    writer.letters.append(letter)
    writer.letters.sort(key=lambda each: (each.at, each.nth))


def _write(here: Setting, writer: Correspondent) -> None:
    letter = writer.letters.pop(0)
    try:
        here.send(writer.order_id, letter)
    except DomainError:
        return  # too late, or answered already


def _shares(behaviour: Behaviour, matter: Matter) -> tuple[float, float]:
    """How often it says yes, and how often no; of matters without an answer, how often it
    writes."""
    match matter:
        case Matter.CARRIER_CALLED:
            return behaviour.complains_anyway, 0
        case Matter.CARRIER_LATE:
            return behaviour.complains, 0
        case Matter.COMPLAINT_REJECTED:
            return behaviour.appeals, 0
        case Matter.BUYER_COMPLAINED:
            return behaviour.concedes, behaviour.contests
        case Matter.CANCELLATION_ASKED | Matter.REFUND_ASKED:
            return behaviour.grants, behaviour.declines


def _delay(behaviour: Behaviour, matter: Matter) -> Delay:
    if matter in (Matter.CARRIER_CALLED, Matter.CARRIER_LATE):
        return behaviour.complains_after
    return behaviour.answers_after
