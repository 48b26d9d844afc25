"""How parcels travel: working days, services, slow carriers, scans in the depot, detours."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from simulator import Mode, Purchase, World, WorldConfig
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.model import Leg
from simulator.carriers.scans import Scan
from simulator.clock import DAY, HOUR, Instant, later
from simulator.facts import OrderFact, ParcelScanned
from simulator.market import STANDARD
from simulator.streams import Streams
from simulator.working_hours import worked

SERVICES = [
    pytest.param(carrier, service, id=f"{carrier.code} {service.code}")
    for carrier in CARRIERS.values()
    for service in carrier.services
]


def a_journey(carrier, service, country, parcel_id, at):
    streams = Streams(1)
    for nth, leg in enumerate(carrier.routes[country]):
        drawn = streams.between("leg", parcel_id, leg.span, nth)
        at = worked(leg.hours, leg.timezone, at, round(drawn * carrier.pace(service.code)))
    return at


def weekdays_between(start, end):
    """Mondays to Fridays after the first day, up to the last."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 for day in days)


@pytest.mark.parametrize("country", ["GB", "US", "SG", "BR"])
@pytest.mark.parametrize(("carrier", "service"), SERVICES)
def test_legs_add_up_to_the_quoted_transit(carrier, service, country):
    """The middle parcel within the quoted working days, and one in twenty too late at most; the
    days between are those of a year, festivals and all."""
    route = carrier.route_to(country)
    zone = ZoneInfo(carrier.routes[route][-1].timezone)
    taken = []
    for day in range(365):
        at = Instant(STANDARD_START + day * DAY + 2 * HOUR)
        done = a_journey(carrier, service, route, f"parcel {day}", at)
        picked_up = datetime.fromtimestamp(at, ZoneInfo("Asia/Shanghai")).date()
        taken.append(weekdays_between(picked_up, datetime.fromtimestamp(done, zone).date()))
    shortest, longest = service.transit

    assert shortest <= median(taken) <= longest
    assert sum(days > longest for days in taken) <= 365 / 20


STANDARD_START = WorldConfig().starts_at


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS)
def test_nobody_delivers_in_britain_on_a_sunday_or_at_night(carrier):
    for n in range(200):
        start = Instant(STANDARD_START + n * 13 * HOUR)
        done = a_journey(carrier, carrier.services[0], "GB", f"parcel {n}", start)
        local = datetime.fromtimestamp(done, ZoneInfo("Europe/London"))

        assert local.weekday() < 6
        assert 8 <= local.hour < 20


def shipped_by(world, carrier, city="Shenzhen", service=""):
    """An order of a seller's own carrier, booked and marked."""
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER, city=city))
    world.advance(later(world.now, HOUR))
    number = world.sellers.book(order.id, carrier, service)
    world.sellers.mark_shipped(order.id, carrier, number)
    return order


@pytest.mark.parametrize("region", ["GB", "US", "TH", "XX"])
@pytest.mark.parametrize("carrier", [code for code in CARRIERS if code != "jt"])
def test_every_carrier_delivers_everywhere(carrier, region):
    world = World(WorldConfig(market=replace(STANDARD, region=region)))
    order = shipped_by(world, carrier)
    order.address = replace(order.address, region=region)
    world.advance(later(world.now, 60 * DAY))
    parcel = world.parcel(order.parcel_ids[0])
    route = parcel.route

    assert route == (region if region != "XX" else "*")
    assert order.status == "COMPLETED"
    assert [each.timezone for each in parcel.scans][1:] == [
        leg.timezone for leg in CARRIERS[carrier].routes[route]
    ]


def test_a_line_scans_in_its_warehouse_what_its_van_took_before():
    world = World()
    order = shipped_by(world, "yunexpress")
    world.advance(later(world.now, 10 * HOUR))
    parcel = world.parcel(order.parcel_ids[0])
    assert parcel.taken_at == STANDARD_START + 3 * HOUR  # eleven o'clock in Shenzhen
    assert order.status == "AWAITING_COLLECTION"

    world.advance(later(world.now, 3 * DAY))
    first = parcel.first_scan

    assert (first.scan, first.place) == ("picked_up", "YunExpress Shenzhen Longgang")
    assert 12 * HOUR <= first.at - parcel.taken_at <= 36 * HOUR
    assert order.shipped_at == first.at


def test_a_parcel_may_be_called_off_between_van_and_warehouse():
    world = World()
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    world.advance(later(world.now, HOUR))
    world.sellers.book(order.id, "yunexpress")
    world.advance(later(world.now, 4 * HOUR))
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)
    world.advance(later(world.now, 30 * DAY))
    parcel = world.parcel(order.parcel_ids[0])

    assert parcel.taken_at
    assert (parcel.status, parcel.scans) == ("cancelled", [])
    assert world.next_due is None


def test_an_express_van_stays_in_on_saturday_afternoon_and_sunday():
    world = World()
    world.advance(Instant(STANDARD_START + 5 * DAY + 4 * HOUR))  # Saturday noon in Shenzhen
    order = shipped_by(world, "dhl")
    world.advance(later(world.now, 3 * DAY))

    first = world.parcel(order.parcel_ids[0]).first_scan
    assert first.local_time == "2030-01-14T10:00:00+08:00"


def test_the_designated_van_comes_on_sundays_too():
    world = World()
    world.advance(Instant(STANDARD_START + 6 * DAY))  # Sunday, eight in the morning in Shenzhen
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, HOUR))
    world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, DAY))

    assert order.shipped_at == STANDARD_START + 6 * DAY + 2 * HOUR


def test_nobody_collects_at_the_spring_festival_but_who_says_so():
    festival = Instant(STANDARD_START + 27 * DAY)  # Sunday 2030-02-03
    assert CARRIERS["ups"].elsewhere.round_after(festival) == later(festival, 5 * DAY + 2 * HOUR)
    assert CARRIERS["jt"].cities["Shenzhen"].round_after(festival) == later(festival, 2 * HOUR)


def test_a_pickup_delay_leaves_parcels_standing_so_much_longer():
    world = World(WorldConfig(carriers={"jt": {"pickup_delay": DAY}}))
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, HOUR))
    world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, 3 * DAY))

    assert order.shipped_at == STANDARD_START + DAY + 2 * HOUR


def test_an_economy_service_takes_longer_with_the_same_luck():
    taken = []
    for service in ("priority", "economy"):
        world = World()
        order = shipped_by(world, "fedex", service=service)
        world.advance(later(world.now, 30 * DAY))
        taken.append(order.delivered_at - order.shipped_at)

    assert taken[0] < taken[1]


def a_fortnight(**carriers):
    """Orders of every kind, and every fact about each, with its second."""
    world = World(WorldConfig(seed=11, carriers=carriers))
    stories = {}
    world.journal.subscribe(
        lambda _seq, at, fact: (
            isinstance(fact, OrderFact) and stories.setdefault(fact.order_id, []).append((at, fact))
        )
    )
    by_hand = ("dhl", "ems", "ups", "yunexpress")
    for nth in range(40):
        mode = Mode.PLATFORM if nth % 2 else Mode.SELLER
        behaviour = ("", "", "slow", "prompt")[nth % 4]
        order = world.buyers.place_order(Purchase(mode=mode, city="Shanghai", behaviour=behaviour))
        world.advance(later(world.now, 5 * HOUR))
        if mode is Mode.SELLER and not behaviour:
            carrier = by_hand[nth // 4 % 4]
            world.sellers.mark_shipped(order.id, carrier, world.sellers.book(order.id, carrier))
        if mode is Mode.PLATFORM and not behaviour:
            world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, 60 * DAY))
    carrier_of = {parcel.order_id: parcel.carrier for parcel in world.registry.parcels.values()}
    return stories, carrier_of


@pytest.mark.parametrize("slow", ["ups", "jt", "yunexpress"])
def test_a_slower_carrier_changes_only_what_it_touches(slow):
    usual, carrier_of = a_fortnight()
    slower, same_carriers = a_fortnight(**{slow: {"transit_factor": 1.1}})
    touched = {order_id for order_id, carrier in carrier_of.items() if carrier == slow}
    delivered = {
        order_id: [story[-2][0] for story in (usual[order_id], slower[order_id])]
        for order_id in touched
    }

    assert carrier_of == same_carriers
    assert 0 < len(touched) < len(usual)
    assert {order_id for order_id in usual if usual[order_id] != slower[order_id]} == touched
    assert all(before < after for before, after in delivered.values())


# Detours: for whoever lets parcels go astray.

HELD = (
    Leg(Scan.CUSTOMS_HELD, (2 * HOUR, 2 * HOUR), "London Heathrow", "Europe/London"),
    Leg(Scan.CUSTOMS_RELEASED, (30 * HOUR, 50 * HOUR), "London Heathrow", "Europe/London"),
)


def held_at_customs(world):
    """Every parcel that lands is held before it goes on along its route."""

    def hold(_seq, _at, fact):
        if isinstance(fact, ParcelScanned) and fact.scan == Scan.ARRIVED_AT_DESTINATION:
            world.parcel(fact.parcel_id).detour.extend(HELD)

    world.journal.subscribe(hold)
    return world


def test_a_detour_comes_before_the_rest_of_the_route():
    world = held_at_customs(World())
    order = shipped_by(world, "ups")
    world.advance(later(world.now, 30 * DAY))
    parcel = world.parcel(order.parcel_ids[0])

    assert [each.scan for each in parcel.scans] == [
        "picked_up",
        "arrived_at_hub",
        "departed_from_hub",
        "arrived_at_destination",
        "customs_held",
        "customs_released",
        "clearance_completed",
        "arrived_at_hub",
        "out_for_delivery",
        "delivered",
    ]
    assert (parcel.detour, parcel.detours, order.status) == ([], 2, "COMPLETED")


def test_a_detour_shifts_nobodys_luck_on_the_route():
    """By a route that never rests, what is left of it takes as long after a detour as without."""
    route = [
        {"scan": leg.scan.value, "span": leg.span, "place": leg.place, "timezone": leg.timezone}
        for leg in CARRIERS["ups"].routes["GB"]
    ]
    rest = []
    for world in (
        World(WorldConfig(carriers={"ups": {"routes": {"GB": route}}})),
        held_at_customs(World(WorldConfig(carriers={"ups": {"routes": {"GB": route}}}))),
    ):
        order = shipped_by(world, "ups")
        world.advance(later(world.now, 30 * DAY))
        scans = world.parcel(order.parcel_ids[0]).scans
        rest.append([scans[-1].at - each.at for each in scans[-4:]])

    assert rest[0] == rest[1]


def test_a_parcel_on_a_detour_survives_saving():
    world = held_at_customs(World())
    order = shipped_by(world, "ups")
    while not world.parcel(order.parcel_ids[0]).detour:
        world.advance(later(world.now, HOUR))
    again = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, again):
        each.advance(later(each.now, 30 * DAY))

    assert again.parcel(order.parcel_ids[0]).detours == 2
    assert again.journal.digest() == world.journal.digest()
