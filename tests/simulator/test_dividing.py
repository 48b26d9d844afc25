"""Different decisions about the line items of one request: it becomes several, and nothing is lost
on the way."""

import json
from dataclasses import replace

import pytest

from simulator import World, facts
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR, later
from simulator.errors import (
    ItemsUnknown,
    LimitReached,
    NotFound,
    OfferDeclined,
    OfferOpen,
    PlatformDecides,
    RefundTooLarge,
    WholeOrderOnly,
    WrongStatus,
)
from simulator.returns.answering import Verdict
from simulator.returns.model import Image, Kind, ReturnStatus
from simulator.returns.signals import Answer, Answered, Inspected, Offered
from simulator.returns.wishes import Wanted
from simulator.statistics.sink import Statistics

YES, NO, NOW = Answered(Answer.GRANT), Answered(Answer.REJECT), Answered(Answer.REFUND)


@pytest.fixture
def delivered(world, released, wait):
    """An order of three units, at its buyer's."""
    order = released(sku_ids=[each.id for each in SHELF[:3]])
    world.sellers.ready_to_ship(order.id)
    while order.status != "DELIVERED":
        wait(HOUR)
    return order


@pytest.fixture
def divided(world, delivered):
    """A request about all of it, and what becomes of it: a verdict on each of these line items."""

    def dividing(*said, kind=Kind.RETURN, offer=0):
        asked = world.buyers.request(delivered.id, Wanted(kind))
        world.sellers.decide(
            [
                Verdict(asked.id, items, each, offer if isinstance(each, Offered) else 0)
                for items, each in zip(cut(asked.item_ids, len(said)), said, strict=True)
            ]
        )
        return world.registry.returns.parts(asked)

    return dividing


def cut(items, into):
    """The last line item by itself, the one before it by itself, and so on."""
    ends = [*range(len(items) - into + 1, len(items)), len(items)]
    return [tuple(items[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def test_every_part_goes_on_as_it_was_decided(told, delivered, divided):
    whole, rejected, refunded = divided(YES, NO, NOW)

    assert [each.status for each in (whole, rejected, refunded)] == [
        ReturnStatus.AWAITING_GOODS,
        ReturnStatus.REJECTED,
        ReturnStatus.COMPLETED,
    ]
    items = [item.id for item in delivered.items]
    assert [each.item_ids for each in (whole, rejected, refunded)] == [[each] for each in items]
    assert delivered.open_returns == [whole.id, rejected.id]
    assert told.of(facts.ReturnDivided) == [
        facts.ReturnDivided(
            delivered.id, whole.id, part.id, tuple(part.item_ids), part.amount_minor
        )
        for part in (rejected, refunded)
    ]
    assert refunded.paid_minor == refunded.amount_minor


def test_the_parts_share_history_and_deadline(world, delivered, wait):
    asked = world.buyers.request(delivered.id, Wanted(Kind.REFUND, note="look"))
    wait(9 * HOUR)
    told = []
    world.journal.subscribe(lambda *_: told.append((asked.due_at, len(asked.notes))))
    began, due = asked.asked_at, asked.due_at
    first, rest = cut(asked.item_ids, 2)
    world.sellers.decide([Verdict(asked.id, first, NO), Verdict(asked.id, rest, NO)])
    _, part = world.registry.returns.parts(asked)

    assert told[0] == (due, 2), "divided, and nothing decided yet"
    assert (part.asked_at, part.reason, part.kind) == (began, asked.reason, asked.kind)
    for each in (asked, part):
        assert [note.event for note in each.notes] == ["requested", "divided", "rejected"]
        assert each.notes[0].text == "look"


@pytest.mark.parametrize("amount", [None, 1000, 7])
def test_the_money_of_the_parts_is_that_of_the_request(world, delivered, amount):
    asked = world.buyers.request(delivered.id, Wanted(Kind.REFUND, amount_minor=amount))
    total = asked.amount_minor
    verdicts = [Verdict(asked.id, (each,), NO) for each in asked.item_ids]
    world.sellers.decide(verdicts)
    parts = world.registry.returns.parts(asked)

    prices = [item.price_minor for item in delivered.items]
    by_price = [total * each // sum(prices) for each in prices]
    assert sum(each.amount_minor for each in parts) == total
    assert [each.amount_minor for each in parts[:-1]] == by_price[:-1]


def test_an_order_ends_with_the_last_of_its_parts(told, delivered, divided):
    divided(YES, NOW, YES, kind=Kind.REPLACEMENT)

    assert delivered.status == "COMPLETED"
    assert len(told.of(facts.OrderReplaced)) == 2
    assert len({fact.replacement_id for fact in told.of(facts.OrderReplaced)}) == 2
    (paid,) = told.of(facts.RefundPaid)
    assert paid.amount_minor < delivered.total_minor


def test_parts_go_back_in_parcels_of_their_own(world, told, delivered, divided, wait):
    first, second, third = divided(YES, NO, YES)
    world.buyers.ship_return(delivered.id)
    world.buyers.ship_return(delivered.id)
    with pytest.raises(WrongStatus):
        world.buyers.ship_return(delivered.id)
    world.buyers.dispute_return(delivered.id)
    wait(15 * DAY)

    parcels = world.registry.parcels_home(delivered)
    assert [parcel.item_ids for parcel in parcels] == [
        tuple(first.item_ids),
        tuple(third.item_ids),
    ]
    assert second.disputes == 1
    paid = [fact.amount_minor for fact in told.of(facts.RefundPaid)]
    assert sorted(paid) == sorted([first.amount_minor, third.amount_minor])


def test_what_was_turned_down_may_be_asked_for_again(world, told, delivered, divided):
    _, rejected = divided(NOW, NO, kind=Kind.REFUND)
    again = world.buyers.ask_refund(delivered.id)
    assert (again.previous_id, again.item_ids) == (rejected.id, rejected.item_ids)
    world.sellers.answer_return(again.id, granted=True)

    paid = [fact.amount_minor for fact in told.of(facts.RefundPaid)]
    assert sum(paid) == delivered.total_minor
    assert delivered.status == "COMPLETED"


def test_a_part_has_one_offer_of_its_own(world, delivered, divided):
    _, offered = divided(YES, Offered(), offer=100)
    world.buyers.answer_offer(delivered.id, accepted=False)
    with pytest.raises(OfferDeclined):
        world.sellers.reply(offered.id, Offered(), 1)
    world.sellers.answer_return(offered.id, granted=True)

    assert offered.status is ReturnStatus.AWAITING_GOODS


def test_parts_of_parts_are_parts_of_the_request(world, delivered):
    asked = world.buyers.request(delivered.id, Wanted(Kind.RETURN))
    first, second, third = asked.item_ids
    two = Verdict(asked.id, (second, third), Offered(), 100)
    world.sellers.decide([Verdict(asked.id, (first,), NO), two])
    _, offered = world.registry.returns.parts(asked)
    world.buyers.answer_offer(delivered.id, accepted=False)
    world.sellers.decide([Verdict(offered.id, (third,), YES), Verdict(offered.id, (second,), NO)])
    parts = world.registry.returns.parts(asked)

    assert [each.item_ids for each in parts] == [[first], [third], [second]]
    assert [each.line_numbers for each in parts] == [[0], [2], [1]]
    assert {each.origin_id for each in parts} == {asked.id}
    assert len({each.luck for each in parts}) == 3


def test_a_division_counts_as_one_request(world, delivered, divided):
    for _ in range(3):
        divided(NO, NO, NO)
        for _ in range(3):
            world.buyers.withdraw_return(delivered.id)
    for _ in range(7):
        world.buyers.ask_refund(delivered.id)
        world.buyers.withdraw_return(delivered.id)
    with pytest.raises(LimitReached):
        world.buyers.ask_refund(delivered.id)
    assert not delivered.open_returns


def test_what_does_not_fit_changes_nothing(world, told, delivered):
    asked = world.buyers.request(delivered.id, Wanted(Kind.RETURN))
    first, second, third = asked.item_ids
    mark, before = world.journal.length, world.save()
    share = (
        asked.amount_minor
        * delivered.items[0].price_minor
        // sum(item.price_minor for item in delivered.items)
    )

    def refused(error, *verdicts):
        with pytest.raises(error):
            world.sellers.decide([Verdict(asked.id, *each) for each in verdicts])

    refused(ItemsUnknown, ((first,), YES), ((second,), NO))
    refused(ItemsUnknown, ((first, second), YES), ((second, third), NO))
    refused(ItemsUnknown, ((first, second, third), YES), ((), NO))
    refused(ItemsUnknown, ((first, second), YES), (("other",), NO))
    refused(WrongStatus, ((first, second), YES), ((third,), Inspected(accepted=True)))
    refused(RefundTooLarge, ((second, third), YES), ((first,), Offered(), share))
    with pytest.raises(NotFound):
        world.sellers.decide(
            [Verdict(asked.id, (first, second, third), YES), Verdict("4037", (first,), NO)]
        )

    assert world.journal.length == mark
    assert world.save() == before
    world.sellers.decide(
        [Verdict(asked.id, (second, third), YES), Verdict(asked.id, (first,), Offered(), share - 1)]
    )
    assert len(told.of(facts.ReturnDivided)) == 1


def test_nothing_is_divided_that_is_on_its_way_back_or_in_other_hands(world, delivered, wait):
    asked = world.buyers.request(delivered.id, Wanted(Kind.RETURN))
    first, rest = cut(asked.item_ids, 2)

    def divide(said):
        world.sellers.decide([Verdict(asked.id, first, said), Verdict(asked.id, rest, said)])

    world.sellers.reply(asked.id, Offered(), 100)
    with pytest.raises(OfferOpen):
        divide(YES)
    world.buyers.answer_offer(delivered.id, accepted=False)
    world.sellers.answer_return(asked.id, granted=False)
    world.buyers.dispute_return(delivered.id)
    with pytest.raises(PlatformDecides):
        divide(YES)
    world.buyers.withdraw_return(delivered.id)

    asked = world.buyers.request(delivered.id, Wanted(Kind.RETURN))
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(delivered.id)
    while asked.status != "received":
        wait(HOUR)
    with pytest.raises(WrongStatus):
        divide(Inspected(accepted=True))
    world.sellers.decide([Verdict(asked.id, tuple(asked.item_ids), Inspected(accepted=True))])
    assert asked.status is ReturnStatus.COMPLETED


def test_what_has_not_arrived_is_decided_as_a_whole(world, released, wait):
    order = released(sku_ids=[each.id for each in SHELF[:2]])
    world.sellers.ready_to_ship(order.id)
    while order.status != "IN_TRANSIT":
        wait(HOUR)
    asked = world.buyers.ask_refund(order.id)
    first, second = asked.item_ids
    with pytest.raises(WholeOrderOnly):
        world.sellers.decide([Verdict(asked.id, (first,), YES), Verdict(asked.id, (second,), NO)])
    assert asked.status is ReturnStatus.REQUESTED


def test_parts_are_saved_and_go_on_as_if_nothing_had_been(world, delivered, divided):
    picture = Image("tos/1", 200, 100)
    asked, *_ = divided(YES, replace(NO, text="worn", images=(picture,)), Offered(), offer=100)
    again = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, again):
        each.buyers.ship_return(delivered.id)
        each.buyers.dispute_return(delivered.id)
        each.advance(later(each.now, 60 * DAY))

    assert again.journal.digest() == world.journal.digest()
    here, there = (each.registry.returns.parts(asked) for each in (world, again))
    assert [each.notes for each in here] == [each.notes for each in there]
    assert there[1].notes[2].images == (picture,)
    assert world.save() == again.save()


def test_figures_count_every_part(world, divided):
    counted = Statistics()
    world.journal.subscribe(counted.hear)
    divided(YES, NO, NOW)

    by_status = {status: n for (_, status, _), n in (+counted.aftersales.returns).items()}
    assert by_status == {"awaiting_buyer_ship": 1, "rejected": 1, "completed": 1}
