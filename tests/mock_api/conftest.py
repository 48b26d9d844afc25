"""What the wire tests share: a real server, a fresh sandbox per test, and clients of all kinds."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
import pytest
import tiktok_shop_api as stock
import uvicorn
from starlette.applications import Starlette

from mock_api.kernel.dialect import Dialect
from mock_api.kernel.lifetime import Recover
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.main import create_app
from mock_api.seller_center.signing import sign
from mock_api.settings import ServerSettings
from scenarios.receiver import receiver
from simulator import WorldConfig
from tests.mock_api.repeating import KeptWorld, assert_only_commands_changed
from tests.thoroughness import THOROUGH

pytest.register_assert_rewrite("tests.mock_api.stock_client")

HOUR = 3600
Pairs = list[tuple[str, str]]


@dataclass
class Served:
    """A server under test: where it listens, what runs inside, and a plain HTTP client."""

    base: str
    app: Starlette
    http: httpx.Client

    def control(self, method: str, path: str, body: Any, query: dict[str, Any]) -> httpx.Response:
        headers = {"content-type": "application/json"}
        return self.http.request(method, path, content=_json(body), params=query, headers=headers)

    def open(self, **wishes: Any) -> "Box":
        usual = {"quiet_ms": 1, "rate_limit": 0}
        answer = self.http.post("/_seatrial/sandboxes", json=usual | wishes)
        assert answer.status_code == 201, answer.text
        return Box(self, answer.json())


@contextmanager
def running(
    settings: ServerSettings,
    dialects: Iterable[Dialect] | None = None,
    recover: Recover | None = None,
) -> Iterator[Served]:
    app = create_app(settings, dialects, recover)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        config = uvicorn.Config(
            app,
            log_config=None,  # to the root logger, where pytest listens
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with httpx.Client(base_url=base, timeout=30, trust_env=False) as http:
                yield Served(base, app, http)
        finally:
            server.should_exit = True
            thread.join(timeout=10)


class Box:
    """One sandbox, with everything that a test does to it."""

    def __init__(self, served: Served, told: dict[str, Any]) -> None:
        self.served = served
        self.told = told
        self.id: str = told["id"]
        self.app_key: str = told["app_key"]
        self.secret: str = told["app_secret"]
        self.token: str = told["access_token"]
        self.cipher: str = told["shops"][0]["cipher"]
        self.tampered_with = False
        """A test wrote into its world by hand."""

    # The published client, with only its base URL changed.

    @cached_property
    def client(self) -> stock.TikTokShop:
        return stock.TikTokShop(
            self.app_key, self.secret, self.token, self.cipher, base_url=self.served.base
        )

    @cached_property
    def auth(self) -> stock.TikTokShopAuth:
        return stock.TikTokShopAuth(self.app_key, self.secret, base_url=self.served.base)

    def order(self, order_id: str) -> Any:
        """The order as the stock client reads it."""
        (order,) = self.client.orders.get_order_detail(ids=[order_id]).data.orders
        return order

    def package_of(self, order_id: str) -> str:
        return self.order(order_id).packages[0].id

    # The control API.

    def ask(self, method: str, path: str = "", body: Any = None, **query: Any) -> httpx.Response:
        url = f"/_seatrial/sandboxes/{self.id}{path}"
        return self.served.control(method, url, body, query)

    def control(self, method: str, path: str = "", body: Any = None, **query: Any) -> Any:
        answer = self.ask(method, path, body, **query)
        assert answer.is_success, answer.text
        return answer.json()

    def place(self, **wishes: Any) -> list[str]:
        return self.control("POST", "/orders", wishes)["orders"]

    def place_one(self, **wishes: Any) -> str:
        (order_id,) = self.place(**wishes)
        return order_id

    def released(self, **wishes: Any) -> str:
        """An order whose remorse hour is over."""
        order_id = self.place_one(**wishes)
        self.advance(by="1h")
        return order_id

    def shipped(self, **wishes: Any) -> str:
        """A platform order that is ready to ship."""
        order_id = self.released(**wishes)
        packages = self.data("GET", "/order/202309/orders", query=[("ids", order_id)])
        if "packages" in packages["orders"][0]:
            self.client.fulfillment.ship_package(self.package_of(order_id))
        else:  # in this market the ship call makes the package
            self.data("POST", "/fulfillment/202309/packages", {"order_id": order_id})
        return order_id

    def advance(self, **wish: Any) -> dict[str, Any]:
        return self.control("POST", "/clock/advance", wish)

    def until(self, order_id: str, status: str) -> int:
        """Advance until the order is there; when that was."""
        went = self.advance(until={"order": order_id, "status": status})
        assert went["reached"], (order_id, status)
        return went["now"]

    @property
    def now(self) -> int:
        return self.control("GET", "/clock")["now"]

    def journal(self, **query: Any) -> list[dict[str, Any]]:
        return self.control("GET", "/journal", limit=10_000, **query)["facts"]

    def mark(self) -> tuple[int, str]:
        """How long the journal is, and its digest: equal marks, no fact in between."""
        page = self.control("GET", "/journal", limit=1)
        return page["length"], page["digest"]

    def exchanges(self) -> list[dict[str, Any]]:
        return self.control("GET", "/exchanges")["exchanges"]

    def webhooks(self) -> list[dict[str, Any]]:
        return self.control("GET", "/webhooks")["webhooks"]

    @property
    def inside(self) -> Sandbox:
        """The sandbox itself, for what no API offers yet."""
        return self.served.app.state.sandboxes.get(self.id)

    def begin_anew(self, config: WorldConfig) -> None:
        """The sandbox's world anew, by a configuration that no API offers."""
        asyncio.run(self.inside.reset(self.inside.new_world(config)))

    @property
    def can_be_repeated(self) -> bool:
        """It is there, no time passes in it by itself, and only commands changed it."""
        known = self.id in {each.id for each in self.served.app.state.sandboxes.all()}
        if not known or self.tampered_with:
            return False
        return self.inside.driver.speed is None and not self.inside.driver.is_moving

    # Calls by hand.

    def call(self, method: str, path: str, body: Any = None, **edits: Any) -> httpx.Response:
        """One signed call. *edits* change it before it is signed (``query``, ``cipher``, ``token``,
        ``timestamp``, ``key``, ``secret``) or after (``sign``, ``headers``); ``None`` leaves the
        thing out."""
        content = body if isinstance(body, bytes) else _json(body)
        pairs: Pairs = list(edits.get("query", ()))
        for name, value in (
            ("app_key", edits.get("key", self.app_key)),
            ("shop_cipher", edits.get("cipher", self.cipher)),
            ("timestamp", edits.get("timestamp", str(wall_seconds()))),
        ):
            if value is not None:
                pairs.append((name, value))
        signed = edits.get("sign", sign(path, pairs, content, edits.get("secret", self.secret)))
        if signed is not None:
            pairs.append(("sign", signed))
        headers = {"content-type": "application/json"} | edits.get("headers", {})
        token = edits.get("token", self.token)
        if token is not None:
            headers["x-tts-access-token"] = token
        return self.served.http.request(
            method, path, params=pairs, content=content, headers=headers
        )

    def data(self, method: str, path: str, body: Any = None, **edits: Any) -> dict[str, Any]:
        """What a call that succeeds has in its envelope."""
        answer = self.call(method, path, body, **edits)
        envelope = answer.json()
        assert envelope["code"] == 0, envelope
        assert "null" not in answer.text, "a null breaks typed clients"
        return envelope["data"]

    def refused(self, method: str, path: str, body: Any = None, **edits: Any) -> tuple[int, int]:
        """HTTP status and code of a call that is refused."""
        answer = self.call(method, path, body, **edits)
        return answer.status_code, answer.json()["code"]

    def subscribe(self, url: str, *event_types: str) -> None:
        for event_type in event_types or ("ORDER_STATUS_CHANGE",):
            body = {"event_type": event_type, "address": url}
            self.data("PUT", "/event/202309/webhooks", body)

    def renew(self) -> None:
        """A new access token, as the old one lives for seven virtual days only."""
        self.token = self.auth.refresh(self.told["refresh_token"]).access_token
        self.close()
        self.__dict__.pop("client", None)

    def close(self) -> None:
        if "client" in self.__dict__:
            self.client.close()


def _json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


@dataclass
class Listener:
    """A receiver of webhooks: what came in, and what it answers."""

    heard: list[tuple[str, bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Statuses to answer with, the next one first; then 200 for ever."""
    on_news: Callable[[dict[str, Any]], None] | None = None
    """Done inside the handler, before it answers."""
    url: str = ""

    def hear(self, signature: str, body: bytes) -> int:
        self.heard.append((signature, body))
        if self.on_news:
            self.on_news(json.loads(body))
        return self.answers.pop(0) if self.answers else 200

    @property
    def news(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.heard]

    def statuses(self, order_id: str) -> list[str]:
        """What type 1 said of the order, in its order."""
        return [
            each["data"]["order_status"]
            for each in self.news
            if each["type"] == 1 and each["data"]["order_id"] == order_id
        ]


@pytest.fixture(scope="session", autouse=True)
def every_command_is_kept() -> Iterator[None]:
    """Of every sandbox, so that its world can be made again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mock_api.kernel.sandbox.World", KeptWorld)
        patch.setattr("mock_api.kernel.sandboxes.World", KeptWorld)
        yield


@pytest.fixture
def plan(box: Box) -> Callable[..., str]:
    """Plan a fault; its id."""
    return lambda **wish: box.control("POST", "/faults", wish)["id"]


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    """One server for all tests of this process; tests share nothing but it."""
    with running(ServerSettings(default_sandbox=False)) as served:
        yield served


@pytest.fixture(scope="session")
def running_server() -> Any:
    """A context manager of a server with settings of its own, for fixtures of wider scope."""
    return running


@pytest.fixture
def serve() -> Iterator[Callable[[ServerSettings], Served]]:
    """A server with settings of its own."""
    with ExitStack() as stack:
        yield lambda settings: stack.enter_context(running(settings))


@pytest.fixture
def open_box(server) -> Iterator[Callable[..., Box]]:
    """Open a sandbox made of this and that."""
    opened: list[Box] = []

    def opener(on: Served = server, **wishes: Any) -> Box:
        box = on.open(**wishes)
        opened.append(box)
        return box

    yield opener
    for box in opened:
        box.close()
        if THOROUGH and box.can_be_repeated:
            assert_only_commands_changed(box.inside)
        if box.served is server:
            box.ask("DELETE")


@pytest.fixture
def box(open_box) -> Box:
    """A sandbox of the test's own."""
    return open_box()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Somebody who listens for webhooks, and acknowledges them."""
    listening = Listener()
    with receiver(listening.hear) as url:
        listening.url = url
        yield listening


@pytest.fixture
def refused_with() -> Callable[[int], Any]:
    """A block in which the stock client raises the platform's code."""

    @contextmanager
    def raising(code: int, status: int = 200) -> Iterator[None]:
        with pytest.raises(stock.TikTokShopError) as raised:
            yield
        assert (raised.value.code, raised.value.http_status) == (code, status), raised.value
        assert raised.value.message

    return raising
