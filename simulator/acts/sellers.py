"""What sellers do through the platform's API: they ship, and answer their buyers."""

from collections.abc import Sequence

from simulator import aftersales, cancelling, shipping
from simulator.acts.party import PartyActs
from simulator.buyers.temperaments import News
from simulator.parcels.model import Handover, Slot
from simulator.returns.signals import Answer


class SellersActs(PartyActs):
    """Commands of the sellers of one world."""

    def ready_to_ship(
        self, order_id: str, handover: Handover | None = None, slot: Slot | None = None
    ) -> None:
        """Platform shipping: see ``shipping.ready_to_ship``."""
        shipping.ready_to_ship(self._here, self._order(order_id), handover, slot)
        self._settle()

    def mark_shipped(
        self, order_id: str, carrier: str, number: str, item_ids: Sequence[str] = ()
    ) -> None:
        """Seller shipping: see ``shipping.mark_shipped``."""
        order = self._order(order_id)
        shipping.require_whole(order, item_ids)
        shipping.mark_shipped(self._here, order, carrier, number)
        self._settle()

    def book(self, order_id: str, carrier: str, service: str = "") -> str:
        """Seller shipping: a label from the seller's own carrier; its tracking number."""
        order = self._order(order_id)
        dispatch = self._platform.carriage
        parcel = shipping.book_own_carrier(dispatch, self._here, order, carrier, service)
        self._settle()
        return parcel.tracking_number

    def answer_cancellation(self, order_id: str, *, granted: bool) -> None:
        """The seller grants the buyer's request to cancel, or turns it down."""
        order = self._order(order_id)
        if granted:
            cancelling.grant(order)
        else:
            cancelling.close(self._here, order)
        self._settle()

    def answer_refund(self, order_id: str, *, granted: bool) -> None:
        """The seller grants the buyer's request for a refund, or turns it down."""
        order = self._order(order_id)
        aftersales.answer_refund(self._here, order, granted=granted)
        if not granted:
            self._platform.patrons.tell(order, News.REFUND_TURNED_DOWN)
        self._settle()

    def answer_return(self, return_id: str, *, granted: bool, refund_now: bool = False) -> None:
        """The seller grants the buyer's request for a return or replacement, or turns it down.
        With *refund_now* the money goes back at once, and the buyer keeps the goods."""
        granting = Answer.REFUND if refund_now else Answer.GRANT
        asked = self._here.returns.get(return_id)
        self._platform.returns.answer(asked, granting if granted else Answer.REJECT)
        self._settle()

    def inspect_return(self, return_id: str, *, accepted: bool) -> None:
        """The seller has looked at what came back: it is paid for, or not."""
        self._platform.returns.inspect(self._here.returns.get(return_id), accepted=accepted)
        self._settle()
