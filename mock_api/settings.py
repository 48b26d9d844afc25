"""What whoever starts a server may choose, with the defaults. Built once, never at import."""

from dataclasses import dataclass, field
from typing import Final

DEFAULT_PORT: Final = 8470

KIB: Final = 1024
MIB: Final = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on everything that a client could make grow."""

    body_bytes: int = 2 * MIB
    """A request's body; a longer one is refused in the dialect's words."""
    upload_bytes: int = 11 * MIB
    """The same of a form with files: the platform takes files of up to 10 MB."""
    exchanges: int = 2_000
    """Requests with their answers kept per sandbox; the oldest go first."""
    exchange_body_bytes: int = 64 * KIB
    """How much of a body the exchange log keeps."""
    orders_per_call: int = 100_000
    """Orders that one call of the control API may place."""
    evidence_bytes: int = 64 * MIB
    """Photos and papers kept per sandbox."""
    sources: int = 100
    """Sources of demand that a sandbox holds, those that have ended included."""
    orders_per_source: int = 1_000_000
    """Orders that one source of demand may bring."""
    sandboxes: int = 1_000
    calls_per_second: int = 50
    """Of one endpoint of the seller center for one shop, on the wall clock; zero: no limit. Each
    sandbox may have its own."""
    hooks: int = 1_000
    """Webhook subscriptions of carriers and trackers that a sandbox holds."""
    faults: int = 100
    """Planned faults that a sandbox holds."""
    advance_budget_s: float = 20.0
    """Wall time after which an advance answers 202 and goes on by itself."""
    virtual_days_per_advance: int = 366
    facts_in_memory: int = 100_000
    """The latest facts of a sandbox; older ones are in its archive, and read as slowly as disks."""
    ended_orders_stay_s: int = 86_400
    """Virtual seconds after its end for which an order stays in memory."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How webhooks leave."""

    timeout_s: float = 3.0
    """The platform waits so long for the acknowledgement."""
    at_once: int = 32
    """Deliveries under way at the same time, per sandbox."""
    quiet_s: float = 0.01
    """How long the integration must make no call until virtual time goes on (drain)."""
    hosts: tuple[str, ...] = ()
    """Where webhooks may go besides this machine: names, addresses and networks, the first two with
    a port or without."""


@dataclass(frozen=True, slots=True)
class ControlAccess:
    """Who may call the control API."""

    token: str = field(default="", repr=False)
    """Whoever sends it; left out, whoever calls from this machine."""
    names: frozenset[str] = frozenset()
    """Further names of the server, by which it may be called without a token."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Everything about one server."""

    default_sandbox: bool = True
    seed: int = 1
    market: str = "standard"
    start: int | None = None
    """Where the default sandbox's clock starts; left out, the fixed Monday of ``STARTS_AT``."""
    speed: float | None = None
    """Run the default sandbox's clock at this speed; left out, it stands still."""
    any_credentials: bool = False
    """Credentials of carriers that nobody has belong to the default sandbox."""
    lenient: frozenset[str] = frozenset()
    """Carriers' APIs, by name, that forgive what the real ones refuse; a sandbox has its say."""
    control: ControlAccess = field(default_factory=ControlAccess)
    limits: Limits = field(default_factory=Limits)
    delivery: Delivery = field(default_factory=Delivery)
