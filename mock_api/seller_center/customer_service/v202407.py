"""Customer service, version 202407: how well a shop answers."""

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.customer_service.refusals import bad_parameter
from mock_api.seller_center.customer_service.talks import SCOPE
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, world_of
from simulator import World
from simulator.clock import DAY, Instant
from simulator.orders.model import Order
from simulator.service.model import Conversation
from simulator.service.performance import performance

router: Final = gated_router("customer_service", "202407")

_GUIDED: Final = 7 * DAY
"""Orders within so long after an answer are its merit (the newer public client's words)."""

Day = Annotated[str, Query(pattern=r"^\d{4}-\d\d-\d\d$")]


class PerformanceView(Wire):
    support_session_count: int
    response_percentage: str
    satisfaction_percentage: str
    response_time_mins: str
    conversion_rate: str
    cs_guided_gmv: str
    currency: str


class PerformanceAnswer(Wire):
    performance: PerformanceView


@router.get("/performance", response_model_exclude_none=True)
@access(SCOPE)
async def get_customer_service_performance(
    request: Request, caller: CallerDep, support_date_ge: Day, support_date_lt: Day
) -> Envelope[PerformanceAnswer]:
    """Days are days of UTC (inferred). Shares of nothing are 0.0 (inferred)."""
    since, until = (
        _day("support_date_ge", support_date_ge),
        _day("support_date_lt", support_date_lt),
    )
    if until <= since:
        raise Refusal(bad_parameter("support_date_lt", "is not later than support_date_ge"))
    world, talks = world_of(caller), world_of(caller).registry.chats.of(shop_of(caller).id)
    counted = performance(talks, since, until)
    asked = [talk for talk in talks if _answers(talk, since, until)]
    guided = [_guided(world, talk, since, until) for talk in asked]
    gmv = sum(order.total_minor for orders in guided for order in orders)
    digits = world.config.market.minor_digits
    view = PerformanceView(
        support_session_count=counted.sessions,
        response_percentage=_percent(counted.response_share),
        satisfaction_percentage=_percent(counted.satisfied_share),
        response_time_mins=f"{counted.answer_minutes:.1f}",
        conversion_rate=_percent(sum(map(bool, guided)) / len(asked) if asked else 0.0),
        cs_guided_gmv=f"{gmv / 10**digits:.{digits}f}",
        currency=world.config.market.currency,
    )
    return ok(request, PerformanceAnswer(performance=view))


def _answers(talk: Conversation, since: Instant, until: Instant) -> list[Instant]:
    """When its sessions of that span were first answered."""
    return [
        each.answered_at
        for each in talk.sessions
        if each.by_buyer and each.answered_at and since <= each.begun_at < until
    ]


def _guided(world: World, talk: Conversation, since: Instant, until: Instant) -> list[Order]:
    """The buyer's orders that came soon after an answer."""
    answers = _answers(talk, since, until)
    return [
        order
        for order in world.chats.orders_of(talk)
        if any(at < order.placed_at <= at + _GUIDED for at in answers)
    ]


def _day(name: str, text: str) -> Instant:
    try:
        return Instant(int(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).timestamp()))
    except ValueError:
        raise Refusal(bad_parameter(name, "is no day")) from None


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
