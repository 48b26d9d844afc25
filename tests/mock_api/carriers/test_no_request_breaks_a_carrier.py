"""Bad input of every kind, on every route of every carrier's API: a clear answer in its words,
never a 500, and the world goes on.

Any credentials will do on this server, so that signatures are nobody's concern here.
"""

import base64
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings

from mock_api.carriers.dialects import discovered
from mock_api.carriers.ems.messages import wrapped
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import Limits, ServerSettings
from simulator.shipments.model import Wish
from tests.mock_api.odd_requests import address, described, requests
from tests.mock_api.repeating import assert_only_commands_changed
from tests.simulator.shippers import BOX, BUYER, SENDER
from tests.thoroughness import chosen, examples

OPEN = ServerSettings(
    any_credentials=True,
    limits=Limits(exchanges=10, exchange_body_bytes=1_000, hooks=50, calls_per_second=0),
)
EXAMPLES = settings(
    deadline=None,
    max_examples=examples(20),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
BASIC = {"authorization": "Basic " + base64.b64encode(b"somebody:secret").decode()}


def bearer(served, path, **form):
    answer = served.http.post(path, data=form, headers=BASIC)
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


def of_fedex(served, endpoint):
    asked = {"grant_type": "client_credentials", "client_secret": "x"}
    purpose = "tracking" if endpoint.startswith("/track") else "shipping"
    return bearer(served, "/oauth/token", client_id=f"any-{purpose}", **asked)


def of_yunexpress(served, _endpoint):
    wish = {"grantType": "client_credentials", "appId": "any", "appSecret": "x", "sourceKey": "x"}
    told = served.http.post("/openapi/oauth2/token", json=wish).json()
    return {"token": told["accessToken"], "date": "1893974400000", "sign": "any"}


CALLERS = {
    "4px": lambda _served, _path: {},
    "yunexpress": of_yunexpress,
    "dhl": lambda _served, _path: BASIC | {"dhl-api-key": "any"},
    "17track": lambda _served, _path: {"17token": "any"},
    "aftership": lambda _served, _path: {"as-api-key": "any"},
    "easypost": lambda _served, _path: BASIC,
    "fedex": of_fedex,
    "shippo": lambda _served, _path: {"authorization": "ShippoToken any"},
    "tnt": lambda _served, _path: BASIC,
    "jt": lambda _served, _path: {"apiAccount": "any", "digest": "any", "timestamp": "1"},
    "chinapost": lambda _served, _path: {"authenticate": "any"},
    "ems": lambda _served, _path: {},
    "ups": lambda served, _path: bearer(
        served, "/security/v1/oauth/token", grant_type="client_credentials"
    ),
}
"""What a caller of each sends along."""


FORM = "application/x-www-form-urlencoded"


def form(field):
    """For those who take everything in one field of a form."""

    def in_a_form(content):
        return urlencode({field: content.decode("latin-1")}).encode()

    return in_a_form, FORM


def of_chinapost(content):
    """Each of its interfaces has a field of its own, and one who calls has a name in two."""
    text = content.decode("latin-1")
    fields = dict.fromkeys(("logistics_interface", "barCode", "waybillNo", "waybillNos"), text)
    fields |= {"msg_type": "B2C_TRADE", "data_type": "XML" if text.startswith("<") else "JSON"}
    return urlencode(fields | {"ecCompanyId": "any", "senderNo": "any"}).encode()


EMS_CODES = (
    *("010004", "020003", "020006", "040001", "050001", "050005"),
    *("110001", "110002", "120001"),
)


def of_ems(content):
    """A stranger's key is its code. Which call it is, the content says."""
    key = base64.b64encode(b"a-stranger's-key").decode()
    fields = {
        "apiCode": EMS_CODES[len(content) % len(EMS_CODES)],
        "senderNo": "any",
        "authorization": key,
        "logitcsInterface": wrapped(content.decode("utf-8", "replace"), key),
    }
    return urlencode(fields).encode()


QUERIES = {"4px": [("app_key", "any"), ("timestamp", "1893974400000"), ("sign", "any")]}
ENVELOPES = {
    "jt": form("bizContent"),
    "chinapost": (of_chinapost, FORM),
    "ems": (of_ems, FORM),
}
"""How a body travels, where it is no JSON."""

DEEP = (b"[" * 5_000, b'{"a":' * 5_000)

DIALECTS = {dialect.name: dialect for dialect in discovered()}


@cache
def endpoints():
    nobody = Sandboxes(ServerSettings(default_sandbox=False), (), frozenset())
    return [
        pytest.param(name, *each.values, id=f"{name} {each.id}")
        for name, dialect in DIALECTS.items()
        for each in described(dialect.create(nobody, ServerSettings()))
    ]


@dataclass(frozen=True)
class Harbour:
    """The server, its default sandbox, and what there is to be named."""

    served: Any
    id: str
    filling: list[str]

    def filled(self, text):
        """Placeholders become numbers and ids of the world's."""
        for nth, real in enumerate(self.filling[:10]):
            text = text.replace(f"{{{nth}}}", real)
        return text


@pytest.fixture(scope="module")
def harbour(running_server):
    """A server whose default sandbox has shipments in the hands of every carrier."""
    with running_server(OPEN) as served:
        (box,) = served.http.get("/_seatrial/sandboxes").json()["sandboxes"]
        world = served.app.state.sandboxes.get(box["id"]).world
        numbers = []
        for carrier in world.registry.carriers:
            wish = Wish("test", SENDER, BUYER, (BOX,), carrier)
            (parcel,) = world.shippers.parcels_of(world.shippers.ship(wish))
            numbers.append(parcel.tracking_number)
        advance(served, box["id"], "3d")
        yield Harbour(served, box["id"], [*numbers, *world.registry.shipments.all])
        assert_only_commands_changed(served.app.state.sandboxes.get(box["id"]))


def advance(served, sandbox_id, by):
    path = f"/_seatrial/sandboxes/{sandbox_id}/clock/advance"
    assert served.http.post(path, json={"by": by}).json()["done"]


def test_every_dialect_has_a_caller_here():
    assert CALLERS.keys() == DIALECTS.keys()


@pytest.mark.parametrize(
    ("name", "method", "path", "names", "body", "schemas"), chosen(endpoints())
)
def test_no_request_breaks_a_carrier(harbour, name, method, path, names, body, schemas):  # noqa: PLR0913, PLR0917
    headers = CALLERS[name](harbour.served, path)
    enveloped, kind = ENVELOPES.get(name, (lambda content: content, "application/json"))

    @EXAMPLES
    @given(requests(method, path, names, body, schemas))
    def every(drawn):
        verb, fillings, query, content = drawn
        fillings = [harbour.filled(each) for each in fillings]
        content = enveloped(harbour.filled(content.decode("latin-1")).encode("latin-1"))
        pairs = [(key, harbour.filled(value)) for key, value in query] + QUERIES.get(name, [])
        _, url = address(harbour.served.base, path, fillings, pairs)
        answer = harbour.served.http.request(
            verb, url, content=content, headers={"content-type": kind} | headers
        )
        assert answer.status_code < 500, (verb, url, content, answer.text)
        if "json" in answer.headers.get("content-type", ""):
            json.loads(answer.text or "null")

    every()
    advance(harbour.served, harbour.id, "1m")


@pytest.fixture
def fault(harbour, request):
    """One is planned for a dialect, for an order that nobody has: gates look at every body."""
    path = f"/_seatrial/sandboxes/{harbour.id}/faults"
    plan = {"what": "overloaded", "operation": request.param, "order_id": "nobody"}
    made = harbour.served.http.post(path, json=plan)
    assert made.status_code == 201, made.text
    yield request.param
    told = harbour.served.http.delete(f"{path}/{made.json()['id']}")
    assert told.status_code < 300, told.text


@pytest.mark.parametrize("fault", DIALECTS, indirect=True)
def test_what_gates_cannot_read_names_nothing(harbour, fault):
    """Lists within lists: more than a parser follows."""
    enveloped, kind = ENVELOPES.get(fault, (lambda content: content, "application/json"))
    of_dialect = [case.values for case in endpoints() if case.values[0] == fault]
    for _, method, path, *_ in chosen(of_dialect):
        headers = {"content-type": kind} | CALLERS[fault](harbour.served, path)
        url = harbour.served.base + re.sub(r"{.*?}", "1", path)
        for content in (*DEEP, b"", b"\xff", b"null", b'[{"number": {}}]', b'{"tracker": []}'):
            answer = harbour.served.http.request(
                method,
                url,
                content=enveloped(content),
                headers=headers,
                params=dict(QUERIES.get(fault, [])),
            )
            assert answer.status_code < 500, (method, path, content[:20], answer.text)
