"""A patron: the buyer of one order who acts by themselves, as their temperament has it.

Patrons give the commands that a buyer gives, and see what a buyer sees. When one is refused they
shrug: it was too late for that, or somebody else was faster.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, Protocol

from simulator.buyers.temperaments import Deed, Habit, News, Temperament, temperament_named
from simulator.clock import Instant, later
from simulator.errors import DomainError
from simulator.streams import Streams
from simulator.waiting import Inbox, Life, TimeUp


@dataclass(frozen=True, slots=True)
class Intent:
    """What a patron means to do, and when."""

    at: Instant
    deed: Deed


@dataclass(slots=True)
class Patron:
    """Who plays the buyer of one order, and what they mean to do."""

    order_id: str
    luck: str
    """After what their draws are named."""
    temperament: str
    inbox: Inbox
    intents: list[Intent] = field(default_factory=list)
    """Soonest first."""
    considered: dict[str, int] = field(default_factory=dict)
    """How often there was occasion for each deed: which of its draws comes next."""
    looks: int = 0
    """Looks that found that it takes too long."""
    chased: int = 0
    is_over: bool = False

    def intend(self, deed: Deed, at: Instant) -> None:
        self.intents.append(Intent(at, deed))
        self.intents.sort(key=_WHEN)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something happened to the order."""

    news: News


class Setting(Protocol):
    """What a patron needs of their world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    def is_busy(self, patron: Patron) -> bool:
        """Whether somebody acts on the order in this very second."""

    def wonders_at(self, patron: Patron) -> Instant | None:
        """When it has taken too long, as things stand; ``None``: nothing is awaited."""

    def factor(self, patron: Patron, deed: Deed) -> float:
        """What the parcel's looks multiply the chance of *deed* by."""

    def do(self, patron: Patron, deed: Deed) -> News | None:
        """Do it. What gives occasion to further deeds is news, also to who did it."""

    def patron_done(self, patron: Patron) -> None: ...


_WHEN: Final = attrgetter("at")

_OVERTAKEN: Final = frozenset({Deed.LOOK, Deed.CHASE, Deed.GIVE_UP, Deed.COMPLAIN_OF_WAIT})
"""What nobody means to do any more once the parcel has come."""


def patron_life(here: Setting, patron: Patron) -> Life:
    """Hears, means to do this and that, and does it in its time; until the order is over."""
    while not patron.is_over:
        by = patron.intents[0].at if patron.intents else None
        signal: Heard | TimeUp = yield patron.inbox.next_signal(by)
        match signal:
            case Heard(news):
                _hear(here, patron, news)
            case TimeUp():
                _act(here, patron)
    here.patron_done(patron)


def _hear(here: Setting, patron: Patron, news: News) -> None:
    habits = temperament_named(patron.temperament).habits_at(news)
    match news:
        case News.OVER:
            patron.is_over = True
            patron.intents.clear()
        case News.DELIVERED:
            patron.intents = [each for each in patron.intents if each.deed not in _OVERTAKEN]
            _choose(here, patron, habits)
        case News.PAID:
            patron.intend(Deed.LOOK, here.now)
            _consider(here, patron, habits)
        case _:
            _consider(here, patron, habits)


def _consider(here: Setting, patron: Patron, habits: Iterable[Habit]) -> None:
    """Each habit by itself."""
    for habit in habits:
        if _unit(here, patron, habit.deed) < habit.chance * here.factor(patron, habit.deed):
            _mean_to(here, patron, habit)


def _choose(here: Setting, patron: Patron, habits: Iterable[Habit]) -> None:
    """One habit at most: the first that the one draw falls on."""
    drawn = here.streams.unit("buyer after delivery", patron.luck)
    for habit in habits:
        drawn -= habit.chance * here.factor(patron, habit.deed)
        if drawn < 0:
            _mean_to(here, patron, habit)
            return


def _mean_to(here: Setting, patron: Patron, habit: Habit) -> None:
    nth = patron.considered.get(habit.deed, 0)
    after = here.streams.between(f"buyer {habit.deed} after", patron.luck, habit.after, nth)
    patron.intend(habit.deed, later(here.now, after))


def _act(here: Setting, patron: Patron) -> None:
    deed = patron.intents.pop(0).deed
    if here.is_busy(patron):
        patron.intend(deed, later(here.now, 1))
        return
    if deed is Deed.LOOK:
        _look(here, patron)
        return
    try:
        news = here.do(patron, deed)
    except DomainError:
        return
    if news:
        _hear(here, patron, news)


def _look(here: Setting, patron: Patron) -> None:
    """Has it taken too long? Then they may do something about it, and look again a few times."""
    habits = temperament_named(patron.temperament)
    due = here.wonders_at(patron)
    if due is None:
        return
    if due > here.now:
        patron.intend(Deed.LOOK, due)
        return
    patron.looks += 1
    _hear(here, patron, News.WAITED_TOO_LONG)
    if patron.looks < habits.looks_max:
        again = here.streams.between(
            "buyer looks again", patron.luck, habits.looks_again, patron.looks
        )
        patron.intend(Deed.LOOK, later(here.now, again))


def _unit(here: Setting, patron: Patron, deed: Deed) -> float:
    """The next draw for *deed*."""
    nth = patron.considered.get(deed, 0) + 1
    patron.considered[deed] = nth
    return here.streams.unit(f"buyer {deed}", patron.luck, nth)


def pays_at(
    streams: Streams, temperament: Temperament, luck: str, intended: Instant, never: Instant
) -> Instant:
    """When somebody pays who was to pay at *intended*: then, later, or *never*."""
    at = intended
    for habit in temperament.habits_at(News.PLACED):
        if streams.unit(f"buyer {habit.deed}", luck) >= habit.chance:
            continue
        if habit.deed is Deed.NEVER_PAY:
            return never
        after = streams.between(f"buyer {habit.deed} after", luck, habit.after)
        at = later(intended, after)
    return at
