"""OAuth bearer tokens of carriers: given for a client's id and secret, good for so many seconds.

Stock clients reckon a token's end on the wall clock, and keep it until then; so lifetimes run on
the wall clock, unless the sandbox says otherwise (docs/decisions/0008).
"""

from collections import deque
from dataclasses import dataclass
from secrets import token_urlsafe

from mock_api.kernel.sandbox import Clock, Sandbox
from mock_api.kernel.wall_clock import wall_seconds
from simulator.clock import Instant


@dataclass(slots=True)
class Bearer:
    """One token, and whose it is."""

    value: str
    dialect: str
    purpose: str
    """What it was given for, where a carrier tells tokens apart."""
    sandbox: Sandbox
    lives: int
    """Seconds."""
    issued_wall: Instant
    issued_at: Instant
    """In virtual time."""

    @property
    def is_expired(self) -> bool:
        """By the sandbox's clock for such tokens."""
        if self.sandbox.carrier_tokens is Clock.WALL:
            return wall_seconds() >= self.issued_wall + self.lives
        return self.sandbox.world.now >= self.issued_at + self.lives


class Bearers:
    """Those of every sandbox of a server."""

    def __init__(self, most: int) -> None:
        """*most* of one sandbox are known; the oldest are forgotten first."""
        self._most = most
        self._by_value: dict[tuple[str, str], Bearer] = {}
        self._of: dict[str, deque[Bearer]] = {}

    def new(self, sandbox: Sandbox, dialect: str, lives: int, purpose: str = "") -> Bearer:
        """A token that lives so many seconds from now."""
        bearer = Bearer(
            token_urlsafe(48),
            dialect,
            purpose,
            sandbox,
            lives,
            wall_seconds(),
            sandbox.world.now,
        )
        given = self._of.setdefault(sandbox.id, deque())
        if len(given) == self._most:
            oldest = given.popleft()
            del self._by_value[oldest.dialect, oldest.value]
        given.append(bearer)
        self._by_value[dialect, bearer.value] = bearer
        return bearer

    def find(self, dialect: str, value: str) -> Bearer | None:
        """The dialect's token of that value, expired or not."""
        return self._by_value.get((dialect, value))

    def renew(self, sandbox: Sandbox) -> None:
        """Another world begins: on its clock, tokens live anew. The integration need not be told
        that its world was reset."""
        for bearer in self._of.get(sandbox.id, ()):
            bearer.issued_at = sandbox.world.now

    def forget(self, sandbox: Sandbox) -> None:
        """The sandbox goes."""
        for bearer in self._of.pop(sandbox.id, ()):
            del self._by_value[bearer.dialect, bearer.value]
