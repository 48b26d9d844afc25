"""What the platform does when something happens to an order: the other side of an order's life.

Lives move their own entity, and tell the platform; the platform tells whom it concerns: carriers
(``carriage``), simulated sellers (``staff``), the complaints office, the judge of deadlines.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from simulator import (
    cancelling,
    checkout,
    curtailing,
    homeward,
    losses,
    own_fleet,
    packaging,
    portions,
)
from simulator.buyers.temperaments import News
from simulator.callouts import Callouts
from simulator.carriage import Carriage
from simulator.carriers.fleet import OWN_FLEET
from simulator.channels.model import Channel
from simulator.chatting import ChatDesk
from simulator.clock import Instant, later
from simulator.complaints import Office
from simulator.correspondence import Correspondence
from simulator.dropshipping import Suppliers
from simulator.facts import CarrierNotified
from simulator.following import Following
from simulator.judgement import TRACKING, Judgement
from simulator.market.penalties import CANCELLED
from simulator.market.ways import Drafts
from simulator.money import payments, penalties
from simulator.orders import consequences, deadlines
from simulator.orders.life import order_life
from simulator.orders.model import TO_SHIP, Cancellation, Order, Party, Status
from simulator.orders.purchase import Purchase
from simulator.orders.signals import Delivered, MarkShipped, Ready, Shipped
from simulator.orders.watch import Watch
from simulator.parcels.model import Handover, Parcel, ParcelStatus
from simulator.patrons import Patrons
from simulator.registry import Registry
from simulator.returning import ReturnsOffice
from simulator.returns.model import Return
from simulator.staff import Staff
from simulator.stockroom import Stockroom

_BUYERS_WISH: Final = "buyer_requested"
"""What the names of sellers' reasons say that are no fault of theirs."""
_KEPT_BY_DELIVERY: Final = consequences.LIMITS | {deadlines.EXPECTED}


class Platform:
    """The setting of every order's life in one world."""

    def __init__(self, registry: Registry) -> None:
        self._all = registry
        self._env = registry.env
        # Asked many times an order: bound once, not passed through.
        self.record = registry.record
        self.market = registry.market
        self.office = Office(registry)
        self.judgement = Judgement(registry, self.office)
        self.carriage = Carriage(registry, self)
        self.callouts = Callouts(registry, self.carriage)
        self.following = Following(registry)
        self.stockroom = Stockroom(registry)
        self.suppliers = Suppliers(registry, self.carriage)
        self.staff = Staff(registry, self.carriage, self.suppliers)
        self.returns = ReturnsOffice(registry, self)
        self.correspondence = Correspondence(registry, self.office)
        self.chats = ChatDesk(registry)
        self.patrons = Patrons(registry, self.office, self.returns, self.chats)

    @property
    def now(self) -> Instant:
        return self._env.now

    # Orders come in.

    def check_out(self, purchase: Purchase) -> Order:
        """The order that *purchase* makes: recorded, and alive."""
        order = checkout.check_out(self._all, purchase, self.watch)
        if order.warehouse_id in self._all.stock.lines and order.channel is not Channel.DROPSHIP:
            self.stockroom.reserve(order)
        if order.temperament:
            self.patrons.order_placed(order, self.now if purchase.paid else purchase.pays_at)
        self.start_order(order)
        return order

    def reorder(self, order: Order, item_ids: Sequence[str], nth: int) -> Order:
        """These goods of *order* again, for nothing: recorded, and alive."""
        again = checkout.once_more(self._all, order, self.watch, item_ids, nth)
        self.start_order(again)
        return again

    def start_order(self, order: Order) -> None:
        self._env.process(order_life(self, order))

    def watch(self, order_id: str) -> Watch:
        """A new order's, blank."""
        return Watch(self._all.agenda, partial(self.judgement.judge, order_id))

    # What orders tell.

    def order_paid(self, order: Order) -> None:
        """Its parcels are drafted, and its deadlines are known."""
        if order.independent or self.market.ways.drafts is Drafts.PAYMENT:
            packaging.draft(self._all, order)
        if order.independent:
            for rule, due in deadlines.expect_delivery(order, self._all.channels.expected_within):
                order.watch.add(rule, due)
            return
        for rule, due in deadlines.owed_at_payment(order, self.market):
            order.watch.add(rule, due)
        for limit, due in consequences.limits_at_payment(order, self.market):
            order.watch.add(limit, due)
        penalties.count_order(self._all, order)
        self.patrons.tell(order, News.PAID)

    def order_released(self, order: Order) -> None:
        """The seller may act."""
        self.staff.order_released(order)
        self.correspondence.order_released(order)

    def is_ready(self, order: Order) -> bool:
        ready = all(parcel.ready_at for parcel in self._all.parcels_of(order))
        return ready and not portions.loose_items(self._all, order)

    def order_ready(self, order: Order, ready: Ready) -> None:
        """Ready to ship notifies the designated carrier, who owes a pickup from now on (D2)."""
        for parcel_id in ready.parcel_ids:
            parcel = self._all.parcels[parcel_id]
            fresh = parcel.status is ParcelStatus.CREATED  # or another of its orders booked it
            if fresh:
                carrier = self.market.designated_carrier
                self.carriage.book(parcel, carrier, ready.handover, ready.slot)
            for rule, due in deadlines.owed_at_notice(parcel, self.market):
                order.watch.add_once(rule, due)
                if fresh:
                    self.record(CarrierNotified(order.id, parcel.id, parcel.carrier, due))
        if not ready.parcel_ids and order.status is Status.AWAITING_COLLECTION:
            # What was missing was cancelled: the rest may have been collected before.
            self._tell_if_shipped(order)

    def order_marked(self, order: Order, mark: MarkShipped) -> None:
        """The number is looked up: now for a scan that is there already, later by S2."""
        parcel = self._all.parcels[mark.parcel_id]
        if parcel.status is ParcelStatus.CREATED and mark.carrier == OWN_FLEET:
            own_fleet.set_out(self._all, self, parcel, mark.number)
            return
        if parcel.status is ParcelStatus.CREATED:
            # No label of a carrier's yet: the parcel bears the number that the seller says.
            collects = self._all.carrier(mark.carrier).service_in(parcel.city)
            handover = Handover.PICKUP if collects else Handover.DROP_OFF
            self.carriage.book(parcel, mark.carrier, handover, None, mark.number)
            parcel.is_named_by_seller = True
        if not order.independent and mark.carrier != OWN_FLEET:
            order.watch.add_once(TRACKING, later(self.now, self.market.check_tracking_after))
        if order.status is Status.AWAITING_COLLECTION:
            self._tell_if_shipped(order)

    def shipment_corrected(self, parcel: Parcel) -> None:
        """The new number is looked up, as at the mark."""
        for order_id in parcel.order_ids:
            order = self._all.orders[order_id]
            order.watch.add_once(TRACKING, later(self.now, self.market.check_tracking_after))
            if order.status is Status.AWAITING_COLLECTION:
                self._tell_if_shipped(order)

    def order_delivered(self, order: Order) -> None:
        """Every limit was kept: time alone need not bring the last of them."""
        order.watch.forget(_KEPT_BY_DELIVERY)
        self.patrons.tell(order, News.DELIVERED)

    def order_completed(self, order: Order) -> None:
        """Nobody wants anything any more: the sale is settled."""
        self._all.cashier.note(order.id)
        self.patrons.order_over(order)

    def platform_cancels(self, order: Order, reason: str) -> Cancellation:
        return self._all.platform_cancels(order, reason)

    def order_cancelled(self, order: Order) -> None:
        """The payment goes back, and the platform asks whose fault it was."""
        assert order.cancellation is not None, order.id
        if order.paid_at:
            order.cancellation.refund_minor = payments.refundable(self._all, order)
            payments.refund_all(self._all, order, order.cancel_reason)
        if order.past_limit:
            self.judgement.answer_for_cancellation(order)
        elif order.cancelled_by is Party.SELLER and _BUYERS_WISH not in order.cancel_reason:
            penalties.seller_failed(self._all, order, CANCELLED)
        if order.open_returns:
            self.returns.order_over(order)
        self._leave_alone(order)

    def items_cancelled(self, order: Order, asked: Cancellation) -> None:
        """Single line items are cancelled, and the order goes on."""
        curtailing.curtail(self._all, self.carriage, order, asked)
        if order.id in self._all.stock.held:
            items = [item for item in order.items if item.id in asked.item_ids]
            self.stockroom.give_back(order, items)

    def order_returned(self, order: Order) -> None:
        """The money is back already, or other goods are ordered."""
        self._all.cashier.note(order.id)
        self._leave_alone(order)

    def _leave_alone(self, order: Order) -> None:
        """No deadline binds any more, and parcels that nobody has taken stay at home; but what
        they hold of other orders goes its way."""
        order.watch.stop()
        packaging.end_sharing(self._all, order)
        for parcel in self._all.parcels_of(order):
            if not parcel.is_collected:
                self.carriage.call_off(parcel)
        self.staff.order_over(order)
        self.suppliers.order_over(order)
        if order.id in self._all.stock.held:
            self.stockroom.release(order)
        self.patrons.order_over(order)
        self.office.order_cancelled(order)

    # What returns tell.

    def return_moved(self, order: Order, asked: Return) -> None:
        self.patrons.return_moved(order, asked)

    def goods_back(self, order: Order, item_ids: Sequence[str]) -> None:
        if order.warehouse_id in self._all.stock.lines:
            self.stockroom.put_back(order, item_ids)

    def fresh_number(self, carrier: str) -> str:
        return self.carriage.fresh_number(carrier)

    def send_home(self, order: Order, asked: Return) -> None:
        self.carriage.start_parcel(homeward.book(self._all, order, asked))

    def call_off(self, parcel: Parcel) -> None:
        self.carriage.call_off(parcel)

    # What parcels tell.

    def parcel_collected(self, parcel: Parcel) -> None:
        if parcel.goes_back:
            self.returns.parcel_collected(parcel)
            return
        for order_id in parcel.order_ids:
            order = self._all.orders[order_id]
            self.staff.parcel_collected(order)
            if order.id in self._all.stock.held:
                inside = [item for item in order.items if item.id in parcel.item_ids]
                self.stockroom.take(order, inside)
            if order.independent and order.status in TO_SHIP:
                self._mark_unasked(order, parcel)
            if order.status is Status.AWAITING_COLLECTION:
                self._tell_if_shipped(order)

    def parcel_delivered(self, parcel: Parcel) -> None:
        for order_id in parcel.order_ids:
            order = self._all.orders[order_id]
            if order.status is Status.IN_TRANSIT:
                self._tell_if_delivered(order)

    def parcel_ended(self, parcel: Parcel) -> None:
        """It will not come. Of an order that is over, nothing follows."""
        if parcel.goes_back:
            self.returns.parcel_ended(parcel)
            return
        for order_id in parcel.order_ids:
            order = self._all.orders[order_id]
            if order.is_over:
                continue
            losses.make_good(self._all, order, parcel)
            if order.status is Status.IN_TRANSIT:
                self._tell_if_delivered(order)

    def refusal_factor(self, parcel: Parcel) -> float:
        """How much likelier than others its buyer refuses it."""
        if not parcel.order_id:  # whoever gets it did not buy it here
            return 1.0
        return self.patrons.refusal_factor(self._all.orders[parcel.order_id])

    def _mark_unasked(self, order: Order, parcel: Parcel) -> None:
        """An independent shop sees its own carriers' scans: it owes nobody a mark. What has left
        can no longer be cancelled."""
        if order.cancellation_pending:
            cancelling.close(self._all, order)
        parcel.ready_at = self.now
        parcel.claimed_carrier, parcel.claimed_number = parcel.carrier, parcel.tracking_number
        order.inbox.deliver(MarkShipped(parcel.carrier, parcel.tracking_number, parcel.id))

    def _tell_if_shipped(self, order: Order) -> None:
        """D3: the first scan of the last parcel starts delivery. In seller shipping the scan has to
        be under the number that the seller gave (D5), or the platform cannot see it."""
        for parcel in self._all.parcels_of(order):
            seen = order.ships_from_platform or parcel.is_seen
            if not (parcel.is_collected and seen):
                return
        order.inbox.deliver(Shipped())
        self.patrons.tell(order, News.SHIPPED)
        self._tell_if_delivered(order)

    def _tell_if_delivered(self, order: Order) -> None:
        parcels = self._all.parcels_of(order)
        if all(parcel.status is ParcelStatus.DELIVERED for parcel in parcels):
            order.inbox.deliver(Delivered())
        else:
            losses.tell_if_at_an_end(self._all, order, parcels)
