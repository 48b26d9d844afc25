"""Who may come in: the authorisation that the seller gave the app, and whom the platform shut out.

The authorisation lives with the world: granted for a term, told of when its end comes near, ended
by time or by the seller. It was given before the world begins, as shops were opened before; so a
new world has no fact of it.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from math import ceil
from typing import Final, Protocol

from simulator.calendar import Calendar
from simulator.clock import DAY, EPOCH, Instant, later
from simulator.errors import BadSetting, WrongStatus
from simulator.facts import (
    AuthorizationEnded,
    AuthorizationExpiring,
    AuthorizationGranted,
    Fact,
    SellerDeactivated,
    SellerReactivated,
    ShopDeactivated,
    ShopReactivated,
)
from simulator.market import MarketProfile
from simulator.waiting import Agenda, Chime

USUAL_TERM: Final = 365 * DAY
LONGEST_TERM: Final = 100 * 365 * DAY
"""A published transcript has 99 years."""
TOLD_BEFORE: Final = 30 * DAY

BY_SELLER: Final = "seller"
BY_TIME: Final = "time"


@dataclass(slots=True)
class Admission:
    """What is in force at the moment. Plain data."""

    ends_at: Instant = EPOCH
    """When the term is over."""
    next_at: Instant = EPOCH
    """When it is looked at next: to tell of its end, or because it ends."""
    serial: int = 0
    """Tokens of an authorisation that has ended stay worthless after the next is given."""
    ended_by: str = ""
    """Empty: it is in force."""
    shops_out: list[str] = field(default_factory=list)
    seller_out: bool = False


class Setting(Protocol):
    """What the authorisation needs of its world."""

    @property
    def now(self) -> Instant: ...
    @property
    def market(self) -> MarketProfile: ...
    def record(self, fact: Fact) -> None: ...


class Reminder(Chime):
    """Looks at the authorisation when it is due. Nobody waits for that: a world in which nothing
    else is to come is idle all the same."""

    __slots__ = ("_here", "state")

    def __init__(self, agenda: Agenda, here: Setting) -> None:
        super().__init__(agenda)
        self._here = here
        self.state = Admission()

    def set(self, by: Instant) -> None:
        agenda = self._agenda
        self.turn = agenda.turns = agenda.turns + 1
        agenda.env.ring_after(by, self, self.turn)

    def unset(self) -> None:
        self.turn = 0

    def begin(self, term: int) -> None:
        """The authorisation that a world begins with."""
        self.state.ends_at = later(self._here.now, require_term(term))
        self.wait()

    def wait(self) -> None:
        """Take a place in the queue for the next look, if the authorisation is in force."""
        state = self.state
        if state.ended_by:
            self.unset()
            return
        state.next_at = next_look(state.ends_at, self._here.now, self._here.market.calendar)
        self.set(state.next_at)

    def rung(self) -> None:
        here, state = self._here, self.state
        if state.next_at >= state.ends_at:
            self.end(BY_TIME)
            return
        left = ceil((state.ends_at - here.now) / DAY)
        here.record(AuthorizationExpiring(state.ends_at, left))
        self.wait()

    def end(self, by: str) -> None:
        self.state.ended_by = by
        self.unset()
        self._here.record(AuthorizationEnded(by))


def next_look(ends_at: Instant, now: Instant, calendar: Calendar) -> Instant:
    """The next midnight within the last thirty days, or the end itself. Midnight is that of the
    market (inferred: the document says 0:00)."""
    since = max(now, Instant(ends_at - TOLD_BEFORE - 1))
    day = calendar.local(since).date() + timedelta(days=1)
    midnight = calendar.instant(day, time())
    return min(midnight, ends_at)


def require_term(term: int) -> int:
    """*term*, if an authorisation may have it."""
    if not DAY <= term <= LONGEST_TERM:
        raise BadSetting("authorized_for", f"{term} s", "a day to a hundred years")
    return term


def grant(here: Setting, reminder: Reminder, term: int) -> None:
    """The seller consents: from now on for *term* seconds. One that is in force goes on under its
    number."""
    require_term(term)
    state = reminder.state
    if state.ended_by:
        state.serial += 1
    state.ended_by = ""
    state.ends_at = later(here.now, term)
    reminder.wait()
    here.record(AuthorizationGranted(state.ends_at, state.serial))


def take_back(reminder: Reminder) -> None:
    """The seller deauthorises the app."""
    if reminder.state.ended_by:
        raise WrongStatus("the authorization", "ended", "one that is in force")
    reminder.end(BY_SELLER)


def set_shop(here: Setting, state: Admission, shop_id: str, *, out: bool) -> None:
    """The platform shuts the shop out, or lets it in again."""
    if out is (shop_id in state.shops_out):
        raise WrongStatus(f"shop {shop_id}", _word(out=out), _word(out=not out))
    if out:
        state.shops_out.append(shop_id)
        here.record(ShopDeactivated(shop_id))
    else:
        state.shops_out.remove(shop_id)
        here.record(ShopReactivated(shop_id))


def set_seller(here: Setting, state: Admission, shops: int, *, out: bool) -> None:
    """The same for the seller with every shop: so many."""
    if out is state.seller_out:
        raise WrongStatus("the seller", _word(out=out), _word(out=not out))
    state.seller_out = out
    here.record(SellerDeactivated(shops) if out else SellerReactivated(shops))


def _word(*, out: bool) -> str:
    return "deactivated" if out else "active"
