"""OAuth bearer tokens of carriers: given for a client's id and secret, good for so many seconds.

Stock clients reckon a token's end on the wall clock, and keep it until then; so lifetimes run on
the wall clock, unless the sandbox says otherwise (docs/decisions/0008). A token is kept with its
sandbox's other papers; whose it is, every server knows of its own sandboxes.
"""

from dataclasses import dataclass
from secrets import token_urlsafe

from mock_api.kernel.access import BearerToken
from mock_api.kernel.papers import Clock
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.wall_clock import wall_seconds


@dataclass(frozen=True, slots=True)
class Bearer:
    """One token, and whose it is."""

    sandbox: Sandbox
    token: BearerToken

    @property
    def value(self) -> str:
        return self.token.value

    @property
    def purpose(self) -> str:
        """What it was given for, where a carrier tells tokens apart."""
        return self.token.purpose

    @property
    def lives(self) -> int:
        """Seconds."""
        return self.token.lives

    @property
    def is_expired(self) -> bool:
        """By the sandbox's clock for such tokens."""
        if self.sandbox.carrier_tokens is Clock.WALL:
            return wall_seconds() >= self.token.issued_wall + self.lives
        return self.sandbox.world.now >= self.token.issued_at + self.lives


class Bearers:
    """Those of every sandbox of a server."""

    def __init__(self, most: int) -> None:
        """*most* of one sandbox are known; the oldest are forgotten first."""
        self._most = most
        self._whose: dict[str, Sandbox] = {}
        """By dialect and value."""

    def new(self, sandbox: Sandbox, dialect: str, lives: int, purpose: str = "") -> Bearer:
        """A token that lives so many seconds from now."""
        now = wall_seconds(), sandbox.world.now
        token = BearerToken(token_urlsafe(48), dialect, purpose, lives, *now)
        given, key = sandbox.papers.bearers, _key(dialect, token.value)
        if len(given) >= self._most:
            oldest = given.drop_oldest()
            self._whose.pop(_key(oldest.dialect, oldest.value), None)
        given[key] = token
        self._whose[key] = sandbox
        return Bearer(sandbox, token)

    def find(self, dialect: str, value: str) -> Bearer | None:
        """The dialect's token of that value, expired or not."""
        key = _key(dialect, value)
        sandbox = self._whose.get(key)
        return Bearer(sandbox, sandbox.papers.bearers[key]) if sandbox else None

    def enrol(self, sandbox: Sandbox) -> None:
        """From now on its tokens find it, those that it brings."""
        self._whose.update(dict.fromkeys(sandbox.papers.bearers, sandbox))

    def strike_off(self, sandbox: Sandbox) -> None:
        """The sandbox goes."""
        for key in sandbox.papers.bearers:
            self._whose.pop(key, None)


def _key(dialect: str, value: str) -> str:
    return f"{dialect} {value}"
