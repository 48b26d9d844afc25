"""Every sandbox of one server, and how a request finds its own."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from mock_api.kernel import terms
from mock_api.kernel.bearers import Bearers
from mock_api.kernel.courier import Courier
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.durable.directory import Directory
from mock_api.kernel.making import Maker
from mock_api.kernel.papers import Papers
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.tally import Tally
from mock_api.settings import ServerSettings
from simulator import World, WorldConfig, market_named
from simulator.clock import Instant
from simulator.errors import NotFound
from simulator.world import STARTS_AT

DEFAULT_ID: Final = "default"
_COUNTED: Final = re.compile(r"sb-([0-9]{1,9})")


class TooManySandboxes(Exception):
    """The server holds as many as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"this server holds {self.limit} sandboxes already: delete one first"


class Sandboxes:
    """By id, and by the app key that their integrations send."""

    def __init__(
        self,
        settings: ServerSettings,
        furnishers: Sequence[Callable[[Sandbox], None]],
        scopes: frozenset[str],
        dialects: Iterable[Dialect] = (),
        directory: Directory | None = None,
        courier: Courier | None = None,
    ) -> None:
        """*scopes*: what a seller grants. *dialects*: the carriers' APIs that each sandbox has
        credentials for. *directory*: where sandboxes are kept; those that are there come back with
        ``recover``, and the default one is opened then, if it is not among them. *courier*: who
        carries webhooks; left out, one who goes over HTTP."""
        self._settings = settings
        self.limits = settings.limits
        self._scopes = scopes
        self.dialects = {dialect.name: dialect for dialect in dialects}
        """By name."""
        self.lenient = settings.lenient
        """Of a sandbox that says nothing else."""
        self.bearers = Bearers(settings.limits.tokens)
        attached = (each.furnish for each in self.dialects.values() if each.furnish)
        everything = (*furnishers, *attached)
        self.tally = Tally()
        """What was answered, and what came of webhooks."""
        courier = courier or Courier(settings.delivery, self.tally)
        self.maker = Maker(settings, scopes, self.dialects, everything, courier, directory)
        self._by_id: dict[str, Sandbox] = {}
        self._by_key: dict[str, Sandbox] = {}
        self._by_service: dict[str, Sandbox] = {}
        self._by_carrier_key: dict[tuple[str, str, str], Sandbox] = {}
        """By carrier, field and value."""
        self._made = 0
        self._facts_gone = 0
        if not directory:
            self.open_default()

    def open(self, config: WorldConfig, redirect_url: str = "") -> Sandbox:
        """A new sandbox with credentials of its own. TooManySandboxes."""
        self.require_room()
        return self._open(self.next_id(), config, self.maker.made_up_papers(redirect_url))

    def open_default(self) -> None:
        """The one with well-known credentials, if there shall be one and there is none yet."""
        if self._settings.default_sandbox and DEFAULT_ID not in self._by_id:
            self._open(DEFAULT_ID, self._default_config(), self.maker.well_known_papers())

    def require_room(self) -> None:
        if len(self._by_id) >= self._settings.limits.sandboxes:
            raise TooManySandboxes(self._settings.limits.sandboxes)

    def next_id(self) -> str:
        """That no sandbox has or had while this server runs: one that goes, or is replaced, takes a
        moment, and its id and its file are its own until then."""
        while True:
            self._made += 1
            if f"sb-{self._made}" not in self._by_id:
                return f"sb-{self._made}"

    def enrol(self, sandbox: Sandbox) -> None:
        """From now on its credentials find it."""
        self._by_id[sandbox.id] = sandbox
        number = _COUNTED.fullmatch(sandbox.id)
        if number:
            self._made = max(self._made, int(number[1]))
        self._by_key[sandbox.app.key] = sandbox
        self._by_service[sandbox.app.service_id] = sandbox
        self._by_carrier_key.update(dict.fromkeys(self._carrier_keys(sandbox), sandbox))
        self.bearers.enrol(sandbox)

    def sharing_credentials(self, sandbox: Sandbox) -> Sandbox | None:
        """Another that some of its credentials find already."""
        others = [self._by_key.get(sandbox.app.key), self._by_service.get(sandbox.app.service_id)]
        others += [self._by_carrier_key.get(key) for key in self._carrier_keys(sandbox)]
        return next((each for each in others if each and each is not sandbox), None)

    def get(self, sandbox_id: str) -> Sandbox:
        try:
            return self._by_id[sandbox_id]
        except KeyError:
            raise NotFound("sandbox", sandbox_id) from None

    def has(self, sandbox: Sandbox) -> bool:
        """It is that very one."""
        return self._by_id.get(sandbox.id) is sandbox

    def with_app_key(self, app_key: str) -> Sandbox | None:
        return self._by_key.get(app_key)

    def with_service_id(self, service_id: str) -> Sandbox | None:
        return self._by_service.get(service_id)

    def with_access_token(self, value: str) -> Sandbox | None:
        """Tokens come and go, so the sandboxes are asked one by one; there are few of them."""
        return next((each for each in self._by_id.values() if value in each.grants.access), None)

    def with_carrier_key(self, dialect: str, field: str, value: str) -> Sandbox | None:
        """Whose key of the carrier that is. Where any credentials will do, one that nobody has, in
        this field or another, is the default sandbox's, if there is one."""
        fields = self.dialects[dialect].found_by
        assert field in fields, (dialect, field)
        found = self._by_carrier_key.get((dialect, field, value))
        if found is None and value and self._settings.any_credentials:
            elsewhere = ((dialect, other, value) in self._by_carrier_key for other in fields)
            return None if any(elsewhere) else self._by_id.get(DEFAULT_ID)
        return found

    def with_carrier_pair(
        self, dialect: str, key: tuple[str, str], secret: tuple[str, str]
    ) -> Sandbox | None:
        """The same by a key and its secret, each with the name of its field: the secret must be
        right, unless nobody has the key and any will do."""
        found = self.with_carrier_key(dialect, *key)
        if found is None or not found.is_credential(dialect, *key):
            return found
        return found if found.is_credential(dialect, *secret) else None

    def all(self) -> list[Sandbox]:
        return list(self._by_id.values())

    def default_differs(self) -> Iterator[dict[str, object]]:
        """What whoever started the server wishes otherwise of the default sandbox that was kept."""
        kept, wished = self._by_id.get(DEFAULT_ID), self._default_config()
        if kept and self._settings.default_sandbox:
            here = kept.config
            for what, has, wants in (
                ("seed", here.seed, wished.seed),
                ("market", here.market.name, wished.market.name),
                ("start", here.starts_at, wished.starts_at),
            ):
                if has != wants:
                    yield {"what": what, "file": has, "asked": wants}

    async def dismiss(self, sandbox: Sandbox) -> None:
        """Nobody finds it any more, and what it has not written yet never is: a full disk keeps
        nobody from deleting."""
        self.strike_off(sandbox)
        if sandbox.keeper:
            await sandbox.keeper.abandon()
        await sandbox.close()

    async def delete(self, sandbox_id: str) -> None:
        """With all that was kept of it."""
        await self.dismiss(self.get(sandbox_id))
        if self.maker.directory:
            self.maker.directory.remove(sandbox_id)

    def strike_off(self, sandbox: Sandbox) -> None:
        """Its credentials find it no more."""
        del self._by_id[sandbox.id]
        del self._by_key[sandbox.app.key]
        del self._by_service[sandbox.app.service_id]
        for key in self._carrier_keys(sandbox):
            del self._by_carrier_key[key]
        self.bearers.strike_off(sandbox)
        self._facts_gone += sandbox.facts_ever

    @property
    def facts_ever(self) -> int:
        """Of every world that ever was here."""
        return self._facts_gone + sum(each.facts_ever for each in self._by_id.values())

    def halt(self) -> None:
        """The server stops: clocks stand still, and no further webhook leaves."""
        for sandbox in self.all():
            sandbox.halt()

    async def close(self, within_s: float = 0.0) -> int:
        """The server ends. Webhooks under way may arrive for so long; how many were given up.
        NotWritable, when all is closed: what happened last in one of them is not on disk."""
        closing = (each.close(within_s) for each in self.all())
        ends = await asyncio.gather(*closing, return_exceptions=True)
        await self.maker.close()
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        return sum(end for end in ends if isinstance(end, int))

    def _open(self, sandbox_id: str, config: WorldConfig, papers: Papers) -> Sandbox:
        file = self.maker.file_of(sandbox_id)
        world = World(replace(config, bounds=self._settings.limits.bounds()))
        sandbox = self.maker.new(sandbox_id, world, papers, file)
        terms.note(sandbox)
        self.enrol(sandbox)
        sandbox.keeper = self.maker.keeper_of(sandbox)
        if sandbox.keeper:
            sandbox.keeper.begin(sandbox.origin)
        return sandbox

    def _carrier_keys(self, sandbox: Sandbox) -> list[tuple[str, str, str]]:
        carriers = sandbox.papers.carriers
        return [
            (name, field, carriers[name][field])
            for name, dialect in self.dialects.items()
            for field in dialect.found_by
        ]

    def _default_config(self) -> WorldConfig:
        start = self._settings.start
        return WorldConfig(
            seed=self._settings.seed,
            starts_at=STARTS_AT if start is None else Instant(start),
            market=market_named(self._settings.market),
        )
