"""A sandbox: one world with everything that belongs to whoever tests against it.

The tenant is the credential: requests find their sandbox by what real clients send anyway.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from hmac import compare_digest
from importlib.metadata import version
from typing import TypeVar

from mock_api.kernel.access import AccessToken, App, Consent, Grants
from mock_api.kernel.courier import Courier
from mock_api.kernel.doors import DoorRules, Doors
from mock_api.kernel.driver import Driver
from mock_api.kernel.durable.archive import FactArchive, OrderArchive
from mock_api.kernel.durable.batch import Origin
from mock_api.kernel.durable.command_log import CommandLog
from mock_api.kernel.durable.keeper import Keeper
from mock_api.kernel.durable.kept import Counts, Kept, Of, Plain
from mock_api.kernel.durable.refusals import NotKept
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.fact_log import FactLog
from mock_api.kernel.faults import Faults
from mock_api.kernel.furnished import Furnished
from mock_api.kernel.hooks import Hooks
from mock_api.kernel.idempotency import Remembered
from mock_api.kernel.logged import Traffic
from mock_api.kernel.masking import Mask
from mock_api.kernel.messages import Attempt, Message
from mock_api.kernel.outbox import Outbox
from mock_api.kernel.papers import AppWebhooks, Clock, Papers, Subscription
from mock_api.limits import Limits
from mock_api.settings import ServerSettings
from simulator import World, WorldConfig
from simulator.plain import to_plain
from simulator.registry import Shop
from simulator.snapshot import VERSION
from simulator.statistics.sink import Statistics

T = TypeVar("T")


class Sandbox(Furnished):
    """One tenant. ``reset`` makes its world new; its credentials stay."""

    def __init__(
        self,
        sandbox_id: str,
        world: World,
        papers: Papers,
        settings: ServerSettings,
        courier: Courier,
        file: SandboxFile | None = None,
    ) -> None:
        """Around *world*. Without a *file* of its own, it is gone with the process."""
        self.id = sandbox_id
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
        self.file = file or SandboxFile()
        self.keeper: Keeper | None = None
        """Where the sandbox is kept on disk."""
        self._settings = settings
        self._courier = courier
        self._furnishers: list[Callable[[Sandbox], None]] = []
        super().__init__()
        keeping = Keeping(settings.limits.exchanges)
        self.exchanges = ExchangeLog(keeping, settings.limits, self._mask)
        self._facts_before = 0
        """Of the worlds that were here before this one."""
        self._begin(world)

    def new_world(self, config: WorldConfig) -> World:
        """One that this sandbox can be reset to. DomainError: *config* makes none."""
        return World(replace(config, bounds=self.limits.bounds()))

    async def reset(self, world: World) -> None:
        """Another world instead of this one, at its first instant; tokens live anew."""
        self._facts_before = self.facts_ever
        self.driver.end()
        await self.outbox.close()
        self._begin(world)
        if self.keeper:
            self.keeper.begin(self.origin)

    def _begin(self, world: World) -> None:
        """Everything anew, around *world*: a new one, or one that was restored; what is derived
        from its facts is empty."""
        if not self.file.is_lasting:
            self.file.close()
        self.config = world.config
        self._strip(world)
        limits = self._settings.limits
        self.archive = OrderArchive(self.file)
        world.plug_in(self.archive, limits.ended_orders_stay_s)
        self.fact_archive = FactArchive(self.file)
        self.facts = FactLog(self.fact_archive, limits.facts_in_memory)
        self.statistics = Statistics()
        self.attach_derived("facts", self.facts)
        self.attach_derived("statistics", self.statistics)
        self.commands = CommandLog(self.file)
        self.exchanges.close()
        self.exchanges = ExchangeLog(self.exchanges.keeping, limits, self._mask)
        self.doors = Doors(self.door_rules)
        self.terms = self.keep(Kept("terms", Plain()))
        self._open_ledgers()
        world.journal.subscribe(self.facts.hear)
        world.journal.subscribe(self.statistics.hear)
        world.commands_go_to(self.commands.hear)
        self._issue_papers()
        for furnish in self._furnishers:
            furnish(self)

    def _open_ledgers(self) -> None:
        """What is told, promised and remembered beside the world."""
        limits, delivery = self._settings.limits, self._settings.delivery
        now = lambda: self.world.now  # noqa: E731 - the world of the moment
        counts = self.counts = Counts()
        self.keep(counts)
        self.remembered = Remembered(limits.answers_remembered)
        self.keep(self.remembered.kept)
        streams = self.world.registry.streams
        self.faults = Faults(streams, counts=counts, orders_behind=self.orders_behind)
        self.keep(self.faults.planned)
        self.outbox = Outbox(now, self._carry, delivery.at_once, self.faults, limits)
        self.keep(self.outbox.all, self.outbox.resume)
        self.subscriptions: Kept[Subscription] = self.keep(Kept("subscriptions", Of(Subscription)))
        """By shop and event type."""
        self.app_webhooks: AppWebhooks | None = None
        strict = lambda: self.door_rules.strict_webhook_urls  # noqa: E731 - as they are then
        self.hooks = Hooks(now, self.outbox, strict, limits.hooks, counts)
        self.keep(self.hooks.kept, self.hooks.resume)
        for part in self.papers.parts():
            self.keep(part)

    @property
    def origin(self) -> Origin:
        """What its file is of."""
        return Origin(self.id, version("seatrial"), VERSION, to_plain(self.config))

    async def committed(self) -> None:
        """Until what has happened so far is on disk, if the sandbox is kept there. NotWritable: it
        cannot be."""
        if self.keeper:
            await self.keeper.committed()

    def keep_soon(self) -> None:
        """Something has happened, and nobody waits until it is on disk."""
        if self.keeper:
            self.keeper.soon()

    async def committed_if_overdue(self) -> None:
        """The same, once so much has gathered that it should not wait for its end."""
        if self.keeper and self.keeper.is_overdue:
            await self.keeper.committed()

    def furnish(self, furnishers: Iterable[Callable[["Sandbox"], None]]) -> None:
        """Let dialects attach what they need to this and every later world of the sandbox."""
        for furnish in furnishers:
            self._furnishers.append(furnish)
            furnish(self)

    @property
    def limits(self) -> Limits:
        """The server's, which are every sandbox's."""
        return self._settings.limits

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

    def subscription(self, shop_id: str, event_type: str) -> Subscription | None:
        """Where the shop's webhooks of that type go."""
        return self.subscriptions.get(f"{shop_id} {event_type}")

    def subscribe(self, wanted: Subscription) -> None:
        """In place of what was wanted before of that shop's and type."""
        self.subscriptions[f"{wanted.shop_id} {wanted.event_type}"] = wanted

    def unsubscribe(self, shop_id: str, event_type: str) -> None:
        """Whether or not there was a subscription."""
        self.subscriptions.drop(f"{shop_id} {event_type}")

    @property
    def is_listened_to(self) -> bool:
        """Somebody wants webhooks, or some are still on their way."""
        wanted = bool(self.subscriptions) or self.app_webhooks is not None or bool(self.hooks)
        return wanted or self.outbox.next_due is not None or self.outbox.is_busy

    @property
    def facts_ever(self) -> int:
        """Of this world, and of those that were here before it."""
        return self._facts_before + self.world.journal.length

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

    def take_papers(self, papers: Papers) -> None:
        """Others from now on: whoever knew those before gets in no more."""
        for part in self.papers.parts():
            del self.kept[part.name]
        papers.grants.scopes = self.papers.grants.scopes
        self.papers = papers
        for part in papers.parts():
            self.keep(part)
        self._issue_papers()

    def halt(self) -> None:
        """The server stops: the clock stands still, and no further webhook leaves."""
        self.driver.halt()
        self.outbox.end()

    async def close(self, within_s: float = 0.0) -> int:
        """Webhooks under way may arrive for so long. How many were given up. NotWritable: what
        happened last is not on disk."""
        self.driver.end()
        given_up = await self.outbox.close(within_s)
        try:
            if self.keeper:
                await self.keeper.close()
        finally:
            self.file.end()
            self.exchanges.close()
        return given_up

    def _issue_papers(self) -> None:
        papers, now = self.papers, self.world.now
        grants = papers.grants
        grants.most = self._settings.limits.tokens
        consent = self.consent
        grants.renew(now, consent)
        for key, token in papers.bearers.items():
            token.issued_at = now
            papers.bearers.touch(key)
        papers.access_token = grants.new_access(now, papers.access_token).value
        papers.refresh_token = grants.new_refresh(consent, papers.refresh_token)
        grants.spared = frozenset({papers.access_token, papers.refresh_token})
        ciphers, papers.ciphers = list(papers.ciphers), {}
        # Independent shops (M4) have none: no call of the platform's API ever reaches them.
        shops = self.world.registry.shops.values()
        for nth, shop_id in enumerate(each.id for each in shops if not each.independent):
            cipher = ciphers[nth] if nth < len(ciphers) else grants.new_cipher()
            papers.ciphers[cipher] = shop_id

    def _mask(self) -> Mask:
        return Mask(self)

    async def _carry(self, message: Message) -> Attempt:
        try:
            await self.committed()
        except NotKept as problem:
            return Attempt(self.world.now, None, f"not sent: {problem}", 0.0)
        attempt = await self._courier.carry(message, self.world.now)
        self.traffic.stirred()
        self.keep_soon()
        return attempt


def _bytes(value: str) -> bytes:
    """Whatever a request spelt, half of a surrogate pair and all."""
    return value.encode("utf-8", "surrogatepass")
