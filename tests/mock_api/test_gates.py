"""The gates in front of every business endpoint, each by itself and in the platform's order.

Path, app key, timestamp, signature, token, scope, shop cipher. The first two are observed, the rest
is inferred (facts/tiktok-shop.md, section 4).
"""

import re

import pytest
from tiktok_shop_api import TikTokShop

from mock_api.kernel.wall_clock import wall_seconds

LIST = "/order/202309/orders/search"
DETAIL = "/order/202309/orders"
SHOPS = "/authorization/202309/shops"
PAGE = [("page_size", "10")]
MORE = " For more details: https://m.tiktok.shop/s/AIu6dbFhs2XW"

NO_PATH, NO_METHOD, NO_VERSION = (404, 36009009), (405, 36009010), (400, 36009014)
BAD_PARAMETER, BAD_SIGN = (400, 36009004), (401, 106001)
BAD_TOKEN, EXPIRED, REVOKED, NO_SCOPE = (401, 36009004), (401, 105002), (401, 105001), (401, 105005)
NO_CIPHER, WRONG_CIPHER, MALFORMED = (400, 106013), (400, 101000), (400, 36009022)


@pytest.fixture
def said(box):
    """The gateway's answer to a call: HTTP status, code, and the words."""

    def calling(method=None, path=LIST, body=None, **edits):
        edits.setdefault("query", PAGE)
        answer = box.call(method or "POST", path, body, **edits)
        told = answer.json()
        assert list(told) == ["code", "message", "request_id", "data"]
        assert told["data"] is None
        assert re.fullmatch(r"\d{14}[0-9A-F]{20}", told["request_id"])
        return (answer.status_code, told["code"]), told["message"].removesuffix(MORE)

    return calling


def outcome(said, *args, **edits):
    return said(*args, **edits)[0]


def test_an_unknown_path(said):
    assert said(path="/order/202309/nope") == (
        NO_PATH,
        "Invalid path. The specified path does not match any available endpoint.",
    )


@pytest.mark.parametrize("path", ["/", "/order", "/order/2023/orders", LIST + "/", "//", "/_x"])
def test_no_other_path_is_known(said, path):
    assert outcome(said, path=path) == NO_PATH


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_an_unknown_method(said, method):
    outcome, message = said(method)
    assert outcome == NO_METHOD
    assert message.startswith("Invalid method.")


@pytest.mark.parametrize("version", ["202212", "202312", "209901"])
def test_an_unknown_version(said, version):
    assert said(path=f"/order/{version}/orders") == (
        NO_VERSION,
        "The version name is invalid, please check and retry.",
    )


@pytest.mark.parametrize("key", [None, "", "nobody", "x" * 5000])
def test_an_unknown_app_key(said, key):
    assert said(key=key) == (
        BAD_PARAMETER,
        "Invalid credentials. Invalid 'app_key' query parameter.",
    )


def test_a_stale_timestamp(said):
    outcome, message = said(timestamp=str(wall_seconds() - 302))
    assert outcome == BAD_PARAMETER
    assert "must not be earlier than 5 minutes before the current time" in message


def test_a_timestamp_from_the_future(said):
    outcome, message = said(timestamp=str(wall_seconds() + 33))
    assert outcome == BAD_PARAMETER
    assert "exceed the current time by more than 30 seconds" in message


@pytest.mark.parametrize("seconds", [-295, 25])
def test_a_timestamp_within_bounds_is_fine(box, seconds):
    assert box.data("POST", LIST, query=PAGE, timestamp=str(wall_seconds() + seconds))


@pytest.mark.parametrize(
    "timestamp", [None, "", "-1", "now", "1e9", "1893974400.5", "9" * 11, "9" * 5000, "²", "٣" * 10]
)
def test_a_timestamp_that_is_no_number_of_seconds(said, timestamp):
    outcome, message = said(timestamp=timestamp)
    assert outcome == BAD_PARAMETER
    assert message.startswith("Invalid timestamp.")


def test_timestamps_are_checked_on_the_virtual_clock_if_the_sandbox_says_so(open_box):
    box = open_box(timestamps="virtual")
    box.advance(by="3d")
    assert box.refused("POST", LIST, query=PAGE) == BAD_PARAMETER
    assert box.data("POST", LIST, query=PAGE, timestamp=str(box.now))
    assert box.data("POST", LIST, query=PAGE, timestamp=str(box.now - 300))
    assert box.data("POST", LIST, query=PAGE, timestamp=str(box.now + 30))
    assert box.refused("POST", LIST, query=PAGE, timestamp=str(box.now - 301)) == BAD_PARAMETER
    assert box.refused("POST", LIST, query=PAGE, timestamp=str(box.now + 31)) == BAD_PARAMETER


@pytest.mark.parametrize("sign", [None, ""])
def test_no_signature(said, sign):
    assert said(sign=sign) == (
        BAD_PARAMETER,
        "Missing credentials. The request does not include a required signature in the query.",
    )


def test_a_wrong_secret(said):
    assert said(secret="another secret") == (
        BAD_SIGN,
        "Invalid credentials. The 'sign' query parameter is invalid.",
    )


@pytest.mark.parametrize("sign", ["0" * 64, "x", "é", "ÿ" * 64, "\0", "ab" * 5000])
def test_a_signature_that_is_none(said, sign):
    assert outcome(said, sign=sign) == BAD_SIGN


def test_the_stock_client_raises_what_the_platform_would(box, refused_with):

    with (
        TikTokShop(box.app_key, "wrong", box.token, box.cipher, base_url=box.served.base) as client,
        refused_with(106001, 401),
    ):
        client.orders.get_order_list(page_size=10)


@pytest.mark.parametrize("token", [None, "", "ROW_nobody"])
def test_a_bad_token(said, token):
    assert said(token=token) == (
        BAD_TOKEN,
        "Invalid credentials. The 'x-tts-access-token' header is invalid.",
    )


def test_another_sandboxs_token(said, open_box):
    assert outcome(said, token=open_box().token) == BAD_TOKEN


def test_a_token_expires_after_seven_virtual_days(box, said):
    box.advance(by="6d23h59m59s")
    assert box.data("POST", LIST, query=PAGE)
    box.advance(by="1s")
    outcome, message = said()

    assert outcome == EXPIRED
    assert message.startswith("Expired credentials.")
    box.renew()
    assert box.data("POST", LIST, query=PAGE)


def test_a_deauthorised_token(box, said):
    box.inside.grants.access[box.token].revoked = True
    assert said() == (
        REVOKED,
        "access token is invalid; detail:your token has been deauthorized",
    )


def test_a_missing_scope(box, said):
    box.inside.grants.access[box.token].scopes -= {"seller.order.info"}
    outcome, message = said()

    assert outcome == NO_SCOPE
    assert message.startswith("Access denied. The app is not authorized")
    assert box.data("GET", SHOPS, cipher=None)


@pytest.mark.parametrize("cipher", [None, ""])
def test_a_missing_cipher(said, cipher):
    outcome, message = said(cipher=cipher)
    assert outcome == NO_CIPHER
    assert message.startswith("Missing identifier. The 'shop_cipher' query parameter is required")


def test_another_sandboxs_cipher(said, open_box):
    assert outcome(said, cipher=open_box().cipher) == WRONG_CIPHER
    assert outcome(said, cipher="ROW_nobody") == WRONG_CIPHER


def test_a_cipher_where_none_is_wanted(said):
    outcome, message = said("GET", SHOPS)
    assert outcome == BAD_PARAMETER
    assert message.startswith("Unexpected identifier. The 'shop_cipher' query parameter")


def test_an_optional_cipher_still_has_to_be_right(box, said):
    path = f"/fulfillment/202309/packages/{box.package_of(box.place_one())}"
    assert outcome(said, "GET", path, cipher="ROW_nobody") == WRONG_CIPHER


def test_a_body_that_is_no_json(said):
    assert said(body=b"{nope") == (
        MALFORMED,
        "Invalid request format. The request body is not valid JSON.",
    )


# The order: of two mistakes the earlier gate's is named.


def test_the_path_comes_before_everything(said):
    assert outcome(said, path="/nope", key="nobody", timestamp="1", sign="x") == NO_PATH
    assert outcome(said, path="/order/202212/orders", key="nobody") == NO_VERSION


def test_the_method_comes_before_the_app_key(said):
    assert outcome(said, "PATCH", key="nobody", sign="x") == NO_METHOD


def test_the_app_key_comes_before_the_timestamp(said):
    assert "'app_key'" in said(key="nobody", timestamp="1")[1]


def test_the_timestamp_comes_before_the_signature(said):
    assert "5 minutes" in said(timestamp="1", sign=None)[1]
    assert "5 minutes" in said(timestamp="1", sign="x")[1]


def test_the_signature_comes_before_the_body(said):
    assert outcome(said, body=b"{nope", sign="x") == BAD_SIGN
    assert outcome(said, body=b"\xff", sign="x") == BAD_SIGN


def test_the_signature_comes_before_the_token(box, said):
    box.advance(by="8d")
    assert outcome(said, sign="x") == BAD_SIGN
    assert outcome(said, sign="x", token="nobody") == BAD_SIGN


def test_an_unknown_token_comes_before_a_missing_cipher(said):
    assert outcome(said, token="nobody", cipher=None) == BAD_TOKEN


def test_an_expired_token_comes_before_a_missing_cipher(box, said):
    box.advance(by="8d")
    assert outcome(said, cipher=None) == EXPIRED


def test_a_revoked_token_is_revoked_even_when_it_has_expired(box, said):
    box.inside.grants.access[box.token].revoked = True
    box.advance(by="8d")
    assert outcome(said) == REVOKED


def test_the_token_comes_before_the_scope(box, said):
    box.inside.grants.access[box.token].scopes = frozenset()
    box.advance(by="8d")
    assert outcome(said) == EXPIRED


def test_the_scope_comes_before_the_cipher(box, said):
    box.inside.grants.access[box.token].scopes = frozenset()
    assert outcome(said, cipher=None) == NO_SCOPE
    assert outcome(said, cipher="ROW_nobody") == NO_SCOPE


def test_the_cipher_comes_before_the_body(said):
    assert outcome(said, body=b"{nope", cipher=None) == NO_CIPHER
    assert outcome(said, body=b"{nope", cipher="ROW_nobody") == WRONG_CIPHER
    assert outcome(said, query=[("page_size", "0")], cipher=None) == NO_CIPHER


def test_no_gate_leaves_a_fact(box, said):
    box.place_one()
    before = box.mark()
    for edits in ({"sign": "x"}, {"token": "x"}, {"cipher": "x"}, {"body": b"x"}, {"key": "x"}):
        said(**edits)
    assert box.mark() == before
