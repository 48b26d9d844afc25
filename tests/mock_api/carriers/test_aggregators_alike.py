"""What every aggregator shows and tells alike: scans, later than their carrier; what no scan says,
labels that come late, are called off, or are bought abroad; and what becomes of numbers that nobody
follows any more."""

from dataclasses import replace

import pytest

from simulator.carriers.numbers import NUMBERED
from tests.mock_api.carriers.aftership import Client as AfterShip
from tests.mock_api.carriers.aggregators import AGGREGATORS
from tests.mock_api.carriers.fedex import Fedex
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.seventeentrack import Client as SeventeenTrack
from tests.mock_api.carriers.seventeentrack import by_hand, follow, ordered
from tests.mock_api.carriers.shippo_desk import Client as Shippo
from tests.mock_api.carriers.ups import Ups
from tests.simulator.shippers import AMERICAN, wish

UPCOMING = NUMBERED["ups"](1)
"""The first label of UPS's that a world prints."""
GIVING_UP = [each for each in AGGREGATORS if each.expired]


@pytest.fixture(params=AGGREGATORS, ids=lambda each: each.name)
def aggregator(request):
    return request.param


@pytest.fixture
def hears(box, aggregator):
    """What it has told so far: one status after the other."""
    with listening() as pushed:
        box.control("PUT", f"/carriers/{aggregator.name}/webhook", {"url": pushed.url})

        def statuses():
            box.advance(by="1m")
            told = [aggregator.told(each) for each in pushed.news]
            return [aggregator.status(each) for each in told if each]

        yield statuses


def shipped(box, **other):
    """A label of UPS's, whose parcel waits until somebody calls a courier; and its number."""
    shippers = box.inside.world.shippers
    shipment = shippers.ship(wish(on_call=True, **other))
    (parcel,) = shippers.parcels_of(shipment)
    return shipment, parcel.tracking_number


def status(box, aggregator, own_id):
    return aggregator.status(aggregator.shown(box, own_id))


# Scans.


def test_a_scan_is_learnt_of_later_than_by_its_carrier(box, aggregator):
    _, number = ordered(box)
    own_id = aggregator.follow(box, number)
    follow(box, number, ["picked_up"])
    box.advance(by="1h")
    assert box.inside.world.trackers.sight("", number).scans
    assert status(box, aggregator, own_id) == aggregator.announced
    box.advance(by="12h")
    assert status(box, aggregator, own_id) != aggregator.announced


def test_a_parcel_that_is_lost_is_told(box, aggregator, hears):
    _, number = ordered(box)
    own_id = aggregator.follow(box, number)
    box.advance(by="3d")
    by_hand(box, "lose", number)
    box.advance(by="1d")
    assert status(box, aggregator, own_id) == aggregator.lost
    assert hears()[-1] == aggregator.lost


# Labels.


def test_a_label_that_is_printed_after_the_number_was_followed(box, aggregator, hears):
    own_id = aggregator.follow(box, UPCOMING)
    assert hears() == []
    assert shipped(box)[1] == UPCOMING
    assert status(box, aggregator, own_id) == aggregator.announced
    assert hears() == [aggregator.announced]


def test_a_label_whose_number_its_seller_made_up(box, aggregator, hears):
    own_id = aggregator.follow(box, "SEATRIAL123")
    order = box.released(shipping="seller")
    assert hears() == []
    box.inside.world.sellers.mark_shipped(order, "ups", "SEATRIAL123")
    assert status(box, aggregator, own_id) == aggregator.announced
    assert hears() == [aggregator.announced]


def test_a_label_for_what_a_buyer_sends_back(box, aggregator, hears):
    order = box.place_one(behaviour="prompt")
    box.until(order, "DELIVERED")
    own_id = aggregator.follow(box, UPCOMING)
    world = box.inside.world
    asked = world.buyers.request_return(order)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order, "ups", UPCOMING)
    assert status(box, aggregator, own_id) == aggregator.announced
    assert hears() == [aggregator.announced]


def test_a_label_that_is_voided_is_void_for_ever(box, aggregator, hears):
    """No number is given up whose end is known."""
    shipment, number = shipped(box)
    own_id = aggregator.follow(box, number)
    told = hears()
    box.inside.world.shippers.void(shipment.id)
    assert status(box, aggregator, own_id) == aggregator.cancelled
    assert hears() == [*told, aggregator.cancelled]
    box.advance(by="40d")
    assert status(box, aggregator, own_id) == aggregator.cancelled
    assert hears() == [*told, aggregator.cancelled]


def test_a_label_that_is_left_over_since_its_order_was_cancelled(box, aggregator, hears):
    order = box.released(shipping="seller")
    own_id = aggregator.follow(box, UPCOMING)
    box.control("POST", "/carriers/ups/book", {"order_id": order})
    assert hears() == [aggregator.announced]
    box.inside.world.sellers.cancel(order, "seller_cancel_reason_out_of_stock")
    assert status(box, aggregator, own_id) == aggregator.cancelled
    assert hears() == [aggregator.announced, aggregator.cancelled]


def test_a_label_that_is_voided_before_anybody_follows_it(box, aggregator):
    shipment, number = shipped(box)
    box.inside.world.shippers.void(shipment.id)
    own_id = aggregator.follow(box, number)
    assert status(box, aggregator, own_id) == aggregator.cancelled


def test_a_van_that_comes_in_vain_takes_no_announcement_back(box):
    seventeentrack, aftership, shippo = SeventeenTrack(box), AfterShip(box), Shippo(box)
    shippers = box.inside.world.shippers
    (parcel,) = shippers.parcels_of(shippers.ship(wish()))
    number = parcel.tracking_number
    seventeentrack.register(number)
    made = aftership.create(number)
    box.control(
        "POST", "/carriers/ups/plan", {"tracking_number": number, "mishap": "missed_pickup"}
    )
    box.advance(by="20h")

    assert [each.scan for each in parcel.scans][:1] == ["pickup_failed"]
    events = seventeentrack.info(number)["tracking"]["providers"][0]["events"]
    for seen in (
        [each["stage"] for each in reversed(events)],
        [each["tag"] for each in aftership.get(made)["checkpoints"]],
        [each["status"] for each in shippo.track(number)["tracking_history"]],
    ):
        assert seen[0] in ("InfoReceived", "PRE_TRANSIT")
        assert len(seen) > 1


# Labels that are bought abroad.


@pytest.fixture
def american(box):
    """A number whose label was bought in Hoboken, at midnight in London."""
    return shipped(box, sender=AMERICAN, recipient=replace(AMERICAN, city="Newark"))[1]


def test_a_label_that_is_bought_abroad_is_announced_there(box, american):
    seventeentrack, aftership = SeventeenTrack(box), AfterShip(box)
    seventeentrack.register(american)
    told = seventeentrack.info(american)["latest_event"]
    assert (told["address"]["country"], told["address"]["city"]) == ("US", "Hoboken")
    assert told["time_iso"] == "2030-01-06T19:00:00-05:00"

    (told,) = aftership.get(aftership.create(american))["checkpoints"]
    assert (told["country_region"], told["city"]) == ("USA", "Hoboken")
    assert told["checkpoint_time"] == "2030-01-06T19:00:00"

    (told,) = Shippo(box).track(american)["tracking_history"]
    assert (told["location"]["country"], told["location"]["city"]) == ("US", "Hoboken")
    assert told["status_date"] == "2030-01-07T00:00:00.000Z"


def test_its_carrier_announces_it_there_too(box, american):
    (told,) = Ups(box).package(american)["activity"]
    assert told["location"]["address"]["country"] == "US"
    assert (told["date"], told["time"]) == ("20300106", "190000")

    sent = wish("fedex", sender=AMERICAN, recipient=replace(AMERICAN, city="Newark"), on_call=True)
    shippers = box.inside.world.shippers
    (parcel,) = shippers.parcels_of(shippers.ship(sent))
    (told,) = Fedex(box).seen(parcel.tracking_number)["scanEvents"]
    assert told["date"] == "2030-01-06T19:00:00-05:00"
    assert (told["scanLocation"]["city"], told["scanLocation"]["countryCode"]) == ("Hoboken", "US")


# Numbers that nobody follows any more.


@pytest.mark.parametrize("aggregator", GIVING_UP, ids=lambda each: each.name, indirect=True)
def test_what_expired_learns_of_no_label(box, aggregator, hears):
    own_id = aggregator.follow(box, UPCOMING)
    box.advance(by="31d")
    told, expired = hears(), aggregator.shown(box, own_id)
    assert aggregator.status(expired) in (aggregator.expired, "NotFound_Other")
    shipment, _ = shipped(box)
    assert without_clocks(aggregator.shown(box, own_id)) == without_clocks(expired)
    box.inside.world.shippers.void(shipment.id)
    assert without_clocks(aggregator.shown(box, own_id)) == without_clocks(expired)
    assert hears() == told


@pytest.mark.parametrize("aggregator", GIVING_UP, ids=lambda each: each.name, indirect=True)
def test_a_label_that_nobody_uses_expires_and_is_not_void_afterwards(box, aggregator, hears):
    shipment, number = shipped(box)
    own_id = aggregator.follow(box, number)
    box.advance(by="31d")
    told = hears()
    box.inside.world.shippers.void(shipment.id)
    assert status(box, aggregator, own_id) == aggregator.expired
    assert hears() == told


def test_shippo_tells_nothing_once_it_gave_up_and_shows_what_there_is(box):
    (shippo,) = (each for each in AGGREGATORS if each.name == "shippo")
    with listening() as pushed:
        box.control("PUT", "/carriers/shippo/webhook", {"url": pushed.url})
        shippo.follow(box, UPCOMING)
        box.advance(by="31d")
        shipped(box)
        box.advance(by="1m")
        assert pushed.heard == []
    assert status(box, shippo, UPCOMING) == shippo.announced


@pytest.mark.parametrize("name", ["17track", "aftership"])
def test_what_its_follower_stopped_learns_of_no_label(box, name):
    aggregator = next(each for each in AGGREGATORS if each.name == name)
    own_id = aggregator.follow(box, UPCOMING)
    box.advance(by="1h")
    if name == "17track":
        SeventeenTrack(box).accepted("stoptrack", UPCOMING)
    else:
        AfterShip(box).data("POST", f"/trackings/{own_id}/mark-as-completed", {"reason": "LOST"})
    stopped = aggregator.shown(box, own_id)
    box.advance(by="1m")
    shipment, _ = shipped(box)
    with listening() as pushed:
        box.control("PUT", f"/carriers/{name}/webhook", {"url": pushed.url})
        box.inside.world.shippers.void(shipment.id)
        box.advance(by="1m")
        assert pushed.heard == []
    assert without_clocks(aggregator.shown(box, own_id)) == without_clocks(stopped)


def without_clocks(shown):
    """When 17TRACK asked last, goes on."""
    own = shown.get("tracking", {"providers": []})
    providers = [each | {"latest_sync_time": ""} for each in own["providers"]]
    return shown | {"tracking": {"providers": providers}}
