"""Shipments outside the platform: priced, labelled, carried, voided, named for an order."""

from dataclasses import replace

import pytest

from simulator import Mode, World, WorldConfig
from simulator.carriers.prices import quote
from simulator.clock import DAY, HOUR, later
from simulator.errors import (
    AlreadyCollected,
    BadTrackingNumber,
    CarriesNot,
    TrackingNumberTaken,
    WrongStatus,
)
from simulator.facts import FreightCharged, ShipmentNamed, TrackingAnomaly
from simulator.orders.model import Status
from simulator.parcels.model import Handover, ParcelStatus
from simulator.shipments.model import Piece, ShipmentStatus
from simulator.world import Pickups
from tests.simulator.shippers import AMERICAN, BOX, BUYER, SENDER, YIWU, call, local, wish


def only_parcel(world, shipment):
    (parcel,) = world.shippers.parcels_of(shipment)
    return parcel


def number_of(world, shipment):
    return only_parcel(world, shipment).tracking_number


def test_rates_are_those_of_the_price_model(world):
    found = world.shippers.rates(SENDER, BUYER, [BOX], "ups")
    assert [each.service.code for each in found] == ["saver", "expedited"]
    own = world.registry.carrier("ups")
    for each in found:
        expected = quote(own, BOX.weight_g, BOX.sides_mm, "GB", service=each.service.code)
        assert (each.total_minor, each.rows) == (expected.total_minor, expected.rows)


def test_pieces_are_priced_one_by_one(world):
    (one,) = world.shippers.rates(SENDER, BUYER, [BOX], "dhl")
    (two,) = world.shippers.rates(SENDER, BUYER, [BOX, BOX], "dhl")
    assert two.total_minor == 2 * one.total_minor


@pytest.mark.parametrize(
    ("sender", "recipient", "piece", "why"),
    [
        (SENDER, BUYER, Piece(99_000, (200, 150, 100)), "too_heavy"),
        (SENDER, BUYER, Piece(500, (2_000, 150, 100)), "too_long"),
        (BUYER, AMERICAN, BOX, "no_such_destination"),
        (SENDER, SENDER, BOX, "no_such_destination"),
    ],
)
def test_what_a_carrier_does_not_take_it_says_why(world, sender, recipient, piece, why):
    rates = world.shippers.rates(sender, recipient, [piece], "ups")
    assert {each.why for each in rates} == {why}
    with pytest.raises(CarriesNot):
        world.shippers.ship(wish(sender=sender, recipient=recipient, pieces=(piece,)))
    assert not world.shippers.shipments()


def test_a_shipment_is_collected_travels_and_is_delivered(world, wait):
    shipment = world.shippers.ship(wish())
    parcel = only_parcel(world, shipment)
    assert parcel.status is ParcelStatus.BOOKED
    wait(10 * HOUR)
    assert parcel.status is ParcelStatus.TRAVELLING
    wait(14 * DAY)
    assert parcel.status is ParcelStatus.DELIVERED
    assert parcel.signed_by == BUYER.name
    assert parcel.scans[-1].place == BUYER.city


def test_within_a_country_with_a_network_it_is_carried_too(world, wait):
    shipment = world.shippers.ship(wish(sender=AMERICAN, recipient=AMERICAN))
    wait(8 * DAY)
    assert only_parcel(world, shipment).status is ParcelStatus.DELIVERED


def test_each_piece_is_a_parcel_with_a_number_of_its_own(world):
    shipment = world.shippers.ship(wish(pieces=(BOX, BOX, BOX)))
    numbers = {parcel.tracking_number for parcel in world.shippers.parcels_of(shipment)}
    assert len(numbers) == 3
    assert {world.shippers.shipment_numbered(each).id for each in numbers} == {shipment.id}


def test_where_no_van_comes_it_is_dropped_off(world):
    shipment = world.shippers.ship(wish("jt", sender=YIWU))
    assert only_parcel(world, shipment).handover is Handover.DROP_OFF


def test_shippers_on_call_wait_until_a_courier_is_called():
    world = World(WorldConfig(pickups=Pickups.ON_CALL))
    parcel = only_parcel(world, world.shippers.ship(wish()))
    world.advance(later(world.now, 3 * DAY))
    assert parcel.status is ParcelStatus.BOOKED
    world.shippers.book_pickup(call(local(10, 9), local(10, 18)))
    world.advance(local(10, 18))
    assert parcel.status is ParcelStatus.TRAVELLING


def test_a_draft_becomes_a_shipment_when_its_label_is_bought(world):
    drafted = world.shippers.draft(wish(""))
    assert drafted.status is ShipmentStatus.DRAFT
    bought = world.shippers.buy(drafted.id, "fedex", "economy")
    assert (bought.status, bought.service) == (ShipmentStatus.LABELLED, "economy")
    assert bought.price_minor == world.shippers.rates(SENDER, BUYER, [BOX], "fedex")[1].total_minor
    with pytest.raises(WrongStatus):
        world.shippers.buy(drafted.id, "fedex")


def test_a_label_is_void_until_the_carrier_has_the_parcel(world, wait):
    early, late = world.shippers.ship(wish()), world.shippers.ship(wish())
    assert world.shippers.void(early.id).status is ShipmentStatus.VOIDED
    wait(10 * HOUR)
    assert only_parcel(world, early).status is ParcelStatus.CANCELLED
    with pytest.raises(AlreadyCollected):
        world.shippers.void(late.id)


# Named for an order.


@pytest.fixture
def order(released):
    return released(mode=Mode.SELLER)


def test_a_shipment_named_for_an_order_is_its_parcel_under_the_platforms_id(world, order, told):
    shipment = world.shippers.ship(wish(recipient=order.address))
    (packed,) = order.parcel_ids
    world.sellers.mark_shipped(order.id, "ups", number_of(world, shipment))
    assert shipment.parcel_ids == [packed] == order.parcel_ids
    assert world.parcel(packed).tracking_number == number_of(world, shipment)
    (named,) = told.of(ShipmentNamed)
    assert (named.order_id, named.parcel_id) == (order.id, packed)
    (freight,) = told.of(FreightCharged)
    assert freight.amount_minor == shipment.price_minor


def test_the_order_goes_with_its_shipment_to_the_door(world, order, told, wait):
    shipment = world.shippers.ship(wish(recipient=order.address))
    world.sellers.mark_shipped(order.id, "ups", number_of(world, shipment))
    wait(10 * HOUR)
    assert order.status is Status.IN_TRANSIT
    wait(14 * DAY)
    assert order.status in (Status.DELIVERED, Status.COMPLETED)
    assert not told.of(TrackingAnomaly)


def test_a_shipment_on_its_way_may_still_be_named(world, order, wait):
    shipment = world.shippers.ship(wish(recipient=order.address))
    wait(10 * HOUR)
    world.sellers.mark_shipped(order.id, "ups", number_of(world, shipment))
    assert order.status is Status.IN_TRANSIT
    wait(14 * DAY)
    assert order.delivered_at


def test_a_label_to_another_postal_code_is_found_out(world, order, told, wait):
    elsewhere = replace(order.address, postal_code="ZZ1 1ZZ")
    shipment = world.shippers.ship(wish(recipient=elsewhere))
    world.sellers.mark_shipped(order.id, "ups", number_of(world, shipment))
    wait(5 * DAY)
    assert [each.anomaly for each in told.of(TrackingAnomaly)] == ["other_postal_code"]


def test_a_voided_label_can_not_be_named(world, order):
    shipment = world.shippers.ship(wish(recipient=order.address))
    world.shippers.void(shipment.id)
    with pytest.raises(BadTrackingNumber):
        world.sellers.mark_shipped(order.id, "ups", number_of(world, shipment))


def test_a_number_that_was_mistyped_is_put_right_with_a_shipments(released, world, wait):
    order = released(mode=Mode.SELLER)
    shipment = world.shippers.ship(wish(recipient=order.address))
    world.sellers.mark_shipped(order.id, "ups", "1ZMISTYPED")
    world.sellers.correct_shipment(order.parcel_ids[0], "ups", number_of(world, shipment))
    assert shipment.parcel_ids == order.parcel_ids
    wait(14 * DAY)
    assert order.delivered_at


def test_a_parcel_with_a_label_of_its_own_takes_no_other(world, order):
    shipment = world.shippers.ship(wish(recipient=order.address))
    world.sellers.book(order.id, "ups")
    with pytest.raises(TrackingNumberTaken):
        world.sellers.mark_shipped(order.id, "ups", number_of(world, shipment))


def test_a_mistyped_number_that_is_anothers_stays_with_that_parcel(world, released, wait):
    first, second = (released(mode=Mode.SELLER, buyer="ann") for _ in range(2))
    for order in (first, second):
        world.sellers.mark_shipped(order.id, "ups", "1ZSHARED1")
    shipment = world.shippers.ship(wish(recipient=second.address))
    world.sellers.correct_shipment(second.parcel_ids[0], "ups", number_of(world, shipment))
    assert world.registry.parcel_numbered("1ZSHARED1").id == first.parcel_ids[0]
    wait(10 * HOUR)
    assert first.status is Status.IN_TRANSIT


def test_pieces_named_for_several_orders_cost_the_whole_price_together(world, released, told):
    orders = [released(mode=Mode.SELLER) for _ in range(3)]
    shipment = world.shippers.ship(wish(recipient=orders[0].address, pieces=(BOX, BOX, BOX)))
    shipment.price_minor += 1  # not to be divided by three
    parcels = world.shippers.parcels_of(shipment)
    for order, parcel in zip(orders, parcels, strict=True):
        world.sellers.mark_shipped(order.id, "ups", parcel.tracking_number)
    assert sum(each.amount_minor for each in told.of(FreightCharged)) == shipment.price_minor
