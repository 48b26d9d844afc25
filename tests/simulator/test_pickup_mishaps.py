"""What goes wrong at the seller's door: rounds that do not take place, couriers who come in vain,
parcels given to a wrong carrier (H1).

The world starts at eight in the morning in Shenzhen; its van comes at ten, two and six.
"""

import pytest

from simulator import Purchase, World, WorldConfig
from simulator.carriers.mishaps import Mishap
from simulator.clock import DAY, HOUR
from simulator.errors import NoPickupHere, WrongStatus
from simulator.facts import (
    MishapBefell,
    ParcelBroughtBack,
    PickupsSkipped,
    RoundSkipped,
    RuleBreached,
)
from tests.simulator.conftest import Told
from tests.simulator.voyages import (
    at_last,
    befallen,
    booked,
    rates,
    shipped,
    until_scanned,
    wait,
    words,
    world_with,
)

TEN, TWO, SIX = 2 * HOUR, 6 * HOUR, 10 * HOUR
"""Seconds from the start of the world to the first day's rounds."""


def collected_after(world, parcel):
    until_scanned(world, parcel, "picked_up")
    return parcel.first_scan.at - world.config.starts_at


def test_a_missed_pickup_is_said_and_the_next_round_comes(world, told):
    parcel = shipped(world)
    world.carriers.plan(parcel.id, Mishap.MISSED_PICKUP)

    assert collected_after(world, parcel) == TWO
    assert words(parcel) == ["pickup_failed", "picked_up"]
    assert parcel.scans[0].at - world.config.starts_at == TEN
    assert befallen(told) == ["missed_pickup"]


def test_a_failed_pickup_is_no_physical_scan(world):
    parcel = shipped(world)
    world.carriers.plan(parcel.id, Mishap.MISSED_PICKUP)
    wait(world, 2 * HOUR)

    assert (parcel.status, parcel.first_scan) == ("booked", None)
    assert world.order(parcel.order_id).status == "AWAITING_COLLECTION"


def test_missed_again_and_again_it_breaches_d2_by_the_carriers_fault():
    world = world_with(missed_pickup=1)
    told = Told(world)
    parcel = shipped(world)
    wait(world, 3 * DAY)
    (breach,) = told.of(RuleBreached)
    assert (breach.rule, breach.liable, breach.cause) == ("D2", "carrier", "not_picked_up")
    assert words(parcel) == ["pickup_failed"] * 9

    world.set_mishaps(0)
    assert at_last(world, parcel)[-1] == "delivered"


def test_a_late_courier_comes_the_next_day(world, told):
    parcel = shipped(world)
    world.carriers.plan(parcel.id, Mishap.LATE_PICKUP)

    assert collected_after(world, parcel) in (DAY + TEN, DAY + TWO)
    assert words(parcel) == ["picked_up"]
    assert befallen(told) == ["late_pickup"]


def test_each_pickup_has_luck_of_its_own():
    world = world_with(missed_pickup=0.5)
    parcels = [shipped(world) for _ in range(60)]
    wait(world, 5 * DAY)
    missed = [words(parcel).count("pickup_failed") for parcel in parcels]

    assert missed.count(0) == pytest.approx(30, abs=12)
    assert max(missed) > 2


def test_rounds_without_capacity_do_not_take_place():
    world = world_with(no_capacity=0.4)
    told = Told(world)
    for _ in range(90):
        shipped(world)
        wait(world, 3 * HOUR)
    skipped = [fact for fact in told.of(RoundSkipped) if fact.cause == "no_capacity"]

    assert {fact.carrier for fact in skipped} == {"jt"}
    assert len(skipped) == pytest.approx(0.4 * 45, abs=12)
    assert "missed_pickup" not in befallen(told)


# Skipped by hand.


def test_the_next_round_that_somebody_waits_for_is_skipped(world, told):
    parcel = shipped(world)
    assert world.carriers.skip_pickup("jt") == ["Shenzhen"]

    assert collected_after(world, parcel) == TWO
    assert [fact.cause for fact in told.of(RoundSkipped)] == ["skipped"]
    assert [fact.city for fact in told.of(PickupsSkipped)] == ["Shenzhen"]


def test_a_round_may_be_skipped_before_anybody_waits(world, told):
    world.carriers.skip_pickup("jt", "Shenzhen")
    wait(world, 2 * DAY)
    parcel = shipped(world)

    assert collected_after(world, parcel) == 2 * DAY + TWO
    assert [fact.waiting for fact in told.of(RoundSkipped)] == [1]


def test_only_that_citys_round_is_skipped(world):
    here, there = shipped(world), shipped(world, city="Shanghai")
    world.carriers.skip_pickup("jt", "Shanghai")

    assert collected_after(world, here) == TEN
    assert collected_after(world, there) >= TWO


def test_nobodys_pickup_cannot_be_skipped(world):
    with pytest.raises(WrongStatus):
        world.carriers.skip_pickup("jt")
    with pytest.raises(NoPickupHere):
        world.carriers.skip_pickup("jt", "Yiwu")


# H1: a wrong carrier.


def test_given_to_a_wrong_carrier_it_comes_back_and_waits_again(world, told):
    parcel = shipped(world)
    parcel.handed_to = "ups"
    after = collected_after(world, parcel)
    (befell,) = told.of(MishapBefell)
    (back,) = told.times(ParcelBroughtBack)
    (taken,) = told.times(MishapBefell)

    assert (befell.mishap, befell.carrier) == ("wrong_carrier", "ups")
    assert DAY <= back - taken <= 2 * DAY
    assert after > back - world.config.starts_at
    assert words(parcel) == ["picked_up"], "the wrong carrier scans nothing"
    assert (parcel.handed_to, parcel.is_away, parcel.strays) == ("", False, 1)
    assert at_last(world, parcel)[-1] == "delivered"


def test_its_own_carrier_is_no_wrong_one(world, told):
    parcel = shipped(world)
    parcel.handed_to = "jt"

    assert collected_after(world, parcel) == TEN
    assert befallen(told) == []


def test_the_clock_runs_on_and_the_seller_is_liable(world, told):
    """H1: the designated carrier came, and the parcel was not there."""
    order = world.buyers.place_order(Purchase())
    wait(world, 70 * HOUR)
    world.sellers.ready_to_ship(order.id)
    world.parcel(order.parcel_ids[0]).handed_to = "ups"
    wait(world, 12 * HOUR)
    world.carriers.hold("jt", 60 * HOUR)
    wait(world, 5 * DAY)

    assert [(fact.rule, fact.liable, fact.cause) for fact in told.of(RuleBreached)] == [
        ("D2", "seller", "handed_to_wrong_carrier"),
        ("D4", "seller", "handed_to_wrong_carrier"),
    ]
    complaint = world.desk.complain_about_carrier(order.id)
    wait(world, 10 * DAY)
    assert complaint.status == "rejected"


def test_dropped_off_at_a_wrong_depot_it_has_to_come_all_the_way_again(world, told):
    parcel = shipped(world, city="Yiwu")
    parcel.handed_to = "yunexpress"
    until_scanned(world, parcel, "picked_up")
    (taken,) = told.times(MishapBefell)

    assert parcel.first_scan.at - taken > DAY
    assert parcel.first_scan.place == world.registry.carrier("jt").depot
    assert at_last(world, parcel)[-1] == "delivered"


@pytest.mark.parametrize("city", ["Shenzhen", "Yiwu"])
def test_what_is_away_may_be_called_off(world, city):
    order = world.buyers.place_order(Purchase(city=city))
    wait(world, HOUR)
    world.sellers.ready_to_ship(order.id)
    parcel = world.parcel(order.parcel_ids[0])
    parcel.handed_to = "ups"
    while not parcel.is_away:
        wait(world, HOUR)
    world.buyers.ask_refund(order.id)
    world.sellers.answer_refund(order.id, granted=True)
    wait(world, 10 * DAY)

    assert (parcel.status, parcel.scans) == ("cancelled", [])
    assert world.next_due is None


def test_a_line_that_scans_in_its_warehouse_misses_pickups_too():
    world = World(
        WorldConfig(mishaps=1, carriers={"yunexpress": rates(missed_pickup=1)}),
    )
    parcel = booked(world, "yunexpress")
    wait(world, DAY)
    world.set_mishaps(0)

    assert at_last(world, parcel)[:3] == ["pickup_failed", "pickup_failed", "picked_up"]
