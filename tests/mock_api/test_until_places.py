"""Advance until one of several orders is somewhere: in a status, or at a scan of its parcel."""

import pytest

HOUR = 3600


def test_the_first_that_is_there_stops_the_clock(box):
    quick, slow = box.place_one(behaviour="prompt"), box.place_one(behaviour="absent")
    places = [
        {"order": slow, "status": "AWAITING_COLLECTION"},
        {"order": quick, "scan": "picked_up"},
        {"order": quick, "status": "DELIVERED"},
    ]
    told = box.advance(until=places)
    assert told["reached"]
    (scanned,) = [row for row in box.journal(kind="ParcelScanned") if row["scan"] == "picked_up"]
    assert told["now"] == scanned["at"] == box.now


def test_a_scan_that_is_there_takes_no_time(box):
    order = box.place_one(behaviour="prompt")
    first = box.advance(until={"order": order, "scan": "delivered"})
    again = box.advance(until={"order": order, "scan": "picked_up"})
    assert first["reached"]
    assert again["reached"]
    assert (again["now"], again["facts"]) == (first["now"], 0)


def test_a_status_that_is_only_passed_through_counts_as_well(box):
    """Marked while on its way: it waits for collection and is in transit in the same second."""
    order = box.released(shipping="seller")
    box.control("POST", f"/sellers/{order}/book", {})
    box.advance(until={"order": order, "scan": "picked_up"})
    other = box.place_one(shipping="seller", behaviour="prompt")
    told = box.advance(until=[{"order": other, "status": "AWAITING_COLLECTION"}])
    assert told["reached"]
    assert told["now"] == box.journal(order_id=other, kind="OrderMarkedShipped")[0]["at"]
    assert box.order(other).status == "IN_TRANSIT"


def test_what_never_comes_stops_at_its_bound(box):
    order = box.place_one()
    told = box.advance(until=[{"order": order, "scan": "lost"}], at_most="5h")
    assert (told["reached"], told["now"]) == (False, box.told["now"] + 5 * HOUR)


def test_one_unknown_order_among_several_is_not_found(box):
    places = [{"order": box.place_one(), "status": "ON_HOLD"}, {"order": "5", "status": "ON_HOLD"}]
    assert box.ask("POST", "/clock/advance", {"until": places}).status_code == 404


@pytest.mark.parametrize(
    "until",
    [
        [],
        [{"order": "5"}],
        [{"order": "5", "status": "LOST"}],
        [{"order": "5", "status": "DELIVERED", "scan": "lost"}],
        {"order": "5", "scan": "LOST"},
        [{"order": "5", "status": "ON_HOLD"}] * 1001,
    ],
)
def test_a_list_that_is_none_is_refused(box, until):
    answer = box.ask("POST", "/clock/advance", {"until": until})
    assert answer.status_code == 422
    assert all(error["path"].startswith("body.until") for error in answer.json()["errors"])
