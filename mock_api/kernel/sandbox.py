"""A sandbox: one world with everything that belongs to whoever tests against it.

The tenant is the credential: requests find their sandbox by what real clients send anyway.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import TypeVar

from mock_api.kernel.access import AccessToken, App, Consent, Grants
from mock_api.kernel.archive import ArchiveFile, FactArchive, OrderArchive
from mock_api.kernel.courier import Courier
from mock_api.kernel.doors import DoorRules, Doors
from mock_api.kernel.driver import Driver
from mock_api.kernel.exchanges import ExchangeLog, Traffic
from mock_api.kernel.fact_log import FactLog
from mock_api.kernel.faults import Faults
from mock_api.kernel.hooks import Hooks
from mock_api.kernel.idempotency import Remembered
from mock_api.kernel.outbox import Attempt, Message, Outbox
from mock_api.settings import ServerSettings
from simulator import World, WorldConfig
from simulator.clock import Instant
from simulator.registry import Shop
from simulator.statistics.sink import Statistics
from simulator.words import Word

T = TypeVar("T")


class Clock(Word):
    """Which clock a check of request timestamps reads."""

    WALL = "wall"
    VIRTUAL = "virtual"


@dataclass(slots=True)
class Subscription:
    """Where one kind of a shop's webhooks goes."""

    event_type: str
    address: str
    created_at: Instant
    updated_at: Instant


@dataclass(frozen=True, slots=True)
class AppWebhooks:
    """Where an app's webhooks go, of every shop: set in the developers' console."""

    address: str
    types: frozenset[str | int] | None = None
    """Event types, or numbers of types; left out: all."""

    def wants(self, number: int, event_type: str) -> bool:
        return self.types is None or event_type in self.types or number in self.types


@dataclass(slots=True)
class Papers:
    """What a sandbox is made of besides its world: credentials and the first tokens' values."""

    app: App
    grants: Grants
    ciphers: dict[str, str] = field(default_factory=dict)
    """Shop cipher to shop id."""
    access_token: str = ""
    refresh_token: str = ""
    carriers: dict[str, dict[str, str]] = field(default_factory=dict)
    """The credentials of each carrier's API, by its name."""


class Sandbox:
    """One tenant. ``reset`` makes its world new; its credentials stay."""

    def __init__(
        self,
        sandbox_id: str,
        config: WorldConfig,
        papers: Papers,
        settings: ServerSettings,
        courier: Courier,
    ) -> None:
        self.id = sandbox_id
        self.config = config
        self.papers = papers
        self.timestamps = Clock.WALL
        self.carrier_tokens = Clock.WALL
        """The clock on which bearer tokens of carriers run out."""
        self.lenient = settings.lenient
        """Carriers' APIs that forgive what the real ones refuse."""
        self.door_rules = DoorRules(per_second=settings.limits.calls_per_second)
        self.all_scopes = papers.grants.scopes
        """What may be granted at all."""
        self.driver = Driver(self, settings.delivery)
        self.traffic = Traffic()
        self._settings = settings
        self._courier = courier
        self._furnishers: list[Callable[[Sandbox], None]] = []
        self._archive = ArchiveFile()
        self.reset()

    def reset(self, config: WorldConfig | None = None) -> None:
        """The world as it was at the start, or by another configuration: no orders, the first
        instant; tokens live anew."""
        world = World(config or self.config)
        self.config = world.config
        self.driver.freeze()
        self._archive.close()
        self.world = world
        limits = self._settings.limits
        self.world.plug_in(OrderArchive(self._archive), limits.ended_orders_stay_s)
        self.facts = FactLog(FactArchive(self._archive), limits.facts_in_memory)
        self.statistics = Statistics()
        self._attached: dict[type, object] = {}
        self.exchanges = ExchangeLog(limits.exchanges)
        self.doors = Doors(self.door_rules)
        self.remembered = Remembered()
        self.faults = Faults(self.world.registry.streams, orders_behind=self.orders_behind)
        self.outbox = Outbox(
            lambda: self.world.now, self._carry, self._settings.delivery.at_once, self.faults
        )
        self.subscriptions: dict[tuple[str, str], Subscription] = {}
        """By shop id and event type."""
        self.app_webhooks: AppWebhooks | None = None
        self.hooks = Hooks(
            lambda: self.world.now,
            self.outbox,
            lambda: self.door_rules.strict_webhook_urls,
            limits.hooks,
        )
        self.world.journal.subscribe(self.facts.hear)
        self.world.journal.subscribe(self.statistics.hear)
        self._issue_papers()
        for furnish in self._furnishers:
            furnish(self)

    def furnish(self, furnishers: Iterable[Callable[["Sandbox"], None]]) -> None:
        """Let dialects attach what they need to this and every later world of the sandbox."""
        for furnish in furnishers:
            self._furnishers.append(furnish)
            furnish(self)

    def attach(self, part: object) -> None:
        """Keep a dialect's own read model of the present world."""
        self._attached[type(part)] = part

    def attached(self, kind: type[T]) -> T:
        """The read model of that kind."""
        part = self._attached[kind]
        assert isinstance(part, kind)
        return part

    @property
    def app(self) -> App:
        return self.papers.app

    @property
    def grants(self) -> Grants:
        return self.papers.grants

    @property
    def seller_open_id(self) -> str:
        """Who the seller is, where no shop is meant."""
        return f"seller-{self.id}"

    @property
    def consent(self) -> Consent:
        """The authorisation that is in force, or was the last."""
        state = self.world.registry.reminder.state
        return Consent(state.serial, state.ends_at)

    @property
    def is_authorized(self) -> bool:
        return not self.world.registry.reminder.state.ended_by

    def holds(self, token: AccessToken) -> bool:
        """Whether the authorisation that the token was given under is in force."""
        state = self.world.registry.reminder.state
        return token.serial == state.serial and not state.ended_by

    def set_doors(self, rules: DoorRules) -> None:
        """For this and every later world of the sandbox."""
        self.door_rules = rules
        self.doors.set(rules)

    @property
    def is_listened_to(self) -> bool:
        """Somebody wants webhooks, or some are still on their way."""
        wanted = bool(self.subscriptions) or self.app_webhooks is not None or bool(self.hooks)
        return wanted or self.outbox.next_due is not None or self.outbox.is_busy

    def credential(self, dialect: str, field: str) -> str:
        """One of the carrier's credentials."""
        return self.papers.carriers[dialect][field]

    def is_credential(self, dialect: str, field: str, value: str) -> bool:
        """Whether that is the sandbox's own; compared in constant time."""
        return compare_digest(self.credential(dialect, field).encode(), _bytes(value))

    def is_lenient(self, dialect: str) -> bool:
        """Whether the carrier's API forgives here what the real one refuses."""
        return dialect in self.lenient

    def orders_behind(self, number: str) -> Collection[str]:
        """Whose goods travel under that tracking number; none's, if it is nobody's."""
        parcel = self.world.registry.parcel_numbered(number)
        return parcel.order_ids if parcel else ()

    def shops(self) -> list[tuple[Shop, str]]:
        """Every shop with its cipher."""
        registry = self.world.registry
        return [(registry.shop(shop_id), cipher) for cipher, shop_id in self.papers.ciphers.items()]

    def shop_of(self, cipher: str) -> Shop | None:
        shop_id = self.papers.ciphers.get(cipher)
        return self.world.registry.shop(shop_id) if shop_id else None

    async def close(self) -> None:
        self.driver.freeze()
        await self.outbox.close()
        self._archive.close()

    def _issue_papers(self) -> None:
        papers, now = self.papers, self.world.now
        grants = papers.grants
        consent = self.consent
        grants.renew(now, consent)
        papers.access_token = grants.new_access(now, papers.access_token).value
        papers.refresh_token = grants.new_refresh(consent, papers.refresh_token)
        ciphers, papers.ciphers = list(papers.ciphers), {}
        # Independent shops (M4) have none: no call of the platform's API ever reaches them.
        shops = self.world.registry.shops.values()
        for nth, shop_id in enumerate(each.id for each in shops if not each.independent):
            cipher = ciphers[nth] if nth < len(ciphers) else grants.new_cipher()
            papers.ciphers[cipher] = shop_id

    async def _carry(self, message: Message) -> Attempt:
        attempt = await self._courier.carry(message, self.world.now)
        self.traffic.stirred()
        return attempt


def _bytes(value: str) -> bytes:
    """Whatever a request spelt, half of a surrogate pair and all."""
    return value.encode("utf-8", "surrogatepass")
