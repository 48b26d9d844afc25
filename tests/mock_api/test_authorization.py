"""How an app comes to its tokens: the authorise pages, the exchange, the refresh, the shops."""

from urllib.parse import parse_qs, urlsplit

import pytest

from mock_api.kernel.access import ACCESS_TOKEN_LIVES
from simulator.admission import USUAL_TERM

LANDING = "https://erp.example/callback?tenant=7"


@pytest.fixture
def box(open_box):
    return open_box(redirect_url=LANDING)


def landing(answer) -> dict[str, str]:
    """Where the authorise page sent the seller, and with what."""
    assert answer.status_code == 302, answer.text
    url = urlsplit(answer.headers["location"])
    assert f"{url.scheme}://{url.netloc}{url.path}" == "https://erp.example/callback"
    return {name: values[0] for name, values in parse_qs(url.query).items()}


@pytest.fixture
def consent(box):
    """The seller consents; the code in the redirect."""
    query = {"service_id": box.told["service_id"], "state": "s 1&2"}
    return lambda: landing(box.served.http.get("/open/authorize", params=query))["code"]


@pytest.fixture
def token(box):
    """A call to the token endpoints, by hand."""

    def ask(verb, **query):
        given = {"app_key": box.app_key, "app_secret": box.secret} | query
        return box.served.http.get(f"/api/v2/token/{verb}", params=given).json()

    return ask


def test_the_seller_is_sent_back_with_a_code_and_the_state(box):
    query = {"service_id": box.told["service_id"], "state": "s 1&2"}
    back = landing(box.served.http.get("/open/authorize", params=query))

    assert back["tenant"] == "7"
    assert back["state"] == "s 1&2"
    assert back["code"].startswith("ROW_")


def test_without_a_state_none_comes_back(box):
    query = {"service_id": box.told["service_id"]}
    assert "state" not in landing(box.served.http.get("/open/authorize", params=query))


def test_a_seller_who_denies_is_sent_back_with_an_error(box):
    query = {"service_id": box.told["service_id"], "state": "x", "deny": "1"}
    back = landing(box.served.http.get("/open/authorize", params=query))

    assert (back["code"], back["error"], back["state"]) == ("null", "auth_denied", "x")


def test_the_legacy_link_names_the_app_key(box):
    query = {"app_key": box.app_key, "state": "old"}
    back = landing(box.served.http.get("/oauth/authorize", params=query))

    assert box.auth.exchange_code(back["code"]).access_token


def test_an_app_without_a_redirect_url_lands_on_a_page_that_shows_the_code(open_box):
    box = open_box()
    query = {"service_id": box.told["service_id"], "state": "<b>"}
    page = box.served.http.get("/open/authorize", params=query, follow_redirects=True)

    assert page.status_code == 200
    assert "ROW_" in page.text
    assert "&lt;b&gt;" in page.text
    assert "<b>" not in page.text


def test_the_authorise_pages_refuse_whom_they_do_not_know(server):
    unknown = server.http.get("/open/authorize", params={"service_id": "nobody"}).json()
    missing = server.http.get("/open/authorize").json()

    assert (unknown["code"], missing["code"]) == (36004003, 98001004)


def test_a_code_is_exchanged_for_tokens_that_work(box, consent):
    tokens = box.auth.exchange_code(consent())

    assert tokens.access_token_expire_in == box.now + ACCESS_TOKEN_LIVES
    assert tokens.refresh_token_expire_in == box.now + USUAL_TERM
    assert tokens.user_type == 0
    assert tokens.open_id
    assert "seller.order.info" in tokens.granted_scopes
    shops = box.client.with_shop(access_token=tokens.access_token)
    assert shops.authorization.get_authorized_shops().data.shops
    shops.close()


def test_the_auth_host_says_success_in_lower_case(consent, token):
    told = token("get", auth_code=consent(), grant_type="authorized_code")
    assert (told["code"], told["message"]) == (0, "success")


def test_a_code_is_good_once(box, consent, refused_with):
    code = consent()
    box.auth.exchange_code(code)

    with refused_with(36004004):
        box.auth.exchange_code(code)


def test_a_code_lives_for_thirty_virtual_minutes(box, consent, refused_with):
    early, late = consent(), consent()
    box.advance(by="29m59s")
    assert box.auth.exchange_code(early).access_token
    box.advance(by="2s")

    with refused_with(36004004):
        box.auth.exchange_code(late)


def test_a_wrong_secret_gets_no_token(token):
    told = token("get", app_secret="wrong", auth_code="x", grant_type="authorized_code")
    assert told["code"] == 36004003
    assert "data" not in told


def test_a_wrong_secret_does_not_use_the_code_up(box, consent, token):
    code = consent()
    token("get", app_secret="wrong", auth_code=code, grant_type="authorized_code")

    assert box.auth.exchange_code(code).access_token


@pytest.mark.parametrize("verb", ["get", "refresh"])
@pytest.mark.parametrize("missing", ["app_key", "app_secret", "code", "grant_type"])
def test_a_missing_parameter_is_named(token, verb, missing):
    code = {"get": "auth_code", "refresh": "refresh_token"}[verb]
    name = code if missing == "code" else missing
    query = {code: "x", "grant_type": "authorized_code" if verb == "get" else "refresh_token"}
    told = token(verb, **(query | {name: ""}))

    assert told["code"] == 98001004
    assert f"expr_path={name}" in told["message"]


@pytest.mark.parametrize(("verb", "other"), [("get", "refresh_token"), ("refresh", "password")])
def test_the_grant_type_is_looked_at(token, verb, other):
    told = token(verb, auth_code="x", refresh_token="x", grant_type=other)
    assert told["code"] == 98001004


def test_a_refresh_gives_a_new_access_token_and_the_old_one_lives_on(box, consent):
    old = box.auth.exchange_code(consent())
    box.advance(by="1d")
    new = box.auth.refresh(old.refresh_token)

    assert new.access_token != old.access_token
    assert new.refresh_token == old.refresh_token
    assert new.access_token_expire_in == old.access_token_expire_in + 24 * 3600
    assert new.refresh_token_expire_in == old.refresh_token_expire_in
    for tokens in (old, new):
        assert box.data(
            "GET", "/authorization/202309/shops", cipher=None, token=tokens.access_token
        )


def test_an_unknown_refresh_token_has_no_record(box, refused_with):
    with refused_with(36004005):
        box.auth.refresh("ROW_nobody")


def test_a_refresh_token_ends_with_the_authorisation(box, refused_with):
    box.advance(by="364d23h59m59s")
    assert box.auth.refresh(box.told["refresh_token"]).access_token
    box.advance(by="1s")

    with refused_with(36004001):
        box.auth.refresh(box.told["refresh_token"])


def test_another_sandboxs_refresh_token_is_worth_nothing(box, open_box, refused_with):
    with refused_with(36004005):
        box.auth.refresh(open_box().told["refresh_token"])


def test_the_authorized_shops_come_with_their_ciphers(open_box):
    box = open_box(shops=["North", "South"])
    shops = box.client.authorization.get_authorized_shops().data.shops

    assert [shop.name for shop in shops] == ["North", "South"]
    assert [shop.cipher for shop in shops] == [shop["cipher"] for shop in box.told["shops"]]
    assert {shop.seller_type for shop in shops} == {"CROSS_BORDER"}
    assert {shop.region for shop in shops} == {"GB"}
    assert len({shop.id for shop in shops} | {shop.code for shop in shops}) == 4
