"""Strikes and storms: announced over a country or a city, they stop vans and legs, and pass."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import World
from simulator.carriers.closures import Closure, closed_seconds, opens_at
from simulator.clock import DAY, HOUR, Instant, later
from simulator.errors import BadSetting, LimitReached, UnknownCarrier
from simulator.facts import CarrierClosed, MishapBefell, RoundSkipped, RuleBreached
from simulator.incidents import CLOSURES_MAX
from tests.simulator.conftest import Told
from tests.simulator.voyages import at_last, booked, shipped, until_scanned, wait, words
from tests.thoroughness import examples

TEN = 2 * HOUR


@pytest.fixture
def close(world):
    """Close a country, or its city, from so many seconds on for so long."""

    def closed(region, seconds, *, after=0, city="", carrier="", cause="strike"):
        starts_at = later(world.now, after)
        return world.carriers.close(
            Closure(carrier, region, city, starts_at, later(starts_at, seconds), cause)
        )

    return closed


def shut(begins, ends):
    return Closure("", "GB", "", Instant(begins), Instant(ends), "weather")


@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6),
    since=st.integers(0, 30),
    takes=st.integers(0, 30),
)
@settings(max_examples=examples(300), derandomize=True, deadline=None)
def test_closed_time_is_counted_second_by_second(spans, since, takes):
    closures = [shut(begins, begins + length) for begins, length in spans]
    dark = {at for each in closures for at in range(each.starts_at, each.ends_at)}

    assert closed_seconds(closures, Instant(since), Instant(since + takes)) == sum(
        at in dark for at in range(since, since + takes)
    )
    assert opens_at(closures, Instant(since)) == next(
        at for at in range(since, 100) if at not in dark
    )


def test_what_is_announced_is_a_fact(told, close):
    closure = close("GB", DAY, after=HOUR, cause="weather")

    assert told.of(CarrierClosed) == [
        CarrierClosed("", "GB", "", closure.starts_at, closure.ends_at, "weather")
    ]


def test_no_rounds_in_a_closed_city(world, told, close):
    close("CN", DAY, city="Shenzhen")
    here, there = shipped(world), shipped(world, city="Hangzhou")
    wait(world, 20 * HOUR)
    assert words(here) == []
    assert words(there) == ["picked_up", "arrived_at_hub"]

    until_scanned(world, here, "picked_up")
    assert here.first_scan.at == world.config.starts_at + DAY + TEN
    assert {(fact.city, fact.cause) for fact in told.of(RoundSkipped)} == {("Shenzhen", "strike")}


def test_a_carriers_own_strike_stops_nobody_else(world, close):
    close("CN", 2 * DAY, carrier="ups")
    striking, working = booked(world, "ups"), booked(world, "dhl")
    wait(world, DAY)

    assert words(striking) == []
    assert words(working)[0] == "picked_up"


def test_the_carrier_is_liable_for_a_strike(world, told, close):
    """D2 knows no excuse."""
    close("CN", 4 * DAY)
    shipped(world)
    wait(world, 4 * DAY)

    assert [(fact.rule, fact.liable) for fact in told.of(RuleBreached)] == [("D2", "carrier")]


def test_legs_in_a_closed_country_take_so_much_longer(close, world):
    """From the first hub to the airport, by a line that never rests there: two days of strike."""
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    due = parcel.due_at
    close("CN", 2 * DAY, after=HOUR)
    wait(world, 3 * DAY)
    until_scanned(world, parcel, "departed_from_hub")

    assert words(parcel)[2:4] == ["delayed", "departed_from_hub"]
    assert parcel.scans[3].at == due + 2 * DAY
    assert at_last(world, parcel)[-1] == "delivered"


def test_a_leg_that_is_over_before_is_not_touched(close, world):
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    due = parcel.due_at
    close("CN", DAY, after=due - world.now + 1)
    until_scanned(world, parcel, "departed_from_hub")

    assert parcel.scans[-1].at == due


def test_one_strike_after_the_other(close, world, told):
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    due = parcel.due_at
    close("CN", DAY)
    wait(world, 23 * HOUR)
    close("CN", DAY)
    until_scanned(world, parcel, "departed_from_hub")

    # They overlap by an hour.
    assert parcel.scans[-1].at == due + 47 * HOUR
    assert {fact.mishap for fact in told.of(MishapBefell)} == {"strike"}


def test_a_strike_elsewhere_is_none_here(close, world, told):
    close("US", 60 * DAY)
    close("GB", 60 * DAY, city="London")
    parcel = shipped(world)

    assert at_last(world, parcel)[-1] == "delivered"
    assert told.of(MishapBefell) == []


def test_nothing_is_delivered_in_a_storm(close, world):
    """A fortnight of storms in Britain; what comes after is by daylight again."""
    parcel = shipped(world)
    until_scanned(world, parcel, "out_for_delivery")
    storm = close("GB", 14 * DAY, cause="weather")
    until_scanned(world, parcel, "delivered")
    door = parcel.scans[-1]

    assert door.at >= storm.ends_at
    assert 8 <= int(door.local_time[11:13]) < 20
    assert words(parcel)[-2:] == ["delayed", "delivered"]


def test_parcels_on_their_way_to_the_depot_wait_as_well(close, world):
    parcel = shipped(world, city="Yiwu")
    strike = close("CN", 5 * DAY)
    until_scanned(world, parcel, "picked_up")

    assert parcel.first_scan.at == strike.ends_at


def test_by_hand_a_parcel_moves_also_after_a_strike(close, world):
    """What is found, or let go, is so at once: the time lost before does not count again."""
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    close("CN", DAY)
    wait(world, 2 * DAY)
    world.carriers.mislay(parcel.id)
    world.carriers.find(parcel.id)

    assert words(parcel)[-2] == "exception"
    assert parcel.scans[-1].at == world.now


def test_nobody_is_closed_in_the_past(world):
    wait(world, DAY)
    closure = world.carriers.close(
        Closure("", "GB", "", Instant(0), later(world.now, HOUR), "strike")
    )

    assert closure.starts_at == world.now


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"region": "gb"}, BadSetting),
        ({"region": "GBR"}, BadSetting),
        ({"cause": "boredom"}, BadSetting),
        ({"ends_at": Instant(5)}, BadSetting),
        ({"carrier": "pigeon"}, UnknownCarrier),
    ],
)
def test_what_cannot_be_closed(world, told, wrong, refusal):
    usual = {
        "carrier": "",
        "region": "GB",
        "city": "",
        "starts_at": world.now,
        "ends_at": later(world.now, HOUR),
        "cause": "strike",
    }
    with pytest.raises(refusal):
        world.carriers.close(Closure(**usual | wrong))

    assert told.facts == []


def test_there_is_an_end_to_closures(close):
    for _ in range(CLOSURES_MAX):
        close("GB", HOUR)
    with pytest.raises(LimitReached):
        close("GB", HOUR)


@pytest.mark.parametrize("hours", range(0, 120, 11))
def test_a_world_on_strike_survives_saving(hours):
    world = World()
    parcel = shipped(world)
    starts_at = later(world.now, 20 * HOUR)
    world.carriers.close(Closure("", "CN", "", starts_at, later(starts_at, 2 * DAY), "strike"))
    world.carriers.close(
        Closure("", "GB", "", later(starts_at, DAY), later(starts_at, 4 * DAY), "weather")
    )
    wait(world, hours * HOUR)
    again = World.restore(json.loads(json.dumps(world.save())))
    told = Told(again)
    for each in (world, again):
        wait(each, 60 * DAY)

    assert again.journal.digest() == world.journal.digest()
    assert again.parcel(parcel.id).status == "delivered"
    assert "ParcelScanned" in told.kinds()
