"""What buyers do: they order, pay, change their minds, ask for money back, complain."""

from collections.abc import Sequence

from simulator import aftersales, cancelling, doorstep
from simulator.acts.party import PartyActs
from simulator.commands import command
from simulator.disputes.case import Cause
from simulator.disputes.model import BuyerComplaint
from simulator.orders.model import Cancellation, Order, Party, Status
from simulator.orders.purchase import Purchase
from simulator.orders.signals import Pay
from simulator.returns.model import Kind, Return
from simulator.returns.wishes import Wanted


class BuyersActs(PartyActs):
    """Commands of the buyers of one world."""

    party = "buyers"

    @command
    def place_order(self, purchase: Purchase) -> Order:
        """A checkout, paid at once or not yet. A buyer with a temperament pays when they will."""
        order = self._platform.check_out(purchase)
        self.execution.settle()
        if purchase.paid and not purchase.temperament:
            self.pay(order.id)
        return order

    @command
    def pay(self, order_id: str) -> None:
        order = self._order(order_id)
        order.require(Status.UNPAID)
        order.inbox.deliver(Pay())

    @command
    def cancel(self, order_id: str, reason: str = "") -> Cancellation:
        """Done at once or asked for: see ``cancelling.ask``. Without a *reason*, for one of the
        market's."""
        order = self._order(order_id)
        cancelling.require_room(order, self._here.bounds.cancellations_per_order)
        cancelling.ask(self._here, order, reason)
        return cancelling.open_request(order)

    @command
    def withdraw_cancellation(self, order_id: str) -> None:
        """The buyer wants it after all."""
        cancelling.close(self._here, self._order(order_id), Party.BUYER)

    @command
    def change_address(self, order_id: str) -> None:
        """The delivery moves to another of the pool's addresses, under the same name."""
        doorstep.change_address(self._here, self._order(order_id))

    @command
    def refuse(self, order_id: str) -> None:
        """The buyer will not take the parcel when it comes to the door."""
        doorstep.refuse(self._here, self._order(order_id))

    @command
    def confirm(self, order_id: str) -> None:
        """Receipt is confirmed: the order is completed before its after-sales window ends."""
        aftersales.confirm(self._order(order_id))

    @command
    def ask_refund(self, order_id: str, reason: str = "", item_ids: Sequence[str] = ()) -> Return:
        """The buyer wants the money back for an order that is on its way, or has come."""
        return self.request(order_id, Wanted(Kind.REFUND, reason, tuple(item_ids)))

    @command
    def withdraw_refund(self, order_id: str) -> None:
        """The buyer keeps the goods, and lets the seller keep the money."""
        self._platform.returns.withdraw(self._order(order_id), "", Kind.REFUND)

    @command
    def complain(self, order_id: str, cause: Cause) -> BuyerComplaint:
        """The buyer complains (C2)."""
        return self._platform.office.buyer_complains(self._order(order_id), cause)

    @command
    def request_return(self, order_id: str, kind: Kind = Kind.RETURN, reason: str = "") -> Return:
        """The buyer wants to send the goods back for the money, or to have others."""
        return self.request(order_id, Wanted(kind, reason))

    @command
    def request(self, order_id: str, wanted: Wanted) -> Return:
        """The buyer wants a refund, a return or a replacement: of all, or of some line items."""
        return self._platform.returns.request(self._order(order_id), wanted)

    @command
    def withdraw_return(self, order_id: str, return_id: str = "") -> None:
        """The buyer keeps the goods after all. Here and below, if it is not named: the oldest that
        it can be said of."""
        self._platform.returns.withdraw(self._order(order_id), return_id)

    @command
    def ship_return(
        self, order_id: str, carrier: str = "", number: str = "", return_id: str = ""
    ) -> None:
        """The buyer hands the goods to a carrier: the platform's, or one of their own choice under
        the number that they upload."""
        self._platform.returns.send_back(self._order(order_id), carrier, number, return_id)

    @command
    def dispute_return(self, order_id: str, return_id: str = "") -> None:
        """The buyer does not take the seller's no: the platform decides."""
        self._platform.returns.dispute(self._order(order_id), return_id)

    @command
    def answer_offer(self, order_id: str, *, accepted: bool, return_id: str = "") -> None:
        """The buyer takes the part of the money that the seller offers, or does not."""
        returns = self._platform.returns
        returns.respond(self._order(order_id), accepted=accepted, return_id=return_id)
