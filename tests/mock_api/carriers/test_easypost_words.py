"""EasyPost's vocabulary and ids: complete, and the same for the same world."""

import pytest

from mock_api.carriers.easypost import words
from mock_api.carriers.easypost.ids import disguised, undisguised
from mock_api.carriers.easypost.snapshots import SNAPSHOTS
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan

STATUSES = {
    *("unknown", "pre_transit", "in_transit", "out_for_delivery", "delivered"),
    *("available_for_pickup", "return_to_sender", "failure", "cancelled", "error"),
}
DETAILS = {
    "address_correction",
    "arrived_at_destination",
    "arrived_at_facility",
    "arrived_at_pickup_location",
    "awaiting_information",
    "cancelled",
    "damaged",
    "delayed",
    "delivery_exception",
    "departed_facility",
    "departed_origin_facility",
    "expired",
    "failure",
    "held",
    "in_transit",
    "label_created",
    "lost",
    "missorted",
    "out_for_delivery",
    "received_at_destination_facility",
    "received_at_origin_facility",
    "refused",
    "return",
    "status_update",
    "transferred_to_destination_carrier",
    "transit_exception",
    "unknown",
    "weather_delay",
}


def test_every_scan_has_a_word_of_the_documented_lists():
    assert words.SCANS.keys() == set(Scan)
    assert {told.status for told in words.SCANS.values()} <= STATUSES
    assert {told.detail for told in words.SCANS.values()} <= DETAILS
    assert all(told.message for told in words.SCANS.values())


def test_what_nobody_has_held_is_not_in_transit():
    for scan in ON_PAPER - REMARKS:
        assert words.SCANS[scan].status in ("pre_transit", "cancelled")


def test_every_carrier_has_a_name_that_leads_back_to_it():
    assert words.CARRIERS.keys() == CARRIERS.keys()
    for code, name in words.CARRIERS.items():
        assert words.carrier_code(name.upper()) == code
    assert words.carrier_code("Deliveroo") is None


def test_the_services_of_a_carrier_have_different_names():
    for code, carrier in CARRIERS.items():
        names = [words.service_name(code, service) for service in carrier.services]
        assert len(names) == len(set(names))
        assert all(name.replace("_", "").isalnum() for name in names)


def test_a_snapshots_record_is_in_order_and_in_documented_words():
    assert [steps[-1].status for steps in SNAPSHOTS.values()] == [
        *("pre_transit", "in_transit", "out_for_delivery", "delivered"),
        *("return_to_sender", "failure", "unknown"),
    ]
    for steps in SNAPSHOTS.values():
        assert [step.after for step in steps] == sorted(step.after for step in steps)
        assert {step.status for step in steps} <= STATUSES
        assert {step.detail for step in steps} <= DETAILS


WORLD_ID = "630199999999999999"


@pytest.mark.parametrize("part", [0, 1, 4095])
def test_an_id_is_a_disguise_that_only_its_own_prefix_takes_off(part):
    own_id = disguised("shp", WORLD_ID, part)
    prefix, _, digits = own_id.partition("_")

    assert (prefix, len(digits)) == ("shp", 32)
    assert own_id == disguised("shp", WORLD_ID, part)
    assert undisguised("shp", own_id) == (WORLD_ID, part)
    assert undisguised("rate", own_id) is None
    assert undisguised("rate", f"rate_{digits}") is None
    assert digits != disguised("shp", int(WORLD_ID) - 1, part).partition("_")[2]


@pytest.mark.parametrize("said", ["", "shp_", "shp_" + "0" * 32, "shp_" + "g" * 32, "shp_é" * 9])
def test_an_id_that_was_never_given_is_none(said):
    assert undisguised("shp", said) is None
