"""Lives in the environment of seconds hear the same, at the same time and in the same order, as
lives in SimPy's own, where each wait is an event.

The oracle is the plain way to wait: one SimPy event an alarm, a signal or a bell.
"""

import hypothesis.strategies as st
import simpy
from hypothesis import given, settings
from simpy.events import NORMAL, EventPriority

from simulator.clock import HOUR
from simulator.seconds import Seconds
from simulator.waiting import TIME_UP, Agenda, Bell, Inbox
from tests.thoroughness import examples

STARTS_AT = 1000
DELAYS = st.sampled_from([None, 0, 0, 1, 2, 3, HOUR, HOUR + 1, 5 * HOUR])
WHO = st.integers(0, 3)
STEPS = st.lists(
    st.tuples(
        DELAYS,
        st.lists(
            st.one_of(
                st.tuples(st.just("tell"), WHO),
                st.tuples(st.just("start"), WHO),
                st.tuples(st.just("set"), WHO, st.sampled_from([0, 1, 2, HOUR])),
                st.tuples(st.just("stop"), WHO),
            ),
            max_size=3,
        ),
    ),
    max_size=6,
)
"""What one life does: it waits so long for a signal, or without an end, and then acts."""
FROM_OUTSIDE = st.lists(st.tuples(WHO, st.sampled_from([0, 1, 2, HOUR, 6 * HOUR])), max_size=8)


class PlainInbox:
    """One event a wait."""

    def __init__(self, env):
        self.env = env
        self.event = None
        self.kept = []

    def next_signal(self, by=None):
        if self.kept:
            return self.env.event().succeed(self.kept.pop(0))
        self.event = event = self.env.event()
        if by is not None:
            alarm = self.env.event()
            alarm._ok, alarm._value = True, None
            self.env.schedule(alarm, NORMAL, max(0, by - self.env.now))
            alarm.callbacks.append(lambda _: self.time_is_up(event))
        return event

    def time_is_up(self, event):
        if self.event is event:
            self.event = None
            event._ok, event._value = True, TIME_UP
            callbacks, event.callbacks = event.callbacks, None
            for callback in callbacks:
                callback(event)

    def deliver(self, signal):
        event, self.event = self.event, None
        if event is None:
            self.kept.append(signal)
        else:
            event.succeed(signal)


class PlainBell:
    """One event a setting."""

    def __init__(self, env, ring):
        self.env, self.ring = env, ring
        self.alarm = None

    def set(self, by):
        self.alarm = alarm = self.env.event()
        alarm._ok, alarm._value = True, None
        self.env.schedule(alarm, EventPriority(2), max(0, by - self.env.now))
        alarm.callbacks.append(self.rung)

    def stop(self):
        self.alarm = None

    def rung(self, alarm):
        if self.alarm is alarm:
            self.alarm = None
            self.ring()


class Stage:
    """Four lives that may be started again and again, their inboxes and their bells."""

    def __init__(self, env, inbox, bell, plots):
        self.env, self.plots, self.log = env, plots, []
        self.inboxes = [inbox(env) for _ in plots]
        self.bells = [bell(env, lambda who=who: self.rung(who)) for who in range(len(plots))]
        self.alive = set()
        for who in range(len(plots)):
            self.start(who)

    def start(self, who):
        if who not in self.alive and len(self.log) < 500:
            self.alive.add(who)
            self.env.process(self.life(who))

    def rung(self, who):
        self.log.append((self.env.now, who, "bell"))
        self.inboxes[who].deliver("rung")

    def life(self, who):
        self.log.append((self.env.now, who, "begins"))
        for delay, acts in self.plots[who]:
            by = None if delay is None else self.env.now + delay
            heard = yield self.inboxes[who].next_signal(by)
            self.log.append((self.env.now, who, heard))
            for act in acts:
                self.do(*act)
        self.alive.discard(who)

    def do(self, act, whom, *delay):
        if act == "tell":
            self.inboxes[whom].deliver("told")
        elif act == "start":
            self.start(whom)
        elif act == "set":
            self.bells[whom].set(self.env.now + delay[0])
        else:
            self.bells[whom].stop()

    def played(self, commands):
        """Everything heard, when in between somebody outside tells the lives something."""
        for whom, pause in commands:
            if pause:
                self.env.run(until=self.env.now + pause)
            self.settle()
            self.inboxes[whom].deliver("told from outside")
            self.settle()
        self.env.run(until=self.env.now + 9 * HOUR)
        return self.log

    def settle(self):
        while self.env.peek() <= self.env.now:
            self.env.step()


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(plots=st.lists(STEPS, min_size=4, max_size=4), commands=FROM_OUTSIDE)
def test_lives_hear_the_same_in_the_same_order_as_in_simpys_own_environment(plots, commands):
    plain = Stage(simpy.Environment(STARTS_AT), PlainInbox, PlainBell, plots)
    agendas = {}

    def agenda(env):
        return agendas.setdefault(id(env), Agenda(env))

    env = Seconds(STARTS_AT)
    ours = Stage(
        env,
        lambda env: Inbox(agenda(env)),
        lambda env, ring: Bell(agenda(env), ring),
        plots,
    )
    assert ours.played(commands) == plain.played(commands)
