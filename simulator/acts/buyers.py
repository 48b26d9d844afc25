"""What buyers do: they order, pay, change their minds, ask for money back, complain."""

from dataclasses import replace
from typing import Final

from simulator import aftersales, cancelling, checkout, packaging
from simulator.acts.party import PartyActs
from simulator.disputes.case import Cause
from simulator.disputes.model import BuyerComplaint
from simulator.facts import AddressChanged
from simulator.orders.model import Cancellation, Order, Refund, Status
from simulator.orders.purchase import Purchase
from simulator.orders.signals import Pay

_NO_LONGER_NEEDED: Final = "ecom_order_to_ship_canceled_reason_no_longer_needed"


class BuyersActs(PartyActs):
    """Commands of the buyers of one world."""

    def place_order(self, purchase: Purchase) -> Order:
        """A checkout, paid at once or not yet."""
        order = self._platform.check_out(purchase)
        self._settle()
        if purchase.paid:
            self.pay(order.id)
        return order

    def pay(self, order_id: str) -> None:
        order = self._order(order_id)
        order.require(Status.UNPAID)
        order.inbox.deliver(Pay())
        self._settle()

    def cancel(self, order_id: str, reason: str = _NO_LONGER_NEEDED) -> Cancellation:
        """Done at once before the seller may act, asked for while the order awaits shipment, too
        late after that."""
        asked = cancelling.ask(self._here, self._order(order_id), reason)
        self._settle()
        return asked

    def withdraw_cancellation(self, order_id: str) -> None:
        """The buyer wants it after all."""
        cancelling.close(self._here, self._order(order_id))
        self._settle()

    def change_address(self, order_id: str) -> None:
        """The delivery moves to another of the pool's addresses, under the same name."""
        order = self._order(order_id)
        order.require(Status.UNPAID, Status.ON_HOLD, Status.AWAITING_SHIPMENT)
        order.moves += 1
        elsewhere = checkout.somebody(self._here, "new home", order.luck, order.moves)
        order.address = replace(elsewhere, name=order.address.name, phone=order.address.phone)
        self._here.record(AddressChanged(order.id))
        packaging.move_out(self._here, order)

    def confirm(self, order_id: str) -> None:
        """Receipt is confirmed: the order is completed before its after-sales window ends."""
        aftersales.confirm(self._order(order_id))
        self._settle()

    def ask_refund(self, order_id: str, reason: str = "") -> Refund:
        """The buyer wants the money back for an order that is on its way, or has come."""
        asked = aftersales.ask_refund(self._here, self._order(order_id), reason)
        self._settle()
        return asked

    def withdraw_refund(self, order_id: str) -> None:
        """The buyer keeps the goods, and lets the seller keep the money."""
        aftersales.answer_refund(self._here, self._order(order_id), granted=False)
        self._settle()

    def complain(self, order_id: str, cause: Cause) -> BuyerComplaint:
        """The buyer complains (C2)."""
        filed = self._platform.office.buyer_complains(self._order(order_id), cause)
        self._settle()
        return filed
