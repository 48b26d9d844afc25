"""The sink behind the score, and one shop's view of it: only worlds of markets that have a score
keep one."""

from dataclasses import dataclass

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.analytics.refusals import NOT_IN_THIS_MARKET
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import shop_of, world_of
from simulator import World
from simulator.clock import DAY, Instant
from simulator.money.positions import midnight_before
from simulator.statistics.performance import WINDOW_DAYS, Metric, Performance
from simulator.statistics.score import BANDS, Mark, Tier, mark, marks


def attach_performance(sandbox: Sandbox) -> None:
    """Let the sandbox's world be watched, where its market has the score."""
    if sandbox.world.registry.market.ways.scores_shops:
        watching = Performance(sandbox.world.registry)
        sandbox.attach_derived("performance", watching)
        sandbox.world.journal.subscribe(watching.hear)


@dataclass(frozen=True, slots=True)
class Watched:
    """One shop, as of last midnight of UTC."""

    world: World
    performance: Performance
    shop_id: str
    end: Instant

    @property
    def begin(self) -> Instant:
        return Instant(self.end - WINDOW_DAYS * DAY)

    def marks(self) -> list[Mark]:
        return marks(self.performance, self.shop_id, self.end)

    def mark(self, metric: Metric) -> Mark:
        return mark(self.performance, self.shop_id, metric, self.end)


def watched(caller: Caller) -> Watched:
    """The caller's shop; refused where the market has no score."""
    world = world_of(caller)
    if not world.registry.market.ways.scores_shops:
        raise Refusal(NOT_IN_THIS_MARKET)
    performance = caller.sandbox.attached(Performance)
    return Watched(world, performance, shop_of(caller).id, midnight_before(world.now))


def in_words(number: float | None) -> str | None:
    """With one decimal place; nothing where there is no number."""
    return None if number is None else f"{number:.1f}"


def value_in_words(number: float | None) -> str | None:
    return None if number is None else f"{number:.2f}"


STATUS_TEXT = {
    Tier.EXCELLENT: "Excellent",
    Tier.GOOD: "Good",
    Tier.POOR: "Normal",
    Tier.CRITICAL: "Attention",
    Tier.NIL: "",
}
"""The client's page: "Values like Excellent, Good, Normal, Attention"."""


def benchmarks(metric: Metric) -> dict[str, str]:
    bands = BANDS[metric]
    return {
        "excellent_threshold": f"{bands.excellent:.2f}",
        "poor_threshold": f"{bands.poor:.2f}",
    }
