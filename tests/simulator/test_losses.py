"""What follows when parcels end elsewhere than at the door: for the order, the buyer, the money."""

import json
from dataclasses import replace

import pytest

from simulator import Purchase, World, WorldConfig, market_named
from simulator.carriers.mishaps import Mishap
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR
from simulator.disputes.case import Cause
from simulator.errors import WrongStatus
from simulator.facts import (
    OrderCancelled,
    OrderDelivered,
    ParcelEnded,
    RefundMoved,
    ReimbursementPaid,
    RuleBreached,
)
from simulator.losses import goods_in, is_carriers_fault, reason_for
from simulator.parcels.model import Handover, ParcelStatus
from simulator.parcels.packing import Packing
from simulator.waiting import Inbox
from tests.simulator.conftest import Told
from tests.simulator.voyages import booked, shipped, until_scanned, wait, world_with


@pytest.fixture
def parcel(world):
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    return parcel


def in_two_parcels(world):
    """An order whose designated carrier fetches it in two parcels, one item in the second."""
    order = world.buyers.place_order(world_purchase())
    wait(world, HOUR)
    world.sellers.ready_to_ship(order.id)
    first = world.parcel(order.parcel_ids[0])
    second = replace(
        first,
        id="115200000009999999",
        luck="second",
        inbox=Inbox(world.registry.agenda),
        status=ParcelStatus.CREATED,
        tracking_number="",
        item_ids=(order.items[1].id,),
        scans=[],
        detour=[],
    )
    first.item_ids = (order.items[0].id,)
    world.registry.parcels[second.id] = second
    order.parcel_ids.append(second.id)
    world.platform.carriage.book(second, "jt", Handover.PICKUP, None)
    until_scanned(world, second, "arrived_at_hub")
    return order, first, second


def world_purchase():
    return Purchase(sku_ids=(SHELF[0].id, SHELF[1].id))


def test_the_buyer_of_a_lost_parcel_has_the_money_back_and_the_carrier_pays(world, told, parcel):
    order = world.order(parcel.order_id)
    world.carriers.lose(parcel.id)
    money = world.settlement(order.id)
    (reimbursed,) = told.of(ReimbursementPaid)

    assert (money.refunded_minor, money.reimbursed_minor) == (order.total_minor, order.goods_minor)
    assert (reimbursed.by, reimbursed.reason) == ("carrier", "package_lost")
    assert money.seller_minor == order.goods_minor


def test_in_seller_shipping_nobody_pays_the_seller(world):
    """M2: who chooses the carrier, answers for it."""
    parcel = booked(world)
    until_scanned(world, parcel, "arrived_at_hub")
    world.carriers.lose(parcel.id)
    money = world.settlement(parcel.order_id)

    assert money.refunded_minor == world.order(parcel.order_id).total_minor
    assert (money.reimbursed_minor, money.seller_minor) == (0, 0)


def test_a_lost_order_breaches_nothing_any_more(world, told, parcel):
    world.carriers.lose(parcel.id)
    wait(world, 30 * DAY)

    assert told.of(RuleBreached) == []
    assert [fact.by for fact in told.of(OrderCancelled)] == ["platform"]


def test_an_open_request_for_a_refund_is_closed_by_the_loss(world, told, parcel):
    world.buyers.ask_refund(parcel.order_id)
    world.carriers.lose(parcel.id)

    assert [fact.status for fact in told.of(RefundMoved)] == ["pending", "closed"]
    assert world.settlement(parcel.order_id).held_minor == 0


def test_a_complaint_about_a_lost_parcel_is_closed(world, parcel):
    complaint = world.buyers.complain(parcel.order_id, "not_received")
    world.carriers.lose(parcel.id)

    assert (complaint.stage, complaint.paid_minor) == ("closed", 0)


@pytest.mark.parametrize(
    ("market", "reason"),
    [("us", "package_lost"), ("uk", "package_lost_uk"), ("sea", "package_lost")],
)
def test_the_reason_is_each_markets_own(market, reason):
    world = World(WorldConfig(market=market_named(market)))
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    world.carriers.lose(parcel.id)

    assert world.order(parcel.order_id).cancel_reason == reason


def test_what_the_market_ends_first_is_not_ended_twice():
    """Sea cancels what is not delivered in time; the parcel comes back long after."""
    world = world_with(market="sea", customs_hold=1, customs_return=1)
    told = Told(world)
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    world.carriers.delay(parcel.id, 40 * DAY)
    wait(world, 90 * DAY)

    assert parcel.status == "returned"
    assert [fact.reason for fact in told.of(OrderCancelled)] == ["threepl_breach"]
    assert len(told.of(ParcelEnded)) == 1


def test_a_parcel_that_comes_back_is_paid_by_nobody(world, told, parcel):
    world.carriers.send_back(parcel.id)
    wait(world, 30 * DAY)

    assert told.of(ReimbursementPaid) == []
    assert world.settlement(parcel.order_id).refunded_minor > 0


# Whose fault.


@pytest.fixture
def ended(parcel):
    """The parcel, ended like this."""

    def as_if(status, why=None, broken=()):
        return replace(parcel, status=ParcelStatus(status), why=why and Mishap(why), broken=broken)

    return as_if


@pytest.mark.parametrize(
    ("status", "why", "broken", "liable"),
    [
        ("lost", "lost", (), True),
        ("lost", "lost", ("P1", "L5"), True),
        ("disposed", "disposed", (), True),
        ("disposed", "disposed", ("P1",), True),
        ("disposed", "disposed", ("L5",), False),
        ("returned", "damaged", (), True),
        ("returned", "damaged", ("L2",), True),
        ("returned", "damaged", ("P3",), False),
        ("returned", "refused", (), False),
        ("returned", "customs_hold", (), False),
        ("delivered", None, (), False),
    ],
)
def test_a_carrier_answers_for_what_it_did_to_what_was_right(ended, status, why, broken, liable):
    assert is_carriers_fault(ended(status, why, broken)) is liable


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        ([("lost", "lost")], "package_lost"),
        ([("disposed", "disposed")], "package_scrap"),
        ([("returned", "refused")], "returned_to_shipper_refused"),
        ([("returned", "damaged")], "package_damaged"),
        ([("returned", None)], "returned_to_shipper_other"),
        ([("returned", "undeliverable")], "returned_to_shipper_other"),
        ([("returned", "refused"), ("lost", "lost")], "package_lost"),
        ([("returned", None), ("returned", "damaged")], "package_damaged"),
    ],
)
def test_the_platform_has_a_word_for_every_end(ended, ends, reason):
    assert reason_for([ended(*end) for end in ends]) == reason


def test_bad_packing_costs_the_seller_the_carriers_money(world):
    order = world.buyers.place_order(world_purchase())
    wait(world, HOUR)
    world.desk.declare_packing(order.parcel_ids[0], Packing(closure=()))
    world.sellers.ready_to_ship(order.id)
    parcel = world.parcel(order.parcel_ids[0])
    world.carriers.plan(parcel.id, Mishap.DAMAGED)
    world.registry.carriers["jt"] = replace(
        world.registry.carriers["jt"],
        mishaps=replace(world.registry.carriers["jt"].mishaps, damaged_return=1),
    )
    wait(world, 60 * DAY)

    assert (order.cancel_reason, parcel.status) == ("package_damaged", "returned")
    assert world.settlement(order.id).reimbursed_minor == 0


# Several parcels.


def test_of_an_order_that_came_in_part_the_rest_is_paid_back(world):
    told = Told(world)
    order, first, second = in_two_parcels(world)
    world.carriers.lose(second.id)
    assert order.status == "IN_TRANSIT"
    wait(world, 30 * DAY)
    missing = order.items[1].price_minor

    assert (first.status, order.status) == ("delivered", "COMPLETED")
    assert len(told.of(OrderDelivered)) == 1
    money = world.settlement(order.id)
    assert (money.refunded_minor, money.reimbursed_minor) == (missing, missing)
    assert money.payout_minor == order.total_minor - missing


def test_a_complaint_makes_good_what_the_carrier_has_not_paid_for_before(world):
    order, first, second = in_two_parcels(world)
    world.carriers.delay(first.id, 60 * DAY)
    world.carriers.lose(second.id)
    assert world.settlement(order.id).reimbursed_minor == order.items[1].price_minor
    wait(world, 25 * DAY)
    world.buyers.complain(order.id, Cause.NOT_RECEIVED)
    wait(world, 15 * DAY)

    money = world.settlement(order.id)
    assert money.refunded_minor == money.reimbursed_minor == order.total_minor


def test_whichever_parcel_ends_last(world):
    order, first, second = in_two_parcels(world)
    world.carriers.delay(second.id, 30 * DAY)
    until_scanned(world, first, "delivered")
    assert order.status == "IN_TRANSIT"
    world.carriers.lose(second.id)

    assert order.status == "DELIVERED"
    assert world.settlement(order.id).refunded_minor == order.items[1].price_minor


def test_an_order_of_which_nothing_came_is_cancelled_when_the_last_parcel_ends(world):
    order, first, second = in_two_parcels(world)
    world.carriers.send_back(first.id)
    until_scanned(world, first, "returned_to_sender")
    assert order.status == "IN_TRANSIT"
    world.carriers.lose(second.id)

    assert (order.status, order.cancel_reason) == ("CANCELLED", "package_lost")
    money = world.settlement(order.id)
    assert money.refunded_minor == order.total_minor
    assert money.reimbursed_minor == order.items[1].price_minor


def test_a_parcel_holds_its_items_or_all_of_them(world):
    order, first, second = in_two_parcels(world)

    assert [goods_in(order, each) for each in (first, second)] == [
        item.price_minor for item in order.items
    ]
    assert goods_in(order, replace(first, item_ids=())) == order.goods_minor


# What has ended leaves memory.


class Drawer:
    def __init__(self):
        self.rows = {}

    def put(self, ended):
        for each in ended:
            self.rows.update(dict.fromkeys(each.keys, json.dumps(each.rows)))

    def find(self, kind, key):
        return json.loads(self.rows.get((kind, key), "null"))

    def rewind(self, facts):
        assert facts >= 0


def test_an_order_whose_parcel_is_on_its_way_back_stays(world):
    """Refunded on the way, it is over; its parcel is not."""
    world.plug_in(Drawer(), stay=DAY)
    parcel = shipped(world)
    until_scanned(world, parcel, "out_for_delivery")
    world.carriers.send_back(parcel.id)
    world.buyers.ask_refund(parcel.order_id)
    world.sellers.answer_refund(parcel.order_id, granted=True)
    wait(world, 4 * DAY)
    assert parcel.order_id in world.registry.orders

    wait(world, 40 * DAY)
    assert parcel.order_id not in world.registry.orders
    kept = world.parcel(parcel.id)
    assert (kept.status, kept.why) == ("returned", "sent_back")
    assert [each.scan for each in kept.scans] == [each.scan for each in parcel.scans]


@pytest.mark.parametrize("act", ["lose", "damage", "find", "send_back"])
def test_what_has_left_memory_comes_to_no_harm(world, act):
    world.plug_in(Drawer(), stay=DAY)
    parcel = shipped(world)
    until_scanned(world, parcel, "arrived_at_hub")
    world.carriers.lose(parcel.id)
    wait(world, 5 * DAY)
    assert parcel.id not in world.registry.parcels

    with pytest.raises(WrongStatus):
        getattr(world.carriers, act)(parcel.id)
