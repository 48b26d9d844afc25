"""Tenants of one server: each with a sandbox full of things, the calls of every API with its own
credentials, and what is its alone. What the tests share that are about who sees what."""

import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from mock_api.carriers.dialects import discovered
from mock_api.control.app import create_control
from mock_api.desk.app import create_desk
from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.app import create_seller_center
from mock_api.seller_center.known.table import match
from mock_api.seller_center.known.table import operations as known_operations
from mock_api.seller_center.signing import sign
from mock_api.settings import ServerSettings
from simulator.shipments.model import Wish
from tests.mock_api.carriers.own_calls import OwnCalls
from tests.mock_api.odd_requests import described
from tests.simulator.shippers import BOX, BUYER, SENDER

IDS = re.compile(r"[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*")
LEAST_OF_AN_ID = 9
NOT_TO_BE_CALLED = re.compile(
    r"/sandboxes$|/sandboxes/\{sandbox_id\}(/reset|/clock.*|/access|/authorization.*|/seller/.*"
    r"|/shops.*|/demand.*|)$|/health|/authorized|^/exchanges"
)
"""Of the control API: what opens and ends sandboxes, moves clocks, and closes doors. The strays'
log is nobody's."""
APART = ("/_", "/open/", "/oauth/", "/api/v2/")
"""Of the seller center: links and authorise pages. Who is asked for has a secret in its address."""


FIXED = {
    "aftership version": "2026-07",
    "ups version": "v1",
    "ups level": "enhanced",
    "control dialect": "easypost",
    "4px method": "ds.xms.order.get",
}
"""What names in paths stand for, where they are no ids."""
USUAL = {"page_size": "10", "sort_field": "create_time", "currency": "USD", "limit": "50"}
"""Of queries, what lists ask for."""


@dataclass(frozen=True)
class Operation:
    """One of one API, as the application describes it itself."""

    api: str
    method: str
    path: str
    names: tuple = ()
    body: Any = None
    schemas: Any = None
    simulated: bool = True

    def __str__(self):
        return f"{self.api} {self.method} {self.path}"


def _of(api, app):
    for each in described(app):
        method, path, names, body, schemas = each.values
        yield Operation(api, method, path, tuple(names), body, schemas)


def every_operation():
    nobody = Sandboxes(ServerSettings(default_sandbox=False), (), frozenset())
    own = ServerSettings()
    seller_center = [
        each
        for each in _of("seller center", create_seller_center(nobody))
        if not each.path.startswith(APART)
    ]
    there = {(each.method, each.path) for each in seller_center}
    unsimulated = [
        Operation("seller center", each.method, each.path, simulated=False)
        for each in known_operations()
        if (each.method, each.path) not in there
    ]
    control = create_control(nobody, ExchangeLog(Keeping(1), own.limits), own)
    controls = [each for each in _of("control", control) if not NOT_TO_BE_CALLED.search(each.path)]
    carriers = [
        each for dialect in discovered() for each in _of(dialect.name, dialect.create(nobody, own))
    ]
    return [
        *seller_center,
        *unsimulated,
        *_of("desk", create_desk(nobody, own)),
        *controls,
        *carriers,
    ]


class Tenant:
    """One sandbox, whoever owns it."""

    def __init__(self, box):
        self.box = box
        self.own = OwnCalls(box)
        self.ids = defaultdict(list)
        """By the name of what holds them: ``order_id``, ``number``."""
        _settle_in(box)
        self._learn(self.box.inside.world.save())
        told = {key: box.told[key] for key in ("app_key", "service_id", "shops", "carriers")}
        self._learn(told)

    def call(self, operation, fill, content=b"", query=()):
        """The operation with this tenant's credentials. *fill* gives what a name in the path
        stands for."""

        def filling(found):
            return FIXED.get(f"{operation.api} {found[1]}") or fill(found[1])

        path = re.sub(r"\{(\w+)(?::\w+)?\}", filling, operation.path)
        query = [*query, *((name, USUAL[name]) for name in operation.names if name in USUAL)]
        content = fitted(operation, content, fill)
        match operation.api:
            case "seller center":
                return self._signed(operation.method, path, list(query), content)
            case "desk":
                headers = {"authorization": f"Bearer {self.box.token}"}
                return self._plain(operation.method, path, query, content, headers)
            case "control":
                path = "/_seatrial" + path.replace(fill("sandbox_id"), self.box.id, 1)
                return self._plain(operation.method, path, query, content, {})
            case name:
                return self.own.request(name, operation.method, path, query, content)

    def _plain(self, method, path, query, content, headers):
        headers = headers | {"content-type": "application/json"}
        return self.box.served.http.request(
            method, path, params=list(query), content=content, headers=headers
        )

    def _signed(self, method, path, pairs, content):
        pairs += [("app_key", self.box.app_key), ("timestamp", str(wall_seconds()))]
        known = match(method, path)
        if known is None or known.cipher != "-":
            pairs.append(("shop_cipher", self.box.cipher))
        pairs.append(("sign", sign(path, pairs, content, self.box.secret)))
        headers = {"x-tts-access-token": self.box.token, "content-type": "application/json"}
        return self.box.served.http.request(
            method, path, params=pairs, content=content, headers=headers
        )

    def look_around(self, operations):
        """Ask for every list there is, and keep what the answers call things: of every API's own
        ids, nothing else tells."""
        for nth, operation in enumerate(operations):
            is_list = operation.method == "GET" or operation.path.endswith(("/search", "list"))
            if is_list and operation.simulated:
                answer = self.call(operation, lambda name, nth=nth: self.id_for(name, nth))
                if "json" in answer.headers.get("content-type", ""):
                    self._learn(answer.json())

    def _learn(self, told, name=""):
        match told:
            case dict():
                for key, value in told.items():
                    if key.isdigit() or len(key) > 30:
                        self._note(name, key)
                    self._learn(value, f"{name}_id" if key == "id" else key)
            case list() | tuple():
                for value in told:
                    self._learn(value, name)
            case str():
                self._note(name, told)

    def _note(self, name, text):
        known = self.ids[name]
        if len(text) >= LEAST_OF_AN_ID and IDS.fullmatch(text) and text not in known:
            known.append(text)

    @property
    def all(self):
        return {each for found in self.ids.values() for each in found}

    def id_for(self, name, nth):
        """One that *name* may stand for: one of its very name, of a like one, or any."""
        word = name.lower().removesuffix("s").removesuffix("_id").rpartition("_")[2]
        like = [
            found
            for key, found in self.ids.items()
            if found and (key == name or (len(word) > 2 and word in key.lower()))
        ]
        pool = [each for found in like for each in found] or sorted(self.all)
        return pool[nth % len(pool)]


def _settle_in(box):
    """Orders in every stage of their lives, with what impatient buyers do about them; webhooks, and
    shipments of every carrier."""
    box.place(count=3, behaviour="prompt", buyer="impatient")
    box.advance(by="20d")
    box.renew()
    box.place(count=1, paid=False)
    box.released(shipping="seller")
    box.shipped()
    gone = box.place_one()
    box.control("POST", f"/buyers/{gone}/cancel")
    box.subscribe("http://127.0.0.1:9/hook")
    world = box.inside.world
    for carrier in world.registry.carriers:
        world.shippers.ship(Wish("test", SENDER, BUYER, (BOX,), carrier))
    box.advance(by="3d")
    box.place(count=2)
    box.close()


# What becomes of a body.


def fitted(operation, content, fill):
    """*content* with an id in place of whatever is called like one; EMS has its call's code in
    front."""
    try:
        told = json.loads(content or b"null")
    except (ValueError, RecursionError):
        told = None
    text = content if told is None else json.dumps(_fitted(told, fill, "")).encode()
    return b"040001 " + text if operation.api == "ems" else text


def _fitted(told, fill, name):
    match told:
        case dict():
            return {key: _fitted(value, fill, key) for key, value in told.items()}
        case list():
            return [_fitted(value, fill, name) for value in told]
        case str() if re.search(r"(?i)id$|ids$|number|code$|_no$|waybill|tracking", name):
            return fill(name)
        case _:
            return told


# What is kept.

_LEFT_OUT = {"Sandbox", "Driver", "Courier", "Traffic", "Outbox", "ExchangeLog", "ArchiveFile"}
_KEPT = (
    *("config", "papers", "timestamps", "carrier_tokens", "lenient", "door_rules", "all_scopes"),
    *("facts", "_attached", "remembered", "faults", "subscriptions", "app_webhooks", "hooks"),
)


def state_of(box):
    """All that a sandbox keeps, in short: its world as it would be saved, and what the server has
    beside it."""
    sandbox = box.inside
    kept = {
        "world": sandbox.world.save(),
        "digest": sandbox.world.journal.digest(),
        "exchanges": sandbox.exchanges.count,
        "webhooks": len(sandbox.outbox.all),
        "turned away": dict(sandbox.doors.turned_away),
        "kept": [_plain(getattr(sandbox, name), set()) for name in _KEPT],
    }
    return sha256(repr(kept).encode()).hexdigest()


def _plain(value, seen):
    if isinstance(value, dict):
        return sorted((repr(key), _plain(each, seen)) for key, each in value.items())
    if isinstance(value, list | tuple | deque | set | frozenset):
        rows = [_plain(each, seen) for each in value]
        return sorted(rows, key=repr) if isinstance(value, set | frozenset) else rows
    kind = type(value)
    if not kind.__module__.startswith("mock_api") or kind.__name__ in _LEFT_OUT:
        return (
            repr(value)
            if isinstance(value, str | bytes | int | float | type(None))
            else kind.__name__
        )
    if id(value) in seen:
        return kind.__name__
    seen.add(id(value))
    slots = [name for each in kind.__mro__ for name in getattr(each, "__slots__", ())]
    fields = getattr(value, "__dict__", {}) or {
        name: getattr(value, name) for name in slots if hasattr(value, name)
    }
    return kind.__name__, [(name, _plain(each, seen)) for name, each in sorted(fields.items())]
