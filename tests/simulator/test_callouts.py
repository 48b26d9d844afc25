"""Couriers who are called: when they come, when they do not, and until when they can be called
off."""

from datetime import date

import pytest

from simulator import World, WorldConfig
from simulator.clock import DAY, HOUR, Instant
from simulator.errors import (
    AlreadyCollected,
    BadWindow,
    CourierOnTheWay,
    NoPickupHere,
    NotFound,
    PickupStands,
)
from simulator.facts import PickupFailed, PickupMade, PickupMiscounted
from simulator.parcels.model import ParcelStatus
from simulator.people import Address
from simulator.shipments.pickup import PickupStatus, PickupWish
from simulator.shipments.windows import Policy, Window
from simulator.world import Pickups
from tests.simulator.shippers import SENDER, YIWU, call, local, said, wish

REFUSES = Policy(moves_on=False)


@pytest.fixture
def on_call():
    """Nobody comes until somebody calls."""
    return World(WorldConfig(seed=1, pickups=Pickups.ON_CALL))


@pytest.fixture
def parcel(world):
    (parcel,) = world.shippers.parcels_of(world.shippers.ship(wish()))
    return parcel


def test_the_van_comes_within_the_window(world, parcel, told):
    pickup = world.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    world.advance(local(8, 13))
    assert parcel.status is ParcelStatus.BOOKED
    world.advance(local(8, 18))
    assert pickup.status is PickupStatus.COLLECTED
    assert [fact.parcel_id for fact in told.of(PickupMade)] == [parcel.id]
    assert [said(at) for at in told.times(PickupMade)] == ["08 14:00"]


def test_what_is_labelled_after_the_call_is_taken_with_the_rest(world, parcel):
    pickup = world.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    (second,) = world.shippers.parcels_of(world.shippers.ship(wish()))
    world.advance(local(8, 18))
    assert sorted(pickup.collected) == sorted([parcel.id, second.id])


@pytest.mark.usefixtures("parcel")
@pytest.mark.parametrize(("said", "counted"), [(0, []), (1, []), (3, [(3, 1)])])
@pytest.mark.usefixtures("parcel")
def test_another_number_than_was_said_is_told_once_the_window_is_over(world, told, said, counted):
    world.shippers.book_pickup(call(local(8, 13), local(8, 18), pieces=said))
    world.advance(local(8, 18))
    assert [(each.said, each.taken) for each in told.of(PickupMiscounted)] == counted


def test_what_is_labelled_after_the_window_waits_for_an_ordinary_round(world, parcel):
    pickup = world.shippers.book_pickup(call(local(8, 9), local(8, 13)))
    world.advance(local(8, 13, 30))
    assert not pickup.is_open
    (late,) = world.shippers.parcels_of(world.shippers.ship(wish()))
    world.advance(local(8, 14))  # booked less than an hour before that round
    assert (parcel.is_collected, late.is_collected) == (True, False)


def test_ready_in_the_past_is_ready_now(world):
    pickup = world.shippers.book_pickup(call(local(7, 6), local(7, 18)))
    assert pickup.window.opens_at == world.now
    assert not pickup.window.moved


@pytest.mark.parametrize(
    ("now", "moved_to"),
    [
        ((7, 16, 30), "08 09:00"),  # the last round is at 17:00, booked an hour before
        ((12, 13, 0), "14 09:00"),  # half of Saturday, no Sunday
    ],
)
def test_too_late_for_today_is_the_next_working_day(world, now, moved_to):
    world.advance(local(*now))
    day = now[0]
    pickup = world.shippers.book_pickup(call(local(day, 9), local(day, 18)))
    assert pickup.window.moved
    assert said(pickup.window.opens_at) == moved_to


@pytest.mark.parametrize("ahead", [367 * DAY, 251_508_000_000])
def test_no_courier_is_called_for_a_day_more_than_a_year_ahead(world, ahead):
    opens = Instant(world.now + ahead)
    with pytest.raises(BadWindow, match="too_far_ahead"):
        world.shippers.book_pickup(call(opens, Instant(opens + DAY)))


@pytest.mark.parametrize(
    ("now", "opens", "closes", "policy", "why"),
    [
        ((7, 8), (8, 18), (8, 9), Policy(), "closes_first"),
        ((7, 8), (8, 11), (8, 13), Policy(), "too_short"),
        ((7, 16, 30), (7, 9), (7, 18), REFUSES, "too_late"),
        ((7, 8), (13, 9), (13, 18), REFUSES, "too_late"),
        ((7, 8), (25, 9), (25, 18), Policy(days_ahead=10), "too_far_ahead"),
    ],
)
def test_a_window_in_which_nobody_comes_is_refused(world, now, opens, closes, policy, why):
    world.advance(local(*now))
    with pytest.raises(BadWindow) as refused:
        world.shippers.book_pickup(call(local(*opens), local(*closes), policy=policy))
    assert refused.value.why == why
    assert not world.shippers.pickups()


def test_where_no_van_drives_nobody_can_be_called(world):
    window = Window(local(8, 9), local(8, 18))
    with pytest.raises(NoPickupHere):
        world.shippers.book_pickup(PickupWish("jt", "jt", YIWU, window))


def test_where_the_carrier_has_no_network_nobody_can_be_called(world):
    paris = Address("Zoé", "+33 1 70 18 00 00", "3 rue de Rivoli", "Paris", "75001", "FR")
    window = Window(local(8, 9), local(8, 18))
    with pytest.raises(NoPickupHere):
        world.shippers.book_pickup(PickupWish("ups", "ups", paris, window))
    assert world.shippers.availability("ups", paris, date(2030, 1, 8)) is None


def test_nothing_ready_is_tried_three_times(world, told):
    pickup = world.shippers.book_pickup(call(local(8, 9), local(8, 18)))
    world.advance(local(14, 9))
    assert pickup.status is PickupStatus.NOT_READY
    assert [fact.cause for fact in told.of(PickupFailed)] == ["not_ready"] * 3
    assert [said(at) for at in told.times(PickupFailed)] == ["08 18:00", "09 18:00", "10 18:00"]


def test_a_van_that_stays_in_comes_the_next_day(world, parcel, told):
    pickup = world.shippers.book_pickup(call(local(8, 9), local(8, 18)))
    world.carriers.hold("ups", 2 * DAY)
    world.advance(local(9, 18))
    assert [fact.cause for fact in told.of(PickupFailed)] == ["missed"]
    assert pickup.status is PickupStatus.COLLECTED
    assert parcel.status is ParcelStatus.TRAVELLING


@pytest.mark.parametrize(("day", "hour"), [(9, 0), (9, 2)])
def test_a_window_until_midnight_or_into_the_night_is_tried_again_like_any_other(world, day, hour):
    pickup = world.shippers.book_pickup(call(local(8, 15), local(day, hour)))
    world.advance(local(day, hour))
    assert pickup.status is PickupStatus.SCHEDULED
    assert (said(pickup.window.opens_at), pickup.window.moved) == ("09 15:00", True)
    assert said(pickup.window.closes_at) == f"10 {hour:02d}:00"


@pytest.mark.usefixtures("parcel")
def test_a_courier_can_be_called_off_until_on_the_way(world):
    early = world.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    late = world.shippers.book_pickup(call(local(9, 13), local(9, 18)))
    assert world.shippers.cancel_pickup(early.id).status is PickupStatus.CANCELLED
    world.advance(local(9, 13, 30))
    with pytest.raises(CourierOnTheWay):
        world.shippers.cancel_pickup(late.id)


def test_called_off_the_usual_rounds_go_on(world, parcel):
    pickup = world.shippers.book_pickup(call(local(10, 13), local(10, 18)))
    world.advance(local(8, 9))
    assert parcel.status is ParcelStatus.BOOKED
    world.shippers.cancel_pickup(pickup.id)
    world.advance(local(8, 18))
    assert parcel.status is ParcelStatus.TRAVELLING


def test_of_two_couriers_the_earlier_one_takes_what_stands_there(world, parcel):
    early = world.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    world.shippers.book_pickup(call(local(9, 13), local(9, 18)))
    world.advance(local(8, 18))
    assert early.collected == [parcel.id]


def test_called_off_what_stands_there_waits_for_the_other_courier_who_was_called(on_call):
    (parcel,) = on_call.shippers.parcels_of(on_call.shippers.ship(wish()))
    early = on_call.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    late = on_call.shippers.book_pickup(call(local(9, 13), local(9, 18)))
    on_call.shippers.cancel_pickup(early.id)
    on_call.advance(local(9, 18))
    assert late.collected == [parcel.id]


def test_what_is_labelled_after_the_courier_was_there_waits_for_the_next_call(on_call):
    on_call.shippers.ship(wish())
    pickup = on_call.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    on_call.advance(local(8, 17, 30))
    assert pickup.status is PickupStatus.COLLECTED
    (late,) = on_call.shippers.parcels_of(on_call.shippers.ship(wish()))
    on_call.advance(local(10, 20))
    assert not late.is_collected
    on_call.shippers.book_pickup(call(local(11, 13), local(11, 18)))
    on_call.advance(local(11, 18))
    assert late.is_collected


def test_after_the_last_attempt_nobody_comes_uncalled(on_call):
    (parcel,) = on_call.shippers.parcels_of(on_call.shippers.ship(wish()))
    pickup = on_call.shippers.book_pickup(call(local(8, 9), local(8, 18)))
    on_call.carriers.hold("ups", 4 * DAY)
    on_call.advance(local(14, 18))
    assert pickup.status is PickupStatus.MISSED
    assert not parcel.is_collected


def test_a_courier_who_was_called_for_a_day_and_a_night_comes_again_in_as_long_a_window(on_call):
    (parcel,) = on_call.shippers.parcels_of(on_call.shippers.ship(wish()))
    pickup = on_call.shippers.book_pickup(call(local(8, 9), local(9, 9)))
    on_call.carriers.hold("ups", 2 * DAY)
    on_call.advance(local(9, 12))
    assert (said(pickup.window.opens_at), said(pickup.window.closes_at)) == ("09 09:00", "10 09:00")
    on_call.advance(local(11, 9))
    assert pickup.collected == [parcel.id]


def test_another_time_is_agreed(world, parcel):
    pickup = world.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    world.shippers.change_pickup(pickup.id, Window(local(10, 9), local(10, 12)))
    world.advance(local(9, 20))
    assert parcel.status is ParcelStatus.BOOKED
    world.advance(local(10, 12))
    assert pickup.status is PickupStatus.COLLECTED


def test_of_unique_pickups_a_second_for_the_same_day_is_refused(world):
    world.shippers.book_pickup(call(local(8, 9), local(8, 18)))
    with pytest.raises(PickupStands):
        world.shippers.book_pickup(call(local(8, 13), local(8, 18), unique=True))


def test_named_numbers_must_be_waiting_for_that_carrier(world, parcel):
    with pytest.raises(NotFound):
        world.shippers.book_pickup(call(local(8, 9), local(8, 18), numbers=("1Z999",)))
    world.advance(local(7, 18))
    numbers = (parcel.tracking_number,)
    with pytest.raises(AlreadyCollected):
        world.shippers.book_pickup(call(local(8, 9), local(8, 18), numbers=numbers))


def test_availability_says_the_cut_off_and_the_shortest_window(world):
    monday = world.shippers.availability("ups", SENDER, _day(7))
    assert said(monday.cut_off) == "07 16:00"
    assert monday.access_seconds == 4 * HOUR
    assert world.shippers.availability("ups", SENDER, _day(13)) is None  # a Sunday


def _day(day):
    return date(2030, 1, day)


def test_a_pickup_is_found_by_its_confirmation(world):
    pickup = world.shippers.book_pickup(call(local(8, 9), local(8, 18)))
    assert world.shippers.pickup_confirmed(pickup.confirmation) is pickup
    with pytest.raises(NotFound):
        world.shippers.pickup_confirmed("nobody's")
