"""A world saved and restored, however often, goes on exactly as if it had never stopped."""

import json
from contextlib import suppress
from dataclasses import replace
from functools import partial
from operator import attrgetter

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.buyers.temperaments import TEMPERAMENTS
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.replay import Replay, Row, Times
from simulator.demand.rhythms import HORIZON, Burst, Curve, Steady, Tempo
from simulator.disputes.case import Cause
from simulator.market import STANDARD
from simulator.orders.references import ExternalLine, ExternalOrder, System
from simulator.parcels.evidence import Photo
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.model import Handover
from simulator.parcels.packing import Closure, Cushioning, Packing
from simulator.returns.model import Handover as WayBack
from simulator.returns.model import Kind
from simulator.returns.signals import Offered
from simulator.returns.wishes import Wanted
from simulator.sellers.behaviours import BEHAVIOURS
from simulator.service.model import Kind as MessageKind
from simulator.service.model import Said
from simulator.shipping import pickup_slots
from simulator.world import STARTS_AT
from tests.simulator.properties.rule_books import RULES_OF_THEIR_OWN
from tests.simulator.repeating import without_turns
from tests.thoroughness import examples

WHICH = st.integers(0, 9)
WAITS = st.sampled_from([1, 60, 3599, HOUR, 2 * HOUR, 4 * HOUR, 20 * HOUR, DAY, 3 * DAY, 9 * DAY])
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from(Mode),
    city=st.sampled_from(["Shenzhen", "Shenzhen", "Shanghai", "Yiwu", "Chengdu"]),
    behaviour=st.sampled_from(["", "prompt", "slow", *BEHAVIOURS]),
    paid=st.sampled_from([True, True, True, False]),
    parcels=st.sampled_from([1, 1, 2, 3]),
    buyer=st.sampled_from(["", "", "ann", "bo"]),
    combined=st.booleans(),
    temperament=st.sampled_from(["", "", "", *TEMPERAMENTS]),
)
MIXES = st.sampled_from(
    [
        (("prompt", 2.0), ("integration", 1.0)),
        (("slow", 1.0),),
        (("diligent", 1.0), ("careless", 1.0)),
    ]
)
BUYING = st.builds(
    Buying,
    behaviour=MIXES,
    parcels=st.sampled_from([(("1", 1.0),), (("1", 1.0), ("2", 1.0))]),
    returning=st.sampled_from([0.0, 0.5]),
    combined=st.booleans(),
    paid=st.sampled_from([1.0, 0.7]),
    pays_after=st.sampled_from([(0, 0), (0, 2 * HOUR)]),
    late=st.sampled_from([0.0, 0.5]),
    buyer=st.sampled_from([(("passive", 1.0),), (("fussy", 1.0), ("absent_minded", 1.0))]),
)
FEW = st.integers(1, 5)
ROWS = st.lists(st.builds(Row, at=st.sampled_from([0, 0, 1, HOUR, DAY])), min_size=1, max_size=5)
BOUNDED = {"count": FEW, "ends_at": st.sampled_from([HORIZON, later(STARTS_AT, 3 * DAY)])}
PLANS = st.one_of(
    st.builds(Plan, steady=st.sampled_from([0.2, 3600.0]).map(Steady), buying=BUYING, **BOUNDED),
    st.builds(Plan, curve=st.sampled_from([0.2, 30.0]).map(Curve), buying=BUYING, **BOUNDED),
    st.builds(
        Plan,
        burst=st.builds(Burst, FEW, st.sampled_from([1, HOUR]), st.sampled_from(Tempo)),
        buying=BUYING,
    ),
    st.builds(
        Plan,
        replay=ROWS.map(lambda rows: Replay(tuple(rows), Times.FROM_START)),
        buying=BUYING,
    ),
)
REASONS = st.sampled_from(["", "it came damaged", "the wrong_product"])
SELLERS_REASONS = st.sampled_from(
    ["seller_cancel_reason_out_of_stock", "seller_cancel_reason_out_of_stock_uk"]
)
HANDOVERS = st.sampled_from([None, None, *Handover])
EXPRESS = st.sampled_from(["ups", "dhl", "yunexpress", "epacket"])
PACKINGS = st.builds(
    Packing,
    room_mm=st.sampled_from([0, 50]),
    cushioning=st.lists(st.sampled_from(Cushioning), max_size=2).map(tuple),
    closure=st.lists(st.sampled_from(Closure), max_size=2).map(tuple),
)


def ready_for_a_slot(world, order_id, nth):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        for slot, _ in pickup_slots(world.registry, parcel)[nth : nth + 1]:
            world.sellers.ready_to_ship(order_id, slot=slot)


def mark_with_the_labels_number(world, order_id):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        world.sellers.mark_shipped(order_id, parcel.carrier, parcel.tracking_number)


def answer(world, order_id, granted):
    world.sellers.answer_cancellation(order_id, granted=granted)


def cancel_some(world, order_id, places, reason):
    items = world.order(order_id).items
    named = sorted({items[nth % len(items)].id for nth in places})
    world.sellers.cancel(order_id, reason, named)


def pack(world, order_id, packing):
    for parcel_id in world.order(order_id).parcel_ids:
        world.desk.declare_packing(parcel_id, packing)


def label(world, order_id, accuracy):
    for parcel_id in world.order(order_id).parcel_ids:
        world.desk.declare_label(parcel_id, Label(accuracy=accuracy))


def photograph(world, order_id):
    for parcel_id in world.order(order_id).parcel_ids:
        world.desk.attach_evidence(parcel_id, Photo("a.png", "image/png", "0" * 64, 9, world.now))


def appeal(world, order_id):
    for complaint in world.registry.docket.about_carriers_of(order_id):
        world.desk.appeal(complaint.id)


def answer_the_buyer(world, order_id, accepted):
    for complaint in world.registry.docket.by_buyer_of(order_id)[-1:]:
        world.desk.answer_complaint(complaint.id, accepted=accepted)


def split(world, order_id, ends):
    items = [item.id for item in world.order(order_id).items]
    world.sellers.split(order_id, [items[:ends], items[ends:]])


def combine(world, order_id, with_first):
    """With the parcels of the buyer's other orders, or just its own."""
    order = world.order(order_id)
    orders = [each for each in world.registry.orders.values() if each.buyer_id == order.buyer_id]
    whose = orders if with_first else [order]
    world.sellers.combine([parcel_id for each in whose for parcel_id in each.parcel_ids])


def uncombine(world, order_id):
    for parcel_id in list(world.order(order_id).parcel_ids):
        world.sellers.uncombine(parcel_id, order_id)


def ship_one(world, order_id, which):
    parcel_ids = world.order(order_id).parcel_ids
    if parcel_ids:
        parcel_id = parcel_ids[which % len(parcel_ids)]
        world.sellers.ready_to_ship(order_id, parcel_id=parcel_id)


def ship_by_items(world, order_id, which):
    """One of its parcels, meant by what it has of the order."""
    order = world.order(order_id)
    for parcel in world.registry.parcels_of(order)[which % 2 :][:1]:
        named = [item.id for item in order.items if item.id in parcel.item_ids]
        if order.ships_from_platform:
            world.sellers.ready_to_ship(order_id, item_ids=named)
        else:
            world.sellers.mark_shipped(order_id, "ups", f"OWN-{parcel.id}", named)


def mark_one(world, order_id, which):
    parcel_ids = world.order(order_id).parcel_ids
    if parcel_ids:
        parcel_id = parcel_ids[which % len(parcel_ids)]
        world.sellers.mark_shipped(order_id, "ups", f"OWN-{parcel_id}", parcel_id=parcel_id)


def hand_to_another(world, order_id):
    for parcel_id in world.order(order_id).parcel_ids:
        world.sellers.hand_to(parcel_id, "dhl")


def stop_demand(world, which):
    sources = list(world.registry.sources)
    if sources:
        world.stop_demand(sources[which % len(sources)])


def answer_refund(world, order_id, granted):
    world.sellers.answer_refund(order_id, granted=granted)


def answer_return(world, order_id, granted, refund_now):
    for asked in world.registry.returns.of(order_id)[-1:]:
        world.sellers.answer_return(asked.id, granted=granted, refund_now=refund_now)


def inspect_return(world, order_id, accepted):
    for asked in world.registry.returns.of(order_id)[-1:]:
        world.sellers.inspect_return(asked.id, accepted=accepted)


def refer(world, order_id, system, external_id):
    lines = [ExternalLine(f"line {item.id}", item.id) for item in world.order(order_id).items]
    world.sellers.refer(ExternalOrder(order_id, system, external_id, tuple(lines)))


def offer_part(world, order_id):
    for asked in world.registry.returns.of(order_id)[-1:]:
        world.sellers.reply(asked.id, Offered(), 500)


def answer_offer(world, order_id, accepted):
    world.buyers.answer_offer(order_id, accepted=accepted)


def befall_what_goes_back(world, order_id, event):
    for asked in world.registry.returns.of(order_id):
        if asked.parcel_id:
            getattr(world.carriers, event)(asked.parcel_id)


def delay_what_goes_back(world, order_id, seconds):
    for asked in world.registry.returns.of(order_id):
        if asked.parcel_id:
            world.carriers.delay(asked.parcel_id, seconds)


def bad_season(world, _order_id, factor):
    world.set_mishaps(factor)


def goods_go_back(world, order_id, way):
    asked = world.buyers.request(order_id, Wanted(Kind.RETURN, handover=way))
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order_id)


def ask_for_one_item(world, order_id, kind, way):
    first = world.order(order_id).items[0].id
    world.buyers.request(order_id, Wanted(kind, item_ids=(first,), handover=way))


HELLO = Said(MessageKind.TEXT, "hello")


def buyer_writes(world, order_id):
    world.chats.buyer_writes(order_id, HELLO)


def seller_writes(world, order_id):
    order = world.order(order_id)
    world.chats.seller_writes(world.chats.open(order.shop_id, order.buyer_id).id, HELLO)


def read_and_end(world, order_id):
    order = world.order(order_id)
    talk = world.registry.chats.between(order.shop_id, order.buyer_id)
    if talk and talk.sessions:
        world.chats.read(talk.id)
        world.chats.end_session(talk.id, talk.sessions[-1].id)


def rate(world, order_id, stars):
    world.chats.buyer_rates(order_id, stars)


def staff_chats(world, order_id, accepted):
    world.chats.accept(world.order(order_id).shop_id, accepted=accepted)


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def of_an_order(act, *more):
    return st.tuples(st.just(act), WHICH, *more)


COMMANDS = st.one_of(
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(World.add_demand), PLANS, st.sampled_from(["", "", "evening"])),
    st.tuples(st.just(stop_demand), WHICH),
    st.tuples(st.just("carriers.hold"), st.just("jt"), st.sampled_from([0, 5 * HOUR, 60 * HOUR])),
    of_an_order("buyers.pay"),
    of_an_order("buyers.cancel"),
    of_an_order("buyers.withdraw_cancellation"),
    of_an_order(answer, st.booleans()),
    of_an_order(cancel_some, st.lists(WHICH, max_size=2), SELLERS_REASONS),
    of_an_order("buyers.change_address"),
    of_an_order("buyers.confirm"),
    of_an_order("buyers.ask_refund"),
    of_an_order("buyers.withdraw_refund"),
    of_an_order(answer_refund, st.booleans()),
    of_an_order("buyers.refuse"),
    of_an_order("sellers.ready_to_ship", HANDOVERS),
    of_an_order(ready_for_a_slot, WHICH),
    of_an_order("sellers.book", EXPRESS),
    of_an_order("sellers.mark_shipped", EXPRESS, st.sampled_from(["MY-OWN-1", "MY-OWN-2"])),
    of_an_order(mark_with_the_labels_number),
    of_an_order(pack, PACKINGS),
    of_an_order(label, st.sampled_from(Accuracy)),
    of_an_order(photograph),
    of_an_order("desk.complain_about_carrier"),
    of_an_order(appeal),
    of_an_order("buyers.complain", st.sampled_from(Cause)),
    of_an_order("buyers.complain", st.sampled_from(Cause)),
    of_an_order(answer_the_buyer, st.booleans()),
    of_an_order(split, st.integers(1, 2)),
    of_an_order(combine, st.booleans()),
    of_an_order(uncombine),
    of_an_order(ship_one, WHICH),
    of_an_order(ship_by_items, WHICH),
    of_an_order(mark_one, WHICH),
    of_an_order(hand_to_another),
    of_an_order(refer, st.sampled_from(System), st.sampled_from(["A-1", "A-2"])),
)
IN_FULL_SAIL = [
    ("buyers.place_order", Purchase(behaviour="prompt")),
    ("buyers.place_order", Purchase(mode=Mode.SELLER, behaviour="prompt")),
    (wait, 2 * DAY),
    ("carriers.hold", "jt", 130 * HOUR),
    ("buyers.place_order", Purchase()),
    ("buyers.place_order", Purchase(city="Yiwu")),
    (wait, HOUR),
    ("sellers.ready_to_ship", 2),
    ("sellers.ready_to_ship", 3),
    (wait, 2 * DAY),
]
"""Parcels on their way by platform and seller, one that no van comes for, and one at the depot."""
OFFICE_HOURS = WorldConfig(
    market=replace(
        STANDARD,
        disputes=replace(
            STANDARD.disputes,
            take_up_span=(HOUR, HOUR),
            decide_span=(DAY, DAY),
            arbitrate_span=(DAY, DAY),
            refund_span=(DAY, DAY),
        ),
    )
)
PUNCTUAL_RETURNS = replace(
    OFFICE_HOURS,
    market=replace(
        OFFICE_HOURS.market,
        returns=replace(STANDARD.returns, way_span=(3 * DAY, 3 * DAY), arbitrate_span=(DAY, DAY)),
    ),
)
QUARRELS = st.one_of(
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    of_an_order("desk.complain_about_carrier"),
    of_an_order(appeal),
    of_an_order("buyers.complain", st.sampled_from(Cause)),
    of_an_order("buyers.complain", st.sampled_from(Cause)),
    of_an_order(answer_the_buyer, st.booleans()),
    of_an_order(photograph),
)
LIVELY = st.one_of(
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    of_an_order("buyers.request_return", st.sampled_from(Kind), REASONS),
    of_an_order("buyers.request_return", st.sampled_from(Kind), REASONS),
    of_an_order("buyers.withdraw_return"),
    of_an_order("buyers.ship_return"),
    of_an_order("buyers.dispute_return"),
    of_an_order(answer_return, st.booleans(), st.sampled_from([False, False, True])),
    of_an_order(inspect_return, st.booleans()),
    of_an_order(offer_part),
    of_an_order(answer_offer, st.booleans()),
    of_an_order(ask_for_one_item, st.sampled_from(Kind), st.sampled_from(WayBack)),
    of_an_order("buyers.ask_refund"),
    of_an_order(answer_refund, st.booleans()),
    of_an_order("buyers.complain", st.sampled_from(Cause)),
    of_an_order("buyers.refuse"),
    of_an_order(seller_writes),
    of_an_order(seller_writes),
    of_an_order(buyer_writes),
    of_an_order(read_and_end),
    of_an_order(rate, st.integers(1, 5)),
    of_an_order(staff_chats, st.booleans()),
)
FULL_OF_LIFE = [
    *(
        ("buyers.place_order", Purchase(behaviour=behaviour, temperament=temperament))
        for temperament in ("", *TEMPERAMENTS)
        for behaviour in ("prompt", "slow")
    ),
    (wait, 9 * DAY),
]
"""Every kind of buyer, with parcels that have come, or are about to."""
GOING_BACK = [
    *(
        ("buyers.place_order", Purchase(mode=mode, behaviour="prompt"))
        for mode in (Mode.PLATFORM, Mode.SELLER, Mode.PLATFORM)
    ),
    (wait, 10 * DAY),
    *((goods_go_back, nth, way) for nth, way in enumerate([*WayBack, WayBack.PICKUP])),
]
"""Parcels that go back: one is with its carrier, two are to be fetched."""
LUCKLESS = st.one_of(
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    of_an_order(befall_what_goes_back, st.sampled_from(["damage", "mislay", "find", "lose"])),
    of_an_order(delay_what_goes_back, WAITS),
    of_an_order("buyers.withdraw_return"),
    of_an_order(goods_go_back, st.sampled_from(WayBack)),
)
AFTERNOONS = st.lists(st.lists(LIVELY, min_size=1, max_size=8), min_size=2, max_size=5)
CHAPTERS = st.lists(st.lists(COMMANDS, min_size=1, max_size=12), min_size=2, max_size=5)
DISPUTES = st.lists(st.lists(QUARRELS, min_size=1, max_size=8), min_size=2, max_size=5)
NAPS = st.lists(WAITS, max_size=6)


def command(world, act):
    """A command by its name, or a move of our own."""
    return attrgetter(act)(world) if isinstance(act, str) else partial(act, world)


def do(world, act, *args):
    """Do it; orders are meant by their number, so that both worlds mean the same one."""
    if act not in ("buyers.place_order", World.add_demand, stop_demand, "carriers.hold", wait):
        orders = list(world.registry.orders)
        if not orders:
            return
        which, *more = args
        args = (orders[which % len(orders)], *more)
    with suppress(DomainError):
        command(world, act)(*args)


def saved_and_restored(world):
    return World.restore(json.loads(json.dumps(world.save())))


def assert_saving_changes_nothing(config, chapters, naps):
    straight, hopping = World(config), World(config)
    for chapter in [*chapters, *([(wait, nap)] for nap in naps), [(wait, 250 * DAY)]]:
        hopping = saved_and_restored(hopping)
        assert straight.journal.digest() == hopping.journal.digest(), "restoring is no event"
        for command in chapter:
            do(straight, *command)
            do(hopping, *command)
        assert straight.journal.digest() == hopping.journal.digest()
    assert without_turns(straight.save()) == without_turns(hopping.save())
    for system in System:
        for called in ("A-1", "A-2"):
            found = [
                each.registry.references.called(system, called) for each in (straight, hopping)
            ]
            assert found[0] == found[1]
    for shop in straight.registry.shops:
        assert straight.penalties(shop) == hopping.penalties(shop)
    assert straight.next_due is hopping.next_due is None


CALMLY = settings(max_examples=examples(20), deadline=None, derandomize=True)
LIVELILY = settings(CALMLY, max_examples=examples(8))
"""In these worlds much happens in each example."""


@pytest.mark.parametrize("market", RULES_OF_THEIR_OWN)
@CALMLY
@given(chapters=CHAPTERS, naps=NAPS)
def test_saving_and_restoring_changes_nothing(market, chapters, naps):
    assert_saving_changes_nothing(WorldConfig(market=market_named(market)), chapters, naps)


@CALMLY
@given(chapters=DISPUTES, naps=NAPS)
def test_nor_does_it_in_the_middle_of_disputes(chapters, naps):
    assert_saving_changes_nothing(WorldConfig(), [IN_FULL_SAIL, *chapters], naps)


@pytest.mark.usefixtures("everything_on_the_hour")
@CALMLY
@given(chapters=DISPUTES, naps=NAPS)
def test_nor_in_the_middle_of_disputes_on_the_hour(chapters, naps):
    assert_saving_changes_nothing(OFFICE_HOURS, [IN_FULL_SAIL, *chapters], naps)


@pytest.mark.usefixtures("everything_on_the_hour")
@pytest.mark.parametrize("market", RULES_OF_THEIR_OWN)
@CALMLY
@given(chapters=CHAPTERS, naps=NAPS)
def test_nor_does_it_when_everything_happens_on_the_hour(market, chapters, naps):
    assert_saving_changes_nothing(WorldConfig(market=market_named(market)), chapters, naps)


@pytest.mark.parametrize("season", [0.0, 50.0])
@LIVELILY
@given(chapters=st.lists(st.lists(LUCKLESS, min_size=1, max_size=6), max_size=4), naps=NAPS)
def test_nor_while_parcels_go_back(season, chapters, naps):
    voyage = [[*GOING_BACK, (bad_season, 0, season)], *chapters]
    assert_saving_changes_nothing(PUNCTUAL_RETURNS, voyage, naps)


@LIVELILY
@given(chapters=AFTERNOONS, naps=NAPS)
def test_nor_among_living_buyers(chapters, naps):
    assert_saving_changes_nothing(WorldConfig(), [FULL_OF_LIFE, *chapters], naps)


@pytest.mark.usefixtures("everything_on_the_hour", "buyers_on_the_hour")
@LIVELILY
@given(chapters=AFTERNOONS, naps=NAPS)
def test_nor_among_living_buyers_who_all_act_on_the_hour(chapters, naps):
    assert_saving_changes_nothing(PUNCTUAL_RETURNS, [FULL_OF_LIFE, *chapters], naps)
