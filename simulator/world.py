"""The one mutable thing: commands in, facts out, and virtual time that moves when it is told to."""

from dataclasses import dataclass, field
from math import inf
from typing import Any, ClassVar, Final

from simulator import snapshot
from simulator.acts.admission import AdmissionActs
from simulator.acts.buyers import BuyersActs
from simulator.acts.carriers import CarriersActs
from simulator.acts.chats import ChatActs
from simulator.acts.desk import DeskActs
from simulator.acts.papers import PapersActs
from simulator.acts.party import PartyActs
from simulator.acts.sellers import SellersActs
from simulator.acts.shippers import ShippersActs
from simulator.acts.shopkeepers import ShopkeepersActs
from simulator.acts.trackers import TrackersActs
from simulator.admission import USUAL_TERM
from simulator.archive import Archive
from simulator.arrivals import Arrivals
from simulator.bounds import Bounds
from simulator.carriers.settings import require_factor
from simulator.channels.choice import MARKET
from simulator.channels.model import ChannelTerms
from simulator.clock import DAY, EPOCH, Instant
from simulator.commands import Command, Commanded, Execution, Listener, command, prepared
from simulator.demand.model import Plan, Source
from simulator.demand.rhythms import HORIZON
from simulator.errors import BadSnapshot, ClockMovesForward
from simulator.facts import MishapsSet
from simulator.journal import Journal
from simulator.market import STANDARD, MarketProfile
from simulator.money.accounts import Standing, standing
from simulator.money.ledger import Settlement, settlement
from simulator.orders.model import Order
from simulator.parcels.model import Parcel
from simulator.plain import from_plain
from simulator.platform import Platform
from simulator.registry import Registry
from simulator.retirement import ROUND, Retirement
from simulator.saved import Saved
from simulator.words import Word

STARTS_AT: Final = Instant(1_893_974_400)
"""2030-01-07 00:00 UTC, a Monday: a fixed start, so that two worlds of one seed are the same."""

CITIES: Final = ("Shenzhen", "Shanghai", "Hangzhou", "Yiwu")
"""Where a new shop has warehouses; the last has no door pickup (H3)."""


class Pickups(Word):
    """How carriers come to shippers who hand them parcels through their own interfaces."""

    REGULAR = "regular"
    """A van stops there on each of its rounds, called or not."""
    ON_CALL = "on_call"
    """Nobody comes until somebody calls."""


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
    mishaps: float = 0.0
    """By what every rate of mishaps is multiplied: zero, and nothing goes wrong by itself; one, and
    as much as sources say (``carriers.mishaps``)."""
    independent_shops: tuple[str, ...] = ()
    """M4: the names of shops that the platform has no part in."""
    carrier_rule: str = MARKET
    """X4: by whom sellers post who may choose: ``market``, ``cheapest``, ``fastest``, ``by_value``,
    or a carrier's code."""
    channels: ChannelTerms = field(default_factory=ChannelTerms)
    """X1-X4: goods abroad, suppliers, what is dear."""
    pickups: Pickups = Pickups.REGULAR
    """How carriers come for shipments outside the platform, where their shipper does not say."""
    bounds: Bounds = field(default_factory=Bounds)
    """How much there may be."""
    authorized_for: int = USUAL_TERM
    """Seconds for which the seller authorised the app, and does so again if nothing is said."""


_STEPS_EACH: Final = 10
"""A life that is taken up again makes one step until it waits."""


def _instant_of(saved: Saved) -> Instant:
    now = saved.part("now", int)
    if not EPOCH <= now < HORIZON:
        raise BadSnapshot("now", f"is {str(now)[:40]}, which is no instant")
    return Instant(now)


class World:
    """Commands in, facts out. Not thread-safe: one thread owns a world. A function of its
    configuration and its commands: ``repeat`` makes it again from them.

    Who acts has commands of their own: ``buyers``, ``sellers``, ``shopkeepers``, ``carriers``, the
    ``desk``, who hands in ``papers``, who writes in ``chats``, and who grants ``admission``.
    """

    party: ClassVar[str] = ""
    """Its own commands are meant for nobody else."""

    def __init__(self, config: WorldConfig | None = None, *, saved: Saved | None = None) -> None:
        """A new world; or, with *saved*, one that goes on where that one stood."""
        self.config = config or WorldConfig()
        now = _instant_of(saved) if saved else self.config.starts_at
        self.registry = Registry(self.config.seed, now, self.config.market, self.config.carriers)
        self.registry.mishaps = require_factor(self.config.mishaps)
        self.registry.bounds = self.config.bounds
        self.registry.on_call = self.config.pickups is Pickups.ON_CALL
        self.registry.agree(self.config.channels, self.config.carrier_rule)
        self.platform = Platform(self.registry)
        self.execution = Execution(lambda: self.now, self._settle)
        acting = (self.registry, self.platform, self.execution)
        self.buyers = BuyersActs(*acting)
        self.sellers = SellersActs(*acting)
        self.carriers = CarriersActs(*acting)
        self.desk = DeskActs(*acting)
        self.shopkeepers = ShopkeepersActs(*acting)
        self.admission = AdmissionActs(*acting)
        self.papers = PapersActs(*acting)
        self.shippers = ShippersActs(*acting)
        self.trackers = TrackersActs(*acting)
        self.chats = ChatActs(*acting)
        self._parties = self._all_parties()
        self.arrivals = Arrivals(self.registry, self.platform.check_out)
        self._retirement: Retirement | None = None
        if saved:
            lives = snapshot.restore(saved, self.registry, self.platform, self.arrivals.start)
            self._take_up(lives)
            return
        self._open_shops()
        self.registry.reminder.begin(self.config.authorized_for)

    def _all_parties(self) -> dict[str, Commanded]:
        """Whom a command can be meant for, by what it says."""
        acts = (each for each in vars(self).values() if isinstance(each, PartyActs))
        return {"": self} | {each.party: each for each in acts}

    def _open_shops(self) -> None:
        config, here = self.config, self.registry
        for name in (*config.shops, *config.independent_shops):
            nth = len(here.shops)
            shop = here.open_shop(name, config.market.region, independent=nth >= len(config.shops))
            for city in CITIES:
                here.warehouse_in(shop, city)
        if config.channels.stock.units:
            for shop in here.shops.values():
                self.platform.stockroom.open_for(shop)

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

    @property
    def next_event(self) -> Instant | None:
        """The same, and what comes although nobody waits for it: the end of an authorisation."""
        at = self.registry.env.peek()
        return None if at == inf else Instant(int(at))

    def advance(self, until: Instant) -> None:
        """Let virtual time pass. What is due at *until* itself has happened too."""
        if until < self.now:
            raise ClockMovesForward(self.now, until)
        self.execution.time_passes = True
        try:
            with self.execution.failing():
                self._advance(until)
        finally:
            self.execution.time_passes = False

    def _advance(self, until: Instant) -> None:
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

    def _take_up(self, lives: int) -> None:
        """Let everybody begin to wait again. A world was at rest when it was saved: if more falls
        due than that, its clock is not that of its orders."""
        env = self.registry.env
        for _ in range(_STEPS_EACH * (lives + 1)):
            if env.peek() > env.now:
                return
            env.step()
        raise BadSnapshot("now", "is later than what should have happened before")

    # Demand.

    @command
    def add_demand(self, plan: Plan, name: str = "") -> Source:
        """Orders that come by themselves from now on, or from the plan's start."""
        return self.arrivals.add(plan, name)

    @command
    def stop_demand(self, source_id: str) -> Source:
        """No more orders from this source, which is forgotten; as it was in the end."""
        return self.arrivals.stop(source_id)

    # Mishaps.

    @command
    def set_mishaps(self, factor: float) -> None:
        """From now on every rate of mishaps counts so many times."""
        self.registry.mishaps = require_factor(factor)
        self.registry.record(MishapsSet(round(factor * 1000)))

    # Commands as data.

    def commands_go_to(self, listener: Listener | None) -> None:
        """*listener* is told of every later command, right after it was carried out; nobody, if it
        is ``None``. What is refused, what a command does in its turn, and time are none."""
        self.execution.listener = listener

    def repeat(self, told: Command) -> None:
        """What another world of the same configuration carried out, at its time. BadCommand: it
        cannot be read; ClockMovesForward: it is later here. Then nothing has happened."""
        call = prepared(told, self._parties.get(told.party))
        self.advance(told.at)
        call()

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
        """A world that goes on exactly as the saved one would have. Restoring is no event.

        BadSnapshot says which part is wrong, whatever it is: then there is no world."""
        found = Saved(saved, snapshot.VERSION)
        with found.refusing():
            return cls(from_plain(WorldConfig, found["config"]), saved=found)

    def plug_in(self, archive: Archive, stay: int = DAY) -> None:
        """Let orders that ended *stay* seconds ago leave memory for *archive*, still to be looked
        at. A snapshot holds who is in memory only: plug the same archive into the restored world,
        and it finds the others there."""
        assert self._retirement is None, "a world has one archive"
        self._retirement = Retirement(self.registry, archive, stay)
