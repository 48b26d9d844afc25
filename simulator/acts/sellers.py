"""What sellers do through the platform's API: they ship, and answer their buyers."""

from collections.abc import Sequence

from simulator import cancelling, packaging, shipping
from simulator.acts.party import PartyActs
from simulator.errors import NotInParcel
from simulator.parcels.model import Handover, Parcel, Slot
from simulator.returning import Wanted
from simulator.returns.model import Kind, Return
from simulator.returns.signals import Answer, Answered, Inspected, Offered


class SellersActs(PartyActs):
    """Commands of the sellers of one world."""

    def ready_to_ship(
        self,
        order_id: str,
        handover: Handover | None = None,
        slot: Slot | None = None,
        *,
        parcel_id: str = "",
    ) -> None:
        """Platform shipping: see ``shipping.ready_to_ship``; all its parcels, or the named one."""
        order, only = self._order(order_id), self._one_of(order_id, parcel_id)
        shipping.require_goods(order)
        shipping.ready_to_ship(self._here, order, handover, slot, only)
        self._settle()

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
        only = only or shipping.parcel_with(self._here, order, item_ids)
        if any(not parcel.carrier for parcel in self._here.parcels_of(order)):
            shipping.require_goods(order)
        marked = shipping.mark_shipped(self._here, order, carrier, number, only)
        self._settle()
        return marked

    def book(self, order_id: str, carrier: str, service: str = "", *, parcel_id: str = "") -> str:
        """Seller shipping: a label from the seller's own carrier; its tracking number. Of several
        parcels the first that has none gets it, or the named one."""
        order, only = self._order(order_id), self._one_of(order_id, parcel_id)
        shipping.require_goods(order)
        dispatch = self._platform.carriage
        parcel = shipping.book_own_carrier(dispatch, self._here, order, carrier, service, only=only)
        self._settle()
        return parcel.tracking_number

    def hand_to(self, parcel_id: str, carrier: str) -> None:
        """The parcel is handed to this carrier, whatever its label says (H1)."""
        shipping.hand_to(self._here, self._here.parcel(parcel_id), carrier)

    def split(self, order_id: str, groups: Sequence[Sequence[str]]) -> list[Parcel]:
        """One parcel for each group of line items: see ``packaging.split``."""
        return packaging.split(self._here, self._order(order_id), groups)

    def combine(self, parcel_ids: Sequence[str]) -> Parcel:
        """One parcel instead of these: see ``packaging.combine``."""
        return packaging.combine(self._here, [self._here.parcel(each) for each in parcel_ids])

    def uncombine(self, parcel_id: str, order_id: str) -> Parcel:
        """A parcel of its own for the order's share: see ``packaging.uncombine``."""
        return packaging.uncombine(self._here, self._here.parcel(parcel_id), self._order(order_id))

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
        asked = self._platform.returns.open_of(self._order(order_id), "", Kind.REFUND)
        self.answer_return(asked.id, granted=granted)

    def answer_return(self, return_id: str, *, granted: bool, refund_now: bool = False) -> None:
        """The seller grants a buyer's request, or turns it down. With *refund_now* the money goes
        back at once, and the buyer keeps the goods."""
        granting = Answer.REFUND if refund_now else Answer.GRANT
        self.reply(return_id, Answered(granting if granted else Answer.REJECT))

    def inspect_return(self, return_id: str, *, accepted: bool) -> None:
        """The seller has looked at what came back: it is paid for, or not."""
        self.reply(return_id, Inspected(accepted))

    def reply(self, return_id: str, said: Answered | Inspected) -> None:
        """What the seller says to a request, or to the goods that came back, with the reason."""
        asked, returns = self._here.returns.get(return_id), self._platform.returns
        if isinstance(said, Answered):
            returns.answer(asked, said)
        else:
            returns.inspect(asked, said)
        self._settle()

    def offer_part(self, return_id: str, amount_minor: int, said: Offered | None = None) -> None:
        """The seller offers a part of the money, and waits for the buyer's answer."""
        asked = self._here.returns.get(return_id)
        self._platform.returns.offer(asked, amount_minor, said or Offered())
        self._settle()

    def begin_return(self, order_id: str, wanted: Wanted) -> Return:
        """The seller gives money back, or has goods sent back, that nobody has asked about."""
        begun = self._platform.returns.begin(self._order(order_id), wanted)
        self._settle()
        return begun

    def label_return(self, return_id: str, carrier: str, number: str) -> None:
        """The seller has a label for the way back."""
        self._platform.returns.label(self._here.returns.get(return_id), carrier, number)

    def _one_of(self, order_id: str, parcel_id: str) -> Parcel | None:
        """The named parcel, which holds goods of this order."""
        if not parcel_id:
            return None
        parcel = self._here.parcel(parcel_id)
        if order_id not in parcel.order_ids:
            raise NotInParcel(order_id, parcel_id)
        return parcel
