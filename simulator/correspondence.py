"""What simulated sellers write: complaints about carriers, appeals, answers to buyers.

It is the setting of every correspondent's life. Correspondents hear facts, as an integration hears
webhooks; a world without any listens to none.
"""

from typing import Final

from simulator import cancelling
from simulator.clock import Instant
from simulator.complaints import Office
from simulator.disputes.model import Answer, Review
from simulator.facts import (
    BuyerComplained,
    BuyerComplaintClosed,
    CancellationMoved,
    CarrierComplaintDecided,
    Fact,
    OrderCancelled,
    OrderCompleted,
    OrderFact,
    OrderReadyToShip,
    RefundMoved,
    RuleBreached,
)
from simulator.orders.deadlines import PICKED_UP
from simulator.orders.model import CancellationStatus, Order, Party
from simulator.registry import Registry
from simulator.returns import answering
from simulator.returns.model import ReturnStatus
from simulator.returns.signals import Answer as Said
from simulator.returns.signals import Answered
from simulator.sellers.behaviours import behaviour_named
from simulator.sellers.letters import (
    Correspondent,
    Heard,
    Letter,
    LookAgain,
    Matter,
    correspondent_life,
)
from simulator.waiting import Inbox

_ENDS: Final = (OrderCompleted, OrderCancelled, CarrierComplaintDecided, BuyerComplaintClosed)


class Correspondence:
    """The setting of correspondents in one world."""

    def __init__(self, registry: Registry, office: Office) -> None:
        self._all = registry
        self._office = office
        self._listens = False
        self.streams = registry.streams

    @property
    def now(self) -> Instant:
        return self._all.now

    # What the platform tells.

    def order_released(self, order: Order) -> None:
        """From now on somebody may have to be written to."""
        if order.behaviour and behaviour_named(order.behaviour).writes:
            writer = Correspondent(order.id, order.luck, order.behaviour, Inbox(self._all.agenda))
            self._all.correspondents[order.id] = writer
            self.start_correspondent(writer)

    def start_correspondent(self, writer: Correspondent) -> None:
        if not self._listens:
            self._listens = True
            self._all.journal.subscribe(self._hear)
        self._all.env.process(correspondent_life(self, writer))

    def _hear(self, _seq: int, _at: Instant, fact: Fact) -> None:
        if isinstance(fact, OrderFact):
            writer = self._all.correspondents.get(fact.order_id)
            news = _news(fact) if writer else None
            if writer and news:
                writer.inbox.deliver(news)

    # What correspondents do.

    def is_settled(self, order_id: str) -> bool:
        if not self._all.order(order_id).is_over:
            return False
        docket = self._all.docket
        decided = (Review.UPHELD, Review.REJECTED)
        return all(each.status in decided for each in docket.about_carriers_of(order_id)) and not (
            any(each.is_open for each in docket.by_buyer_of(order_id))
        )

    def correspondent_done(self, correspondent: Correspondent) -> None:
        self._all.correspondents.pop(correspondent.order_id, None)

    def send(self, order_id: str, letter: Letter) -> None:
        order, docket = self._all.order(order_id), self._all.docket
        match letter.matter:
            case Matter.CARRIER_CALLED | Matter.CARRIER_LATE:
                self._office.complain_about_carrier(order)
            case Matter.COMPLAINT_REJECTED:
                self._office.appeal(docket.about_carrier(letter.about))
            case Matter.BUYER_COMPLAINED:
                answer = Answer.ACCEPT if letter.agrees else Answer.CONTEST
                self._office.answer(docket.by_buyer(letter.about), answer)
            case Matter.CANCELLATION_ASKED:
                self._answer_cancellation(order, letter)
            case Matter.REFUND_ASKED:
                said = Said.GRANT if letter.agrees else Said.REJECT
                asked = self._all.returns.get(letter.about)
                if asked.status is ReturnStatus.REQUESTED:
                    answering.say(asked, Answered(said))

    def _answer_cancellation(self, order: Order, letter: Letter) -> None:
        asked = order.cancellation
        if asked is None or asked.id != letter.about:
            return  # withdrawn, and asked anew: that is another letter's matter
        if letter.agrees:
            cancelling.grant(order)
        else:
            cancelling.close(self._all, order, Party.SELLER)


def _news(fact: OrderFact) -> Heard | LookAgain | None:
    """What the fact means to whoever writes for its order."""
    match fact:
        case OrderReadyToShip():
            return Heard(Matter.CARRIER_CALLED)
        case RuleBreached(rule=rule) if rule == PICKED_UP:
            return Heard(Matter.CARRIER_LATE)
        case CarrierComplaintDecided(complaint_id=about, status=Review.REJECTED):
            return Heard(Matter.COMPLAINT_REJECTED, about)
        case _ if isinstance(fact, _ENDS):
            return LookAgain()
        case _:
            return _from_the_buyer(fact)


def _from_the_buyer(fact: OrderFact) -> Heard | None:
    match fact:
        case BuyerComplained(complaint_id=about):
            return Heard(Matter.BUYER_COMPLAINED, about)
        case CancellationMoved(cancellation_id=about, status=CancellationStatus.PENDING):
            return Heard(Matter.CANCELLATION_ASKED, about)
        case RefundMoved(refund_id=about, status="pending"):
            return Heard(Matter.REFUND_ASKED, about)
        case _:
            return None
