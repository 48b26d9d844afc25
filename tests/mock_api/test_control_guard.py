"""Who may call the control API: whoever has the token; without one, this machine alone, and no page
of another site."""

import asyncio
from functools import cache

import httpx
import pytest
from starlette.testclient import TestClient

from mock_api.main import create_app
from mock_api.settings import ControlAccess, ServerSettings

TOKEN = "a-token-of-the-tests"
WITH_TOKEN = ServerSettings(control=ControlAccess(TOKEN))
LISTING = "/_seatrial/sandboxes"
RIGHT = {"authorization": f"Bearer {TOKEN}"}
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"


app_of = cache(create_app)


def call(settings, peer, path=LISTING, method="GET", **more):
    """One call of a server's, from that address."""

    async def asked():
        client = None if peer is None else (peer, 40_000)
        way_in = httpx.ASGITransport(app=app_of(settings), client=client)
        async with httpx.AsyncClient(transport=way_in, base_url="http://localhost:8470") as http:
            return await http.request(method, path, **more)

    return asyncio.run(asked())


def routes(app):
    """Every path of the control API with its methods, as it describes itself."""
    document = TestClient(app).get("/_seatrial/openapi.json", headers=RIGHT).json()
    for path, operations in document["paths"].items():
        for method in operations:
            yield method.upper(), "/_seatrial" + path.replace("{", "").replace("}", "")


# With a token.


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": TOKEN},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer é".encode()},
        {"x-tts-access-token": TOKEN},
    ],
)
def test_without_the_token_every_call_is_refused_and_told_what_to_send(headers):
    app = app_of(WITH_TOKEN)
    client = TestClient(app)
    every = list(routes(app))
    assert len(every) > 50
    for method, path in [*every, ("GET", "/_seatrial/docs"), ("GET", "/_seatrial/openapi.json")]:
        if path in ("/_seatrial/health", "/_seatrial/authorized"):
            continue
        answer = client.request(method, path, headers=headers)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "--control-token" in answer.json()["detail"]


@pytest.mark.parametrize("peer", [HERE, ELSEWHERE, None])
def test_whoever_has_the_token_comes_in_from_anywhere_under_any_name(peer):
    headers = RIGHT | {"host": "seatrial.test", "origin": "https://tests.test"}
    assert call(WITH_TOKEN, peer, headers=headers).status_code == 200
    lower = {"authorization": f"bearer {TOKEN}"}
    assert call(WITH_TOKEN, peer, headers=lower).status_code == 200


def test_health_and_the_landing_page_are_open_to_read():
    for path in ("/_seatrial/health", "/_seatrial/authorized?code=1"):
        assert call(WITH_TOKEN, ELSEWHERE, path).status_code == 200
        assert call(WITH_TOKEN, ELSEWHERE, path, "POST").status_code == 401
        assert call(ServerSettings(), ELSEWHERE, path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/_seatrial/health/../sandboxes", "/_seatrial/health/", "/_seatrial//health"]
)
def test_no_spelling_of_an_open_path_opens_another(path):
    assert call(WITH_TOKEN, ELSEWHERE, path).status_code == 401


def test_what_is_no_control_api_asks_for_no_token():
    assert call(WITH_TOKEN, ELSEWHERE, "/order/202309/orders").status_code == 400
    assert call(WITH_TOKEN, ELSEWHERE, "/desk/v1/quotes").status_code == 401


def test_the_token_is_in_no_description_of_the_settings():
    assert TOKEN not in repr(WITH_TOKEN)


# Without one.


@pytest.mark.parametrize("peer", [HERE, "127.8.9.1", "::1", "::ffff:127.0.0.1", None])
def test_this_machine_needs_no_token(peer):
    assert call(ServerSettings(), peer).status_code == 200


@pytest.mark.parametrize(
    "peer", [ELSEWHERE, "10.0.0.2", "fe80::1", "::ffff:192.0.2.7", "unknown", ""]
)
def test_other_machines_are_told_how_a_token_is_set(peer):
    answer = call(ServerSettings(), peer)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert "--control-token" in answer.json()["detail"]


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost.:80", "box.localhost:1", "127.0.0.1:8470", "[::1]:8470", "10.1.2.3"],
)
def test_names_of_this_machine_and_addresses_will_do(host):
    assert call(ServerSettings(), HERE, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "localhost.evil.test",
        "127.0.0.1.evil.test:8470",
        "evil.test:127",
        "[evil.test]",
    ],
)
def test_a_name_that_strangers_may_have_pointed_here_is_refused(host):
    answer = call(ServerSettings(), HERE, headers={"host": host})
    assert answer.status_code == 403
    assert "is not called" in answer.json()["detail"]


def test_further_names_are_a_setting():
    named = ServerSettings(control=ControlAccess(names=frozenset({"Ci.test"})))
    assert call(named, HERE, headers={"host": "ci.test:8470"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "null", "http://localhost:9999", "http://localhost.evil.test"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_of_other_sites_may_not_call(origin, method):
    headers = {"origin": origin, "content-type": "text/plain"}
    answer = call(ServerSettings(), HERE, method=method, headers=headers)
    assert answer.status_code == 403
    assert "pages of other sites" in answer.json()["detail"]


def test_a_page_of_the_servers_own_may():
    assert call(ServerSettings(), HERE, headers={"origin": "http://localhost:8470"}).is_success


# And webhooks.


@pytest.mark.parametrize("action", ["reset", "clock/freeze"])
def test_no_webhook_can_be_made_to_call_the_control_api(box, open_box, action):
    other = open_box()
    other.place_one()
    before = other.mark()
    box.subscribe(f"{box.served.base}/_seatrial/sandboxes/{other.id}/{action}")
    box.place_one(paid=False)
    box.advance(by=0)

    assert [each["status"] for each in box.webhooks()[0]["attempts"]] == [403]
    assert other.mark() == before
