"""What goes wrong by itself: each mishap alone, its odds forced, and what comes of it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from simulator import Purchase, World, WorldConfig
from simulator.carriers.catalogue import CARRIERS
from simulator.clock import DAY, HOUR, later
from simulator.facts import FeeCharged, OrderFact, ParcelEnded, ReimbursementPaid
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.moves import follows
from simulator.parcels.packing import Cushioning, Packing
from tests.simulator.conftest import Told
from tests.simulator.voyages import (
    at_last,
    befallen,
    booked,
    rates,
    shipped,
    wait,
    words,
    world_with,
)

ALL_WELL = [
    "picked_up",
    "arrived_at_hub",
    "departed_from_hub",
    "arrived_at_destination",
    "clearance_completed",
    "arrived_at_hub",
    "out_for_delivery",
    "delivered",
]
SEEDS = range(1, 13)


def voyage(seed=1, carrier="jt", **odds):
    """A parcel's whole way, with its world and what was told."""
    world = world_with(carrier, seed=seed, **odds)
    told = Told(world)
    parcel = shipped(world) if carrier == "jt" else booked(world, carrier)
    at_last(world, parcel)
    return world, told, parcel


def voyages(**odds):
    return [voyage(seed, **odds) for seed in SEEDS]


def gaps(parcel):
    """Each scan with the seconds since the one before."""
    return {then.scan: then.at - before.at for before, then in pairwise(parcel.scans)}


def test_by_default_nothing_goes_wrong_and_nothing_is_drawn(monkeypatch):
    usual = {"id", "leg", "basket", "sku", "home", "street number"}
    asked = set()
    world = World(WorldConfig(carriers={"jt": {"mishaps": {"lost": 1, "missed_pickup": 1}}}))
    unit = type(world.registry.streams).unit

    def ask(streams, purpose, entity, nth=0):
        asked.add(purpose)
        return unit(streams, purpose, entity, nth)

    monkeypatch.setattr(type(world.registry.streams), "unit", ask)
    parcel = shipped(world)

    assert at_last(world, parcel) == ALL_WELL
    assert asked <= usual


def test_with_all_odds_at_nought_a_factor_changes_nothing():
    _, told, parcel = voyage()

    assert words(parcel) == ALL_WELL
    assert befallen(told) == []


def test_lost_for_good_after_a_week_without_movement():
    for world, told, parcel in voyages(lost=1):
        order = world.order(parcel.order_id)

        assert words(parcel) == [*ALL_WELL[: len(parcel.scans) - 1], "lost"]
        assert 7 * DAY <= gaps(parcel)["lost"] <= 10 * DAY
        assert (parcel.status, parcel.why, befallen(told)) == ("lost", "lost", ["lost"])
        assert (order.status, order.cancel_reason) == ("CANCELLED", "package_lost")
        assert [fact.status for fact in told.of(ParcelEnded)] == ["lost"]


def test_parcels_get_lost_on_any_leg():
    lengths = {len(parcel.scans) for _, _, parcel in voyages(lost=1)}

    assert len(lengths) > 4


def test_mislaid_and_found_again():
    for world, told, parcel in voyages(mislaid=1):
        way = words(parcel)
        missed = way.index("exception")

        assert world.order(parcel.order_id).status == "COMPLETED"
        assert [*way[:missed], *way[missed + 2 :]] == ALL_WELL
        assert befallen(told) == ["mislaid"]


def test_damaged_and_delivered_so_or_sent_back():
    ends = set()
    for _, told, parcel in voyages(damaged=1, damaged_return=0.5):
        ends.add(parcel.status)
        assert words(parcel).count("damaged") == 1
        assert befallen(told) == ["damaged"]

    assert ends == {"delivered", "returned"}


def test_the_carrier_pays_for_what_it_broke_beyond_delivery():
    world, told, parcel = voyage(damaged=1, damaged_return=1)
    order = world.order(parcel.order_id)
    (paid,) = told.of(ReimbursementPaid)

    assert order.cancel_reason == "package_damaged"
    assert (paid.amount_minor, paid.by) == (order.goods_minor, "carrier")


@pytest.mark.parametrize(
    ("packing", "share"),
    [
        (Packing(), 0.1),
        # P1, P2, P3: four times two times one and a half as likely.
        (Packing(cushioning=(Cushioning.NONE, Cushioning.LOOSE_FILL), room_mm=0), 0.3),
        (Packing(closure=(), room_mm=0, cushioning=(Cushioning.LOOSE_FILL,)), 1.2),
    ],
    ids=["right", "P2 and P3", "P1, P2 and P3"],
)
def test_bad_packing_gets_goods_damaged_so_much_oftener(packing, share):
    world = world_with(damaged=0.1, damaged_return=0)
    parcels = []
    for _ in range(300):
        order = world.buyers.place_order(Purchase())
        parcels.append(world.parcel(order.parcel_ids[0]))
    wait(world, HOUR)
    for parcel in parcels:
        world.desk.declare_packing(parcel.id, packing)
        world.sellers.ready_to_ship(parcel.order_id)
    wait(world, 60 * DAY)
    damaged = sum("damaged" in words(parcel) for parcel in parcels)

    assert damaged == pytest.approx(300 * min(1, share), abs=300 * 0.07)


def test_held_by_customs_for_papers_or_opened_and_let_go():
    inspected = set()
    for world, told, parcel in voyages(customs_hold=1, inspected=0.5):
        way, waited = words(parcel), gaps(parcel)
        opened = "customs_inspection" in way
        inspected.add(opened)

        held = ["customs_held", "customs_inspection", "customs_released"]
        assert way == [*ALL_WELL[:4], *(held if opened else held[::2]), *ALL_WELL[4:]]
        shortest = DAY if opened else 3 * DAY
        assert shortest <= waited["customs_released"] <= 7 * DAY
        assert world.order(parcel.order_id).status == "COMPLETED"
        assert befallen(told) == ["customs_hold"]

    assert inspected == {True, False}


def test_what_customs_do_not_let_in_goes_back():
    world, told, parcel = voyage(customs_hold=1, customs_return=1)

    assert words(parcel) == [
        *ALL_WELL[:4],
        "customs_held",
        "return_initiated",
        "in_return_transit",
        "returned_to_sender",
    ]
    assert parcel.status == "returned"
    assert world.order(parcel.order_id).cancel_reason == "returned_to_shipper_other"
    assert told.of(ReimbursementPaid) == []


def test_a_wrong_hub_sends_it_on_to_the_right_one():
    for world, told, parcel in voyages(wrong_hub=1):
        strays = [each for each in parcel.scans if each.place.startswith("Wrong hub")]

        assert [each.scan for each in strays] == ["arrived_at_hub"]
        rest = [each.scan for each in parcel.scans if each not in strays]
        assert rest == ALL_WELL
        assert befallen(told) == ["wrong_hub"]
        assert world.order(parcel.order_id).status == "COMPLETED"


@pytest.mark.parametrize(
    ("shares", "kind", "before"),
    [
        ({"late_plane": 1, "hub_backlog": 0}, "late_plane", {"arrived_at_destination"}),
        (
            {"late_plane": 0, "hub_backlog": 1},
            "hub_backlog",
            {"departed_from_hub", "out_for_delivery"},
        ),
        ({"late_plane": 0, "hub_backlog": 0}, "delayed", set(ALL_WELL)),
    ],
)
def test_a_delay_is_a_late_plane_a_full_hub_or_just_a_delay(shares, kind, before):
    for _, told, parcel in voyages(delayed=1, **shares):
        way = words(parcel)
        late = way.index("delayed")

        assert befallen(told) == [kind]
        assert way[late + 1] in before
        assert [*way[:late], *way[late + 1 :]] == ALL_WELL


def test_a_delayed_leg_takes_as_much_longer():
    for seed in SEEDS:
        _, _, late = voyage(seed, delayed=1, late_plane=1)
        _, _, usual = voyage(seed)
        by = gaps(late)["arrived_at_destination"] - gaps(usual)["arrived_at_destination"]

        assert 6 * HOUR <= by <= 48 * HOUR


def test_a_wrong_address_is_put_right_or_the_parcel_goes_back():
    ends = set()
    for _, told, parcel in voyages(address_issue=1, address_return=0.5):
        way = words(parcel)
        ends.add(parcel.status)
        assert way[6] == "address_issue"
        if parcel.status == "delivered":
            assert way == [*ALL_WELL[:6], "address_issue", "arrived_at_hub", *ALL_WELL[6:]]
        assert befallen(told) == ["address_issue"]

    assert ends == {"delivered", "returned"}


def test_three_failed_attempts_and_it_waits_to_be_fetched():
    world, told, parcel = voyage(attempt_fails=1)
    order = world.order(parcel.order_id)

    assert words(parcel) == [
        *ALL_WELL[:7],
        *("delivery_attempted", "out_for_delivery") * 2,
        "delivery_attempted",
        "awaiting_pickup",
        "delivered",
    ]
    assert befallen(told) == ["attempt_failed"] * 3
    assert order.status == "COMPLETED"
    assert parcel.signed_by == order.address.name


def test_couriers_ring_again_by_daylight():
    _, _, parcel = voyage(attempt_fails=1)
    tries = [each for each in parcel.scans if each.scan == "delivery_attempted"]

    assert all(8 <= int(each.local_time[11:13]) < 20 for each in tries)
    assert len({each.local_time[:10] for each in tries}) == 3


def test_where_nobody_ever_is_it_goes_back_from_the_shelf():
    world, told, parcel = voyage(returned_after_attempts=1)

    assert words(parcel)[-5:] == [
        "delivery_attempted",
        "awaiting_pickup",
        "return_initiated",
        "in_return_transit",
        "returned_to_sender",
    ]
    assert gaps(parcel)["return_initiated"] >= 5 * DAY
    assert befallen(told) == ["attempt_failed"] * 3 + ["undeliverable"]
    assert world.order(parcel.order_id).cancel_reason == "returned_to_shipper_other"


def test_how_many_attempts_there_are_is_a_setting():
    world = World(
        WorldConfig(
            mishaps=1, carriers={"jt": rates(attempt_fails=1) | {"setbacks": {"attempts_max": 1}}}
        )
    )
    parcel = shipped(world)

    assert at_last(world, parcel)[-3:] == ["delivery_attempted", "awaiting_pickup", "delivered"]


def test_refused_at_the_door_it_goes_back():
    """P1: a few in a thousand refuse what is packed rightly; here, all of them."""
    world = world_with(mishaps=1000)
    told = Told(world)
    parcel = shipped(world)

    assert at_last(world, parcel)[-4:] == [
        "refused",
        "return_initiated",
        "in_return_transit",
        "returned_to_sender",
    ]
    assert befallen(told) == ["refused"]
    order = world.order(parcel.order_id)
    assert (order.status, order.cancel_reason) == ("CANCELLED", "returned_to_shipper_refused")
    assert world.settlement(order.id).refunded_minor == order.total_minor
    assert world.settlement(order.id).reimbursed_minor == 0


def test_bad_packing_gets_parcels_refused_oftener():
    """P1: three times as often as three in a thousand, times thirty."""
    refused = {}
    for name, packing in (("right", Packing()), ("open", Packing(closure=()))):
        world = world_with(mishaps=30)
        parcels = [world.buyers.place_order(Purchase()) for _ in range(300)]
        wait(world, HOUR)
        for order in parcels:
            world.desk.declare_packing(order.parcel_ids[0], packing)
            world.sellers.ready_to_ship(order.id)
        wait(world, 60 * DAY)
        refused[name] = sum(
            "refused" in words(world.parcel(order.parcel_ids[0])) for order in parcels
        )

    assert refused["right"] == pytest.approx(27, abs=15)
    assert refused["open"] == pytest.approx(81, abs=24)


def test_a_buyers_temper_multiplies_the_odds(monkeypatch):
    world = world_with(mishaps=1)
    monkeypatch.setattr(world.platform.carriage, "refusal_factor", lambda _parcel: 1000.0)
    parcel = shipped(world)

    assert "refused" in at_last(world, parcel)


def test_who_means_to_refuse_does_so_whatever_the_factor_is():
    world = World()
    parcel = shipped(world)
    parcel.will_be_refused = True

    assert at_last(world, parcel)[7:] == [
        "refused",
        "return_initiated",
        "in_return_transit",
        "returned_to_sender",
    ]


# L5: what a carrier does with a wrong label.


def labelled(accuracy, seed=1, mishaps=1.0):
    world = world_with(seed=seed, mishaps=mishaps)
    told = Told(world)
    order = world.buyers.place_order(Purchase())
    wait(world, HOUR)
    world.desk.declare_label(order.parcel_ids[0], Label(accuracy=accuracy))
    world.sellers.ready_to_ship(order.id)
    parcel = world.parcel(order.parcel_ids[0])
    at_last(world, parcel)
    return world, told, parcel


def test_a_wrong_label_with_a_known_recipient_is_replaced_at_the_sellers_cost():
    outcomes = set()
    for seed in range(1, 25):
        world, told, parcel = labelled(Accuracy.WRONG_RECIPIENT_KNOWN, seed)
        outcomes.add(parcel.fate)
        money = world.settlement(parcel.order_id)
        assert befallen(told) == ["wrong_label"]
        if parcel.fate == "relabelled":
            assert words(parcel) == [
                *ALL_WELL[:2],
                "address_issue",
                "arrived_at_hub",
                *ALL_WELL[2:],
            ]
            (fee,) = told.of(FeeCharged)
            assert (fee.amount_minor, fee.by, money.fees_minor) == (150, "jt", 150)
            assert money.seller_minor == money.payout_minor - 150
        else:
            assert (parcel.status, money.fees_minor) == ("returned", 0)

    assert outcomes == {"relabelled", "returned"}


def test_a_parcel_of_nobodys_is_disposed_of_or_sent_back_and_nobody_pays_for_it():
    ends = {}
    for seed in SEEDS:
        world, told, parcel = labelled(Accuracy.WRONG_RECIPIENT_UNKNOWN, seed)
        ends[parcel.status] = world.order(parcel.order_id).cancel_reason
        assert told.of(ReimbursementPaid) == []
        if parcel.status == "disposed":
            assert words(parcel) == [*ALL_WELL[:2], "address_issue", "exception"]

    assert ends == {"disposed": "package_scrap", "returned": "returned_to_shipper_other"}


def test_nobody_reads_labels_in_a_world_without_mishaps():
    _, told, parcel = labelled(Accuracy.WRONG_RECIPIENT_UNKNOWN, mishaps=0)

    assert words(parcel) == ALL_WELL
    assert befallen(told) == []


def test_a_label_without_an_address_is_found_wanting_ten_times_as_often():
    found = {}
    for name, label in (("right", Label()), ("bare", Label(postal_code=False))):
        world = world_with(address_issue=0.05)
        orders = [world.buyers.place_order(Purchase()) for _ in range(200)]
        wait(world, HOUR)
        for order in orders:
            world.desk.declare_label(order.parcel_ids[0], label)
            world.sellers.ready_to_ship(order.id)
        wait(world, 60 * DAY)
        found[name] = sum(
            "address_issue" in words(world.parcel(order.parcel_ids[0])) for order in orders
        )

    assert found["right"] == pytest.approx(10, abs=9)
    assert found["bare"] == pytest.approx(100, abs=25)


# Of all of them.


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_carriers_parcels_meet_with_everything_legally_and_end(carrier):
    """Odds of one in two for everything, by every carrier's own routes."""
    kinds = ("mislaid", "damaged", "customs_hold", "delayed", "wrong_hub", "address_issue")
    odds = dict.fromkeys((*kinds, "customs_return", "damaged_return", "attempt_fails"), 0.5)
    odds |= {"lost": 0.05, "returned_after_attempts": 0.3}
    world = World(WorldConfig(mishaps=1, carriers={carrier: rates(**odds)}))
    told = Told(world)
    parcels = [booked(world, carrier) for _ in range(25)]
    wait(world, 200 * DAY)

    assert {parcel.status for parcel in parcels} <= {"delivered", "lost", "returned", "disposed"}
    assert len(set(befallen(told))) >= 8
    assert all(world.order(parcel.order_id).is_over for parcel in parcels)
    for parcel in parcels:
        assert len({each.at for each in parcel.scans}) > 1
    assert world.next_due is None


def test_a_factor_multiplies_the_odds():
    rare = World(WorldConfig(mishaps=0.001))
    often = World(WorldConfig(mishaps=20))
    counts = []
    for world in (rare, often):
        told = Told(world)
        for _ in range(60):
            shipped(world)
        wait(world, 90 * DAY)
        counts.append(len(befallen(told)))

    assert counts[0] == 0
    assert counts[1] > 60


def test_who_was_unlucky_at_one_factor_is_so_at_a_higher_one():
    lost = []
    for factor in (1.0, 2.0):
        world = world_with(lost=0.2, mishaps=factor)
        parcels = [shipped(world) for _ in range(60)]
        wait(world, 60 * DAY)
        lost.append({nth for nth, parcel in enumerate(parcels) if parcel.status == "lost"})

    assert lost[0] < lost[1]


def test_one_kind_of_mishap_more_shifts_nobodys_luck():
    ways = []
    for more in (0, 1):
        world = world_with(mislaid=0.3, damaged=0.3, damaged_return=0, wrong_hub=more)
        parcels = [shipped(world) for _ in range(40)]
        wait(world, 60 * DAY)
        ways.append(
            [[each for each in words(parcel) if each != "arrived_at_hub"] for parcel in parcels]
        )

    assert [way.count("damaged") for way in ways[0]] == [way.count("damaged") for way in ways[1]]
    assert sum("damaged" in way for way in ways[0]) > 5


def test_once_mishaps_are_over_everything_converges():
    world = World(WorldConfig(mishaps=30))
    parcels = [shipped(world) for _ in range(40)]
    wait(world, 3 * DAY)
    world.set_mishaps(0)
    told = Told(world)
    wait(world, 90 * DAY)

    assert befallen(told) == []
    assert all(world.order(parcel.order_id).is_over for parcel in parcels)
    assert world.next_due is None


@pytest.mark.parametrize("status", ["lost", "returned"])
def test_of_a_cancelled_orders_parcel_nothing_follows_however_it_ends(status):
    odds = {"lost": {"lost": 1}, "returned": {"customs_hold": 1, "customs_return": 1}}[status]
    world = world_with("ups", **odds)
    parcel = booked(world)
    wait(world, DAY)
    world.buyers.ask_refund(parcel.order_id)
    world.sellers.answer_refund(parcel.order_id, granted=True)
    told = Told(world)
    at_last(world, parcel)

    assert parcel.status == status
    assert world.order(parcel.order_id).status == "COMPLETED"
    of_orders = [fact for _, fact in told.facts if isinstance(fact, OrderFact)]
    assert {fact.order_id for fact in of_orders} == {parcel.order_id}
    assert {fact.kind for fact in of_orders} <= {"MishapBefell", "ParcelScanned", "ParcelEnded"}


def test_the_table_of_moves_lets_detours_of_other_routes_be():
    """A route that knows no customs: nothing is held there, whatever the odds."""
    leg = {"span": [3600, 7200], "place": "Hub", "timezone": "Europe/London"}
    scans = ("arrived_at_hub", "in_transit", "out_for_delivery", "delivered")
    route = [leg | {"scan": scan} for scan in scans]
    world = World(
        WorldConfig(
            mishaps=1,
            carriers={"jt": rates(customs_hold=1, address_issue=1) | {"routes": {"GB": route}}},
        )
    )
    told = Told(world)
    parcel = shipped(world)

    assert at_last(world, parcel) == ["picked_up", *scans]
    assert befallen(told) == []
    assert not follows("in_transit", "address_issue")


def test_slow_services_do_not_make_setbacks_longer():
    slow = world_with("fedex", lost=1)
    order = booked(slow, "fedex")
    at_last(slow, order)

    assert order.status == "lost"
    assert gaps(order)["lost"] <= 10 * DAY


def test_a_setback_is_a_setting():
    world = World(
        WorldConfig(
            mishaps=1,
            carriers={"jt": rates(lost=1) | {"setbacks": {"lost": [3 * HOUR, 3 * HOUR]}}},
        )
    )
    parcel = shipped(world)
    at_last(world, parcel)

    assert gaps(parcel)["lost"] == 3 * HOUR


def test_a_luckless_world_is_replayed():
    digests = set()
    for _ in range(2):
        world = World(WorldConfig(mishaps=15, seed=5))
        for nth in range(20):
            world.buyers.place_order(
                replace(Purchase(), behaviour="prompt", city=("Shenzhen", "Yiwu")[nth % 2])
            )
        world.advance(later(world.now, 90 * DAY))
        digests.add(world.journal.digest())

    assert len(digests) == 1
