"""Living buyers: each thing they do, alone and for certain; and buyers without a temperament."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator import Purchase, World, WorldConfig, facts, market_named
from simulator.buyers.page import written_anew
from simulator.buyers.temperaments import TEMPERAMENTS, WHEN, Deed, Habit, Temperament
from simulator.clock import DAY, HOUR, MINUTE, later
from simulator.errors import UnknownName
from simulator.parcels.packing import Cushioning, Packing
from simulator.sellers.behaviours import BEHAVIOURS, Behaviour

PAGE = Path(__file__).parents[2] / "docs" / "buyers.md"
BLANK = Temperament("test")
BAD = Packing(cushioning=(Cushioning.NONE, Cushioning.LOOSE_FILL), room_mm=0, closure=())


@pytest.fixture
def live(place, monkeypatch):
    """An order whose buyer has these habits, each for certain, and a prompt seller."""

    def lived(*deeds, purchase=None, **changes):
        habits = tuple(
            each if isinstance(each, Habit) else Habit(each, 1.0, (MINUTE, MINUTE))
            for each in deeds
        )
        made = replace(BLANK, habits=habits, **changes)
        monkeypatch.setitem(TEMPERAMENTS, "test", made)
        return place(temperament="test", **({"behaviour": "prompt"} | (purchase or {})))

    return lived


@pytest.fixture
def until(wait):
    def passed(order, status):
        for _ in range(60 * 24):
            if order.status == status:
                return
            wait(HOUR)
        raise AssertionError(order)

    return passed


def only(told, kind):
    (fact,) = told.of(kind)
    return fact


# Paying.


def test_a_buyer_without_these_habits_pays_at_once(live):
    assert live().status == "ON_HOLD"


def test_a_buyer_pays_late(live, wait):
    order = live(Habit(Deed.PAY_LATE, 1.0, (5 * HOUR, 5 * HOUR)))
    assert order.status == "UNPAID"
    wait(5 * HOUR)
    assert order.status == "ON_HOLD"


@pytest.mark.parametrize("habit", [Deed.NEVER_PAY, Habit(Deed.PAY_LATE, 1.0, (DAY + 1, DAY + 1))])
def test_a_buyer_who_never_pays_or_too_late_finds_the_order_cancelled(world, live, wait, habit):
    order = live(habit)
    wait(3 * DAY)
    assert order.cancel_reason == "system_cancel_unpaid_time_out"
    assert world.registry.patrons == {}


def test_who_was_never_to_pay_waits_to_be_told(world, live, wait):
    order = live(purchase={"paid": False})
    wait(HOUR)
    assert order.status == "UNPAID"
    world.buyers.pay(order.id)
    assert order.status == "ON_HOLD"


# Until the parcel comes.


def test_a_buyer_cancels_in_the_remorse_hour(live, wait):
    order = live(Deed.CANCEL_AT_ONCE)
    wait(MINUTE)
    assert (order.status, order.cancelled_by) == ("CANCELLED", "buyer")


def test_a_buyer_asks_to_cancel_later_and_takes_it_back(told, live, wait, until):
    order = live(
        Habit(Deed.CANCEL_LATER, 1.0, (2 * HOUR, 2 * HOUR)),
        Habit(Deed.WITHDRAW_CANCELLATION, 1.0, (HOUR, HOUR)),
        purchase={"behaviour": "slow"},
    )
    wait(2 * HOUR)
    assert order.cancellation_pending
    wait(HOUR)
    assert [fact.status for fact in told.of(facts.CancellationMoved)] == ["pending", "closed"]
    until(order, "DELIVERED")


def test_a_buyer_changes_the_address(told, live, wait):
    order = live(Deed.CHANGE_ADDRESS)
    wait(MINUTE)
    assert (only(told, facts.AddressChanged).order_id, order.moves) == (order.id, 1)


def test_a_buyer_chases_what_does_not_move_again_and_again_but_not_for_ever(
    world, told, live, wait
):
    order = live(
        Deed.CHASE,
        purchase={"behaviour": "absent"},
        still_max=2 * DAY,
        looks_again=(DAY, DAY),
        looks_max=3,
    )
    wait(60 * DAY)
    # The order moved last when its remorse hour was over.
    first = order.released_at + 2 * DAY + 1 + MINUTE
    assert told.times(facts.BuyerChased) == [first, first + DAY, first + 2 * DAY]
    assert [fact.nth for fact in told.of(facts.BuyerChased)] == [1, 2, 3]
    assert world.next_due is None


def test_nobody_chases_what_comes_in_time(told, live, until):
    until(live(Deed.CHASE, still_max=5 * DAY), "COMPLETED")
    assert told.of(facts.BuyerChased) == []


@pytest.mark.parametrize("market", ["us"])
def test_a_promise_of_the_markets_is_what_buyers_wait_for(world, told, live, wait):
    world.carriers.hold("jt", 30 * DAY)
    order = live(Deed.CHASE, looks_max=1)
    wait(20 * DAY)
    assert told.times(facts.BuyerChased) == [order.deliver_by + 1 + MINUTE]


def test_a_buyer_who_gives_up_cancels_what_was_not_shipped(live, wait):
    order = live(Deed.GIVE_UP, purchase={"behaviour": "absent"}, still_max=DAY)
    wait(5 * DAY)
    assert order.cancel_reason == "buyer_cancel_late_shipment"


def test_a_buyer_who_gives_up_wants_the_money_for_what_was(told, world, live, wait):
    world.carriers.hold("jt", 30 * DAY)
    order = live(Deed.GIVE_UP, still_max=3 * DAY)
    wait(10 * DAY)
    assert [fact.status for fact in told.of(facts.RefundMoved)] == [
        "pending",
        "granted",
        "refunded",
    ]
    assert order.status == "COMPLETED"


def test_a_buyer_complains_of_the_wait(told, world, live, wait):
    world.carriers.hold("jt", 30 * DAY)
    live(Deed.COMPLAIN_OF_WAIT, still_max=3 * DAY, looks_max=1)
    wait(10 * DAY)
    assert only(told, facts.BuyerComplained).cause == "late"


def test_a_buyer_will_refuse_the_parcel(world, told, live, until):
    order = live(Habit(Deed.REFUSE, 1.0))
    until(order, "IN_TRANSIT")
    assert [parcel.will_be_refused for parcel in world.registry.parcels_of(order)] == [True]
    assert only(told, facts.ParcelUnwanted).order_id == order.id


@pytest.mark.parametrize(("packing", "refuses"), [(Packing(), False), (BAD, True)])
def test_bad_packing_makes_a_refusal_likelier(world, live, until, wait, packing, refuses):
    """P1: half of what this buyer's luck would need, unless packing makes it more."""
    needed = world.registry.streams.unit("buyer refuse", "command/0", 1)
    order = live(Habit(Deed.REFUSE, needed / 2), purchase={"behaviour": ""})
    wait(HOUR)
    world.desk.declare_packing(order.parcel_ids[0], packing)
    world.sellers.ready_to_ship(order.id)
    until(order, "IN_TRANSIT")

    assert world.parcel(order.parcel_ids[0]).will_be_refused is refuses


def test_the_door_asks_for_the_buyers_factor(world, live, place):
    factor = world.platform.patrons.refusal_factor
    assert factor(live(refusal_factor=3.0)) == 3.0
    assert factor(place()) == 1.0


# Once it has come.


@pytest.mark.parametrize(
    ("deed", "cause"),
    [
        (Deed.COMPLAIN_OF_DAMAGE, "damaged"),
        (Deed.COMPLAIN_OF_WRONG_ITEM, "wrong_item"),
        (Deed.CLAIM_NOT_RECEIVED, "not_received"),
    ],
)
def test_a_buyer_complains_of_what_came(told, live, until, wait, deed, cause):
    order = live(deed)
    until(order, "DELIVERED")
    wait(MINUTE)  # it may have come at the last second of the hour
    assert only(told, facts.BuyerComplained).cause == cause


def test_an_unfounded_claim_pays_when_nobody_contests_it(told, live, until, wait):
    order = live(Deed.CLAIM_NOT_RECEIVED)
    until(order, "DELIVERED")
    wait(7 * DAY + MINUTE)
    assert only(told, facts.BuyerComplaintDecided).row == "by_silence"
    assert only(told, facts.RefundPaid).amount_minor == order.total_minor


def test_a_buyer_confirms(live, until):
    order = live(Deed.CONFIRM)
    until(order, "COMPLETED")
    assert order.completed_at == order.delivered_at + MINUTE


def test_a_buyer_asks_for_a_refund_and_withdraws_it(told, live, until, wait):
    order = live(Deed.ASK_REFUND, Deed.WITHDRAW_REFUND)
    until(order, "DELIVERED")
    wait(2 * MINUTE)
    assert [fact.status for fact in told.of(facts.RefundMoved)] == ["pending", "closed"]
    assert told.of(facts.BuyerComplained) == []


def test_a_buyer_whose_refund_is_turned_down_complains(world, told, live, until, wait):
    order = live(Deed.ASK_REFUND, Deed.COMPLAIN_OF_REFUSAL)
    until(order, "DELIVERED")
    wait(MINUTE)
    world.sellers.answer_refund(order.id, granted=False)
    wait(MINUTE)
    assert only(told, facts.BuyerComplained).cause == "damaged"


def test_a_buyer_returns_the_goods(told, live, until):
    order = live(Deed.ASK_RETURN, Deed.SHIP_RETURN)
    until(order, "COMPLETED")
    assert [fact.status for fact in told.of(facts.ReturnMoved)] == [
        "awaiting_buyer_ship",
        "buyer_shipped",
        "received",
        "granted",
        "completed",
    ]


def test_a_buyer_forgets_to_send_them(told, live, until):
    until(live(Deed.ASK_RETURN), "COMPLETED")
    assert [fact.status for fact in told.of(facts.ReturnMoved)] == [
        "awaiting_buyer_ship",
        "closed",
    ]
    assert told.of(facts.RefundPaid) == []


def test_a_buyer_withdraws_a_return(told, live, until, wait):
    order = live(Deed.ASK_RETURN, Deed.WITHDRAW_RETURN)
    until(order, "DELIVERED")
    wait(2 * MINUTE)
    assert [fact.by for fact in told.of(facts.ReturnMoved)] == ["buyer"]


def test_a_buyer_disputes_a_no(world, told, live, until, wait):
    order = live(Deed.ASK_REPLACEMENT, Deed.DISPUTE_RETURN)
    until(order, "DELIVERED")
    wait(MINUTE)
    world.sellers.answer_return(order.open_returns[0], granted=False)
    wait(5 * DAY + MINUTE)
    assert only(told, facts.ReturnArbitrated).row == "not_shown_intact"
    replacement = world.order(only(told, facts.OrderReplaced).replacement_id)
    assert replacement.temperament == "", "who replaces does nothing unasked"


def test_of_all_that_can_be_done_upon_delivery_one_thing_is(told, live, until, wait):
    half = [Habit(deed, 0.5) for deed, news in WHEN.items() if news == "delivered"]
    order = live(*half)
    until(order, "DELIVERED")
    wait(MINUTE)
    done = [facts.BuyerComplained, facts.RefundMoved, facts.ReturnAsked]
    assert sum(len(told.of(kind)) for kind in done) == 1


# Who lives, and who does not.


def test_nobody_lives_behind_an_order_without_a_temperament(world, place, wait):
    place(behaviour="prompt")
    wait(HOUR)
    assert world.registry.patrons == {}


def test_who_has_no_habits_changes_nothing(monkeypatch):
    """Their order goes the way of one without a buyer."""
    monkeypatch.setitem(TEMPERAMENTS, "test", BLANK)
    digests = []
    for temperament in ("", "test"):
        world = World()
        world.buyers.place_order(Purchase(behaviour="prompt", temperament=temperament))
        world.advance(later(world.now, 40 * DAY))
        digests.append(world.journal.digest())
    assert digests[0] == digests[1]


def test_a_buyer_changes_nobody_elses_luck():
    """The other order has the same scans at the same seconds, whoever lives beside it."""
    scans = []
    for temperament in ("", "fussy"):
        world, heard = World(), []
        world.journal.subscribe(lambda _, at, fact, heard=heard: heard.append((at, fact)))
        world.buyers.place_order(Purchase(temperament=temperament))
        other = world.buyers.place_order(Purchase(behaviour="prompt"))
        world.advance(later(world.now, 40 * DAY))
        scans.append(
            [
                (at, fact.scan)
                for at, fact in heard
                if fact.kind == "ParcelScanned" and fact.order_id == other.id
            ]
        )
    assert scans[0] == scans[1]
    assert scans[0]


def test_a_patron_whom_the_seller_forestalls_in_the_same_second_is_too_late(
    live, wait, monkeypatch
):
    """Two hours after the release are three after the order, and the seller has waited for longer.
    Were the buyer heard then, the order would wait for an answer for ever."""
    after_two_hours = (2 * HOUR, 2 * HOUR)
    monkeypatch.setitem(BEHAVIOURS, "punctual", Behaviour("punctual", after_two_hours, None))
    order = live(
        Habit(Deed.CHANGE_ADDRESS, 1.0, after_two_hours),
        Habit(Deed.CANCEL_LATER, 1.0, (3 * HOUR, 3 * HOUR)),
        purchase={"behaviour": "punctual"},
    )
    wait(3 * HOUR + 1)

    assert (order.status, order.cancellation) == ("AWAITING_COLLECTION", None)


def test_an_unknown_temperament_is_told_with_those_that_there_are(place):
    with pytest.raises(UnknownName, match="buyer temperament 'nope'; known are calm, typical"):
        place(temperament="nope")


@pytest.mark.parametrize("temperament", TEMPERAMENTS.values(), ids=lambda each: each.name)
def test_every_temperament_makes_sense(temperament):
    for habit in temperament.habits:
        assert 0 < habit.chance <= 1
        assert 0 <= habit.after[0] <= habit.after[1]
    deeds = [habit.deed for habit in temperament.habits]
    assert len(deeds) == len(set(deeds))
    upon_delivery = [each.chance for each in temperament.habits if WHEN[each.deed] == "delivered"]
    assert sum(upon_delivery) <= 1


def test_every_deed_has_its_occasion_and_somebody_who_does_it():
    assert set(WHEN) == set(Deed) - {Deed.LOOK}
    done = {habit.deed for each in TEMPERAMENTS.values() for habit in each.habits}
    assert done == set(WHEN)


def test_the_page_prints_these_very_numbers():
    page = PAGE.read_text(encoding="utf-8")
    assert page == written_anew(page), "docs/buyers.md says how to write it anew"


@pytest.mark.parametrize("market", ["uk"])
def test_reasons_bear_the_markets_suffix(live, wait):
    order = live(Deed.CANCEL_AT_ONCE)
    wait(MINUTE)
    assert order.cancel_reason.endswith("_no_longer_needed_uk")


def test_markets_agree_on_what_temperaments_there_are():
    world = World(WorldConfig(market=market_named("sea")))
    order = world.buyers.place_order(Purchase(temperament="calm"))
    assert order.status == "AWAITING_SHIPMENT"
