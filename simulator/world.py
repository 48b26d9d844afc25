"""The one mutable thing: commands in, facts out, and virtual time that moves when it is told to."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from simulator import aftersales, checkout, ids, shipping, snapshot
from simulator.archive import Archive
from simulator.arrivals import Arrivals
from simulator.clock import DAY, Instant, later
from simulator.demand.model import Plan, Source
from simulator.errors import ClockMovesForward, WrongStatus
from simulator.facts import AddressChanged, CancellationMoved, CarrierHeld
from simulator.journal import Journal
from simulator.market import STANDARD, MarketProfile
from simulator.money.accounts import Standing, standing
from simulator.money.ledger import Settlement, settlement
from simulator.orders.model import (
    Cancellation,
    CancellationStatus,
    Order,
    Party,
    Refund,
    Status,
)
from simulator.orders.purchase import Purchase
from simulator.orders.signals import AskCancel, Cancel, CloseCancel, Pay
from simulator.orders.watch import Watch
from simulator.paperwork import Paperwork
from simulator.parcels.model import Handover, Parcel, Slot
from simulator.plain import from_plain
from simulator.platform import Platform
from simulator.registry import Registry
from simulator.retirement import ROUND, Retirement

STARTS_AT: Final = Instant(1_893_974_400)
"""2030-01-07 00:00 UTC, a Monday: a fixed start, so that two worlds of one seed are the same."""

CITIES: Final = ("Shenzhen", "Shanghai", "Hangzhou", "Yiwu")
"""Where a new shop has warehouses; the last has no door pickup (H3)."""

_BUYER_CANCELS: Final = "ecom_order_to_ship_canceled_reason_no_longer_needed"
_MAX_UNITS: Final = 3


@dataclass(frozen=True, slots=True)
class WorldConfig:
    """What a world is made of. The same configuration and commands give the same facts."""

    seed: int = 1
    starts_at: Instant = STARTS_AT
    market: MarketProfile = STANDARD
    shops: tuple[str, ...] = ("Sea Trial Goods",)
    """The shops' names."""
    carriers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What this world's carriers do otherwise: by code, fields with their values (see
    ``carriers.settings``)."""


class World(Paperwork):
    """Commands in, facts out. Not thread-safe: one thread owns a world."""

    def __init__(
        self, config: WorldConfig | None = None, *, saved: dict[str, Any] | None = None
    ) -> None:
        """A new world; or, with *saved*, one that goes on where that one stood."""
        self.config = config or WorldConfig()
        now = Instant(saved["now"]) if saved else self.config.starts_at
        self.registry = Registry(self.config.seed, now, self.config.market, self.config.carriers)
        self.platform = Platform(self.registry)
        self._retirement: Retirement | None = None
        self.arrivals = Arrivals(self.registry, self._check_out)
        if saved:
            start = self.arrivals.start
            snapshot.restore(saved, self.registry, self.platform, self._watch, start)
            self._settle()
            return
        for name in self.config.shops:
            shop = self.registry.open_shop(name, self.config.market.region)
            for city in CITIES:
                self.registry.warehouse_in(shop, city)

    # Time.

    @property
    def now(self) -> Instant:
        return self.registry.now

    @property
    def journal(self) -> Journal:
        return self.registry.journal

    @property
    def next_due(self) -> Instant | None:
        """The next second at which something may happen; ``None`` when nothing is waited for."""
        if not self.registry.agenda.open_waits:
            return None
        return Instant(int(self.registry.env.peek()))

    def advance(self, until: Instant) -> None:
        """Let virtual time pass. What is due at *until* itself has happened too."""
        if until < self.now:
            raise ClockMovesForward(self.now, until)
        if self._retirement:
            while until - self.now > ROUND:
                self.registry.env.run(until=self.now + ROUND)
                self._retirement.see_off()
        if until > self.now:
            self.registry.env.run(until=until)
        self._settle()
        if self._retirement:
            self._retirement.see_off()

    def _settle(self) -> None:
        """Let everything due by now happen: a world at rest has nothing due."""
        env = self.registry.env
        while env.peek() <= env.now:
            env.step()

    # What buyers do.

    def place_order(self, purchase: Purchase) -> Order:
        """A checkout, paid at once or not yet."""
        order = self._check_out(purchase)
        self._settle()
        if purchase.paid:
            self.pay(order.id)
        return order

    def _check_out(self, purchase: Purchase) -> Order:
        order = checkout.check_out(self.registry, purchase, self._watch)
        self.platform.start_order(order)
        return order

    def pay(self, order_id: str) -> None:
        order = self.order(order_id)
        order.require(Status.UNPAID)
        order.inbox.deliver(Pay())
        self._settle()

    def cancel(self, order_id: str, reason: str = _BUYER_CANCELS) -> Cancellation:
        """The buyer cancels: done at once before the seller may act, asked for while the order
        awaits shipment, too late after that."""
        order = self.order(order_id)
        order.require(Status.UNPAID, Status.ON_HOLD, Status.AWAITING_SHIPMENT)
        if order.cancellation_pending:
            raise WrongStatus(order.id, "being cancelled", "no open cancellation")
        here = self.registry
        answer_by = later(self.now, here.market.answer_cancellation_within)
        asked = Cancellation(
            here.mint.next_id(ids.CANCELLATION), Party.BUYER, reason, self.now, answer_by
        )
        order.cancellation = asked
        if order.status is Status.AWAITING_SHIPMENT:
            here.record(CancellationMoved(order.id, asked.id, asked.status, asked.by))
            order.inbox.deliver(AskCancel())
        else:
            order.inbox.deliver(Cancel())
        self._settle()
        return asked

    def withdraw_cancellation(self, order_id: str) -> None:
        """The buyer wants it after all."""
        self._close_cancellation(order_id)

    def confirm(self, order_id: str) -> None:
        """The buyer confirms receipt: the order is completed before its after-sales window ends."""
        aftersales.confirm(self.order(order_id))
        self._settle()

    def ask_refund(self, order_id: str, reason: str = "") -> Refund:
        """The buyer wants the money back for an order that is on its way, or has come."""
        asked = aftersales.ask_refund(self.registry, self.order(order_id), reason)
        self._settle()
        return asked

    def withdraw_refund(self, order_id: str) -> None:
        """The buyer keeps the goods, and lets the seller keep the money."""
        self.answer_refund(order_id, granted=False)

    def change_address(self, order_id: str) -> None:
        """The buyer moves the delivery to another of the pool's addresses, under the same name."""
        order = self.order(order_id)
        order.require(Status.UNPAID, Status.ON_HOLD, Status.AWAITING_SHIPMENT)
        order.moves += 1
        elsewhere = checkout.somebody(self.registry, "new home", order_id, order.moves)
        order.address = replace(elsewhere, name=order.address.name, phone=order.address.phone)
        self.registry.record(AddressChanged(order.id))

    # What sellers do.

    def ready_to_ship(
        self, order_id: str, handover: Handover | None = None, slot: Slot | None = None
    ) -> None:
        """Platform shipping: see ``shipping.ready_to_ship``."""
        shipping.ready_to_ship(self.registry, self.order(order_id), handover, slot)
        self._settle()

    def mark_shipped(
        self, order_id: str, carrier: str, number: str, item_ids: Sequence[str] = ()
    ) -> None:
        """Seller shipping: see ``shipping.mark_shipped``."""
        order = self.order(order_id)
        shipping.require_whole(order, item_ids)
        shipping.mark_shipped(self.registry, order, carrier, number)
        self._settle()

    def book(self, order_id: str, carrier: str, service: str = "") -> str:
        """Seller shipping: a label from the seller's own carrier; its tracking number."""
        order = self.order(order_id)
        parcel = shipping.book_own_carrier(self.platform, self.registry, order, carrier, service)
        self._settle()
        return parcel.tracking_number

    def answer_cancellation(self, order_id: str, *, granted: bool) -> None:
        """The seller grants the buyer's request to cancel, or turns it down."""
        if not granted:
            self._close_cancellation(order_id)
            return
        order = self._with_open_cancellation(order_id)
        order.inbox.deliver(Cancel())
        self._settle()

    def answer_refund(self, order_id: str, *, granted: bool) -> None:
        """The seller grants the buyer's request for a refund, or turns it down."""
        aftersales.answer_refund(self.registry, self.order(order_id), granted=granted)
        self._settle()

    # What carriers do.

    def hold(self, carrier: str, seconds: int) -> Instant:
        """No pickups by *carrier* for so long; when it is over."""
        until = later(self.now, seconds)
        self.registry.holds[self.registry.carrier(carrier).code] = until
        self.registry.record(CarrierHeld(carrier, until))
        return until

    # Demand.

    def add_demand(self, plan: Plan, name: str = "") -> Source:
        """Orders that come by themselves from now on, or from the plan's start."""
        source = self.arrivals.add(plan, name)
        self._settle()
        return source

    def stop_demand(self, source_id: str) -> Source:
        """No more orders from this source, which is forgotten; as it was in the end."""
        source = self.arrivals.stop(source_id)
        self._settle()
        return source

    # Looking.

    def order(self, order_id: str) -> Order:
        return self.registry.order(order_id)

    def parcel(self, parcel_id: str) -> Parcel:
        return self.registry.parcel(parcel_id)

    def settlement(self, order_id: str) -> Settlement:
        """What the order's money has come to."""
        return settlement(self.order(order_id), self.registry.books.ledger(order_id))

    def penalties(self, shop_id: str) -> Standing:
        """The shop's penalty points that still count, with what they add up to."""
        here = self.registry
        account = here.books.account(here.shop(shop_id).id)
        return standing(account, here.market.penalties, self.now)

    # Saving.

    def save(self) -> dict[str, Any]:
        """The whole world as plain data, ready for JSON."""
        return snapshot.save(self.registry, self.config)

    @classmethod
    def restore(cls, saved: dict[str, Any]) -> "World":
        """A world that goes on exactly as the saved one would have. Restoring is no event."""
        snapshot.require_readable(saved)
        return cls(from_plain(WorldConfig, saved["config"]), saved=saved)

    def plug_in(self, archive: Archive, stay: int = DAY) -> None:
        """Let orders that ended *stay* seconds ago leave memory for *archive*, still to be looked
        at. A snapshot holds who is in memory only: plug the same archive into the restored world,
        and it finds the others there."""
        assert self._retirement is None, "a world has one archive"
        self._retirement = Retirement(self.registry, archive, stay)

    # Small parts.

    def _watch(self, order_id: str) -> Watch:
        return Watch(self.registry.agenda, partial(self.platform.judge, order_id))

    def _with_open_cancellation(self, order_id: str) -> Order:
        order = self.order(order_id)
        if not order.cancellation_pending:
            raise WrongStatus(order.id, order.status, "an open cancellation request")
        return order

    def _close_cancellation(self, order_id: str) -> None:
        order = self._with_open_cancellation(order_id)
        asked = order.cancellation
        assert asked is not None
        asked.status = CancellationStatus.CLOSED
        self.registry.record(CancellationMoved(order.id, asked.id, asked.status, asked.by))
        order.inbox.deliver(CloseCancel())
        self._settle()
