"""Which scan may follow which, and that routes and parcels keep to it."""

from itertools import pairwise

import pytest

from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.clock import Instant
from simulator.parcels.model import Parcel, ScanRecord
from simulator.parcels.moves import ENDS, FIRST, NEXT, follows, may_come_next, require_travellable

ROUTES = [
    pytest.param(carrier.code, country, id=f"{carrier.code} to {country}")
    for carrier in CARRIERS.values()
    for country in carrier.routes
]


@pytest.fixture
def parcel():
    return Parcel("1", "2", "luck", "Shenzhen", Instant(0), inbox=None)


@pytest.fixture
def scan(parcel):
    def scanned(*words):
        for word in words:
            parcel.add_scan(ScanRecord(Scan(word), Instant(0), "Shenzhen", "Asia/Shanghai"))

    return scanned


def test_the_vocabulary_has_32_unified_codes_and_three_remarks_of_ours():
    assert len(Scan) == 32 + 3
    assert {"delayed", "info_only", "expired"} == REMARKS


@pytest.mark.parametrize(("code", "country"), ROUTES)
def test_every_route_leads_to_the_door_by_legal_moves(code, country):
    way = [Scan.PICKED_UP, *(leg.scan for leg in CARRIERS[code].routes[country])]

    assert all(follows(before, then) for before, then in pairwise(way))
    assert way[-1] is Scan.DELIVERED
    require_travellable(CARRIERS[code])


@pytest.mark.parametrize("end", sorted(ENDS))
def test_after_an_end_nothing_comes(end):
    assert not any(follows(end, scan) for scan in Scan)


def test_every_scan_can_be_reached_and_every_record_can_end():
    reached, frontier = set(), set(FIRST)
    while frontier:
        reached |= frontier
        frontier = {then for at in frontier for then in Scan if follows(at, then)} - reached
        frontier -= REMARKS
    ending = set(ENDS)
    while more := {at for at in reached - ending if NEXT[at] & ending}:
        ending |= more

    assert reached == set(Scan) - REMARKS
    assert ending == reached


@pytest.mark.parametrize("scan", sorted(set(NEXT) - ENDS))
def test_anywhere_on_the_way_it_may_be_lost_damaged_or_in_trouble(scan):
    assert all(follows(scan, then) for then in (Scan.LOST, Scan.DAMAGED, Scan.EXCEPTION))


def test_a_parcel_keeps_to_the_table(parcel, scan):
    scan("label_printed", "picked_up", "arrived_at_hub")
    with pytest.raises(AssertionError):
        scan("delivered")

    assert [each.scan for each in parcel.scans] == ["label_printed", "picked_up", "arrived_at_hub"]


def test_a_record_does_not_begin_at_the_door(scan):
    with pytest.raises(AssertionError):
        scan("out_for_delivery")


def test_remarks_leave_the_parcel_where_it_stands(parcel, scan):
    scan("picked_up", "delayed", "info_only", "expired")
    assert parcel.stands_at == "picked_up"

    scan("arrived_at_hub")
    assert parcel.stands_at == "arrived_at_hub"


def test_after_trouble_it_goes_on_as_if_there_had_been_none(parcel, scan):
    scan("picked_up", "arrived_at_hub", "departed_from_hub", "arrived_at_destination")
    scan("customs_declared", "damaged", "exception", "delayed", "clearance_completed")

    assert parcel.stands_at == "clearance_completed"


@pytest.mark.parametrize(
    ("record", "then", "possible"),
    [
        ([], "picked_up", True),
        ([], "delivered", False),
        ([], "delayed", False),
        (["customs_declared"], "clearance_completed", True),
        (["customs_declared", "exception"], "clearance_completed", True),
        (["customs_declared", "exception", "info_only", "damaged"], "clearance_completed", True),
        (["customs_declared", "exception"], "arrived_at_hub", True),
        (["customs_declared", "exception"], "delivered", False),
        (["out_for_delivery", "damaged"], "refused", True),
        (["lost"], "delayed", False),
        (["lost", "exception"], "arrived_at_hub", True),
        (["delivered", "info_only"], "damaged", False),
    ],
)
def test_what_may_come_next_depends_on_the_whole_record(record, then, possible):
    backwards = [Scan(each) for each in reversed(record)]

    assert may_come_next(backwards, Scan(then)) is possible


def test_what_is_on_paper_is_no_physical_scan(parcel, scan):
    scan("order_created", "label_printed", "pickup_scheduled", "pickup_failed")
    assert parcel.first_scan is None
    assert {each.scan for each in parcel.scans} <= ON_PAPER

    scan("picked_up")
    assert parcel.first_scan.scan == "picked_up"


@pytest.mark.parametrize(
    ("timezone", "said"),
    [
        ("Asia/Shanghai", "2030-07-01T20:00:00+08:00"),
        ("Europe/London", "2030-07-01T13:00:00+01:00"),
        ("America/New_York", "2030-07-01T08:00:00-04:00"),
    ],
)
def test_a_scan_knows_its_places_own_time(timezone, said):
    noon = Instant(1_909_137_600)  # 2030-07-01 12:00 UTC

    assert ScanRecord(Scan.PICKED_UP, noon, "", timezone).local_time == said
