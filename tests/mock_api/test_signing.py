"""Signatures: the published vector, the stock client's own, and every reading that is allowed."""

from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiktok_shop_api import Signer, Webhooks

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign, sign_webhook, text_to_sign

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PAIRS = st.lists(st.tuples(TEXT | st.sampled_from(["sign", "access_token", "ids"]), TEXT))


def test_the_published_vector():
    query = [("app_key", "29a39d"), ("timestamp", "1623812664")]
    signed = sign("/authorization/202309/shops", query, b"", "e59af819cc")

    assert signed == "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8"


def test_the_text_is_what_the_page_says():
    query = [("timestamp", "1623812664"), ("sign", "x"), ("app_key", "29a39d")]
    text = text_to_sign("/authorization/202309/shops", query, b"{}", "s")

    assert text == b"s/authorization/202309/shopsapp_key29a39dtimestamp1623812664{}s"


@settings(deadline=None)
@given(TEXT, PAIRS, TEXT, TEXT)
def test_we_sign_as_the_stock_client_does(path, query, body, secret):
    theirs = Signer.sign(
        path=path,
        query=query,
        content_type="application/json",
        body=body.encode(),
        app_secret=secret,
    )
    assert sign(path, query, body.encode(), secret) == theirs


@settings(deadline=None)
@given(TEXT, TEXT, st.binary(max_size=200))
def test_we_sign_webhooks_so_that_the_stock_client_is_content(key, secret, body):
    signed = sign_webhook(key, secret, body)
    assert Webhooks.verify(app_key=key, app_secret=secret, raw_body=body, signature=signed)


# What the platform's own samples do differently is accepted, too.


@pytest.fixture
def raw(box):
    """A GET with its query exactly as given, signed over *signed_path* and *signed* pairs."""

    def calling(path, query, signed_path, signed):
        own = [("app_key", box.app_key), ("shop_cipher", box.cipher)]
        own.append(("timestamp", str(wall_seconds())))
        signature = sign(signed_path, [*signed, *own], b"", box.secret)
        pairs = [*query, *own, ("sign", signature)]
        text = "&".join(f"{quote(key)}={quote(value)}" for key, value in pairs)
        url = httpx.URL(box.served.base).copy_with(raw_path=f"{path}?{text}".encode())
        headers = {"x-tts-access-token": box.token, "content-type": "application/json"}
        return box.served.http.get(url, headers=headers).json()["code"]

    return calling


def test_a_repeated_key_is_signed_with_all_values_or_with_its_first(raw):
    query = [("ids", "1"), ("ids", "2")]
    path = "/order/202309/orders"

    assert raw(path, query, path, query) == 0
    assert raw(path, query, path, query[:1]) == 0
    assert raw(path, query, path, query[1:]) == 106001


def test_the_path_is_signed_decoded_or_encoded(raw):
    encoded, decoded = "/fulfillment/202309/packages/a%20%C3%A9", "/fulfillment/202309/packages/a é"

    for signed in (encoded, decoded):
        assert raw(encoded, [], signed, []) == 10006402
    assert raw(encoded, [], "/fulfillment/202309/packages/a+%C3%A9", []) == 106001


def test_an_access_token_in_the_query_is_not_signed(raw):
    path = "/order/202309/orders"
    assert raw(path, [("ids", "1"), ("access_token", "x")], path, [("ids", "1")]) == 0


def test_a_multipart_body_is_not_signed(box):
    headers = {"content-type": "multipart/form-data; boundary=x"}
    path, query = "/order/202309/orders/search", [("page_size", "1")]
    stamp = str(wall_seconds())
    own = [("app_key", box.app_key), ("shop_cipher", box.cipher), ("timestamp", stamp)]
    signed = sign(path, [*query, *own], b"", box.secret)
    answer = box.call(
        "POST", path, b"--x--", query=query, headers=headers, sign=signed, timestamp=stamp
    )
    assert answer.json()["code"] != 106001


def test_parameters_are_signed_with_their_blanks_and_plus_signs(raw):
    query = [("ids", "a b+c&d=e"), ("note", ""), ("é", "ü")]
    path = "/order/202309/orders"
    assert raw(path, query, path, query) == 0
