"""Problem details and top items: which orders failed a metric, and whom to ask about it."""

from collections import Counter, defaultdict
from typing import Final

from mock_api.seller_center.analytics.watching import Watched
from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.reference import PROVIDER_NAME
from simulator.catalog import Sku, sku_with
from simulator.clock import HOUR
from simulator.orders.model import Order
from simulator.statistics.performance import Metric, Problem

_REASONS_MOST: Final = 3


class ProductProblem(Wire):
    """Of NBFR and SFCR; what one of them lacks is left out."""

    order_id: str
    order_create_time: int
    product_id: str
    product_name: str
    sku_id: str
    deliver_time: int | None = None
    return_refund_reason: str | None = None
    cancellation_reasons: list[str] | None = None


class LateProblem(Wire):
    order_id: str
    actual_deliver_time: int
    expect_deliver_time: int
    product_name: str
    sku_id: str


class SlowProblem(Wire):
    order_id: str
    return_order_id: str
    aftersales_type_name: str
    total_handle_duration_hours: str


class ProblemPage(Wire):
    """Only the list of the metric that was asked for."""

    metric_code: str
    next_page_token: str
    total_count: int
    nbfr_problem_order_items: list[ProductProblem] | None = None
    sfcr_problem_order_items: list[ProductProblem] | None = None
    otdr_problem_order_items: list[LateProblem] | None = None
    aht_problem_order_items: list[SlowProblem] | None = None


class Provider(Wire):
    logistics_provider: str
    delivered_order_count: int
    on_time_deliver_order_count: int
    on_time_deliver_rate: str
    """From 0 to 1."""


class ReturnedProduct(Wire):
    product_id: str
    product_name: str
    return_order_count: int
    top_reason_order_count: int
    top_return_reasons: list[str]


class SlowProduct(Wire):
    product_id: str
    product_name: str
    handle_duration_hours: str
    return_order_count: int
    top_aftersales_type_name: str
    top_type_order_count: int


class TopItems(Wire):
    """Only the list of the metric that was asked for."""

    metric_code: str
    total_count: int
    otdr_logistics_items: list[Provider] | None = None
    nbfr_top_product_items: list[ReturnedProduct] | None = None
    aht_aftersales_type_items: list[SlowProduct] | None = None


_RETURN: Final = "Return and refund"


def problem_page(shop: Watched, metric: Metric, rows: list[Problem], page: ProblemPage) -> None:
    """Put *rows* into the metric's own list; reviews and chats have none here."""
    match metric:
        case Metric.NBFR:
            page.nbfr_problem_order_items = [_product(shop, each, metric) for each in rows]
        case Metric.SFCR:
            page.sfcr_problem_order_items = [_product(shop, each, metric) for each in rows]
        case Metric.OTDR:
            page.otdr_problem_order_items = [_late(shop, each) for each in rows]
        case Metric.AHT:
            page.aht_problem_order_items = [_slow(each) for each in rows]
        case _:
            pass


def top_items(shop: Watched, metric: Metric) -> TopItems:
    """OTDR by logistics provider; NBFR and AHT by product; the others have none here."""
    rows = shop.performance.problems(shop.shop_id, metric, shop.end)
    items = TopItems(metric_code=metric, total_count=0)
    match metric:
        case Metric.OTDR:
            items.otdr_logistics_items = providers = _providers(shop)
            items.total_count = len(providers)
        case Metric.NBFR:
            items.nbfr_top_product_items = products = _returned(shop, rows)
            items.total_count = len(products)
        case Metric.AHT:
            items.aht_aftersales_type_items = slow = _slow_products(shop, rows)
            items.total_count = len(slow)
        case _:
            pass
    return items


def _product(shop: Watched, problem: Problem, metric: Metric) -> ProductProblem:
    order, sku = _order_and_sku(shop, problem)
    returned = metric is Metric.NBFR
    return ProductProblem(
        order_id=order.id,
        order_create_time=order.placed_at,
        product_id=sku.product_id,
        product_name=sku.product,
        sku_id=sku.id,
        deliver_time=order.delivered_at if returned else None,
        return_refund_reason=problem.reason if returned else None,
        cancellation_reasons=None if returned else [problem.reason],
    )


def _late(shop: Watched, problem: Problem) -> LateProblem:
    order, sku = _order_and_sku(shop, problem)
    return LateProblem(
        order_id=order.id,
        actual_deliver_time=problem.at,
        expect_deliver_time=problem.due,
        product_name=sku.product,
        sku_id=sku.id,
    )


def _slow(problem: Problem) -> SlowProblem:
    return SlowProblem(
        order_id=problem.order_id,
        return_order_id=problem.return_id,
        aftersales_type_name=_RETURN,
        total_handle_duration_hours=_hours(problem.seconds),
    )


def _providers(shop: Watched) -> list[Provider]:
    """The worst first."""
    found = shop.performance.by_carrier(shop.shop_id, shop.end)
    rows = [
        Provider(
            logistics_provider=PROVIDER_NAME.get(carrier, carrier),
            delivered_order_count=tally.of,
            on_time_deliver_order_count=tally.part,
            on_time_deliver_rate=f"{tally.part / tally.of:.4f}",
        )
        for carrier, tally in found.items()
    ]
    return sorted(rows, key=lambda row: (row.on_time_deliver_rate, row.logistics_provider))


def _returned(shop: Watched, rows: list[Problem]) -> list[ReturnedProduct]:
    by_product = _by_product(shop, rows)
    found = []
    for product_id, (name, problems) in by_product.items():
        reasons = Counter(each.reason for each in problems).most_common(_REASONS_MOST)
        found.append(
            ReturnedProduct(
                product_id=product_id,
                product_name=name,
                return_order_count=len(problems),
                top_reason_order_count=reasons[0][1],
                top_return_reasons=[reason for reason, _ in reasons],
            )
        )
    return sorted(found, key=lambda row: (-row.return_order_count, row.product_id))


def _slow_products(shop: Watched, rows: list[Problem]) -> list[SlowProduct]:
    found = [
        SlowProduct(
            product_id=product_id,
            product_name=name,
            handle_duration_hours=_hours(sum(each.seconds for each in problems) // len(problems)),
            return_order_count=len(problems),
            top_aftersales_type_name=_RETURN,
            top_type_order_count=len(problems),
        )
        for product_id, (name, problems) in _by_product(shop, rows).items()
    ]
    return sorted(found, key=lambda row: (-row.return_order_count, row.product_id))


def _by_product(shop: Watched, rows: list[Problem]) -> dict[str, tuple[str, list[Problem]]]:
    """An order counts for the product of its first line item."""
    names, problems = {}, defaultdict(list)
    for each in rows:
        _, sku = _order_and_sku(shop, each)
        names[sku.product_id] = sku.product
        problems[sku.product_id].append(each)
    return {key: (names[key], found) for key, found in problems.items()}


def _order_and_sku(shop: Watched, problem: Problem) -> tuple[Order, Sku]:
    order = shop.world.order(problem.order_id)
    return order, sku_with(order.items[0].sku_id)


def _hours(seconds: int) -> str:
    return f"{seconds / HOUR:.2f}"
