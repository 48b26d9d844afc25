import pytest

from simulator.clock import Instant
from simulator.seconds import Seconds
from simulator.waiting import TIME_UP, Agenda, Bell, Inbox


@pytest.fixture
def env():
    return Seconds(100)


@pytest.fixture
def agenda(env):
    return Agenda(env)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def listen(env, agenda, heard):
    """A life that waits once for each of the due times given, and notes what it hears, and when."""

    def start(*dues, name=""):
        inbox = Inbox(agenda)

        def life():
            for due in dues:
                signal = yield inbox.next_signal(by=due and Instant(due))
                heard.append((name, int(env.now), signal))

        env.process(life())
        env.run(until=env.now + 1)
        return inbox

    return start


def test_time_is_up_exactly_at_the_due_second(env, listen, heard):
    listen(160)
    env.run(until=160)
    assert heard == []

    env.run(until=161)

    assert heard == [("", 160, TIME_UP)]


def test_a_signal_in_time_is_heard_at_once_and_the_alarm_never_rings(env, listen, heard):
    inbox = listen(160)
    env.run(until=150)
    inbox.deliver("signal")
    env.run(until=1000)

    assert heard == [("", 150, "signal")]


def test_an_alarm_of_an_earlier_wait_does_not_ring_a_later_one(env, listen, heard):
    inbox = listen(160, 900)
    inbox.deliver("signal")
    env.run(until=1000)

    assert heard == [("", 101, "signal"), ("", 900, TIME_UP)]


def test_a_second_wait_for_the_same_second_rings_once(env, listen, heard):
    inbox = listen(160, 160, 900)
    inbox.deliver("signal")
    env.run(until=161)

    assert heard == [("", 101, "signal"), ("", 160, TIME_UP)]


def test_a_wait_without_a_due_time_waits_for_ever(env, agenda, listen, heard):
    inbox = listen(None)
    env.run(until=10**6)

    assert (heard, inbox.waiting, agenda.open_waits) == ([], True, 0)


def test_signals_that_nobody_waits_for_are_kept_in_order(env, agenda, heard):
    inbox = Inbox(agenda)
    inbox.deliver("one")
    inbox.deliver("two")

    def life():
        for _ in range(2):
            heard.append((yield inbox.next_signal(by=Instant(160))))

    env.process(life())
    env.run(until=101)

    assert (heard, agenda.open_waits) == (["one", "two"], 0)


def test_a_life_waits_for_one_thing_at_a_time(agenda):
    inbox = Inbox(agenda)
    inbox.next_signal()

    with pytest.raises(AssertionError, match="one thing at a time"):
        inbox.next_signal()


def test_those_who_are_due_in_one_second_are_rung_in_the_order_of_their_waits(env, listen, heard):
    for name in ("first", "second", "third"):
        listen(160, name=name)
    env.run(until=161)

    assert [name for name, _, _ in heard] == ["first", "second", "third"]


def test_open_waits_come_back_to_zero(env, agenda, listen):
    signalled, _rung = listen(160), listen(170)
    assert agenda.open_waits == 2

    signalled.deliver("signal")
    assert agenda.open_waits == 1

    env.run(until=171)
    assert agenda.open_waits == 0


def test_a_wait_for_the_present_second_is_over_in_it(env, listen, heard):
    listen(100)

    assert heard == [("", 100, TIME_UP)]
    assert env.now == 101


def test_a_bell_rings_when_its_second_is_over(env, agenda, heard):
    Bell(agenda, lambda: heard.append("bell")).set(Instant(100))

    def life():
        for step in ("once", "twice", "thrice"):
            yield env.timeout(0)
            heard.append(step)

    env.process(life())
    env.run(until=101)

    assert heard == ["once", "twice", "thrice", "bell"]


def test_bells_of_one_second_ring_in_the_order_in_which_they_were_set(env, agenda, heard):
    Bell(agenda, lambda: heard.append(("first", env.now))).set(Instant(160))
    Bell(agenda, lambda: heard.append(("second", env.now))).set(Instant(160))
    env.run(until=200)

    assert heard == [("first", 160), ("second", 160)]


def test_a_bell_that_is_set_anew_rings_once_at_its_new_time(env, agenda, heard):
    bell = Bell(agenda, lambda: heard.append(env.now))
    bell.set(Instant(160))
    bell.set(Instant(150))
    env.run(until=200)

    assert heard == [150]
    assert agenda.open_waits == 0


def test_a_bell_that_is_stopped_does_not_ring(env, agenda, heard):
    bell = Bell(agenda, lambda: heard.append(env.now))
    bell.set(Instant(160))
    bell.stop()
    env.run(until=200)

    assert (heard, agenda.open_waits, bell.turn) == ([], 0, 0)


def test_later_waits_have_higher_turns(agenda):
    first, second = Inbox(agenda), Inbox(agenda)
    first.next_signal(by=Instant(160))
    second.next_signal()

    assert 0 < first.turn < second.turn
