"""What whoever starts a server may choose, with the defaults. Built once, never at import."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mock_api.limits import Limits
from simulator.clock import Instant

__all__ = ["DEFAULT_PORT", "Delivery", "Limits", "ServerSettings"]

DEFAULT_PORT: Final = 8470


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
class Opens:
    """A sandbox's file, of which the server opens a copy at its start."""

    file: Path
    until: Instant | None = None
    """As it was at that instant; left out: as it is."""


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
    stop_within_s: float = 10.0
    """How long open answers and webhooks under way have when the server stops."""
    lenient: frozenset[str] = frozenset()
    """Carriers' APIs, by name, that forgive what the real ones refuse; a sandbox has its say."""
    data: Path | None = None
    """The directory where sandboxes are kept; left out, they are gone with the process."""
    opens: Opens | None = None
    control: ControlAccess = field(default_factory=ControlAccess)
    limits: Limits = field(default_factory=Limits)
    delivery: Delivery = field(default_factory=Delivery)
