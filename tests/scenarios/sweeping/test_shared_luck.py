"""Variants share their luck: what differs between them is what was varied, and nothing else."""

import pytest

from scenarios.running.run import run_in_process
from scenarios.sweeping.figures import Sweep, figures_of
from scenarios.sweeping.variants import variants_of
from scenarios.sweeping.work import Chunk, chunks_of, play_chunk

SEEDS = range(25)


def swept(scenario, wish, seeds=SEEDS):
    variants = variants_of(scenario, [wish])
    outcomes = [each for chunk in chunks_of(variants, seeds) for each in play_chunk(chunk)]
    return Sweep(scenario, variants, seeds, outcomes)


@pytest.fixture(scope="module")
def by_delay(slow):
    return swept(slow, "carrier.jt.pickup_delay=0h,40h")


def told_of_orders(scenario, seed):
    """By order: what happened to it."""
    record = run_in_process(scenario, seed, keep=True).record
    return [
        [{k: v for k, v in row.items() if k != "seq"} for row in record.told_of(order_id)]
        for order_id in record.ids("all")
    ]


def test_a_later_van_changes_nothing_for_orders_that_it_does_not_carry(slow):
    early, late = variants_of(slow, ["carrier.jt.pickup_delay=0h,40h"])
    before, after = told_of_orders(early.scenario, 5), told_of_orders(late.scenario, 5)
    changed = [first != second for first, second in zip(before, after, strict=True)]
    carriers = [{row.get("carrier") for row in story} - {None, ""} for story in before]

    assert any(changed)
    assert [not own for own in changed] == ["jt" not in own for own in carriers]
    for first, second in zip(before, after, strict=True):
        packed = [
            [row for row in story if row["kind"] in ("OrderPlaced", "OrderReadyToShip")]
            for story in (first, second)
        ]
        assert packed[0] == packed[1], "when it was placed, by whom, and when it was packed"


def test_a_carrier_that_nobody_uses_changes_no_run(slow):
    outcomes = swept(slow, "carrier.dhl.transit_factor=1,3", range(8)).outcomes
    digests = {}
    for each in outcomes:
        digests.setdefault(each.seed, set()).add(each.digest)
    assert [len(both) for both in digests.values()] == [1] * 8


def test_the_paired_interval_is_narrower_where_luck_is_shared(by_delay):
    figure = next(each for each in figures_of(by_delay) if each.name == "orders with a breach")
    first, second = figure.lines
    apart = second.against_first

    assert first.against_first is None
    assert (second.runs, apart.pairs) == (25, 25)
    assert apart.value == pytest.approx(second.share.value - first.share.value)
    assert apart.interval.width < 0.8 * apart.unpaired.width


def test_the_effect_shows_where_it_should(by_delay):
    """Vans that leave parcels standing make more orders miss the 120 h, and none the 72 h."""
    figures = {figure.name: figure.lines[1].against_first for figure in figures_of(by_delay)}

    assert figures["D4 by the seller"].interval.low > 0
    assert figures["D1 by the seller"].value == 0


def test_figures_are_counted_from_the_runs(by_delay, slow):
    """An oracle that plays by hand."""
    hits = of = failed = 0
    for seed in SEEDS:
        result = run_in_process(slow, seed, keep=True)
        orders = result.record.ids("all")
        of += len(orders)
        hits += sum(
            any(row["kind"] == "RuleBreached" for row in result.record.told_of(order_id))
            for order_id in orders
        )
        failed += not result.passed
    figures = {figure.name: figure.lines[0].share for figure in figures_of(by_delay)}
    breached, runs = figures["orders with a breach"], figures["runs that failed"]

    assert (breached.hits, breached.of) == (hits, of)
    assert (runs.hits, runs.of) == (failed, 25)
    assert 0 < failed < 25


def test_differences_are_of_the_seeds_that_both_have_played(by_delay):
    first, second = by_delay.variants
    kept = [
        each for each in by_delay.outcomes if each.variant == first.label or 5 <= each.seed < 15
    ]
    sweep = Sweep(by_delay.scenario, by_delay.variants, SEEDS, kept, ended="interrupted")
    line = figures_of(sweep)[0].lines[1]

    assert (line.variant, line.runs, line.against_first.pairs) == (second.values, 10, 10)


def test_a_run_that_breaks_is_told_of_and_not_counted(slow, monkeypatch):
    play = run_in_process

    def breaks(scenario, seed, **kept):
        assert seed != 1, "a bug of this seed"
        return play(scenario, seed, **kept)

    monkeypatch.setattr("scenarios.sweeping.work.run_in_process", breaks)
    sweep = swept(slow, "seller=prompt", range(3))
    broken = [each for each in sweep.outcomes if each.error]

    assert [(each.seed, each.passed) for each in broken] == [(1, False)]
    assert broken[0].error.startswith("AssertionError: a bug of this seed")
    assert figures_of(sweep)[0].lines[0].share.of == 2


def test_a_world_that_is_refused_is_told_of(slow):
    wish = "orders.first.items=[no-such-thing]"
    (outcome,) = swept(slow, wish, range(1)).outcomes
    assert "no-such-thing" in outcome.error


@pytest.mark.parametrize(("seeds", "most"), [(1, 1), (300, 2), (10_000, 50)])
def test_chunks_are_everything_once_and_none_is_long(slow, seeds, most):
    variants = variants_of(slow, ["seller=slow,prompt"])
    chunks = chunks_of(variants, range(5, 5 + seeds))
    played = [(chunk.variant, seed) for chunk in chunks for seed in chunk.seeds]

    assert sorted(played) == sorted(
        (variant.label, seed) for variant in variants for seed in range(5, 5 + seeds)
    )
    assert max(len(chunk.seeds) for chunk in chunks) == most
    assert [chunk.variant for chunk in chunks[:2]] == [each.label for each in variants]


def test_a_chunk_gives_the_same_however_it_is_cut(slow):
    whole = play_chunk(Chunk(slow, "x", range(4)))
    parts = [*play_chunk(Chunk(slow, "x", range(2))), *play_chunk(Chunk(slow, "x", range(2, 4)))]
    assert list(whole) == parts
