"""A source in a world: it brings orders while time passes, and ends."""

import json
from dataclasses import replace

import pytest

from simulator import DomainError, Mode, Purchase, World, WorldConfig
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR, MINUTE, Instant, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.replay import NEVER, Replay, Row, Times
from simulator.demand.rhythms import HORIZON, Burst, Curve, Steady
from simulator.errors import BadDemand
from simulator.facts import DemandAdded, DemandEnded, OrderCancelled, OrderPaid, OrderPlaced
from simulator.market import STANDARD

MUG, MAT = SHELF[4].id, SHELF[6].id


def placed(told):
    return [(at, fact) for at, fact in told.facts if isinstance(fact, OrderPlaced)]


def test_orders_come_while_time_passes(world, told, wait):
    source = world.add_demand(Plan(steady=Steady(30.0)))
    assert source.id == "demand-1"
    assert source.due_at == world.next_due

    wait(DAY)

    assert len(placed(told)) == source.placed > 600
    assert {fact.source for _, fact in placed(told)} == {"demand-1"}
    assert told.of(DemandAdded) == [DemandAdded("demand-1", "steady")]


def test_a_bought_basket_is_what_the_plan_says(world, told, wait):
    buying = Buying(
        shipping=(("seller", 1.0),),
        city=(("Yiwu", 1.0), ("Shanghai", 1.0)),
        behaviour=(("absent", 1.0),),
        items=(MUG, MUG, MAT),
    )
    world.add_demand(Plan(burst=Burst(30, HOUR), buying=buying))
    wait(HOUR)

    orders = [world.order(fact.order_id) for _, fact in placed(told)]
    assert {(order.mode, order.behaviour) for order in orders} == {(Mode.SELLER, "absent")}
    assert {order.city for order in orders} == {"Yiwu", "Shanghai"}
    assert {tuple(item.sku_id for item in order.items) for order in orders} == {(MUG, MUG, MAT)}


def test_a_drawn_basket_has_the_units_and_skus_of_the_plan(world, told, wait):
    buying = Buying(units=(("2", 1.0), ("5", 1.0)), skus=((MUG, 1.0), (MAT, 2.0)))
    world.add_demand(Plan(burst=Burst(60, HOUR), buying=buying))
    wait(HOUR)

    assert {fact.units for _, fact in placed(told)} == {2, 5}
    bought = [item.sku_id for order in world.registry.orders.values() for item in order.items]
    assert bought.count(MAT) > bought.count(MUG) > 0


def test_shares_of_the_mix_are_kept(world, told, wait):
    mix = (("platform", 3.0), ("seller", 1.0))
    buying = Buying(shipping=mix, behaviour=(("prompt", 1.0), ("integration", 1.0)))
    world.add_demand(Plan(burst=Burst(800, HOUR), buying=buying))
    wait(HOUR)

    by_seller = sum(fact.mode == "seller" for _, fact in placed(told))
    unplayed = sum(not order.behaviour for order in world.registry.orders.values())
    assert abs(by_seller - 200) <= 4 * (800 * 0.25 * 0.75) ** 0.5
    assert abs(unplayed - 400) <= 4 * (800 * 0.25) ** 0.5


def test_a_source_of_a_count_ends_with_its_last_order(world, told, wait):
    source = world.add_demand(Plan(steady=Steady(60.0), count=5))
    wait(DAY)

    assert source.is_over
    assert told.of(DemandEnded) == [DemandEnded("demand-1", 5, "complete")]
    assert told.times(DemandEnded) == [at for at, _ in placed(told)][-1:]


def test_a_source_with_an_end_brings_nobody_at_it(world, told, wait):
    ends_at = later(world.now, MINUTE)
    world.add_demand(Plan(steady=Steady(36_000.0), ends_at=ends_at))
    wait(HOUR)

    assert max(at for at, _ in placed(told)) < ends_at
    assert told.times(DemandEnded) == [ends_at]
    assert [fact.cause for fact in told.of(DemandEnded)] == ["time"]


def test_a_source_may_start_later(world, told, wait):
    starts_at = later(world.now, DAY)
    world.add_demand(Plan(burst=Burst(9, HOUR), starts_at=starts_at))
    wait(DAY - 1)
    assert placed(told) == []

    wait(HOUR)

    assert len(placed(told)) == 9
    assert min(at for at, _ in placed(told)) >= starts_at


def test_a_stopped_source_brings_no_more_and_is_forgotten(world, told, wait):
    source = world.add_demand(Plan(steady=Steady(60.0)))
    wait(HOUR)
    brought = source.placed
    world.stop_demand(source.id)
    wait(HOUR)

    assert len(placed(told)) == brought == source.placed
    assert [fact.cause for fact in told.of(DemandEnded)] == ["stopped"]
    assert world.registry.sources == {}


def test_a_source_that_is_over_is_forgotten_without_a_word(world, told, wait):
    source = world.add_demand(Plan(burst=Burst(1, 1)))
    wait(HOUR)
    before = len(told.facts)

    assert world.stop_demand(source.id) is source
    assert len(told.facts) == before


def test_names_that_are_taken_are_passed_over(world):
    world.add_demand(Plan(steady=Steady(1.0)), name="demand-1")

    assert world.add_demand(Plan(steady=Steady(1.0))).id == "demand-2"


def test_a_curve_without_a_zone_follows_the_markets():
    world = World(WorldConfig(market=replace(STANDARD, region="TH", locale="th_TH")))

    assert world.add_demand(Plan(curve=Curve(1.0))).plan.curve.timezone == "Asia/Bangkok"


def test_a_market_of_an_unknown_country_keeps_universal_time():
    world = World(WorldConfig(market=replace(STANDARD, region="ZZ")))

    assert world.add_demand(Plan(curve=Curve(1.0))).plan.curve.timezone == "UTC"


# Payment.


def paid_after(told):
    placed_at = {fact.order_id: at for at, fact in placed(told)}
    return [at - placed_at[fact.order_id] for at, fact in told.facts if isinstance(fact, OrderPaid)]


def test_buyers_pay_at_once_unless_the_plan_says_otherwise(world, told, wait):
    world.add_demand(Plan(burst=Burst(20, HOUR)))
    wait(HOUR)

    assert paid_after(told) == [0] * 20


def test_buyers_take_their_time_to_pay(world, told, wait):
    buying = Buying(pays_after=(MINUTE, HOUR))
    world.add_demand(Plan(burst=Burst(40, HOUR), buying=buying))
    wait(3 * HOUR)

    assert len(paid_after(told)) == 40
    assert all(MINUTE <= after <= HOUR for after in paid_after(told))
    assert len(set(paid_after(told))) > 20


def test_some_pay_late_and_some_too_late(world, told, wait):
    """Who comes after the platform's patience of a day finds the order cancelled."""
    buying = Buying(late=0.5, late_after=(20 * HOUR, 28 * HOUR))
    world.add_demand(Plan(burst=Burst(100, HOUR), buying=buying))
    wait(3 * DAY)

    in_time = [after for after in paid_after(told) if after]
    assert in_time
    assert all(20 * HOUR <= after <= 24 * HOUR for after in in_time)
    too_late = told.of(OrderCancelled)
    assert {fact.reason for fact in too_late} == {"system_cancel_unpaid_time_out"}
    assert len(paid_after(told)) + len(too_late) == 100


def test_some_never_pay(world, told, wait):
    world.add_demand(Plan(burst=Burst(200, HOUR), buying=Buying(paid=0.8)))
    wait(3 * DAY)

    assert abs(len(told.of(OrderCancelled)) - 40) <= 4 * (200 * 0.8 * 0.2) ** 0.5
    assert len(paid_after(told)) + len(told.of(OrderCancelled)) == 200


@pytest.mark.parametrize(
    ("after", "statuses"),
    [
        (DAY - 1, ["UNPAID", "ON_HOLD"]),
        (DAY, ["UNPAID", "ON_HOLD"]),
        (DAY + 1, ["UNPAID", "CANCELLED"]),
    ],
)
def test_a_payment_within_the_platforms_patience_is_in_time(world, told, wait, after, statuses):
    world.buyers.place_order(Purchase(paid=False, pays_at=later(world.now, after)))
    wait(DAY + 30 * MINUTE)

    assert told.statuses() == statuses


def test_a_buyer_who_means_to_pay_may_cancel_before(world, told, wait, place):
    order = place(paid=False, pays_at=later(world.now, HOUR))
    world.buyers.cancel(order.id)
    wait(DAY)

    assert told.statuses() == ["UNPAID", "CANCELLED"]


# Replay.


def test_past_orders_come_again_at_their_instants_in_order(world, told, wait):
    start = world.now
    rows = (
        Row(start + 50, "seller", "Yiwu", (MAT,), "prompt", NEVER),
        Row(start + 7, "platform", "Shanghai", (MUG, MUG), "integration", 90),
        Row(start + 50, "platform"),
    )
    world.add_demand(Plan(replay=Replay(rows), buying=Buying(behaviour=(("slow", 1.0),))))
    wait(HOUR)

    first, second, third = (world.order(fact.order_id) for _, fact in placed(told))
    assert [at - start for at, _ in placed(told)] == [7, 50, 50]
    assert (first.mode, first.city, first.behaviour) == (Mode.PLATFORM, "Shanghai", "")
    assert [item.sku_id for item in first.items] == [MUG, MUG]
    assert first.paid_at == start + 97
    assert (second.mode, second.city, second.behaviour) == (Mode.SELLER, "Yiwu", "prompt")
    assert second.status == "UNPAID"
    assert (third.mode, third.city, third.behaviour) == (Mode.PLATFORM, "Shenzhen", "slow")


def test_a_past_year_comes_again_from_now_on(world, told, wait):
    rows = (Row(1_600_003_600), Row(1_600_000_000))
    world.add_demand(Plan(replay=Replay(rows, Times.FROM_FIRST)))
    wait(DAY)

    assert [at for at, _ in placed(told)] == [world.config.starts_at, world.now - DAY + HOUR]


# What is refused.


GOOD = Plan(steady=Steady(1.0))


@pytest.mark.parametrize(
    ("plan", "paths"),
    [
        (Plan(), ["kind"]),
        (replace(GOOD, burst=Burst(1, 1)), ["kind"]),
        (Plan(steady=Steady(float("nan"))), ["per_hour"]),
        (Plan(steady=Steady(1e9)), ["per_hour"]),
        (
            Plan(curve=Curve(0.001, "Mars", (1.0,), (0.0,) * 7)),
            ["per_hour", "hours", "weekdays", "timezone"],
        ),
        (Plan(curve=Curve(1.0, "", (float("inf"),) * 24)), ["hours"]),
        (Plan(burst=Burst(0, 0)), ["orders", "for"]),
        (Plan(replay=Replay(())), ["rows"]),
        (Plan(replay=Replay((Row(-1),), Times.FROM_START)), ["rows.0.at"]),
        (Plan(replay=Replay((Row(HORIZON),), Times.FROM_START)), ["rows.0.at"]),
        (Plan(replay=Replay((Row(5),))), ["rows.0.at"]),
        (
            Plan(
                replay=Replay((Row(0, "boat", "x" * 61, ("mug",), "lazy", -2),), Times.FROM_FIRST)
            ),
            [
                f"rows.0.{field}"
                for field in ("shipping", "city", "items", "behaviour", "pays_after")
            ],
        ),
        (replace(GOOD, starts_at=Instant(1)), ["start"]),
        (replace(GOOD, starts_at=HORIZON), ["start", "end"]),
        (replace(GOOD, starts_at=Instant(HORIZON - 5), ends_at=Instant(HORIZON - 5)), ["end"]),
        (replace(GOOD, count=0), ["count"]),
        (replace(GOOD, buying=Buying(shipping=(("boat", 1.0),))), ["shipping.boat"]),
        (replace(GOOD, buying=Buying(shipping=(("seller", 0.0),))), ["shipping"]),
        (replace(GOOD, buying=Buying(city=(("", 1.0),))), ["city."]),
        (replace(GOOD, buying=Buying(behaviour=(("lazy", 1.0),))), ["behaviour.lazy"]),
        (
            replace(GOOD, buying=Buying(units=(("0", 1.0), ("51", -1.0)))),
            ["units.0", "units.51", "units"],
        ),
        (replace(GOOD, buying=Buying(skus=(("mug", 1.0),))), ["skus.mug"]),
        (replace(GOOD, buying=Buying(items=("mug",))), ["items"]),
        (replace(GOOD, buying=Buying(items=(MUG,) * 51)), ["items"]),
        (replace(GOOD, buying=Buying(paid=1.5, late=-0.1)), ["paid", "late"]),
        (
            replace(GOOD, buying=Buying(pays_after=(5, 4), late_after=(-1, 0))),
            ["pays_after", "late_after"],
        ),
        (replace(GOOD, buying=Buying(shop_id="7")), ["shop_id"]),
    ],
)
def test_a_plan_that_nobody_could_keep_is_refused_with_each_flaws_path(world, plan, paths):
    with pytest.raises(BadDemand) as refusal:
        world.add_demand(plan)

    assert [path for path, _ in refusal.value.flaws] == paths


@pytest.mark.parametrize("name", ["a/b", "-x", "x" * 41, "ä"])
def test_names_are_plain(world, name):
    with pytest.raises(DomainError, match="name"):
        world.add_demand(GOOD, name)


def test_a_source_waits_with_one_wait_however_many_orders_it_will_bring(world, told):
    world.add_demand(Plan(burst=Burst(1_000_000, DAY)))

    assert world.registry.agenda.open_waits == 1
    assert len(placed(told)) < 5


def test_a_source_saved_before_every_order_goes_on_equal(world, wait):
    """Of many worlds, each saved at a second of its own, all end with the same digest."""
    plan = Plan(curve=Curve(40.0), count=25, buying=Buying(late=0.5, behaviour=(("prompt", 1.0),)))
    world.add_demand(plan)
    hopping = World.restore(json.loads(json.dumps(world.save())))
    for _ in range(40):
        wait(7 * MINUTE + 1)
        hopping.advance(world.now)
        hopping = World.restore(json.loads(json.dumps(hopping.save())))
        assert hopping.journal.digest() == world.journal.digest()
