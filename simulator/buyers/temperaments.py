"""Buyers' temperaments: what each kind of buyer does, how likely, and how soon.

All numbers are ours: no source says how often buyers do what. A share of zero costs nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, HOUR, MINUTE
from simulator.errors import UnknownName
from simulator.terms import Span
from simulator.words import Word


class News(Word):
    """What a buyer hears of, or notices."""

    PLACED = "placed"
    PAID = "paid"
    CANCELLATION_ASKED = "cancellation_asked"
    SHIPPED = "shipped"
    WAITED_TOO_LONG = "waited_too_long"
    """The promised delivery has passed, or nothing has moved for too long."""
    DELIVERED = "delivered"
    REFUND_ASKED = "refund_asked"
    REFUND_TURNED_DOWN = "refund_turned_down"
    RETURN_ASKED = "return_asked"
    RETURN_GRANTED = "return_granted"
    """The goods are to be sent back."""
    RETURN_TURNED_DOWN = "return_turned_down"
    OFFER_MADE = "offer_made"
    """A part of the money is offered."""
    OVER = "over"


class Deed(Word):
    """What a buyer may do of their own accord."""

    NEVER_PAY = "never_pay"
    PAY_LATE = "pay_late"
    CANCEL_AT_ONCE = "cancel_at_once"
    CANCEL_LATER = "cancel_later"
    WITHDRAW_CANCELLATION = "withdraw_cancellation"
    CHANGE_ADDRESS = "change_address"
    REFUSE = "refuse"
    LOOK = "look"
    """Where the parcel is. Everybody does, in their own time."""
    CHASE = "chase"
    GIVE_UP = "give_up"
    """On waiting: cancels, or wants the money back."""
    COMPLAIN_OF_WAIT = "complain_of_wait"
    COMPLAIN_OF_DAMAGE = "complain_of_damage"
    COMPLAIN_OF_WRONG_ITEM = "complain_of_wrong_item"
    CLAIM_NOT_RECEIVED = "claim_not_received"
    """Though it was signed for."""
    ASK_REFUND = "ask_refund"
    ASK_RETURN = "ask_return"
    ASK_REPLACEMENT = "ask_replacement"
    CONFIRM = "confirm"
    WITHDRAW_REFUND = "withdraw_refund"
    WITHDRAW_RETURN = "withdraw_return"
    COMPLAIN_OF_REFUSAL = "complain_of_refusal"
    """Of damage, once a refund was turned down."""
    SHIP_RETURN = "ship_return"
    DISPUTE_RETURN = "dispute_return"
    TAKE_OFFER = "take_offer"
    """The part of the money that the seller offers."""
    DECLINE_OFFER = "decline_offer"


WHEN: Final = {
    Deed.NEVER_PAY: News.PLACED,
    Deed.PAY_LATE: News.PLACED,
    Deed.CANCEL_AT_ONCE: News.PAID,
    Deed.CANCEL_LATER: News.PAID,
    Deed.CHANGE_ADDRESS: News.PAID,
    Deed.WITHDRAW_CANCELLATION: News.CANCELLATION_ASKED,
    Deed.REFUSE: News.SHIPPED,
    Deed.CHASE: News.WAITED_TOO_LONG,
    Deed.GIVE_UP: News.WAITED_TOO_LONG,
    Deed.COMPLAIN_OF_WAIT: News.WAITED_TOO_LONG,
    Deed.COMPLAIN_OF_DAMAGE: News.DELIVERED,
    Deed.COMPLAIN_OF_WRONG_ITEM: News.DELIVERED,
    Deed.CLAIM_NOT_RECEIVED: News.DELIVERED,
    Deed.ASK_REFUND: News.DELIVERED,
    Deed.ASK_RETURN: News.DELIVERED,
    Deed.ASK_REPLACEMENT: News.DELIVERED,
    Deed.CONFIRM: News.DELIVERED,
    Deed.WITHDRAW_REFUND: News.REFUND_ASKED,
    Deed.WITHDRAW_RETURN: News.RETURN_ASKED,
    Deed.COMPLAIN_OF_REFUSAL: News.REFUND_TURNED_DOWN,
    Deed.SHIP_RETURN: News.RETURN_GRANTED,
    Deed.DISPUTE_RETURN: News.RETURN_TURNED_DOWN,
    Deed.TAKE_OFFER: News.OFFER_MADE,
    Deed.DECLINE_OFFER: News.OFFER_MADE,
}
"""What gives occasion to each deed. Of the deeds after the delivery, a buyer does one at most: the
first of them, in this order, that the one draw for all falls on."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How likely one deed is each time there is occasion for it, and how soon it then follows."""

    deed: Deed
    chance: float
    after: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Temperament:
    """A named kind of buyer."""

    name: str
    habits: tuple[Habit, ...] = ()
    """Those that are not here, the buyer has not."""
    expects_within: int = 21 * DAY
    """From the order; where the market promises a delivery, that counts."""
    still_max: int = 14 * DAY
    """How long nothing may move before the buyer wonders."""
    looks_again: Span = (2 * DAY, 4 * DAY)
    """Once it has taken too long."""
    looks_max: int = 3
    """After so many looks at what takes too long, the buyer gives up looking."""
    refusal_factor: float = 1.0
    """What it multiplies the chance by that a parcel is refused at the door."""

    def habits_at(self, news: News) -> Iterator[Habit]:
        """Those for which *news* gives occasion, in the order of the deeds."""
        own = {habit.deed: habit for habit in self.habits}
        return (own[deed] for deed, occasion in WHEN.items() if occasion is news and deed in own)


_SOON: Final = (10 * MINUTE, 50 * MINUTE)
_LATER: Final = (2 * HOUR, 48 * HOUR)
_SOMETIME: Final = (DAY, 5 * DAY)
_QUICKLY: Final = (HOUR, DAY)
_EVENTUALLY: Final = (DAY, 8 * DAY)

_CALM: Final = Temperament(
    "calm",
    (
        Habit(Deed.CHANGE_ADDRESS, 0.01, _SOON),
        Habit(Deed.CHASE, 0.2, _QUICKLY),
        Habit(Deed.ASK_RETURN, 0.01, _SOMETIME),
        Habit(Deed.CONFIRM, 0.5, _SOMETIME),
        Habit(Deed.SHIP_RETURN, 1.0, _SOMETIME),
        Habit(Deed.TAKE_OFFER, 0.8, _QUICKLY),
    ),
    refusal_factor=0.5,
)
_TYPICAL: Final = Temperament(
    "typical",
    (
        Habit(Deed.NEVER_PAY, 0.02),
        Habit(Deed.PAY_LATE, 0.1, (HOUR, 30 * HOUR)),
        Habit(Deed.CANCEL_AT_ONCE, 0.02, _SOON),
        Habit(Deed.CANCEL_LATER, 0.02, _LATER),
        Habit(Deed.CHANGE_ADDRESS, 0.02, _LATER),
        Habit(Deed.WITHDRAW_CANCELLATION, 0.2, _LATER),
        Habit(Deed.REFUSE, 0.005),
        Habit(Deed.CHASE, 0.4, _QUICKLY),
        Habit(Deed.GIVE_UP, 0.05, _SOMETIME),
        Habit(Deed.COMPLAIN_OF_WAIT, 0.1, _SOMETIME),
        Habit(Deed.COMPLAIN_OF_DAMAGE, 0.01, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_WRONG_ITEM, 0.005, _QUICKLY),
        Habit(Deed.CLAIM_NOT_RECEIVED, 0.002, _SOMETIME),
        Habit(Deed.ASK_REFUND, 0.01, _SOMETIME),
        Habit(Deed.ASK_RETURN, 0.04, _SOMETIME),
        Habit(Deed.ASK_REPLACEMENT, 0.01, _SOMETIME),
        Habit(Deed.CONFIRM, 0.3, _SOMETIME),
        Habit(Deed.WITHDRAW_REFUND, 0.1, _LATER),
        Habit(Deed.WITHDRAW_RETURN, 0.1, _LATER),
        Habit(Deed.COMPLAIN_OF_REFUSAL, 0.3, _QUICKLY),
        Habit(Deed.SHIP_RETURN, 0.9, _EVENTUALLY),
        Habit(Deed.DISPUTE_RETURN, 0.3, _QUICKLY),
        Habit(Deed.TAKE_OFFER, 0.5, _QUICKLY),
        Habit(Deed.DECLINE_OFFER, 0.4, _QUICKLY),
    ),
    expects_within=18 * DAY,
    still_max=8 * DAY,
)
_IMPATIENT: Final = Temperament(
    "impatient",
    (
        Habit(Deed.CANCEL_AT_ONCE, 0.05, _SOON),
        Habit(Deed.CANCEL_LATER, 0.1, _LATER),
        Habit(Deed.WITHDRAW_CANCELLATION, 0.1, _LATER),
        Habit(Deed.REFUSE, 0.02),
        Habit(Deed.CHASE, 0.9, (0, HOUR)),
        Habit(Deed.GIVE_UP, 0.3, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_WAIT, 0.5, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_DAMAGE, 0.02, (0, HOUR)),
        Habit(Deed.ASK_REFUND, 0.03, _QUICKLY),
        Habit(Deed.ASK_RETURN, 0.05, _QUICKLY),
        Habit(Deed.ASK_REPLACEMENT, 0.02, _QUICKLY),
        Habit(Deed.CONFIRM, 0.2, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_REFUSAL, 0.6, (0, HOUR)),
        Habit(Deed.SHIP_RETURN, 0.95, _QUICKLY),
        Habit(Deed.DISPUTE_RETURN, 0.7, (0, HOUR)),
        Habit(Deed.TAKE_OFFER, 0.6, _QUICKLY),
        Habit(Deed.DECLINE_OFFER, 0.6, _QUICKLY),
    ),
    expects_within=9 * DAY,
    still_max=3 * DAY,
    looks_again=(12 * HOUR, 36 * HOUR),
    looks_max=6,
    refusal_factor=2.0,
)
_FUSSY: Final = Temperament(
    "fussy",
    (
        Habit(Deed.CANCEL_AT_ONCE, 0.08, _SOON),
        Habit(Deed.CHANGE_ADDRESS, 0.1, _LATER),
        Habit(Deed.REFUSE, 0.05),
        Habit(Deed.CHASE, 0.5, _QUICKLY),
        Habit(Deed.GIVE_UP, 0.05, _SOMETIME),
        Habit(Deed.COMPLAIN_OF_WAIT, 0.3, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_DAMAGE, 0.1, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_WRONG_ITEM, 0.04, _QUICKLY),
        Habit(Deed.ASK_REFUND, 0.05, _QUICKLY),
        Habit(Deed.ASK_RETURN, 0.2, _SOMETIME),
        Habit(Deed.ASK_REPLACEMENT, 0.08, _QUICKLY),
        Habit(Deed.CONFIRM, 0.1, _SOMETIME),
        Habit(Deed.WITHDRAW_RETURN, 0.1, _LATER),
        Habit(Deed.COMPLAIN_OF_REFUSAL, 0.8, _QUICKLY),
        Habit(Deed.SHIP_RETURN, 0.95, _SOMETIME),
        Habit(Deed.DISPUTE_RETURN, 0.8, _QUICKLY),
        Habit(Deed.TAKE_OFFER, 0.2, _QUICKLY),
        Habit(Deed.DECLINE_OFFER, 0.9, _QUICKLY),
    ),
    expects_within=15 * DAY,
    still_max=6 * DAY,
    refusal_factor=3.0,
)
_ABSENT_MINDED: Final = Temperament(
    "absent_minded",
    (
        Habit(Deed.NEVER_PAY, 0.15),
        Habit(Deed.PAY_LATE, 0.5, (HOUR, 30 * HOUR)),
        Habit(Deed.CANCEL_LATER, 0.05, _LATER),
        Habit(Deed.CHANGE_ADDRESS, 0.2, _LATER),
        Habit(Deed.WITHDRAW_CANCELLATION, 0.4, _LATER),
        Habit(Deed.CHASE, 0.1, _SOMETIME),
        Habit(Deed.ASK_REFUND, 0.02, _SOMETIME),
        Habit(Deed.ASK_RETURN, 0.08, _SOMETIME),
        Habit(Deed.CONFIRM, 0.05, _SOMETIME),
        Habit(Deed.WITHDRAW_REFUND, 0.4, _LATER),
        Habit(Deed.WITHDRAW_RETURN, 0.3, _LATER),
        Habit(Deed.SHIP_RETURN, 0.5, (DAY, 14 * DAY)),
        Habit(Deed.DISPUTE_RETURN, 0.1, _SOMETIME),
        Habit(Deed.TAKE_OFFER, 0.3, _QUICKLY),
        Habit(Deed.DECLINE_OFFER, 0.1, _QUICKLY),
    ),
    refusal_factor=1.5,
)
_FRAUDULENT: Final = Temperament(
    "fraudulent",
    (
        Habit(Deed.REFUSE, 0.03),
        Habit(Deed.COMPLAIN_OF_DAMAGE, 0.2, _QUICKLY),
        Habit(Deed.COMPLAIN_OF_WRONG_ITEM, 0.1, _QUICKLY),
        Habit(Deed.CLAIM_NOT_RECEIVED, 0.3, _QUICKLY),
        Habit(Deed.ASK_REFUND, 0.2, _QUICKLY),
        Habit(Deed.ASK_RETURN, 0.1, _SOMETIME),
        Habit(Deed.COMPLAIN_OF_REFUSAL, 0.9, _QUICKLY),
        Habit(Deed.SHIP_RETURN, 0.5, _EVENTUALLY),
        Habit(Deed.DISPUTE_RETURN, 0.9, _QUICKLY),
        Habit(Deed.TAKE_OFFER, 0.9, _QUICKLY),
        Habit(Deed.DECLINE_OFFER, 0.05, _QUICKLY),
    ),
    refusal_factor=2.0,
)

TEMPERAMENTS: Final = {
    each.name: each for each in (_CALM, _TYPICAL, _IMPATIENT, _FUSSY, _ABSENT_MINDED, _FRAUDULENT)
}

PASSIVE: Final = "passive"
"""In place of a temperament where one has to be named: a buyer who does nothing unasked."""


def temperament_named(name: str) -> Temperament:
    """The temperament of that name; UnknownName tells which there are."""
    try:
        return TEMPERAMENTS[name]
    except KeyError:
        raise UnknownName("buyer temperament", name, ", ".join(TEMPERAMENTS)) from None
