"""Suppliers of one world (X3): an order passed on, and shipped by who has the goods.

It is the setting of every errand's life. The seller keeps the order, its deadline, and the duty to
mark it.
"""

from simulator import packaging, shipping
from simulator.carriage import Carriage
from simulator.channels.model import Channel
from simulator.channels.suppliers import Errand, OrderOver, Step, errand_life
from simulator.clock import HOUR, Instant, later
from simulator.errors import CancellationPending, DomainError, GoodsElsewhere
from simulator.facts import OrderPassedOn, SupplierRefused, SupplierShipped
from simulator.orders.model import Order
from simulator.parcels.model import ParcelStatus
from simulator.registry import Registry
from simulator.waiting import Inbox

_ASKS_AGAIN_AFTER = 6 * HOUR
"""A supplier does not ship what may be cancelled yet, and looks again (ours)."""


class Suppliers:
    """The setting of errands in one world."""

    def __init__(self, here: Registry, carriage: Carriage) -> None:
        self._all = here
        self._carriage = carriage

    # What sellers do.

    def pass_on(self, order: Order, code: str) -> Errand:
        """That supplier gets the order's address. Goods that the seller has may be left at home;
        what was shipped already, with another order's goods say, is not the supplier's any more."""
        here = self._all
        supplier = here.channels.supplier(code)
        packaging.require_shippable(order)
        if order.supplier or order.channel is Channel.OVERSEAS:
            raise GoodsElsewhere(order.id)
        for parcel in here.parcels_of(order):
            if not parcel.ready_at:
                parcel.require(ParcelStatus.CREATED)
        luck = f"{order.luck}.supplier.{order.passed}"
        draw = here.streams
        takes = draw.between("supplier's lead", luck, supplier.lead_span)
        promised_by = later(here.now, supplier.lead_span[1])
        step, due_at = Step.SHIP, later(here.now, takes)
        if draw.unit("supplier is late", luck) < supplier.late:
            due_at = later(promised_by, draw.between("late by", luck, supplier.late_by))
        if draw.unit("supplier refuses", luck) < supplier.refuses:
            answers = draw.between("supplier answers", luck, supplier.answers_within)
            step, due_at = Step.REFUSE, later(here.now, answers)
        inbox = Inbox(here.agenda)
        errand = Errand(order.id, code, here.now, promised_by, inbox, step, due_at)
        order.channel, order.supplier = Channel.DROPSHIP, code
        order.passed += 1
        here.errands[order.id] = errand
        here.record(OrderPassedOn(order.id, code, promised_by))
        self.start_errand(errand)
        return errand

    def pass_to_anybody(self, order: Order) -> None:
        """As simulated sellers do: to one by chance, and after a refusal to the next."""
        known = self._all.channels.suppliers
        first = self._all.streams.pick("supplier", order.luck, len(known))
        self.pass_on(order, known[(first + order.passed) % len(known)].code if known else "")

    # What the platform tells.

    def order_over(self, order: Order) -> None:
        errand = self._all.errands.get(order.id)
        if errand:
            errand.inbox.deliver(OrderOver())

    def start_errand(self, errand: Errand) -> None:
        self._all.env.process(errand_life(self, errand))

    # What errands do.

    def refuse(self, errand: Errand, reason: str) -> None:
        """A simulated seller then asks the next supplier, each of them once."""
        order = self._all.order(errand.order_id)
        order.supplier = ""
        self._all.record(SupplierRefused(order.id, errand.supplier, reason))
        if order.behaviour and order.passed < len(self._all.channels.suppliers):
            try:
                self.pass_to_anybody(order)
            except DomainError:
                return  # it was cancelled, or may be yet: the seller shrugs

    def ship(self, errand: Errand) -> Instant | None:
        here = self._all
        order = here.order(errand.order_id)
        try:
            shipping.hand_over(self._carriage, here, order)
        except CancellationPending:
            return later(here.now, _ASKS_AGAIN_AFTER)
        except DomainError as refusal:
            self.errand_done(errand)
            self.refuse(errand, type(refusal).__name__)
            return None
        late_s = max(0, here.now - errand.promised_by)
        here.record(SupplierShipped(order.id, errand.supplier, late_s))
        return None

    def errand_done(self, errand: Errand) -> None:
        if self._all.errands.get(errand.order_id) is errand:
            del self._all.errands[errand.order_id]
