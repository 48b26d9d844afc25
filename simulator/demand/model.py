"""A source of orders: its plan, which never changes, and how far it has come."""

from dataclasses import dataclass, field

from simulator.clock import EPOCH, Instant
from simulator.demand.buying import Buying
from simulator.demand.chance import Draws
from simulator.demand.replay import Replay
from simulator.demand.rhythms import HORIZON, Burst, Curve, Steady
from simulator.streams import Streams
from simulator.waiting import Inbox
from simulator.words import Word

Rhythm = Steady | Curve | Burst | Replay


@dataclass(frozen=True, slots=True)
class Plan:
    """When people come, and what they buy. It has exactly one rhythm."""

    steady: Steady | None = None
    curve: Curve | None = None
    burst: Burst | None = None
    replay: Replay | None = None
    starts_at: Instant = EPOCH
    """EPOCH: as soon as the source is added."""
    ends_at: Instant = HORIZON
    """Nobody comes at this instant any more."""
    count: int | None = None
    """No more orders than this."""
    buying: Buying = field(default_factory=Buying)

    @property
    def rhythms(self) -> tuple[Rhythm, ...]:
        every = (self.steady, self.curve, self.burst, self.replay)
        return tuple(each for each in every if each is not None)

    @property
    def rhythm(self) -> Rhythm:
        (only,) = self.rhythms
        return only

    @property
    def most(self) -> int | None:
        """How many orders it can bring, if that is known."""
        bounds = [each for each in (self.count, self.rhythm.total) if each is not None]
        return min(bounds, default=None)


class Step(Word):
    """What a source waits for."""

    LOOK_AHEAD = "look_ahead"
    ORDER = "order"
    END = "end"
    OVER = "over"


class Cause(Word):
    """Why a source ended."""

    COMPLETE = "complete"
    """All its orders were placed."""
    TIME = "time"
    """Its end has come."""
    STOPPED = "stopped"
    FULL = "full"
    """The world holds as many orders, or warehouses, as it may: nobody else comes."""


@dataclass(slots=True)
class Source:
    """One source of one world."""

    id: str
    plan: Plan
    inbox: Inbox
    step: Step = Step.LOOK_AHEAD
    placed: int = 0
    """Orders so far, which is also the next order's number, from zero."""
    reached: int = 0
    """Microseconds from the start to the next order; when none is awaited, to the latest."""
    due_at: Instant = EPOCH
    """The next order, or the end."""
    ended_at: Instant = EPOCH
    cause: Cause | None = None

    @property
    def is_over(self) -> bool:
        return self.step is Step.OVER

    def draws(self, streams: Streams) -> Draws:
        """The chance of the next order. The slash keeps it apart from every entity's own."""
        return Draws(streams, f"{self.id}/{self.placed}")
