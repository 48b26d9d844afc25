"""C2: buyers complain, sellers answer or do not, and somebody pays."""

from dataclasses import replace
from hashlib import sha256

import pytest

from simulator import Mode, World, WorldConfig
from simulator.clock import DAY, HOUR
from simulator.disputes.case import Cause
from simulator.errors import AlreadyRefunded, ComplaintOpen, LimitReached, WrongStatus
from simulator.facts import (
    BuyerComplained,
    BuyerComplaintAnswered,
    BuyerComplaintClosed,
    BuyerComplaintDecided,
    RefundPaid,
    ReimbursementPaid,
)
from simulator.market import STANDARD
from simulator.orders.signals import Cancel
from simulator.parcels.evidence import Photo
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.packing import Cushioning, Packing

PHOTO = Photo("open-box.jpg", "image/jpeg", sha256(b"a photo").hexdigest(), 7, 0)
LOOSE = Packing(cushioning=(Cushioning.LOOSE_FILL,))


def verdict(told):
    """Of the only complaint: row, liable, refund, payer."""
    (fact,) = told.of(BuyerComplaintDecided)
    return fact.row, fact.liable, fact.refund, fact.payer


@pytest.fixture
def delivered(world, released, wait):
    """A parcel of platform shipping at its door, packed and documented as told."""

    def shipped(*, packing=None, label=None, photo=False):
        order = released()
        (parcel_id,) = order.parcel_ids
        if packing:
            world.desk.declare_packing(parcel_id, packing)
        if label:
            world.desk.declare_label(parcel_id, label)
        if photo:
            world.desk.attach_evidence(parcel_id, PHOTO)
        world.sellers.ready_to_ship(order.id)
        while order.status != "DELIVERED":
            wait(DAY)
        return order

    return shipped


@pytest.fixture
def contested(world, wait):
    """A complaint of that cause, contested, and all that follows."""

    def complained(order, cause):
        complaint = world.buyers.complain(order.id, cause)
        world.desk.answer_complaint(complaint.id, accepted=False)
        wait(11 * DAY)
        assert complaint.stage == "closed"
        return complaint

    return complained


# The answer.


def test_the_seller_has_48_hours_to_answer(world, told, delivered):
    order = delivered()
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)

    assert told.of(BuyerComplained) == [
        BuyerComplained(order.id, complaint.id, "damaged", world.now + 48 * HOUR)
    ]
    assert (complaint.stage, complaint.answer_by) == ("opened", world.now + 48 * HOUR)


def test_silence_is_as_good_as_a_yes_and_costs_the_seller(world, told, delivered, wait):
    order = delivered(photo=True)
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    wait(48 * HOUR - 1)
    assert complaint.stage == "opened"

    wait(1)

    assert told.of(BuyerComplaintAnswered)[0].answer == "silence"
    assert told.times(BuyerComplaintDecided) == [complaint.answer_by]
    assert verdict(told) == ("not_shown_intact", "seller", "full", "seller")


def test_silence_pays_even_for_what_is_unfounded(world, told, delivered, wait):
    world.buyers.complain(delivered().id, Cause.LATE)
    wait(3 * DAY)

    assert verdict(told) == ("by_silence", "seller", "full", "seller")


def test_a_complaint_that_is_accepted_is_decided_at_once(world, told, delivered):
    order = delivered(photo=True)
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=True)

    assert complaint.stage == "decided"
    assert verdict(told) == ("intact_at_handover", "carrier", "full", "carrier")
    assert complaint.amount_minor == order.total_minor


def test_who_accepts_what_is_unfounded_pays(world, told, delivered):
    complaint = world.buyers.complain(delivered().id, Cause.NOT_RECEIVED)
    world.desk.answer_complaint(complaint.id, accepted=True)

    assert verdict(told) == ("by_accept", "seller", "full", "seller")


def test_a_contested_one_is_decided_within_five_days_and_paid_within_five_more(
    world, told, delivered, wait
):
    order = delivered()
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=False)
    answered_at = world.now
    assert complaint.stage == "under_review"

    wait(11 * DAY)

    (decided,), (closed,) = told.times(BuyerComplaintDecided), told.times(BuyerComplaintClosed)
    assert answered_at + DAY <= decided <= answered_at + 5 * DAY
    assert decided + DAY <= closed <= decided + 5 * DAY
    assert told.of(BuyerComplaintClosed)[0].paid_minor == order.total_minor


def test_where_nothing_is_paid_it_is_closed_as_it_is_decided(told, delivered, contested):
    complaint = contested(delivered(), Cause.LATE)

    assert verdict(told) == ("in_time", "", "none", "")
    assert told.times(BuyerComplaintDecided) == told.times(BuyerComplaintClosed)
    assert complaint.paid_minor == 0


def test_an_answer_is_given_once(world, delivered):
    complaint = world.buyers.complain(delivered().id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=False)

    with pytest.raises(WrongStatus):
        world.desk.answer_complaint(complaint.id, accepted=True)


# What it is decided on.


def test_photos_from_before_the_pickup_turn_damage_over_to_the_carrier(told, delivered, contested):
    contested(delivered(photo=True), Cause.DAMAGED)

    assert verdict(told) == ("intact_at_handover", "carrier", "full", "carrier")


def test_photos_that_come_with_the_answer_leave_it_to_the_platform(
    world, told, delivered, contested
):
    order = delivered()
    world.desk.attach_evidence(order.parcel_ids[0], PHOTO)
    contested(order, Cause.DAMAGED)

    assert verdict(told) == ("perhaps_intact", "", "full", "platform")


def test_bad_packing_turns_it_back_whatever_the_photos_show(told, delivered, contested):
    contested(delivered(packing=LOOSE, photo=True), Cause.DAMAGED)

    assert verdict(told) == ("damaged_by_packing", "seller", "full", "seller")


def test_a_wrong_label_makes_a_signature_worthless(told, delivered, contested):
    label = Label(accuracy=Accuracy.WRONG_RECIPIENT_KNOWN)
    contested(delivered(label=label), Cause.NOT_RECEIVED)

    assert verdict(told) == ("signed_for_elsewhere", "seller", "full", "seller")


def test_a_photo_shows_that_the_right_thing_was_packed(told, delivered, contested):
    contested(delivered(photo=True), Cause.WRONG_ITEM)

    assert verdict(told) == ("right_item_on_file", "", "none", "")


def test_a_pickup_that_was_missed_is_the_carriers(world, told, released, wait, contested):
    order = released()
    world.carriers.hold("jt", 30 * DAY)
    world.sellers.ready_to_ship(order.id)
    wait(3 * DAY)
    contested(order, Cause.NOT_RECEIVED)

    assert verdict(told) == ("never_picked_up", "carrier", "full", "carrier")


def test_in_seller_shipping_the_same_is_the_sellers(world, told, released, wait, contested):
    order = released(mode=Mode.SELLER)
    world.carriers.hold("ups", 30 * DAY)
    number = world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", number)
    wait(5 * DAY)
    contested(order, Cause.NOT_RECEIVED)

    assert verdict(told) == ("own_carrier_failed", "seller", "full", "seller")


class TestWhereThePlatformDecidesWithinAMinute:
    @pytest.fixture
    def world(self):
        terms = replace(STANDARD.disputes, arbitrate_span=(60, 60))
        return World(WorldConfig(market=replace(STANDARD, disputes=terms)))

    def test_a_refusal_at_the_door_for_nothing_gives_nothing(
        self, world, told, released, wait, contested
    ):
        order = released()
        world.sellers.ready_to_ship(order.id)
        wait(DAY)
        contested(order, Cause.REFUSED_AT_DOOR)

        assert verdict(told) == ("refused_without_cause", "buyer", "none", "")

    def test_one_for_bad_packing_gives_everything(self, world, told, released, wait, contested):
        order = released()
        world.desk.declare_packing(order.parcel_ids[0], LOOSE)
        world.sellers.ready_to_ship(order.id)
        wait(DAY)
        contested(order, Cause.REFUSED_AT_DOOR)

        assert verdict(told) == ("refused_for_packing", "seller", "full", "seller")


class TestWhereDeliveryIsPromisedWithinAMinute:
    @pytest.fixture
    def world(self):
        terms = replace(STANDARD.disputes, deliver_within=60)
        return World(WorldConfig(market=replace(STANDARD, disputes=terms)))

    def test_a_late_parcel_gives_back_the_shipping_fee_and_later_the_rest(
        self, world, told, delivered, contested, wait
    ):
        order = delivered()
        first = world.buyers.complain(order.id, Cause.LATE)
        world.desk.answer_complaint(first.id, accepted=True)
        wait(5 * DAY)
        assert (first.stage, first.paid_minor) == ("closed", order.shipping_fee_minor)

        again = world.buyers.complain(order.id, Cause.LATE)
        world.desk.answer_complaint(again.id, accepted=True)
        assert (again.stage, again.paid_minor) == ("closed", 0), "the fee goes back once"

        rest = contested(order, Cause.DAMAGED)

        assert first.paid_minor + rest.paid_minor == order.total_minor
        assert told.of(BuyerComplaintDecided)[0].payer == "carrier"


class TestWhereSilenceDoesNotConcede:
    @pytest.fixture
    def world(self):
        terms = replace(STANDARD.disputes, silence_concedes=False)
        return World(WorldConfig(market=replace(STANDARD, disputes=terms)))

    def test_it_passes_as_contested(self, world, told, delivered, wait):
        complaint = world.buyers.complain(delivered(photo=True).id, Cause.DAMAGED)
        wait(48 * HOUR)
        assert complaint.stage == "under_review"
        wait(11 * DAY)

        assert verdict(told) == ("intact_at_handover", "carrier", "full", "carrier")


# The money.


def test_what_a_complaint_gives_back_is_in_the_books(world, told, delivered, contested):
    order = delivered()
    contested(order, Cause.DAMAGED)

    assert told.of(RefundPaid) == [RefundPaid(order.id, order.total_minor, "damaged")]
    assert told.of(ReimbursementPaid) == []
    money = world.settlement(order.id)
    assert (money.refunded_minor, money.payout_minor) == (order.total_minor, 0)


@pytest.mark.parametrize(("photo_first", "payer"), [(True, "carrier"), (False, "platform")])
def test_a_seller_who_is_not_at_fault_is_made_whole(
    world, told, delivered, contested, photo_first, payer
):
    order = delivered(photo=photo_first)
    if not photo_first:
        world.desk.attach_evidence(order.parcel_ids[0], PHOTO)
    contested(order, Cause.DAMAGED)

    assert told.of(ReimbursementPaid) == [
        ReimbursementPaid(order.id, order.total_minor, payer, "damaged")
    ]
    assert world.settlement(order.id).seller_minor == order.total_minor


def test_what_a_complaint_gave_back_is_not_given_back_again(world, told, released, wait):
    order = released()
    world.carriers.hold("jt", 60 * DAY)
    world.sellers.ready_to_ship(order.id)
    wait(3 * DAY)
    complaint = world.buyers.complain(order.id, Cause.NOT_RECEIVED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    wait(6 * DAY)
    assert complaint.paid_minor == order.total_minor

    order.inbox.deliver(Cancel())
    wait(0)

    assert order.status == "CANCELLED"
    assert [fact.amount_minor for fact in told.of(RefundPaid)] == [order.total_minor]


def test_who_has_all_of_it_back_cannot_ask_for_a_refund(world, delivered, wait):
    order = delivered()
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    wait(5 * DAY)

    with pytest.raises(AlreadyRefunded):
        world.buyers.ask_refund(order.id)


def test_a_refund_that_is_granted_closes_a_complaint_that_was_to_pay(world, told, delivered, wait):
    order = delivered()
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    world.buyers.ask_refund(order.id)
    world.sellers.answer_refund(order.id, granted=True)
    wait(30 * DAY)

    assert (complaint.stage, complaint.paid_minor) == ("closed", 0)
    assert [fact.amount_minor for fact in told.of(RefundPaid)] == [order.total_minor]


# When there is one, and when no more.


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("UNPAID", ()),
        ("ON_HOLD", ()),
        ("AWAITING_SHIPMENT", ()),
        ("AWAITING_COLLECTION", ("not_received", "late")),
        ("IN_TRANSIT", ("not_received", "late", "refused_at_door")),
        ("DELIVERED", ("not_received", "late", "damaged", "wrong_item")),
        ("COMPLETED", ()),
        ("CANCELLED", ()),
    ],
)
@pytest.mark.parametrize("cause", Cause)
def test_what_buyers_complain_of_depends_on_where_their_parcel_is(
    world, place, status, allowed, cause
):
    order = place()
    order.status = status
    if cause in allowed:
        world.buyers.complain(order.id, cause)
    else:
        with pytest.raises(WrongStatus):
            world.buyers.complain(order.id, cause)


def test_one_complaint_at_a_time(world, delivered):
    order = delivered()
    world.buyers.complain(order.id, Cause.LATE)

    with pytest.raises(ComplaintOpen):
        world.buyers.complain(order.id, Cause.DAMAGED)


def test_none_after_all_is_paid_back(world, delivered, wait):
    order = delivered()
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    wait(5 * DAY)

    with pytest.raises(AlreadyRefunded):
        world.buyers.complain(order.id, Cause.WRONG_ITEM)


def test_ten_of_one_order_at_the_most(world, place):
    order = place()
    for _ in range(10):
        order.status = "DELIVERED"
        complaint = world.buyers.complain(order.id, Cause.DAMAGED)
        order.status = "ON_HOLD"
        world.platform.office.order_cancelled(order)
        world._settle()
        assert complaint.stage == "closed"
    order.status = "DELIVERED"

    with pytest.raises(LimitReached):
        world.buyers.complain(order.id, Cause.DAMAGED)


@pytest.mark.parametrize("answer", [None, False, True])
def test_a_cancelled_order_pays_by_its_cancellation_alone(world, told, released, wait, answer):
    order = released()
    world.carriers.hold("jt", 30 * DAY)
    world.sellers.ready_to_ship(order.id)
    wait(3 * DAY)
    complaint = world.buyers.complain(order.id, Cause.NOT_RECEIVED)
    if answer is not None:
        world.desk.answer_complaint(complaint.id, accepted=answer)
    order.inbox.deliver(Cancel())
    wait(0)

    assert complaint.stage == "closed"
    assert told.of(BuyerComplaintClosed) == [BuyerComplaintClosed(order.id, complaint.id, 0)]
    wait(60 * DAY)
    assert complaint.paid_minor == 0
    assert world.next_due is None
