"""No secret of a sandbox is ever read in its exchange log, wherever a call carries it: played with
each vendor's own credentials, whatever they are called."""

import json
import re
from base64 import b64decode, b64encode
from urllib.parse import quote

import pytest

from mock_api.carriers.dialects import discovered
from mock_api.kernel.masking import Mask
from mock_api.settings import ServerSettings
from tests.mock_api.carriers.own_calls import OwnCalls

DIALECTS = [dialect.name for dialect in discovered()]
NAMES = re.compile(r"account|username|client_id|site_id|app_key|app_id|sender_no|company|customer")
"""Credentials that are no secrets: they say who calls, and are in addresses and answers."""
LOGIN = "<LOGIN><COMPANY>{COMPANY}</COMPANY><PASSWORD>{PASSWORD}</PASSWORD></LOGIN>"
CALLS = {
    "4px": [("POST", "/router/api/service/ds.xms.order.get", b"{}")],
    "yunexpress": [
        ("POST", "/openapi/oauth2/token", b""),
        ("GET", "/v1/order/info/get", b""),
    ],
    "dhl": [
        ("GET", "/mydhlapi/tracking", b""),
        ("GET", "/track/shipments", b""),
        ("POST", "/XMLShippingServlet", b"<AWBNumber>1</AWBNumber>"),
    ],
    "17track": [("POST", "/track/v2.4/getquota", b"{}")],
    "aftership": [("GET", "/tracking/2026-07/trackings", b"")],
    "easypost": [
        (
            "POST",
            "/v2/webhooks",
            b'{"webhook": {"url": "http://127.0.0.1:1/", "webhook_secret": "my-own-secret"}}',
        ),
        ("GET", "/v2/trackers", b""),
    ],
    "fedex": [("POST", "/oauth/token", b""), ("POST", "/track/v1/trackingnumbers", b"{}")],
    "shippo": [("GET", "/tracks/shippo/SHIPPO_TRANSIT", b"")],
    "tnt": [
        ("POST", "/expressconnect/shipping/ship", f"<ESHIPPER>{LOGIN}</ESHIPPER>".encode()),
        ("POST", "/expressconnect/track.do", b"<TrackRequest/>"),
    ],
    "jt": [("POST", "/webopenplatformapi/api/order/getOrders", b'{"password": "{PASSWORD}"}')],
    "chinapost": [
        ("POST", "/pcpErp-web/a/pcp/orderService/OrderReceiveBack", b"{}"),
        ("GET", "/partner/api/public/p/track/query/cn/1", b""),
    ],
    "ems": [("POST", "/amp-prod-api/f/amp/api/open", b"040001 {}")],
    "ups": [
        ("POST", "/security/v1/oauth/token", b""),
        (
            "POST",
            "/api/track/v1/subscription/enhanced/package",
            b'{"destination": {"url": "http://127.0.0.1:1/", "credential": "my-own-secret"}}',
        ),
    ],
}


@pytest.fixture(scope="module")
def box(running_server):
    with running_server(ServerSettings(default_sandbox=False)) as served:
        box = served.open()
        yield box
        box.close()


def secrets_of(box, name):
    told = box.told["carriers"][name]
    return {value for field, value in told.items() if not NAMES.search(field)}


def log_of(box, after):
    page = box.control("GET", "/exchanges", after=after)
    return page["exchanges"], json.dumps(page, ensure_ascii=False)


def assert_not_in(secrets, text):
    """Neither as they are, nor as queries, forms and Basic credentials have them."""
    for secret in secrets:
        for form in (secret, quote(secret, safe=""), b64encode(secret.encode()).decode()):
            assert form not in text, (secret, text[max(0, text.find(form) - 200) :][:400])
    for encoded in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        try:
            decoded = b64decode(encoded, validate=True).decode()
        except ValueError:
            continue
        assert not any(secret in decoded for secret in secrets), encoded


def test_every_dialect_is_called_here():
    assert CALLS.keys() == set(DIALECTS)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_carriers_credentials_are_in_no_exchange(box, name):
    own, before = OwnCalls(box), box.control("GET", "/exchanges", limit=1)["count"]
    tokens = set()
    for method, path, content in CALLS[name]:
        answer = own.request(name, method, path, content=content)
        assert answer.status_code not in (401, 403, 404, 405, 500), (path, answer.text)
        if "token" in path:
            told = answer.json()
            tokens.add(told.get("access_token") or told.get("accessToken"))
    rows, text = log_of(box, before)

    assert len(rows) >= len(CALLS[name]), "each found its sandbox by its own credentials"
    assert_not_in(secrets_of(box, name) | tokens | set(own.tokens) | {"my-own-secret"}, text)


def test_the_platforms_tokens_and_secret_are_in_no_exchange(box):
    before = box.control("GET", "/exchanges", limit=1)["count"]
    query = {"app_key": box.app_key, "app_secret": box.secret}
    refreshed = box.served.http.get(
        "/api/v2/token/refresh",
        params=query | {"refresh_token": box.told["refresh_token"], "grant_type": "refresh_token"},
    ).json()["data"]
    code = box.served.http.get(
        "/open/authorize", params={"service_id": box.told["service_id"]}
    ).headers["location"]
    code = code.split("code=")[1].split("&")[0]
    granted = box.served.http.get(
        "/api/v2/token/get",
        params=query | {"auth_code": code, "grant_type": "authorized_code"},
    ).json()["data"]
    box.call("GET", "/order/202309/orders", query=[("ids", "1"), ("access_token", box.token)])
    box.call("POST", f"/order/{box.secret}", {"text": f"oops {box.secret} {box.token}"})
    box.call("GET", "/order/202309/orders", secret="wrong", query=[("access_token", box.token)])
    rows, text = log_of(box, before)
    secrets = {box.secret, box.token, box.told["refresh_token"], code}
    for told in (refreshed, granted):
        secrets |= {told["access_token"], told["refresh_token"]}

    assert len(rows) >= 5
    assert rows[-1]["diagnosis"]["mend"]
    assert_not_in(secrets, text)


def test_the_desks_token_is_in_no_exchange(box):
    before = box.control("GET", "/exchanges", limit=1)["count"]
    for headers in ({"authorization": f"Bearer {box.token}"}, {"x-tts-access-token": box.token}):
        assert box.served.http.get("/desk/v1/penalties", headers=headers).status_code == 200
    rows, text = log_of(box, before)
    assert len(rows) == 2
    assert_not_in({box.token}, text)


@pytest.mark.parametrize(
    "text",
    [
        "client_secret=SECRET&a=1",
        '{"appSecret": "SECRET", "a": "1"}',
        '{"password":"SEC\\"RET","a":"1"}'.replace('SEC\\"RET', "SECRET"),
        r"{\"password\": \"SECRET\", \"a\": \"1\"}",
        "<ns:Password>SECRET</ns:Password><a>1</a>",
        "x=%7B%22password%22%3A%22SECRET%22%2C%22a%22%3A%221%22%7D",
        "xml_in=%3CPASSWORD%3ESECRET%3C%2FPASSWORD%3E%3Ca%3E1",
        '{"accessToken":"SECRET","a":"1"}',
        '{"token": "SECRET", "a": "1"}',
        "auth_code=SECRET&a=1",
    ],
)
def test_secrets_are_known_by_what_they_are_called_in_every_notation(text):
    masked = Mask().text(text)
    assert "SECRET" not in masked
    assert "1" in masked


@pytest.mark.parametrize(
    "text",
    [
        "page_token=abc",
        '{"next_page_token": "abc"}',
        "app_key=abc",
        '{"order_id": "abc"}',
        "sign=abc",
    ],
)
def test_what_is_no_secret_is_shown(text):
    assert Mask().text(text) == text
