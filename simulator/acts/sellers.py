"""What sellers do through the platform's API: they ship, and answer their buyers."""

from collections.abc import Sequence

from simulator import cancelling, correcting, packaging, shipping
from simulator.acts.party import PartyActs
from simulator.cancelling import No
from simulator.commands import command
from simulator.errors import NotFound, NotInParcel
from simulator.facts import OrderReferenced
from simulator.orders.model import Cancellation, Party
from simulator.orders.references import ExternalOrder
from simulator.parcels.model import Handover, Parcel, Slot
from simulator.returns import answering
from simulator.returns.answering import Verdict
from simulator.returns.model import Kind, Return
from simulator.returns.signals import Answer, Answered, Inspected, Said
from simulator.returns.wishes import Wanted


class SellersActs(PartyActs):
    """Commands of the sellers of one world."""

    party = "sellers"

    @command
    def ready_to_ship(
        self,
        order_id: str,
        handover: Handover | None = None,
        slot: Slot | None = None,
        *,
        item_ids: Sequence[str] = (),
        parcel_id: str = "",
        service: str = "",
    ) -> list[Parcel]:
        """Platform shipping: see ``shipping.ready_to_ship``; all its parcels, or the one that has
        the named items, or the named one; by this *service* of the designated carrier."""
        order, only = self._order(order_id), self._one_of(order_id, parcel_id)
        shipping.require_goods(order)
        shipped = shipping.ready_to_ship(self._here, order, handover, slot, only, item_ids)
        for parcel in shipped if service else ():
            parcel.service = service
        return shipped

    @command
    def mark_shipped(
        self,
        order_id: str,
        carrier: str,
        number: str,
        item_ids: Sequence[str] = (),
        *,
        parcel_id: str = "",
    ) -> Parcel:
        """Seller shipping: see ``shipping.mark_shipped``. Of several parcels, the one is meant that
        has the named items, or is named itself; it is given back."""
        order, only = self._order(order_id), self._one_of(order_id, parcel_id)
        parcels = self._here.parcels_of(order)
        if not parcels or any(not parcel.carrier for parcel in parcels):
            shipping.require_goods(order)
        return shipping.mark_shipped(
            self._platform.carriage,
            self._here,
            order,
            shipping.Claim(carrier, number),
            only,
            item_ids,
        )

    @command
    def correct_shipment(self, parcel_id: str, carrier: str, number: str) -> None:
        """Seller shipping: another number, or carrier, than was given: see ``correcting``."""
        parcel = self._here.outgoing(parcel_id)
        bookings = self._platform.carriage
        corrected = correcting.correct(bookings, self._here, parcel, carrier, number)
        self._platform.shipment_corrected(corrected)

    @command
    def hand_over_by(self, warehouse_id: str, handover: Handover | None) -> None:
        """How the warehouse hands over what the platform ships, where its setting decides;
        ``None``: as its carrier can."""
        self._here.set_handover(warehouse_id, handover)

    @command
    def book(self, order_id: str, carrier: str, service: str = "", *, parcel_id: str = "") -> str:
        """Seller shipping: a label from the seller's own carrier; its tracking number. Of several
        parcels the first that has none gets it, or the named one."""
        order, only = self._order(order_id), self._one_of(order_id, parcel_id)
        shipping.require_goods(order)
        dispatch = self._platform.carriage
        parcel = shipping.book_own_carrier(dispatch, self._here, order, carrier, service, only=only)
        return parcel.tracking_number

    @command
    def hand_to(self, parcel_id: str, carrier: str) -> None:
        """The parcel is handed to this carrier, whatever its label says (H1)."""
        shipping.hand_to(self._here, self._here.outgoing(parcel_id), carrier)

    @command
    def split(self, order_id: str, groups: Sequence[Sequence[str]]) -> list[Parcel]:
        """One parcel for each group of line items: see ``packaging.split``."""
        return packaging.split(self._here, self._order(order_id), groups)

    @command
    def combine(self, parcel_ids: Sequence[str]) -> Parcel:
        """One parcel instead of these: see ``packaging.combine``."""
        return packaging.combine(self._here, [self._here.outgoing(each) for each in parcel_ids])

    @command
    def uncombine(self, parcel_id: str, order_id: str) -> Parcel:
        """A parcel of its own for the order's share: see ``packaging.uncombine``."""
        shared = self._here.outgoing(parcel_id)
        return packaging.uncombine(self._here, shared, self._order(order_id))

    @command
    def refer(self, told: ExternalOrder) -> None:
        """The seller tells what an order is called in a system of theirs; told again, it is what
        was told last. NotFound: there is no such order, or it has no such line item."""
        order = self._order(told.order_id)
        own = {item.id for item in order.items}
        for line in told.lines:
            if line.item_id not in own:
                raise NotFound("line item", line.item_id)
        self._here.references.put(told)
        self._here.record(OrderReferenced(order.id, told.system, told.id, len(told.lines)))

    @command
    def answer_cancellation(self, order_id: str, *, granted: bool) -> None:
        """The seller grants the buyer's request to cancel, or turns it down."""
        order = self._order(order_id)
        if granted:
            cancelling.grant(order)
        else:
            cancelling.close(self._here, order, Party.SELLER)

    @command
    def cancel(self, order_id: str, reason: str, item_ids: Sequence[str] = ()) -> Cancellation:
        """The seller cancels the order, or the named line items: see ``cancelling.by_seller``."""
        order = self._order(order_id)
        asked = cancelling.by_seller(self._here, order, reason, item_ids)
        if len(asked.item_ids) < len(order.live_items):
            self._platform.items_cancelled(order, asked)
        return asked

    @command
    def approve_cancellation(self, cancellation_id: str) -> None:
        """The seller grants that request of a buyer's."""
        cancelling.approve(*self._here.cancellation(cancellation_id))

    @command
    def reject_cancellation(self, cancellation_id: str, no: No) -> None:
        """The seller turns that request of a buyer's down."""
        cancelling.reject(self._here, *self._here.cancellation(cancellation_id), no)

    @command
    def answer_refund(self, order_id: str, *, granted: bool) -> None:
        """The seller grants the buyer's request for a refund, or turns it down."""
        asked = self._platform.returns.open_of(self._order(order_id), "", Kind.REFUND)
        self.answer_return(asked.id, granted=granted)

    @command
    def answer_return(self, return_id: str, *, granted: bool, refund_now: bool = False) -> None:
        """The seller grants a buyer's request, or turns it down. With *refund_now* the money goes
        back at once, and the buyer keeps the goods."""
        granting = Answer.REFUND if refund_now else Answer.GRANT
        self.reply(return_id, Answered(granting if granted else Answer.REJECT))

    @command
    def inspect_return(self, return_id: str, *, accepted: bool) -> None:
        """The seller has looked at what came back: it is paid for, or not."""
        self.reply(return_id, Inspected(accepted))

    @command
    def reply(self, return_id: str, said: Said, offer_minor: int = 0) -> None:
        """What the seller says to a request, or to the goods that came back, with the reason; and
        how much is offered, if it is an offer."""
        answering.say(self._here.returns.get(return_id), said, offer_minor)

    @command
    def decide(self, verdicts: Sequence[Verdict]) -> None:
        """What the seller says to requests, or to some of their line items: all of it, or nothing.
        What is decided differently is divided: see ``dividing``."""
        self._platform.returns.decide(verdicts)

    @command
    def begin_return(self, order_id: str, wanted: Wanted) -> Return:
        """The seller gives money back, or has goods sent back, that nobody has asked about."""
        return self._platform.returns.begin(self._order(order_id), wanted)

    @command
    def label_return(self, return_id: str, carrier: str, number: str) -> None:
        """The seller has a label for the way back."""
        self._platform.returns.label(self._here.returns.get(return_id), carrier, number)

    def _one_of(self, order_id: str, parcel_id: str) -> Parcel | None:
        """The named parcel, which holds goods of this order."""
        if not parcel_id:
            return None
        parcel = self._here.outgoing(parcel_id)
        if order_id not in parcel.order_ids:
            raise NotInParcel(order_id, parcel_id)
        return parcel
