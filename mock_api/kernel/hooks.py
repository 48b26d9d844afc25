"""Webhook subscriptions of carriers and trackers: who wants to hear what, and where it goes.

One kind for all vendors, so that a dialect keeps no state: one subscription a number (UPS, J&T),
one for everything that an account tracks (EasyPost), or one set in the vendor's console (17TRACK,
AfterShip), which here the control API is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from mock_api.kernel.durable.kept import Counts, Kept, Of
from mock_api.kernel.messages import Manner, Message
from mock_api.kernel.outbox import Outbox
from mock_api.kernel.webhook_urls import flaw_of
from simulator.clock import EPOCH, Instant

CONSOLE: Final = "console"
"""The id of what was set in the vendor's console."""
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What may be a header's name (RFC 9110)."""
_OURS: Final = re.compile(
    r"host|content-length|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|via"
    r"|proxy-.*",
    re.IGNORECASE,
)
"""Headers that say how a request travels: no subscription sets them."""


class HookRefused(Exception):
    """No such subscription can be."""


class BadHookUrl(HookRefused):
    """No webhook may go to that address; the flaw says why."""

    def __init__(self, flaw: str) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class TooManyHooks(HookRefused):
    """The sandbox holds as many as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"this sandbox has {self.limit} subscriptions of carriers already: delete one first"


@dataclass(slots=True)
class Hook:
    """One subscription. What its vendor lets change may be changed in place (``Hooks.changed``)."""

    dialect: str
    url: str
    secret: str = ""
    """Signs, or is shown to the receiver, as the vendor does it."""
    topics: frozenset[str] = frozenset()
    """Kinds of news, in the vendor's words; empty: all."""
    number: str = ""
    """News of that tracking number only; empty: of all."""
    headers: dict[str, str] = field(default_factory=dict)
    """Sent along, in place of the vendor's own of that name; but for those that say how a request
    travels."""
    ends_at: Instant | None = None
    disabled: bool = False
    notes: dict[str, str] = field(default_factory=dict)
    """What only its vendor asks for and shows again."""
    id: str = ""
    """Left out, a number of the sandbox's."""
    created_at: Instant = EPOCH

    def wants(self, topic: str, number: str) -> bool:
        return (not self.topics or topic in self.topics) and self.number in ("", number)


@dataclass(slots=True)
class Hooks:
    """Those of one world of a sandbox."""

    now: Callable[[], Instant]
    outbox: Outbox
    is_strict: Callable[[], bool]
    """Whether only such addresses will do as real vendors take."""
    limit: int
    counts: Counts
    kept: Kept[Hook] = field(default_factory=lambda: Kept("hooks", Of(Hook)))
    """By dialect and id, oldest first."""
    _by_dialect: dict[str, dict[str, Hook]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.kept)

    def resume(self) -> None:
        """Those that were loaded are found again."""
        self._by_dialect.clear()
        for hook in self.kept.values():
            self._by_dialect.setdefault(hook.dialect, {})[hook.id] = hook

    @property
    def room(self) -> int:
        """How many more there may be. What has ended takes no place."""
        self._forget_ended()
        return max(0, self.limit - len(self.kept))

    def add(self, hook: Hook) -> Hook:
        """One more, or in place of the one with its id. BadHookUrl, TooManyHooks."""
        flaw = self.flaw_of(hook.url)
        if flaw:
            raise BadHookUrl(flaw)
        others = self._by_dialect.setdefault(hook.dialect, {})
        is_new = hook.id not in others
        if is_new and len(self.kept) >= self.limit and not self.room:
            raise TooManyHooks(self.limit)
        if not hook.id:
            hook.id = str(self.counts.one_more("hooks"))
        hook.created_at = self.now()
        others[hook.id] = self.kept[_key(hook.dialect, hook.id)] = hook
        return hook

    def changed(self, hook: Hook) -> None:
        """In place."""
        self.kept.touch(_key(hook.dialect, hook.id))

    def console(self, dialect: str) -> Hook | None:
        return self.get(dialect, CONSOLE)

    def get(self, dialect: str, hook_id: str) -> Hook | None:
        return self._by_dialect.get(dialect, {}).get(hook_id)

    def of(self, dialect: str) -> list[Hook]:
        """Oldest first."""
        return list(self._by_dialect.get(dialect, {}).values())

    def any_of(self, dialect: str) -> bool:
        """Whether anybody listens: asked at each fact, before anything is worked out."""
        return bool(self._by_dialect.get(dialect))

    def remove(self, dialect: str, hook_id: str) -> bool:
        """False, if there is none of that id."""
        gone = self._by_dialect.get(dialect, {}).pop(hook_id, None)
        self.kept.drop(_key(dialect, hook_id))
        return gone is not None

    def hearing(self, dialect: str, topic: str, number: str = "") -> list[Hook]:
        """Who hears such news of that number now: neither disabled nor ended."""
        return [hook for hook in self._alive(dialect) if hook.wants(topic, number)]

    def tell(
        self,
        hook: Hook,
        news: tuple[str, str],
        body: bytes,
        headers: Mapping[str, str],
        manner: Manner,
    ) -> Message:
        """Write to the outbox. *news*: whom or what it is about (the lane: no news overtakes its
        own), and its topic. For planned faults, its kind is ``{dialect}.{topic}``."""
        lane, topic = news
        kind = f"{hook.dialect}.{topic}"
        return self.outbox.write(lane, kind, hook.url, _joined(headers, hook.headers), body, manner)

    def flaw_of(self, url: str) -> str:
        """Why no webhook may go there; empty: it may."""
        return flaw_of(url, strict=self.is_strict())

    def _forget_ended(self) -> None:
        now = self.now()
        for dialect, hooks in self._by_dialect.items():
            for hook in list(hooks.values()):
                if hook.ends_at is not None and hook.ends_at <= now:
                    self.remove(dialect, hook.id)

    def _alive(self, dialect: str) -> Iterator[Hook]:
        now = self.now()
        for hook in self._by_dialect.get(dialect, {}).values():
            if not hook.disabled and (hook.ends_at is None or now < hook.ends_at):
                yield hook


def _key(dialect: str, hook_id: str) -> str:
    return f"{dialect} {hook_id}"


def _joined(vendors: Mapping[str, str], wished: Mapping[str, str]) -> dict[str, str]:
    """Both, a name once however it is written."""
    added = {
        name: value
        for name, value in wished.items()
        if _TOKEN.fullmatch(name) and not _OURS.fullmatch(name)
    }
    taken = {name.lower() for name in added}
    return {name: value for name, value in vendors.items() if name.lower() not in taken} | added
