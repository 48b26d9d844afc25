"""Sandboxes of one server cannot see each other: whatever one's owner asks for by another's ids,
no answer has anything of the other's, and nothing of the other's changes."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_api.settings import Limits, ServerSettings
from tests.mock_api.carriers.own_calls import OwnCalls
from tests.mock_api.odd_requests import shaped
from tests.mock_api.tenants import IDS, LEAST_OF_AN_ID, Tenant, every_operation, state_of
from tests.thoroughness import examples

SERVER = ServerSettings(
    default_sandbox=False,
    limits=Limits(calls_per_second=0, orders_per_call=3, hooks=20, exchange_body_bytes=200),
)
SEEDS = (11, 12)
operations = cache(every_operation)
"""Worked out when the first test asks: it takes a while."""
GOODS = re.compile(r"100000\d{6}$")
"""Values of goods' attributes."""


@dataclass
class Street:
    """The tenants, and what is whose alone."""

    tenants: list[Any]
    alone: list[set[str]]

    def assert_apart(self, caller, whose, asked, answer):
        """Nothing in the answer is the other's, unless the question said it already."""
        said = tokens(answer.text) & self.alone[whose] - tokens(asked)
        assert not said, (caller, whose, asked, said, answer.text[:2_000])


def tokens(text):
    return {each for each in IDS.findall(text) if len(each) >= LEAST_OF_AN_ID}


@pytest.fixture(scope="module")
def street(running_server):
    with running_server(SERVER) as served:
        tenants = [Tenant(served.open(seed=seed, mishaps=3)) for seed in SEEDS]
        for tenant in tenants:
            tenant.look_around(operations())
        yield Street(tenants, own_of_each(tenants))


def own_of_each(tenants):
    """What only that one has. What every world knows is nobody's: goods are the same in all."""
    everything = [{each for each in tenant.all if not GOODS.match(each)} for tenant in tenants]
    return [
        found - set().union(*(others for others in everything if others is not found))
        for found in everything
    ]


def asked_of(street, operation, caller, whose, nth, content=b"", query=()):  # noqa: PLR0913, PLR0917
    """One call by the caller about the other's things: the answer, and all that the question
    said."""
    said = []

    def fill(name):
        said.append(street.tenants[whose].id_for(name, nth))
        return said[-1]

    filled = [(name, fill(name)) for name in query]
    answer = street.tenants[caller].call(operation, fill, content, filled)
    asked = [str(answer.request.url), content.decode("utf-8", "replace"), *said]
    return answer, " ".join(asked)


@pytest.mark.slow  # two worlds grow old
def test_many_operations_find_what_is_the_callers_own(street):
    """Or the tests below would say nothing: with one's own ids, things are found."""
    found = {}
    for nth, operation in enumerate(operations()):
        if operation.method == "GET" and "{" in operation.path and operation.simulated:
            tries = (asked_of(street, operation, 0, 0, nth + more)[0] for more in range(5))
            found[str(operation)] = any(answer.status_code == 200 for answer in tries)
    assert sum(found.values()) > len(found) / 3, found


@pytest.mark.slow
@pytest.mark.parametrize(("caller", "whose"), [(0, 1), (1, 0)])
def test_no_operation_shows_or_changes_what_is_anothers(street, caller, whose):
    """Every operation, with ids of another's wherever an id may be."""
    before = state_of(street.tenants[whose].box)
    for nth, operation in enumerate(operations()):
        answer, asked = asked_of(street, operation, caller, whose, nth, query=ids_in(operation))
        street.assert_apart(caller, whose, asked, answer)
        if nth % 20 == 0:
            assert state_of(street.tenants[whose].box) == before, (nth, str(operation))
    assert state_of(street.tenants[whose].box) == before


def body_of(operation):
    """Half right, half wrong; a string may be anything, until an id takes its place."""
    if operation.body is None:
        return st.none()
    return shaped(operation.body, operation.schemas)


STEP = st.tuples(
    st.sampled_from(range(len(SEEDS))),
    st.deferred(lambda: st.sampled_from(operations())).flatmap(
        lambda each: st.tuples(st.just(each), body_of(each))
    ),
    st.booleans(),
    st.integers(0, 50),
)


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(steps=st.lists(STEP, min_size=1, max_size=10))
def test_however_their_calls_are_mixed_sandboxes_never_meet(street, steps):
    for caller, (operation, body), has_query, nth in steps:
        whose = (caller + 1) % len(SEEDS)
        before = state_of(street.tenants[whose].box)
        content = b"" if body is None else json.dumps(body).encode()
        query = ids_in(operation) if has_query else ()
        answer, asked = asked_of(street, operation, caller, whose, nth, content, query)
        street.assert_apart(caller, whose, asked, answer)
        assert state_of(street.tenants[whose].box) == before


def ids_in(operation):
    """The names in its query that an id may stand for."""
    return [name for name in operation.names if re.search(r"ids?$|number|code$|no$", name)]


# Credentials of two.


@pytest.fixture
def pair(open_box):
    return open_box(seed=11), open_box(seed=12)


def test_nobody_comes_in_with_the_keys_of_one_and_the_token_of_another(pair):
    mine, other = pair
    path = "/order/202309/orders"
    query = [("ids", "1")]
    for edits in (
        {"token": other.token},
        {"cipher": other.cipher},
        {"key": other.app_key},
        {"secret": other.secret},
        {"key": other.app_key, "secret": other.secret},
    ):
        before = state_of(other)
        status, code = mine.refused("GET", path, query=query, **edits)
        assert (status, code) in {(401, 36009004), (400, 101000), (401, 106001)}, edits
        if "key" not in edits:
            assert state_of(other) == before


def test_a_code_or_a_refresh_token_of_anothers_is_worth_nothing(pair):
    mine, other = pair
    keys = {"app_key": mine.app_key, "app_secret": mine.secret}
    http, before = mine.served.http, sorted(other.inside.grants.access)
    refresh = {"refresh_token": other.told["refresh_token"], "grant_type": "refresh_token"}
    told = http.get("/api/v2/token/refresh", params=keys | refresh).json()
    assert told["code"] == 36004005
    code = other.inside.grants.new_code(other.inside.world.now)
    asked = {"auth_code": code, "grant_type": "authorized_code"}
    assert http.get("/api/v2/token/get", params=keys | asked).json()["code"] == 36004004
    assert sorted(other.inside.grants.access) == before
    assert code in other.inside.grants.codes


def test_a_carriers_token_leads_to_its_own_sandbox(pair):
    """A token of one carrier's opens no other's API, and no other sandbox."""
    mine, other = (OwnCalls(each) for each in pair)
    for name, path in (("ups", "/api/track/v1/details/1Z"), ("fedex", "/ship/v1/shipments")):
        mine.request(name, "GET", path)
        other.request(name, "GET", path)
    assert not set(mine.tokens) & set(other.tokens)
    bearers = mine.box.served.app.state.sandboxes.bearers
    for token in mine.tokens:
        owners = {
            found.sandbox.id
            for name in ("ups", "fedex", "yunexpress")
            if (found := bearers.find(name, token))
        }
        assert owners == {mine.box.id}
        headers = {"authorization": f"Bearer {token}"}
        answers = [
            mine.box.served.http.get(path, headers=headers).status_code
            for path in ("/desk/v1/penalties", "/v2/trackers")
        ]
        assert answers == [401, 401]


def test_an_idempotency_key_of_one_is_none_of_the_others(open_box):
    """The same call in two worlds that are alike: each does it."""
    done = []
    for box in (open_box(seed=11), open_box(seed=11)):
        order_id = box.released()
        box.control("POST", f"/buyers/{order_id}/cancel")
        path = "/return_refund/202309/cancellations"
        found = box.data("POST", f"{path}/search", {"order_ids": [order_id]})
        cancel_id = found["cancellations"][0]["cancel_id"]
        query = [("idempotency_key", "once")]
        assert box.refused("POST", f"{path}/{cancel_id}/approve", None, query=query)[1] == 0
        done.append((cancel_id, box.order(order_id).status))
    assert done[0] == done[1]
    assert done[1][1] == "CANCELLED"
