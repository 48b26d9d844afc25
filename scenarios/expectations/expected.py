"""All that a scenario may expect, and the one place where it is checked."""

from collections.abc import Iterator

from pydantic import Field

from scenarios.expectations.breaches import BreachExpected, check_breaches
from scenarios.expectations.complaints import ComplaintExpected, check_complaints
from scenarios.expectations.integration import IntegrationExpected, check_integration
from scenarios.expectations.invariants import Invariant, check_invariants
from scenarios.expectations.orders import OrdersExpected, check_orders
from scenarios.expectations.statistics import Statistic, check_statistics
from scenarios.expectations.webhooks import WebhookExpected, check_webhooks
from scenarios.format.strict import Place, Strict
from scenarios.record import Failure, Record

ALL = "all"


class Expected(Strict):
    """What has to come of it. What is left out is not looked at."""

    orders: dict[str, OrdersExpected] = Field(default_factory=dict)
    """By name; ``all`` is every order."""
    breaches: tuple[BreachExpected, ...] | None = None
    complaints: tuple[ComplaintExpected, ...] = ()
    webhooks: tuple[WebhookExpected, ...] = ()
    integration: IntegrationExpected | None = None
    invariants: tuple[Invariant, ...] = ("no_order_moves_on_after_its_end", "faults_fired")
    statistics: tuple[Statistic, ...] = ()

    def names(self) -> Iterator[tuple[Place, str]]:
        """Of the orders that are spoken of, each with the place that does."""
        for name, wanted in self.orders.items():
            yield ("orders", name), name
            for nth, passed in enumerate(wanted.timeline):
                times = {"at": passed.at, "by": passed.by, "after": passed.after}
                yield from (
                    (("orders", name, "timeline", nth, key), time.order)
                    for key, time in times.items()
                    if time and time.order
                )
        for nth, breach in enumerate(self.breaches or ()):
            yield ("breaches", nth, "order"), breach.order
            yield ("breaches", nth, "due"), breach.due.order if breach.due else ""
        for part in ("complaints", "webhooks", "statistics"):
            for nth, each in enumerate(getattr(self, part)):
                yield (part, nth, "order"), getattr(each, "order", "")

    def check(self, record: Record) -> list[Failure]:
        """Everything that was not met."""
        return [
            *check_orders(self.orders, record),
            *check_breaches(self.breaches, record),
            *check_complaints(self.complaints, record),
            *check_webhooks(self.webhooks, record),
            *check_integration(self.integration, record),
            *check_invariants(self.invariants, record),
            *check_statistics(self.statistics, record),
        ]
