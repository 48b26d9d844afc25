"""S2, rule by rule, on orders and parcels as a world holds them."""

import pytest

from simulator import Mode
from simulator.clock import HOUR, later
from simulator.facts import TrackingAnomaly
from simulator.orders.tracking_check import anomalies


@pytest.fixture
def order(released):
    return released(mode=Mode.SELLER)


@pytest.fixture
def parcel(world, order, wait):
    """Its parcel, collected an hour later."""
    world.sellers.book(order.id, "ups")
    wait(HOUR)
    return world.parcel(order.parcel_ids[0])


@pytest.fixture
def found(order):
    def look(parcel, going_to=order.address.postal_code):
        scans = parcel.scans if parcel else None
        return anomalies(order, scans, going_to=going_to, tolerance=24 * HOUR)

    return look


def test_a_parcel_that_was_scanned_after_the_order_is_fine(found, parcel):
    assert found(parcel) == []


def test_a_number_that_no_carrier_knows(found):
    assert found(None) == ["unknown_number"]


def test_a_number_that_nobody_scanned(found, parcel):
    parcel.scans.clear()

    assert found(parcel) == ["never_scanned"]


def test_a_parcel_that_goes_elsewhere(found, parcel):
    assert found(parcel, going_to="elsewhere") == ["other_postal_code"]


def test_a_parcel_may_be_wrong_in_two_ways(found, parcel):
    parcel.scans.clear()

    assert found(parcel, going_to="elsewhere") == ["never_scanned", "other_postal_code"]


def test_a_scan_24_hours_before_the_order_is_tolerated(found, order, parcel):
    order.placed_at = later(parcel.first_scan.at, 24 * HOUR)

    assert found(parcel) == []


def test_a_scan_a_second_earlier_is_not(found, order, parcel):
    order.placed_at = later(parcel.first_scan.at, 24 * HOUR + 1)

    assert found(parcel) == ["scanned_before_order"]


def test_somebody_elses_number_is_told_by_the_postal_code_on_its_label(
    world, told, order, released, wait
):
    """The number was nobody's when it was claimed; then another order's label bore it."""
    other = released(mode=Mode.SELLER)
    world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", "GUESSED-WELL")
    world.sellers.mark_shipped(other.id, "fedex", "GUESSED-WELL")
    wait(24 * HOUR)

    assert [(fact.order_id, fact.anomaly) for fact in told.of(TrackingAnomaly)] == [
        (order.id, "other_postal_code")
    ]
