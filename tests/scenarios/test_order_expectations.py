"""What is expected of orders: met by one run, missed by another, and what the failure then says."""

import pytest

HOUR, DAY = 3600, 86_400


@pytest.fixture
def run(told):
    """A sound life: shipped after a day, delivered on the ninth."""
    told.placed().moved("ON_HOLD", 0).moved("AWAITING_SHIPMENT", HOUR)
    told.moved("AWAITING_COLLECTION", DAY).scanned("picked_up", 30 * HOUR)
    told.moved("IN_TRANSIT", 30 * HOUR).scanned("out_for_delivery", 9 * DAY)
    told.scanned("delivered", 9 * DAY + HOUR).moved("DELIVERED", 9 * DAY + HOUR)
    return told.moved("COMPLETED", 16 * DAY)


@pytest.fixture
def cancelled(told):
    told.placed().moved("AWAITING_SHIPMENT", HOUR)
    told.fact(
        "OrderCancelled", 5 * HOUR, status="CANCELLED", reason="SHIPMENT_OVERDUE", by="platform"
    )
    return told.fact("RefundPaid", 6 * HOUR, amount_minor=1999)


MET = [
    "{status: COMPLETED}",
    "{status: [CANCELLED, COMPLETED]}",
    "{timeline: [AWAITING_SHIPMENT, IN_TRANSIT, COMPLETED]}",
    "{timeline: [picked_up, delivered, COMPLETED]}",
    "{timeline: [AWAITING_SHIPMENT at +1h, AWAITING_COLLECTION by +24h]}",
    "{timeline: [IN_TRANSIT by day 2 06:00, DELIVERED at day 10 01:00]}",
    "{timeline: [{reach: IN_TRANSIT, at: +29h, within: 1h}]}",
    "{timeline: [{reach: IN_TRANSIT, at: +31h, within: 1h}]}",
    "{timeline: [{reach: delivered, after: first IN_TRANSIT +7d, by: first picked_up +8d}]}",
    "{never: [CANCELLED, lost]}",
]


@pytest.mark.parametrize("expected", MET)
def test_a_run_meets_it(run, missed, expected):
    assert missed(f"orders: {{first: {expected}}}", run) == []


MISSED = {
    "{status: CANCELLED}": (
        *("status", "CANCELLED"),
        "COMPLETED at 2030-02-06 00:00:00",
    ),
    "{status: [CANCELLED, DELIVERED]}": (
        *("status", "CANCELLED or DELIVERED"),
        "COMPLETED at 2030-02-06 00:00:00",
    ),
    "{timeline: [IN_TRANSIT by +29h]}": (
        "timeline[0]",
        "IN_TRANSIT by +29h, which is 2030-01-08 05:00:00",
        "2030-01-08 06:00:00, 1h later",
    ),
    "{timeline: [IN_TRANSIT at +31h]}": (
        "timeline[0]",
        "IN_TRANSIT at +31h, which is 2030-01-08 07:00:00",
        "2030-01-08 06:00:00, 1h earlier",
    ),
    "{timeline: [{reach: IN_TRANSIT, at: +32h, within: 1h}]}": (
        "timeline[0]",
        "IN_TRANSIT at +32h ± 1h, which is 2030-01-08 08:00:00",
        "2030-01-08 06:00:00, 2h earlier",
    ),
    "{timeline: [DELIVERED, {reach: COMPLETED, after: day 20 00:00}]}": (
        "timeline[1]",
        "COMPLETED after day 20 00:00, which is 2030-01-26 00:00:00",
        "2030-01-23 00:00:00, 3d earlier",
    ),
    "{timeline: [DELIVERED, IN_TRANSIT]}": (
        *("timeline[1]", "IN_TRANSIT next"),
        "it never came (only earlier, at 2030-01-08 06:00:00)",
    ),
    "{timeline: [lost]}": ("timeline[0]", "lost next", "it never came"),
    "{timeline: [COMPLETED by first lost +2h]}": (
        *("timeline[0]", "COMPLETED by first lost +2h"),
        "first lost +2h never came",
    ),
    "{never: [lost, DELIVERED]}": ("never", "never DELIVERED", "DELIVERED at 2030-01-16 01:00:00"),
    "{reason: SHIPMENT_OVERDUE}": ("reason", "SHIPMENT_OVERDUE", "not cancelled"),
    "{refunded_minor: 100}": ("refunded_minor", "100", "0"),
}


@pytest.mark.parametrize("expected", MISSED)
def test_a_run_misses_it_and_the_failure_says_what_came(run, missed, expected):
    (failure,) = missed(f"orders: {{first: {expected}}}", run)
    path, wanted, found = MISSED[expected]
    assert failure.expectation == f"expect.orders.first.{path}"
    assert (failure.expected, failure.found, failure.order_id) == (wanted, found, "5761")
    assert failure.around[0].startswith("2030-01-07 00:00:00  OrderPlaced")
    assert len(failure.around) == len(run.record.facts)


def test_a_cancellation_has_a_reason_an_author_and_money_that_goes_back(cancelled, missed):
    sound = "{reason: SHIPMENT_OVERDUE, cancelled_by: platform, refunded_minor: 1999}"
    assert missed(f"orders: {{first: {sound}}}", cancelled) == []

    failures = missed("orders: {first: {reason: x, cancelled_by: buyer}}", cancelled)
    assert [(each.expected, each.found) for each in failures] == [
        ("x", "SHIPMENT_OVERDUE"),
        ("buyer", "platform"),
    ]


def test_an_order_passes_what_it_passes_in_that_order_even_within_one_second(told, missed):
    told.placed().moved("AWAITING_SHIPMENT", HOUR).moved("AWAITING_COLLECTION", DAY)
    told.moved("IN_TRANSIT", DAY)
    timeline = "[AWAITING_COLLECTION, IN_TRANSIT]"
    assert missed(f"orders: {{first: {{timeline: {timeline}}}}}", told) == []


def test_each_order_of_a_name_is_looked_at(told, missed):
    told.placed().placed(0, "5762").moved("CANCELLED", HOUR, "5762")
    failures = missed("orders: {first: {status: UNPAID}}", told)
    assert [(each.order_id, each.found[:9]) for each in failures] == [("5762", "CANCELLED")]
    assert missed("orders: {all: {status: [UNPAID, CANCELLED]}}", told) == []


def test_orders_that_were_never_placed_meet_nothing(told, missed):
    (failure,) = missed("orders: {first: {never: [lost]}}", told)
    assert (failure.expected, failure.found) == ("orders of that name", "none was placed")


# What holds in every run.


def test_every_order_ends(run, missed):
    ends = "invariants: [every_order_ends]"
    assert missed(ends, run) == []
    run.placed(20 * DAY, "5762")
    (failure,) = missed(ends, run)
    assert failure.order_id == "5762"
    assert failure.found.startswith("it is UNPAID at 2030-02-06 00:00:00: give it more time")


def test_nothing_moves_on_after_its_end(run, missed):
    assert missed("invariants: [no_order_moves_on_after_its_end]", run) == []
    run.moved("DELIVERED", 17 * DAY)
    (failure,) = missed("{}", run)
    assert failure.found.endswith("COMPLETED -> DELIVERED")


def test_a_fault_that_never_came_to_pass_is_a_failure_where_it_could_have(run, missed):
    run.record.faults = [{"what": "webhook_lost", "fired": 1}, {"what": "throttled", "fired": 0}]
    (failure,) = missed("{}", run)
    assert (failure.expected, failure.found) == ("throttled happens at least once", "it never did")
    assert missed("invariants: [every_order_ends]", run) == []
    run.record.targeted = False
    assert missed("{}", run) == []
