"""Bounds of a server are chosen on the command line and in the environment."""

import os
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mock_api.limits import BadLimit, Limits, chosen
from mock_api.settings import ServerSettings
from scenarios.cli import app
from scenarios.serving import served, with_limits
from tests.thoroughness import examples

WHOLE = [each.name for each in fields(Limits) if isinstance(each.default, int)]


@given(wanted=st.dictionaries(st.sampled_from(WHOLE), st.integers(1, 10**9)), data=st.data())
@hypothesis_settings(max_examples=examples(60), deadline=None)
def test_any_limits_are_chosen_in_either_place(wanted, data):
    by_word = data.draw(st.sets(st.sampled_from(sorted(wanted)))) if wanted else set()
    texts = [f"{name}={wanted[name]}" for name in by_word]
    environment = {
        f"SEATRIAL_LIMIT_{name.upper()}": str(value)
        for name, value in wanted.items()
        if name not in by_word
    }
    assert chosen(texts, environment | {"PATH": "/bin"}) == Limits(**wanted)


def test_a_word_counts_more_than_the_environment():
    limits = chosen(["orders=7"], {"SEATRIAL_LIMIT_ORDERS": "9", "SEATRIAL_LIMIT_FAULTS": "3"})
    assert (limits.orders, limits.faults) == (7, 3)


def test_thousands_may_be_set_apart_and_dashes_will_do():
    assert chosen(["orders-per-call=1_000"], {}).orders_per_call == 1_000
    assert chosen(["advance_budget_s=2.5"], {}).advance_budget_s == 2.5
    assert chosen(["calls_per_second=0"], {}).calls_per_second == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("orders", "'orders' is no NAME=VALUE"),
        ("order=1", "there is no limit 'order'; there are orders, orders_ever, "),
        ("orders=many", "orders=many: is a whole number from 1 to "),
        ("orders=0", "orders=0: is a whole number from 1 to "),
        ("orders=-1", "orders=-1: is a whole number from 1 to "),
        ("orders=1.5", "orders=1.5: is a whole number from 1 to "),
        ("calls_per_second=-1", "calls_per_second=-1: is a whole number from 0 to "),
        ("advance_budget_s=nan", "advance_budget_s=nan: is a number from 1 to "),
        ("advance_budget_s=inf", "advance_budget_s=inf: is a number from 1 to "),
    ],
)
def test_what_is_no_limit_is_refused_with_what_there_is(text, why):
    with pytest.raises(BadLimit) as refusal:
        chosen([text], {})
    assert str(refusal.value).startswith(why)


def test_a_bad_variable_is_named_in_full():
    with pytest.raises(BadLimit, match="SEATRIAL_LIMIT_ORDERS=x: is a whole number"):
        chosen([], {"SEATRIAL_LIMIT_ORDERS": "x"})
    with pytest.raises(BadLimit, match="there is no limit 'SEATRIAL_LIMIT_ODERS'"):
        chosen([], {"SEATRIAL_LIMIT_ODERS": "1"})


def test_the_command_says_what_is_wrong_and_starts_nothing():
    told = CliRunner().invoke(app, ["up", "--limit", "orders=none"])
    assert told.exit_code == 2
    assert "orders=none" in told.output


def test_a_server_is_started_with_them(monkeypatch):
    import httpx  # noqa: PLC0415 - only here

    monkeypatch.setitem(os.environ, "SEATRIAL_LIMIT_FAULTS", "1")
    settings = with_limits(ServerSettings(), ["connections=2"])
    with served(settings) as base, httpx.Client(base_url=base, trust_env=False) as http:
        told = http.get("/_seatrial/limits").json()["limits"]
        values = {each["name"]: each["value"] for each in told}
        assert (values["connections"], values["faults"]) == (2, 1)
        with httpx.Client(base_url=base, trust_env=False) as second:
            assert second.get("/_seatrial/health").status_code == 503
