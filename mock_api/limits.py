"""Bounds on everything that a client could make grow, and how whoever starts a server chooses them.

docs/settings.md says of each what becomes of whatever goes over it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from simulator.bounds import Bounds

KIB: Final = 1024
MIB: Final = 1024 * KIB
GIB: Final = 1024 * MIB

ENVIRONMENT: Final = "SEATRIAL_LIMIT_"
"""Before a limit's name in capitals: an environment variable that sets it."""


@dataclass(frozen=True, slots=True)
class Limits(Bounds):
    """Bounds of one server: those of every world in it, and these. Bytes, counts and seconds; *per
    sandbox* if nothing else is said."""

    # Requests, and the server as a whole.
    body_bytes: int = 2 * MIB
    """A request's body; a longer one is refused in the dialect's words."""
    upload_bytes: int = 11 * MIB
    """The same of a form with files: the platform takes files of up to 10 MB."""
    file_bytes: int = 1 * GIB
    """A sandbox's file that is uploaded."""
    head_bytes: int = 64 * KIB
    """A request's path, query and headers together."""
    connections: int = 1_000
    """Of the whole server, at the same time; and as many requests under way."""
    sandboxes: int = 1_000
    """Of the whole server."""
    calls_per_second: int = 50
    """Of one endpoint of the seller center for one shop, on the wall clock; zero: no limit. Each
    sandbox may have its own."""
    page_bytes: int = 16 * MIB
    """Of exchanges or webhooks in one answer of the control API."""
    advance_budget_s: float = 20.0
    """Wall time after which an advance answers 202 and goes on by itself."""
    virtual_days_per_advance: int = 366
    snapshots: int = 20
    """That a sandbox can go back to."""

    # What is remembered of traffic.
    exchanges: int = 2_000
    """Requests with their answers kept in memory; the oldest go first. A sandbox may have its
    own."""
    exchanges_at_most: int = 100_000
    """What a sandbox may ask for as its own."""
    exchange_bytes: int = 64 * MIB
    """Bodies in that memory: over it, the oldest exchanges go, however few there are."""
    exchange_body_bytes: int = 64 * KIB
    """How much of a body the exchange log keeps."""
    spill_bytes: int = 1 * GIB
    """Exchanges on disk, where a sandbox asked for it; the oldest go first."""
    webhooks_waiting: int = 100_000
    """Messages on their way, further attempts included."""
    webhooks_listed: int = 10_000
    """Messages that can be looked at; the oldest go first."""
    answers_remembered: int = 10_000
    """Of calls with an idempotency key; the oldest go first."""
    tokens: int = 1_000
    """Of one kind: the seller's access tokens, refresh tokens and codes, carriers' bearer tokens.
    The oldest are forgotten first."""
    facts_in_memory: int = 100_000
    """The latest facts of a sandbox; older ones are in its archive, and read as slowly as disks."""
    listed_in_memory: int = 100_000
    """Entries of each of the seller center's lists of a shop, those that moved last; the others are
    on disk, and listed all the same."""

    # What is beside those of a world.
    ended_orders_stay_s: int = 86_400
    """Virtual seconds after its end for which an order stays in memory."""
    orders_per_call: int = 100_000
    """Orders that one call of the control API may place."""
    sources: int = 100
    """Sources of demand that a sandbox holds, those that have ended included."""
    orders_per_source: int = 1_000_000
    """Orders that one source of demand may bring."""
    evidence_bytes: int = 64 * MIB
    """Photos and papers kept per sandbox."""
    files_bytes: int = 64 * MIB
    """What sellers upload; the oldest goes first."""
    hooks: int = 1_000
    """Webhook subscriptions of carriers and trackers that a sandbox holds."""
    faults: int = 100
    """Planned faults that a sandbox holds."""

    def bounds(self) -> Bounds:
        """A world's alone, as its configuration has them."""
        return Bounds(**{each.name: getattr(self, each.name) for each in fields(Bounds)})


USUAL: Final = Limits()
_MAY_BE_ZERO: Final = frozenset({"calls_per_second", "ended_orders_stay_s"})


class BadLimit(ValueError):
    """No limit can be chosen so; the text says why, and what there is."""


def chosen(texts: Iterable[str], environment: Mapping[str, str]) -> Limits:
    """The limits that *texts* (``NAME=VALUE``) and the *environment* (``SEATRIAL_LIMIT_NAME``)
    choose; a text counts more. BadLimit names what does not do."""
    wanted = {
        name.removeprefix(ENVIRONMENT).lower(): (value, name)
        for name, value in environment.items()
        if name.startswith(ENVIRONMENT)
    }
    for text in texts:
        name, joint, value = text.partition("=")
        if not joint:
            raise BadLimit(f"{text!r} is no NAME=VALUE")
        wanted[name.strip().replace("-", "_")] = value, name
    known = asdict(USUAL)
    given: dict[str, Any] = {
        name: _number(name, value, told, known) for name, (value, told) in sorted(wanted.items())
    }
    return replace(USUAL, **given)


def in_force(limits: Limits) -> list[dict[str, Any]]:
    """Each limit with its value and its default."""
    return [
        {"name": each.name, "value": getattr(limits, each.name), "default": each.default}
        for each in fields(Limits)
    ]


def _number(name: str, text: str, told: str, known: Mapping[str, int | float]) -> int | float:
    if name not in known:
        raise BadLimit(f"there is no limit {told!r}; there are {', '.join(known)}")
    kind = type(known[name])
    least = 0 if name in _MAY_BE_ZERO else 1
    try:
        number = kind(text)
    except ValueError:
        number = -1
    if not least <= number <= _MOST:
        a_number = "a number" if kind is float else "a whole number"
        raise BadLimit(f"{told}={text}: is {a_number} from {least} to {_MOST}")
    return number


_MOST: Final = 2**53
"""As far as everybody's JSON counts."""
