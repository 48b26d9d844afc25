"""The integration's calls: signed, with tokens that are renewed, and with every answer looked at.

Whoever hangs up before the answer does not know what came of the call; so does whoever gets a 5xx.
Both are ``Unsure`` here: the caller has to look again.
"""

import json
from asyncio import Lock
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, urlsplit

from starlette.types import ASGIApp

from mock_api.seller_center.signing import sign
from scenarios.swarm.dice import Dice
from scenarios.swarm.wire import Answer, Ask, Pairs, Severed, send

Row = dict[str, Any]
_EXPIRED: Final = frozenset({105001, 105002})
_NO_CONSENT: Final = frozenset({36004001, 36004005})
"""Of a refresh: the authorisation is over, by its time or because the seller took it back."""
_PASSING: Final = range(36009000, 36009030)
"""The gateway's own trouble: as good as no answer."""
_BUSY: Final = 429
_BROKEN: Final = 500


class Unsure(Exception):
    """What came of a call is not known."""


class Busy(Exception):
    """The server asks to come again later."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Refused(Exception):
    """The call is refused, for good as far as its caller can tell."""

    def __init__(self, path: str, status: int, code: Any, told: str) -> None:
        super().__init__(f"{path}: {status} {code} {told}")
        self.code = code
        self.status = status


class Lookout(Protocol):
    """Sees every exchange of the integration."""

    def began(self) -> None: ...
    def ended(self, ask: Ask, answer: Answer) -> None: ...
    def severed(self, ask: Ask) -> None: ...


@dataclass(slots=True)
class Line:
    """The one way to the server; everybody's calls go through it, and are seen."""

    app: ASGIApp
    dice: Dice
    impatient: float
    lookout: Lookout
    turn: Lock = field(default_factory=Lock)
    """One call at a time, whoever makes it: what happens meanwhile is its doing."""

    async def ask(self, ask: Ask) -> Answer:
        """The answer, if the caller waits for it; Busy, Unsure."""
        async with self.turn:
            self.lookout.began()
            try:
                answer = await send(self.app, ask)
            except Severed:
                self.lookout.severed(ask)
                raise Unsure(ask.path) from None
            self.lookout.ended(ask, answer)
        if self.dice.chance("impatient", self.impatient):
            raise Unsure(ask.path)
        if answer.status == _BUSY:
            raise Busy(int(answer.headers.get("retry-after") or 1))
        if answer.status >= _BROKEN:
            raise Unsure(ask.path)
        return answer


class Center:
    """The seller center, as the integration calls it."""

    def __init__(self, line: Line, told: Row, now: Callable[[], int]) -> None:
        self._line = line
        self._now = now
        self._key: str = told["app_key"]
        self._secret: str = told["app_secret"]
        self._service: str = told["service_id"]
        self.token: str = told["access_token"]
        self._refresh: str = told["refresh_token"]
        self.ciphers: dict[str, str] = {shop["id"]: shop["cipher"] for shop in told["shops"]}

    async def call(
        self, method: str, path: str, body: Any = None, shop: str = "", **query: Any
    ) -> Row:
        """One signed call about a shop: what its envelope holds; Busy, Unsure, Refused."""
        told = await self._once(method, path, body, shop, query)
        if told["code"] in _EXPIRED:
            await self._renew()
            told = await self._once(method, path, body, shop, query)
        if told["code"] in _PASSING:
            raise Unsure(path)
        if told["code"] != 0:
            raise Refused(path, 200, told["code"], told["message"])
        read: Row = told.get("data") or {}
        return read

    async def at_desk(self, method: str, path: str, body: Any = None) -> Row:
        """What no public API has."""
        content = b"" if body is None else json.dumps(body).encode()
        headers = (("content-type", "application/json"), ("x-tts-access-token", self.token))
        answer = await self._line.ask(Ask(method, f"/desk/v1{path}", (), headers, content))
        return plain(answer, path)

    async def _once(self, method: str, path: str, body: Any, shop: str, query: Row) -> Row:
        content = b"" if body is None else json.dumps(body).encode()
        pairs: Pairs = [(name, str(value)) for name, value in query.items()]
        pairs += [("app_key", self._key), ("timestamp", str(self._now()))]
        if shop:
            pairs.append(("shop_cipher", self.ciphers[shop]))
        pairs.append(("sign", sign(path, pairs, content, self._secret)))
        headers = (("content-type", "application/json"), ("x-tts-access-token", self.token))
        answer = await self._line.ask(Ask(method, path, tuple(pairs), headers, content))
        told: Row = answer.json()
        return told

    async def _renew(self) -> None:
        """A fresh access token, from the refresh token or from a seller who consents again."""
        path, more = "/api/v2/token/refresh", {"refresh_token": self._refresh}
        told = await self._token(path, more | {"grant_type": "refresh_token"})
        if told["code"] in _NO_CONSENT:
            told = await self._consent()
        if told["code"] != 0:
            raise Refused(path, 200, told["code"], told["message"])
        self.token, self._refresh = told["data"]["access_token"], told["data"]["refresh_token"]

    async def _consent(self) -> Row:
        pairs = (("service_id", self._service), ("state", "swarm"))
        answer = await self._line.ask(Ask("GET", "/open/authorize", pairs))
        (code,) = parse_qs(urlsplit(answer.headers["location"]).query)["code"]
        more = {"auth_code": code, "grant_type": "authorized_code"}
        return await self._token("/api/v2/token/get", more)

    async def _token(self, path: str, more: dict[str, str]) -> Row:
        pairs = {"app_key": self._key, "app_secret": self._secret} | more
        answer = await self._line.ask(Ask("GET", path, tuple(pairs.items())))
        told: Row = answer.json()
        return told


def plain(answer: Answer, path: str) -> Row:
    """What an API without envelopes says; Refused in its words."""
    if answer.status >= 400:  # noqa: PLR2004 - HTTP's own border
        raise Refused(path, answer.status, answer.status, answer.body.decode()[:300])
    read: Row = answer.json() if answer.body else {}
    return read
