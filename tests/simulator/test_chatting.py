"""Customer service: who writes to whom, when it is over, and what buyers make of it."""

from dataclasses import replace

import pytest

from simulator import facts
from simulator.buyers import talk as manners
from simulator.buyers.talk import Talk
from simulator.buyers.temperaments import TEMPERAMENTS, Deed, Habit
from simulator.clock import DAY, HOUR, MINUTE, Instant
from simulator.service.model import Kind, Role, Said
from simulator.service.performance import performance

HELLO = Said(Kind.TEXT, "hello")


@pytest.fixture
def talk(world, place):
    """A conversation that its buyer has begun, by hand."""
    order = place()
    world.chats.buyer_writes(order.id, HELLO)
    return world.registry.chats.between(order.shop_id, order.buyer_id)


@pytest.fixture
def eager(monkeypatch):
    """Calm buyers do nothing but what chats are about, and that surely."""
    calm = replace(
        TEMPERAMENTS["calm"],
        habits=(Habit(Deed.CHASE, 1.0, (MINUTE, MINUTE)), Habit(Deed.CONFIRM, 1.0, (HOUR, HOUR))),
        still_max=2 * DAY,
        looks_max=1,
    )
    monkeypatch.setitem(TEMPERAMENTS, "calm", calm)
    always = Talk(
        thanks=1.0,
        complains=1.0,
        asks_to_cancel=1.0,
        answers=1.0,
        answers_after=(HOUR, HOUR),
        rates=1.0,
        rates_after=(HOUR, HOUR),
        contented=1.0,
    )
    monkeypatch.setitem(manners._TALKS, "calm", always)


def roles(talk):
    return [message.role for message in talk.messages]


def test_an_agent_joins_and_leaves_when_the_buyer_falls_silent(world, told, talk, wait):
    assert roles(talk) == [Role.SYSTEM, Role.BUYER]
    world.chats.seller_writes(talk.id, HELLO)
    wait(6 * HOUR - 1)
    assert talk.session
    wait(1)
    assert talk.session is None
    assert told.of(facts.SessionEnded)[0].by == "buyer_silent"
    assert len(told.of(facts.AgentJoined)) == len(told.of(facts.AgentLeft)) == 1
    assert roles(talk)[2:] == [Role.CUSTOMER_SERVICE, Role.SYSTEM]
    assert world.next_due is not None, "the order's own deadlines"


@pytest.mark.usefixtures("talk")
def test_a_buyer_is_left_alone_for_seven_days_from_the_first_word_without_an_answer(
    world, told, wait
):
    wait(3 * DAY)
    order_id = next(iter(world.registry.orders))
    world.chats.buyer_writes(order_id, HELLO)
    wait(4 * DAY)
    assert told.of(facts.SessionEnded)[0].by == "seller_silent"


@pytest.mark.usefixtures("eager")
def test_one_who_asks_where_the_parcel_is_writes_answers_and_rates(world, told, place, wait):
    order = place(behaviour="absent", temperament="calm")
    wait(4 * DAY)
    chased = told.times(facts.BuyerChased)
    talk = world.registry.chats.between(order.shop_id, order.buyer_id)
    assert [message.at for message in talk.messages] == [*chased, *chased]
    assert talk.session.topic == "Logistics"
    world.chats.seller_writes(talk.id, HELLO)
    wait(HOUR)
    assert roles(talk)[-1] is Role.BUYER, "answers after an hour"
    world.chats.end_session(talk.id, talk.session.id)
    wait(HOUR)
    assert talk.sessions[0].stars in (4, 5)


@pytest.mark.usefixtures("eager")
def test_one_whom_nobody_answers_is_not_contented(world, place, wait):
    order = place(behaviour="absent", temperament="calm")
    wait(20 * DAY)
    (session,) = world.registry.chats.between(order.shop_id, order.buyer_id).sessions
    assert session.stars in (1, 2, 3)
    assert session.rated_for == "Slow response"


@pytest.mark.usefixtures("eager")
def test_one_whose_goods_have_come_may_say_thanks(world, place, wait):
    order = place(behaviour="prompt", temperament="calm")
    wait(30 * DAY)
    talk = world.registry.chats.between(order.shop_id, order.buyer_id)
    assert any("hank" in message.said.text for message in talk.messages)


@pytest.mark.usefixtures("eager")
def test_one_for_whom_it_is_too_late_to_cancel_asks_the_shop(world, monkeypatch, place, wait):
    late = replace(
        TEMPERAMENTS["calm"], habits=(Habit(Deed.CANCEL_LATER, 1.0, (3 * DAY, 3 * DAY)),)
    )
    monkeypatch.setitem(TEMPERAMENTS, "calm", late)
    order = place(behaviour="prompt", temperament="calm")
    wait(4 * DAY)
    talk = world.registry.chats.between(order.shop_id, order.buyer_id)
    assert "ancel" in talk.messages[1].said.text or "stop" in talk.messages[1].said.text


def test_a_world_whose_buyers_are_silent_has_no_chats(world, told, place, wait):
    place(behaviour="prompt")
    wait(30 * DAY)
    assert world.registry.chats.all == {}
    assert told.of(facts.ChatFact) == []


def test_a_seller_may_write_to_one_who_ever_returned_something(world, place, wait):
    order = place(behaviour="prompt")
    while order.status != "DELIVERED":
        wait(HOUR)
    world.buyers.request_return(order.id)
    wait(90 * DAY)
    talk = world.chats.open(order.shop_id, order.buyer_id)
    assert world.chats.may_write(talk)


def test_the_figures_are_those_of_what_happened(world, talk, place, wait):
    begun = world.now
    wait(30 * MINUTE)
    world.chats.seller_writes(talk.id, HELLO)
    slow = place()
    world.chats.buyer_writes(slow.id, HELLO)
    late = world.registry.chats.between(slow.shop_id, slow.buyer_id)
    wait(DAY + 30 * MINUTE)
    world.chats.seller_writes(late.id, HELLO)
    wait(6 * HOUR)
    world.chats.buyer_rates(slow.id, 3)
    every = world.registry.chats.of(talk.shop_id)
    counted = performance(every, begun, Instant(begun + DAY))
    assert (counted.sessions, counted.answered, counted.in_time) == (2, 2, 1)
    assert counted.answer_minutes == (30 + 24 * 60 + 30) / 2
    assert counted.rated == 0, "a rating counts when it is given"
    assert performance(every, Instant(begun + DAY), Instant(begun + 2 * DAY)).rated == 1
    assert counted.response_share == 0.5
    assert performance([], begun, world.now).satisfied_share == 0


def test_agents_who_come_back_take_what_waits(world, place):
    shop_id = next(iter(world.registry.shops))
    world.chats.accept(shop_id, accepted=False)
    order = place()
    world.chats.buyer_writes(order.id, HELLO)
    talk = world.registry.chats.between(shop_id, order.buyer_id)
    assert roles(talk) == [Role.BUYER, Role.ROBOT]
    assert talk.session.phase == "ROBOT"
    world.chats.accept(shop_id, accepted=True)
    assert talk.session.phase == "AGENT"


def test_who_bought_and_left_memory_is_still_known(place, wait, world):
    class Everything:
        """An archive in memory."""

        def __init__(self):
            self.rows = {}

        def put(self, ended):
            for each in ended:
                self.rows.update(dict.fromkeys(each.keys, each.rows))

        def find(self, kind, key):
            return self.rows.get((kind, key))

        def orders_of(self, buyer_id):
            rows = self.rows.get(("buyer", buyer_id))
            return [
                key for (kind, key), each in self.rows.items() if kind == "order" and each is rows
            ]

        def rewind(self, facts):
            pass

    world.plug_in(Everything(), stay=HOUR)
    order = place()
    world.buyers.cancel(order.id)
    wait(DAY)
    assert order.id not in world.registry.orders
    talk = world.chats.open(order.shop_id, order.buyer_id)
    assert [each.id for each in world.chats.orders_of(talk)] == [order.id]
