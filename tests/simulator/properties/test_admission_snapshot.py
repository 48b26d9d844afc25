"""However the authorisation is given, taken back and waited for: saving changes nothing, and its
end is told once a day and comes once, neither early nor late."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import Purchase, World, WorldConfig
from simulator.clock import DAY, HOUR, later
from simulator.errors import DomainError
from simulator.facts import AuthorizationEnded, AuthorizationExpiring, AuthorizationGranted
from tests.thoroughness import examples

TERMS = st.sampled_from([DAY, 2 * DAY + 1, 30 * DAY, 31 * DAY + HOUR])
ACTS = st.one_of(
    st.tuples(st.just("authorize"), TERMS),
    st.tuples(st.just("deauthorize"), st.just(0)),
    st.tuples(st.just("shop"), st.booleans()),
    st.tuples(st.just("order"), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([0, 1, HOUR, DAY, 17 * DAY, 31 * DAY])),
)


def do(world, act, value):
    shop = next(iter(world.registry.shops))
    with suppress(DomainError):
        match act:
            case "authorize":
                world.admission.authorize(value)
            case "deauthorize":
                world.admission.deauthorize()
            case "shop":
                gate = world.admission
                (gate.deactivate_shop if value else gate.reactivate_shop)(shop)
            case "order":
                world.buyers.place_order(Purchase(behaviour="prompt"))
            case "wait":
                world.advance(later(world.now, value))


@settings(max_examples=examples(25), deadline=None, derandomize=True)
@given(
    term=TERMS,
    acts=st.lists(ACTS, min_size=1, max_size=10),
    naps=st.sets(st.integers(0, 9), max_size=4),
)
def test_saving_changes_nothing_and_the_end_is_neither_early_nor_late(term, acts, naps):
    config = WorldConfig(authorized_for=term)
    straight, sleepy, facts = World(config), World(config), []
    straight.journal.subscribe(lambda _, at, fact: facts.append((at, fact)))
    for nth, (act, value) in enumerate(acts):
        do(straight, act, value)
        do(sleepy, act, value)
        if nth in naps:
            sleepy = World.restore(json.loads(json.dumps(sleepy.save())))
    assert sleepy.journal.digest() == straight.journal.digest()
    assert_told_in_time(facts, later(config.starts_at, term))


def assert_told_in_time(facts, ends):
    """What the facts alone must look like."""
    days, live = [], True
    for at, fact in facts:
        match fact:
            case AuthorizationGranted():
                days, live, ends = [], True, fact.ends_at
            case AuthorizationEnded():
                assert live
                assert fact.by == "seller" or at == ends
                live = False
            case AuthorizationExpiring():
                assert live
                assert fact.ends_at == ends
                assert ends - 30 * DAY <= at < ends
                assert at not in days
                days.append(at)
            case _:
                pass
        assert at <= ends or not live, "nothing but the end comes at the end"
