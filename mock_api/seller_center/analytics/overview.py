"""Get SPS Overview: the score, its dimensions, what it unlocks, and what pulls it down."""

from typing import Final

from mock_api.seller_center.analytics.watching import STATUS_TEXT, Watched, in_words
from mock_api.seller_center.envelope import Wire
from simulator.statistics.performance import WINDOW_DAYS
from simulator.statistics.score import BANDS, WEIGHTS, Mark, Tier, of_dimension, of_shop, tier

_BENEFITS: Final = (("Campaign access", 2.5), ("Search boost", 3.5), ("Faster settlement", 4.5))
"""Made up: no source names them. They begin where the tiers do."""
_ISSUES_MOST: Final = 3


class Benefit(Wire):
    benefit_name: str
    is_unlocked: bool
    unlock_score: str


class Dimension(Wire):
    name: str
    score: str | None = None
    status: str
    status_text: str
    weight: str


class Issue(Wire):
    description: str
    evaluate_duration_days: int
    end_evaluation_time: int
    start_evaluation_time: int
    metric_code: str
    metric_name: str
    rank: int


class TopIssues(Wire):
    issues: list[Issue]
    summary: str


class Overview(Wire):
    """Without the shop's place among its peers, and its category: here it has neither."""

    benefits: list[Benefit]
    dimensions: list[Dimension]
    evaluate_duration_days: int
    end_evaluation_time: int
    start_evaluation_time: int
    sps_score: str | None = None
    sps_tier: str
    sps_tier_text: str
    top_issues: TopIssues
    update_time: int


def overview(shop: Watched) -> Overview:
    found = shop.marks()
    score = of_shop(found)
    reached = tier(score)
    return Overview(
        benefits=[
            Benefit(
                benefit_name=name, is_unlocked=(score or 0) >= least, unlock_score=f"{least:.1f}"
            )
            for name, least in _BENEFITS
        ],
        dimensions=[_dimension(found, name, weight) for name, weight in WEIGHTS.items()],
        evaluate_duration_days=WINDOW_DAYS,
        end_evaluation_time=shop.end,
        start_evaluation_time=shop.begin,
        sps_score=in_words(score),
        sps_tier=reached,
        sps_tier_text=STATUS_TEXT[reached],
        top_issues=_issues(shop, found),
        update_time=shop.end,
    )


def _dimension(found: list[Mark], name: str, weight: int) -> Dimension:
    score = of_dimension(found, name)
    return Dimension(
        name=name,
        score=in_words(score),
        status=tier(score),
        status_text=STATUS_TEXT[tier(score)],
        weight=str(weight),
    )


def _issues(shop: Watched, found: list[Mark]) -> TopIssues:
    """The worst metrics that are not excellent."""
    bad = [each for each in found if each.tier not in (Tier.NIL, Tier.EXCELLENT)]
    worst = sorted(bad, key=lambda each: each.score or 0.0)[:_ISSUES_MOST]
    issues = [
        Issue(
            description=f"{BANDS[each.metric].name} needs attention",
            evaluate_duration_days=WINDOW_DAYS,
            end_evaluation_time=shop.end,
            start_evaluation_time=shop.begin,
            metric_code=each.metric,
            metric_name=BANDS[each.metric].name,
            rank=rank,
        )
        for rank, each in enumerate(worst, start=1)
    ]
    names = ", ".join(issue.metric_name for issue in issues)
    return TopIssues(issues=issues, summary=names or "No issues")
