"""What somebody makes happen to a parcel by hand, where nothing goes wrong by itself."""

import json
from contextlib import suppress
from itertools import pairwise

import pytest

from simulator import World
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.clock import DAY, HOUR
from simulator.errors import BadSetting, DomainError, LimitReached, ScanOutOfTurn, WrongStatus
from simulator.facts import ParcelEnded
from simulator.incidents import PLANNABLE, PLANNED_MAX
from simulator.parcels.labelling import Accuracy, Label
from tests.simulator.conftest import Told
from tests.simulator.voyages import (
    at_last,
    befallen,
    booked,
    shipped,
    until_scanned,
    wait,
    words,
)

HOMEWARD = ["return_initiated", "in_return_transit", "returned_to_sender"]


@pytest.fixture
def parcel(world):
    """On its way: in the carrier's first hub."""
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    return parcel


@pytest.fixture
def landed(world):
    """At customs, not cleared yet."""
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_destination")
    return parcel


@pytest.fixture
def at_the_door(world):
    """Out for delivery."""
    parcel = shipped(world)
    until_scanned(world, parcel, "out_for_delivery")
    return parcel


def refused(world, command, *args):
    """Refused, without a trace."""
    before = world.save()
    with pytest.raises(DomainError) as refusal:
        command(*args)
    assert world.save() == before
    return refusal.value


def test_a_delay_is_said_at_once_and_comes_so_much_later(world, told, parcel):
    due = parcel.due_at
    world.carriers.delay(parcel.id, 30 * HOUR)

    assert (words(parcel)[-1], parcel.due_at) == ("delayed", due + 30 * HOUR)
    until_scanned(world, parcel, "departed_from_hub")
    assert parcel.scans[-1].at == due + 30 * HOUR
    assert befallen(told) == ["delayed"]
    assert at_last(world, parcel)[-1] == "delivered"


@pytest.mark.parametrize("kind", [Mishap.LATE_PLANE, Mishap.HUB_BACKLOG])
def test_a_delay_may_be_a_planes_or_a_hubs(world, told, parcel, kind):
    world.carriers.delay(parcel.id, HOUR, kind)

    assert befallen(told) == [kind]
    refused(world, world.carriers.delay, parcel.id, HOUR, Mishap.LOST)


def test_damaged_it_goes_on(world, told, parcel):
    world.carriers.damage(parcel.id)

    assert words(parcel)[-1] == "damaged"
    assert at_last(world, parcel)[-1] == "delivered"
    assert befallen(told) == ["damaged"]


def test_damaged_at_the_door_it_may_be_delivered_or_tried_in_vain(world, at_the_door):
    world.carriers.plan(at_the_door.id, Mishap.ATTEMPT_FAILED)
    world.carriers.damage(at_the_door.id)

    assert at_last(world, at_the_door)[-4:] == [
        "damaged",
        "delivery_attempted",
        "out_for_delivery",
        "delivered",
    ]


def test_lost_it_is_an_end(world, told, parcel):
    world.carriers.lose(parcel.id)
    order = world.order(parcel.order_id)

    assert (parcel.status, words(parcel)[-1]) == ("lost", "lost")
    assert (order.status, order.cancel_reason, order.cancelled_by) == (
        "CANCELLED",
        "package_lost",
        "platform",
    )
    assert [fact.status for fact in told.of(ParcelEnded)] == ["lost"]
    wait(world, 60 * DAY)
    assert words(parcel)[-1] == "lost"
    assert world.next_due is None


def test_mislaid_it_is_found_by_itself(world, told, parcel):
    world.carriers.mislay(parcel.id)

    assert words(parcel)[-1] == "exception"
    assert at_last(world, parcel)[2:4] == ["exception", "arrived_at_hub"]
    assert parcel.scans[3].at - parcel.scans[2].at >= DAY
    assert (befallen(told), parcel.status) == (["mislaid"], "delivered")


def test_mislaid_it_is_found_by_hand(world, parcel):
    world.carriers.mislay(parcel.id)
    world.carriers.find(parcel.id)

    assert words(parcel)[-2:] == ["exception", "arrived_at_hub"]
    assert parcel.scans[-1].at == world.now
    assert at_last(world, parcel)[-1] == "delivered"


@pytest.mark.parametrize(
    "scan",
    [
        "picked_up",
        "arrived_at_hub",
        "departed_from_hub",
        "arrived_at_destination",
        "customs_held",
        "clearance_completed",
        "out_for_delivery",
        "delivery_attempted",
        "return_initiated",
        "in_return_transit",
    ],
)
def test_wherever_it_is_mislaid_it_goes_on_from_there(world, scan):
    parcel = shipped(world)
    if scan == "customs_held":
        world.carriers.customs_hold(parcel.id)
    if scan == "delivery_attempted":
        world.carriers.plan(parcel.id, Mishap.ATTEMPT_FAILED)
    if scan in HOMEWARD:
        parcel.will_be_refused = True
    until_scanned(world, parcel, scan)
    left = parcel.detour[-1:] or world.registry.carrier("jt").routes["GB"][-1:]
    world.carriers.mislay(parcel.id)
    world.carriers.find(parcel.id)

    assert at_last(world, parcel)[-1] == (left[0].scan if scan in HOMEWARD else "delivered")


@pytest.mark.parametrize("act", ["find", "release"])
def test_what_is_neither_missed_nor_held_cannot_be_found_or_let_go(world, parcel, act):
    assert isinstance(refused(world, getattr(world.carriers, act), parcel.id), WrongStatus)


def test_customs_hold_it_as_soon_as_they_have_it(world, told, parcel):
    world.carriers.customs_hold(parcel.id, 5 * DAY)
    until_scanned(world, parcel, "customs_released")
    held, released = parcel.scans[-2:]

    assert (held.scan, released.at - held.at) == ("customs_held", 5 * DAY)
    assert (parcel.planned, befallen(told)) == ((), ["customs_hold"])
    assert at_last(world, parcel)[-1] == "delivered"


def test_customs_hold_what_they_have_already(world, landed):
    world.carriers.customs_hold(landed.id)

    assert at_last(world, landed)[3:5] == ["arrived_at_destination", "customs_held"]
    assert words(landed)[-1] == "delivered"


def test_a_parcel_is_held_that_no_carrier_has_yet(world):
    parcel = shipped(world)
    world.carriers.customs_hold(parcel.id, DAY)

    assert "customs_held" in at_last(world, parcel)


def test_customs_let_it_go_at_a_word(world, landed):
    world.carriers.customs_hold(landed.id, 30 * DAY)
    until_scanned(world, landed, "customs_held")
    world.carriers.release(landed.id)

    assert words(landed)[-1] == "customs_released"
    assert at_last(world, landed)[-5:] == [
        "customs_released",
        "clearance_completed",
        "arrived_at_hub",
        "out_for_delivery",
        "delivered",
    ]


def test_past_customs_nobody_holds_it(world, at_the_door):
    assert isinstance(refused(world, world.carriers.customs_hold, at_the_door.id, DAY), WrongStatus)


def test_sent_back_from_a_hub_at_home(world, told, parcel):
    world.carriers.send_back(parcel.id)

    assert at_last(world, parcel)[2:] == ["return_initiated", "returned_to_sender"]
    assert (parcel.status, befallen(told)) == ("returned", ["sent_back"])
    assert world.order(parcel.order_id).cancel_reason == "returned_to_shipper_other"


def test_sent_back_from_where_no_return_begins(world, at_the_door):
    world.carriers.send_back(at_the_door.id)

    assert at_last(world, at_the_door)[-4:] == ["exception", *HOMEWARD]


def test_on_its_way_back_it_may_still_get_lost(world, at_the_door):
    world.carriers.send_back(at_the_door.id)
    until_scanned(world, at_the_door, "in_return_transit")
    assert at_the_door.status == "returning"
    world.carriers.lose(at_the_door.id)

    assert world.order(at_the_door.order_id).cancel_reason == "package_lost"


def test_disposed_of_it_is_an_end(world, told, parcel):
    world.carriers.dispose(parcel.id)
    order = world.order(parcel.order_id)

    assert (parcel.status, words(parcel)[-1]) == ("disposed", "exception")
    assert order.cancel_reason == "package_scrap"
    assert world.settlement(order.id).reimbursed_minor == order.goods_minor
    assert befallen(told) == ["disposed"]


@pytest.mark.parametrize("act", ["damage", "lose", "mislay", "dispose", "send_back"])
@pytest.mark.parametrize("stage", ["at home", "at its end"])
def test_only_what_is_on_its_way_comes_to_harm(world, act, stage):
    parcel = shipped(world)
    if stage == "at its end":
        wait(world, 30 * DAY)

    assert isinstance(refused(world, getattr(world.carriers, act), parcel.id), WrongStatus)


# Planned.


@pytest.mark.parametrize("mishap", [each for each in PLANNABLE if each != "wrong_label"])
def test_whatever_is_planned_comes_to_pass_once(world, told, mishap):
    parcel = shipped(world)
    world.carriers.plan(parcel.id, mishap)
    at_last(world, parcel)

    assert befallen(told).count(mishap) == 1
    assert parcel.planned == ()
    assert world.order(parcel.order_id).is_over
    assert world.next_due is None


def test_a_wrong_label_is_read_when_somebody_wants_that(world, told):
    parcel = shipped(world)
    world.desk.declare_label(parcel.id, Label(accuracy=Accuracy.WRONG_RECIPIENT_UNKNOWN))
    world.carriers.plan(parcel.id, Mishap.WRONG_LABEL)
    at_last(world, parcel)

    assert befallen(told) == ["wrong_label"]
    assert parcel.status in ("disposed", "returned")
    assert parcel.planned == ()


def test_a_right_label_is_nothing_to_plan_for(world):
    parcel = shipped(world)

    assert isinstance(
        refused(world, world.carriers.plan, parcel.id, Mishap.WRONG_LABEL), WrongStatus
    )


@pytest.mark.parametrize("mishap", [each for each in Mishap if each not in PLANNABLE])
def test_what_is_no_parcels_luck_cannot_be_planned(world, parcel, mishap):
    assert isinstance(refused(world, world.carriers.plan, parcel.id, mishap), BadSetting)


@pytest.mark.parametrize(
    "mishap", [Mishap.MISSED_PICKUP, Mishap.LATE_PICKUP, Mishap.CUSTOMS_HOLD, Mishap.LATE_PLANE]
)
def test_what_can_no_more_befall_it_cannot_be_planned(world, at_the_door, mishap):
    assert isinstance(refused(world, world.carriers.plan, at_the_door.id, mishap), WrongStatus)


def test_as_many_attempts_fail_as_are_planned(world, at_the_door):
    for _ in range(2):
        world.carriers.plan(at_the_door.id, Mishap.ATTEMPT_FAILED)

    assert at_last(world, at_the_door)[-5:] == [
        *("delivery_attempted", "out_for_delivery") * 2,
        "delivered",
    ]


def test_there_is_an_end_to_plans(world, parcel):
    for _ in range(PLANNED_MAX):
        world.carriers.plan(parcel.id, Mishap.ATTEMPT_FAILED)

    refusal = refused(world, world.carriers.plan, parcel.id, Mishap.ATTEMPT_FAILED)
    assert isinstance(refusal, LimitReached)


def test_what_is_planned_for_the_leg_it_is_on_befalls_it_there(world, parcel):
    """A plane that is late while the parcel is on its way to it."""
    until_scanned(world, parcel, "departed_from_hub")
    wait(world, HOUR)
    due = parcel.due_at
    world.carriers.plan(parcel.id, Mishap.LATE_PLANE)

    assert words(parcel)[-1] == "delayed"
    assert 6 * HOUR <= parcel.due_at - due <= 48 * HOUR


# Scans by hand.


@pytest.mark.parametrize("scan", ["delayed", "info_only", "expired", "arrived_at_hub", "damaged"])
def test_a_scan_more_leaves_the_parcel_on_its_way(world, parcel, scan):
    due = parcel.due_at
    world.carriers.scan(parcel.id, Scan(scan))
    way = at_last(world, parcel)

    assert way[2] == scan
    assert parcel.scans[3].at == due
    assert way[-1] == "delivered"


def test_at_the_sellers_door_only_paper_is_possible(world):
    parcel = shipped(world)
    world.carriers.scan(parcel.id, Scan.PICKUP_SCHEDULED)
    refusal = refused(world, world.carriers.scan, parcel.id, Scan.PICKED_UP)

    assert isinstance(refusal, ScanOutOfTurn)
    assert "pickup_failed" in refusal.possible
    assert parcel.first_scan is None
    assert at_last(world, parcel)[:2] == ["pickup_scheduled", "picked_up"]


def test_a_refusal_names_what_may_follow(world, parcel):
    refusal = refused(world, world.carriers.scan, parcel.id, Scan.OUT_FOR_DELIVERY)

    assert refusal.possible.split(", ") == [
        "arrived_at_hub",
        "transferred_to_carrier",
        "exception",
        "damaged",
        "delayed",
        "info_only",
        "expired",
    ]


@pytest.mark.parametrize("scan", Scan)
def test_every_scan_by_hand_is_refused_or_leaves_a_legal_way(world, scan):
    """At every stage of the way, back home included."""
    for stage in ("arrived_at_hub", "customs_held", "out_for_delivery", "return_initiated"):
        parcel = shipped(world)
        world.carriers.customs_hold(parcel.id)
        parcel.will_be_refused = True
        until_scanned(world, parcel, stage)
        with suppress(ScanOutOfTurn):
            world.carriers.scan(parcel.id, scan)
        # Left in a locker, there is nobody who could refuse it.
        left = scan == "delivery_to_locker" in words(parcel)
        assert at_last(world, parcel)[-1] == ("delivered" if left else "returned_to_sender")


def test_an_ended_parcel_is_scanned_no_more(world, parcel):
    world.carriers.lose(parcel.id)
    refusal = refused(world, world.carriers.scan, parcel.id, Scan.INFO_ONLY)

    assert refusal.possible == "nothing"


def test_a_seller_who_marks_a_lost_parcel_as_shipped_hears_of_it():
    """Seller shipping: the platform does not see the parcel before it has its number."""
    world = World()
    told = Told(world)
    parcel = booked(world)
    order = world.order(parcel.order_id)
    until_scanned(world, parcel, "arrived_at_hub")
    world.carriers.lose(parcel.id)

    assert order.cancel_reason == "package_lost"
    assert world.settlement(order.id).reimbursed_minor == 0, "M2: nobody pays"
    assert told.statuses()[-2:] == ["IN_TRANSIT", "CANCELLED"]


def test_everything_by_hand_survives_saving(world, parcel):
    """Saved after each act, it goes on as if never stopped."""
    acts = [
        ("delay", HOUR),
        ("customs_hold", DAY),
        ("plan", Mishap.ATTEMPT_FAILED),
        ("damage",),
        ("mislay",),
    ]
    again = World.restore(json.loads(json.dumps(world.save())))
    for act, *args in acts:
        for each in (world, again):
            getattr(each.carriers, act)(parcel.id, *args)
        again = World.restore(json.loads(json.dumps(again.save())))
    for each in (world, again):
        each.carriers.find(parcel.id)
        wait(each, 60 * DAY)

    assert world.journal.digest() == again.journal.digest()
    assert parcel.status == "delivered"
    assert all(before.at <= then.at for before, then in pairwise(parcel.scans))
