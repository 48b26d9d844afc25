"""Who may come in: an app's key and secret, and the tokens and codes that a seller granted it; and
carriers' tokens.

Lifetimes run on virtual time. Values are unguessable; only the default sandbox's are well known.
"""

from dataclasses import dataclass, field
from secrets import randbelow, token_hex, token_urlsafe
from typing import Any, Final

from mock_api.kernel.durable.kept import Kept, Of, Plain
from simulator.clock import DAY, MINUTE, Instant, later

CODE_LIVES: Final = 30 * MINUTE
ACCESS_TOKEN_LIVES: Final = 7 * DAY


_RENEWED: Final = 50


@dataclass(frozen=True, slots=True)
class App:
    """The integration's own credentials."""

    key: str
    secret: str
    service_id: str
    redirect_url: str = ""
    """Where the authorise page sends the seller back to; left out, to a page of the server's own
    that shows the code."""

    @classmethod
    def made_up(cls, redirect_url: str) -> "App":
        return cls(token_hex(6), token_hex(20), str(7 * 10**18 + randbelow(10**18)), redirect_url)


@dataclass(slots=True)
class AccessToken:
    """What the integration shows with each call."""

    value: str
    expires_at: Instant
    scopes: frozenset[str]
    revoked: bool = False
    serial: int = 0
    """Of the authorisation that it was given under."""


@dataclass(slots=True)
class BearerToken:
    """What a client of a carrier's API shows with each call."""

    value: str
    dialect: str
    purpose: str
    """What it was given for, where a carrier tells tokens apart."""
    lives: int
    """Seconds."""
    issued_wall: Instant
    issued_at: Instant
    """In virtual time."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The authorisation that tokens are given under: which one it is, and when its term is over."""

    serial: int
    ends_at: Instant


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """It lives as long as the authorisation that it was given under."""

    expires_at: Instant
    serial: int


@dataclass(slots=True)
class Grants:
    """What sellers allowed one app to do, and the papers that prove it."""

    scopes: frozenset[str]
    prefix: str = "ROW_"
    codes: Kept[Instant] = field(default_factory=lambda: Kept("codes", Plain()))
    """Authorisation codes not yet used, and when each runs out."""
    access: Kept[AccessToken] = field(default_factory=lambda: Kept("access", Of(AccessToken)))
    refresh: Kept[RefreshToken] = field(default_factory=lambda: Kept("refresh", Of(RefreshToken)))
    most: int = 1_000
    """Of each of the three; the oldest are forgotten first."""
    spared: frozenset[str] = frozenset()
    """The first tokens, which the sandbox shows: they are never forgotten."""

    def parts(self) -> tuple[Kept[Any], ...]:
        """What of it changes with each call of the authorisation's endpoints."""
        return self.codes, self.access, self.refresh

    def new_code(self, now: Instant) -> str:
        """The seller consents: a code for the redirect, good once and for half an hour."""
        code = self.prefix + token_urlsafe(24)
        self.codes[code] = later(now, CODE_LIVES)
        self._forget_of(self.codes)
        return code

    def take_code(self, code: str, now: Instant) -> bool:
        """Use a code up; false if there is no such code, or no more."""
        ends_at = self.codes.drop(code)
        return ends_at is not None and ends_at >= now

    def new_access(self, now: Instant, value: str = "", *, serial: int = 0) -> AccessToken:
        token = AccessToken(
            value or self.prefix + token_urlsafe(48),
            later(now, ACCESS_TOKEN_LIVES),
            self.scopes,
            serial=serial,
        )
        self.access[token.value] = token
        self._forget_of(self.access)
        return token

    def new_refresh(self, consent: Consent, value: str = "") -> str:
        token = value or self.prefix + token_urlsafe(40)
        self.refresh[token] = RefreshToken(consent.ends_at, consent.serial)
        self._forget_of(self.refresh)
        return token

    def new_cipher(self) -> str:
        """What stands for a shop in requests."""
        return self.prefix + token_urlsafe(24)

    def narrow(self, scopes: frozenset[str]) -> None:
        """These are granted from now on, to tokens that are out as well."""
        self.scopes = scopes
        for value, token in self.access.items():
            token.scopes = scopes
            self.access.touch(value)

    def renew(self, now: Instant, consent: Consent) -> None:
        """Another world begins: codes are void, and the latest tokens that the integration was
        given live from *now* on. It need not be told that its world was reset."""
        self.codes.clear()
        access, refresh = list(self.access)[-_RENEWED:], list(self.refresh)[-_RENEWED:]
        self.access.clear()
        self.refresh.clear()
        for value in access:
            self.new_access(now, value, serial=consent.serial)
        for value in refresh:
            self.new_refresh(consent, value)

    def _forget_of(self, papers: dict[str, Any]) -> None:
        """The oldest, if there are too many by now."""
        if len(papers) > self.most + sum(value in papers for value in self.spared):
            del papers[next(value for value in papers if value not in self.spared)]
