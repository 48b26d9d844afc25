"""What the kernel does for every carrier's API, shown by a tiny one that only tests know."""

import json
from dataclasses import replace

import pytest

from mock_api.carriers.dialects import discovered
from mock_api.kernel import bearers
from mock_api.kernel.dialect import ClaimedTwice, Dialect
from mock_api.kernel.exchanges import Exchange
from mock_api.kernel.masking import Mask
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.main import create_app
from mock_api.settings import Limits, ServerSettings
from simulator import WorldConfig
from tests.mock_api.acme import ACME, LIVES

NUMBER = "1Z999AA10123456784"
HOUR = 3600


@pytest.fixture(scope="module")
def acme_server(running_server):
    with running_server(ServerSettings(), [ACME]) as served:
        yield served


@pytest.fixture
def open_acme(acme_server, open_box):
    return lambda **wishes: Acme(open_box(acme_server, **wishes))


@pytest.fixture
def acme(open_acme):
    return open_acme()


class Acme:
    """A client of the carrier, with its sandbox."""

    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.http = box.served.http
        self.credentials = box.told["carriers"]["acme"]
        self.token = ""

    def authenticate(self, **edits):
        credentials = self.credentials | edits
        answer = self.http.post(
            f"{self.prefix}/acmeware/v1/token",
            auth=(credentials["client_id"], credentials["client_secret"]),
        )
        self.token = answer.json().get("access_token", "")
        return answer

    def call(self, method, path, body=None):
        if not self.token:
            self.authenticate()
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.http.request(method, self.prefix + path, json=body, headers=headers)

    def details(self, number=NUMBER):
        return self.call("GET", f"/acmeware/v1/parcels/{number}")

    def told(self, number=NUMBER):
        """Status, and the carrier's word if it refuses."""
        answer = self.details(number)
        return answer.status_code, answer.json().get("acme")

    def subscribe(self, url, **details):
        answer = self.call("POST", "/acmeware/v1/hooks", {"url": url} | details)
        assert answer.status_code == 200, answer.text


def scanned(box, **wishes):
    """A parcel on its way to its first scan; its number."""
    order = box.place_one(behaviour="prompt", **wishes)
    box.until(order, "IN_TRANSIT")
    facts = box.journal(kind="ParcelScanned")
    parcel = box.inside.world.parcel(facts[0]["parcel_id"])
    return order, parcel.tracking_number


# Paths.


def test_it_is_served_at_the_root_and_below_its_name(acme):
    below = Acme(acme.box, "/acme")
    at_root, under_prefix = acme.details().json(), below.details().json()

    assert at_root["sandbox"] == under_prefix["sandbox"] == acme.box.id
    assert at_root["path"] == under_prefix["path"] == f"/acmeware/v1/parcels/{NUMBER}"


def test_links_stay_where_the_caller_is(acme):
    base = acme.box.served.base
    below = Acme(acme.box, "/acme")

    assert acme.details().json()["label"] == f"{base}/acmeware/labels/{NUMBER}"
    assert below.details().json()["label"] == f"{base}/acme/acmeware/labels/{NUMBER}"


def test_what_it_does_not_claim_is_the_seller_centers(acme):
    """A first segment may belong to both."""
    assert acme.http.get("/logistics/acme/nothing").json() == {"acme": "HTTP404"}
    assert "acme" not in acme.http.get("/acmeware/v2/token").json()
    assert acme.box.data("GET", "/logistics/202309/warehouses")


def other(name, *claims):
    return Dialect(name, claims, ACME.create, dict, {}, ())


def test_the_longest_claim_wins(running_server):
    def saying(word):
        async def app(_scope, _receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": word})

        return lambda *_: app

    short = Dialect("short", ("/track/v1/",), saying(b"short"), dict, {}, ())
    long = Dialect("long", ("/track/v1/tracking",), saying(b"long"), dict, {}, ())
    with running_server(ServerSettings(), [short, long]) as served:
        paths = (
            "/track/v1/register",
            "/track/v1/trackingnumbers",
            "/short/track/v1/trackingnumbers",
        )
        assert [served.http.get(path).text for path in paths] == ["short", "long", "short"]


@pytest.mark.parametrize(
    "claim", ["/acmeware/v1/", "/acme/", "/desk/v1/", "/metrics/v1/", "/_seatrial/sandboxes"]
)
def test_a_path_that_is_claimed_twice_stops_the_server_from_starting(claim):
    with pytest.raises(ClaimedTwice, match=r"both .* and bravo claim the paths below"):
        create_app(ServerSettings(), [ACME, other("bravo", claim)])


def test_dialects_are_found_by_their_folders_and_fit_together():
    names = [dialect.name for dialect in discovered()]
    assert names == sorted(set(names))
    assert create_app(ServerSettings())


@pytest.mark.parametrize("dialect", discovered(), ids=lambda dialect: dialect.name)
def test_every_dialect_has_the_credentials_it_is_found_by(dialect):
    made = dialect.credentials()
    assert made.keys() == dialect.well_known.keys() >= set(dialect.found_by)
    assert all(dialect.credentials()[field] != made[field] for field in dialect.found_by)


# Credentials.


def test_the_control_api_shows_the_credentials_and_they_outlive_a_reset(acme):
    before = acme.credentials
    acme.box.control("POST", "/reset")

    assert set(before) == {"client_id", "client_secret"}
    assert acme.box.control("GET")["carriers"] == {"acme": before}
    assert acme.told() == (200, None)


def test_the_default_sandbox_has_well_known_ones(acme_server):
    told = acme_server.http.get("/_seatrial/sandboxes/default").json()["carriers"]["acme"]
    answer = acme_server.http.post("/acmeware/v1/token", auth=tuple(ACME.well_known.values()))

    assert told == ACME.well_known
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "edits",
    [{"client_id": "nobody"}, {"client_secret": "wrong"}, {"client_id": ""}, {"client_id": "ä"}],
)
def test_unknown_credentials_are_refused_in_the_carriers_words(acme, edits):
    answer = acme.authenticate(**edits)
    assert (answer.status_code, answer.json()) == (401, {"acme": "STRANGER"})


def test_a_deleted_sandbox_takes_its_credentials_and_tokens_along(acme_server):
    acme = Acme(acme_server.open())
    acme.authenticate()
    acme.box.ask("DELETE")

    assert acme.told() == (401, "TOKEN")
    assert acme.authenticate().status_code == 401


def test_any_credentials_will_do_for_the_default_sandbox_if_the_server_says_so(running_server):
    with running_server(ServerSettings(any_credentials=True), [ACME]) as served:
        post = served.http.post
        assert post("/acmeware/v1/token", auth=("somebody", "x")).status_code == 200
        assert post("/acmeware/v1/token", auth=("seatrial-acme", "wrong")).status_code == 401
        assert post("/acmeware/v1/token").status_code == 401
    no_default = ServerSettings(any_credentials=True, default_sandbox=False)
    with running_server(no_default, [ACME]) as served:
        assert served.http.post("/acmeware/v1/token", auth=("somebody", "x")).status_code == 401


def test_a_key_that_somebody_has_is_no_unknown_one_in_another_field():
    """FedEx has two pairs, and is asked for one after the other."""
    pairs = Dialect("pairs", (), ACME.create, lambda: {"a": "mine", "b": "other"}, {}, ("a", "b"))
    default = replace(pairs, well_known={"a": "a", "b": "b"})
    sandboxes = Sandboxes(ServerSettings(any_credentials=True), (), frozenset(), [default])
    mine = sandboxes.open(WorldConfig())

    assert sandboxes.with_carrier_key("pairs", "a", "other") is None
    assert sandboxes.with_carrier_key("pairs", "b", "other") is mine
    assert sandboxes.with_carrier_key("pairs", "a", "nobody's") is sandboxes.get("default")


# Tokens.


def test_a_token_lives_on_the_wall_clock_whatever_the_world_does(acme, monkeypatch):
    acme.authenticate()
    acme.box.advance(by="30d")
    assert acme.told() == (200, None)

    ended = bearers.wall_seconds() + LIVES
    monkeypatch.setattr(bearers, "wall_seconds", lambda: ended)
    assert acme.told() == (401, "EXPIRED")


def test_or_on_the_worlds_if_the_sandbox_says_so(open_acme):
    acme = open_acme(carrier_tokens="virtual")
    acme.authenticate()
    acme.box.advance(by=LIVES - 1)
    assert acme.told() == (200, None)
    acme.box.advance(by=1)
    assert acme.told() == (401, "EXPIRED")

    acme.box.control("POST", "/reset")  # it lives anew: the world's clock went back
    assert acme.told() == (200, None)
    assert acme.box.control("GET")["carrier_tokens"] == "virtual"


def test_tokens_are_forgotten_one_day(acme, monkeypatch):
    monkeypatch.setattr(acme.box.served.app.state.sandboxes.bearers, "_most", 2)
    oldest = acme.authenticate().json()["access_token"]
    for _ in range(2):
        acme.authenticate()
    assert acme.told() == (200, None)
    acme.token = oldest
    assert acme.told() == (401, "TOKEN")


# Gates.


def test_more_calls_a_second_than_the_carrier_takes_are_throttled(open_acme):
    acme = open_acme(rate_limit=50)
    assert [acme.told() for _ in range(4)] == [(200, None)] * 3 + [(429, "SLOW")]
    counted = {"operation": "acme.details", "limit": "second", "count": 1}
    assert counted in acme.box.control("GET", "/access")["turned_away"]

    acme.box.control("PATCH", "/access", {"rate_limit": 0})
    assert {acme.told() for _ in range(20)} == {(200, None)}


def test_only_addresses_on_the_allow_list_come_in(open_acme):
    acme = open_acme(allowed_ips=["10.0.0.0/8"])
    answer = acme.authenticate()
    assert (answer.status_code, answer.json()) == (403, {"acme": "ADDRESS"})


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"what": "throttled", "retry_after": 7}, (429, "SLOW")),
        ({"what": "overloaded"}, (503, "BUSY")),
        ({"what": "internal_error"}, (500, "BROKEN")),
    ],
)
@pytest.mark.parametrize("operation", ["acme.details", "acme", ""])
def test_planned_faults_are_told_in_the_carriers_words(acme, what, refusal, operation):
    acme.authenticate()
    acme.box.control("POST", "/faults", what | {"operation": operation, "times": 1})
    answer = acme.details()

    assert (answer.status_code, answer.json()["acme"]) == refusal
    assert answer.headers.get("retry-after") == (
        str(what["retry_after"]) if "retry_after" in what else None
    )
    assert acme.told() == (200, None)
    (fault,) = acme.box.control("GET", "/faults")["faults"]
    assert fault["fired"] == 1


def test_a_fault_may_be_about_one_parcel_by_its_number_or_its_order(acme):
    order, number = scanned(acme.box)
    for named in (order, number):
        acme.box.control("POST", "/faults", {"what": "overloaded", "order_id": named, "times": 1})
    assert [acme.told(each) for each in (NUMBER, number, number, number)] == [
        (200, None),
        (503, "BUSY"),
        (503, "BUSY"),
        (200, None),
    ]


def test_a_fault_of_another_dialect_or_a_code_of_the_platform_is_none_of_its(acme):
    for wish in (
        {"what": "overloaded", "operation": "bravo"},
        {"what": "overloaded", "operation": "get_order_list"},
        {"what": "refused", "code": 36009003},
    ):
        acme.box.control("POST", "/faults", wish)
    assert acme.told() == (200, None)
    assert {each["met"] for each in acme.box.control("GET", "/faults")["faults"]} == {0}


def test_a_carrier_is_strict_unless_told_otherwise(open_acme, running_server):
    assert open_acme().details().json()["lenient"] is False
    acme = open_acme(lenient=["acme"])
    assert acme.details().json()["lenient"] is True
    assert acme.box.control("GET")["lenient"] == ["acme"]
    refused = acme.box.served.http.post("/_seatrial/sandboxes", json={"lenient": ["bravo"]})
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "body.lenient")

    with running_server(ServerSettings(lenient=frozenset({"acme"})), [ACME]) as served:
        assert Acme(served.open()).details().json()["lenient"] is True
        assert Acme(served.open(lenient=[])).details().json()["lenient"] is False


# The exchange log.


SECRETS = ("17token", "Digest", "Authenticate", "X-Nobodys-Api-Key", "X-Nobodys-Sign")
"""Headers that let somebody in, two of them in no dialect of ours."""


def test_its_exchanges_are_the_sandboxs_with_secrets_hidden(acme):
    acme.http.post("/acmeware/v1/token", data=acme.credentials)
    acme.http.post(
        "/acme/acmeware/v1/token",
        json={"appSecret": 'open "sesame"'},
        headers=dict.fromkeys(
            ("17token", "Digest", "Authenticate", "X-Nobodys-Api-Key", "X-Acme-Sign"), "sesame"
        ),
        auth=tuple(acme.credentials.values()),
    )
    acme.details()
    form, both, _, call = acme.box.exchanges()

    operations = ["acme.token", "acme.token", "acme.details"]
    assert [each["operation"] for each in (form, both, call)] == operations
    assert both["path"] == "/acme/acmeware/v1/token"
    assert acme.credentials["client_secret"] not in json.dumps([form, both, call])
    assert "sesame" not in json.dumps(both)
    assert json.loads(both["request"]) == {"appSecret": "***"}
    assert call["headers"]["authorization"] == "***"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("grant_type=x&client_secret=s3", "grant_type=x&client_secret=***"),
        ("senderNo=1&authorization=s3&n=1", "senderNo=1&authorization=***&n=1"),
        ('{"appId":"a","appSecret": "s3","n":1}', '{"appId":"a","appSecret": "***","n":1}'),
        ("<SiteID>a</SiteID><Password>s3</Password>", "<SiteID>a</SiteID><Password>***</Password>"),
    ],
)
def test_secrets_that_travel_in_bodies_are_hidden(sent, shown):
    exchange = Exchange("POST", "/", "", [], 0.0)
    exchange.request += sent.encode()
    exchange.request_bytes = len(sent)
    assert exchange.shown(Mask())["request"] == shown


def test_who_is_known_and_refused_is_in_its_sandboxs_log(acme, monkeypatch):
    acme.authenticate()
    ended = bearers.wall_seconds() + LIVES
    monkeypatch.setattr(bearers, "wall_seconds", lambda: ended)
    acme.details()
    acme.token = "made-up"
    acme.details()

    assert [each["status"] for each in acme.box.exchanges()] == [200, 401]
    strays = acme.http.get("/_seatrial/exchanges").json()["exchanges"]
    assert (strays[-1]["operation"], strays[-1]["status"]) == ("acme.details", 401)
    acme.box.advance(by="1h")  # nothing counts as under way for ever
    assert acme.box.inside.traffic.under_way == 0


def test_our_own_mistakes_and_the_clients_are_told_in_the_carriers_words(acme, running_server):
    assert acme.call("DELETE", f"/acmeware/v1/parcels/{NUMBER}").json() == {"acme": "HTTP405"}
    # The server hangs up after a mistake of its own, so this one is nobody else's.
    with running_server(ServerSettings(limits=Limits(body_bytes=99)), [ACME]) as served:
        long = served.http.post("/acmeware/v1/token", content=b"x" * 100)
        assert (long.status_code, long.json()) == (413, {"acme": "HTTP413"})
        alone = Acme(served.open(rate_limit=0))
        assert alone.call("POST", "/acmeware/v1/hooks", {"url": "ftp://x"}).json() == {
            "acme": "BUG"
        }


# Webhooks.


def test_a_subscription_hears_of_its_number_with_its_headers(acme, listener):
    _, number = scanned(acme.box)
    acme.subscribe(listener.url, number=number, headers={"Authorization": "mine"})
    acme.box.place_one(behaviour="prompt")
    acme.box.advance(by="5d")

    assert {signature for signature, _ in listener.heard} == {"mine"}
    assert {each["number"] for each in listener.news} == {number}
    assert listener.news[-1]["scan"] != listener.news[0]["scan"]
    (kind,) = {each["kind"] for each in acme.box.webhooks()}
    assert kind == "acme.scan"


def test_a_subscription_ends_is_disabled_and_goes_with_the_world(acme, listener):
    _, number = scanned(acme.box)
    hooks = acme.box.inside.hooks
    acme.subscribe(listener.url)
    (hook,) = hooks.of("acme")

    assert hooks.hearing("acme", "scan", number) == [hook]
    hook.topics = frozenset({"delivered"})
    assert hooks.hearing("acme", "scan", number) == []
    hook.topics, hook.ends_at = frozenset(), acme.box.now
    assert hooks.hearing("acme", "scan", number) == []
    hook.ends_at, hook.disabled = None, True
    assert hooks.hearing("acme", "scan", number) == []

    assert acme.box.inside.is_listened_to
    assert hooks.remove("acme", hook.id)
    assert not hooks.remove("acme", hook.id)
    assert not acme.box.inside.is_listened_to


def test_what_the_console_sets_is_a_subscription_too(acme, listener):
    webhook = "/carriers/acme/webhook"
    assert acme.box.ask("GET", webhook).status_code == 404
    acme.box.control("PUT", webhook, {"url": "https://example.com/old"})
    told = acme.box.control("PUT", webhook, {"url": listener.url, "secret": "s3"})
    assert acme.box.control("GET", webhook) == told
    assert (told["url"], told["secret"], told["topics"]) == (listener.url, "s3", [])

    scanned(acme.box)
    assert listener.news
    assert acme.box.ask("DELETE", webhook).status_code == 204
    assert acme.box.ask("DELETE", webhook).status_code == 404
    assert acme.box.ask("PUT", "/carriers/bravo/webhook", {"url": "http://x"}).status_code == 404


def test_webhooks_go_where_the_sandbox_lets_them(open_acme):
    acme = open_acme(strict_webhook_urls=True)
    for url in ("http://example.com/", "not a url", "https://example.com:8443/"):
        refused = acme.box.ask("PUT", "/carriers/acme/webhook", {"url": url})
        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "body.url")


def test_a_sandbox_holds_so_many_subscriptions(running_server):
    with running_server(ServerSettings(limits=Limits(hooks=1)), [ACME]) as served:
        acme = Acme(served.open())
        acme.subscribe("http://127.0.0.1:9/")
        refused = acme.box.ask("PUT", "/carriers/acme/webhook", {"url": "http://127.0.0.1:9/"})
        assert refused.status_code == 409
        assert "1 subscriptions of carriers already" in refused.json()["detail"]


def test_a_wrong_signature_is_as_long_as_the_right_one(acme, listener):
    acme.box.control("POST", "/faults", {"what": "webhook_wrong_signature", "operation": "acme"})
    acme.subscribe(listener.url, secret="abc123", headers={"Authorization": "mine"})
    scanned(acme.box)

    (sent, *_) = acme.box.inside.outbox.all.values()
    assert sent.headers == {"X-Acme-Signature": "000000", "Authorization": "mine"}


def test_an_address_that_does_not_answer_holds_up_no_other(acme, listener):
    acme.subscribe("http://127.0.0.1:9/")
    acme.subscribe(listener.url)
    scanned(acme.box)
    assert listener.news
