"""Customer service, version 202602 (known from the newer public client): a shop's sessions."""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.kernel.pages import page_token as token_of
from mock_api.kernel.questions import Question
from mock_api.seller_center.customer_service.locales import Locale
from mock_api.seller_center.customer_service.refusals import bad_parameter
from mock_api.seller_center.customer_service.rolls import BEGUN, Rolls, rolls_of
from mock_api.seller_center.customer_service.talks import SCOPE
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    gated_router,
    place_in,
    shop_of,
    world_of,
)
from simulator.clock import DAY
from simulator.service.model import Conversation, Session
from simulator.service.performance import IN_TIME, answered_after

router: Final = gated_router("customer_service", "202602")

_LOOKS_BACK: Final = 90 * DAY


class Span(Body):
    begin_time_ge: int
    begin_time_lt: int
    buyer_nickname: str | None = None


class SessionRow(Wire):
    id: str
    conversation_id: str
    begin_time: int
    end_time: int | None = None
    buyer_nickname: str
    chat_tags: list[str] | None = None
    satisfaction_score: int | None = None
    dissatisfaction_reason: str | None = None
    first_response_late: bool | None = None
    first_response_time: int | None = None


class Sessions(Wire):
    next_page_token: str
    sessions: list[SessionRow] | None = None


@router.post("/sessions/search", response_model_exclude_none=True)
@access(SCOPE)
async def search_sessions(
    request: Request,
    caller: CallerDep,
    wanted: Span,
    page_size: Annotated[int, Query(ge=1, le=100)],
    page_token: str | None = None,
    locale: Locale = "en",  # noqa: ARG001 - nothing in the answer is translated
) -> Envelope[Sessions]:
    """The latest first; 1 to 100 a page (both inferred). The last 90 days only (documented)."""
    if wanted.begin_time_lt < wanted.begin_time_ge:
        raise Refusal(bad_parameter("begin_time_lt", "is before begin_time_ge"))
    if wanted.begin_time_ge < world_of(caller).now - _LOOKS_BACK:
        raise Refusal(bad_parameter("begin_time_ge", "is more than 90 days ago"))
    rolls = rolls_of(caller.sandbox)
    asked = (wanted.begin_time_ge, wanted.begin_time_lt, wanted.buyer_nickname)
    question = Question(
        BEGUN,
        descending=True,
        ranges=((BEGUN, wanted.begin_time_ge, wanted.begin_time_lt),),
        also=_named(rolls, wanted.buyer_nickname),
    )
    after = place_in(page_token, asked)
    found, last = rolls.sessions(shop_of(caller).id).page(question, after, page_size)
    rows = [_row(*rolls.session(each)) for each in found]
    token = token_of(last, asked) if last else ""
    return ok(request, Sessions(next_page_token=token, sessions=rows or None))


def _named(rolls: Rolls, nickname: str | None) -> "NameCheck | None":
    return NameCheck(rolls, nickname) if nickname else None


class NameCheck:
    """Whether a session's buyer is called so."""

    def __init__(self, rolls: Rolls, nickname: str) -> None:
        self._rolls = rolls
        self._nickname = nickname

    def __call__(self, session_id: str) -> bool:
        return self._rolls.session(session_id)[0].name == self._nickname


def _row(talk: Conversation, session: Session) -> SessionRow:
    took = answered_after(session) if session.answered_at else None
    return SessionRow(
        id=session.id,
        conversation_id=talk.id,
        begin_time=session.begun_at,
        end_time=session.ended_at or None,
        buyer_nickname=talk.name,
        chat_tags=[session.topic] if session.topic else None,
        satisfaction_score=session.stars or None,
        dissatisfaction_reason=session.rated_for or None,
        first_response_late=took > IN_TIME if took is not None else None,
        first_response_time=took,
    )
