"""The authorisation lives in the world: granted, near its end, over, taken back."""

import json

import pytest

from simulator import World, WorldConfig, errors
from simulator.admission import next_look
from simulator.clock import DAY, HOUR, Instant, later
from simulator.facts import AuthorizationEnded, AuthorizationExpiring, AuthorizationGranted
from simulator.market import STANDARD


@pytest.fixture
def told():
    """A world that writes down what it is told, with its facts."""

    def opened(**config):
        world, facts = World(WorldConfig(**config)), []
        world.journal.subscribe(lambda _, at, fact: facts.append((at, fact)))
        return world, facts

    return opened


def test_a_new_world_is_authorized_and_has_no_fact_of_it(told):
    world, facts = told()
    state = world.registry.reminder.state
    assert (state.ends_at, state.ended_by, facts) == (world.now + 365 * DAY, "", [])
    assert world.next_due is None, "nobody waits for the end"


def test_its_end_is_told_daily_for_thirty_days_at_midnight_and_then_comes(told):
    world, facts = told(authorized_for=40 * DAY + HOUR)
    ends = later(world.now, 40 * DAY + HOUR)
    world.advance(later(world.now, 60 * DAY))

    *warned, (at, last) = facts
    assert (at, last) == (ends, AuthorizationEnded("time"))
    assert [fact for _, fact in warned] == [
        AuthorizationExpiring(ends, n) for n in range(30, 0, -1)
    ]
    assert {STANDARD.calendar.local(at).strftime("%H:%M:%S") for at, _ in warned} == {"00:00:00"}
    assert world.registry.reminder.state.ended_by == "time"


def test_what_is_taken_back_ends_at_once_and_is_told_no_more(told):
    world, facts = told(authorized_for=10 * DAY)
    world.admission.deauthorize()
    world.advance(later(world.now, 20 * DAY))
    assert [fact for _, fact in facts] == [AuthorizationEnded("seller")]
    with pytest.raises(errors.WrongStatus):
        world.admission.deauthorize()


def test_another_consent_makes_it_longer_or_is_the_next(told):
    world, facts = told(authorized_for=10 * DAY)
    world.admission.authorize(50 * DAY)
    world.admission.deauthorize()
    world.admission.authorize(60 * DAY)
    start = world.now
    assert [fact for _, fact in facts] == [
        AuthorizationGranted(later(start, 50 * DAY), 0),
        AuthorizationEnded("seller"),
        AuthorizationGranted(later(start, 60 * DAY), 1),
    ]
    world.advance(later(start, 29 * DAY))
    assert len(facts) == 3, "the first term's warnings are off"


@pytest.mark.parametrize("term", [0, DAY - 1, 36_501 * DAY])
def test_a_term_is_a_day_to_a_hundred_years(told, term):
    world, facts = told()
    with pytest.raises(errors.BadSetting):
        world.admission.authorize(term)
    with pytest.raises(errors.BadSetting):
        World(WorldConfig(authorized_for=term))
    assert facts == []


@pytest.mark.parametrize("left", [DAY, 29 * DAY, 30 * DAY, 30 * DAY + 1, 31 * DAY, 365 * DAY])
def test_the_next_look_is_the_first_midnight_of_the_last_thirty_days_or_the_end(left):
    now = Instant(1_893_974_400 + 7 * HOUR)
    ends = later(now, left)
    day = STANDARD.calendar.local(max(now, Instant(ends - 30 * DAY - 1))).date()
    found = next_look(ends, now, STANDARD.calendar)
    assert now < found <= ends
    assert found == ends or STANDARD.calendar.local(found).date() > day
    assert found == ends or found - (ends - 30 * DAY) < DAY or found - now <= DAY


@pytest.mark.parametrize("days", [3, 10, 25, 41])
def test_a_restored_world_goes_on_with_it(days):
    """Saved before, between and after the warnings, and once deauthorised."""
    world = World(WorldConfig(authorized_for=40 * DAY))
    world.admission.deactivate_shop(next(iter(world.registry.shops)))
    world.advance(later(world.now, days * DAY))
    again = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, again):
        each.advance(Instant(each.now + 20 * DAY))
        if not each.registry.reminder.state.ended_by:
            each.admission.deauthorize()
        each.admission.authorize(35 * DAY)
        each.advance(Instant(each.now + 40 * DAY))
    assert again.journal.digest() == world.journal.digest()
    assert again.registry.reminder.state == world.registry.reminder.state
