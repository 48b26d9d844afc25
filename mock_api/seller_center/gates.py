"""The gates in front of every business endpoint, in the platform's order.

Path and method (the router) come first, then app key, the app's allow list, timestamp, signature,
token, scope, shop cipher, closed doors, rate. The app key's place is observed; the rest of the
order is inferred.
"""

import hmac
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request, Response

from mock_api.kernel.exchanges import exchange_of
from mock_api.kernel.faults import OF_REQUESTS, Call, Plan, What
from mock_api.kernel.gates import Gate
from mock_api.kernel.papers import Clock
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.spoiling import befall
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center import errors
from mock_api.seller_center.diagnosis import Attempt, diagnose
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.known.table import transient_words
from mock_api.seller_center.signing import Pairs, sign
from simulator import World
from simulator.admission import BY_TIME
from simulator.clock import MINUTE
from simulator.errors import NotFound
from simulator.registry import Shop
from simulator.words import Word

DIALECT: Final = "seller_center"
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
    """Empty: any token will do."""
    cipher: Cipher
    answered: bool = False
    """It answers from fixed words: nothing in the world stands behind it."""
    takes_asset: bool = False
    """It is about a category asset, and takes that one's cipher."""
    rules: str = ""
    """Of the simulation's rules, those behind it: ``D1 H2``."""


@dataclass(slots=True)
class Caller:
    """Who calls: learned gate by gate."""

    sandbox: Sandbox
    query: Pairs
    scopes: frozenset[str] = frozenset()
    shop: Shop | None = None


def access(
    *scopes: str, cipher: Cipher = Cipher.REQUIRED, answered: bool = False, rules: str = ""
) -> Callable[[Endpoint], Endpoint]:
    """Declare what the endpoint below asks of its callers, and what stands behind its answers."""
    return declared(Access(frozenset(scopes), cipher, answered=answered, rules=rules))


def declared(what: Access) -> Callable[[Endpoint], Endpoint]:
    """The same, in one piece."""

    def with_access(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _ACCESS, what)
        return endpoint

    return with_access


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


async def allowed_address(request: Request, _: Callable[..., Any]) -> None:
    """From an address of the app's allow list, where it keeps one."""
    host = request.client.host if request.client else ""
    if not caller_of(request).sandbox.doors.lets_from(host):
        raise Refusal(errors.IP_NOT_ALLOWED)


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
    if not caller.sandbox.holds(token):
        ran_out = caller.sandbox.world.registry.reminder.state.ended_by == BY_TIME
        raise Refusal(errors.TOKEN_EXPIRED if ran_out else errors.TOKEN_REVOKED)
    if token.expires_at <= caller.sandbox.world.now:
        raise Refusal(errors.TOKEN_EXPIRED)
    caller.scopes = token.scopes


async def granted_scope(request: Request, endpoint: Callable[..., Any]) -> None:
    asked = access_of(endpoint).scopes
    if asked and not asked & caller_of(request).scopes:
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


async def known_asset(request: Request, endpoint: Callable[..., Any]) -> None:
    """The cipher of a category asset: the right one, and only where one is taken."""
    caller = caller_of(request)
    cipher = first(caller.query, "category_asset_cipher")
    if not cipher:
        return
    if not access_of(endpoint).takes_asset:
        raise Refusal(errors.ASSET_UNWANTED)
    if cipher != asset_cipher(caller.sandbox):
        raise Refusal(errors.WRONG_ASSET)


async def open_doors(request: Request, _: Callable[..., Any]) -> None:
    """The platform has shut out neither the seller nor the shop: by hand, or for its penalty
    points."""
    caller = caller_of(request)
    here, shop = caller.sandbox.world.registry, caller.shop
    state = here.reminder.state
    if state.seller_out:
        raise Refusal(errors.SELLER_DEACTIVATED)
    if shop and (shop.id in state.shops_out or here.books.account(shop.id).closed_at):
        raise Refusal(errors.SHOP_DEACTIVATED)


async def within_rate(request: Request, endpoint: Callable[..., Any]) -> None:
    """Not more calls of the endpoint for the shop than the sandbox takes."""
    caller = caller_of(request)
    shop_id = caller.shop.id if caller.shop else ""
    if not caller.sandbox.doors.lets_one_more(shop_id, endpoint.__name__):
        raise Refusal(errors.TOO_MANY)


async def planned_fault(request: Request, endpoint: Callable[..., Any]) -> Response | None:
    """The platform fails on purpose, where somebody planned it: behind every other gate, since
    what no gate lets in could not have failed."""
    sandbox = caller_of(request).sandbox
    if not sandbox.faults.planned:
        return None
    call = Call(DIALECT, endpoint.__name__, _orders_of(request, sandbox.world))
    return befall(exchange_of(request.scope), call, failure, OF_REQUESTS)


def failure(plan: Plan) -> Refusal:
    """What the platform says when it fails so."""
    return Refusal(_row_of(plan), plan.retry_after)


def _row_of(plan: Plan) -> Row:
    if plan.what is not What.REFUSED:
        return _IN_WORDS[plan.what]
    return errors.GATEWAY.get(plan.code) or Row(plan.code, transient_words()[plan.code])


def asset_cipher(sandbox: Sandbox) -> str:
    """What stands for the partner's one category asset."""
    return f"{sandbox.grants.prefix}asset-{sandbox.app.key}"


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
    allowed_address,
    fresh_timestamp,
    valid_signature,
    live_token,
    granted_scope,
    known_shop,
    known_asset,
    open_doors,
    within_rate,
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
