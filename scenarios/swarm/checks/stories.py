"""What facts may follow on what: kept from facts alone, in the recording call.

It shares nothing with the model but the names of facts, and the rules as docs/rules.md has them.
"""

from dataclasses import dataclass, field
from typing import Final

from scenarios.swarm.checks.violations import Violations
from simulator import facts
from simulator.clock import Instant

OVER: Final = frozenset({"COMPLETED", "CANCELLED"})
MOVES: Final = frozenset(
    {
        ("", "UNPAID"),
        ("UNPAID", "ON_HOLD"),
        ("UNPAID", "AWAITING_SHIPMENT"),
        ("UNPAID", "CANCELLED"),
        ("ON_HOLD", "AWAITING_SHIPMENT"),
        ("ON_HOLD", "CANCELLED"),
        ("AWAITING_SHIPMENT", "PARTIALLY_SHIPPING"),
        ("AWAITING_SHIPMENT", "AWAITING_COLLECTION"),
        ("AWAITING_SHIPMENT", "CANCELLED"),
        ("PARTIALLY_SHIPPING", "AWAITING_COLLECTION"),
        ("PARTIALLY_SHIPPING", "CANCELLED"),
        ("AWAITING_COLLECTION", "IN_TRANSIT"),
        ("AWAITING_COLLECTION", "CANCELLED"),
        ("AWAITING_COLLECTION", "COMPLETED"),
        ("IN_TRANSIT", "DELIVERED"),
        ("IN_TRANSIT", "CANCELLED"),
        ("IN_TRANSIT", "COMPLETED"),
        ("DELIVERED", "COMPLETED"),
    }
)


@dataclass(slots=True)
class Act:
    """When something was done; whether within passing time, or by a call at rest."""

    at: int
    by_call: bool

    def by(self, due: int) -> bool:
        """In time: a call in the due second comes when that second was judged already."""
        return self.at < due or (self.at == due and not self.by_call)


@dataclass(slots=True)
class Story:
    """What the facts say of one order."""

    order_id: str
    shop_id: str
    mode: str
    independent: bool
    placed_at: int
    amount: int
    statuses: list[str] = field(default_factory=lambda: [""])
    paid: Act | None = None
    ready: Act | None = None
    shipped: Act | None = None
    over: Act | None = None
    refunds: int = 0
    breaches: dict[str, int] = field(default_factory=dict)
    parcels: set[str] = field(default_factory=set)
    """Those that were ever its own."""
    shares: bool = False
    """A parcel with another order, at one time or another."""
    last: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.statuses[-1]


class Stories:
    """Every order's, and what the journal as a whole has to keep."""

    def __init__(self, found: Violations, now: Instant) -> None:
        self.orders: dict[str, Story] = {}
        self.kinds: dict[str, int] = {}
        self.rules: dict[str, int] = {}
        self.in_call = True
        """Whether time stands still just now."""
        self.length = 0
        self.notices: list[tuple[str, str, int]] = []
        """D2: order, parcel, due."""
        self.collected: dict[str, Act] = {}
        """By parcel: its first scan by a carrier."""
        self.found = found
        self._at = now

    def hear(self, seq: int, at: Instant, fact: facts.Fact) -> None:
        """The journal's sink."""
        self._number(seq, at, fact)
        self.kinds[fact.kind] = self.kinds.get(fact.kind, 0) + 1
        act = Act(at, self.in_call)
        if isinstance(fact, facts.OrderPlaced):
            self.orders[fact.order_id] = Story(
                fact.order_id, fact.shop_id, fact.mode, fact.independent, at, fact.amount_minor
            )
        story = self.orders.get(getattr(fact, "order_id", ""))
        if story is None:
            return
        story.last.append(f"{at} {fact.kind} {fact.text()!r}")
        del story.last[:-40]
        self._note(story, act, fact)

    def _number(self, seq: int, at: Instant, fact: facts.Fact) -> None:
        found = self.found
        found.require(
            seq == self.length + 1, "numbered", f"{fact.kind} is {seq} after {self.length}"
        )
        found.require(at >= self._at, "time", f"{fact.kind} at {at}, after {self._at}")
        self.length, self._at = seq, at

    def _note(self, story: Story, act: Act, fact: facts.Fact) -> None:
        match fact:
            case facts.OrderMoved():
                self._moved(story, act, fact)
            case facts.ParcelScanned():
                self._scanned(act, fact)
            case facts.CarrierNotified():
                self.notices.append((story.order_id, fact.parcel_id, fact.due))
            case facts.ParcelCreated():
                story.parcels.add(fact.parcel_id)
            case facts.ParcelsCombined() | facts.ParcelUncombined():
                self._shares(fact)
            case facts.RuleBreached():
                self._breached(story, act, fact)
            case facts.RefundPaid():
                story.refunds += fact.amount_minor
                paid = story.amount if story.paid else 0
                told = f"{story.refunds} went back of {paid}"
                self.found.require(story.refunds <= paid, "refunds", told, story.order_id)
            case _:
                pass

    def _moved(self, story: Story, act: Act, fact: facts.OrderMoved) -> None:
        move = (story.status, fact.status)
        told = f"{fact.kind}: {move[0]} to {move[1]}"
        self.found.require(move in MOVES, "moves", told, story.order_id)
        story.statuses.append(fact.status)
        if fact.status in OVER:
            story.over = act
        match fact:
            case facts.OrderPaid():
                story.paid = act
            case facts.OrderReadyToShip() | facts.OrderMarkedShipped():
                story.ready = act
            case facts.OrderShipped():
                story.shipped = act
            case _:
                pass

    def _scanned(self, act: Act, fact: facts.ParcelScanned) -> None:
        if fact.scan in _PHYSICAL:
            self.collected.setdefault(fact.parcel_id, act)

    def _shares(self, fact: facts.ParcelsCombined | facts.ParcelUncombined) -> None:
        other = fact.into if isinstance(fact, facts.ParcelsCombined) else fact.out_of
        for story in self.orders.values():
            if story.order_id == fact.order_id or {fact.parcel_id, other} & story.parcels:
                story.parcels |= {fact.parcel_id, other}
                story.shares = True

    def _breached(self, story: Story, act: Act, fact: facts.RuleBreached) -> None:
        self.rules[fact.rule] = self.rules.get(fact.rule, 0) + 1
        found = self.found
        again = fact.rule in story.breaches
        found.require(not again, "breaches", f"{fact.rule} twice", story.order_id)
        told = f"{fact.rule} is due {fact.due}, and breached {act.at}"
        found.require(fact.due == act.at, "breaches", told, story.order_id)
        story.breaches[fact.rule] = fact.due


_PHYSICAL: Final = frozenset({"picked_up", "dropped_off"})
