"""Platform shipping, told from checkout to the end (M1, D3, H3, S1)."""

import pytest

from simulator.carriers.model import Scan
from simulator.clock import DAY, HOUR
from simulator.facts import (
    AddressChanged,
    CarrierNotified,
    OrderCompleted,
    OrderDelivered,
    OrderPaid,
    OrderReadyToShip,
    OrderReleased,
    OrderShipped,
    ParcelBooked,
    ParcelScanned,
    RuleBreached,
)
from simulator.parcels.model import Handover

WAY = [
    "picked_up",
    "arrived_at_hub",
    "departed_from_hub",
    "arrived_at_destination",
    "clearance_completed",
    "arrived_at_hub",
    "out_for_delivery",
    "delivered",
]


def test_an_order_passes_through_every_status_once(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)

    assert told.statuses() == [
        "UNPAID",
        "ON_HOLD",
        "AWAITING_SHIPMENT",
        "AWAITING_COLLECTION",
        "IN_TRANSIT",
        "DELIVERED",
        "COMPLETED",
    ]


def test_the_facts_of_an_order_that_goes_well_in_their_order(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)

    assert told.kinds() == [
        "OrderPlaced",
        "OrderPaid",
        "ParcelCreated",
        "OrderReleased",
        "OrderReadyToShip",
        "ParcelBooked",
        "FreightCharged",
        "CarrierNotified",
        "ParcelScanned",
        "OrderShipped",
        *["ParcelScanned"] * 7,
        "OrderDelivered",
        "OrderCompleted",
        *["StatementIssued", "PaymentStarted", "PaymentMade", "WithdrawalMoved"],
    ]


def test_a_pickup_takes_place_on_the_vans_next_round(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)
    start = order.placed_at

    assert told.times(OrderPaid) == [start]
    assert told.times(OrderReleased) == [start + HOUR]
    assert told.times(OrderReadyToShip) == [start + HOUR]
    assert told.times(OrderShipped) == [start + 2 * HOUR]  # ten o'clock in Shenzhen


def test_a_parcel_is_scanned_all_the_way_to_the_recipient(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)
    scans = world.parcel(order.parcel_ids[0]).scans

    assert [fact.scan for fact in told.of(ParcelScanned)] == WAY
    assert (scans[0].place, scans[0].timezone) == ("Shenzhen", "Asia/Shanghai")
    assert (scans[-1].place, scans[-1].timezone) == (order.address.city, "Europe/London")


def test_a_parcel_remembers_its_scans_and_who_signed(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)
    parcel = world.parcel(order.parcel_ids[0])

    assert [each.scan for each in parcel.scans] == WAY
    assert [each.at for each in parcel.scans] == told.times(ParcelScanned)
    assert parcel.first_scan.scan is Scan.PICKED_UP
    assert parcel.signed_by == order.address.name


def test_an_order_is_delivered_with_the_last_scan_and_completed_a_week_later(
    world, told, released, wait
):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)
    (delivered,) = told.times(OrderDelivered)

    assert told.times(ParcelScanned)[-1] == delivered
    assert told.times(OrderCompleted) == [delivered + 7 * DAY]
    assert (order.delivered_at, order.completed_at) == (delivered, delivered + 7 * DAY)


def test_the_label_and_the_notice_bear_the_designated_carrier(world, told, released):
    order = released()
    world.sellers.ready_to_ship(order.id)
    (booked,) = told.of(ParcelBooked)
    (notice,) = told.of(CarrierNotified)

    assert (booked.carrier, booked.handover) == ("jt", "pickup")
    assert booked.tracking_number == world.parcel(booked.parcel_id).tracking_number
    assert (notice.carrier, notice.due) == ("jt", order.ready_at + 48 * HOUR)


def test_an_order_that_goes_well_breaches_nothing(world, told, released, wait):
    world.sellers.ready_to_ship(released().id)
    wait(30 * DAY)

    assert told.of(RuleBreached) == []
    assert world.next_due is None


@pytest.mark.parametrize("city", ["Yiwu", "Chengdu"])
def test_without_door_pickup_the_parcel_is_dropped_off(world, told, released, city):
    world.sellers.ready_to_ship(released(city=city).id)
    (booked,) = told.of(ParcelBooked)

    assert booked.handover == "drop_off"


def test_a_dropped_off_parcel_gets_its_first_scan_at_the_depot(world, told, released, wait):
    order = released(city="Yiwu")
    world.sellers.ready_to_ship(order.id)
    wait(40 * HOUR)
    first = told.of(ParcelScanned)[0]
    way_to_the_depot = told.times(ParcelScanned)[0] - order.ready_at

    assert (first.scan, first.place) == ("picked_up", "Platform Warehouse Dongguan")
    assert 12 * HOUR <= way_to_the_depot <= 36 * HOUR
    assert told.times(OrderShipped) == [told.times(ParcelScanned)[0]]


def test_nobody_owes_a_pickup_of_a_dropped_off_parcel(world, told, released):
    order = released(city="Yiwu")
    world.sellers.ready_to_ship(order.id)

    assert told.of(CarrierNotified) == []
    assert order.watch.due("D2") is None


def test_a_dropped_off_parcel_arrives_all_the_same(world, told, released, wait):
    order = released(city="Yiwu")
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)

    assert order.status == "COMPLETED"
    assert [fact.scan for fact in told.of(ParcelScanned)] == WAY


def test_where_there_is_pickup_a_seller_may_drop_off_too(world, told, released):
    world.sellers.ready_to_ship(released().id, Handover.DROP_OFF)

    assert [fact.handover for fact in told.of(ParcelBooked)] == ["drop_off"]
    assert told.of(CarrierNotified) == []


def test_a_prompt_seller_needs_nobody(told, place, wait):
    order = place(behaviour="prompt")
    wait(30 * DAY)

    assert order.status == "COMPLETED"
    assert told.of(RuleBreached) == []


def test_an_integration_may_be_faster_than_the_simulated_seller(world, told, place, wait):
    order = place(behaviour="slow")
    wait(HOUR)
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)

    assert order.status == "COMPLETED"
    assert len(told.of(OrderReadyToShip)) == 1


def test_a_confirmed_order_is_completed_at_once(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    while not order.delivered_at:
        wait(HOUR)
    world.buyers.confirm(order.id)

    assert order.status == "COMPLETED"
    assert told.times(OrderCompleted) == [world.now]

    wait(30 * DAY)
    assert len(told.of(OrderCompleted)) == 1


def test_a_buyer_moves_under_the_same_name(world, told, place):
    order = place()
    before = order.address
    world.buyers.change_address(order.id)

    assert (order.address.name, order.address.phone) == (before.name, before.phone)
    assert order.address.line1 != before.line1
    assert len(told.of(AddressChanged)) == 1


def test_a_parcel_goes_where_the_buyer_moved_to(world, released, wait):
    order = released()
    world.buyers.change_address(order.id)
    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)

    assert world.parcel(order.parcel_ids[0]).scans[-1].place == order.address.city


def test_a_basket_that_is_left_open_is_drawn(place):
    sizes = {len(place(paid=False).items) for _ in range(40)}

    assert sizes == {1, 2, 3}


def test_a_named_basket_is_bought_as_named(world, place):
    sku_ids = ("172900002000015838", "172900003000023757", "172900002000015838")
    order = place(sku_ids=sku_ids)

    assert tuple(item.sku_id for item in order.items) == sku_ids
    assert order.total_minor == 3 * 1999 + world.config.market.shipping_fee_minor


def test_every_city_has_one_warehouse_of_a_shop(world, place):
    first, second, third = place(city="Chengdu"), place(city="Chengdu"), place(city="Yiwu")

    assert first.warehouse_id == second.warehouse_id != third.warehouse_id
    assert world.registry.warehouses[first.warehouse_id].city == "Chengdu"
