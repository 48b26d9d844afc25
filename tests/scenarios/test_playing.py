"""A scenario is played: everything at its second, in its order, and nothing in vain."""

import pytest

from scenarios.running.run import run_in_process

START = 1_893_974_400
HOUR, DAY = 3600, 86_400


def kinds(result, *wanted, order_id=""):
    """Kind and second from the start of the facts of those kinds."""
    return [
        (row["kind"], row["at"] - START)
        for row in result.record.facts
        if row["kind"] in wanted and order_id in ("", row.get("order_id"))
    ]


def test_orders_steps_and_demand_come_at_their_seconds(play):
    result = play("""\
        title: t
        seller: absent
        world: {start: 2030-01-07}
        orders:
          - {name: first, at: +90m}
          - {name: second, at: day 2 06:30, count: 2}
          - {name: third, at: 2030-01-08T08:00:00Z}
          - {name: fourth, at: first AWAITING_SHIPMENT +10m}
        demand:
          - {kind: burst, orders: 3, for: 1h, start: 2030-01-09}
        timeline:
          - {at: first +2h, buyer: cancel, order: first, reason: mind}
          - {at: second +30m, buyer: change_address, order: second}
        runs_for: 3d
        expect: {}
        """)
    assert kinds(result, "OrderPlaced")[:5] == [
        ("OrderPlaced", 90 * 60),
        ("OrderPlaced", 160 * 60),
        *[("OrderPlaced", 30 * HOUR + 1800)] * 2,
        ("OrderPlaced", 32 * HOUR),
    ]
    assert len(kinds(result, "OrderPlaced")) == 8
    assert kinds(result, "CancellationMoved")[0] == ("CancellationMoved", 90 * 60 + 2 * HOUR)
    assert kinds(result, "AddressChanged") == [("AddressChanged", 31 * HOUR)] * 2
    assert result.record.end == START + 3 * DAY
    assert result.passed


def test_within_one_second_the_order_of_the_file_counts(play):
    steps = ["{at: first +30m, buyer: change_address, order: first}"]
    steps += ["{at: +30m, buyer: cancel, order: first}"]
    story = (
        "title: t\nseller: absent\norders: [{name: first}]\nruns_for: 2d\nexpect: {}\ntimeline:\n"
    )
    result = play(story + "".join(f"  - {step}\n" for step in steps))
    assert kinds(result, "AddressChanged", "OrderCancelled") == [
        ("AddressChanged", 1800),
        ("OrderCancelled", 1800),
    ]
    turned = play(story + "".join(f"  - {step}\n" for step in reversed(steps)))
    assert [failure.expected for failure in turned.failures] == [
        "buyer change_address first is let"
    ]
    assert turned.failures[0].found.startswith("refused: ")


def test_a_status_that_an_order_only_passes_through_is_a_milestone_too(play):
    """A seller marks what is on its way already: two statuses within one second."""
    result = play("""\
        title: t
        seller: absent
        orders: [{name: first, shipping: seller}]
        timeline:
          - {at: first AWAITING_SHIPMENT, seller: book, order: first}
          - {at: first picked_up +1h, seller: mark, order: first}
          - {at: first UNPAID +30m, buyer: change_address, order: first}
          - {at: first AWAITING_COLLECTION +1h, buyer: change_address, order: first, refused: true}
          - {at: first IN_TRANSIT +2h, buyer: change_address, order: first, refused: true}
        expect:
          orders: {first: {timeline: [AWAITING_COLLECTION, IN_TRANSIT]}}
        """)
    assert result.failures == ()
    moves = dict(result.record.moves_of(result.record.orders["first"][0]))
    assert moves["AWAITING_COLLECTION"] == moves["IN_TRANSIT"]


def test_a_step_whose_moment_never_comes_fails_the_run(play):
    result = play("""\
        title: t
        seller: absent
        orders: [{name: first}]
        timeline:
          - {at: first DELIVERED +1h, buyer: complain, order: first, cause: damaged}
          - {at: day 9 10:00, mishaps: 2}
          - {at: 2029-12-31, fault: {what: webhook_lost}}
        runs_for: 5d
        expect: {}
        """)
    assert [(each.expected, each.found) for each in result.failures] == [
        (
            "fault webhook_lost at 2029-12-31, before the start, comes to pass",
            "its moment never came",
        ),
        (
            "buyer complain first at first DELIVERED +1h comes to pass",
            "its moment never came",
        ),
        ("mishaps 2 at day 9 10:00 comes to pass", "its moment never came"),
    ]
    assert result.record.end == START + 5 * DAY


def test_a_fault_is_planned_as_the_step_says(play):
    result = play("""\
        title: t
        orders: [{name: first}]
        timeline:
          - at: +1h
            fault:
              {what: lost_answer, dialect: seller_center, operation: ship_package, nth: [1, 3],
               ms: 40, then: gateway_timeout, between: ["18:00", "02:30"],
               probability: 0.5, for: 2d}
            order: first
          - {at: +1h, fault: {what: latency, dialect: ups, median_ms: 80, sigma: 0.4, times: 2}}
        runs_for: 2d
        expect: {}
        """)
    lost, late = result.record.faults
    (order_id,) = result.record.orders["first"]
    told = {"order_id": order_id, "nth": [1, 3], "between": ["18:00", "02:30"], "ms": 40}
    assert told.items() <= lost.items()
    assert (lost["then"], lost["probability"]) == ("gateway_timeout", 0.5)
    assert (lost["from"] - START, lost["until"] - START) == (HOUR, HOUR + 2 * DAY)
    assert (late["dialect"], late["median_ms"], late["sigma"]) == ("ups", 80, 0.4)
    assert {each["fired"] for each in result.record.faults} == {0}
    assert result.passed, "no integration was there for it to befall"


def test_a_fault_of_nobodys_dialect_fails_the_run_and_says_whose_there_are(play):
    (failure,) = play("""\
        title: t
        orders: [{name: first}]
        timeline: [{at: +1h, fault: {what: overloaded, dialect: pigeon}}]
        runs_for: 2d
        expect: {}
        """).failures
    assert "there is no dialect 'pigeon'; there are seller_center, desk, 17track" in failure.found


def test_the_very_last_second_is_part_of_the_run(play):
    result = play("""\
        title: t
        seller: absent
        orders: [{name: first}]
        timeline: [{at: day 3 00:00, seller: ship, order: first}]
        runs_for: 2d
        expect: {orders: {first: {status: AWAITING_COLLECTION}}}
        """)
    assert result.failures == ()


def test_a_step_that_the_world_refuses_fails_the_run_unless_it_says_so(play):
    story = """\
        title: t
        seller: absent
        orders: [{{name: first}}]
        timeline: [{{at: +10m, seller: ship, order: first{more}}}]
        runs_for: 1d
        expect: {{}}
        """
    (failure,) = play(story.format(more="")).failures
    assert (failure.expectation, failure.expected) == ("timeline", "seller ship first is let")
    assert "is on hold until the buyer's remorse hour is over" in failure.found
    assert play(story.format(more=", refused: true")).failures == ()


def test_a_step_that_should_have_been_refused_fails_the_run(play):
    (failure,) = play("""\
        title: t
        seller: absent
        orders: [{name: first}]
        timeline: [{at: +2h, seller: ship, order: first, refused: true}]
        runs_for: 1d
        expect: {}
        """).failures
    assert (failure.expected, failure.found) == ("seller ship first is refused", "it was let")


@pytest.mark.parametrize(
    "step",
    [
        "buyer: pay",
        "seller: ship",
        "carrier: jt, event: hold, for: 3h",
        "fault: {what: webhook_lost}",
    ],
)
def test_a_step_about_orders_that_are_placed_later_fails_the_run(play, step):
    (failure,) = play(f"""\
        title: t
        orders: [{{name: first, at: day 2 10:00}}]
        timeline: [{{at: +2h, {step}, order: first}}]
        runs_for: 3d
        expect: {{}}
        """).failures
    assert failure.expected.endswith("finds orders named first")
    assert failure.found == "they are placed later"


def test_every_actor_acts(play):
    result = play("""\
        title: t
        seller: absent
        orders:
          - {name: unpaid, paid: false}
          - {name: ours, city: Shenzhen}
          - {name: theirs, shipping: seller}
        timeline:
          - {at: +10m, buyer: pay, order: unpaid}
          - {at: +2h, carrier: jt, event: hold, for: 20h}
          - {at: +2h, seller: declare_packing, order: ours, packing: {cushioning: [loose_fill]}}
          - {at: +2h, seller: declare_label, order: ours, label: {postal_code: false}}
          - {at: +2h, seller: attach_photo, order: ours}
          - {at: +3h, seller: ship, order: ours, handover: drop_off}
          - {at: +3h, seller: book, order: theirs, carrier: ups}
          - {at: +4h, seller: mark, order: theirs}
        runs_for: 1d
        expect: {}
        """)
    assert result.failures == ()
    assert [kind for kind, _ in kinds(result, "OrderPaid", "CarrierHeld", "PackingDeclared")] == [
        *["OrderPaid"] * 3,
        *("CarrierHeld", "PackingDeclared"),
    ]
    (marked,) = [row for row in result.record.facts if row["kind"] == "OrderMarkedShipped"]
    (booked,) = [row for row in result.record.facts if row["kind"] == "ParcelBooked"][-1:]
    assert booked["carrier"] == "ups"
    assert marked["order_id"] == booked["order_id"] == result.record.orders["theirs"][0]


def test_who_plays_the_seller_is_said_once_or_for_some_orders(play):
    result = play("""\
        title: t
        seller: absent
        stand_in: slow
        orders:
          - {name: first, count: 2}
          - {name: second, seller: prompt}
          - {name: third, seller: integration}
        demand:
          - {kind: burst, orders: 2, for: 1h, behaviour: {integration: 1}}
          - {kind: burst, orders: 2, for: 1h}
          - kind: replay
            rows: [{after: 1h, behaviour: prompt, pays_after: never}, {after: 2h}]
        runs_for: 6d
        expect: {breaches: [{rule: D1}, {rule: D4}, {rule: D2, at_least: 0}]}
        """)
    assert result.failures == ()
    ready = [row["order_id"] for row in result.record.facts if row["kind"] == "OrderReadyToShip"]
    orders = result.record.orders
    assert orders["second"][0] in ready
    assert orders["third"][0] in ready
    assert not set(orders["first"]) & set(ready)
    assert len(ready) == 4  # the stand-in ships both of demand's that are left to the integration
    placed = [row for row in result.record.facts if row["kind"] == "OrderPlaced"]
    paid = {row["order_id"] for row in result.record.facts if row["kind"] == "OrderPaid"}
    assert sum(row["order_id"] not in paid for row in placed) == 1


def test_a_world_that_cannot_be_made_is_no_failure_but_an_error(read):
    result = run_in_process(
        read("""\
            title: t
            orders: [{name: first}]
            world: {carriers: {jt: {wings: 2}}}
            expect: {}
            """)
    )
    assert not result.passed
    assert "wings" in result.error
    assert result.failures == ()


def test_orders_that_cannot_be_placed_are_an_error(read):
    told = run_in_process(read("title: t\norders: [{name: first, items: [x]}]\nexpect: {}"))
    assert "items" in told.error


def test_a_story_is_played_line_by_line(read):
    result = run_in_process(
        read("""\
            title: t
            orders:
              - name: first
                story: [day 2 13:00 waiting for dispatch, day 4 12:00 in transit,
                        day 5 15:24 out for delivery, day 5 18:00 delivered]
            expect:
              orders:
                first:
                  timeline: [label_printed at day 2 13:00, picked_up at day 4 12:00,
                             in_transit at day 4 12:00, out_for_delivery at day 5 15:24,
                             DELIVERED at day 5 18:00]
            """)
    )
    assert result.passed, result


def test_a_story_that_no_parcel_can_have_cannot_be_played(read):
    result = run_in_process(
        read("""\
            title: t
            orders: [{name: first, story: [day 2 13:00 in transit, day 3 13:00 picked up]}]
            expect: {}
            """)
    )
    assert "picked_up" in result.error
