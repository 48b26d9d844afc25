"""What the marketplace refuses. A refusal changes nothing, and leaves no fact.

Each case sets its stage and gives back the command that is refused.
"""

from dataclasses import replace
from functools import partial

import pytest

from simulator import Mode, Purchase, World, WorldConfig, errors, market_named
from simulator.bundling import HowSent
from simulator.cancelling import No
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR, Instant, later
from simulator.commands import Command
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Steady
from simulator.disputes.case import Cause
from simulator.papers.model import InvoiceFile
from simulator.parcels.evidence import Photo
from simulator.parcels.labelling import Label
from simulator.parcels.model import Handover, Slot
from simulator.parcels.packing import Packing
from simulator.reasons.checking import reject_reasons
from simulator.reasons.model import About
from simulator.returns.model import Kind
from simulator.returns.signals import Offered
from simulator.returns.wishes import Wanted
from simulator.service.model import Kind as MessageKind
from simulator.service.model import Said
from simulator.shipments.model import Piece
from tests.simulator.shippers import call, local, wish


def ordered(world, *, hours=1, **wishes):
    order = world.buyers.place_order(Purchase(**wishes))
    world.advance(later(world.now, hours * HOUR))
    return order


def seller_order(world):
    return ordered(world, mode=Mode.SELLER)


def cancelling(world, **wishes):
    order = ordered(world, **wishes)
    world.buyers.cancel(order.id)
    return order


def handed_over(world):
    """A parcel that its carrier has, on a day's way."""
    order = ordered(world)
    world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, DAY))
    return order


def photo(world):
    return Photo("front.jpg", "image/jpeg", "0" * 64, 1, world.now)


def splitting_where_nobody_does(_world):
    elsewhere = World(WorldConfig(market=market_named("us")))
    order = ordered(elsewhere, sku_ids=(SHELF[0].id, SHELF[2].id))
    return lambda: elsewhere.sellers.split(order.id, [[item.id] for item in order.items])


def in_ways(**ways):
    """A world whose market has these ways."""
    market = market_named("standard")
    return World(WorldConfig(market=replace(market, ways=replace(market.ways, **ways))))


def restoring_a_world_without_orders(world):
    saved = {name: part for name, part in world.save().items() if name != "orders"}
    return lambda: World.restore(saved)


def shipping_without_an_invoice(_world):
    there = in_ways(invoice_first=True)
    order = ordered(there)
    return lambda: there.sellers.ready_to_ship(order.id)


def shipping_more_than_the_carrier_takes(world):
    order = ordered(world, sku_ids=(SHELF[4].id,) * 12)
    return lambda: world.sellers.ready_to_ship(order.id)


def shipping_some_units_of_a_sku(_world):
    there = in_ways(splits_whole_skus=True)
    order = ordered(there, mode=Mode.SELLER, sku_ids=(SHELF[0].id,) * 2)
    one = [order.items[0].id]
    return lambda: there.sellers.mark_shipped(order.id, "ups", "1Z12345", one)


def a_second_invoice(_world):
    there = in_ways(invoice_first=True)
    order = ordered(there)
    upload = partial(
        there.papers.upload_invoice, order.parcel_ids[0], [order.id], InvoiceFile("1" * 44)
    )
    upload()
    return upload


def an_invoice_of_other_orders(_world):
    there = in_ways(invoice_first=True)
    order = ordered(there)
    return lambda: there.papers.upload_invoice(order.parcel_ids[0], ["5"], InvoiceFile())


def an_invoice_where_nobody_asks(world):
    order = ordered(world)
    return lambda: world.papers.upload_invoice(order.parcel_ids[0], [order.id], InvoiceFile())


def shipping_what_customs_do_not_know(_world):
    there = in_ways(customs_first=True)
    order = ordered(there)
    return lambda: there.sellers.ready_to_ship(order.id)


def shipping_a_part_that_customs_do_not_know(_world):
    there = in_ways(customs_first=True)
    order = ordered(there, sku_ids=SKUS)
    return lambda: there.sellers.ready_to_ship(order.id, item_ids=[order.items[0].id])


def delivering_what_a_carrier_has(world):
    order = handed_over(world)
    return lambda: world.papers.deliver(order.parcel_ids[0])


def a_bundle_of_what_is_not_shipped(_world):
    there = in_ways(bundles_first_mile=True)
    order = ordered(there)

    def bundle():
        made, refused = there.papers.bundle([order.id], HowSent(Handover.PICKUP))
        assert made is None
        raise refused[0]

    return bundle


def an_unknown_order(world):
    return lambda: world.buyers.pay("576400000001000000")


def an_unknown_parcel(world):
    return lambda: world.parcel("115200000001000000")


def an_unknown_shop(world):
    return lambda: world.buyers.place_order(Purchase(shop_id="749400000009000000"))


def an_unknown_sku(world):
    return lambda: world.buyers.place_order(Purchase(sku_ids=("nope",)))


def an_unknown_behaviour(world):
    return lambda: world.buyers.place_order(Purchase(behaviour="nope"))


def a_carrier_that_cannot_be(_world):
    return lambda: World(WorldConfig(carriers={"jt": {"transit_factor": "slow"}}))


def booking_an_unknown_service(world):
    order = seller_order(world)
    return lambda: world.sellers.book(order.id, "ups", "same_day")


def an_unknown_line_item(world):
    order = seller_order(world)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345", ["577000000001000000"])


def paying_twice(world):
    order = ordered(world, hours=0)
    return lambda: world.buyers.pay(order.id)


def paying_too_late(world):
    order = ordered(world, paid=False, hours=24)
    return lambda: world.buyers.pay(order.id)


def confirming_before_the_delivery(world):
    order = ordered(world)
    return lambda: world.buyers.confirm(order.id)


def cancelling_once_the_carrier_is_called(world):
    order = ordered(world)
    world.sellers.ready_to_ship(order.id)
    return lambda: world.buyers.cancel(order.id)


def cancelling_a_shipped_order(world):
    order = ordered(world)
    world.sellers.ready_to_ship(order.id)
    world.advance(later(world.now, 24 * HOUR))
    return lambda: world.buyers.cancel(order.id)


def cancelling_twice(world):
    order = cancelling(world)
    return lambda: world.buyers.cancel(order.id)


def cancelling_a_cancelled_order(world):
    order = cancelling(world, hours=0)
    return lambda: world.buyers.cancel(order.id)


def withdrawing_what_nobody_asked(world):
    order = ordered(world)
    return lambda: world.buyers.withdraw_cancellation(order.id)


def granting_what_nobody_asked(world):
    order = ordered(world)
    return lambda: world.sellers.answer_cancellation(order.id, granted=True)


def turning_down_what_was_withdrawn(world):
    order = cancelling(world)
    world.buyers.withdraw_cancellation(order.id)
    return lambda: world.sellers.answer_cancellation(order.id, granted=False)


def moving_too_late(world):
    order = ordered(world)
    world.sellers.ready_to_ship(order.id)
    return lambda: world.buyers.change_address(order.id)


def shipping_an_unpaid_order(world):
    order = ordered(world, paid=False)
    return lambda: world.sellers.ready_to_ship(order.id)


def shipping_twice(world):
    order = ordered(world)
    world.sellers.ready_to_ship(order.id)
    return lambda: world.sellers.ready_to_ship(order.id)


def shipping_in_the_remorse_hour(world):
    order = ordered(world, hours=0)
    return lambda: world.sellers.ready_to_ship(order.id)


def marking_in_the_remorse_hour(world):
    order = ordered(world, hours=0, mode=Mode.SELLER)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345")


def shipping_what_is_to_be_cancelled(world):
    order = cancelling(world)
    return lambda: world.sellers.ready_to_ship(order.id)


def booking_what_is_to_be_cancelled(world):
    order = cancelling(world, mode=Mode.SELLER)
    return lambda: world.sellers.book(order.id, "ups")


def marking_what_is_to_be_cancelled(world):
    order = cancelling(world, mode=Mode.SELLER)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345")


def ready_to_ship_in_seller_shipping(world):
    order = seller_order(world)
    return lambda: world.sellers.ready_to_ship(order.id)


def booking_in_platform_shipping(world):
    order = ordered(world)
    return lambda: world.sellers.book(order.id, "ups")


def marking_in_platform_shipping(world):
    order = ordered(world)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345")


def booking_twice(world):
    order = seller_order(world)
    world.sellers.book(order.id, "ups")
    return lambda: world.sellers.book(order.id, "ups")


def marking_twice(world):
    order = seller_order(world)
    world.sellers.mark_shipped(order.id, "ups", "1Z12345")
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345")


def a_pickup_in_a_city_without(world):
    order = ordered(world, city="Yiwu")
    return lambda: world.sellers.ready_to_ship(order.id, Handover.PICKUP)


def booking_a_carrier_without_a_van_here(world):
    order = ordered(world, city="Yiwu", mode=Mode.SELLER)
    return lambda: world.sellers.book(order.id, "jt")


def a_slot_at_night(world):
    order = ordered(world)
    midnight = later(world.now, 15 * HOUR)
    slot = Slot(midnight, later(midnight, 2 * HOUR))
    return lambda: world.sellers.ready_to_ship(order.id, slot=slot)


def a_slot_in_the_past(world):
    order = ordered(world, hours=5)
    ten = later(order.placed_at, 2 * HOUR)
    slot = Slot(ten, later(ten, 2 * HOUR))
    return lambda: world.sellers.ready_to_ship(order.id, slot=slot)


def a_slot_past_its_cut_off(world):
    order = ordered(world)
    world.advance(later(world.now, 1))
    ten = later(order.placed_at, 2 * HOUR)
    slot = Slot(ten, later(ten, 2 * HOUR))
    return lambda: world.sellers.ready_to_ship(order.id, slot=slot)


def a_slot_at_the_end_of_time(world):
    order = ordered(world)
    slot = Slot(Instant(10**15), Instant(10**15 + 2 * HOUR))
    return lambda: world.sellers.ready_to_ship(order.id, slot=slot)


def booking_an_unknown_carrier(world):
    order = seller_order(world)
    return lambda: world.sellers.book(order.id, "post")


def marking_with_an_unknown_carrier(world):
    order = seller_order(world)
    return lambda: world.sellers.mark_shipped(order.id, "post", "1Z12345")


def holding_an_unknown_carrier(world):
    return lambda: world.carriers.hold("post", HOUR)


def a_number_that_nobody_prints(world):
    order = seller_order(world)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z 12345")


def somebody_elses_number(world):
    other, order = seller_order(world), seller_order(world)
    number = world.sellers.book(other.id, "ups")
    return lambda: world.sellers.mark_shipped(order.id, "ups", number)


def the_labels_number_under_another_carriers_name(world):
    order = seller_order(world)
    number = world.sellers.book(order.id, "ups")
    return lambda: world.sellers.mark_shipped(order.id, "dhl", number)


def some_of_the_items(world):
    skus = ("172900002000015838", "172900003000023757")
    order = ordered(world, mode=Mode.SELLER, sku_ids=skus)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345", [order.items[0].id])


def marked(world, **wishes):
    order = ordered(world, mode=Mode.SELLER, **wishes)
    world.sellers.mark_shipped(order.id, "ups", f"1Z{order.id}")
    return order


def correcting(world, order, number="1Z777"):
    return lambda: world.sellers.correct_shipment(order.parcel_ids[0], "ups", number)


def correcting_twice(world):
    order = marked(world)
    correcting(world, order)()
    return correcting(world, order, "1Z778")


def correcting_too_late(world):
    order = marked(world)
    world.advance(later(world.now, 72 * HOUR + 1))
    return correcting(world, order)


def correcting_what_was_not_shipped(world):
    return correcting(world, seller_order(world))


def correcting_a_platform_parcel(world):
    return correcting(world, handed_over(world))


def a_number_of_twenty_orders(world):
    orders = [ordered(world, mode=Mode.SELLER, buyer="ann") for _ in range(21)]
    for order in orders[:20]:
        world.sellers.mark_shipped(order.id, "ups", "1Z12345")
    return lambda: world.sellers.mark_shipped(orders[20].id, "ups", "1Z12345")


def packing_what_has_left(world):
    order = handed_over(world)
    return lambda: world.desk.declare_packing(order.parcel_ids[0], Packing())


def labelling_what_has_left(world):
    order = handed_over(world)
    return lambda: world.desk.declare_label(order.parcel_ids[0], Label())


def evidence_of_an_unknown_parcel(world):
    return lambda: world.desk.attach_evidence("115200000001000000", photo(world))


def evidence_from_the_future(world):
    order = ordered(world)
    tomorrow = replace(photo(world), taken_at=later(world.now, DAY))
    return lambda: world.desk.attach_evidence(order.parcel_ids[0], tomorrow)


def a_photo_too_many(world):
    order = ordered(world)
    for _ in range(20):
        world.desk.attach_evidence(order.parcel_ids[0], photo(world))
    return lambda: world.desk.attach_evidence(order.parcel_ids[0], photo(world))


def complaining_about_the_sellers_own_carrier(world):
    order = seller_order(world)
    return lambda: world.desk.complain_about_carrier(order.id)


def complaining_about_a_carrier_in_the_remorse_hour(world):
    order = ordered(world, hours=0)
    return lambda: world.desk.complain_about_carrier(order.id)


def complaining_about_a_carrier_long_after(world):
    order = ordered(world)
    world.advance(later(world.now, 41 * DAY))
    return lambda: world.desk.complain_about_carrier(order.id)


def complaining_about_a_carrier_again_and_again(world):
    order = ordered(world)
    for _ in range(10):
        world.desk.complain_about_carrier(order.id)
    return lambda: world.desk.complain_about_carrier(order.id)


def appealing_in_no_case(world):
    return lambda: world.desk.appeal("405100000001000000")


def appealing_before_a_decision(world):
    complaint = world.desk.complain_about_carrier(ordered(world).id)
    return lambda: world.desk.appeal(complaint.id)


def appealing_too_late(world):
    complaint = world.desk.complain_about_carrier(ordered(world).id)
    world.advance(later(world.now, 40 * DAY))
    return lambda: world.desk.appeal(complaint.id)


def appealing_a_third_time(world):
    complaint = world.desk.complain_about_carrier(ordered(world).id)
    world.advance(later(world.now, 6 * DAY))
    for _ in range(2):
        world.desk.appeal(complaint.id)
        world.advance(later(world.now, 5 * DAY))
    return lambda: world.desk.appeal(complaint.id)


def a_buyer_who_should_cancel_instead(world):
    order = ordered(world)
    return lambda: world.buyers.complain(order.id, Cause.NOT_RECEIVED)


def a_buyer_who_complains_twice(world):
    order = handed_over(world)
    world.buyers.complain(order.id, Cause.LATE)
    return lambda: world.buyers.complain(order.id, Cause.NOT_RECEIVED)


def a_buyer_who_has_the_money_back(world):
    order = handed_over(world)
    complaint = world.buyers.complain(order.id, Cause.NOT_RECEIVED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    world.advance(later(world.now, 5 * DAY))
    return lambda: world.buyers.complain(order.id, Cause.LATE)


def answering_in_no_case(world):
    return lambda: world.desk.answer_complaint("405200000001000000", accepted=True)


def answering_twice(world):
    complaint = world.buyers.complain(handed_over(world).id, Cause.LATE)
    world.desk.answer_complaint(complaint.id, accepted=False)
    return lambda: world.desk.answer_complaint(complaint.id, accepted=True)


def an_unknown_temperament(world):
    return lambda: world.buyers.place_order(Purchase(temperament="nope"))


def delivered(world, **wishes):
    order = ordered(world, behaviour="prompt", **wishes)
    while order.status != "DELIVERED":
        world.advance(later(world.now, HOUR))
    return order


def returning(world):
    """A return that nobody has answered."""
    order = delivered(world)
    return order, world.buyers.request_return(order.id)


def refusing_what_is_not_on_its_way(world):
    order = ordered(world)
    return lambda: world.buyers.refuse(order.id)


def refusing_twice(world):
    order = handed_over(world)
    world.buyers.refuse(order.id)
    return lambda: world.buyers.refuse(order.id)


def returning_what_has_not_come(world):
    order = handed_over(world)
    return lambda: world.buyers.request_return(order.id)


def returning_twice(world):
    order, _ = returning(world)
    return lambda: world.buyers.request_return(order.id)


def returning_again_and_again(world):
    order = delivered(world)
    for _ in range(10):
        world.buyers.request_return(order.id)
        world.buyers.withdraw_return(order.id)
    return lambda: world.buyers.request_return(order.id)


def a_refund_beside_a_return(world):
    order, _ = returning(world)
    return lambda: world.buyers.ask_refund(order.id)


def returning_what_is_replaced(world):
    order = delivered(world, sku_ids=SKUS)
    first = order.items[0].id
    asked = world.buyers.request(order.id, Wanted(Kind.REPLACEMENT, item_ids=(first,)))
    world.sellers.answer_return(asked.id, granted=True)
    return lambda: world.buyers.request(order.id, Wanted(Kind.RETURN, item_ids=(first,)))


def returning_what_was_never_bought(world):
    order = delivered(world)
    return lambda: world.buyers.request(order.id, Wanted(Kind.RETURN, item_ids=("nope",)))


def refunding_a_part_of_what_is_on_its_way(world):
    order = ordered(world, sku_ids=SKUS)
    world.sellers.ready_to_ship(order.id)
    return lambda: world.buyers.ask_refund(order.id, item_ids=[order.items[0].id])


def refunding_more_than_was_paid(world):
    order = delivered(world)
    wanted = Wanted(Kind.REFUND, amount_minor=order.total_minor + 1)
    return lambda: world.sellers.begin_return(order.id, wanted)


def answering_what_is_offered(world):
    _, asked = returning(world)
    world.sellers.reply(asked.id, Offered(), 1)
    return lambda: world.sellers.answer_return(asked.id, granted=True)


def offering_again(world):
    order, asked = returning(world)
    world.sellers.reply(asked.id, Offered(), 1)
    world.buyers.answer_offer(order.id, accepted=False)
    return lambda: world.sellers.reply(asked.id, Offered(), 2)


def answering_what_the_platform_looks_at(world):
    order, asked = returning(world)
    world.sellers.answer_return(asked.id, granted=False)
    world.buyers.dispute_return(order.id)
    return lambda: world.sellers.answer_return(asked.id, granted=True)


def confirming_what_is_to_go_back(world):
    order, _ = returning(world)
    return lambda: world.buyers.confirm(order.id)


def a_refund_of_nothing(world):
    order = delivered(world)
    complaint = world.buyers.complain(order.id, Cause.DAMAGED)
    world.desk.answer_complaint(complaint.id, accepted=True)
    world.advance(later(world.now, 5 * DAY))
    return lambda: world.buyers.ask_refund(order.id)


def sending_back_what_nobody_granted(world):
    order, _ = returning(world)
    return lambda: world.buyers.ship_return(order.id)


def sending_back_what_nobody_asked_to_return(world):
    order = delivered(world)
    return lambda: world.buyers.ship_return(order.id)


def withdrawing_what_is_on_its_way_back(world):
    order, asked = returning(world)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id)
    return lambda: world.buyers.withdraw_return(order.id)


def disputing_before_a_no(world):
    order, _ = returning(world)
    return lambda: world.buyers.dispute_return(order.id)


def disputing_twice(world):
    order, asked = returning(world)
    world.sellers.answer_return(asked.id, granted=False)
    world.buyers.dispute_return(order.id)
    return lambda: world.buyers.dispute_return(order.id)


def answering_a_return_twice(world):
    _, asked = returning(world)
    world.sellers.answer_return(asked.id, granted=True)
    return lambda: world.sellers.answer_return(asked.id, granted=True)


def answering_an_unknown_return(world):
    return lambda: world.sellers.answer_return("403700000001000000", granted=True)


def inspecting_what_is_not_there(world):
    _, asked = returning(world)
    return lambda: world.sellers.inspect_return(asked.id, accepted=True)


def turning_time_back(world):
    return lambda: world.advance(Instant(world.now - 1))


def repeating_what_nobody_can_do(world):
    return partial(world.repeat, Command(world.now, "buyers", "fly", {}))


def a_source_that_nobody_could_bring(world):
    wrong = Buying(shop_id="749400000009000000", paid=2.0)
    return lambda: world.add_demand(Plan(steady=Steady(-1.0), count=0, buying=wrong))


def a_second_source_of_one_name(world):
    world.add_demand(Plan(steady=Steady(1.0)), name="evening")
    return lambda: world.add_demand(Plan(steady=Steady(1.0)), name="evening")


def stopping_an_unknown_source(world):
    return lambda: world.stop_demand("demand-7")


def stopping_a_source_twice(world):
    source = world.add_demand(Plan(steady=Steady(1.0)))
    world.stop_demand(source.id)
    return lambda: world.stop_demand(source.id)


def buying_what_is_not_abroad(world):
    return lambda: world.buyers.place_order(Purchase(channel="overseas"))


def its_shop(world):
    return next(iter(world.registry.shops))


def buying_what_is_off_sale(world):
    world.shopkeepers.deactivate(its_shop(world), SHELF[0].product_id)
    return lambda: world.buyers.place_order(Purchase(sku_ids=(SHELF[0].id,)))


def taking_back_what_the_platform_took_down(world):
    shop = its_shop(world)
    world.shopkeepers.take_down(shop, SHELF[0].product_id)
    return lambda: world.shopkeepers.activate(shop, SHELF[0].product_id)


def selling_an_unknown_product(world):
    return lambda: world.shopkeepers.activate(its_shop(world), "nope")


def selling_for_nothing(world):
    return lambda: world.shopkeepers.set_prices(its_shop(world), {SHELF[0].id: 0})


def counting_below_nought(world):
    shop = its_shop(world)
    home = world.registry.warehouses_of(shop)[0]
    return lambda: world.shopkeepers.count(shop, SHELF[0].id, {home.id: -1})


def counting_in_a_foreign_warehouse(world):
    return lambda: world.shopkeepers.count(its_shop(world), SHELF[0].id, {"nope": 1})


def buying_by_an_unknown_channel(world):
    return lambda: world.buyers.place_order(Purchase(channel="nope"))


def an_unknown_supplier(world):
    order = ordered(world, channel="dropship")
    return lambda: world.desk.pass_to_supplier(order.id, "nope")


def passing_an_order_on_in_the_remorse_hour(world):
    order = ordered(world, hours=0, channel="dropship")
    return lambda: world.desk.pass_to_supplier(order.id, "yiwu-general")


def passing_an_order_on_twice(world):
    order = ordered(world, channel="dropship")
    world.desk.pass_to_supplier(order.id, "yiwu-general")
    return lambda: world.desk.pass_to_supplier(order.id, "yiwu-general")


def passing_on_what_is_booked(world):
    order = seller_order(world)
    world.sellers.book(order.id, "ups")
    return lambda: world.desk.pass_to_supplier(order.id, "yiwu-general")


def shipping_what_a_supplier_has(world):
    order = ordered(world, channel="dropship")
    return lambda: world.sellers.ready_to_ship(order.id)


def booking_what_a_supplier_has(world):
    order = ordered(world, channel="dropship", mode=Mode.SELLER)
    return lambda: world.sellers.book(order.id, "ups")


def marking_what_a_supplier_has(world):
    order = ordered(world, channel="dropship", mode=Mode.SELLER)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "MY-OWN-1")


def sending_no_goods_abroad(world):
    return lambda: world.desk.send_consignment(SHELF[0].id, 0)


def sending_unknown_goods_abroad(world):
    return lambda: world.desk.send_consignment("nope", 1)


def complaining_about_an_independent_shop(_world):
    world = World(WorldConfig(independent_shops=("Own",)))
    shop = next(each.id for each in world.registry.shops.values() if each.independent)
    order = world.buyers.place_order(Purchase(shop_id=shop))
    return lambda: world.buyers.complain(order.id, Cause.LATE)


SKUS = ("172900002000015838", "172900002000015838", "172900004000031676")


def parted(world, **wishes):
    """An order of three items in two parcels; the first has one of them."""
    return ordered(world, sku_ids=SKUS, parcels=2, **wishes)


def two_of(world, **otherwise):
    """Two orders of one buyer, and what the second has *otherwise*."""
    one = world.buyers.place_order(Purchase(buyer="ann", sku_ids=SKUS))
    other = world.buyers.place_order(replace(Purchase(buyer="ann", sku_ids=SKUS), **otherwise))
    world.advance(later(world.now, HOUR))
    return one, other


def sharing(world):
    """Two orders of one buyer in one parcel."""
    one, other = two_of(world)
    shared = world.sellers.combine([*one.parcel_ids, *other.parcel_ids])
    return one, other, shared.id


def combining(world, *orders):
    parcel_ids = [parcel_id for order in orders for parcel_id in order.parcel_ids]
    return lambda: world.sellers.combine(parcel_ids)


def splitting(world, order, *groups):
    items = [item.id for item in order.items]
    return lambda: world.sellers.split(order.id, [[items[n] for n in group] for group in groups])


def one_number_for_several_parcels(world):
    order = parted(world, mode=Mode.SELLER)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345")


def all_items_of_several_parcels(world):
    order = parted(world, mode=Mode.SELLER)
    items = [item.id for item in order.items]
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345", items)


def items_of_two_parcels(world):
    order = parted(world, mode=Mode.SELLER)
    items = [item.id for item in order.items[:2]]
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345", items)


def readying_a_parcel_twice(world):
    order = parted(world)
    first = order.parcel_ids[0]
    world.sellers.ready_to_ship(order.id, parcel_id=first)
    return lambda: world.sellers.ready_to_ship(order.id, parcel_id=first)


def marking_a_parcel_twice(world):
    order = parted(world, mode=Mode.SELLER)
    first = order.parcel_ids[0]
    world.sellers.mark_shipped(order.id, "ups", "1Z12345", parcel_id=first)
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345", parcel_id=first)


def the_number_of_its_other_parcel(world):
    order = parted(world, mode=Mode.SELLER)
    world.sellers.mark_shipped(order.id, "ups", "1Z12345", parcel_id=order.parcel_ids[0])
    return lambda: world.sellers.mark_shipped(order.id, "ups", "1Z12345")


def readying_anothers_parcel(world):
    one, other = two_of(world)
    return lambda: world.sellers.ready_to_ship(one.id, parcel_id=other.parcel_ids[0])


def readying_what_shares_with_an_order_on_hold(world):
    one = ordered(world, buyer="ann", combined=True)
    world.buyers.place_order(Purchase(buyer="ann", combined=True))
    return lambda: world.sellers.ready_to_ship(one.id)


def splitting_in_the_remorse_hour(world):
    return splitting(world, ordered(world, hours=0, sku_ids=SKUS), [0], [1, 2])


def splitting_what_was_shipped(world):
    order = ordered(world, sku_ids=SKUS)
    world.sellers.ready_to_ship(order.id)
    return splitting(world, order, [0], [1, 2])


def splitting_what_was_shipped_in_part(world):
    order = parted(world)
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[0])
    return splitting(world, order, [0], [1, 2])


def splitting_what_shares_a_parcel(world):
    one, _, _ = sharing(world)
    return splitting(world, one, [0], [1, 2])


def splitting_into_one(world):
    return splitting(world, parted(world), [0, 1, 2])


def splitting_into_nothing(world):
    return splitting(world, parted(world), [0, 1, 2], [])


def splitting_and_leaving_out(world):
    return splitting(world, parted(world), [0], [1])


def splitting_what_is_not_in_it(world):
    order = parted(world)
    return lambda: world.sellers.split(order.id, [["577000000001000000"], ["x"]])


def splitting_a_sku(world):
    return splitting(world, ordered(world, sku_ids=SKUS), [0], [1, 2])


def combining_one(world):
    return combining(world, ordered(world))


def combining_one_with_itself(world):
    order = ordered(world)
    return combining(world, order, order)


def combining_two_buyers(world):
    return combining(world, *two_of(world, buyer="bo"))


def combining_two_cities(world):
    return combining(world, *two_of(world, city="Yiwu"))


def combining_two_modes(world):
    return combining(world, *two_of(world, mode=Mode.SELLER))


def combining_two_addresses(world):
    one, other = two_of(world)
    world.buyers.change_address(other.id)
    return combining(world, one, other)


def combining_too_many(world):
    orders = [world.buyers.place_order(Purchase(buyer="ann")) for _ in range(21)]
    world.advance(later(world.now, HOUR))
    return combining(world, *orders)


def combining_what_was_shipped(world):
    one, other = two_of(world)
    world.sellers.ready_to_ship(one.id)
    return combining(world, other, one)


def combining_what_is_to_be_cancelled(world):
    one, other = two_of(world)
    world.buyers.cancel(one.id)
    return combining(world, other, one)


def uncombining_what_is_alone(world):
    order = ordered(world)
    return lambda: world.sellers.uncombine(order.parcel_ids[0], order.id)


def uncombining_what_was_shipped(world):
    one, _, shared = sharing(world)
    world.sellers.ready_to_ship(one.id)
    return lambda: world.sellers.uncombine(shared, one.id)


def handing_over_what_has_left(world):
    order = handed_over(world)
    return lambda: world.sellers.hand_to(order.parcel_ids[0], "dhl")


def handing_over_to_nobody(world):
    order = ordered(world)
    return lambda: world.sellers.hand_to(order.parcel_ids[0], "post")


def losing_what_is_at_home(world):
    order = ordered(world)
    world.sellers.ready_to_ship(order.id)
    return lambda: world.carriers.lose(order.parcel_ids[0])


def losing_an_unknown_parcel(world):
    return lambda: world.carriers.lose("115200000001000000")


def scanning_out_of_turn(world):
    order = handed_over(world)
    return lambda: world.carriers.scan(order.parcel_ids[0], Scan.PICKED_UP)


def a_mishap_that_nobody_can_plan(world):
    order = handed_over(world)
    return lambda: world.carriers.plan(order.parcel_ids[0], Mishap.STRIKE)


def mishaps_below_nought(world):
    return lambda: world.set_mishaps(-1)


def a_world_of_too_many_mishaps(_world):
    return lambda: World(WorldConfig(mishaps=10_000))


def a_strike_by_nobody(world):
    strike = Closure("pigeon", "GB", "", world.now, later(world.now, DAY), "strike")
    return lambda: world.carriers.close(strike)


def skipping_a_pickup_where_there_is_none(world):
    return lambda: world.carriers.skip_pickup("jt", "Yiwu")


OUT_OF_STOCK = "seller_cancel_reason_out_of_stock"
REJECTS = "ecom_refund_reject_reason_cancel_unacceptable_uk"


def cancelling_for_no_reason(world):
    order = ordered(world)
    return lambda: world.sellers.cancel(order.id, "because")


def cancelling_for_a_buyers_reason(world):
    order = ordered(world)
    buyers = "ecom_order_to_ship_canceled_reason_better_price"
    return lambda: world.sellers.cancel(order.id, buyers)


def cancelling_for_a_reason_out_of_use(world):
    order = ordered(world)
    undeliverable = "seller_cancel_paid_reason_address_not_deliver"
    return lambda: world.sellers.cancel(order.id, undeliverable)


def cancelling_for_a_reason_of_unpaid_orders(world):
    order = ordered(world)
    return lambda: world.sellers.cancel(order.id, "seller_cancel_unpaid_reason_out_of_stock")


def cancelling_what_is_unpaid(world):
    order = ordered(world, paid=False)
    return lambda: world.sellers.cancel(order.id, "seller_cancel_unpaid_reason_out_of_stock")


def cancelling_what_was_shipped(world):
    order = handed_over(world)
    return lambda: world.sellers.cancel(order.id, OUT_OF_STOCK)


def cancelling_what_the_buyer_cancels(world):
    order = cancelling(world)
    return lambda: world.sellers.cancel(order.id, OUT_OF_STOCK)


def cancelling_single_items_where_nobody_may(world):
    order = ordered(world, sku_ids=(SHELF[0].id, SHELF[1].id))
    return lambda: world.sellers.cancel(order.id, OUT_OF_STOCK, [order.items[0].id])


def cancelling_another_orders_items(world):
    order = ordered(world)
    return lambda: world.sellers.cancel(order.id, OUT_OF_STOCK, ["577000000009000000"])


def cancelling_an_item_twice_at_once(world):
    order = ordered(world)
    return lambda: world.sellers.cancel(order.id, OUT_OF_STOCK, [order.items[0].id] * 2)


def approving_what_asked_nobody(world):
    order = ordered(world)
    asked = world.sellers.cancel(order.id, OUT_OF_STOCK)
    return lambda: world.sellers.approve_cancellation(asked.id)


def approving_what_was_withdrawn(world):
    order = cancelling(world)
    world.buyers.withdraw_cancellation(order.id)
    return lambda: world.sellers.approve_cancellation(order.cancellation.id)


def rejecting_what_was_granted(world):
    order = cancelling(world)
    world.sellers.answer_cancellation(order.id, granted=True)
    return lambda: world.sellers.reject_cancellation(order.cancellation.id, No(REJECTS))


def rejecting_for_a_reason_to_ask(world):
    order = cancelling(world)
    no = No("ecom_order_to_ship_canceled_reason_better_price")
    return lambda: world.sellers.reject_cancellation(order.cancellation.id, no)


def rejecting_for_a_reason_of_returns(world):
    order = cancelling(world)
    of_returns = reject_reasons("EU", About.RETURN)[0].name
    return lambda: world.sellers.reject_cancellation(order.cancellation.id, No(of_returns))


def an_unknown_cancellation(world):
    return lambda: world.sellers.approve_cancellation("403500000009000000")


def withdrawing_more_than_there_is(world):
    return lambda: world.desk.withdraw(next(iter(world.registry.shops)), 1)


def talked_about(world):
    """An order whose buyer has written, and the conversation."""
    order = ordered(world)
    world.chats.buyer_writes(order.id, Said(MessageKind.TEXT, "hello"))
    return order, world.registry.chats.between(order.shop_id, order.buyer_id)


def writing_to_a_stranger(world):
    shop = next(iter(world.registry.shops))
    return lambda: world.chats.open(shop, "702100000001000000")


def saying_what_may_not_be_said(world):
    _, talk = talked_about(world)
    return lambda: world.chats.seller_writes(talk.id, Said(MessageKind.TEXT, "on WhatsApp"))


def showing_another_buyers_order(world):
    _, talk = talked_about(world)
    another = ordered(world)
    card = Said(MessageKind.ORDER_CARD, order_id=another.id)
    return lambda: world.chats.seller_writes(talk.id, card)


def ending_a_session_twice(world):
    _, talk = talked_about(world)
    world.chats.end_session(talk.id, talk.sessions[0].id)
    return lambda: world.chats.end_session(talk.id, talk.sessions[0].id)


def ending_an_unknown_session(world):
    _, talk = talked_about(world)
    return lambda: world.chats.end_session(talk.id, "722400000001000000")


def rating_before_the_end(world):
    order, _ = talked_about(world)
    return lambda: world.chats.buyer_rates(order.id, 5)


def rating_silence(world):
    order = ordered(world)
    return lambda: world.chats.buyer_rates(order.id, 5)


def six_stars(world):
    order, _ = talked_about(world)
    return lambda: world.chats.buyer_rates(order.id, 6)


def an_unknown_conversation(world):
    return lambda: world.chats.read("710600000001000000")


def forbidding_nothing(world):
    return lambda: world.chats.forbid([""])


def a_box_that_is_too_long(world):
    pole = Piece(500, (3_000, 20, 20))
    return lambda: world.shippers.ship(wish(pieces=(pole,)))


def voiding_what_the_carrier_has(world):
    shipment = world.shippers.ship(wish())
    world.advance(local(7, 18))
    return lambda: world.shippers.void(shipment.id)


def a_courier_before_noon_and_before_dawn(world):
    return lambda: world.shippers.book_pickup(call(local(8, 12), local(8, 5)))


def a_second_courier_to_one_door(world):
    world.shippers.book_pickup(call(local(8, 9), local(8, 18)))
    return lambda: world.shippers.book_pickup(call(local(8, 12), local(8, 18), unique=True))


def calling_a_courier_off_who_is_on_the_way(world):
    pickup = world.shippers.book_pickup(call(local(8, 13), local(8, 18)))
    world.advance(local(8, 13, 30))
    return lambda: world.shippers.cancel_pickup(pickup.id)


REFUSALS = [
    (withdrawing_more_than_there_is, errors.BalanceTooLow),
    (an_unknown_order, errors.NotFound),
    (an_unknown_parcel, errors.NotFound),
    (an_unknown_shop, errors.NotFound),
    (an_unknown_sku, errors.UnknownName),
    (an_unknown_behaviour, errors.UnknownName),
    (restoring_a_world_without_orders, errors.BadSnapshot),
    (a_carrier_that_cannot_be, errors.BadSetting),
    (booking_an_unknown_service, errors.UnknownName),
    (an_unknown_line_item, errors.NotFound),
    (returning_what_is_replaced, errors.ItemsSettled),
    (returning_what_was_never_bought, errors.ItemsUnknown),
    (refunding_a_part_of_what_is_on_its_way, errors.WholeOrderOnly),
    (refunding_more_than_was_paid, errors.RefundTooLarge),
    (answering_what_is_offered, errors.OfferOpen),
    (offering_again, errors.OfferDeclined),
    (answering_what_the_platform_looks_at, errors.PlatformDecides),
    (paying_twice, errors.WrongStatus),
    (paying_too_late, errors.WrongStatus),
    (confirming_before_the_delivery, errors.WrongStatus),
    (cancelling_once_the_carrier_is_called, errors.WrongStatus),
    (cancelling_a_shipped_order, errors.WrongStatus),
    (cancelling_twice, errors.WrongStatus),
    (cancelling_a_cancelled_order, errors.WrongStatus),
    (withdrawing_what_nobody_asked, errors.WrongStatus),
    (granting_what_nobody_asked, errors.WrongStatus),
    (turning_down_what_was_withdrawn, errors.WrongStatus),
    (moving_too_late, errors.WrongStatus),
    (shipping_an_unpaid_order, errors.WrongStatus),
    (shipping_twice, errors.WrongStatus),
    (shipping_in_the_remorse_hour, errors.OnHold),
    (marking_in_the_remorse_hour, errors.OnHold),
    (shipping_what_is_to_be_cancelled, errors.CancellationPending),
    (booking_what_is_to_be_cancelled, errors.CancellationPending),
    (marking_what_is_to_be_cancelled, errors.CancellationPending),
    (ready_to_ship_in_seller_shipping, errors.WrongMode),
    (booking_in_platform_shipping, errors.WrongMode),
    (marking_in_platform_shipping, errors.WrongMode),
    (booking_twice, errors.WrongStatus),
    (marking_twice, errors.WrongStatus),
    (a_pickup_in_a_city_without, errors.NoPickupHere),
    (booking_a_carrier_without_a_van_here, errors.NoPickupHere),
    (a_slot_at_night, errors.SlotUnavailable),
    (a_slot_in_the_past, errors.SlotUnavailable),
    (a_slot_past_its_cut_off, errors.SlotUnavailable),
    (a_slot_at_the_end_of_time, errors.SlotUnavailable),
    (booking_an_unknown_carrier, errors.UnknownCarrier),
    (marking_with_an_unknown_carrier, errors.UnknownCarrier),
    (holding_an_unknown_carrier, errors.UnknownCarrier),
    (a_number_that_nobody_prints, errors.BadTrackingNumber),
    (somebody_elses_number, errors.TrackingNumberTaken),
    (the_labels_number_under_another_carriers_name, errors.CarrierMismatch),
    (some_of_the_items, errors.PartialShipping),
    (correcting_twice, errors.AlreadyCorrected),
    (correcting_too_late, errors.CorrectionClosed),
    (correcting_what_was_not_shipped, errors.WrongStatus),
    (correcting_a_platform_parcel, errors.WrongMode),
    (a_number_of_twenty_orders, errors.NumberUsedUp),
    (packing_what_has_left, errors.WrongStatus),
    (labelling_what_has_left, errors.WrongStatus),
    (evidence_of_an_unknown_parcel, errors.NotFound),
    (evidence_from_the_future, errors.BadEvidence),
    (a_photo_too_many, errors.LimitReached),
    (complaining_about_the_sellers_own_carrier, errors.WrongMode),
    (complaining_about_a_carrier_in_the_remorse_hour, errors.WrongStatus),
    (complaining_about_a_carrier_long_after, errors.WindowClosed),
    (complaining_about_a_carrier_again_and_again, errors.LimitReached),
    (appealing_in_no_case, errors.NotFound),
    (appealing_before_a_decision, errors.WrongStatus),
    (appealing_too_late, errors.WindowClosed),
    (appealing_a_third_time, errors.LimitReached),
    (a_buyer_who_should_cancel_instead, errors.WrongStatus),
    (a_buyer_who_complains_twice, errors.ComplaintOpen),
    (a_buyer_who_has_the_money_back, errors.AlreadyRefunded),
    (answering_in_no_case, errors.NotFound),
    (answering_twice, errors.WrongStatus),
    (an_unknown_temperament, errors.UnknownName),
    (refusing_what_is_not_on_its_way, errors.WrongStatus),
    (refusing_twice, errors.WrongStatus),
    (returning_what_has_not_come, errors.WrongStatus),
    (returning_twice, errors.ReturnOpen),
    (returning_again_and_again, errors.LimitReached),
    (a_refund_beside_a_return, errors.ReturnOpen),
    (confirming_what_is_to_go_back, errors.WrongStatus),
    (a_refund_of_nothing, errors.AlreadyRefunded),
    (sending_back_what_nobody_granted, errors.WrongStatus),
    (sending_back_what_nobody_asked_to_return, errors.WrongStatus),
    (withdrawing_what_is_on_its_way_back, errors.WrongStatus),
    (disputing_before_a_no, errors.WrongStatus),
    (disputing_twice, errors.WrongStatus),
    (answering_a_return_twice, errors.WrongStatus),
    (answering_an_unknown_return, errors.NotFound),
    (inspecting_what_is_not_there, errors.WrongStatus),
    (turning_time_back, errors.ClockMovesForward),
    (repeating_what_nobody_can_do, errors.BadCommand),
    (a_source_that_nobody_could_bring, errors.BadDemand),
    (a_second_source_of_one_name, errors.BadDemand),
    (stopping_an_unknown_source, errors.NotFound),
    (stopping_a_source_twice, errors.NotFound),
    (buying_what_is_not_abroad, errors.OutOfStock),
    (buying_what_is_off_sale, errors.NotForSale),
    (taking_back_what_the_platform_took_down, errors.WrongStatus),
    (selling_an_unknown_product, errors.NotFound),
    (selling_for_nothing, errors.BadSetting),
    (counting_below_nought, errors.BadSetting),
    (counting_in_a_foreign_warehouse, errors.NotFound),
    (buying_by_an_unknown_channel, errors.UnknownName),
    (an_unknown_supplier, errors.UnknownName),
    (passing_an_order_on_in_the_remorse_hour, errors.OnHold),
    (passing_an_order_on_twice, errors.GoodsElsewhere),
    (passing_on_what_is_booked, errors.WrongStatus),
    (shipping_what_a_supplier_has, errors.GoodsElsewhere),
    (booking_what_a_supplier_has, errors.GoodsElsewhere),
    (marking_what_a_supplier_has, errors.GoodsElsewhere),
    (sending_no_goods_abroad, errors.BadSetting),
    (sending_unknown_goods_abroad, errors.UnknownName),
    (complaining_about_an_independent_shop, errors.NotOnPlatform),
    (one_number_for_several_parcels, errors.SeveralParcels),
    (all_items_of_several_parcels, errors.SeveralParcels),
    (items_of_two_parcels, errors.PartialShipping),
    (readying_a_parcel_twice, errors.WrongStatus),
    (marking_a_parcel_twice, errors.WrongStatus),
    (the_number_of_its_other_parcel, errors.TrackingNumberTaken),
    (readying_anothers_parcel, errors.NotInParcel),
    (readying_what_shares_with_an_order_on_hold, errors.OnHold),
    (splitting_in_the_remorse_hour, errors.OnHold),
    (splitting_what_was_shipped, errors.WrongStatus),
    (splitting_what_was_shipped_in_part, errors.WrongStatus),
    (splitting_what_shares_a_parcel, errors.OrderCombined),
    (splitting_into_one, errors.BadGroups),
    (splitting_into_nothing, errors.BadGroups),
    (splitting_and_leaving_out, errors.BadGroups),
    (splitting_what_is_not_in_it, errors.NotFound),
    (splitting_a_sku, errors.SkuDivided),
    (combining_one, errors.NotCombinable),
    (combining_one_with_itself, errors.NotCombinable),
    (combining_two_buyers, errors.NotCombinable),
    (combining_two_cities, errors.NotCombinable),
    (combining_two_modes, errors.NotCombinable),
    (combining_two_addresses, errors.NotCombinable),
    (combining_too_many, errors.NotCombinable),
    (combining_what_was_shipped, errors.WrongStatus),
    (combining_what_is_to_be_cancelled, errors.CancellationPending),
    (uncombining_what_is_alone, errors.NotInParcel),
    (uncombining_what_was_shipped, errors.WrongStatus),
    (handing_over_what_has_left, errors.WrongStatus),
    (handing_over_to_nobody, errors.UnknownCarrier),
    (losing_what_is_at_home, errors.WrongStatus),
    (losing_an_unknown_parcel, errors.NotFound),
    (scanning_out_of_turn, errors.ScanOutOfTurn),
    (a_mishap_that_nobody_can_plan, errors.BadSetting),
    (mishaps_below_nought, errors.BadSetting),
    (a_world_of_too_many_mishaps, errors.BadSetting),
    (a_strike_by_nobody, errors.UnknownCarrier),
    (writing_to_a_stranger, errors.MayNotWrite),
    (saying_what_may_not_be_said, errors.SensitiveContent),
    (showing_another_buyers_order, errors.BadCard),
    (ending_a_session_twice, errors.WrongStatus),
    (ending_an_unknown_session, errors.NotFound),
    (rating_before_the_end, errors.WrongStatus),
    (rating_silence, errors.WrongStatus),
    (six_stars, errors.BadSetting),
    (an_unknown_conversation, errors.NotFound),
    (forbidding_nothing, errors.BadSetting),
    (skipping_a_pickup_where_there_is_none, errors.NoPickupHere),
    (cancelling_for_no_reason, errors.UnknownReason),
    (cancelling_for_a_buyers_reason, errors.ReasonOfAnother),
    (cancelling_for_a_reason_out_of_use, errors.ReasonOffline),
    (cancelling_for_a_reason_of_unpaid_orders, errors.ReasonOutOfPlace),
    (cancelling_what_is_unpaid, errors.ReasonOutOfPlace),
    (cancelling_what_was_shipped, errors.WrongStatus),
    (cancelling_what_the_buyer_cancels, errors.CancellationPending),
    (cancelling_single_items_where_nobody_may, errors.ItemsIndivisible),
    (cancelling_another_orders_items, errors.ItemsExceeded),
    (cancelling_an_item_twice_at_once, errors.ItemsExceeded),
    (approving_what_asked_nobody, errors.NotARequest),
    (approving_what_was_withdrawn, errors.CancellationOver),
    (rejecting_what_was_granted, errors.CancellationOver),
    (rejecting_for_a_reason_to_ask, errors.ReasonForOtherAction),
    (rejecting_for_a_reason_of_returns, errors.ReasonForOtherMatter),
    (an_unknown_cancellation, errors.NotFound),
    (splitting_where_nobody_does, errors.SplitNotAllowed),
    (shipping_without_an_invoice, errors.NotInvoiced),
    (shipping_more_than_the_carrier_takes, errors.BeyondLimits),
    (shipping_some_units_of_a_sku, errors.SkuDivided),
    (a_second_invoice, errors.InvoiceStands),
    (an_invoice_of_other_orders, errors.BadPaper),
    (an_invoice_where_nobody_asks, errors.NotInThisMarket),
    (shipping_what_customs_do_not_know, errors.NotDeclared),
    (shipping_a_part_that_customs_do_not_know, errors.NotDeclared),
    (delivering_what_a_carrier_has, errors.NotOwnFleet),
    (a_bundle_of_what_is_not_shipped, errors.NotBundled),
    (a_box_that_is_too_long, errors.CarriesNot),
    (voiding_what_the_carrier_has, errors.AlreadyCollected),
    (a_courier_before_noon_and_before_dawn, errors.BadWindow),
    (a_second_courier_to_one_door, errors.PickupStands),
    (calling_a_courier_off_who_is_on_the_way, errors.CourierOnTheWay),
]


def refused(case, refusal):
    """The world before, the refusal, and the world after."""
    in_sea = (
        splitting_a_sku,
        some_of_the_items,
        correcting_too_late,
        cancelling_for_a_reason_out_of_use,
    )
    market = market_named("sea" if case in in_sea else "standard")
    world = World(WorldConfig(market=market))
    command = case(world)
    before = (world.journal.length, world.journal.digest(), world.save())
    with pytest.raises(refusal) as caught:
        command()
    return before, caught.value, (world.journal.length, world.journal.digest(), world.save())


@pytest.mark.parametrize(("case", "refusal"), REFUSALS, ids=[case.__name__ for case, _ in REFUSALS])
def test_it_is_refused_and_nothing_changes(case, refusal):
    before, error, after = refused(case, refusal)

    assert type(error) is refusal
    assert before == after


@pytest.mark.parametrize(("case", "refusal"), REFUSALS, ids=[case.__name__ for case, _ in REFUSALS])
def test_it_can_be_rebuilt_from_its_arguments_as_simpy_does(case, refusal):
    _, error, _ = refused(case, refusal)

    assert str(type(error)(*error.args)) == str(error)
    assert "object at" not in str(error)


def test_every_refusal_has_a_case():
    public = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    named = {kind for kind in public if not kind.__name__.startswith("_")}

    assert {refusal for _, refusal in REFUSALS} == named - {errors.DomainError}
