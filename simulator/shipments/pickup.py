"""A pickup that somebody has called a courier for, and its life: until the van has been there.

The van is the simulation's own, and comes on its rounds (``carriers.van``). When the window is over
and nothing was taken, the courier comes again on the next working day, so often; then it is over.
"""

from dataclasses import dataclass, field
from typing import Final, Protocol

from simulator.clock import EPOCH, Instant
from simulator.facts import Fact, PickupFailed, PickupMade, PickupMiscounted
from simulator.parcels.model import Parcel
from simulator.people import Address
from simulator.shipments.windows import Policy, Window
from simulator.waiting import Inbox, Life, TimeUp
from simulator.words import Word

ATTEMPTS_MAX: Final = 3
"""Carriers facts, section 8.5: UPS comes three times where nothing is ready."""


class PickupStatus(Word):
    SCHEDULED = "scheduled"
    COLLECTED = "collected"
    """The courier took something; the window may still be open."""
    MISSED = "missed"
    """The van did not come, or left everything standing, to the last attempt."""
    NOT_READY = "not_ready"
    """The courier found nothing to take, to the last attempt."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PickupWish:
    """A courier is to come to that address, between two instants."""

    account: str
    """Through which interface: the dialect's name."""
    carrier: str
    address: Address
    window: Window
    pieces: int = 0
    """How many its caller says there will be; nought: nobody has said."""
    numbers: tuple[str, ...] = ()
    """Whose labels; empty: whatever stands there for that carrier."""
    policy: Policy = field(default_factory=Policy)
    unique: bool = False
    """A second one for the same place and day is refused."""
    notes: dict[str, str] = field(default_factory=dict)
    """What only its dialect understands, to say it again."""


@dataclass(slots=True)
class Pickup:
    """What became of a call."""

    id: str
    confirmation: str
    """The number that the carrier gives its caller."""
    wish: PickupWish
    carrier: str
    city: str
    """Where the carrier's van comes from."""
    window: Window
    booked_at: Instant
    inbox: Inbox
    due_at: Instant
    """When the window is over, and somebody asks what came of it; EPOCH: all is over."""
    status: PickupStatus = PickupStatus.SCHEDULED
    attempts: int = 0
    """In vain."""
    collected: list[str] = field(default_factory=list)
    """Parcel ids, as the courier took them."""
    updated_at: Instant = EPOCH
    notes: dict[str, str] = field(default_factory=dict)
    """What its dialect has to remember of it."""

    @property
    def is_open(self) -> bool:
        """The courier is still to come, or may come once more within the window."""
        return bool(self.due_at)

    def is_for(self, parcel: Parcel, now: Instant) -> bool:
        """The courier who takes *parcel* now comes for this call."""
        within = self.window.opens_at <= now <= self.window.closes_at
        return within and self.concerns(parcel.tracking_number)

    @property
    def is_miscounted(self) -> bool:
        """The courier took more, or fewer, than the caller had said (carriers facts, 8.5)."""
        said = self.wish.pieces
        return bool(said and self.collected) and len(self.collected) != said

    def concerns(self, tracking_number: str) -> bool:
        """A parcel of that number is what the courier is called for."""
        return not self.wish.numbers or tracking_number in self.wish.numbers


@dataclass(frozen=True, slots=True)
class Taken:
    """The courier has this one."""

    parcel_id: str


@dataclass(frozen=True, slots=True)
class Changed:
    """It was cancelled, or is for another time."""


class Setting(Protocol):
    """What a pickup needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    def record(self, fact: Fact) -> None: ...
    def stands_ready(self, pickup: Pickup) -> bool:
        """Something is there that was not taken."""

    def window_after(self, pickup: Pickup) -> Window:
        """When the courier comes again."""

    def await_again(self, pickup: Pickup) -> None:
        """What stands there waits for the new window; or, if nobody comes any more, for whoever
        comes next."""

    def leave_standing(self, pickup: Pickup) -> None:
        """The courier has been there, and does not come again."""


def pickup_life(here: Setting, pickup: Pickup) -> Life:
    """Until the window in which the courier came is over, or nobody comes any more."""
    while pickup.is_open:
        signal: Taken | Changed | TimeUp = yield pickup.inbox.next_signal(by=pickup.due_at)
        if isinstance(signal, Taken):
            _take(here, pickup, signal.parcel_id)
        elif isinstance(signal, TimeUp):
            _close(here, pickup)


def _take(here: Setting, pickup: Pickup, parcel_id: str) -> None:
    pickup.collected.append(parcel_id)
    _become(here, pickup, PickupStatus.COLLECTED)
    here.record(PickupMade(pickup.id, pickup.carrier, parcel_id))


def _close(here: Setting, pickup: Pickup) -> None:
    if pickup.status is PickupStatus.COLLECTED:
        pickup.due_at = EPOCH
        if pickup.is_miscounted:
            said, taken = pickup.wish.pieces, len(pickup.collected)
            here.record(PickupMiscounted(pickup.id, pickup.carrier, said, taken))
        here.leave_standing(pickup)
        return
    pickup.attempts += 1
    ready = here.stands_ready(pickup)
    why = PickupStatus.MISSED if ready else PickupStatus.NOT_READY
    over = pickup.attempts >= ATTEMPTS_MAX
    if over:
        pickup.due_at = EPOCH
        _become(here, pickup, why)
    else:
        pickup.window = here.window_after(pickup)
        pickup.due_at = pickup.window.closes_at
    here.await_again(pickup)
    here.record(PickupFailed(pickup.id, pickup.carrier, why, pickup.attempts, pickup.due_at))


def _become(here: Setting, pickup: Pickup, status: PickupStatus) -> None:
    pickup.status, pickup.updated_at = status, here.now
