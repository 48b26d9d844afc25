"""However orders are split, combined, taken apart, shipped and cancelled, in part or whole: every
line item that is to travel is in one parcel, every parcel in one place, and an order's status
follows from its parcels.

The oracle keeps its own books from facts alone. Of the model it shares the facts' names.
"""

from collections import defaultdict
from dataclasses import replace
from functools import partial

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from simulator import DomainError, Mode, Purchase, World, WorldConfig, facts
from simulator.clock import DAY, HOUR, later
from simulator.market import STANDARD
from tests.simulator.repeating import Kept
from tests.thoroughness import examples

OVER = ("COMPLETED", "CANCELLED")
OPEN = ("AWAITING_SHIPMENT", "PARTIALLY_SHIPPING", "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED")
OUT = "seller_cancel_reason_out_of_stock"
MARKET = replace(STANDARD, ways=replace(STANDARD.ways, cancels_items=True))
SKUS = ("172900004000031676", "172900005000039595", "172900008000063352", "172900004000031676")
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from([Mode.PLATFORM, Mode.PLATFORM, Mode.SELLER]),
    city=st.sampled_from(["Shenzhen", "Shenzhen", "Yiwu"]),
    sku_ids=st.integers(1, 4).map(lambda units: SKUS[:units]),
    parcels=st.integers(1, 3),
    buyer=st.sampled_from(["", "ann", "ann", "bo"]),
    combined=st.booleans(),
    behaviour=st.sampled_from(["", "", "", "prompt", "hasty", "careless", "diligent"]),
)


class Oracle:
    """Books kept from facts."""

    def __init__(self, world):
        self.world = world
        self.time_passes = False
        self.mode, self.status, self.ended = {}, {}, {}
        self.holders = {}
        """By parcel, the orders of which it holds goods."""
        self.left_over = set()
        """Parcels with labels that nobody needs: all goods in them were cancelled."""
        self.label, self.claim, self.dues = {}, {}, {}
        self.scans = defaultdict(list)
        self.breached = []
        world.journal.subscribe(self.note)

    def note(self, _seq, at, fact):
        note = getattr(self, f"note_{fact.kind}", None)
        if isinstance(fact, facts.OrderMoved):
            self.status[fact.order_id] = fact.status
            if fact.status in OVER:
                self.ended[fact.order_id] = at
        if note:
            note(at, fact)

    def note_OrderPlaced(self, _, fact):  # noqa: N802 - named after the fact
        self.mode[fact.order_id] = fact.mode

    def note_ParcelCreated(self, _, fact):  # noqa: N802
        self.holders[fact.parcel_id] = {fact.order_id}

    def note_OrderSplit(self, _, fact):  # noqa: N802
        for gone in fact.instead_of:
            assert self.holders.pop(gone) == {fact.order_id}
        assert set(fact.parcel_ids) == set(self.parcels_of(fact.order_id))

    def note_ParcelsCombined(self, _, fact):  # noqa: N802
        self.holders[fact.into].add(fact.order_id)
        old = self.holders[fact.parcel_id]
        old.remove(fact.order_id)
        if not old:
            del self.holders[fact.parcel_id]

    def note_ParcelUncombined(self, _, fact):  # noqa: N802
        self.holders[fact.out_of].remove(fact.order_id)
        assert self.holders[fact.out_of], "a parcel is never left empty"

    def note_ItemsCancelled(self, _, fact):  # noqa: N802
        for gone in fact.parcels_gone:
            assert self.holders.pop(gone) == {fact.order_id}
            if gone in self.label:
                self.left_over.add(gone)

    def note_ParcelBooked(self, _, fact):  # noqa: N802
        assert fact.parcel_id not in self.label, "one label a parcel"
        assert fact.tracking_number not in self.label.values(), "a number is one parcel's"
        self.label[fact.parcel_id] = fact.tracking_number

    def note_CarrierNotified(self, _, fact):  # noqa: N802
        self.dues[fact.parcel_id] = fact.due

    def note_ParcelMarkedShipped(self, _, fact):  # noqa: N802
        assert len(self.parcels_of(fact.order_id)) > 1
        self.claim[fact.parcel_id] = fact.tracking_number

    def note_OrderMarkedShipped(self, _, fact):  # noqa: N802
        own = self.parcels_of(fact.order_id)
        if len(own) == 1:
            self.claim[own[0]] = fact.tracking_number

    def note_ParcelScanned(self, at, fact):  # noqa: N802
        by_life = self.time_passes
        self.scans[fact.parcel_id].append((fact.scan, at, by_life))

    def note_RuleBreached(self, at, fact):  # noqa: N802
        assert fact.due == at, "neither early nor late"
        self.breached.append((fact.order_id, fact.rule, at))

    def parcels_of(self, order_id):
        return [parcel for parcel, orders in self.holders.items() if order_id in orders]

    def expected_status(self, order_id):
        own = self.parcels_of(order_id)
        by_platform = self.mode[order_id] == "platform"
        shipped = [parcel in (self.label if by_platform else self.claim) for parcel in own]
        if not all(shipped):
            return ("PARTIALLY_SHIPPING",) if any(shipped) else ("AWAITING_SHIPMENT",)
        if not all(self.is_scanned(parcel, by_platform) for parcel in own):
            return ("AWAITING_COLLECTION",)
        if not all(self.scans[parcel][-1][0] == "delivered" for parcel in own):
            return ("IN_TRANSIT",)
        return ("DELIVERED", "COMPLETED")

    def is_scanned(self, parcel, by_platform):
        seen = by_platform or self.claim[parcel] == self.label.get(parcel)
        return seen and bool(self.scans[parcel])

    def expected_d2(self):
        """The first due time of each order at which one of its parcels stood at the door."""
        for order_id in self.mode:
            missed = [
                due
                for parcel in self.parcels_of(order_id)
                for due in [self.dues.get(parcel)]
                if due and due <= self.world.now and not self.kept(order_id, parcel, due)
            ]
            if missed:
                yield order_id, "D2", min(missed)

    def kept(self, order_id, parcel, due):
        """Collected in time, or the order was over by then."""
        first = self.scans[parcel][0][1] if self.scans[parcel] else due + 1
        return min(first, self.ended.get(order_id, due + 1)) <= due


class PackagingMachine(RuleBasedStateMachine):
    orders = Bundle("orders")

    def __init__(self):
        super().__init__()
        self.world = World(WorldConfig(market=MARKET))
        self.kept = Kept(self.world)
        self.oracle = Oracle(self.world)

    @rule(target=orders, purchase=PURCHASES, hour=st.booleans())
    def place(self, purchase, hour):
        order = self.world.buyers.place_order(purchase)
        assert len(order.items) == len(purchase.sku_ids)
        if hour:
            self.let_pass(HOUR)
        return order.id

    @rule(
        target=orders,
        mode=st.sampled_from(Mode),
        parcels=st.integers(1, 2),
        behaviours=st.sampled_from([("", ""), ("", ""), ("prompt", "slow"), ("hasty", "absent")]),
    )
    def place_two_that_share_a_parcel(self, mode, parcels, behaviours):
        name = f"twin {len(self.oracle.mode)}"
        placed = [
            self.world.buyers.place_order(
                Purchase(
                    mode=mode,
                    sku_ids=SKUS[:2],
                    parcels=parcels,
                    buyer=name,
                    combined=True,
                    behaviour=behaviour,
                )
            )
            for behaviour in behaviours
        ]
        assert {len(each.parcel_ids) for each in placed} == {parcels}
        assert placed[0].buyer_id == placed[1].buyer_id
        self.let_pass(HOUR)
        return multiple(*(each.id for each in placed))

    @rule(mode=st.sampled_from(Mode), shipped=st.booleans())
    def place_two_and_cancel_one(self, mode, shipped):
        stays, goes = self.place_two_that_share_a_parcel(mode, 1, ("", "")).values
        if shipped and mode is Mode.PLATFORM:
            self.ready(stays)
        self.cancel_for_good(goes)
        self.let_pass(DAY)

    @rule(mode=st.sampled_from(Mode), parcels=st.integers(1, 2), cancels=st.booleans())
    def place_two_and_part_them(self, mode, parcels, cancels):
        goes, _ = self.place_two_that_share_a_parcel(mode, parcels, ("", "")).values
        if cancels:
            self.cancel_items(goes, 0, 1)
        else:
            self.ship_some(goes, 0, 2 // parcels)

    @rule(units=st.integers(2, 4), parcels=st.integers(2, 3))
    def leave_a_parcel_behind(self, units, parcels):
        order_id = self.place(Purchase(sku_ids=SKUS[:units], parcels=parcels), hour=True)
        self.ready_one(order_id, 1)
        self.let_pass(50 * HOUR)

    @rule(order_id=orders, cuts=st.lists(st.integers(0, 2), min_size=4, max_size=4))
    def split(self, order_id, cuts):
        items = [item.id for item in self.world.order(order_id).items]
        groups = defaultdict(list)
        for item_id, cut in zip(items, cuts, strict=False):
            groups[cut].append(item_id)
        made = self.try_to(self.world.sellers.split, order_id, list(groups.values()))
        if made:
            assert [sorted(parcel.item_ids) for parcel in made] == [
                sorted(group) for group in groups.values()
            ]

    @rule(order_id=orders, other_id=orders, which=st.integers(0, 2))
    def combine(self, order_id, other_id, which):
        pair = [self.nth_parcel(each, which) for each in (order_id, other_id)]
        if all(pair):
            inside = [item_id for each in pair for item_id in self.world.parcel(each).item_ids]
            made = self.try_to(self.world.sellers.combine, pair)
            assert made is None or sorted(made.item_ids) == sorted(inside)

    @rule(order_id=orders, which=st.integers(0, 2))
    def uncombine(self, order_id, which):
        parcel_id = self.nth_parcel(order_id, which)
        if parcel_id:
            self.try_to(self.world.sellers.uncombine, parcel_id, order_id)

    @rule(order_id=orders)
    def ready(self, order_id):
        self.try_to(self.world.sellers.ready_to_ship, order_id)

    @rule(order_id=orders, which=st.integers(0, 2))
    def ready_one(self, order_id, which):
        parcel_id = self.nth_parcel(order_id, which)
        self.try_to(partial(self.world.sellers.ready_to_ship, order_id, parcel_id=parcel_id))

    @rule(order_id=orders)
    def book_and_mark_all(self, order_id):
        for parcel_id in list(self.world.order(order_id).parcel_ids):
            self.try_to(partial(self.world.sellers.book, order_id, "ups", parcel_id=parcel_id))
            self.mark_one(order_id, parcel_id)

    @rule(order_id=orders, which=st.integers(0, 2), labelled=st.booleans())
    def book_or_mark_one(self, order_id, which, labelled):
        parcel_id = self.nth_parcel(order_id, which)
        if parcel_id and labelled:
            self.try_to(partial(self.world.sellers.book, order_id, "ups", parcel_id=parcel_id))
        elif parcel_id:
            self.mark_one(order_id, parcel_id)

    @rule(order_id=orders, first=st.integers(0, 3), count=st.integers(1, 3))
    def ship_some(self, order_id, first, count):
        """Some of the line items, whichever parcels they were drafted in."""
        order, sellers = self.world.order(order_id), self.world.sellers
        item_ids = [item.id for item in order.items][first : first + count]
        if not item_ids:
            return
        if order.mode is Mode.PLATFORM:
            (made,) = self.try_to(partial(sellers.ready_to_ship, order_id, item_ids=item_ids)) or [
                0
            ]
        else:
            number = f"OWN-{first}-{order_id}"
            made = self.try_to(partial(sellers.mark_shipped, order_id, "ups", number, item_ids))
        if made:
            own = {item.id for item in order.items}
            assert own.intersection(made.item_ids) == set(item_ids)

    @rule(order_id=orders, first=st.integers(0, 3), count=st.integers(1, 2))
    def cancel_items(self, order_id, first, count):
        item_ids = [item.id for item in self.world.order(order_id).items][first : first + count]
        self.try_to(partial(self.world.sellers.cancel, order_id, OUT, item_ids))

    @rule(order_id=orders)
    def cancel(self, order_id):
        self.try_to(self.world.buyers.cancel, order_id)

    @rule(order_id=orders)
    def cancel_for_good(self, order_id):
        self.cancel(order_id)
        self.answer(order_id, granted=True)

    @rule(order_id=orders, granted=st.booleans())
    def answer(self, order_id, granted):
        self.try_to(partial(self.world.sellers.answer_cancellation, order_id, granted=granted))

    @rule(order_id=orders)
    def change_address(self, order_id):
        self.try_to(self.world.buyers.change_address, order_id)

    @rule(hours=st.sampled_from([0, 30, 130]))
    def hold(self, hours):
        self.world.carriers.hold("jt", hours * HOUR)

    @rule(seconds=st.sampled_from([1, HOUR, 5 * HOUR, DAY, 50 * HOUR]))
    def wait(self, seconds):
        self.let_pass(seconds)

    # How it is done.

    def needed(self):
        """All parcels that have goods to travel, or had them when their order ended."""
        parcels = self.world.registry.parcels.values()
        return [parcel for parcel in parcels if parcel.id not in self.oracle.left_over]

    def nth_parcel(self, order_id, which):
        own = self.world.order(order_id).parcel_ids
        return own[which % len(own)] if own else ""

    def mark_one(self, order_id, parcel_id):
        parcel = self.world.parcel(parcel_id)
        carrier, number = parcel.carrier or "ups", parcel.tracking_number or f"OWN-{parcel_id}"
        mark = self.world.sellers.mark_shipped
        self.try_to(partial(mark, order_id, carrier, number, parcel_id=parcel_id))

    def let_pass(self, seconds):
        self.oracle.time_passes = True
        self.world.advance(later(self.world.now, seconds))
        self.oracle.time_passes = False

    def try_to(self, command, *args):
        before = self.world.save()
        try:
            return command(*args)
        except DomainError:
            assert self.world.save() == before, "a refusal leaves no trace"
            return None

    # What must hold whenever the world is at rest.

    @invariant()
    def every_line_item_that_is_not_cancelled_is_in_exactly_one_parcel(self):
        here = self.world.registry
        owner = {item.id: order.id for order in here.orders.values() for item in order.items}
        paid = [order for order in here.orders.values() if order.paid_at]
        packed = [item_id for parcel in self.needed() for item_id in parcel.item_ids]
        travels = [
            item.id
            for order in paid
            for item in order.items
            if item.id not in order.cancelled_item_ids
        ]
        assert sorted(packed) == sorted(travels)
        for parcel in self.needed():
            assert {owner[item_id] for item_id in parcel.item_ids} == set(parcel.order_ids)
            assert parcel.order_id == parcel.order_ids[0]

    @invariant()
    def what_shares_a_draft_goes_to_one_address(self):
        here = self.world.registry
        for parcel in here.parcels.values():
            orders = [here.orders[order_id] for order_id in parcel.order_ids]
            assert len({order.buyer_id for order in orders}) == 1
            if parcel.status == "created":
                assert len({order.address for order in orders}) == 1

    @invariant()
    def the_facts_tell_which_orders_a_parcel_holds(self):
        here = self.world.registry
        found = {parcel.id: set(parcel.order_ids) for parcel in self.needed()}
        assert found == self.oracle.holders
        for order in here.orders.values():
            assert sorted(order.parcel_ids) == sorted(self.oracle.parcels_of(order.id))

    @invariant()
    def a_status_follows_from_the_parcels(self):
        for order_id, status in self.oracle.status.items():
            assert self.world.order(order_id).status == status
            if status in OPEN:
                assert status in self.oracle.expected_status(order_id)

    @invariant()
    def d2_is_breached_once_for_the_first_parcel_that_was_left_standing(self):
        found = [breach for breach in self.oracle.breached if breach[1] == "D2"]
        assert sorted(found) == sorted(self.oracle.expected_d2())

    @invariant()
    def no_rule_is_breached_twice(self):
        named = [(order_id, rule_id) for order_id, rule_id, _ in self.oracle.breached]
        assert len(named) == len(set(named))

    @invariant()
    def a_parcel_stands_at_one_door_or_none(self):
        here = self.world.registry
        queued = [(parcel_id, place) for place, van in here.vans.items() for parcel_id in van.queue]
        waiting = [
            (parcel.id, (parcel.carrier, parcel.city))
            for parcel in here.parcels.values()
            if parcel.status == "booked" and parcel.handover == "pickup" and not parcel.is_away
        ]
        assert sorted(waiting) == sorted(queued)

    @invariant()
    def a_parcel_is_called_off_with_its_last_order_or_goods_only(self):
        here = self.world.registry
        assert all(here.parcels[each].status == "cancelled" for each in self.oracle.left_over)
        for parcel in self.needed():
            if parcel.status == "cancelled":
                (order_id,) = parcel.order_ids
                assert self.oracle.status[order_id] in OVER

    def teardown(self):
        """In the end everything ends, but what waits for a seller who does nothing."""
        self.world.carriers.hold("jt", 0)
        self.let_pass(90 * DAY)
        self.a_status_follows_from_the_parcels()
        self.d2_is_breached_once_for_the_first_parcel_that_was_left_standing()
        self.no_rule_is_breached_twice()
        assert self.world.next_due is None
        here = self.world.registry
        assert here.clerks == {}
        for order_id, status in self.oracle.status.items():
            assert status in (*OVER, self.where_it_may_stay(order_id)), order_id
        for parcel in here.parcels.values():
            assert parcel.status in ("created", "delivered", "cancelled")
        for entity in (*here.orders.values(), *here.parcels.values(), *here.clerks.values()):
            assert not entity.inbox._kept
        self.kept.assert_another_world_is_the_same()

    def where_it_may_stay(self, order_id):
        """A wrong number is never found; everything else goes on as soon as it was shipped."""
        oracle = self.oracle
        claims = [(oracle.claim.get(each), each) for each in oracle.parcels_of(order_id)]
        wrong = any(number and number != oracle.label[each] for number, each in claims)
        if self.is_partly_done(order_id):
            return "PARTIALLY_SHIPPING"
        return "AWAITING_COLLECTION" if wrong and all(claims) else "AWAITING_SHIPMENT"

    def is_partly_done(self, order_id):
        return self.oracle.expected_status(order_id) == ("PARTIALLY_SHIPPING",)


TestPackaging = PackagingMachine.TestCase
TestPackaging.settings = settings(
    max_examples=examples(20), stateful_step_count=30, deadline=None, derandomize=True
)


@pytest.mark.usefixtures("everything_on_the_hour")
class TestPackagingOnTheHour(PackagingMachine.TestCase):
    settings = TestPackaging.settings
