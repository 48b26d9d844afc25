"""The living buyers of a world: whoever plays a buyer that nobody else plays.

It is the setting of every patron's life, gives the commands that a buyer gives, and is told what
becomes of the order. Orders whose buyer has no temperament have none, and cost nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from simulator import aftersales, cancelling, doorstep
from simulator.buyers.life import Heard, Patron, patron_life, pays_at
from simulator.buyers.talk import talk_of
from simulator.buyers.temperaments import Deed, News, temperament_named
from simulator.carriers.scans import Scan
from simulator.chatting import ChatDesk
from simulator.clock import EPOCH, Instant, later
from simulator.complaints import Office
from simulator.disputes.case import Cause
from simulator.disputes.record import is_stalled
from simulator.errors import DomainError
from simulator.facts import BuyerChased
from simulator.orders.model import Order, Party, Status
from simulator.parcels.model import Parcel
from simulator.parcels.packing import damage_factor, refusal_factor
from simulator.registry import Registry
from simulator.returning import ReturnsOffice
from simulator.returns.model import TURNED_DOWN, Kind, Return, ReturnStatus
from simulator.returns.wishes import Wanted
from simulator.service import texts
from simulator.service.model import Kind as MessageKind
from simulator.service.model import Said
from simulator.service.texts import Matter
from simulator.waiting import Inbox

NOT_SHIPPED: Final = "not_shipped_on_time"
"""Reasons of the platform's list (cancel-reasons.json)."""

_AWAITED: Final = (
    Status.ON_HOLD,
    Status.AWAITING_SHIPMENT,
    Status.PARTIALLY_SHIPPING,
    Status.AWAITING_COLLECTION,
    Status.IN_TRANSIT,
)
_SCANNED_DAMAGED: Final = 50.0
"""How much likelier a buyer minds what the carrier itself has scanned as damaged (ours)."""


class Patrons:
    """The setting of patrons in one world."""

    def __init__(
        self, registry: Registry, office: Office, returns: ReturnsOffice, chats: ChatDesk
    ) -> None:
        self._all = registry
        self._office = office
        self._returns = returns
        self._chats = chats
        self.streams = registry.streams

    @property
    def now(self) -> Instant:
        return self._all.now

    # What the platform tells.

    def order_placed(self, order: Order, intended: Instant) -> None:
        """Somebody lives behind the order from now on, who was to pay at *intended* (EPOCH:
        never)."""
        temperament = temperament_named(order.temperament)
        if intended:
            order.pays_at = pays_at(self.streams, temperament, order.luck, intended, EPOCH)
        patron = Patron(order.id, order.luck, order.temperament, Inbox(self._all.agenda))
        self._all.patrons[order.id] = patron
        self.start_patron(patron)

    def tell(self, order: Order, news: News) -> None:
        """What happened to *order*, if anybody lives behind it."""
        if order.temperament:
            patron = self._all.patrons.get(order.id)
            if patron:
                patron.inbox.deliver(Heard(news))

    def return_moved(self, order: Order, asked: Return) -> None:
        if asked.status is ReturnStatus.AWAITING_GOODS:
            self.tell(order, News.RETURN_GRANTED)
        elif asked.status is ReturnStatus.OFFERED:
            self.tell(order, News.OFFER_MADE)
        elif asked.status in TURNED_DOWN:
            refund = asked.kind is Kind.REFUND
            self.tell(order, News.REFUND_TURNED_DOWN if refund else News.RETURN_TURNED_DOWN)

    def order_over(self, order: Order) -> None:
        patron = self._all.patrons.pop(order.id, None)
        if patron:
            patron.inbox.deliver(Heard(News.OVER))

    def refusal_factor(self, order: Order) -> float:
        """What the buyer's temperament multiplies the chance by that a parcel is refused at the
        door, beside what its packing does (P1)."""
        return temperament_named(order.temperament).refusal_factor if order.temperament else 1.0

    def start_patron(self, patron: Patron) -> None:
        self._all.env.process(patron_life(self, patron))

    # What patrons ask.

    def is_busy(self, patron: Patron) -> bool:
        """A signal is on its way: whoever sent it was first, and what it brings is not known
        yet."""
        order = self._all.orders[patron.order_id]
        opened = self._returns.open_ones(order)
        return not (order.inbox.waiting and all(each.inbox.waiting for each in opened))

    def wonders_at(self, patron: Patron) -> Instant | None:
        order = self._all.orders[patron.order_id]
        if order.status not in _AWAITED:
            return None
        temperament = temperament_named(patron.temperament)
        parcels = self._all.parcels_of(order)
        moved = max([order.updated_at, *(parcel.updated_at for parcel in parcels)])
        promised = order.deliver_by or later(order.placed_at, temperament.expects_within)
        # At the promised second itself it is in time.
        return later(min(promised, later(moved, temperament.still_max)), 1)

    def factor(self, patron: Patron, deed: Deed) -> float:
        """P1: unsuitable packing makes buyers refuse, complain and ask for their money."""
        order = self._all.orders[patron.order_id]
        parcels, terms = self._all.parcels_of(order), self._all.market.packing
        broken = {rule for parcel in parcels for rule in parcel.broken}
        match deed:
            case Deed.REFUSE:
                return refusal_factor(broken, terms.refusal)
            case Deed.COMPLAIN_OF_DAMAGE:
                seen = _SCANNED_DAMAGED if _scanned_damaged(parcels) else 1.0
                return seen * damage_factor(broken, terms.damage)
            case Deed.ASK_REFUND:
                return damage_factor(broken, terms.damage)
            case _:
                return 1.0

    def do(self, patron: Patron, deed: Deed) -> News | None:
        order = self._all.orders[patron.order_id]
        if deed is Deed.CHASE:
            patron.chased += 1
            self._all.record(BuyerChased(order.id, patron.chased))
            self._write(patron, order, Matter.WHERE_IS_IT)
            return None
        try:
            self._deeds(order)[deed]()
        except DomainError:
            if deed in _CANCELS:
                self._may_write(patron, order, Matter.CANCEL)
            raise
        if deed in _COMPLAINS:
            self._may_write(patron, order, Matter.COMPLAINT)
        elif deed is Deed.CONFIRM:
            self._may_write(patron, order, Matter.THANKS)
        return _NEWS.get(deed)

    def _may_write(self, patron: Patron, order: Order, matter: Matter) -> None:
        """To the shop, as their temperament has it."""
        talk = talk_of(patron.temperament)
        chance = {
            Matter.CANCEL: talk.asks_to_cancel,
            Matter.COMPLAINT: talk.complains,
            Matter.THANKS: talk.thanks,
        }[matter]
        nth = patron.considered[matter] = patron.considered.get(matter, 0) + 1
        if self.streams.unit(f"buyer writes of {matter}", patron.luck, nth) < chance:
            self._write(patron, order, matter)

    def _write(self, patron: Patron, order: Order, matter: Matter) -> None:
        if order.independent:  # its shop has no part in the platform's chats
            return
        choice = texts.TEXTS[matter]
        nth = patron.considered.get(matter, 0) + patron.chased
        drawn = self.streams.pick(f"how buyer writes of {matter}", patron.luck, len(choice), nth)
        self._chats.buyer_asks(order, Said(MessageKind.TEXT, choice[drawn]), texts.TOPIC[matter])

    def patron_done(self, patron: Patron) -> None:
        self._all.patrons.pop(patron.order_id, None)

    # What they do.

    def _deeds(self, order: Order) -> dict[Deed, Callable[[], object]]:
        here, returns = self._all, self._returns
        complain = partial(self._office.buyer_complains, order)
        return {
            Deed.CANCEL_AT_ONCE: partial(cancelling.ask, here, order),
            Deed.CANCEL_LATER: partial(cancelling.ask, here, order),
            Deed.WITHDRAW_CANCELLATION: partial(cancelling.close, here, order, Party.BUYER),
            Deed.CHANGE_ADDRESS: partial(doorstep.change_address, here, order),
            Deed.REFUSE: partial(doorstep.refuse, here, order),
            Deed.GIVE_UP: partial(self._give_up, order),
            Deed.COMPLAIN_OF_WAIT: partial(self._complain_of_wait, order),
            Deed.COMPLAIN_OF_DAMAGE: partial(complain, Cause.DAMAGED),
            Deed.COMPLAIN_OF_WRONG_ITEM: partial(complain, Cause.WRONG_ITEM),
            Deed.CLAIM_NOT_RECEIVED: partial(complain, Cause.NOT_RECEIVED),
            Deed.COMPLAIN_OF_REFUSAL: partial(complain, Cause.DAMAGED),
            Deed.ASK_REFUND: partial(returns.request, order, Wanted(Kind.REFUND)),
            Deed.ASK_RETURN: partial(returns.request, order, Wanted(Kind.RETURN)),
            Deed.ASK_REPLACEMENT: partial(returns.request, order, Wanted(Kind.REPLACEMENT)),
            Deed.CONFIRM: partial(aftersales.confirm, order),
            Deed.WITHDRAW_REFUND: partial(returns.withdraw, order, "", Kind.REFUND),
            Deed.WITHDRAW_RETURN: partial(
                returns.withdraw, order, "", Kind.RETURN, Kind.REPLACEMENT
            ),
            Deed.TAKE_OFFER: partial(returns.respond, order, accepted=True),
            Deed.DECLINE_OFFER: partial(returns.respond, order, accepted=False),
            Deed.SHIP_RETURN: partial(returns.send_back, order),
            Deed.DISPUTE_RETURN: partial(returns.dispute, order),
        }

    def _give_up(self, order: Order) -> None:
        if order.status in (Status.AWAITING_COLLECTION, Status.IN_TRANSIT):
            self._returns.request(order, Wanted(Kind.REFUND))
        else:
            cancelling.ask(self._all, order, wish=NOT_SHIPPED)

    def _complain_of_wait(self, order: Order) -> None:
        terms = self._all.market.disputes
        parcels = self._all.parcels_of(order)
        lost = any(parcel.scans and is_stalled(parcel, terms, self.now) for parcel in parcels)
        self._office.buyer_complains(order, Cause.NOT_RECEIVED if lost else Cause.LATE)


_CANCELS: Final = (Deed.CANCEL_AT_ONCE, Deed.CANCEL_LATER)
_COMPLAINS: Final = (
    Deed.COMPLAIN_OF_WAIT,
    Deed.COMPLAIN_OF_DAMAGE,
    Deed.COMPLAIN_OF_WRONG_ITEM,
    Deed.CLAIM_NOT_RECEIVED,
    Deed.COMPLAIN_OF_REFUSAL,
)

_NEWS: Final = {
    Deed.CANCEL_AT_ONCE: News.CANCELLATION_ASKED,
    Deed.CANCEL_LATER: News.CANCELLATION_ASKED,
    Deed.ASK_REFUND: News.REFUND_ASKED,
    Deed.ASK_RETURN: News.RETURN_ASKED,
    Deed.ASK_REPLACEMENT: News.RETURN_ASKED,
}
"""What a deed gives occasion to."""


def _scanned_damaged(parcels: list[Parcel]) -> bool:
    return any(each.scan is Scan.DAMAGED for parcel in parcels for each in parcel.scans)
