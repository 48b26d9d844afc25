"""Papers in the model: they are saved with the world, and every second of their lives with them."""

import json
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.bundling import HowSent
from simulator.carriers.fleet import OWN_FLEET
from simulator.clock import HOUR, later
from simulator.facts import InvoiceMoved, TrackingAnomaly
from simulator.own_fleet import Reason
from simulator.papers.model import CustomsLine, InvoiceFile, Report
from simulator.paperwork import access_key, is_access_key
from simulator.parcels.model import Handover
from tests.simulator.properties.test_snapshot import without_turns
from tests.thoroughness import examples

GOOD = access_key("3529121234567800019555001" + "1" * 18)
FILES = [InvoiceFile(GOOD, is_authorized=True), InvoiceFile(GOOD), InvoiceFile("1")]


def strict_world(**ways):
    market = market_named("sea")
    strict = replace(market.ways, **{"invoice_first": True} | ways)
    return World(WorldConfig(market=replace(market, ways=strict)))


def place(world, mode, behaviour):
    world.buyers.place_order(Purchase(mode=mode, behaviour=behaviour))


def upload(world, order, nth):
    world.papers.upload_invoice(order.parcel_ids[0], [order.id], FILES[nth])


def ship(world, order, _):
    world.sellers.ready_to_ship(order.id)


def drive(world, order, _):
    world.sellers.mark_shipped(order.id, OWN_FLEET, f"OWN-{order.id}")


def deliver(world, order, _):
    world.papers.deliver(order.parcel_ids[0], ("IMG", "https://example.com/1"))


def fail(world, order, nth):
    reason = (Reason.OTHER, Reason.DELAY_DELIVERY, Reason.PACKAGE_LOST)[nth]
    world.papers.fail_delivery(order.parcel_ids[0], reason)


def tell(world, order, nth):
    world.papers.track(order.parcel_ids[0], Report(nth, world.now * 1000, "on its way"))


def bundle(world, order, _):
    world.papers.bundle([order.id], HowSent(Handover.PICKUP))


def declare(world, order, _):
    world.papers.declare(
        order.id, {order.items[0].id: [CustomsLine(order.items[0].sku_id, 1, 100)]}
    )


def cancel(world, order, _):
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)


ACTS = st.one_of(
    st.tuples(st.just(place), st.sampled_from(Mode), st.sampled_from(["", "", "prompt"])),
    st.tuples(
        st.sampled_from(
            [upload, upload, ship, drive, deliver, fail, tell, bundle, declare, cancel]
        ),
        st.integers(0, 9),
        st.integers(0, 2),
    ),
)
STEPS = st.lists(st.tuples(ACTS, st.sampled_from([0, 60, 300, HOUR])), min_size=3, max_size=14)


def play(world, steps, *, saves):
    for (act, *args), seconds in steps:
        orders = list(world.registry.orders.values())
        if act is place:
            act(world, *args)
        elif orders:
            try_to(act, world, orders[args[0] % len(orders)], args[1])
        world.advance(later(world.now, seconds))
        if saves:
            world = World.restore(json.loads(json.dumps(world.save())))
    world.advance(later(world.now, 3 * HOUR))
    return world


def try_to(act, world, order, nth):
    before = world.journal.length
    try:
        act(world, order, nth)
    except DomainError:
        # Cancelling takes two commands, of which the second may be refused.
        assert world.journal.length == before or act is cancel


@settings(max_examples=examples(10), deadline=None, derandomize=True)
@given(STEPS)
def test_a_world_of_papers_goes_on_from_any_second(steps):
    straight = play(strict_world(), steps, saves=False)
    broken = play(strict_world(), steps, saves=True)

    assert straight.journal.digest() == broken.journal.digest()
    assert without_turns(straight.save()) == without_turns(broken.save())


@settings(max_examples=examples(15), deadline=None, derandomize=True)
@given(STEPS)
def test_nothing_leaves_without_a_good_invoice(steps):
    world = strict_world()
    good = set()
    world.journal.subscribe(
        lambda _seq, _at, fact: (
            good.add(fact.parcel_id)
            if isinstance(fact, InvoiceMoved) and fact.status == "SUCCESS"
            else None
        )
    )
    play(world, steps, saves=False)
    left = {each.id for each in world.registry.parcels.values() if each.ready_at}
    assert left <= good


def test_every_invoice_comes_to_an_end_within_ten_minutes():
    world = strict_world()
    order = world.buyers.place_order(Purchase())
    upload(world, order, 0)
    invoice = world.registry.papers.invoices[order.parcel_ids[0]]
    assert world.now + 60 <= invoice.due_at <= world.now + 600
    world.advance(later(world.now, 600))
    assert invoice.status == "SUCCESS"


def test_the_last_digit_of_a_key_checks_the_others():
    assert is_access_key(GOOD)
    wrong = [GOOD[:-1] + digit for digit in "0123456789" if digit != GOOD[-1]]
    assert not any(is_access_key(key) for key in [*wrong, GOOD[:-1], "", "x" * 44])
    # One that the tax office's own papers have as a sample: state 43, December 2017.
    assert is_access_key("43171207364617000135550000000120141000120146")


@pytest.mark.parametrize("reason", Reason)
def test_a_failed_delivery_ends_the_parcel_or_comes_later(reason):
    world = strict_world(invoice_first=False)
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    drive(world, order, 0)
    assert order.status == "IN_TRANSIT"
    world.papers.fail_delivery(order.parcel_ids[0], reason)
    later_ones = (Reason.DELAY_DELIVERY, Reason.FORCE_MAJEURE)
    assert order.status == ("IN_TRANSIT" if reason in later_ones else "CANCELLED")


def test_no_third_party_is_asked_about_a_seller_who_drives():
    world = strict_world(invoice_first=False)
    anomalies = []
    world.journal.subscribe(
        lambda _seq, _at, fact: (
            anomalies.append(fact) if isinstance(fact, TrackingAnomaly) else None
        )
    )
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    drive(world, order, 0)
    world.advance(later(world.now, 72 * HOUR))
    assert anomalies == []
    assert "D4" not in order.breaches
    assert "D5" not in order.breaches
