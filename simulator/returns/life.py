"""The life of a refund, a return or a replacement: asked for, answered, sent back, looked at, and
paid or replaced.

A life may be started at any status: it looks at its return and goes on from there. Silence grants
(§8), of the request as of the goods that came back.
"""

from collections.abc import Callable
from typing import Final, Protocol

from simulator.clock import EPOCH, Instant, later
from simulator.facts import Fact, RefundMoved, ReturnArbitrated, ReturnDisputed, ReturnMoved
from simulator.orders.model import Party
from simulator.returns.model import (
    REFUND_WORDS,
    Arbitration,
    Kind,
    Note,
    Return,
    ReturnStatus,
    Ruling,
    Shipment,
)
from simulator.returns.signals import (
    Answer,
    Answered,
    Arrived,
    Called,
    Disputed,
    Gone,
    Inspected,
    Offered,
    Overtaken,
    Responded,
    Said,
    Sent,
    Withdrawn,
)
from simulator.streams import Streams
from simulator.terms import ReturnTerms, Span
from simulator.waiting import Life, TimeUp

LOST: Final = "lost_on_the_way_back"
"""Our word for why the platform pays when what was sent back never arrived."""

News = (
    Answered
    | Arrived
    | Called
    | Disputed
    | Gone
    | Inspected
    | Offered
    | Overtaken
    | Responded
    | Sent
    | Withdrawn
    | TimeUp
)


class Setting(Protocol):
    """What a return needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    @property
    def terms(self) -> ReturnTerms: ...
    def record(self, fact: Fact) -> None: ...
    def ruling_on(self, asked: Return) -> Ruling: ...
    def pay_back(self, asked: Return) -> None:
        """The money goes back."""

    def replace(self, asked: Return) -> None:
        """Other goods are ordered, for nothing."""

    def goods_back(self, asked: Return) -> None:
        """What came back is the seller's again."""

    def call_off(self, asked: Return) -> None:
        """No carrier need come for the goods."""

    def return_moved(self, asked: Return) -> None:
        """It concerns the order, and its buyer."""


def return_life(here: Setting, asked: Return) -> Life:
    """It waits for one thing at a time; what follows depends on where it stands."""
    while asked.is_open:
        news: News = yield asked.inbox.next_signal(by=asked.due_at or None)
        match news:
            case Withdrawn():
                _close(here, asked, Party.BUYER)
            case Overtaken():
                _close(here, asked, Party.PLATFORM)
            case _:
                _STEP[asked.status](here, asked, news)


def begin(here: Setting, asked: Return) -> None:
    """A seller began it: nobody need answer. A refund is paid at once, a return awaits its
    goods (inferred)."""
    _take_answer(here, asked, Answered(Answer.GRANT), Party.SELLER)


def _requested(here: Setting, asked: Return, news: News) -> None:
    match news:
        case Answered():
            _take_answer(here, asked, news, Party.SELLER)
        case Offered():
            _offer(here, asked, news)
        case _:
            _take_answer(here, asked, Answered(Answer.GRANT), Party.PLATFORM)


def _take_answer(here: Setting, asked: Return, said: Answered, by: Party) -> None:
    match said.answer:
        case Answer.REJECT:
            _turn_down(here, asked, ReturnStatus.REJECTED, by, said)
        case Answer.REFUND:
            asked.keeps_goods = asked.kind is not Kind.REFUND
            _settle(here, asked, by, in_money=True, said=said)
        case Answer.GRANT:
            _grant(here, asked, by, said)


def _grant(here: Setting, asked: Return, by: Party, said: Answered | None = None) -> None:
    """A refund is paid and a replacement made at once (§8); else the goods have to come back
    first."""
    if asked.kind is Kind.RETURN:
        _move(here, asked, ReturnStatus.AWAITING_GOODS, by, here.terms.send_within, said)
    else:
        _settle(here, asked, by, in_money=asked.kind is Kind.REFUND, said=said)


def _offer(here: Setting, asked: Return, said: Offered) -> None:
    within = here.terms.respond_within
    _move(here, asked, ReturnStatus.OFFERED, Party.SELLER, within, said)


def _offered(here: Setting, asked: Return, news: News) -> None:
    """Silence declines (inferred). What was declined before the goods came back is asked again."""
    by = Party.BUYER if isinstance(news, Responded) else Party.PLATFORM
    if isinstance(news, Responded) and news.accepted:
        asked.amount_minor = asked.offer_minor
        asked.keeps_goods = not asked.received_at and asked.kind is not Kind.REFUND
        _settle(here, asked, by, in_money=True)
        return
    asked.offer_declined = True
    if asked.received_at:
        _turn_down(here, asked, ReturnStatus.RECEIPT_REJECTED, by)
    else:
        _move(here, asked, ReturnStatus.REQUESTED, by, here.terms.answer_within)


def _awaited(here: Setting, asked: Return, news: News) -> None:
    match news:
        case Called():
            asked.due_at = EPOCH
        case Sent():
            _move(here, asked, ReturnStatus.SENT_BACK, Party.BUYER)
            asked.due_at = EPOCH
        case _:
            _close(here, asked, Party.PLATFORM)


def _on_its_way(here: Setting, asked: Return, news: News) -> None:
    """Until its parcel has come to an end: it has arrived, or never will."""
    if isinstance(news, Arrived):
        asked.received_at = here.now
        _move(here, asked, ReturnStatus.RECEIVED, Party.CARRIER, here.terms.inspect_within)
    elif asked.shipment is Shipment.PLATFORM:
        asked.ruling = Ruling(for_buyer=True, row=LOST, payer=Party.CARRIER)
        _settle(here, asked, Party.PLATFORM, in_money=True)
    else:
        _close(here, asked, Party.PLATFORM)


def _looked_at(here: Setting, asked: Return, news: News) -> None:
    match news:
        case Offered():
            _offer(here, asked, news)
        case Inspected(accepted=False):
            _turn_down(here, asked, ReturnStatus.RECEIPT_REJECTED, Party.SELLER, news)
        case Inspected():
            _settle(here, asked, Party.SELLER, in_money=True, said=news)
        case _:
            _settle(here, asked, Party.PLATFORM, in_money=True)


def _turned_down(here: Setting, asked: Return, news: News) -> None:
    if isinstance(news, Disputed):
        asked.arbitration = Arbitration.IN_PROGRESS
        asked.disputes += 1
        asked.notes.append(Note(here.now, "disputed", Party.BUYER))
        here.record(ReturnDisputed(asked.order_id, asked.id))
        span = here.terms.arbitrate_span
        asked.due_at = later(here.now, _drawn(here, asked, "arbitration", span, asked.disputes))
    elif asked.arbitration is Arbitration.IN_PROGRESS:
        _arbitrate(here, asked)
    else:
        asked.arbitration = Arbitration.CLOSED
        _close(here, asked, Party.PLATFORM)


def _arbitrate(here: Setting, asked: Return) -> None:
    ruling = asked.ruling = here.ruling_on(asked)
    for_whom = Arbitration.SUPPORT_BUYER if ruling.for_buyer else Arbitration.SUPPORT_SELLER
    asked.arbitration = for_whom
    asked.notes.append(Note(here.now, for_whom, Party.PLATFORM, ruling.row))
    here.record(
        ReturnArbitrated(asked.order_id, asked.id, for_whom, ruling.row, ruling.payer or "")
    )
    if not ruling.for_buyer:
        _close(here, asked, Party.PLATFORM)
    elif asked.status is ReturnStatus.REJECTED:
        _grant(here, asked, Party.PLATFORM)
    else:
        _settle(here, asked, Party.PLATFORM, in_money=True)


_STEP: Final[dict[ReturnStatus, Callable[[Setting, Return, News], None]]] = {
    ReturnStatus.REQUESTED: _requested,
    ReturnStatus.OFFERED: _offered,
    ReturnStatus.REJECTED: _turned_down,
    ReturnStatus.AWAITING_GOODS: _awaited,
    ReturnStatus.SENT_BACK: _on_its_way,
    ReturnStatus.RECEIVED: _looked_at,
    ReturnStatus.RECEIPT_REJECTED: _turned_down,
}
"""What comes of news, or of none in time, where it waits."""


def _turn_down(
    here: Setting,
    asked: Return,
    status: ReturnStatus,
    by: Party,
    said: Said | None = None,
) -> None:
    """The buyer has some time to turn to the platform; an earlier arbitration is over and done."""
    asked.arbitration = None
    _move(here, asked, status, by, here.terms.dispute_within, said)


def _settle(
    here: Setting, asked: Return, by: Party, *, in_money: bool, said: Said | None = None
) -> None:
    """It ends as the buyer wished, or in money at once."""
    _move(here, asked, ReturnStatus.GRANTED, by, said=said)
    if asked.received_at:
        here.goods_back(asked)
    if in_money:
        here.pay_back(asked)
    else:
        here.replace(asked)
    _move(here, asked, ReturnStatus.COMPLETED, Party.PLATFORM)


def _close(here: Setting, asked: Return, by: Party) -> None:
    if asked.arbitration is Arbitration.IN_PROGRESS:
        asked.arbitration = Arbitration.CLOSED
    if asked.parcel_id:
        here.call_off(asked)
    _move(here, asked, ReturnStatus.CLOSED, by)


def _move(
    here: Setting,
    asked: Return,
    status: ReturnStatus,
    by: Party,
    lasts: int | None = None,
    said: Said | None = None,
) -> None:
    """To *status*, for so many seconds; ``None``: it does not wait there."""
    asked.become(status, here.now, here.now if lasts is None else later(here.now, lasts))
    words = (said.text, said.reason, said.images) if said else ()
    asked.notes.append(Note(here.now, status, by, *words))
    if asked.kind is Kind.REFUND:
        here.record(RefundMoved(asked.order_id, asked.id, REFUND_WORDS[status], by))
    else:
        here.record(ReturnMoved(asked.order_id, asked.id, status, by))
    here.return_moved(asked)


def _drawn(here: Setting, asked: Return, purpose: str, span: Span, nth: int = 0) -> int:
    return here.streams.between(purpose, asked.luck, span, nth)
