"""What the report says of complaints, returns and money: recounted from the facts, one by one."""

import json
from collections import Counter

import pytest

from simulator import Purchase, facts
from simulator.buyers.temperaments import TEMPERAMENTS
from simulator.clock import DAY, HOUR
from simulator.disputes.case import Cause
from simulator.parcels.evidence import Photo
from simulator.statistics.aftersales import OVERTAKEN, Aftersales
from simulator.statistics.sink import Statistics


@pytest.fixture
def statistics(world):
    counted = Statistics()
    world.journal.subscribe(counted.hear)
    return counted


@pytest.fixture
def lively(world, statistics, told, wait):
    """Who listens, listens from the start."""
    assert not told.facts
    assert not statistics.open_orders
    for temperament in TEMPERAMENTS:
        for _ in range(24):
            world.buyers.place_order(Purchase(behaviour="prompt", temperament=temperament))
    for _ in range(6):
        world.buyers.place_order(Purchase(behaviour="absent", temperament="impatient"))
    wait(11 * DAY)


@pytest.mark.usefixtures("lively")
def test_they_are_the_facts(statistics, told, wait):
    wait(40 * DAY)
    counted = statistics.aftersales
    causes = {fact.complaint_id: fact.cause for fact in told.of(facts.BuyerComplained)}
    decided = told.of(facts.BuyerComplaintDecided)
    asked = {fact.return_id: (fact.wish, fact.reason) for fact in told.of(facts.ReturnAsked)}
    last = {fact.return_id: fact.status for fact in told.of(facts.ReturnMoved)}

    in_rows = {key: n for key, n in counted.complaints.items() if key[1] != OVERTAKEN}
    assert in_rows == Counter(
        (causes[each.complaint_id], each.row, each.liable, each.refund) for each in decided
    )
    assert sum(counted.complaints.values()) == len(causes)
    assert +counted.returns == Counter(
        (wish, last[key], reason) for key, (wish, reason) in asked.items()
    )
    paid = [fact.amount_minor for fact in told.of(facts.RefundPaid)]
    assert (counted.refunds, counted.refunded_minor) == (len(paid), sum(paid))
    assert counted.chases == len(told.of(facts.BuyerChased)) > 0
    assert len(causes) > 5
    assert len(asked) > 5


def test_a_complaint_that_the_orders_end_overtakes_counts_as_that(world, statistics, place, wait):
    order = place(behaviour="prompt")
    while order.status != "DELIVERED":
        wait(HOUR)
    world.buyers.complain(order.id, Cause.DAMAGED)
    assert statistics.aftersales.open_complaints == 1
    world.buyers.ask_refund(order.id)
    world.sellers.answer_refund(order.id, granted=True)

    assert statistics.aftersales.complaints == {("damaged", OVERTAKEN, "", "none"): 1}
    assert statistics.aftersales.open_complaints == 0


def test_who_made_sellers_whole_is_told(world, statistics, released, wait):
    order = released()
    world.desk.attach_evidence(
        order.parcel_ids[0], Photo("a.png", "image/png", "0" * 64, 9, world.now)
    )
    world.sellers.ready_to_ship(order.id)
    while order.status != "DELIVERED":
        wait(HOUR)
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    wait(5 * DAY)

    assert statistics.aftersales.reimbursed_minor == {"carrier": order.total_minor}


@pytest.mark.usefixtures("lively")
def test_saved_in_the_middle_they_go_on(world, wait):
    """From the middle on, one counts all by itself, the other goes on from what was saved."""
    counted, again = Statistics(), Statistics()
    world.journal.subscribe(counted.hear)
    for _ in range(20):
        world.buyers.place_order(Purchase(behaviour="prompt", temperament="fraudulent"))
    wait(8 * DAY)
    saved = json.loads(json.dumps(counted.save()))
    assert saved["aftersales"]["causes"], "else this test tests little"
    again.restore(saved)
    world.journal.subscribe(again.hear)
    wait(30 * DAY)

    assert again.save() == counted.save()


def test_what_was_not_heard_from_its_beginning_counts_in_no_row():
    counted = Aftersales()
    counted.hear(facts.BuyerComplaintClosed("1", "2", 0))
    counted.hear(facts.ReturnMoved("1", "3", "closed", "buyer"))

    assert (counted.complaints, counted.returns) == ({}, {})


def test_a_world_of_passive_buyers_counts_nothing(statistics, place, wait):
    place(behaviour="prompt")
    wait(30 * DAY)
    assert statistics.aftersales.save() == Aftersales().save()
