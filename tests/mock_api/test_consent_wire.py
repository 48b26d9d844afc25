"""The authorisation at the wire: what tokens are worth, webhooks 6 and 7, the app's own."""

import pytest
from tiktok_shop_api import TikTokShopError, Webhooks

from mock_api.kernel.webhook_urls import flaw_of
from mock_api.seller_center.pushes import Push
from mock_api.seller_center.webhooks import Herald

DAY = 86_400
SHOPS = "/authorization/202309/shops"
REVOKED, EXPIRED, NO_RECORD = (401, 105001), (401, 105002), 36004005
NEWS = ("SELLER_DEAUTHORIZATION", "UPCOMING_AUTHORIZATION_EXPIRATION")


def told(box, listener):
    return [
        Webhooks.verify_and_parse(
            app_key=box.app_key, app_secret=box.secret, raw_body=body, signature=signature
        )
        for signature, body in listener.heard
    ]


def refreshed(box):
    with pytest.raises(TikTokShopError) as raised:
        box.auth.refresh(box.told["refresh_token"])
    return raised.value.code


def test_after_deauthorisation_no_call_and_no_refresh_is_good(box, listener):
    box.subscribe(listener.url, *NEWS)
    box.control("POST", "/authorization/take_back")
    box.advance(by=0)
    shop = box.told["shops"][0]["id"]
    (news,) = told(box, listener)
    assert (news.type_, news.shop_id) == (6, shop)
    assert news.data.message == f"Shop_id {shop} is deauthorized from your APP by merchant."
    assert box.refused("GET", SHOPS, cipher=None) == REVOKED
    assert refreshed(box) == NO_RECORD
    assert box.ask("POST", "/authorization/take_back").status_code == 409


def test_the_authorize_page_makes_it_good_again_and_old_tokens_stay_worthless(box):
    box.control("POST", "/authorization/take_back")
    page = box.served.http.get("/open/authorize", params={"service_id": box.told["service_id"]})
    code = dict(page.next_request.url.params)["code"]
    tokens = box.auth.exchange_code(code)
    assert box.refused("GET", SHOPS, cipher=None) == REVOKED
    assert box.refused("GET", SHOPS, cipher=None, token=tokens.access_token) == (200, 0)
    assert tokens.refresh_token_expire_in == box.now + 365 * DAY
    granted = box.journal(kind="AuthorizationGranted")
    assert [(each["serial"], each["ends_at"]) for each in granted] == [(1, box.now + 365 * DAY)]


def test_its_end_is_told_daily_and_then_everything_has_expired(open_box, listener):
    box = open_box(authorized_for="6d")
    box.subscribe(listener.url, *NEWS)
    ends = box.now + 6 * DAY
    box.advance(by="7d")
    news = told(box, listener)
    assert [each.type_ for each in news] == [7] * len(news)
    days = [int(each.data.message.split(" is expiring in ")[1].split()[0]) for each in news]
    assert days in ([6, 5, 4, 3, 2, 1], [5, 4, 3, 2, 1])
    assert {each.data.expiration_time for each in news} == {str(ends)}
    assert box.refused("GET", SHOPS, cipher=None) == EXPIRED
    assert refreshed(box) == 36004001


def test_a_longer_consent_keeps_the_tokens(open_box):
    box = open_box(authorized_for="3d")
    box.control("POST", "/authorization/grant", {"for": "30d"})
    box.advance(by="5d")
    assert box.refused("GET", SHOPS, cipher=None) == (200, 0)
    assert box.auth.refresh(box.told["refresh_token"]).refresh_token_expire_in == (
        box.now - 5 * DAY + 30 * DAY
    )


def test_a_world_is_idle_although_its_authorisation_will_end(box):
    went = box.advance(until="idle")
    assert (went["reached"], went["now"]) == (True, box.told["now"])


# The app's own webhooks.


def test_the_apps_address_hears_of_every_shop_what_it_chose(open_box, listener):
    box = open_box(shops=2)
    wish = {"address": listener.url, "types": ["ORDER_STATUS_CHANGE", 6]}
    box.control("PUT", "/app_webhooks", wish)
    for shop in box.told["shops"]:
        box.place_one(shop_id=shop["id"], paid=False)
    box.control("POST", "/authorization/take_back")
    box.advance(by=0)
    ids = {shop["id"] for shop in box.told["shops"]}
    assert {each["shop_id"] for each in listener.news if each["type"] == 1} == ids
    assert {each["shop_id"] for each in listener.news if each["type"] == 6} == ids


def test_a_shops_and_the_apps_addresses_both_hear_and_one_that_is_both_hears_once(box, listener):
    box.subscribe(listener.url)
    box.control("PUT", "/app_webhooks", {"address": listener.url})
    box.place_one(paid=False)
    box.advance(by=0)
    assert len(listener.heard) == 1
    box.control("PUT", "/app_webhooks", {"address": listener.url + "?app"})
    box.place_one(paid=False)
    box.advance(by=0)
    assert len(listener.heard) == 3
    assert listener.heard[1] == listener.heard[2]

    box.ask("DELETE", "/app_webhooks")
    box.place_one(paid=False)
    box.advance(by=0)
    assert len(listener.heard) == 4


@pytest.mark.parametrize(
    "wish", [{"address": "ftp://x"}, {"address": "http://x", "types": ["nope"]}, {"types": [1]}]
)
def test_an_app_webhook_that_cannot_be_is_refused(box, wish):
    assert box.ask("PUT", "/app_webhooks", wish).status_code == 422


@pytest.mark.parametrize(
    ("number", "key"), [(1, "shop_id"), (21, "seller_open_id"), (55, "creator_open_id")]
)
def test_an_envelope_names_whom_its_type_is_about(box, number, key):
    push = Push(number, "X", "749", "749", {}, has_notification_id=number != 21)
    envelope = Herald(box.inside)._envelope(push, 1, 7)
    keys = ["type", *(["tts_notification_id"] if number != 21 else []), key, "timestamp", "data"]
    assert list(envelope) == keys


# Addresses.

STRICT = [
    ("http://erp.example.com/hook", "must be https"),
    ("https://erp.example.com:8443/hook", "must not have a port"),
    ("https://erp.example.com:/hook", "must not have a port"),
    ("https://10.0.0.1/hook", "must name a host, not an IP address"),
    ("https://[::1]/hook", "must name a host, not an IP address"),
    ("https://2130706433/hook", "must name a host, not an IP address"),
    ("https://erp.example.com/" + "x" * 232, "must not be longer than 255 characters"),
    ("https://erp.example.com/" + "x" * 231, ""),
    ("https://erp.example.com/hook", ""),
]


@pytest.mark.parametrize(("address", "flaw"), STRICT)
def test_real_platforms_take_real_addresses_only(address, flaw):
    assert flaw_of(address, strict=True) == flaw
    assert flaw_of(address, strict=False) == ""


def test_a_strict_sandbox_refuses_a_receiver_on_this_machine(open_box, listener):
    box = open_box(strict_webhook_urls=True)
    for address, status in ((listener.url, (400, 36009004)), ("https://a.example.com", (200, 0))):
        body = {"event_type": "ORDER_STATUS_CHANGE", "address": address}
        assert box.refused("PUT", "/event/202309/webhooks", body) == status


# Faults with documented codes.


def test_a_planned_refusal_has_a_code_that_is_documented_for_its_operation(box, refused_with):
    order = box.released()
    package, mark = box.package_of(order), box.mark()
    wish = {"what": "refused", "operation": "ship_package", "code": 11001031, "times": 1}
    box.control("POST", "/faults", wish)
    with refused_with(11001031):
        box.client.fulfillment.ship_package(package)
    assert box.mark() == mark
    box.client.fulfillment.ship_package(package)
    (fault,) = box.control("GET", "/faults")["faults"]
    assert (fault["code"], fault["fired"]) == (11001031, 1)


def test_a_planned_refusal_of_the_gateways_may_befall_any_call(box):
    box.control("POST", "/faults", {"what": "refused", "code": 36009007, "times": 1})
    assert box.refused("GET", SHOPS, cipher=None) == (504, 36009007)
    assert box.refused("GET", SHOPS, cipher=None) == (200, 0)


@pytest.mark.parametrize(
    "wish",
    [
        {"what": "refused"},
        {"what": "throttled", "code": 36009002},
        {"what": "refused", "code": 21001003},
        {"what": "refused", "code": 11001031, "operation": "get_order_detail"},
        {"what": "refused", "code": 25001028, "operation": "nobody"},
    ],
)
def test_a_refusal_that_no_document_has_is_not_planned(box, wish):
    assert box.ask("POST", "/faults", wish).status_code == 422
