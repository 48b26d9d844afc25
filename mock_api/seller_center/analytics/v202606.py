"""Analytics, version 202606: the Shop Performance Score. Only the newer client has these calls."""

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Query, Request
from pydantic import BaseModel, Field

from mock_api.seller_center.analytics.overview import Overview, overview
from mock_api.seller_center.analytics.problems import (
    ProblemPage,
    TopItems,
    problem_page,
    top_items,
)
from mock_api.seller_center.analytics.watching import (
    STATUS_TEXT,
    Watched,
    benchmarks,
    in_words,
    value_in_words,
    watched,
)
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.listing import Listing, page_of
from mock_api.seller_center.requests import CallerDep, gated_router
from simulator.clock import DAY
from simulator.statistics.performance import WINDOW_DAYS, Metric
from simulator.statistics.score import BANDS, Mark, Tier, value_of

router: Final = gated_router("analytics", "202606")

SCOPE: Final = "data.shop_analytics.public.read"
"""Of the analytics group's other endpoints (inferred)."""

_CAUSES_MOST: Final = 3


class MetricView(Wire):
    benchmarks: dict[str, str]
    dimension: str
    evaluate_duration_days: int
    end_evaluation_time: int
    start_evaluation_time: int
    metric_code: str
    metric_name: str
    score: str | None = None
    status: str
    status_text: str
    value: str | None = None
    value_unit: str
    top_reason_text: str | None = None


class Metrics(Wire):
    metrics: list[MetricView]


class Rule(Wire):
    denominator_label: str
    denominator_value: str
    numerator_label: str
    numerator_value: str


class Bucket(Wire):
    count: int
    name: str
    percent: str


class Point(Wire):
    record_date: str
    value: str


class Trend(Wire):
    data_points: list[Point]


class Analysis(Wire):
    summaries: list[str]
    details: list[str]


class Diagnosis(Wire):
    benchmarks: dict[str, str]
    calculation_rule: Rule
    dimension: str
    distribution_details: list[Bucket]
    evaluate_duration_days: int
    end_evaluation_time: int
    start_evaluation_time: int
    metric_code: str
    score: str | None = None
    status: str
    status_text: str
    trend: Trend
    value: str | None = None
    value_unit: str
    analyses: list[Analysis]


class Locale(BaseModel):
    """Texts are in English, whatever is asked for."""

    locale: str | None = None


class DiagnosisQuery(Locale):
    trend_duration_days: int = Field(30, ge=1, le=WINDOW_DAYS)


class ProblemQuery(Listing):
    locale: str | None = None
    page_size: int = Field(20, ge=1, le=50)


_LABELS: Final = {
    Metric.NRR: ("Negative reviews", "Reviews"),
    Metric.NBFR: ("Returns and refunds", "Delivered orders"),
    Metric.SFCR: ("Cancelled by seller's fault", "Paid orders"),
    Metric.OTDR: ("Delivered on time", "Delivered orders"),
    Metric.AHT: ("Seconds", "Returns"),
    Metric.IM_DSAT: ("Dissatisfied chats", "Rated chats"),
}


@router.get("/shop_performances/overview", response_model_exclude_none=True)
@access(SCOPE)
async def get_sps_overview(
    request: Request,
    caller: CallerDep,
    _asked: Annotated[Locale, Query()],
) -> Envelope[Overview]:
    return ok(request, overview(watched(caller)))


@router.get("/shop_performances/metrics", response_model_exclude_none=True)
@access(SCOPE)
async def get_sps_metrics(
    request: Request,
    caller: CallerDep,
    _asked: Annotated[Locale, Query()],
) -> Envelope[Metrics]:
    shop = watched(caller)
    return ok(request, Metrics(metrics=[_metric(shop, each) for each in shop.marks()]))


@router.get("/shop_performances/metrics/{metric_code}/diagnosis", response_model_exclude_none=True)
@access(SCOPE)
async def get_sps_metric_diagnosis(
    request: Request,
    caller: CallerDep,
    metric_code: Metric,
    asked: Annotated[DiagnosisQuery, Query()],
) -> Envelope[Diagnosis]:
    shop = watched(caller)
    found, bands = shop.mark(metric_code), BANDS[metric_code]
    numerator, denominator = _LABELS[metric_code]
    reasons = _reasons(shop, metric_code)
    return ok(
        request,
        Diagnosis(
            benchmarks=benchmarks(metric_code),
            calculation_rule=Rule(
                denominator_label=denominator,
                denominator_value=str(found.tally.of),
                numerator_label=numerator,
                numerator_value=str(found.tally.part),
            ),
            dimension=bands.dimension,
            distribution_details=reasons,
            evaluate_duration_days=WINDOW_DAYS,
            end_evaluation_time=shop.end,
            start_evaluation_time=shop.begin,
            metric_code=metric_code,
            score=in_words(found.score),
            status=found.tier,
            status_text=STATUS_TEXT[found.tier],
            trend=Trend(data_points=_trend(shop, metric_code, asked.trend_duration_days)),
            value=value_in_words(found.value),
            value_unit=bands.unit,
            analyses=[
                Analysis(summaries=[each.name], details=[f"{each.count} orders: {each.name}"])
                for each in reasons[:_CAUSES_MOST]
            ],
        ),
    )


@router.get(
    "/shop_performances/metrics/{metric_code}/problem_details", response_model_exclude_none=True
)
@access(SCOPE)
async def get_sps_metric_problem_details(
    request: Request,
    caller: CallerDep,
    metric_code: Metric,
    asked: Annotated[ProblemQuery, Query()],
) -> Envelope[ProblemPage]:
    """The latest first."""
    shop = watched(caller)
    rows = shop.performance.problems(shop.shop_id, metric_code, shop.end)
    asked.sort_order = "DESC"
    question = ("problems", shop.shop_id, metric_code, shop.end)
    page, token = page_of(rows, lambda row: (row.at, row.order_id + row.return_id), asked, question)
    answer = ProblemPage(metric_code=metric_code, next_page_token=token, total_count=len(rows))
    problem_page(shop, metric_code, page, answer)
    return ok(request, answer)


@router.get("/shop_performances/metrics/{metric_code}/top_items", response_model_exclude_none=True)
@access(SCOPE)
async def get_sps_metric_top_items(
    request: Request,
    caller: CallerDep,
    metric_code: Metric,
    _asked: Annotated[Locale, Query()],
) -> Envelope[TopItems]:
    return ok(request, top_items(watched(caller), metric_code))


def _metric(shop: Watched, found: Mark) -> MetricView:
    bands = BANDS[found.metric]
    is_bad = found.tier not in (Tier.NIL, Tier.EXCELLENT)
    return MetricView(
        benchmarks=benchmarks(found.metric),
        dimension=bands.dimension,
        evaluate_duration_days=WINDOW_DAYS,
        end_evaluation_time=shop.end,
        start_evaluation_time=shop.begin,
        metric_code=found.metric,
        metric_name=bands.name,
        score=in_words(found.score),
        status=found.tier,
        status_text=STATUS_TEXT[found.tier],
        value=value_in_words(found.value),
        value_unit=bands.unit,
        top_reason_text="This metric lowers the score" if is_bad else None,
    )


def _trend(shop: Watched, metric: Metric, days: int) -> list[Point]:
    """Each day on which something was counted, oldest first."""
    last = shop.end // DAY
    points = []
    for day in range(last - days, last):
        tally = shop.performance.on_one_day(shop.shop_id, metric, day)
        if tally.of:
            date = datetime.fromtimestamp(day * DAY, UTC).strftime("%Y%m%d")
            points.append(Point(record_date=date, value=f"{value_of(metric, tally):.2f}"))
    return points


def _reasons(shop: Watched, metric: Metric) -> list[Bucket]:
    """The kept failures by their reasons, the commonest first."""
    rows = shop.performance.problems(shop.shop_id, metric, shop.end)
    counted = Counter(each.reason or "late" for each in rows)
    return [
        Bucket(count=count, name=name, percent=f"{100 * count / len(rows):.2f}")
        for name, count in counted.most_common()
    ]
