"""Penalty points: what for, how long they count, and what a shop loses at the milestones."""

import json
from dataclasses import replace

import pytest

from simulator import Mode, Purchase, World, WorldConfig, market_named
from simulator.clock import DAY, HOUR, later
from simulator.errors import NotFound
from simulator.facts import PenaltyCharged, PenaltyLifted, RuleBreached, ShopRestricted
from simulator.market.penalties import CANCELLED, BreachPoints, Milestone, PenaltyScheme, Rate
from simulator.money import penalties

SEA = market_named("sea")


@pytest.fixture
def shop(world):
    return next(iter(world.registry.shops))


def charged(told):
    return [(fact.rule, fact.points) for fact in told.of(PenaltyCharged)]


def world_with(scheme, listen, base="standard"):
    market = replace(market_named(base), penalties=scheme)
    world = World(WorldConfig(market=market))
    world.journal.subscribe(lambda _seq, at, fact: listen.append((at, fact)))
    return world


def kinds(facts, kind):
    return [fact for _, fact in facts if isinstance(fact, kind)]


def test_the_house_rules_record_and_nothing_follows(world, told, place, wait, shop):
    place(behaviour="absent")
    wait(30 * DAY)

    assert len(told.of(RuleBreached)) == 2
    assert told.of(PenaltyCharged) == []
    assert world.penalties(shop).points == 0
    assert world.penalties(shop).rating is None


@pytest.mark.parametrize("market", ["us"])
def test_a_late_order_costs_two_of_the_two_hundred(world, told, place, wait, shop):
    assert (world.penalties(shop).rating, world.penalties(shop).sanction) == (200, "")

    late = place(behaviour="absent")
    wait(5 * DAY)

    standing = world.penalties(shop)
    assert charged(told) == [("D4", 2)]
    assert (standing.points, standing.rating, standing.sanction) == (2, 198, "fair")
    assert [(each.order_id, each.at) for each in standing.charges] == [(late.id, late.ship_by)]


@pytest.mark.parametrize(("market", "clears_after"), [("us", 180 * DAY), ("sea", 90 * DAY)])
def test_points_are_cleared_by_the_passage_of_time(world, place, wait, shop, clears_after):
    place(behaviour="absent")
    wait(10 * DAY)
    last = max(each.clears_at for each in world.penalties(shop).charges)
    first = world.penalties(shop).charges[0]
    assert first.clears_at == first.at + clears_after

    world.advance(later(last, -1))
    assert world.penalties(shop).points > 0

    wait(1)

    assert world.penalties(shop).points == 0
    assert world.penalties(shop).charges == ()


@pytest.mark.parametrize("market", ["us"])
def test_the_carriers_fault_costs_the_seller_nothing(world, told, place, wait, shop):
    order = place()
    world.carriers.hold("jt", 30 * DAY)
    wait(HOUR)
    world.sellers.ready_to_ship(order.id)
    wait(60 * DAY)

    assert {(fact.rule, fact.liable) for fact in told.of(RuleBreached)} == {
        ("D2", "carrier"),
        ("D4", "carrier"),
    }
    assert order.cancelled_by == "platform"
    assert world.penalties(shop).points == 0


@pytest.mark.parametrize("market", ["sea"])
def test_a_week_with_too_many_late_and_cancelled_orders_costs_points_once_for_each(
    told, place, wait
):
    for _ in range(4):
        place(behaviour="absent")
    wait(6 * DAY)

    assert charged(told) == [("LDR", 2), ("SFCR", 2)]


@pytest.mark.parametrize("market", ["sea"])
@pytest.mark.parametrize(("orders", "points"), [(29, 2), (30, 4)])
def test_many_orders_cost_more(world, told, place, orders, points):
    bad = [place(behaviour="absent") for _ in range(3)]
    for _ in range(orders - len(bad)):
        world.sellers.ready_to_ship(place().id)
    world.advance(bad[0].shipping_due)

    assert [fact.points for fact in told.of(PenaltyCharged) if fact.rule == "SFCR"] == [points]


@pytest.mark.parametrize("market", ["sea"])
@pytest.mark.parametrize(("others", "too_many"), [(9, True), (10, False)])
def test_one_late_order_in_ten_is_too_many_and_one_in_eleven_is_not(
    world, told, place, others, too_many
):
    bad = place(behaviour="absent")
    for _ in range(others):
        world.sellers.ready_to_ship(place().id)
    world.advance(bad.shipping_due)

    assert bad.status == "CANCELLED"
    assert charged(told) == ([("LDR", 2), ("SFCR", 2)] if too_many else [])


@pytest.mark.parametrize("market", ["sea"])
def test_the_next_week_counts_anew(told, place, wait):
    place(behaviour="absent")
    wait(7 * DAY)
    place(behaviour="absent")
    wait(7 * DAY)

    assert charged(told) == [("LDR", 2), ("SFCR", 2)] * 2


def test_milestones_are_told_when_they_are_reached_and_stay_only_if_they_are_for_good():
    facts = []
    scheme = PenaltyScheme(
        clear_after=90 * DAY,
        breaches=(BreachPoints("D1", 6),),
        milestones=SEA.penalties.milestones,
    )
    world = world_with(scheme, facts)
    shop = next(iter(world.registry.shops))
    seen = []
    for _ in range(8):
        world.buyers.place_order(Purchase(behaviour="absent"))
        world.advance(later(world.now, 4 * DAY))
        seen.append((world.penalties(shop).points, world.penalties(shop).sanction))
    world.advance(later(world.now, 100 * DAY))

    assert [points for points, _ in seen] == [6, 12, 18, 24, 30, 36, 42, 48]
    assert [sanction for _, sanction in seen] == [
        "",
        "first_milestone",
        "first_milestone",
        "second_milestone",
        "second_milestone",
        "third_milestone",
        "third_milestone",
        "closed",
    ]
    assert [(fact.points, fact.sanction) for fact in kinds(facts, ShopRestricted)] == [
        (12, "first_milestone"),
        (24, "second_milestone"),
        (36, "third_milestone"),
        (48, "closed"),
    ]
    assert (world.penalties(shop).points, world.penalties(shop).sanction) == (0, "closed")


def test_a_milestone_that_was_left_behind_may_be_reached_again():
    facts = []
    scheme = PenaltyScheme(
        clear_after=10 * DAY,
        breaches=(BreachPoints("D1", 3),),
        milestones=(Milestone(3, "warned"),),
    )
    world = world_with(scheme, facts)
    for _ in range(2):
        world.buyers.place_order(Purchase(behaviour="absent"))
        world.advance(later(world.now, 20 * DAY))

    assert [fact.sanction for fact in kinds(facts, ShopRestricted)] == ["warned", "warned"]


def test_a_rating_never_falls_below_nought():
    scheme = replace(market_named("us").penalties, breaches=(BreachPoints("D4", 150),))
    world = world_with(scheme, [])
    for _ in range(2):
        world.buyers.place_order(Purchase(behaviour="absent"))
    world.advance(later(world.now, 10 * DAY))
    standing = world.penalties(next(iter(world.registry.shops)))

    assert (standing.points, standing.rating, standing.sanction) == (300, 0, "deactivated")


def test_a_penalty_in_money_is_the_sellers_loss():
    facts = []
    scheme = PenaltyScheme(90 * DAY, breaches=(BreachPoints("D1", 0, amount_minor=250),))
    world = world_with(scheme, facts)
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, 4 * DAY))
    world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, 30 * DAY))
    money = world.settlement(order.id)

    assert [fact.amount_minor for fact in kinds(facts, PenaltyCharged)] == [250]
    assert (money.penalties_minor, money.payout_minor) == (250, order.total_minor)
    assert money.seller_minor == order.total_minor - 250


def test_every_shop_has_its_own_account():
    world = World(WorldConfig(market=market_named("us"), shops=("One", "Two")))
    one, two = world.registry.shops
    world.buyers.place_order(Purchase(shop_id=one, behaviour="absent"))
    world.advance(later(world.now, 10 * DAY))

    assert (world.penalties(one).points, world.penalties(two).points) == (2, 0)
    with pytest.raises(NotFound):
        world.penalties("nobody")


def test_looking_at_penalties_changes_nothing():
    world = World(WorldConfig(market=SEA))
    before = world.save()
    world.penalties(next(iter(world.registry.shops)))

    assert world.save() == before


def test_a_restored_shop_has_the_same_standing_and_goes_on_with_it():
    facts = []
    rates = (Rate("SFCR", CANCELLED, 7, 10, 2, 30, 4),)
    world = world_with(replace(SEA.penalties, rates=rates), facts, "sea")
    shop = next(iter(world.registry.shops))
    world.buyers.place_order(Purchase(mode=Mode.SELLER))
    world.advance(later(world.now, 5 * DAY))
    again = World.restore(json.loads(json.dumps(world.save())))

    assert again.penalties(shop) == world.penalties(shop)
    assert again.penalties(shop).points == 2

    for one in (world, again):
        one.buyers.place_order(Purchase())
        one.advance(later(one.now, 30 * DAY))
    assert again.penalties(shop) == world.penalties(shop)
    assert again.journal.digest() == world.journal.digest()


@pytest.mark.parametrize("market", ["us"])
def test_what_is_forgiven_does_not_count_any_more(world, told, place, wait, shop):
    forgiven, other = place(behaviour="absent"), place(behaviour="absent")
    wait(5 * DAY)
    for _ in range(2):
        penalties.forgive(world.registry, forgiven, "D4")

    assert [(fact.rule, fact.points) for fact in told.of(PenaltyLifted)] == [("D4", 2)]
    assert [each.order_id for each in world.penalties(shop).charges] == [other.id]
    assert world.penalties(shop).points == 2


@pytest.mark.parametrize("market", ["us"])
def test_what_was_cleared_need_not_be_forgiven(world, told, place, wait, shop):
    order = place(behaviour="absent")
    wait(200 * DAY)
    penalties.forgive(world.registry, order, "D4")

    assert told.of(PenaltyLifted) == []
    assert world.penalties(shop).points == 0
