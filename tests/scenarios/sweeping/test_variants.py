"""What ``--vary`` makes of a scenario, and what it says of a typing error."""

import json
import re
from pathlib import Path

import pytest

from scenarios.format.reading import read_text
from scenarios.running.suite import LIBRARY, collect
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.variants import variants_of
from simulator.clock import DAY, HOUR


def only(scenario, wish):
    (variant,) = variants_of(scenario, [wish])
    return variant.scenario


def test_without_a_wish_there_is_the_scenario_as_written(slow):
    (variant,) = variants_of(slow, [])
    assert (variant.label, variant.scenario) == ("as written", slow)
    assert variant.replay(3) == "seatrial scenario replay slow.scenario.yaml --seed 3"


def test_each_value_makes_a_variant_and_several_wishes_every_combination(slow):
    wishes = ["carrier.jt.pickup_delay=0h,24h", "seller=slow,prompt"]
    variants = variants_of(slow, wishes)

    assert [variant.label for variant in variants] == [
        "carrier.jt.pickup_delay=0h seller=slow",
        "carrier.jt.pickup_delay=0h seller=prompt",
        "carrier.jt.pickup_delay=24h seller=slow",
        "carrier.jt.pickup_delay=24h seller=prompt",
    ]
    assert [variant.scenario.seller for variant in variants] == ["slow", "prompt"] * 2
    bodies = [variant.scenario.sandbox(1)["carriers"]["jt"] for variant in variants]
    assert [body["pickup_delay"] for body in bodies] == [0, 0, DAY, DAY]


def test_the_command_that_replays_a_variant_can_be_pasted_into_a_shell(slow):
    (variant,) = variants_of(slow, ["orders.first.city=New York"])
    assert variant.replay(7) == (
        "seatrial scenario replay slow.scenario.yaml --seed 7 --vary 'orders.first.city=New York'"
    )


@pytest.mark.parametrize(
    ("wish", "look", "wanted"),
    [
        ("market=us", lambda s: s.market, "us"),
        ("seller=absent", lambda s: s.seller, "absent"),
        ("stand_in=slow", lambda s: s.stand_in, "slow"),
        ("runs_for=3d", lambda s: s.runs_for, 3 * DAY),
        ("orders.first.count=10", lambda s: s.orders[0].wishes()["count"], 10),
        ("orders.1.city=Yiwu", lambda s: s.orders[1].city, "Yiwu"),
        ("orders.own.seller=prompt", lambda s: s.orders[1].seller, "prompt"),
        ("orders.own.at=day 2 09:30", lambda s: str(s.orders[1].at), "day 2 09:30"),
        ("demand.live.orders=40", lambda s: s.demand[0].orders, 40),
        ("demand.0.for=90m", lambda s: s.demand[0].for_, 90 * 60),
        ("demand.live.paid=0.5", lambda s: s.demand[0].paid, 0.5),
        ("demand.live.city={Yiwu: 1, Shenzhen: 3}", lambda s: s.demand[0].city["Shenzhen"], 3),
        ("timeline.0.for=50h", lambda s: s.timeline[0].for_, 50 * HOUR),
        ("world.shops=3", lambda s: len(s.sandbox(1)["shops"]), 3),
        ("world.start=2031-02-03T00:00:00Z", lambda s: s.sandbox(1)["start"], 1_927_843_200),
    ],
)
def test_a_path_leads_into_the_scenario(slow, wish, look, wanted):
    assert look(only(slow, wish)) == wanted


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        ("carrier.jt.transit_factor=1.5", {"jt": {"transit_factor": 1.5}}),
        ("carrier.jt.pickup.rounds=[9, 12]", {"jt": {"pickup": {"rounds": [9, 12]}}}),
        ("carrier.jt.drop_off_span=[12h, 1d]", {"jt": {"drop_off_span": [12 * HOUR, DAY]}}),
        ("carrier.ups.mishaps.lost=0.25", {"ups": {"mishaps": {"lost": 0.25}}}),
        ("carrier.jt.pickup={capacity: 2, cut_off: 2h}",
         {"jt": {"pickup": {"capacity": 2, "cut_off": 2 * HOUR}}}),
    ],
)  # fmt: skip
def test_carriers_are_set_as_their_settings_are(slow, wish, wanted):
    assert only(slow, wish).sandbox(1)["carriers"] == wanted


def test_nothing_else_is_changed(slow):
    changed = only(slow, "carrier.jt.pickup_delay=24h")

    assert changed.sandbox(1) == slow.sandbox(1) | {"carriers": {"jt": {"pickup_delay": DAY}}}
    assert changed.file == slow.file
    assert changed.usual_seed == slow.usual_seed
    without = slow.model_dump(exclude={"world"}), changed.model_dump(exclude={"world"})
    assert without[0] == without[1]


def test_what_the_file_says_of_a_carrier_stays():
    told = (
        b"{title: x, orders: [{name: a}], expect: {}, world: {carriers: {jt: {pickup_delay: 5}}}}"
    )
    changed = only(read_text(told, "x"), "carrier.jt.transit_factor=2")
    assert changed.world.carriers == {"jt": {"pickup_delay": 5, "transit_factor": 2}}


def test_mishaps_are_the_worlds_own(slow):
    changed = only(slow, "world.mishaps=2.5")

    assert (changed.sandbox(1)["mishaps"], changed.timeline) == (2.5, slow.timeline)


@pytest.mark.parametrize("scenario", collect([LIBRARY]), ids=lambda each: each.key)
def test_every_scenario_of_the_library_can_be_varied(scenario):
    wishes = ["runs_for=300d", "world.quiet_ms=0"]
    wishes += [f"orders.{each.name}.count=2" for each in scenario.orders]
    wishes += ["timeline.0.at=+1h"] if scenario.timeline else []
    (variant,) = variants_of(scenario, wishes)
    assert variant.scenario.runs_for == 300 * DAY
    assert all(each.count == 2 for each in variant.scenario.orders)
    assert json.dumps(variant.scenario.sandbox(1))


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ("seller", "PATH=VALUE"),
        ("=slow", "PATH=VALUE"),
        ("seller=", "PATH=VALUE"),
        ("seller=slow,,prompt", "PATH=VALUE"),
        ("seller=slow,slow", "given twice"),
        ("seller=fast", "prompt, slow, absent"),
        ("selller=slow", "carrier, demand, market"),
        ("title=x", "carrier, demand, market"),
        ("expect.breaches=[]", "carrier, demand, market"),
        ("seed=1", "carrier, demand, market"),
        ("world.seed=1", "quiet_ms"),
        ("world.market=us", "quiet_ms"),
        ("market=atlantis", "standard"),
        ("runs_for=soon", "no duration"),
        ("runs_for.days=3", "is a value"),
        ("orders.second.count=1", "has first, own"),
        ("orders.2.count=1", "has first, own"),
        ("orders.first.cuont=1", "count"),
        ("orders.first.count=0", "less than 1; found 0"),
        ("orders.first.count=many", "no whole number; found 'many'"),
        ("demand.dead.orders=3", "has live"),
        ("timeline.1.at=+1h", "has 0"),
        ("carrier.jtt.pickup_delay=1h", "jt"),
        ("carrier.jt.pikup_delay=1h", "pickup_delay"),
        ("carrier.jt.pickup_delay=soon", "a whole number"),
        ("carrier.jt.pickup_delay=1.5", "a whole number"),
        ("carrier.jt=24h", "write key: value|settings by name"),
        ("carrier.jt.pickup.rounds=[18, 10]", "ascending"),
        ("carrier.jt.pickup.rounds=[18, 10", "no value"),
        ("world.mishaps=-1", "less than 0.0; found -1"),
        ("world.mishaps=many", "no number; found 'many'"),
        ("", "PATH=VALUE"),
        ("..=1", "carrier"),
    ],
)
def test_a_wish_that_does_not_do_is_refused_with_what_is_allowed(slow, wish, named):
    with pytest.raises(CannotSweep) as refused:
        variants_of(slow, [wish])

    assert f"--vary {wish}".rstrip() in str(refused.value)
    assert any(part in str(refused.value) for part in named.split("|")), str(refused.value)


def test_a_name_that_others_speak_of_is_not_changed_behind_their_backs():
    told = b"{title: x, orders: [{name: a}], expect: {orders: {a: {status: COMPLETED}}}}"
    with pytest.raises(CannotSweep, match="speaks of orders named 'a'"):
        variants_of(read_text(told, "x"), ["orders.a.name=b"])


def test_a_path_is_varied_once(slow):
    with pytest.raises(CannotSweep, match="varied twice"):
        variants_of(slow, ["seller=slow", "seller=prompt"])


def test_there_is_an_end_to_combinations(slow):
    wishes = [
        f"orders.first.count={','.join(map(str, range(1, 21)))}",
        "runs_for=1d,2d,3d,4d,5d,6d,7d,8d,9d,10d,11d",
    ]
    with pytest.raises(CannotSweep, match="220 variants; 200"):
        variants_of(slow, wishes)


DOCS = Path(__file__).parents[3] / "docs" / "sweeps.md"
SHOWN = re.findall(r"--vary (?:'([^']+=[^']+)'|([a-z][^\s`']*=[^\s`']+))", DOCS.read_text("utf-8"))
WISHES_OF_THE_DOCS = sorted({quoted or bare for quoted, bare in SHOWN})


def test_the_docs_show_wishes():
    assert len(WISHES_OF_THE_DOCS) >= 11


@pytest.mark.parametrize("wish", WISHES_OF_THE_DOCS)
def test_what_the_docs_show_can_be_varied(slow, wish):
    assert variants_of(slow, [wish])
