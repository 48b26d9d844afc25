"""Numbers that somebody follows: what a view knows, and when."""

import pytest

from simulator import Mode
from simulator.clock import DAY, HOUR, later
from simulator.errors import NotFound
from simulator.facts import TrackerStopped, TrackerUpdated
from tests.simulator.shippers import BUYER, SENDER, wish


@pytest.fixture
def parcel(world):
    (parcel,) = world.shippers.parcels_of(world.shippers.ship(wish()))
    return parcel


def test_a_view_learns_of_each_scan_later_than_its_carrier(world, parcel, told, wait):
    tracker = world.trackers.add("easypost", parcel.tracking_number)
    wait(14 * DAY)
    lags = []
    for nth, scan in enumerate(parcel.scans, start=1):
        told_at = next(
            at for at, fact in told.facts if isinstance(fact, TrackerUpdated) and fact.known >= nth
        )
        lags.append(told_at - scan.at)
    assert tracker.known == len(parcel.scans)
    assert all(lag >= HOUR for lag in lags)
    assert len(set(lags)) > 1


def test_two_views_have_luck_of_their_own(world, parcel, told, wait):
    world.trackers.add("easypost", parcel.tracking_number)
    world.trackers.add("17track", parcel.tracking_number)
    wait(14 * DAY)
    times = {
        view: [
            at for at, fact in told.facts if isinstance(fact, TrackerUpdated) and fact.view == view
        ]
        for view in ("easypost", "17track")
    }
    assert times["easypost"] != times["17track"]


def test_the_carriers_own_view_knows_at_once(world, parcel, wait):
    wait(10 * HOUR)
    own = world.trackers.sight("", parcel.tracking_number)
    assert list(own.scans) == parcel.scans
    assert (own.sender, own.recipient) == (SENDER, BUYER)
    assert len(world.trackers.sight("easypost", parcel.tracking_number).scans) < len(own.scans)


def test_a_number_may_be_followed_before_any_carrier_knows_it(released, world, told, wait):
    order = released(mode=Mode.SELLER)
    world.trackers.add("17track", "SEATRIAL123")
    assert world.trackers.sight("17track", "SEATRIAL123").parcel is None
    world.sellers.mark_shipped(order.id, "ups", "SEATRIAL123")
    wait(3 * DAY)
    assert told.of(TrackerUpdated)


def test_one_that_is_added_late_knows_at_once_what_it_would_have_known(world, parcel, wait):
    wait(14 * DAY)
    tracker = world.trackers.add("easypost", parcel.tracking_number)
    assert tracker.known == len(parcel.scans)


def test_a_stopped_one_learns_nothing_until_it_is_resumed(world, parcel, told, wait):
    tracker = world.trackers.add("easypost", parcel.tracking_number)
    world.trackers.stop(tracker.id)
    wait(14 * DAY)
    assert not told.of(TrackerUpdated)
    world.trackers.resume(tracker.id)
    assert tracker.known == len(parcel.scans)


def test_without_news_for_thirty_days_it_expires(world, told, wait):
    tracker = world.trackers.add("easypost", "NOBODYS1")
    wait(30 * DAY - 1)
    assert not tracker.is_stopped
    wait(1)
    assert tracker.is_stopped
    assert [fact.cause for fact in told.of(TrackerStopped)] == ["expired"]


def test_a_removed_one_is_forgotten(world, parcel):
    tracker = world.trackers.add("easypost", parcel.tracking_number)
    world.trackers.remove(tracker.id)
    assert world.trackers.find("easypost", parcel.tracking_number) is None
    with pytest.raises(NotFound):
        world.trackers.get(tracker.id)


def test_after_its_end_nothing_more_is_awaited(world, parcel, wait):
    world.trackers.add("easypost", parcel.tracking_number)
    wait(14 * DAY)
    assert world.next_due is None or world.next_due > later(world.now, DAY)


def test_what_goes_back_is_sent_by_its_buyer_to_the_warehouse(released, world, wait):
    order = released(behaviour="prompt")
    while not order.delivered_at:
        wait(HOUR)
    asked = world.buyers.request_return(order.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id)
    (home,) = world.registry.parcels_home(order)
    seen = world.trackers.sight("", home.tracking_number)
    assert seen.sender == order.address
    assert seen.recipient == world.registry.warehouses[order.warehouse_id].address
