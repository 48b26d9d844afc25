"""By which channel goods reach the buyer: from home, from a warehouse abroad, by a supplier, and in
a shop that the platform has no part in (X1-X3, M4)."""

from dataclasses import replace

import pytest

from simulator import Mode, Purchase, World, WorldConfig, facts
from simulator.catalog import SHELF
from simulator.channels.model import Channel, ChannelTerms, StockTerms, Transport, WhenOut
from simulator.channels.suppliers import Supplier
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Burst
from simulator.disputes.case import Cause
from simulator.errors import (
    BadSetting,
    CancellationPending,
    GoodsElsewhere,
    NotOnPlatform,
    OutOfStock,
    UnknownName,
)
from simulator.market import STANDARD, market_named

MUG, MAT = SHELF[4].id, SHELF[6].id
PUNCTUAL = Supplier("punctual", "Punctual Ltd", (DAY, DAY), 0, (0, 0), 0)
TARDY = Supplier("tardy", "Tardy Ltd", (DAY, DAY), 1, (5 * DAY, 5 * DAY), 0)
NAYSAYER = Supplier("naysayer", "Naysayer Ltd", (DAY, DAY), 0, (0, 0), 1)


@pytest.fixture
def config():
    return WorldConfig(
        channels=ChannelTerms(
            stock=StockTerms(units={MUG: 2}, air_span=(9 * DAY, 9 * DAY)),
            suppliers=(PUNCTUAL, TARDY, NAYSAYER),
        ),
        independent_shops=("Harbour Lights",),
    )


@pytest.fixture
def world(config):
    return World(config)


@pytest.fixture
def line(world):
    """The mug in the first shop's warehouse abroad: on hand, reserved."""

    def read(sku_id=MUG):
        found = world.registry.stock.lines[world.registry.stock.yards[first_shop(world)]][sku_id]
        return found.on_hand, found.reserved

    return read


def first_shop(world):
    return next(iter(world.registry.shops))


def own_shop(world):
    return next(shop.id for shop in world.registry.shops.values() if shop.independent)


def bought(place, channel, *skus, **more):
    return place(channel=channel, sku_ids=skus or (MUG,), **more)


# X1: from home.


def test_an_order_comes_from_home_unless_it_says_otherwise(told, place):
    order = place()
    (placed,) = told.of(facts.OrderPlaced)

    assert (order.channel, placed.channel, order.city) == ("direct", "direct", "Shenzhen")


def test_an_unknown_channel_is_told_with_those_that_there_are(place):
    with pytest.raises(UnknownName, match="known are direct, overseas, dropship"):
        place(channel="teleport")


def test_each_booking_says_what_it_costs(told, released, world):
    order = released(mode=Mode.SELLER, sku_ids=(MUG,))
    world.sellers.book(order.id, "yunexpress")
    (bill,) = told.of(facts.FreightCharged)

    # 380 g: 20.709 + 68.877 a kilogram, and no more for its size of 1584 cm3.
    assert (bill.carrier, bill.channel, bill.amount_minor) == ("yunexpress", "direct", 4688)
    assert (bill.currency, bill.subsidy_minor) == ("CNY", 0)


def test_a_subsidy_is_the_platforms_and_for_its_own_carrier_only():
    world = World(WorldConfig(market=replace(STANDARD, subsidy_percent=30)))
    bills = []
    world.journal.subscribe(
        lambda _seq, _at, fact: bills.append(fact) if type(fact) is facts.FreightCharged else None
    )
    for mode in Mode:
        world.buyers.place_order(Purchase(mode=mode, behaviour="prompt"))
    world.advance(later(world.now, 2 * DAY))
    by_carrier = {bill.carrier: bill for bill in bills}

    assert by_carrier["jt"].subsidy_minor == by_carrier["jt"].amount_minor * 30 // 100 > 0
    assert by_carrier["ups"].subsidy_minor == 0


def test_too_large_a_parcel_is_charged_by_the_list_all_the_same(told, released, world):
    order = released(mode=Mode.SELLER, sku_ids=(MAT,))  # 62 cm, where lines take 60
    world.sellers.book(order.id, "yunexpress")

    assert told.of(facts.FreightCharged)[0].amount_minor > 0


# X2: from abroad.


def test_goods_abroad_travel_within_the_country_only(told, place, world, wait):
    order = bought(place, "overseas", behaviour="prompt")
    wait(20 * DAY)
    scans = [fact.scan for fact in told.of(facts.ParcelScanned)]
    parcel = world.parcel(order.parcel_ids[0])

    assert (order.city, order.status) == ("Daventry", "COMPLETED")
    assert scans == ["picked_up", "arrived_at_hub", "out_for_delivery", "delivered"]
    assert {scan.timezone for scan in parcel.scans} == {"Europe/London"}
    assert order.delivered_at - order.placed_at < 6 * DAY
    assert told.of(facts.RuleBreached) == []


@pytest.mark.parametrize("market", ["us", "uk", "sea"])
def test_every_market_has_a_place_for_goods_abroad(market, config):
    world = World(replace(config, market=market_named(market)))
    order = world.buyers.place_order(
        Purchase(channel="overseas", sku_ids=(MUG,), behaviour="prompt")
    )
    world.advance(later(world.now, 25 * DAY))

    warehouse = world.registry.warehouses[order.warehouse_id]
    assert warehouse.address.region == world.config.market.region
    assert order.status == "COMPLETED"


def test_a_parcel_abroad_may_be_dropped_off_at_the_countrys_hub(told, place, world, wait):
    order = bought(place, "overseas")
    wait(HOUR)
    world.sellers.ready_to_ship(order.id, "drop_off")
    wait(3 * DAY)
    first = told.of(facts.ParcelScanned)[0]

    assert (first.place, first.timezone) == ("Daventry Parcel Hub", "Europe/London")


def test_checkout_reserves_and_the_carrier_takes(line, place, told, wait):
    bought(place, "overseas", behaviour="prompt")
    assert line() == (2, 1)
    wait(5 * DAY)
    assert line() == (1, 0)
    assert [(fact.cause, fact.units) for fact in told.of(facts.StockMoved)] == [
        ("reserved", 1),
        ("taken", 1),
    ]


@pytest.mark.parametrize("paid", [True, False])
def test_a_cancelled_order_gives_its_goods_back(line, place, told, world, wait, paid):
    order = bought(place, "overseas", MUG, MUG, paid=paid)
    assert line() == (2, 2)
    if paid:
        world.buyers.cancel(order.id)
    else:
        wait(DAY)  # the platform's patience

    assert (order.status, line()) == ("CANCELLED", (2, 0))
    assert told.of(facts.StockMoved)[-1].cause == "released"


def test_what_has_left_does_not_come_back_by_a_cancellation(line, place, world, wait):
    order = bought(place, "overseas", mode=Mode.SELLER)
    wait(HOUR)
    world.sellers.book(order.id, "ups")
    wait(2 * DAY)
    world.buyers.cancel(order.id)  # collected, but not marked as shipped
    world.sellers.answer_cancellation(order.id, granted=True)

    assert (order.status, line()) == ("CANCELLED", (1, 0))


def test_out_of_stock_refuses_and_leaves_no_trace(line, place, world):
    bought(place, "overseas", MUG, MUG)
    before = world.save()
    with pytest.raises(OutOfStock, match="1 of SKU"):
        bought(place, "overseas")

    assert world.save() == before
    assert line() == (2, 2)


def test_part_of_a_basket_is_no_basket(line, place):
    with pytest.raises(OutOfStock):
        bought(place, "overseas", MUG, MAT)

    assert line() == (2, 0)


def test_without_stock_there_is_no_warehouse_abroad():
    world = World()
    assert not world.registry.stock.yards
    with pytest.raises(OutOfStock):
        world.buyers.place_order(Purchase(channel="overseas"))


def test_only_carriers_at_home_there_collect_abroad(place, world, wait):
    order = bought(place, "overseas", mode=Mode.SELLER)
    wait(HOUR)
    before = world.journal.length
    with pytest.raises(Exception, match="no door pickup in Daventry"):
        world.sellers.book(order.id, "epacket")

    assert world.journal.length == before
    assert world.sellers.book(order.id, "dhl")


def buyers_of(world, orders, **wishes):
    buying = Buying(channel=(("overseas", 1.0),), items=(MUG,), **wishes)
    world.add_demand(Plan(burst=Burst(orders, HOUR), buying=buying))
    world.advance(later(world.now, 2 * HOUR))


def test_a_sources_buyers_take_from_home_what_is_not_abroad(told, world, line):
    buyers_of(world, 5)

    assert [fact.channel for fact in told.of(facts.OrderPlaced)] == ["overseas"] * 2 + [
        "direct"
    ] * 3
    assert {(out.sku_id, out.wanted, out.free, out.instead) for out in told.of(facts.StockOut)} == {
        (MUG, 1, 0, "direct")
    }
    assert line() == (2, 2)


def test_or_they_are_lost(config):
    terms = replace(config.channels, stock=StockTerms(units={MUG: 1}, when_out=WhenOut.LOST))
    world = World(replace(config, channels=terms))
    buyers_of(world, 4)

    assert len(world.registry.orders) == 1


def test_a_consignment_arrives_when_it_is_due(told, world, line, wait):
    sent = world.desk.send_consignment(MUG, 40, Transport.AIR)
    wait(9 * DAY - 1)
    assert (line(), told.of(facts.ConsignmentArrived)) == ((2, 0), [])
    wait(1)
    assert (line(), world.now) == ((42, 0), sent.due_at)
    assert [fact.units for fact in told.of(facts.ConsignmentArrived)] == [40]
    assert world.registry.consignments == {}


@pytest.mark.parametrize("units", [0, -1, 100_001])
def test_nobody_sends_so_many(world, units):
    with pytest.raises(BadSetting):
        world.desk.send_consignment(MUG, units)


def test_goods_may_be_sent_where_none_were():
    world = World()
    world.desk.send_consignment(MUG, 3, Transport.AIR)
    world.advance(later(world.now, 12 * DAY))

    assert world.buyers.place_order(Purchase(channel="overseas", sku_ids=(MUG,))).city == "Daventry"


def test_more_is_sent_once_when_few_are_left(config):
    stock = StockTerms(units={MUG: 4}, reorder_at=2, reorder_units=10, sea_span=(DAY, DAY))
    world = World(replace(config, channels=replace(config.channels, stock=stock)))
    sent = []
    world.journal.subscribe(
        lambda _seq, at, fact: sent.append(at) if type(fact) is facts.ConsignmentSent else None
    )
    for _ in range(4):
        world.buyers.place_order(Purchase(channel="overseas", sku_ids=(MUG,)))
        world.advance(later(world.now, HOUR))

    assert sent == [world.config.starts_at + HOUR], "at two left, and not again while it is coming"


# X3: by a supplier.


def test_a_supplier_ships_and_the_order_goes_its_way(told, world, released, wait):
    order = released(channel="dropship")
    world.desk.pass_to_supplier(order.id, "punctual")
    wait(DAY)
    assert [fact.late_s for fact in told.of(facts.SupplierShipped)] == [0]
    assert order.status == "AWAITING_COLLECTION"
    wait(30 * DAY)
    assert order.status == "COMPLETED"
    assert told.of(facts.RuleBreached) == []
    assert world.registry.errands == {}


def test_a_late_supplier_breaches_the_sellers_deadline(told, world, released, wait):
    order = released(channel="dropship")
    world.desk.pass_to_supplier(order.id, "tardy")
    wait(30 * DAY)

    assert [fact.late_s for fact in told.of(facts.SupplierShipped)] == [5 * DAY]
    assert {(fact.rule, fact.liable) for fact in told.of(facts.RuleBreached)} == {
        ("D1", "seller"),
        ("D4", "seller"),
    }
    assert order.status == "COMPLETED"


def test_in_seller_shipping_the_supplier_books_and_the_seller_marks(world, released, wait):
    order = released(channel="dropship", mode=Mode.SELLER)
    world.desk.pass_to_supplier(order.id, "punctual")
    wait(2 * DAY)
    parcel = world.parcel(order.parcel_ids[0])
    assert (parcel.carrier, order.status) == ("ups", "AWAITING_SHIPMENT")

    world.sellers.mark_shipped(order.id, parcel.carrier, parcel.tracking_number)
    wait(30 * DAY)
    assert order.status == "COMPLETED"


def test_what_is_left_of_a_partly_shipped_order_may_be_passed_on(world, released, wait):
    common = {"channel": "dropship", "buyer": "ann", "combined": True}
    first = released(sku_ids=(MUG,), **common)
    order = released(sku_ids=(MUG, MAT), parcels=2, **common)
    world.desk.pass_to_supplier(first.id, "punctual")
    wait(2 * DAY)
    assert order.status == "PARTIALLY_SHIPPING", "one of its parcels it shared with the other order"

    world.desk.pass_to_supplier(order.id, "punctual")
    wait(40 * DAY)
    assert {first.status, order.status} == {"COMPLETED"}


def test_a_refusal_gives_the_order_back(told, world, released, wait):
    order = released(channel="dropship")
    world.desk.pass_to_supplier(order.id, "naysayer")
    wait(DAY)
    assert [fact.reason for fact in told.of(facts.SupplierRefused)] == ["sold_out"]

    world.desk.pass_to_supplier(order.id, "punctual")
    wait(30 * DAY)
    assert order.status == "COMPLETED"


def test_a_simulated_seller_passes_orders_on_and_asks_the_next_after_a_refusal(config):
    terms = replace(config.channels, suppliers=(NAYSAYER, PUNCTUAL))
    world = World(replace(config, channels=terms))
    for mode in (Mode.PLATFORM, Mode.SELLER) * 4:
        world.buyers.place_order(Purchase(mode=mode, channel="dropship", behaviour="prompt"))
    world.advance(later(world.now, 60 * DAY))

    assert {order.status for order in world.registry.orders.values()} == {"COMPLETED"}
    assert {order.passed for order in world.registry.orders.values()} == {1, 2}


def test_a_supplier_does_not_ship_what_may_be_cancelled(told, world, released, wait):
    order = released(channel="dropship")
    world.desk.pass_to_supplier(order.id, "punctual")
    world.buyers.cancel(order.id)
    wait(47 * HOUR)
    assert told.of(facts.SupplierShipped) == []
    wait(2 * HOUR)  # silence grants it
    assert order.status == "CANCELLED"
    assert (told.of(facts.SupplierShipped), world.registry.errands) == ([], {})


def test_nor_does_it_forget_what_is_wanted_after_all(told, world, released, wait):
    order = released(channel="dropship")
    world.desk.pass_to_supplier(order.id, "punctual")
    world.buyers.cancel(order.id)
    wait(25 * HOUR)
    world.buyers.withdraw_cancellation(order.id)
    wait(6 * HOUR)
    assert [0 < fact.late_s <= 6 * HOUR for fact in told.of(facts.SupplierShipped)] == [True]


def test_an_order_that_may_be_cancelled_is_not_passed_on(world, released):
    order = released(channel="dropship")
    world.buyers.cancel(order.id)
    with pytest.raises(CancellationPending):
        world.desk.pass_to_supplier(order.id, "punctual")


@pytest.mark.parametrize(
    "act",
    [
        lambda world, order: world.sellers.ready_to_ship(order.id),
        lambda world, order: world.sellers.book(order.id, "ups"),
        lambda world, order: world.sellers.mark_shipped(order.id, "ups", "MY-OWN-1"),
    ],
)
def test_what_a_supplier_has_the_seller_cannot_ship(world, released, act):
    order = released(channel="dropship", mode=Mode.SELLER)
    with pytest.raises(GoodsElsewhere):
        act(world, order)


def test_an_order_is_with_one_supplier_at_a_time(world, released):
    order = released(channel="dropship")
    world.desk.pass_to_supplier(order.id, "tardy")
    with pytest.raises(GoodsElsewhere):
        world.desk.pass_to_supplier(order.id, "punctual")


def test_goods_abroad_need_no_supplier(world, place, wait):
    order = bought(place, "overseas")
    wait(HOUR)
    with pytest.raises(GoodsElsewhere):
        world.desk.pass_to_supplier(order.id, "punctual")


def test_a_seller_with_goods_at_home_may_ask_a_supplier_too(world, released, wait):
    order = released()
    world.desk.pass_to_supplier(order.id, "punctual")
    wait(2 * DAY)

    assert (order.channel, order.supplier) == (Channel.DROPSHIP, "punctual")


# M4: independent shops.


@pytest.fixture
def own(place, world):
    return lambda **wishes: place(shop_id=own_shop(world), **wishes)


def test_an_independent_shops_order_owes_the_platform_nothing(told, own, wait):
    order = own()
    assert (order.mode, order.status, order.has_hold) == ("seller", "AWAITING_SHIPMENT", False)
    wait(60 * DAY)

    assert told.of(facts.RuleBreached) == []
    assert told.of(facts.TrackingAnomaly) == []
    assert order.status == "AWAITING_SHIPMENT"


def test_its_buyer_expects_the_delivery_all_the_same(told, own, wait):
    order = own()
    wait(21 * DAY - 1)
    assert told.of(facts.DeliveryExpected) == []
    wait(1)
    assert told.of(facts.DeliveryExpected) == [
        facts.DeliveryExpected(order.id, later(order.placed_at, 21 * DAY))
    ]


def test_what_came_is_not_waited_for(told, own, world, wait):
    order = own(behaviour="prompt")
    wait(60 * DAY)

    assert order.status == "COMPLETED"
    assert told.of(facts.DeliveryExpected) == []
    assert world.next_due is None


def test_the_shop_sees_its_carriers_scans_and_need_not_mark(own, world, wait):
    order = own()
    number = world.sellers.book(order.id, "yunexpress")
    wait(4 * DAY)

    (parcel,) = world.registry.parcels_of(order)
    assert (order.status, parcel.claimed_number) == ("IN_TRANSIT", number)


def test_what_has_left_is_not_cancelled(told, own, world, wait):
    order = own()
    world.sellers.book(order.id, "ups")
    world.buyers.cancel(order.id)
    wait(DAY)

    assert order.status == "IN_TRANSIT"
    assert [fact.status for fact in told.of(facts.CancellationMoved)] == ["pending", "closed"]


def test_it_may_dropship(own, world, wait):
    order = own(channel="dropship")
    world.desk.pass_to_supplier(order.id, "punctual")
    wait(30 * DAY)

    assert order.status == "COMPLETED"


def test_the_platform_hears_no_complaint_about_it(own, world, wait):
    order = own(behaviour="prompt")
    wait(3 * DAY)
    with pytest.raises(NotOnPlatform):
        world.buyers.complain(order.id, Cause.LATE)
    with pytest.raises(NotOnPlatform):
        world.desk.complain_about_carrier(order.id)


def test_the_money_is_the_shops_from_the_start(own, world):
    order = own()
    held = world.settlement(order.id)
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)
    (entry,) = world.registry.books.ledger(order.id)

    assert (held.held_minor, held.payout_minor) == (0, order.total_minor)
    assert (entry.payer, entry.payee, entry.amount_minor) == ("seller", "buyer", order.total_minor)


def test_late_orders_of_its_own_cost_no_points():
    config = WorldConfig(market=market_named("us"), independent_shops=("Harbour Lights",))
    world = World(config)
    shop = own_shop(world)
    world.buyers.place_order(Purchase(shop_id=shop))
    world.advance(later(world.now, 30 * DAY))

    assert world.penalties(shop).points == 0


@pytest.mark.parametrize(
    "terms",
    [
        ChannelTerms(stock=StockTerms(units={"nope": 1})),
        ChannelTerms(stock=StockTerms(units={MUG: -1})),
        ChannelTerms(stock=StockTerms(reorder_units=-1)),
        ChannelTerms(stock=StockTerms(sea_span=(2, 1))),
        ChannelTerms(suppliers=(replace(TARDY, late=1.5),)),
        ChannelTerms(suppliers=(replace(TARDY, lead_span=(-1, 1)),)),
        ChannelTerms(suppliers=(TARDY, TARDY)),
    ],
)
def test_terms_that_nobody_could_keep_are_refused(terms):
    with pytest.raises((BadSetting, UnknownName)):
        World(WorldConfig(channels=terms))
