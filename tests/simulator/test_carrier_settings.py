"""One world's own carriers: any default may be set anew, by plain data, and survives saving."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from simulator import Mode, Purchase, World, WorldConfig
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.model import Carrier
from simulator.carriers.page import page
from simulator.clock import DAY, HOUR, later
from simulator.errors import BadSetting, UnknownCarrier, UnknownName

PAGE = Path(__file__).parents[2] / "docs" / "carriers.md"


def world_with(**carriers):
    return World(WorldConfig(carriers=carriers))


def carrier_with(code="jt", /, **changes):
    return world_with(**{code: changes}).registry.carrier(code)


def test_a_world_that_says_nothing_has_the_defaults():
    assert World().registry.carriers == CARRIERS


def test_two_worlds_may_differ():
    slow, usual = world_with(jt={"transit_factor": 1.1}), World()

    assert slow.registry.carrier("jt").transit_factor == 1.1
    assert usual.registry.carrier("jt") == CARRIERS["jt"]


def test_what_is_not_named_stays():
    changed = carrier_with(transit_factor=1.1)
    differing = [
        field.name
        for field in fields(Carrier)
        if getattr(changed, field.name) != getattr(CARRIERS["jt"], field.name)
    ]

    assert differing == ["transit_factor"]


def test_every_citys_pickup_changes_at_once():
    changed = carrier_with(pickup={"rounds": [9], "capacity": 2})

    assert {(each.rounds, each.capacity) for each in changed.cities.values()} == {((9,), 2)}
    assert changed.elsewhere is None


def test_a_city_more_and_a_city_less():
    changed = carrier_with(cities={"Yiwu": {"rounds": [16]}, "Shanghai": None})

    assert list(changed.cities) == ["Shenzhen", "Hangzhou", "Yiwu"]
    assert changed.service_in("Yiwu").rounds == (16,)
    assert changed.service_in("Shanghai") is None


def test_pickup_everywhere_and_nowhere():
    assert carrier_with(elsewhere={}).service_in("Urumqi").rounds == (10, 14, 18)
    assert carrier_with("ups", elsewhere=None).service_in("Shenzhen") is None


def test_working_days_of_the_van():
    changed = carrier_with(pickup={"days": {"weekdays": [0, 1], "holidays": "CN"}})

    assert changed.service_in("Shenzhen").days.weekdays == (0, 1)


def test_a_route_of_ones_own():
    leg = {"span": [3600, 7200], "place": None, "timezone": "Europe/London"}
    scans = ("arrived_at_hub", "out_for_delivery", "delivered")
    changed = carrier_with(routes={"GB": [leg | {"scan": scan} for scan in scans]})

    assert [each.scan for each in changed.routes["GB"]] == list(scans)
    assert changed.routes["US"] == CARRIERS["jt"].routes["US"]


def test_a_rate_among_others():
    changed = carrier_with(mishaps={"lost": 0.5, "attempt_fails": {"GB": 1}})

    assert (changed.mishaps.lost, changed.mishaps.damaged) == (0.5, 0.002)
    assert changed.mishaps.attempt_fails == {"US": 0.03, "GB": 1, "*": 0.03}


@pytest.mark.parametrize(
    "changes",
    [
        {"pikup": {}},
        {"pickup": {"round": [9]}},
        {"mishaps": {"stolen": 0.1}},
        {"cities": {"Yiwu": {"van": 1}}},
    ],
)
def test_an_unknown_setting_is_told_with_those_that_there_are(changes):
    with pytest.raises(UnknownName, match="known are"):
        carrier_with(**changes)


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("carriers.jt.code", {"code": "dhl"}),
        ("carriers.jt.transit_factor", {"transit_factor": "1.1"}),
        ("carriers.jt.transit_factor", {"transit_factor": -1}),
        ("carriers.jt.transit_factor", {"transit_factor": float("nan")}),
        ("carriers.jt.transit_factor", {"transit_factor": 10**6}),
        ("carriers.jt.transit_factor", {"transit_factor": None}),
        ("carriers.jt.pickup_delay", {"pickup_delay": True}),
        ("carriers.jt.pickup_delay", {"pickup_delay": 1.5}),
        ("carriers.jt.kind", {"kind": "pigeon"}),
        ("carriers.jt.name", {"name": 7}),
        ("carriers.jt.cities", {"cities": ["Yiwu"]}),
        ("carriers.jt.services", {"services": []}),
        ("carriers.jt.services.0.name", {"services": [{"code": "fast"}]}),
        ("carriers.jt.services.0", {"services": ["fast"]}),
        ("carriers.jt.sync_lag", {"sync_lag": [1]}),
        ("carriers.jt.sync_lag", {"sync_lag": [2, 1]}),
        ("carriers.jt.drop_off_span", {"drop_off_span": [0, 400 * DAY]}),
        ("carriers.jt.depot_timezone", {"depot_timezone": "Mars/Olympus"}),
        ("carriers.jt.pickup.rounds", {"pickup": {"rounds": []}}),
        ("carriers.jt.pickup.rounds", {"pickup": {"rounds": [14, 10]}}),
        ("carriers.jt.pickup.rounds", {"pickup": {"rounds": [24]}}),
        ("carriers.jt.pickup.rounds", {"pickup": {"days": {"closes": 9}}}),
        ("carriers.jt.pickup.capacity", {"pickup": {"capacity": 0}}),
        ("carriers.jt.pickup.timezone", {"pickup": {"timezone": "../etc"}}),
        ("carriers.jt.pickup.days.weekdays", {"pickup": {"days": {"weekdays": []}}}),
        ("carriers.jt.pickup.days.weekdays", {"pickup": {"days": {"weekdays": [7]}}}),
        ("carriers.jt.pickup.days", {"pickup": {"days": {"opens": 12, "closes": 12}}}),
        ("carriers.jt.pickup.days.holidays", {"pickup": {"days": {"holidays": "XX"}}}),
        ("carriers.jt.mishaps.lost", {"mishaps": {"lost": 2}}),
        ("carriers.jt.mishaps.GB", {"mishaps": {"attempt_fails": {"GB": 2}}}),
        ("carriers.jt.routes", {"routes": {"*": None}}),
        ("carriers.jt.routes.GB", {"routes": {"GB": []}}),
        (
            "carriers.jt.routes.GB",
            {
                "routes": {
                    "GB": [{"scan": "delivered", "span": [1, 1], "place": "", "timezone": "UTC"}]
                }
            },
        ),
        ("carriers.jt.tariffs.GB.brackets", {"tariffs": {"GB": {"brackets": []}}}),
        (
            "carriers.jt.tariffs.GB.brackets",
            {
                "tariffs": {
                    "GB": {
                        "brackets": [{"above_g": 0, "fee_milli": 1, "per_kg_milli": 1, "step_g": 0}]
                    }
                }
            },
        ),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_path(path, changes):
    with pytest.raises(BadSetting) as refusal:
        carrier_with(**changes)

    assert refusal.value.path == path


def test_a_carrier_that_there_is_not_cannot_be_changed():
    with pytest.raises(UnknownCarrier):
        world_with(pigeon={})


def test_a_changed_carrier_survives_saving():
    world = world_with(jt={"pickup": {"capacity": 1, "rounds": (10,)}, "transit_factor": 2})
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, HOUR))
    world.sellers.ready_to_ship(order.id)
    again = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, again):
        each.advance(later(each.now, 30 * DAY))

    assert again.registry.carriers == world.registry.carriers
    assert again.journal.digest() == world.journal.digest()
    assert again.order(order.id).status == "COMPLETED"


def test_a_world_goes_on_with_its_own_carriers():
    world = world_with(jt={"elsewhere": {"rounds": [12]}})
    order = world.buyers.place_order(Purchase(city="Urumqi"))
    world.advance(later(world.now, HOUR))
    world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, DAY))

    assert world.parcel(order.parcel_ids[0]).handover == "pickup"
    assert order.status == "IN_TRANSIT"


@pytest.mark.parametrize("service", ["", "saver", "expedited"])
def test_a_parcel_goes_by_the_service_that_was_booked(service):
    world = World()
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    world.advance(later(world.now, HOUR))
    world.sellers.book(order.id, "ups", service)

    assert world.parcel(order.parcel_ids[0]).service == (service or "saver")


# The page.


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: see simulator/carriers/page.py"
    )


def test_the_pages_example_works():
    (example,) = re.findall(r"```python\n(.*?)```", page(), re.DOTALL)
    world = eval(example, {"World": World, "WorldConfig": WorldConfig})  # noqa: S307 - our own page

    assert world.registry.carrier("jt").service_in("Shenzhen").capacity == 20
    assert world.registry.carrier("dhl").service_in("Yiwu").days.weekdays == (0, 2, 4)
    assert world.registry.carrier("ems").route_to("US") == "*"
