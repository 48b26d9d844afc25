"""The life of a return: asked for, answered, sent back, looked at, and paid or replaced.

A life may be started at any status: it looks at its return and goes on from there. Silence grants
(§8), of the request as of the goods that came back.
"""

from collections.abc import Callable
from typing import Final, Protocol

from simulator.clock import Instant, later
from simulator.facts import Fact, ReturnArbitrated, ReturnMoved
from simulator.orders.model import Party
from simulator.returns.model import Arbitration, Kind, Return, ReturnStatus, Ruling
from simulator.returns.signals import Answer, Answered, Disputed, Inspected, Sent, Withdrawn
from simulator.streams import Streams
from simulator.terms import ReturnTerms, Span
from simulator.waiting import Life, TimeUp

News = Answered | Disputed | Inspected | Sent | Withdrawn | TimeUp


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

    def return_moved(self, asked: Return) -> None:
        """It concerns the order, and its buyer."""


def return_life(here: Setting, asked: Return) -> Life:
    """It waits for one thing at a time; what follows depends on where it stands."""
    while asked.is_open:
        news: News = yield asked.inbox.next_signal(by=asked.due_at)
        if isinstance(news, Withdrawn):
            _close(here, asked, Party.BUYER)
        else:
            _STEP[asked.status](here, asked, news)


def _requested(here: Setting, asked: Return, news: News) -> None:
    if isinstance(news, Answered):
        _take_answer(here, asked, news.answer, Party.SELLER)
    else:
        _take_answer(here, asked, Answer.GRANT, Party.PLATFORM)


def _take_answer(here: Setting, asked: Return, answer: Answer, by: Party) -> None:
    match answer:
        case Answer.REJECT:
            _turn_down(here, asked, ReturnStatus.REJECTED)
        case Answer.REFUND:
            _settle(here, asked, by, in_money=True)
        case Answer.GRANT:
            _grant(here, asked, by)


def _grant(here: Setting, asked: Return, by: Party) -> None:
    """A replacement is made at once (§8); for the money, the goods have to come back first."""
    if asked.kind is Kind.REPLACEMENT:
        _settle(here, asked, by, in_money=False)
    else:
        _move(here, asked, ReturnStatus.AWAITING_GOODS, by, here.terms.send_within)


def _awaited(here: Setting, asked: Return, news: News) -> None:
    if isinstance(news, Sent):
        way = _drawn(here, asked, "way back", here.terms.way_span)
        _move(here, asked, ReturnStatus.SENT_BACK, Party.BUYER, way)
    else:
        _close(here, asked, Party.PLATFORM)


def _arrived(here: Setting, asked: Return, _news: News) -> None:
    _move(here, asked, ReturnStatus.RECEIVED, Party.CARRIER, here.terms.inspect_within)


def _looked_at(here: Setting, asked: Return, news: News) -> None:
    if not isinstance(news, Inspected):
        _settle(here, asked, Party.PLATFORM, in_money=True)
    elif news.accepted:
        _settle(here, asked, Party.SELLER, in_money=True)
    else:
        _turn_down(here, asked, ReturnStatus.RECEIPT_REJECTED)


def _turned_down(here: Setting, asked: Return, news: News) -> None:
    if isinstance(news, Disputed):
        asked.arbitration = Arbitration.IN_PROGRESS
        asked.disputes += 1
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
    ReturnStatus.REJECTED: _turned_down,
    ReturnStatus.AWAITING_GOODS: _awaited,
    ReturnStatus.SENT_BACK: _arrived,
    ReturnStatus.RECEIVED: _looked_at,
    ReturnStatus.RECEIPT_REJECTED: _turned_down,
}
"""What comes of news, or of none in time, where it waits."""


def _turn_down(here: Setting, asked: Return, status: ReturnStatus) -> None:
    """The buyer has some time to turn to the platform; an earlier arbitration is over and done."""
    asked.arbitration = None
    _move(here, asked, status, Party.SELLER, here.terms.dispute_within)


def _settle(here: Setting, asked: Return, by: Party, *, in_money: bool) -> None:
    """It ends as the buyer wished, or in money at once."""
    _move(here, asked, ReturnStatus.GRANTED, by)
    if in_money:
        here.pay_back(asked)
    else:
        here.replace(asked)
    _move(here, asked, ReturnStatus.COMPLETED, Party.PLATFORM)


def _close(here: Setting, asked: Return, by: Party) -> None:
    if asked.arbitration is Arbitration.IN_PROGRESS:
        asked.arbitration = Arbitration.CLOSED
    _move(here, asked, ReturnStatus.CLOSED, by)


def _move(
    here: Setting, asked: Return, status: ReturnStatus, by: Party, lasts: int | None = None
) -> None:
    """To *status*, for so many seconds; ``None``: it does not wait there."""
    asked.become(status, here.now, here.now if lasts is None else later(here.now, lasts))
    here.record(ReturnMoved(asked.order_id, asked.id, status, by))
    here.return_moved(asked)


def _drawn(here: Setting, asked: Return, purpose: str, span: Span, nth: int = 0) -> int:
    return here.streams.between(purpose, asked.luck, span, nth)
