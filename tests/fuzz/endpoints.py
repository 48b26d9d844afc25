"""Whole applications as parsers: bodies for every operation that takes one, called in this process,
without a socket between.

An input is a line that names the operation, then its body. Seeds are made of what the applications
say of themselves.
"""

import asyncio
import base64
import json
import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from urllib.parse import urlencode

from mock_api.carriers.dialects import discovered
from mock_api.carriers.ems.messages import wrapped
from mock_api.control.app import create_control
from mock_api.desk.app import create_desk
from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.main import create_app
from mock_api.seller_center.app import create_seller_center
from mock_api.seller_center.signing import sign
from mock_api.settings import Limits, ServerSettings
from simulator.shipments.model import Wish
from tests.fuzz.functions import DHL, TNT
from tests.mock_api.odd_requests import described
from tests.simulator.shippers import BOX, BUYER, SENDER

SETTINGS = ServerSettings(
    any_credentials=True,
    limits=Limits(
        exchanges=5,
        exchange_body_bytes=1_000,
        orders_per_call=5,
        orders_per_source=5,
        sandboxes=4,
        calls_per_second=0,
        hooks=20,
        faults=20,
        advance_budget_s=0.2,
        virtual_days_per_advance=2,
    ),
)
CALLS_OF_ONE_SERVER = 400
"""Then a fresh one: what is called leaves orders and shipments behind."""
FORM = "application/x-www-form-urlencoded"
BASIC = "Basic " + base64.b64encode(b"somebody:secret").decode()
EMS_KEY = base64.b64encode(b"a-stranger's-key").decode()
UNWANTED = b'"code":36009004'
NEVER = re.compile(r"/sandboxes(/\{sandbox_id\}(/reset)?)?$")
"""What would take away the ground that the others stand on."""


@dataclass
class Server:
    """A server of its own, called directly."""

    app: object = field(default_factory=lambda: create_app(SETTINGS))
    loop: object = field(default_factory=asyncio.new_event_loop)
    left: int = CALLS_OF_ONE_SERVER

    def __post_init__(self):
        (self.box,) = self.app.state.sandboxes.all()
        world = self.box.world
        for carrier in world.registry.carriers:
            world.shippers.ship(Wish("test", SENDER, BUYER, (BOX,), carrier))
        told = self.call("POST", f"/_seatrial/sandboxes/{self.box.id}/orders", body=b'{"count":2}')
        self.orders = json.loads(told[1])["orders"]
        self.shipment = next(iter(world.registry.shipments.all))

    def call(self, method, path, query=b"", headers=(), body=b""):
        """Status and body. What the application raises comes out."""
        sent, waiting = [], [{"type": "http.request", "body": body, "more_body": False}]

        async def receive():
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode("latin-1", "replace"),
            "root_path": "",
            "query_string": query,
            "headers": [(b"content-type", b"application/json"), *headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        self.loop.run_until_complete(self.app(scope, receive, send))
        content = b"".join(each.get("body", b"") for each in sent)
        return sent[0]["status"], content

    def close(self):
        self.loop.run_until_complete(self.app.state.sandboxes.close())
        self.loop.close()


def _token(server, path, **form):
    head = [(b"content-type", FORM.encode()), (b"authorization", BASIC.encode())]
    status, told = server.call("POST", path, headers=head[1:], body=urlencode(form).encode())
    assert status < 300, told
    return json.loads(told)["access_token"]


def _fedex(server, path):
    purpose = "tracking" if path.startswith("/track") else "shipping"
    form = {"grant_type": "client_credentials", "client_secret": "x"}
    return {
        "authorization": "Bearer "
        + _token(server, "/oauth/token", client_id=f"any-{purpose}", **form)
    }


def _ups(server, _path):
    token = _token(server, "/security/v1/oauth/token", grant_type="client_credentials")
    return {"authorization": f"Bearer {token}"}


def _yunexpress(server, _path):
    wish = {"grantType": "client_credentials", "appId": "any", "appSecret": "x", "sourceKey": "x"}
    _, told = server.call("POST", "/openapi/oauth2/token", body=json.dumps(wish).encode())
    return {"token": json.loads(told)["accessToken"], "date": "1893974400000", "sign": "any"}


HEADERS = {
    "yunexpress": _yunexpress,
    "dhl": lambda *_: {"authorization": BASIC, "dhl-api-key": "any"},
    "17track": lambda *_: {"17token": "any"},
    "aftership": lambda *_: {"as-api-key": "any"},
    "easypost": lambda *_: {"authorization": BASIC},
    "fedex": _fedex,
    "shippo": lambda *_: {"authorization": "ShippoToken any"},
    "tnt": lambda *_: {"authorization": BASIC},
    "jt": lambda *_: {"apiAccount": "any", "digest": "any", "timestamp": "1"},
    "chinapost": lambda *_: {"authenticate": "any"},
    "ups": _ups,
    "desk": lambda server, _: {"x-tts-access-token": server.box.papers.access_token},
}
"""What a caller of each sends along."""


def _in_jt(body):
    return urlencode({"bizContent": body}).encode()


def _in_chinapost(body):
    fields = dict.fromkeys(("logistics_interface", "barCode", "waybillNo", "waybillNos"), body)
    kind = "XML" if body.startswith(b"<") else "JSON"
    more = {"msg_type": "B2C_TRADE", "data_type": kind, "ecCompanyId": "any", "senderNo": "any"}
    return urlencode(fields | more).encode()


EMS_CODES = (
    *("010004", "020003", "020006", "040001", "050001", "050005"),
    *("110001", "110002", "120001"),
)


def _in_ems(body):
    said = wrapped(body.decode("utf-8", "replace"), EMS_KEY)
    code = EMS_CODES[len(body) % len(EMS_CODES)]
    fields = {"apiCode": code, "senderNo": "any", "authorization": EMS_KEY}
    return urlencode(fields | {"logitcsInterface": said}).encode()


ENVELOPES = {"jt": _in_jt, "chinapost": _in_chinapost, "ems": _in_ems}
"""How a body travels, where it is no JSON."""


class Application:
    """The operations of one application, as a parser of bodies."""

    def __init__(self, name, create, prefix=""):
        self.name = name
        self._create = create
        self._prefix = prefix
        self._server = None
        self._head = {}

    @cached_property
    def operations(self):
        """Body and schemas of each that takes a body, by method and path."""
        app, found = self._create(), {}
        for case in described(app):
            method, path, _, body, schemas = case.values
            if NEVER.search(path) or not (body or method in ("POST", "PUT", "PATCH")):
                continue
            operation = app.openapi()["paths"][path][method.lower()]
            for filled in _filled(path, operation.get("parameters", ())):
                found[f"{method} {self._prefix}{filled}"] = (body, schemas)
        return found

    def seeds(self):
        """A body for each operation, with everything in it that is known."""
        made = [
            f"{name}\n{json.dumps(example(body or {}, schemas))}".encode()
            for name, (body, schemas) in self.operations.items()
        ]
        if self.name in ("tnt", "dhl"):
            xml = TNT if self.name == "tnt" else DHL
            made += [f"{name}\n".encode() + xml for name in self.operations]
        return made

    def __call__(self, content):
        line, _, body = content.partition(b"\n")
        names = list(self.operations)
        name = line.decode("latin-1")
        if name not in self.operations:
            name = names[sum(line) % len(names)]
        server = self._server_now()
        method, _, path = name.partition(" ")
        path = path.replace("{sandbox_id}", server.box.id).replace("{order_id}", server.orders[0])
        path = re.sub(r"{\w+}", server.shipment, path)
        status, answer = self._call(server, method, path, body)
        assert status < 500 or b"not_simulated" in answer, (name, status, answer[:300])

    def _call(self, server, method, path, body):
        if self.name == "seller-center":
            return self._signed(server, method, path, body)
        if path not in self._head:
            self._head[path] = HEADERS.get(self.name, lambda *_: {})(server, path)
        head = [(key.lower().encode(), value.encode()) for key, value in self._head[path].items()]
        query = b"app_key=any&timestamp=1893974400000&sign=any" if self.name == "4px" else b""
        if self.name in ENVELOPES:
            body = ENVELOPES[self.name](body)
        return server.call(method, path, query, head, body)

    def _signed(self, server, method, path, body):
        """With the shop's cipher, but where none is wanted."""
        box = server.box
        ((_, cipher),) = box.shops()
        for shop in ([("shop_cipher", cipher)], []):
            pairs = [("app_key", box.app.key), ("timestamp", str(wall_seconds())), *shop]
            pairs.append(("sign", sign(path, pairs, body, box.app.secret)))
            head = [(b"x-tts-access-token", box.papers.access_token.encode())]
            status, answer = server.call(method, path, urlencode(pairs).encode(), head, body)
            if UNWANTED not in answer:
                break
        return status, answer

    def _server_now(self):
        if self._server and self._server.left <= 0:
            self.close()
        if self._server is None:
            self._server, self._head = Server(), {}
        self._server.left -= 1
        return self._server

    def close(self):
        """Its server, if there is one."""
        if self._server:
            self._server.close()
            self._server = None


def _filled(path, parameters):
    """The path, once for each of the words that may stand in it."""
    path = path.replace("{version}", "2026-07").replace("{carrier}", "jt")
    for each in parameters:
        words = each["schema"].get("enum", ())
        if each["in"] == "path" and words:
            return [path.replace(f"{{{each['name']}}}", word) for word in words]
    return [path]


def example(schema, schemas, depth=0):  # noqa: PLR0911 - a kind a line
    """A value of that shape, with everything in it that may be."""
    if "$ref" in schema:
        return (
            {}
            if depth > 8
            else example(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth + 1)
        )
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return example(choices[0], schemas, depth + 1)
    if words := schema.get("enum") or [schema[key] for key in ("const",) if key in schema]:
        return words[0]
    match schema.get("type"):
        case "array":
            return [example(schema.get("items", {}), schemas, depth + 1)]
        case "object":
            named = schema.get("properties", {}).items()
            return {key: example(each, schemas, depth + 1) for key, each in named} or {"a": "b"}
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
        case _:
            return "1"


def applications():
    """Every dialect: the platform's, the carriers', and our own two."""
    nobody = Sandboxes(ServerSettings(default_sandbox=False), (), frozenset())
    yield Application("seller-center", lambda: create_seller_center(nobody))
    strays = ExchangeLog(Keeping(1), SETTINGS.limits)
    yield Application("control", lambda: create_control(nobody, strays, SETTINGS), "/_seatrial")
    yield Application("desk", lambda: create_desk(nobody, SETTINGS))
    for dialect in discovered():
        yield Application(dialect.name, partial(dialect.create, nobody, SETTINGS))
