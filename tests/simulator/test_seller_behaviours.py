"""What simulated sellers do wrong, and what they write: each share alone, and the named ones."""

from dataclasses import fields, replace

import pytest

from simulator import Mode, Purchase, World
from simulator.clock import DAY, HOUR, MINUTE, later
from simulator.disputes.case import Cause
from simulator.facts import (
    BuyerComplaintAnswered,
    CancellationMoved,
    CarrierComplaintAppealed,
    CarrierComplaintDecided,
    CarrierComplaintFiled,
    EvidenceAttached,
    LabelDeclared,
    OrderMarkedShipped,
    OrderReadyToShip,
    ParcelBooked,
    ParcelHandedTo,
    ParcelScanned,
    RefundMoved,
    RuleBreached,
    TrackingAnomaly,
)
from simulator.parcels.packing import Goods, packing_violations, rules_of, suited_to
from simulator.sellers.behaviours import BEHAVIOURS
from simulator.sellers.mistakes import BAD_LABELS, bad_packings

SHARES = [each.name for each in fields(BEHAVIOURS["prompt"]) if each.type in (float, "float")]


@pytest.fixture
def seller(monkeypatch):
    """A prompt seller but for what is said, under the name that comes back."""

    def made(**otherwise):
        name = "somebody"
        monkeypatch.setitem(BEHAVIOURS, name, replace(BEHAVIOURS["prompt"], name=name, **otherwise))
        return name

    return made


@pytest.fixture
def bought(place, seller):
    """An order that somebody of such shares plays."""
    return lambda **otherwise: place(behaviour=seller(**otherwise))


@pytest.fixture
def late_carrier(world):
    """No van comes for four days."""
    world.carriers.hold("jt", 4 * DAY)


def written(told):
    return told.of(CarrierComplaintFiled) + told.of(BuyerComplaintAnswered)


# Packing, labelling, handing over.


def test_there_is_a_bad_packing_for_every_rule():
    goods = Goods(500, 2)
    wrong = [rules_of(packing_violations(each, goods)) for each in bad_packings(suited_to(goods))]

    assert wrong == [("P1",), ("P2",), ("P3",), ("P4",), ("P5",)]


def test_who_packs_badly_breaks_a_rule_of_packing(world, place, seller, wait):
    orders = [place(behaviour=seller(packs_badly=1.0)) for _ in range(30)]
    wait(DAY)
    broken = [world.parcel(each.parcel_ids[0]).broken for each in orders]

    assert set(broken) == {("P1",), ("P2",), ("P3",), ("P4",), ("P5",)}


def test_who_labels_badly_breaks_a_rule_of_labelling(world, told, place, seller, wait):
    orders = [place(behaviour=seller(labels_badly=1.0)) for _ in range(40)]
    wait(DAY)
    labels = {world.parcel(each.parcel_ids[0]).label for each in orders}

    assert labels == set(BAD_LABELS)
    rules = {fact.broken for fact in told.of(LabelDeclared)}
    assert rules == {(f"L{nth}",) for nth in range(1, 7)}


def test_photos_are_on_file_before_the_handover(told, place, seller, wait):
    place(behaviour=seller(photographs=1.0))
    wait(2 * DAY)
    found = told.of(EvidenceAttached)

    assert [fact.before_handover for fact in found] == [True, True]
    assert len({fact.sha256 for fact in found}) == 2
    assert max(told.times(EvidenceAttached)) <= told.times(ParcelBooked)[0]


@pytest.mark.parametrize("mode", Mode)
def test_who_misroutes_hands_the_parcel_to_another_carrier(told, place, seller, wait, mode):
    orders = [place(behaviour=seller(misroutes=1.0), mode=mode) for _ in range(20)]
    wait(DAY)
    handed = [fact.carrier for fact in told.of(ParcelHandedTo)]
    booked = {fact.carrier for fact in told.of(ParcelBooked)}

    assert len(booked) == 1
    assert len(handed) == len(orders)
    assert len(set(handed)) > 3
    assert not booked.intersection(handed)


def test_a_seller_may_notice_and_hand_it_to_the_right_one(world, released):
    order = released()
    world.sellers.ready_to_ship(order.id)
    (parcel_id,) = order.parcel_ids
    world.sellers.hand_to(parcel_id, "dhl")
    assert world.parcel(parcel_id).handed_to == "dhl"
    world.sellers.hand_to(parcel_id, "jt")
    assert world.parcel(parcel_id).handed_to == ""


# Marking.


def test_who_forgets_never_marks(told, place, seller, wait):
    order = place(behaviour=seller(forgets_to_mark=1.0), mode=Mode.SELLER)
    wait(30 * DAY)

    assert told.of(OrderMarkedShipped) == []
    assert [(fact.rule, fact.cause) for fact in told.of(RuleBreached)] == [
        ("D4", "not_marked_shipped"),
        ("D5", "not_marked_shipped"),
    ]
    assert order.status == "AWAITING_SHIPMENT"


def test_who_marks_early_marks_before_the_pickup(world, told, place, seller, wait):
    world.carriers.hold("ups", 48 * HOUR)
    order = place(behaviour=seller(marks_early=1.0), mode=Mode.SELLER)
    wait(30 * DAY)

    assert told.times(OrderMarkedShipped)[0] == told.times(ParcelBooked)[0]
    assert told.times(OrderMarkedShipped)[0] < told.times(ParcelScanned)[0]
    assert [fact.anomaly for fact in told.of(TrackingAnomaly)] == ["never_scanned"]
    assert order.status == "COMPLETED"


def test_who_mistypes_gives_a_number_that_nobody_knows_or_somebody_elses(
    world, told, place, seller, wait
):
    """Somebody else's is refused, and then the order stays unmarked."""
    orders = [place(behaviour=seller(mistypes=1.0), mode=Mode.SELLER) for _ in range(12)]
    wait(30 * DAY)
    labels = {fact.tracking_number for fact in told.of(ParcelBooked)}
    claimed = [world.parcel(each.parcel_ids[0]).claimed_number for each in orders]
    typed = [number for number in claimed if number]

    assert 0 < len(typed) < 12
    assert not labels & set(typed)
    assert [fact.anomaly for fact in told.of(TrackingAnomaly)] == ["unknown_number"] * len(typed)
    assert {fact.cause for fact in told.of(RuleBreached) if fact.rule == "D5"} == {
        "number_without_scan",
        "not_marked_shipped",
    }


def test_the_only_number_there_is_can_only_be_mistyped(world, told, place, seller, wait):
    order = place(behaviour=seller(mistypes=1.0), mode=Mode.SELLER)
    wait(5 * DAY)
    (booked,) = told.of(ParcelBooked)

    claimed = world.parcel(order.parcel_ids[0]).claimed_number
    assert claimed == booked.tracking_number[:-1]


# Writing.


@pytest.mark.usefixtures("late_carrier")
def test_who_complains_does_so_after_the_breach_and_in_time(told, place, seller, wait):
    place(behaviour=seller(complains=1.0))
    wait(30 * DAY)
    breached = [at for at, fact in told.facts if getattr(fact, "rule", "") == "D2"]
    (filed,) = told.times(CarrierComplaintFiled)

    assert HOUR <= filed - breached[0] <= DAY
    assert [fact.status for fact in told.of(CarrierComplaintDecided)] == ["upheld"]


def test_nobody_complains_of_a_carrier_that_comes(told, place, seller, wait):
    place(behaviour=seller(complains=1.0))
    wait(30 * DAY)

    assert written(told) == []


@pytest.mark.usefixtures("late_carrier")
def test_who_complains_too_late_is_refused_in_silence(world, told, place, wait):
    place(behaviour="belated")
    wait(200 * DAY)

    assert "D2" in [fact.rule for fact in told.of(RuleBreached)]
    assert told.of(CarrierComplaintFiled) == []
    assert world.registry.correspondents == {}
    assert world.next_due is None


def test_who_complains_in_vain_is_rejected_and_may_appeal_until_there_is_no_more_appeal(
    world, told, place, seller, wait
):
    place(behaviour=seller(complains_anyway=1.0, appeals=1.0))
    wait(120 * DAY)

    assert told.times(OrderReadyToShip) < told.times(CarrierComplaintFiled)
    assert [fact.status for fact in told.of(CarrierComplaintDecided)] == ["rejected"] * 3
    assert len(told.of(CarrierComplaintAppealed)) == 2
    assert world.registry.correspondents == {}


@pytest.mark.parametrize(
    ("shares", "answer"),
    [
        ({"concedes": 1.0}, "accept"),
        ({"contests": 1.0}, "contest"),
        ({"complains": 1.0}, "silence"),
    ],
    ids=str,
)
def test_a_buyers_complaint_is_answered(world, told, bought, wait, shares, answer):
    order = bought(**shares)
    wait(5 * DAY)
    world.buyers.complain(order.id, Cause.LATE)
    asked = world.now
    wait(30 * DAY)
    (answered,) = told.of(BuyerComplaintAnswered)
    (at,) = told.times(BuyerComplaintAnswered)

    assert answered.answer == answer
    assert at - asked == 48 * HOUR if answer == "silence" else HOUR <= at - asked <= 12 * HOUR


@pytest.mark.parametrize(
    ("shares", "end"), [({"grants": 1.0}, "granted"), ({"declines": 1.0}, "closed")], ids=str
)
def test_a_request_to_cancel_is_answered(world, told, bought, wait, shares, end):
    order = bought(packs_after=(5 * DAY, 5 * DAY), **shares)
    wait(2 * HOUR)
    world.buyers.cancel(order.id)
    wait(DAY)

    assert [fact.status for fact in told.of(CancellationMoved)][:2] == ["pending", end]
    assert told.times(CancellationMoved)[1] - told.times(CancellationMoved)[0] <= 12 * HOUR


@pytest.mark.parametrize(
    ("shares", "end"), [({"grants": 1.0}, "granted"), ({"declines": 1.0}, "rejected")], ids=str
)
def test_a_request_for_the_money_back_is_answered(world, told, bought, wait, shares, end):
    order = bought(**shares)
    wait(5 * DAY)
    world.buyers.ask_refund(order.id)
    wait(DAY)

    assert [fact.status for fact in told.of(RefundMoved)][:2] == ["pending", end]


def test_an_answer_to_what_was_withdrawn_is_not_sent(world, told, place, seller, wait):
    order = place(behaviour=seller(packs_after=(5 * DAY, 5 * DAY), grants=1.0))
    wait(2 * HOUR)
    world.buyers.cancel(order.id)
    world.buyers.withdraw_cancellation(order.id)
    wait(DAY)

    assert [fact.status for fact in told.of(CancellationMoved)] == ["pending", "closed"]
    assert order.status == "AWAITING_SHIPMENT"


def test_an_answer_is_not_given_to_the_request_after_it(world, told, place, seller, wait):
    slow = (10 * HOUR, 10 * HOUR)
    order = place(behaviour=seller(packs_after=(5 * DAY, 5 * DAY), grants=1.0, answers_after=slow))
    wait(2 * HOUR)
    world.buyers.cancel(order.id)
    wait(5 * HOUR)
    world.buyers.withdraw_cancellation(order.id)
    world.buyers.cancel(order.id)
    asked = world.now
    wait(DAY)

    granted = [at for at, fact in told.facts if getattr(fact, "status", "") == "granted"]
    assert granted == [asked + 10 * HOUR]


def test_who_never_writes_costs_no_listener(world, place, wait):
    for behaviour in ("prompt", "slow", "absent"):
        place(behaviour=behaviour)
    wait(2 * HOUR)

    assert world.registry.correspondents == {}
    assert world.journal._sinks == []


# The named ones.


@pytest.mark.parametrize("name", ["prompt", "slow", "absent"])
def test_the_plain_ones_do_nothing_wrong(name):
    assert not any(getattr(BEHAVIOURS[name], share) for share in SHARES)


@pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=lambda each: each.name)
def test_shares_are_shares_and_spans_are_spans(behaviour):
    assert all(0 <= getattr(behaviour, share) <= 1 for share in SHARES)
    assert behaviour.concedes + behaviour.contests <= 1
    assert behaviour.grants + behaviour.declines <= 1
    for span in (behaviour.packs_after, behaviour.complains_after, behaviour.answers_after):
        assert span is None or MINUTE <= span[0] <= span[1]


@pytest.mark.parametrize("name", sorted(set(BEHAVIOURS) - {"slow", "absent"}))
@pytest.mark.parametrize("mode", Mode)
def test_a_world_of_them_comes_to_rest(world, place, wait, name, mode):
    orders = [place(behaviour=name, mode=mode) for _ in range(10)]
    wait(300 * DAY)

    assert world.next_due is None
    assert world.registry.clerks == {}
    over = {"COMPLETED", "CANCELLED"}
    left = {order.status for order in orders} - over
    assert left <= {"AWAITING_SHIPMENT", "AWAITING_COLLECTION"}
    assert {order.status for order in orders} & over


@pytest.mark.parametrize("others", [1, 3])
def test_what_a_seller_does_wrong_is_the_orders_own_luck(world, seller, others):
    name = seller(mistypes=0.5, packs_badly=0.5, labels_badly=0.5)
    crowded = World()
    for nth in range(others):
        crowded.buyers.place_order(Purchase(behaviour="prompt", drawn_as=f"other/{nth}"))
    wishes = [
        Purchase(behaviour=name, mode=Mode.SELLER, drawn_as=f"mine/{nth}") for nth in range(8)
    ]
    drawn = []
    for each in (world, crowded):
        orders = [each.buyers.place_order(wish) for wish in wishes]
        each.advance(later(each.now, 3 * DAY))
        parcels = [each.parcel(order.parcel_ids[0]) for order in orders]
        drawn.append([(parcel.packing, parcel.label, parcel.booked_at) for parcel in parcels])

    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) > 4


def test_who_finds_a_wish_to_cancel_comes_again_and_ships_when_it_is_withdrawn(world, place, wait):
    order = place(behaviour="prompt")
    wait(HOUR + MINUTE)
    world.buyers.cancel(order.id)
    wait(20 * HOUR)  # a prompt seller has come by now, in vain
    assert order.status == "AWAITING_SHIPMENT"
    world.buyers.withdraw_cancellation(order.id)
    wait(2 * HOUR)
    assert order.status == "AWAITING_COLLECTION"
