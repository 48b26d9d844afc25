"""What a sandbox is made of besides its world: credentials, and what was agreed about webhooks."""

from dataclasses import dataclass, field
from typing import Any

from mock_api.kernel.access import App, BearerToken, Grants
from mock_api.kernel.durable.kept import Kept, Of
from simulator.clock import Instant
from simulator.words import Word


class Clock(Word):
    """Which clock a check of request timestamps reads."""

    WALL = "wall"
    VIRTUAL = "virtual"


@dataclass(slots=True)
class Subscription:
    """Where one kind of a shop's webhooks goes."""

    shop_id: str
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

    def plain(self) -> dict[str, Any]:
        """Ready for JSON."""
        types = None if self.types is None else sorted(self.types, key=str)
        return {"address": self.address, "types": types}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "AppWebhooks":
        types = plain["types"]
        return cls(plain["address"], None if types is None else frozenset(types))

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
    well_known: bool = False
    """They are the default sandbox's: everybody may know them."""
    bearers: Kept[BearerToken] = field(default_factory=lambda: Kept("bearers", Of(BearerToken)))
    """Tokens of carriers' APIs, by dialect and value."""

    def parts(self) -> tuple[Kept[Any], ...]:
        """What of them changes with each token that is given or taken."""
        return *self.grants.parts(), self.bearers
