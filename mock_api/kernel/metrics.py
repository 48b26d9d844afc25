"""What one server counts, as Prometheus reads it.

Gauges are looked up when somebody asks, counters are in the tally. Nothing is told by sandbox: a
server may open thousands, and each would be a series for ever.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_api.kernel.problems import problem_answer
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.tally import BOUNDS_S, Tally, Times

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

_PATH: Final = "/metrics"


class Metrics:
    """``GET /metrics`` of one server, with a registry of its own: several live in one process."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self._sandboxes = sandboxes
        self._registry: CollectorRegistry | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> ASGIApp:
        if scope["path"] != _PATH:
            return problem_answer(HTTPStatus.NOT_FOUND, f"there is nothing below {_PATH}")
        if scope["method"] not in ("GET", "HEAD"):
            refusal = problem_answer(HTTPStatus.METHOD_NOT_ALLOWED, "metrics are for reading")
            refusal.headers["Allow"] = "GET, HEAD"
            return refusal
        return self._page(Headers(scope=scope).get("accept", ""))

    def _page(self, accepted: str) -> Response:
        # Loaded when somebody asks: who does not scrape waits for nothing, and pays no memory.
        from prometheus_client.exposition import choose_encoder  # noqa: PLC0415

        if self._registry is None:
            self._registry = _registry(self._sandboxes)
        encode, content_type = choose_encoder(accepted)
        return Response(encode(self._registry), headers={"content-type": content_type})


def _registry(sandboxes: Sandboxes) -> "CollectorRegistry":
    from prometheus_client import CollectorRegistry, ProcessCollector  # noqa: PLC0415 - as above

    registry = CollectorRegistry()
    registry.register(_Collector(sandboxes))
    ProcessCollector(registry=registry)
    return registry


class _Collector:
    """Asked at every scrape."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self._sandboxes = sandboxes

    def collect(self) -> Iterator["Metric"]:
        yield from _of_requests(self._sandboxes.tally)
        yield from _of_worlds(self._sandboxes)
        yield from _of_webhooks(self._sandboxes)


def _of_requests(tally: Tally) -> Iterator["Metric"]:
    from prometheus_client.core import (  # noqa: PLC0415 - as above
        CounterMetricFamily,
        HistogramMetricFamily,
    )

    requests = CounterMetricFamily(
        "seatrial_requests",
        "Requests answered, by HTTP status (none: the caller left) and the dialect's own code.",
        labels=("dialect", "status", "code"),
    )
    for (dialect, status, code), count in tally.requests.items():
        words = dialect, str(status or "none"), "" if code is None else str(code)
        requests.add_metric(words, count)
    yield requests
    seconds = HistogramMetricFamily(
        "seatrial_request_seconds", "Time from a request to its whole answer.", labels=("dialect",)
    )
    for dialect, times in tally.times.items():
        seconds.add_metric((dialect,), _cumulative(times), times.seconds)
    yield seconds


def _cumulative(times: Times) -> list[tuple[str, float]]:
    """Each bucket with all that took less."""
    bounds = [*(str(bound) for bound in BOUNDS_S), "+Inf"]
    return [(bound, sum(times.buckets[: nth + 1])) for nth, bound in enumerate(bounds)]


def _of_worlds(sandboxes: Sandboxes) -> Iterator["Metric"]:
    from prometheus_client.core import (  # noqa: PLC0415 - as above
        CounterMetricFamily,
        GaugeMetricFamily,
    )

    every = sandboxes.all()
    yield GaugeMetricFamily("seatrial_sandboxes", "Sandboxes that are open.", len(every))
    yield GaugeMetricFamily(
        "seatrial_live_orders",
        "Orders that are neither completed nor cancelled.",
        sum(each.statistics.open_orders for each in every),
    )
    yield CounterMetricFamily(
        "seatrial_facts", "Facts of every world that ever was here.", sandboxes.facts_ever
    )
    yield GaugeMetricFamily(
        "seatrial_running_clocks",
        "Sandboxes whose clock runs by itself.",
        sum(each.driver.speed is not None for each in every),
    )
    yield GaugeMetricFamily(
        "seatrial_clock_lag_seconds",
        "Virtual seconds by which the slowest running clock is behind its speed.",
        max((each.driver.lag_s for each in every), default=0.0),
    )


def _of_webhooks(sandboxes: Sandboxes) -> Iterator["Metric"]:
    from prometheus_client.core import (  # noqa: PLC0415 - as above
        CounterMetricFamily,
        GaugeMetricFamily,
    )

    yield GaugeMetricFamily(
        "seatrial_webhook_backlog",
        "Webhooks that are neither delivered nor given up.",
        sum(each.outbox.backlog for each in sandboxes.all()),
    )
    attempts = CounterMetricFamily(
        "seatrial_webhooks",
        "Attempts to deliver a webhook: accepted, refused (another status), unanswered.",
        labels=("outcome",),
    )
    for outcome, count in sandboxes.tally.webhooks.items():
        attempts.add_metric((outcome,), count)
    yield attempts
