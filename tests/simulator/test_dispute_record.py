"""What the scans and deadlines of an order say, to a complaint for a given cause."""

from dataclasses import replace

import pytest

from simulator import Mode, Purchase, World
from simulator.clock import DAY, EPOCH, HOUR, Instant, later
from simulator.disputes.case import Cause, Trail
from simulator.disputes.provider import Ruling, decide
from simulator.disputes.record import Delays, delays_of, trail_of
from simulator.parcels.model import Handover, ParcelStatus
from simulator.terms import STANDARD_DISPUTES as TERMS

SENT = Instant(2_000_000_000)


class Scanned:
    """A scan as a carrier with mishaps makes it."""

    def __init__(self, scan, at=SENT):
        self.scan, self.at = scan, Instant(at)


@pytest.fixture
def order():
    """Ready in time, its carrier called."""
    order = World().buyers.place_order(Purchase())
    order.placed_at, order.ready_at = Instant(SENT - DAY), Instant(SENT - HOUR)
    return order


@pytest.fixture
def parcel():
    world = World()
    placed = world.buyers.place_order(Purchase())
    parcel = world.parcel(placed.parcel_ids[0])
    parcel.handover, parcel.status = Handover.PICKUP, ParcelStatus.BOOKED
    return parcel


@pytest.fixture
def trail(order, parcel):
    """The trail that *order* has for a cause, so long after the first scan."""
    return lambda cause, after=DAY: trail_of(order, [parcel], cause, TERMS, later(SENT, after))


@pytest.fixture
def sent(order, parcel):
    order.shipped_at, parcel.status = SENT, ParcelStatus.TRAVELLING
    parcel.scans.append(Scanned("picked_up"))


@pytest.fixture
def delivered(order, parcel, sent):  # noqa: ARG001 - what was sent is delivered
    order.delivered_at, parcel.status = later(SENT, 8 * DAY), ParcelStatus.DELIVERED
    parcel.scans.append(Scanned("delivered", later(SENT, 8 * DAY)))


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize(
    ("breaches", "expected"),
    [
        ([], Trail.ON_COURSE),
        (["D2"], Trail.NOT_PICKED_UP),
        (["D2", "D4"], Trail.NOT_PICKED_UP),
        (["D1"], Trail.NOT_SENT),
        (["D1", "D2"], Trail.NOT_SENT),
    ],
)
def test_without_a_scan_the_deadlines_say_whose_turn_it_was(
    order, trail, cause, breaches, expected
):
    order.breaches.extend(breaches)

    assert trail(cause) is expected


def test_d4_is_the_sellers_on_the_way_to_the_depot(order, parcel, trail):
    order.breaches.append("D4")
    assert trail(Cause.LATE) is Trail.ON_COURSE, "the van still has time"

    parcel.handover = Handover.DROP_OFF
    assert trail(Cause.LATE) is Trail.NOT_SENT


def test_d4_is_the_sellers_when_nothing_was_made_ready(order, trail):
    order.breaches.append("D4")
    order.ready_at = EPOCH

    assert trail(Cause.LATE) is Trail.NOT_SENT


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("breaches", "expected"),
    [
        ([], Trail.ON_COURSE),
        (["D1"], Trail.SENT_LATE),
        (["D2"], Trail.LATE),
        (["D1", "D2"], Trail.SENT_LATE),
    ],
)
def test_on_the_way_it_is_late_by_whoever_was_late(order, trail, breaches, expected):
    order.breaches.extend(breaches)

    assert trail(Cause.NOT_RECEIVED) is trail(Cause.LATE) is expected


@pytest.mark.usefixtures("sent")
def test_after_ten_days_without_a_scan_it_is_lost(trail):
    assert trail(Cause.NOT_RECEIVED, 10 * DAY) is Trail.ON_COURSE
    assert trail(Cause.NOT_RECEIVED, 10 * DAY + 1) is Trail.STALLED


@pytest.mark.usefixtures("sent")
def test_a_scan_says_that_it_is_lost_until_another_finds_it(parcel, trail):
    parcel.scans.append(Scanned("lost", later(SENT, HOUR)))
    assert trail(Cause.NOT_RECEIVED) is Trail.STALLED

    parcel.scans.append(Scanned("arrived_at_hub", later(SENT, 2 * HOUR)))
    assert trail(Cause.NOT_RECEIVED) is Trail.ON_COURSE


@pytest.mark.usefixtures("sent")
def test_three_weeks_after_the_first_scan_the_promise_is_broken(order, parcel, trail):
    parcel.scans.append(Scanned("arrived_at_hub", later(SENT, 20 * DAY)))

    assert trail(Cause.LATE, 21 * DAY) is Trail.ON_COURSE
    assert trail(Cause.LATE, 21 * DAY + 1) is Trail.LATE
    order.breaches.append("D1")
    assert trail(Cause.LATE, 21 * DAY + 1) is Trail.LATE, "the carrier had its whole time"


@pytest.mark.usefixtures("delivered")
@pytest.mark.parametrize("cause", Cause)
def test_delivered_in_time_it_is_signed_for(trail, cause):
    assert trail(cause, 90 * DAY) is Trail.SIGNED


@pytest.mark.usefixtures("delivered")
def test_delivered_late_it_is_late_only_for_a_complaint_of_that(order, trail):
    order.delivered_at = later(SENT, 22 * DAY)

    assert trail(Cause.LATE, 23 * DAY) is Trail.LATE
    assert trail(Cause.NOT_RECEIVED, 23 * DAY) is Trail.SIGNED


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (Cause.DAMAGED, Trail.DAMAGED),
        (Cause.REFUSED_AT_DOOR, Trail.DAMAGED),
        (Cause.NOT_RECEIVED, Trail.ON_COURSE),
        (Cause.LATE, Trail.ON_COURSE),
    ],
)
def test_a_damage_scan_matters_to_whom_it_concerns(parcel, trail, cause, expected):
    parcel.scans.append(Scanned("damaged"))

    assert trail(cause) is expected


@pytest.mark.usefixtures("delivered")
def test_in_seller_shipping_only_scans_under_the_given_number_are_seen(order, parcel, trail):
    order.mode, order.delivered_at = Mode.SELLER, EPOCH
    order.breaches.append("D4")
    parcel.tracking_number, parcel.claimed_number = "1Z12345", "1Z99999"
    assert trail(Cause.NOT_RECEIVED) is Trail.NOT_SENT

    parcel.claimed_number = "1Z12345"
    assert trail(Cause.NOT_RECEIVED) is Trail.SENT_LATE


@pytest.mark.usefixtures("sent")
def test_a_delivered_parcel_beside_one_that_travels_is_not_lost(order, parcel):
    other = replace(parcel, scans=[Scanned("delivered")], status=ParcelStatus.DELIVERED)
    now = later(SENT, 11 * DAY)
    parcel.scans.append(Scanned("arrived_at_hub", later(SENT, 2 * DAY)))

    assert trail_of(order, [parcel, other], Cause.NOT_RECEIVED, TERMS, now) is Trail.ON_COURSE


def test_an_order_that_was_never_shipped_has_no_late_delivery(order, parcel):
    delays = delays_of(order, [parcel], TERMS, later(SENT, 100 * DAY))

    assert delays == Delays(seller=False, pickup=False, delivery=False)


@pytest.mark.parametrize("delivery", [True, False])
@pytest.mark.parametrize("pickup", [True, False])
@pytest.mark.parametrize("seller", [True, False])
@pytest.mark.parametrize("ready", [True, False])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_complaint_about_a_carrier_over_its_whole_input_space(
    order, nth, ready, seller, pickup, delivery
):
    """C1, told once more: upheld only if filed once, by a seller who was ready in time, about a
    carrier who was late."""
    order.ready_at = SENT if ready else EPOCH
    ruling = decide(nth, order, Delays(seller=seller, pickup=pickup, delivery=delivery))

    assert ruling.upheld == (nth == 1 and ready and not seller and (pickup or delivery))
    if nth == 2:
        assert ruling == Ruling(upheld=False, reason="filed_twice")
    elif seller or not ready:
        assert ruling == Ruling(upheld=False, reason="seller_not_ready")
    else:
        late = [name for name, was in (("pickup", pickup), ("delivery", delivery)) if was]
        assert ruling.reason == (f"{late[0]}_late" if late else "carrier_in_time")


@pytest.mark.usefixtures("sent")
def test_a_remark_does_not_move_a_parcel(parcel, trail):
    parcel.scans.append(Scanned("delayed", later(SENT, 9 * DAY)))

    assert trail(Cause.NOT_RECEIVED, 11 * DAY) is Trail.STALLED


@pytest.mark.usefixtures("sent")
def test_what_was_found_again_is_not_lost(parcel, trail):
    parcel.scans.append(Scanned("exception", later(SENT, 8 * DAY)))
    parcel.scans.append(Scanned("arrived_at_hub", later(SENT, 9 * DAY)))

    assert trail(Cause.NOT_RECEIVED, 11 * DAY) is Trail.ON_COURSE


def test_a_pickup_in_vain_is_not_the_carriers_fault(order, parcel, trail):
    """H1: the seller had given the parcel to another carrier."""
    order.breaches.append("D2")
    assert trail(Cause.LATE) is Trail.NOT_PICKED_UP

    parcel.strays = 1
    assert trail(Cause.LATE) is Trail.NOT_SENT
