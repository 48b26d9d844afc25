"""Every sandbox of one server, and how a request finds its own."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from mock_api.kernel.access import App, Grants
from mock_api.kernel.bearers import Bearers
from mock_api.kernel.courier import Courier
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.sandbox import Papers, Sandbox
from mock_api.settings import ServerSettings
from simulator import WorldConfig, market_named
from simulator.clock import Instant
from simulator.errors import NotFound
from simulator.world import STARTS_AT

DEFAULT_ID: Final = "default"
DEFAULT_APP: Final = App("seatrial", "seatrial-secret", "7000000000000000001")
DEFAULT_TOKEN: Final = "ROW_seatrial-access-token"  # noqa: S105 - well known on purpose
DEFAULT_REFRESH: Final = "ROW_seatrial-refresh-token"
DEFAULT_CIPHER: Final = "ROW_seatrial-shop"


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
        courier: Courier | None = None,
    ) -> None:
        """*scopes*: what a seller grants. *dialects*: the carriers' APIs that each sandbox has
        credentials for. *courier*: who carries webhooks; left out, one who goes over HTTP."""
        self._settings = settings
        self._scopes = scopes
        self.dialects = {dialect.name: dialect for dialect in dialects}
        """By name."""
        self.lenient = settings.lenient
        """Of a sandbox that says nothing else."""
        self.bearers = Bearers()
        attached = (each.furnish for each in self.dialects.values() if each.furnish)
        self._furnishers = (*furnishers, *attached, self.bearers.renew)
        self._courier = courier or Courier(settings.delivery)
        self._by_id: dict[str, Sandbox] = {}
        self._by_key: dict[str, Sandbox] = {}
        self._by_service: dict[str, Sandbox] = {}
        self._by_carrier_key: dict[tuple[str, str, str], Sandbox] = {}
        """By carrier, field and value."""
        self._made = 0
        if settings.default_sandbox:
            papers = _well_known(scopes)
            papers.carriers = {each: dict(d.well_known) for each, d in self.dialects.items()}
            self._open(DEFAULT_ID, self._default_config(), papers)

    def open(self, config: WorldConfig, redirect_url: str = "") -> Sandbox:
        """A new sandbox with credentials of its own."""
        if len(self._by_id) >= self._settings.limits.sandboxes:
            raise TooManySandboxes(self._settings.limits.sandboxes)
        self._made += 1
        papers = Papers(App.made_up(redirect_url), Grants(self._scopes))
        papers.carriers = {each: d.credentials() for each, d in self.dialects.items()}
        return self._open(f"sb-{self._made}", config, papers)

    def get(self, sandbox_id: str) -> Sandbox:
        try:
            return self._by_id[sandbox_id]
        except KeyError:
            raise NotFound("sandbox", sandbox_id) from None

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

    async def delete(self, sandbox_id: str) -> None:
        sandbox = self.get(sandbox_id)
        del self._by_id[sandbox_id]
        del self._by_key[sandbox.app.key]
        del self._by_service[sandbox.app.service_id]
        for key in self._carrier_keys(sandbox):
            del self._by_carrier_key[key]
        self.bearers.forget(sandbox)
        await sandbox.close()

    async def close(self) -> None:
        """The server stops."""
        for sandbox in self.all():
            await sandbox.close()
        await self._courier.close()

    def _open(self, sandbox_id: str, config: WorldConfig, papers: Papers) -> Sandbox:
        sandbox = Sandbox(sandbox_id, config, papers, self._settings, self._courier)
        sandbox.furnish(self._furnishers)
        self._by_id[sandbox_id] = sandbox
        self._by_key[papers.app.key] = sandbox
        self._by_service[papers.app.service_id] = sandbox
        self._by_carrier_key.update(dict.fromkeys(self._carrier_keys(sandbox), sandbox))
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


def _well_known(scopes: frozenset[str]) -> Papers:
    return Papers(
        app=DEFAULT_APP,
        grants=Grants(scopes),
        ciphers={DEFAULT_CIPHER: ""},
        access_token=DEFAULT_TOKEN,
        refresh_token=DEFAULT_REFRESH,
    )
