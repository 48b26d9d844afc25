"""The gates in front of every business endpoint, in the platform's order.

Path and method (the router) come first, then app key, timestamp, signature, token, scope, shop
cipher. The first two after the path are observed; the rest of the order is inferred.
"""

import hmac
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request

from mock_api.kernel.exchanges import exchange_of
from mock_api.kernel.faults import What
from mock_api.kernel.gates import Gate
from mock_api.kernel.sandbox import Clock, Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center import errors
from mock_api.seller_center.diagnosis import Attempt, diagnose
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.signing import Pairs, sign
from simulator import World
from simulator.clock import MINUTE
from simulator.errors import NotFound
from simulator.registry import Shop
from simulator.words import Word

_OLDEST_S: Final = 5 * MINUTE
_NEWEST_S: Final = 30
_CALLER: Final = "seatrial.caller"
_ACCESS: Final = "__seller_center_access__"

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Cipher(Word):
    """Whether an endpoint takes a shop cipher."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Access:
    """What an endpoint asks of its callers: one of *scopes*, and a shop cipher or none."""

    scopes: frozenset[str]
    cipher: Cipher


@dataclass(slots=True)
class Caller:
    """Who calls: learned gate by gate."""

    sandbox: Sandbox
    query: Pairs
    scopes: frozenset[str] = frozenset()
    shop: Shop | None = None


def access(*scopes: str, cipher: Cipher = Cipher.REQUIRED) -> Callable[[Endpoint], Endpoint]:
    """Declare what the endpoint below asks of its callers."""

    def declared(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _ACCESS, Access(frozenset(scopes), cipher))
        return endpoint

    return declared


def caller_of(request: Request) -> Caller:
    """Who passed the gates."""
    caller = request.scope[_CALLER]
    assert isinstance(caller, Caller)
    return caller


def access_of(endpoint: Callable[..., Any]) -> Access:
    """What it declared."""
    declared = getattr(endpoint, _ACCESS)
    assert isinstance(declared, Access)
    return declared


async def known_app_key(request: Request, endpoint: Callable[..., Any]) -> None:
    query = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    sandbox = sandboxes.with_app_key(first(query, "app_key"))
    if sandbox is None:
        raise Refusal(errors.BAD_APP_KEY)
    exchange = exchange_of(request.scope)
    exchange.belongs_to(sandbox)
    exchange.operation = endpoint.__name__
    request.scope[_CALLER] = Caller(sandbox, query)


async def fresh_timestamp(request: Request, _: Callable[..., Any]) -> None:
    """Ten digits of seconds: not older than five minutes, not more than 30 seconds ahead."""
    caller = caller_of(request)
    given = first(caller.query, "timestamp")
    if not given.isascii() or not given.isdigit() or len(given) > len("9999999999"):
        raise Refusal(errors.TIMESTAMP_NEGATIVE)
    on_wall = caller.sandbox.timestamps is Clock.WALL
    now = wall_seconds() if on_wall else caller.sandbox.world.now
    if int(given) < now - _OLDEST_S:
        raise Refusal(errors.TIMESTAMP_OLD)
    if int(given) > now + _NEWEST_S:
        raise Refusal(errors.TIMESTAMP_AHEAD)


async def valid_signature(request: Request, _: Callable[..., Any]) -> None:
    """Over the raw bytes, whatever they say: a malformed body with a bad signature is a bad
    signature. The platform's own samples disagree on encoded paths and repeated keys, so both
    readings are good."""
    caller = caller_of(request)
    given = first(caller.query, "sign")
    if not given:
        raise Refusal(errors.NO_SIGN)
    secret = caller.sandbox.app.secret
    body = b"" if _is_multipart(request) else await request.body()
    path, encoded = request.scope["path"], request.scope["raw_path"].decode("latin-1")
    for text_path, pairs in _readings(path, encoded, caller.query):
        if hmac.compare_digest(sign(text_path, pairs, body, secret).encode(), given.encode()):
            return
    exchange_of(request.scope).diagnosis = diagnose(
        Attempt(path, caller.query, body, given), secret
    )
    raise Refusal(errors.BAD_SIGN)


async def live_token(request: Request, _: Callable[..., Any]) -> None:
    caller = caller_of(request)
    token = caller.sandbox.grants.access.get(request.headers.get("x-tts-access-token", ""))
    if token is None:
        raise Refusal(errors.BAD_TOKEN)
    if token.revoked:
        raise Refusal(errors.TOKEN_REVOKED)
    if token.expires_at <= caller.sandbox.world.now:
        raise Refusal(errors.TOKEN_EXPIRED)
    caller.scopes = token.scopes


async def granted_scope(request: Request, endpoint: Callable[..., Any]) -> None:
    if not access_of(endpoint).scopes & caller_of(request).scopes:
        raise Refusal(errors.NO_SCOPE)


async def known_shop(request: Request, endpoint: Callable[..., Any]) -> None:
    caller, wanted = caller_of(request), access_of(endpoint).cipher
    cipher = first(caller.query, "shop_cipher")
    if not cipher:
        if wanted is Cipher.REQUIRED:
            raise Refusal(errors.NO_CIPHER)
    elif wanted is Cipher.ABSENT:
        raise Refusal(errors.CIPHER_UNWANTED)
    else:
        caller.shop = caller.sandbox.shop_of(cipher)
        if caller.shop is None:
            raise Refusal(errors.WRONG_CIPHER)


async def planned_fault(request: Request, endpoint: Callable[..., Any]) -> None:
    """The platform fails on purpose, where somebody planned it: behind every other gate, since
    what no gate lets in could not have failed."""
    sandbox = caller_of(request).sandbox
    if not sandbox.faults.planned:
        return
    orders = _orders_of(request, sandbox.world)
    plan = sandbox.faults.of_request(orders, endpoint.__name__, sandbox.world.now)
    if plan:
        raise Refusal(_IN_WORDS[plan.what], plan.retry_after)


def _orders_of(request: Request, world: World) -> frozenset[str]:
    """The orders that a call names: in its path, as the owner of a package, or in a list of ids."""
    named = {request.path_params.get("order_id", "")}
    package = request.path_params.get("package_id", "")
    if package:
        with suppress(NotFound):  # the endpoint refuses it in its own words
            named.add(world.parcel(package).order_id)
    for value in request.query_params.getlist("ids"):
        named.update(value.split(","))
    return frozenset(named - {""})


_IN_WORDS: Final = {
    What.THROTTLED: errors.TOO_MANY,
    What.OVERLOADED: errors.OVERLOADED,
    What.INTERNAL_ERROR: errors.INTERNAL,
}

GATES: Final[Sequence[Gate]] = (
    known_app_key,
    fresh_timestamp,
    valid_signature,
    live_token,
    granted_scope,
    known_shop,
    planned_fault,
)


def first(query: Pairs, key: str) -> str:
    """The first value of *key*, or nothing."""
    return next((value for name, value in query if name == key), "")


def _is_multipart(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def _readings(path: str, encoded: str, query: Pairs) -> list[tuple[str, Pairs]]:
    """What a client may have signed: decoded or encoded path, all values of a key or its first."""
    once = list(dict(reversed(query)).items())
    paths = [path] if path == encoded else [path, encoded]
    queries = [query] if len(once) == len(query) else [query, once]
    return [(text, pairs) for text in paths for pairs in queries]
