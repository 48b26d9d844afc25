"""Commands as data: who hears of them, and what repeating them on another world comes to."""

import json

import pytest

from simulator import Purchase, World, WorldConfig
from simulator.clock import HOUR, later
from simulator.commands import Command
from simulator.errors import BadCommand, ClockMovesForward, NotFound
from simulator.orders.model import Mode
from simulator.plain import from_plain, to_plain


@pytest.fixture
def world():
    return World()


@pytest.fixture
def told(world):
    heard = []
    world.commands_go_to(heard.append)
    return heard


def test_a_command_is_told_of_with_its_time_its_party_and_what_was_said(world, told):
    world.advance(later(world.now, HOUR))
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    world.advance(later(world.now, 2 * HOUR))
    world.sellers.mark_shipped(order.id, "ups", number="1Z-12345", item_ids=[order.items[0].id])

    placed, marked = told
    assert (placed.at, placed.party, placed.act) == (order.placed_at, "buyers", "place_order")
    assert marked.at == world.now
    assert placed.said["purchase"]["mode"] == "seller"
    assert marked.said == {
        "order_id": order.id,
        "carrier": "ups",
        "number": "1Z-12345",
        "item_ids": [order.items[0].id],
    }


def test_the_worlds_own_commands_have_no_party(world, told):
    world.set_mishaps(2)

    assert told == [Command(world.now, "", "set_mishaps", {"factor": 2})]


def test_what_a_command_does_in_its_turn_is_not_told_of(world, told):
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, HOUR))
    world.buyers.cancel(order.id)

    assert [each.act for each in told] == ["place_order", "cancel"]


def test_neither_is_what_was_refused(world, told):
    with pytest.raises(NotFound):
        world.buyers.pay("nobody's")

    assert told == []


def test_after_a_refusal_commands_are_told_of_as_before(world, told):
    with pytest.raises(NotFound):
        world.buyers.pay("nobody's")
    world.set_mishaps(1)

    assert len(told) == 1


def test_everything_has_settled_when_a_command_is_told_of(world):
    due = []
    world.commands_go_to(lambda _: due.append(world.next_due))
    world.buyers.place_order(Purchase())

    assert due[0] > world.now


def test_who_has_been_sent_away_hears_no_more(world, told):
    world.commands_go_to(None)
    world.buyers.place_order(Purchase())

    assert told == []


def test_who_hears_facts_while_time_passes_may_command_nothing(world):
    world.buyers.place_order(Purchase(behaviour="prompt"))
    world.journal.subscribe(lambda *_: world.set_mishaps(1))

    with pytest.raises(AssertionError, match="commands nothing"):
        world.advance(later(world.now, 48 * HOUR))


def test_another_world_to_which_the_same_is_said_is_the_same(world, told):
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    world.advance(later(world.now, HOUR))
    world.sellers.book(order.id, "ups")
    world.advance(later(world.now, 30 * HOUR))

    again = World(world.config)
    for each in json.loads(json.dumps([to_plain(each) for each in told])):
        again.repeat(from_plain(Command, each))
    again.advance(world.now)
    assert again.save() == world.save()


def test_a_command_cannot_be_repeated_in_the_past(world):
    early = Command(world.now, "", "set_mishaps", {"factor": 1})
    world.advance(later(world.now, 1))

    with pytest.raises(ClockMovesForward):
        world.repeat(early)


A_PURCHASE = to_plain(Purchase())


@pytest.mark.parametrize(
    ("party", "act", "said", "why"),
    [
        ("pirates", "plunder", {}, "no such command"),
        ("sellers", "plunder", {}, "no such command"),
        ("sellers", "__init__", {}, "no such command"),
        ("trackers", "get", {"tracker_id": "1"}, "no such command"),
        ("", "restore", {"saved": {}}, "no such command"),
        ("", "buyers", {}, "no such command"),
        ("buyers", "pay", {}, "missing a required argument: 'order_id'"),
        ("buyers", "pay", {"order_id": 7}, "order_id: it is 7, and must be a text"),
        ("buyers", "pay", {"order_id": "7", "loudly": True}, "no 'loudly'"),
        ("buyers", "pay", [], "list"),
        ("buyers", "place_order", {"purchase": A_PURCHASE | {"paid": 1}}, "must be true or false"),
        ("buyers", "place_order", {"purchase": A_PURCHASE | {"wings": 2}}, "wings is no field"),
        ("buyers", "place_order", {"purchase": A_PURCHASE | {"mode": "air"}}, "not a valid Mode"),
        ("", "set_mishaps", {"factor": True}, "is True, and must be a number"),
        ("sellers", "combine", {"parcel_ids": "7"}, "must be a list"),
        ("shopkeepers", "set_prices", {"shop_id": "7", "prices": []}, "must be a mapping"),
        ("sellers", "reply", {"return_id": "7", "said": {"words": "no"}}, "said: "),
        ("sellers", "reply", {"return_id": "7", "said": "no"}, "said: "),
    ],
)
def test_a_command_that_cannot_be_read_is_named_and_changes_nothing(world, party, act, said, why):
    before = world.save()
    with pytest.raises(BadCommand) as refusal:
        world.repeat(Command(later(world.now, 5), party, act, said))

    assert f"{act} at {world.now + 5}" in str(refusal.value)
    assert why in str(refusal.value)
    assert world.save() == before


def test_a_command_that_the_world_refuses_is_refused_as_ever():
    world = World(WorldConfig())
    with pytest.raises(NotFound):
        world.repeat(Command(world.now, "buyers", "pay", {"order_id": "nobody's"}))
