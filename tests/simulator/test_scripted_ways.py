"""A parcel's way as somebody wrote it down, line by line."""

import pytest

from simulator.carriers.scans import Scan
from simulator.clock import DAY, HOUR, later
from simulator.errors import BadSetting, ScanOutOfTurn, WrongStatus


@pytest.fixture
def waiting(world, released):
    """A parcel that waits for the designated carrier's van."""
    order = released()
    world.sellers.ready_to_ship(order.id)
    return world.parcel(order.parcel_ids[0])


def way(world, *lines):
    return tuple((later(world.now, hours * HOUR), Scan(word)) for hours, word in lines)


def test_each_scan_comes_at_its_second(world, waiting, wait):
    written = way(
        world,
        (30, "in_transit"),
        (57, "out_for_delivery"),
        (59, "awaiting_pickup"),
        (76, "delivered"),
    )
    world.carriers.follow(waiting.id, written)
    wait(5 * DAY)
    scans = [(each.at, each.scan) for each in waiting.scans]
    assert scans == [(written[0][0], "picked_up"), *written]
    assert world.order(waiting.order_id).status == "DELIVERED"


def test_where_the_writing_ends_the_parcel_goes_on_to_its_end(world, waiting, wait):
    world.carriers.follow(waiting.id, way(world, (30, "in_transit"), (40, "exception")))
    wait(30 * DAY)
    assert waiting.stands_at == "delivered"


def test_it_goes_that_way_after_being_restored(world, waiting):
    written = way(world, (30, "in_transit"), (57, "out_for_delivery"), (70, "delivered"))
    world.carriers.follow(waiting.id, written)
    world.advance(later(world.now, 31 * HOUR))
    again = type(world).restore(world.save())
    for each in (world, again):
        each.advance(later(each.now, 5 * DAY))
    assert again.journal.digest() == world.journal.digest()


def test_a_drop_off_goes_that_way_as_well(world, released, wait):
    order = released(city="Yiwu")
    world.sellers.ready_to_ship(order.id)
    written = way(world, (50, "picked_up"), (60, "lost"))
    world.carriers.follow(order.parcel_ids[0], written)
    wait(10 * DAY)
    assert [each.at for each in world.parcel(order.parcel_ids[0]).scans] == [
        at for at, _ in written
    ]
    assert world.order(order.id).cancel_reason == "package_lost"


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([], BadSetting),
        ([(30, "in_transit"), (20, "delivered")], BadSetting),
        ([(-1, "in_transit"), (20, "out_for_delivery")], BadSetting),
        ([(3, "label_printed"), (20, "in_transit")], BadSetting),
        ([(30, "delivered")], ScanOutOfTurn),
        ([(30, "in_transit"), (40, "picked_up")], ScanOutOfTurn),
        ([(30, "in_transit"), (40, "delivered"), (50, "in_transit")], ScanOutOfTurn),
    ],
)
def test_what_cannot_be_so_is_refused(world, told, waiting, lines, refusal):
    before = len(told.facts)
    with pytest.raises(refusal):
        world.carriers.follow(waiting.id, way(world, *lines))
    assert len(told.facts) == before
    assert not waiting.script


def test_a_parcel_that_has_left_is_not_written_for(world, waiting, wait):
    wait(3 * DAY)
    with pytest.raises(WrongStatus):
        world.carriers.follow(waiting.id, way(world, (30, "in_transit")))
