"""A signature that does not match is the most common first failure: the exchange log explains it.

Each mistake is made for real, by a client that gets just this wrong.
"""

import hashlib
import hmac
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.diagnosis import Attempt, diagnose
from mock_api.seller_center.signing import sign, text_to_sign
from tests.thoroughness import examples

PATH = "/order/202309/orders/search"
BODY = {"order_status": "UNPAID", "create_time_ge": 5}


def joined(pairs):
    return "".join(key + value for key, value in pairs)


@pytest.fixture
def made(box):
    """Make a mistake: *signing* gets path, query pairs, body and secret, and gives what is sent as
    the signature. The diagnosis in the exchange log."""

    def making(signing, body=None, query=()):
        content = json.dumps(BODY, separators=(", ", ":")).encode() if body is None else body
        stamp = str(wall_seconds())
        pairs = [("page_size", "10"), *query]
        own = [("app_key", box.app_key), ("shop_cipher", box.cipher), ("timestamp", stamp)]
        signed = signing(PATH, [*pairs, *own], content, box.secret)
        answer = box.call("POST", PATH, content, query=pairs, timestamp=stamp, sign=signed)
        assert (answer.status_code, answer.json()["code"]) == (401, 106001)
        exchange = box.exchanges()[-1]
        assert exchange["code"] == 106001
        return exchange["diagnosis"]

    return making


def hmac_of(text, secret):
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def rewritten(**style):
    """The body as another serialiser writes it."""
    return lambda path, query, body, secret: sign(
        path, query, json.dumps(json.loads(body), **style).encode(), secret
    )


def without(name):
    return lambda path, query, body, secret: sign(
        path, [pair for pair in query if pair[0] != name], body, secret
    )


def wrapped(text_of):
    """The secret around some other text."""

    def signing(path, query, body, secret):
        key = secret.encode()
        return hmac_of(key + text_of(path, query, body) + key, secret)

    return signing


def ordered(query):
    return sorted(query)


MISTAKES = {
    "the signature was sent in upper case": lambda *request: sign(*request).upper(),
    "the body was left out": lambda path, query, _body, secret: sign(path, query, b"", secret),
    "the body was signed with spaces after its separators": rewritten(),
    "the body was signed without spaces": rewritten(separators=(",", ":")),
    "the body was signed with its keys sorted": rewritten(sort_keys=True),
    "the body was signed without spaces and with its keys sorted": rewritten(
        separators=(",", ":"), sort_keys=True
    ),
    "the text was not wrapped in the app secret": lambda path, query, body, secret: hmac_of(
        path.encode() + joined(ordered(query)).encode() + body, secret
    ),
    "the app secret was put in front, but not at the end": (
        lambda path, query, body, secret: hmac_of(
            secret.encode() + path.encode() + joined(ordered(query)).encode() + body, secret
        )
    ),
    "a plain SHA-256 was taken": lambda path, query, body, secret: hashlib.sha256(
        text_to_sign(path, query, body, secret)
    ).hexdigest(),
    "the query was not sorted": wrapped(
        lambda path, query, body: path.encode() + joined(query).encode() + body
    ),
    "shop_cipher was left out": without("shop_cipher"),
    "timestamp was left out": without("timestamp"),
    "app_key was left out": without("app_key"),
    "keys and values were joined with = and &": wrapped(
        lambda path, query, body: (
            path.encode() + "&".join(f"{k}={v}" for k, v in ordered(query)).encode() + body
        )
    ),
    "the path was left out": wrapped(
        lambda _path, query, body: joined(ordered(query)).encode() + body
    ),
    "the path was signed with a slash at its end": lambda path, query, body, secret: sign(
        path + "/", query, body, secret
    ),
}
DIGEST_ONLY = {"the signature was sent in upper case", "a plain SHA-256 was taken"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_exchange_log_names_the_mistake(box, made, mistake):
    told = made(MISTAKES[mistake])
    wanted = told["should_have_signed"]

    assert told["mistake"] == mistake
    assert told["mend"]
    assert wanted.startswith(f"<app_secret>{PATH}app_key{box.app_key}page_size10")
    assert wanted.endswith("<app_secret>")
    assert told["given"] != told["expected"]
    assert box.secret not in json.dumps(told)
    if mistake in DIGEST_ONLY:
        assert told["parts_at"] is None
        assert told["signed"] == wanted
    else:
        at = told["parts_at"]
        assert told["signed"][:at] == wanted[:at]
        assert told["signed"][at : at + 1] != wanted[at : at + 1]


@pytest.mark.parametrize(
    "mistake", ["the signature was sent in upper case", "a plain SHA-256 was taken"]
)
def test_without_a_body_it_is_named_as_well(made, mistake):
    assert made(MISTAKES[mistake], body=b"")["mistake"] == mistake


def test_what_should_have_been_sent_would_have_been_right(box, made):
    told = made(lambda path, query, _body, secret: sign(path, query, b"", secret))
    text = told["should_have_signed"].replace("<app_secret>", box.secret)
    assert told["expected"] == hmac_of(text.encode(), box.secret)


def test_an_access_token_that_was_signed_is_named(made):
    query = [("access_token", "TTP_x")]
    told = made(
        wrapped(lambda path, pairs, body: path.encode() + joined(ordered(pairs)).encode() + body),
        query=query,
    )
    assert told["mistake"] == "access_token was signed"
    assert "access_token" not in told["should_have_signed"]


def test_values_that_were_signed_encoded_are_named(made):
    query = [("page_token", "a b/é==")]
    told = made(
        wrapped(
            lambda path, pairs, body: (
                path.encode()
                + joined((k, quote(v, safe="")) for k, v in ordered(pairs)).encode()
                + body
            )
        ),
        query=query,
    )
    assert told["mistake"] == "the values were signed as they are encoded in the URL"


def test_another_secret_is_none_of_the_known_mistakes(made):
    told = made(lambda path, query, body, _secret: sign(path, query, body, "another secret"))

    assert told["mistake"] == "none of the known ones"
    assert "another app_secret" in told["mend"]
    assert (told["signed"], told["parts_at"]) == (None, None)


@pytest.mark.parametrize("body", [b"", b"{nope", b"\xff\xfe", b"[" * 3000, b"null"])
def test_any_body_is_diagnosed(made, body):
    told = made(lambda *_: "0" * 64, body=body)
    assert told["mistake"] == "none of the known ones"


def test_a_good_signature_has_no_diagnosis(box):
    box.data("POST", PATH, BODY, query=[("page_size", "10")])
    assert box.exchanges()[-1]["diagnosis"] is None


@settings(deadline=None, max_examples=examples(60))
@given(
    st.text(),
    st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=4),
    st.binary(max_size=60),
    st.text(),
    st.text(min_size=8),
)
def test_no_request_is_too_odd_for_a_diagnosis(path, query, body, given_sign, secret):
    def plain(text):
        return text.encode("utf-8", "replace").decode()

    odd = [(plain(key), plain(value)) for key, value in query]
    told = diagnose(Attempt(plain(path), odd, body, plain(given_sign)), plain(secret))
    assert set(told) >= {"given", "expected", "should_have_signed", "mistake", "mend", "parts_at"}


# Secrets in the log.


def test_secrets_are_masked_in_the_exchange_log(box):
    box.auth.refresh(box.told["refresh_token"])
    box.call("POST", PATH, headers={"authorization": "Bearer hush", "cookie": "a=hush"})
    token, signed = box.exchanges()

    assert token["path"] == "/api/v2/token/refresh"
    assert "app_secret=***" in token["query"]
    assert "refresh_token=***" in token["query"]
    assert f"app_key={box.app_key}" in token["query"]
    assert signed["headers"]["x-tts-access-token"] == "***"
    assert signed["headers"]["authorization"] == signed["headers"]["cookie"] == "***"
    assert "sign=" in signed["query"]
    shown = json.dumps([token["query"], signed["query"], token["headers"], signed["headers"]])
    for secret in (box.secret, box.token, box.told["refresh_token"], "hush"):
        assert secret not in shown


def test_secrets_of_strays_are_masked_too(box):
    query = {"app_key": "stray", "app_secret": "hush-hush", "grant_type": "authorized_code"}
    box.served.http.get("/api/v2/token/get", params=query)
    strays = box.served.http.get("/_seatrial/exchanges").text

    assert "app_key=stray" in strays
    assert "hush-hush" not in strays
