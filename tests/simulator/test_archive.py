"""Who leaves memory for the archive, when, and how they are found there."""

import gc
import json

import pytest

from simulator import archive
from simulator.archive import KeyKind
from simulator.clock import DAY, HOUR
from simulator.disputes.case import Cause
from simulator.errors import NotFound, WrongStatus
from simulator.facts import CarrierComplaintDecided
from simulator.orders.model import Order, Status
from simulator.parcels.evidence import Photo
from simulator.parcels.model import Parcel
from simulator.waiting import Inbox


class Drawer:
    """The smallest archive, which counts how often it is asked."""

    def __init__(self):
        self.rows = {}
        self.asked = 0

    def put(self, ended):
        for each in ended:
            self.rows.update(dict.fromkeys(each.keys, json.dumps(each.rows)))

    def find(self, kind, key):
        self.asked += 1
        return json.loads(self.rows.get((kind, key), "null"))

    def rewind(self, facts):
        assert facts >= 0


@pytest.fixture
def drawer(world):
    drawer = Drawer()
    world.plug_in(drawer, stay=2 * DAY)
    return drawer


def test_an_ended_order_stays_for_a_while_and_leaves(world, drawer, place, wait):
    order = place(paid=False)
    wait(DAY)
    assert order.status is Status.CANCELLED
    wait(2 * DAY - 1)
    assert order.id in world.registry.orders
    wait(1)
    assert order.id not in world.registry.orders
    assert (KeyKind.ORDER, order.id) in drawer.rows
    assert world.order(order.id).cancel_reason == order.cancel_reason


@pytest.mark.parametrize("carriers", [{"ups": {"transit_factor": 0.5}}])
def test_an_order_with_a_deadline_to_come_stays(world, place, wait):
    """Completed early, its D4 is judged all the same, at 120 hours and as kept."""
    world.plug_in(Drawer(), stay=HOUR)
    order = place(mode="seller", behaviour="prompt")
    while order.status is not Status.DELIVERED:
        wait(HOUR)
    world.buyers.confirm(order.id)
    assert world.now < order.placed_at + 118 * HOUR, "else this test tests nothing"
    wait(order.placed_at + 120 * HOUR - 1 - world.now)
    assert order.id in world.registry.orders
    wait(3 * DAY)
    assert order.id not in world.registry.orders
    assert world.order(order.id).breaches == []


@pytest.mark.usefixtures("drawer")
def test_an_order_whose_buyer_complains_stays_until_that_is_decided_and_paid(world, place, wait):
    order = place(behaviour="prompt")
    while order.status is not Status.DELIVERED:
        wait(HOUR)
    wait(7 * DAY - HOUR)
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=False)
    while complaint.is_open:
        assert order.id in world.registry.orders
        wait(HOUR)
    assert complaint.paid_minor == order.total_minor
    wait(3 * DAY)
    assert order.id not in world.registry.orders


@pytest.mark.usefixtures("drawer")
def test_a_parcel_that_travels_keeps_its_cancelled_order(world, released, wait):
    order = released(mode="seller")
    world.sellers.book(order.id, "ups")
    while not world.parcel(order.parcel_ids[0]).scans:
        wait(HOUR)
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)
    parcel = world.parcel(order.parcel_ids[0])
    while parcel.status != "delivered":
        wait(HOUR)
        assert order.id in world.registry.orders
    wait(3 * DAY)
    assert order.id not in world.registry.orders
    assert len(world.parcel(parcel.id).scans) == 8


def test_it_is_found_by_every_key(world, drawer, place, wait):
    order = place(behaviour="prompt")
    wait(30 * DAY)
    assert not world.registry.orders
    assert not world.registry.parcels
    assert not world.registry.by_number
    before = drawer.asked
    (parcel,) = world.registry.parcels_of(world.order(order.id))
    assert world.parcel(parcel.id) is parcel
    assert world.registry.parcel_numbered(parcel.tracking_number) is parcel
    assert drawer.asked == before + 1, "thawed once"


def test_what_was_thawed_long_ago_is_thawed_again(world, drawer, place, wait, monkeypatch):
    monkeypatch.setattr(archive, "_THAWED_MOST", 2)
    orders = [place(paid=False) for _ in range(3)]
    wait(4 * DAY)
    for order in orders:
        world.order(order.id)
    assert drawer.asked == 3
    world.order(orders[2].id)
    world.order(orders[1].id)
    assert drawer.asked == 3
    assert world.order(orders[0].id).id == orders[0].id
    assert drawer.asked == 4
    world.order(orders[1].id)
    assert drawer.asked == 4, "the one read longest ago went"


@pytest.mark.usefixtures("drawer")
def test_an_ended_order_refuses_in_the_archive_as_before(world, place, wait):
    order = place(paid=False)
    wait(DAY)
    with pytest.raises(WrongStatus) as in_memory:
        world.buyers.pay(order.id)
    wait(3 * DAY)
    assert order.id not in world.registry.orders
    with pytest.raises(WrongStatus) as in_the_archive:
        world.buyers.pay(order.id)
    assert in_the_archive.value.args == in_memory.value.args


@pytest.mark.usefixtures("drawer")
def test_who_never_was_is_in_no_archive(world):
    with pytest.raises(NotFound):
        world.order("576400000001000000")
    with pytest.raises(NotFound):
        world.parcel("115200000001000000")
    assert world.registry.parcel_numbered("JT0000000000000") is None


@pytest.mark.usefixtures("drawer")
def test_a_snapshot_holds_who_is_in_memory(world, place, wait):
    place(paid=False)
    wait(4 * DAY)
    here = place()
    assert [row["id"] for row in world.save()["orders"]] == [here.id]


@pytest.mark.usefixtures("drawer")
def test_its_ledger_leaves_with_it_and_is_read_in_the_archive(world, place, wait):
    order = place()
    world.buyers.cancel(order.id)
    settled = world.settlement(order.id)
    assert settled.refunded_minor == order.total_minor
    wait(6 * DAY)
    assert order.id not in world.registry.orders
    assert not world.registry.books.ledgers
    assert world.settlement(order.id) == settled


def completed_late(world, place, wait):
    """Its van came late, and the order is in the archive for days."""
    world.carriers.hold("jt", 60 * HOUR)
    order = place(behaviour="prompt")
    wait(40 * DAY)
    assert order.id not in world.registry.orders
    return order


@pytest.mark.usefixtures("drawer")
def test_who_complains_about_an_archived_order_is_answered(world, told, place, wait):
    order = completed_late(world, place, wait)
    complaint = world.desk.complain_about_carrier(order.id)
    assert order.id in world.registry.orders, "it came back"
    wait(20 * DAY)
    assert complaint.status == "upheld"
    assert told.times(CarrierComplaintDecided) == [complaint.updated_at]
    assert order.id not in world.registry.orders, "and has left again"


@pytest.mark.usefixtures("drawer")
def test_an_order_stays_while_a_complaint_about_it_is_open(world, place, wait):
    order = completed_late(world, place, wait)
    complaint = world.desk.complain_about_carrier(order.id)
    while complaint.status != "upheld":
        wait(HOUR)
        assert order.id in world.registry.orders or complaint.status == "upheld"


def test_what_is_filed_about_an_archived_order_is_not_forgotten(world, drawer, place, wait):
    order = completed_late(world, place, wait)
    (parcel_id,) = order.parcel_ids
    world.desk.attach_evidence(parcel_id, Photo("a.png", "image/png", "0" * 64, 9, world.now))
    wait(4 * DAY)
    asked = drawer.asked
    assert len(world.parcel(parcel_id).documents) == 1
    assert drawer.asked > asked, "read from the archive"


@pytest.mark.usefixtures("drawer")
def test_ended_orders_are_gone_without_a_garbage_collection(place, wait):
    """Nothing that an order leaves behind points back at itself."""
    gc.collect()
    gc.disable()
    try:
        for mode in ("platform", "seller"):
            place(mode=mode, behaviour="prompt")
        wait(40 * DAY)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        assert not [each for each in gc.garbage if isinstance(each, Order | Parcel | Inbox)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
