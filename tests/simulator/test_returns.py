"""Goods that go back, and goods that come instead: asked, answered, sent, looked at, settled."""

from hashlib import sha256

import pytest

from simulator import facts
from simulator.clock import DAY, HOUR, later
from simulator.disputes.case import Cause
from simulator.errors import AlreadyRefunded, LimitReached, ReturnOpen, WrongStatus
from simulator.parcels.evidence import Photo
from simulator.returns.model import NEXT, Kind, ReturnStatus

PHOTO = Photo("open-box.jpg", "image/jpeg", sha256(b"a photo").hexdigest(), 7, 0)
WRONG = "ecom_order_delivered_refund_and_return_reason_wrong_product"


def steps(told):
    return [(fact.status, fact.by) for fact in told.of(facts.ReturnMoved)]


@pytest.fixture
def deliver(world, released, wait):
    """An order at its buyer's."""

    def delivered(*, photo=False, **wishes):
        order = released(**wishes)
        if photo:
            world.desk.attach_evidence(order.parcel_ids[0], PHOTO)
        world.sellers.ready_to_ship(order.id)
        while order.status != "DELIVERED":
            wait(HOUR)
        return order

    return delivered


@pytest.fixture
def delivered(deliver):
    return deliver()


@pytest.fixture
def returned(world, delivered, wait):
    """A return whose goods the seller has, and has not looked at."""

    def sent(reason=""):
        asked = world.buyers.request_return(delivered.id, reason=reason)
        world.sellers.answer_return(asked.id, granted=True)
        world.buyers.ship_return(delivered.id)
        while asked.status != "received":
            wait(HOUR)
        return asked

    return sent


def test_a_return_goes_its_way_and_ends_in_money(world, told, delivered, returned, wait):
    asked = returned()
    assert delivered.status == "DELIVERED"
    world.sellers.inspect_return(asked.id, accepted=True)

    assert steps(told) == [
        ("awaiting_buyer_ship", "seller"),
        ("buyer_shipped", "buyer"),
        ("received", "carrier"),
        ("granted", "seller"),
        ("completed", "platform"),
    ]
    assert told.of(facts.RefundPaid) == [
        facts.RefundPaid(delivered.id, delivered.total_minor, asked.reason)
    ]
    assert (delivered.status, delivered.open_returns) == ("COMPLETED", [])
    assert asked.tracking_number.startswith("JT")
    wait(60 * DAY)
    assert world.next_due is None


def test_silence_grants_it_and_later_accepts_the_goods(world, told, delivered, wait):
    asked = world.buyers.request_return(delivered.id)
    asked_at = world.now
    wait(48 * HOUR - 1)
    assert asked.status == "requested"
    wait(1)
    assert asked.status == "awaiting_buyer_ship"
    world.buyers.ship_return(delivered.id)
    wait(14 * DAY)

    times = dict(zip(steps(told), told.times(facts.ReturnMoved), strict=True))
    assert times["awaiting_buyer_ship", "platform"] == asked_at + 48 * HOUR
    assert times["granted", "platform"] == times["received", "carrier"] + 48 * HOUR
    way = times["received", "carrier"] - times["buyer_shipped", "buyer"]
    assert 3 * DAY <= way <= 10 * DAY


def test_goods_that_are_never_sent_close_it_and_the_order_ends_as_if_nothing_was(
    world, told, delivered, wait
):
    asked = world.buyers.request_return(delivered.id)
    world.sellers.answer_return(asked.id, granted=True)
    granted_at = world.now
    wait(10 * DAY - 1)
    assert delivered.status == "DELIVERED", "its window has ended, but for the return"
    wait(1)

    assert steps(told)[-1] == ("closed", "platform")
    assert told.times(facts.OrderCompleted) == [granted_at + 10 * DAY]
    assert world.settlement(delivered.id).payout_minor == delivered.total_minor


@pytest.mark.parametrize("granted", [False, True])
def test_a_return_that_is_withdrawn_moves_no_money(world, told, delivered, wait, granted):
    asked = world.buyers.request_return(delivered.id)
    if granted:
        world.sellers.answer_return(asked.id, granted=True)
    world.buyers.withdraw_return(delivered.id)
    wait(30 * DAY)

    assert steps(told)[-1] == ("closed", "buyer")
    assert told.of(facts.RefundPaid) == []
    assert told.times(facts.OrderCompleted) == [delivered.delivered_at + 7 * DAY]


def test_the_seller_may_give_the_money_at_once_and_let_the_goods_be(world, told, delivered):
    asked = world.buyers.request_return(delivered.id)
    world.sellers.answer_return(asked.id, granted=True, refund_now=True)

    assert [status for status, _ in steps(told)] == ["granted", "completed"]
    assert world.settlement(delivered.id).refunded_minor == delivered.total_minor


# Replacements.


def test_a_replacement_is_another_order_of_the_same_for_nothing(world, told, delivered, wait):
    asked = world.buyers.request_return(delivered.id, Kind.REPLACEMENT)
    assert asked.due_at == world.now + 24 * HOUR
    wait(24 * HOUR)

    again = world.order(asked.replacement_id)
    assert steps(told) == [("granted", "platform"), ("completed", "platform")]
    assert told.of(facts.OrderReplaced) == [facts.OrderReplaced(delivered.id, asked.id, again.id)]
    assert (again.replaces, again.total_minor, again.status) == (delivered.id, 0, "ON_HOLD")
    assert [item.sku_id for item in again.items] == [item.sku_id for item in delivered.items]
    assert (again.address, again.buyer_id) == (delivered.address, delivered.buyer_id)
    assert delivered.status == "COMPLETED"
    assert world.settlement(delivered.id).payout_minor == delivered.total_minor
    assert told.of(facts.RefundPaid) == []


def test_a_replacement_lives_as_any_order(world, deliver, wait):
    order = deliver(behaviour="absent")
    asked = world.buyers.request_return(order.id, Kind.REPLACEMENT)
    world.sellers.answer_return(asked.id, granted=True)
    again = world.order(asked.replacement_id)
    assert again.behaviour == "absent"
    wait(HOUR)
    world.sellers.ready_to_ship(again.id)
    wait(60 * DAY)

    assert again.status == "COMPLETED"
    assert world.settlement(again.id).paid_minor == 0
    assert world.next_due is None


def test_instead_of_other_goods_the_seller_may_give_the_money(world, told, delivered):
    asked = world.buyers.request_return(delivered.id, Kind.REPLACEMENT)
    world.sellers.answer_return(asked.id, granted=True, refund_now=True)

    assert told.of(facts.OrderReplaced) == []
    assert world.settlement(delivered.id).refunded_minor == delivered.total_minor


def test_for_what_was_had_for_nothing_nothing_goes_back(world, delivered, wait):
    asked = world.buyers.request_return(delivered.id, Kind.REPLACEMENT)
    world.sellers.answer_return(asked.id, granted=True)
    again = world.order(asked.replacement_id)
    wait(HOUR)
    world.sellers.ready_to_ship(again.id)
    while again.status != "DELIVERED":
        wait(HOUR)

    for act in (world.buyers.request_return, world.buyers.ask_refund):
        with pytest.raises(AlreadyRefunded):
            act(again.id)


# Who does not agree.


def test_a_no_stands_unless_the_buyer_turns_to_the_platform(world, told, delivered, wait):
    asked = world.buyers.request_return(delivered.id, reason=WRONG)
    world.sellers.answer_return(asked.id, granted=False)
    wait(3 * DAY - 1)
    assert asked.status == "rejected"
    wait(1)

    assert steps(told)[-1] == ("closed", "platform")
    assert asked.arbitration == "closed"


@pytest.mark.parametrize(
    ("reason", "photo", "decision"),
    [
        (WRONG, False, ("support_buyer", "wrong_item")),
        (WRONG, True, ("support_seller", "right_item_on_file")),
        ("", False, ("support_seller", "no_cause")),
    ],
)
def test_the_platform_decides_by_the_liability_table(world, told, deliver, reason, photo, decision):
    order = deliver(photo=photo)
    asked = world.buyers.request_return(order.id, reason=reason)
    world.sellers.answer_return(asked.id, granted=False)
    world.buyers.dispute_return(order.id)
    disputed_at = world.now
    world.advance(later(world.now, 5 * DAY))

    (decided,), (decided_at,) = (
        told.of(facts.ReturnArbitrated),
        told.times(facts.ReturnArbitrated),
    )
    assert (decided.result, decided.row) == decision
    assert DAY <= decided_at - disputed_at <= 5 * DAY
    for_buyer = decision[0] == "support_buyer"
    assert asked.status == ("awaiting_buyer_ship" if for_buyer else "closed")


def test_goods_that_the_seller_will_not_take_back_are_the_platforms_to_judge(
    world, told, delivered, returned, wait
):
    asked = returned()
    world.sellers.inspect_return(asked.id, accepted=False)
    assert asked.status == "receipt_rejected"
    world.buyers.dispute_return(delivered.id)
    wait(5 * DAY)

    (decided,) = told.of(facts.ReturnArbitrated)
    assert (decided.result, decided.row) == ("support_buyer", "granted_before")
    assert world.settlement(delivered.id).refunded_minor == delivered.total_minor


def test_who_was_not_at_fault_is_made_whole(world, told, deliver, wait):
    order = deliver(photo=True)
    asked = world.buyers.request_return(order.id, reason="it came damaged")
    world.sellers.answer_return(asked.id, granted=False)
    world.buyers.dispute_return(order.id)
    while asked.status != "awaiting_buyer_ship":
        wait(HOUR)
    world.buyers.ship_return(order.id)
    wait(13 * DAY)

    assert told.of(facts.ReimbursementPaid) == [
        facts.ReimbursementPaid(order.id, order.total_minor, "carrier", "intact_at_handover")
    ]
    assert world.settlement(order.id).seller_minor == order.total_minor


def test_a_dispute_that_is_given_up_is_closed(world, told, delivered):
    asked = world.buyers.request_return(delivered.id, reason=WRONG)
    world.sellers.answer_return(asked.id, granted=False)
    world.buyers.dispute_return(delivered.id)
    world.buyers.withdraw_return(delivered.id)

    assert (asked.status, asked.arbitration) == ("closed", "closed")
    assert told.of(facts.ReturnArbitrated) == []


# Beside other wishes.


def test_what_a_complaint_paid_does_not_go_back_again(world, told, delivered, returned, wait):
    complaint = world.buyers.complain(delivered.id, Cause.WRONG_ITEM)
    world.desk.answer_complaint(complaint.id, accepted=True)
    asked = returned()
    world.sellers.inspect_return(asked.id, accepted=True)
    wait(30 * DAY)

    assert complaint.paid_minor == delivered.total_minor
    assert [fact.amount_minor for fact in told.of(facts.RefundPaid)] == [delivered.total_minor]
    assert asked.status == "completed"


def test_a_settled_return_closes_a_complaint(world, delivered):
    complaint = world.buyers.complain(delivered.id, Cause.WRONG_ITEM)
    asked = world.buyers.request_return(delivered.id)
    world.sellers.answer_return(asked.id, granted=True, refund_now=True)

    assert (complaint.stage, complaint.paid_minor) == ("closed", 0)


@pytest.mark.parametrize("act", ["ask_refund", "confirm", "request_return"])
def test_a_buyer_wants_one_thing_at_a_time(world, delivered, act):
    world.buyers.request_return(delivered.id)

    with pytest.raises(WrongStatus if act == "confirm" else ReturnOpen):
        getattr(world.buyers, act)(delivered.id)


def test_ten_of_one_order_at_the_most(world, delivered):
    for _ in range(10):
        world.buyers.request_return(delivered.id)
        world.buyers.withdraw_return(delivered.id)

    with pytest.raises(LimitReached):
        world.buyers.request_return(delivered.id)


def test_every_status_leads_to_an_end():
    ends = {ReturnStatus.COMPLETED, ReturnStatus.CLOSED}
    for status in ReturnStatus:
        seen, ahead = set(), {status}
        while ahead - seen:
            seen |= ahead
            ahead = {after for each in ahead for after in NEXT[each]}
        assert seen & ends
        assert bool(NEXT[status]) is (status not in ends)
