"""Breaches are the whole list or nothing; complaints end as they are expected to."""

import pytest

HOUR, DAY = 3600, 86_400


def breach(told, rule, after, order_id, liable):
    cause = "not_ready_to_ship" if rule == "D1" else "not_picked_up"
    due = 1_893_974_400 + after
    told.fact("RuleBreached", after, order_id, rule=rule, due=due, liable=liable, cause=cause)


@pytest.fixture
def run(told):
    """The carrier misses D2 and D4, which is waived; the seller of another order misses D1."""
    told.placed().placed(HOUR, "5762", "second")
    breach(told, "D2", 60 * HOUR, "5761", "carrier")
    breach(told, "D1", 73 * HOUR, "5762", "seller")
    breach(told, "D4", 120 * HOUR, "5761", "carrier")
    return told.fact("BreachWaived", 130 * HOUR, rule="D4")


ALL = """\
breaches:
  - {rule: D2, liable: carrier, cause: not_picked_up, order: first, count: 1}
  - {rule: D1, liable: seller, order: second, due: +72h, waived: false}
  - {rule: D4, due: first +119h, within: 1h, waived: true}
"""


def test_a_list_that_names_every_breach_is_met(run, missed):
    assert missed(ALL, run) == []


def test_without_a_list_nothing_is_looked_at(run, missed):
    assert missed("{}", run) == []


def test_an_empty_list_allows_none(run, missed):
    failures = missed("breaches: []", run)
    assert [each.found for each in failures] == [
        "D2 by the carrier for not_picked_up",
        "D1 by the seller for not_ready_to_ship",
        "D4 by the carrier for not_picked_up",
    ]
    assert {each.expected for each in failures} == {"no other breaches"}
    assert [each.order_id for each in failures] == ["5761", "5762", "5761"]
    assert failures[1].around[-1].startswith("2030-01-10 01:00:00  RuleBreached       rule D1")


@pytest.mark.parametrize(
    ("change", "path", "expected", "found"),
    [
        ("liable: carrier|liable: seller", "[0]", "exactly 1 of D2 by the seller", "D2 by the"),
        ("count: 1|count: 2", "[0]", "exactly 2 of D2 by the carrier", "D2 by the carrier for"),
        ("order: first|order: second", "[0]", "for not_picked_up of second", "D2 by the"),
        ("waived: false|waived: true", "[1]", "at least 1 of D1 by the seller", "D2 by the"),
        (
            "+72h|+71h",
            "[1].due",
            "due +71h, which is 2030-01-10 00:00:00",
            "due 2030-01-10 01:00:00",
        ),
        (
            "within: 1h|within: 59m",
            "[2].due",
            "due first +119h, which is 2030-01-11 23:00:00",
            "due 2030-01-12 00:00:00",
        ),
    ],
)
def test_an_entry_that_is_not_met_says_which_and_what_there_was(
    run, missed, change, path, expected, found
):
    failures = missed(ALL.replace(*change.split("|"), 1), run)
    assert failures[0].expectation == f"expect.breaches{path}"
    assert expected in failures[0].expected
    assert failures[0].found.startswith(found)


def test_where_no_rule_was_broken_the_failure_says_so(told, missed):
    (failure,) = missed("breaches: [{rule: D1}]", told.placed())
    assert (failure.expected, failure.found) == ("at least 1 of D1", "no breach at all")


def test_how_often_is_exact_or_bounded(run, missed):
    def of_d2(count):
        return missed(f"breaches: [{{rule: D2, {count}}}, {{rule: D1}}, {{rule: D4}}]", run)

    assert [of_d2(count) for count in ("count: 1", "at_least: 1", "at_most: 1")] == [[], [], []]
    assert of_d2("at_least: 0, at_most: 5") == []
    assert of_d2("at_least: 2")[0].expected == "at least 2 of D2"
    assert of_d2("at_most: 0")[0].expected == "0 to 0 of D2"


# Complaints.


@pytest.fixture
def complained(told):
    told.placed().placed(0, "5762", "second")
    told.fact("CarrierComplaintFiled", DAY, complaint_id="c1")
    told.fact("CarrierComplaintDecided", 2 * DAY, complaint_id="c1", status="rejected", reason="x")
    upheld = {"status": "upheld", "reason": "pickup_late"}
    told.fact("CarrierComplaintDecided", 4 * DAY, complaint_id="c1", **upheld)
    told.fact("BuyerComplained", DAY, "5762", complaint_id="b1", cause="damaged")
    decided = {"row": "damaged-1", "liable": "", "refund": "full"}
    told.fact("BuyerComplaintDecided", 3 * DAY, "5762", complaint_id="b1", **decided)
    return told.fact("BuyerComplaintClosed", 5 * DAY, "5762", complaint_id="b1", paid_minor=500)


@pytest.mark.parametrize(
    "expected",
    [
        "{by: seller, order: first, status: upheld, reason: pickup_late, count: 1}",
        "{by: seller, status: rejected, count: 0}",
        "{by: buyer, order: second, cause: damaged, row: damaged-1, liable: nobody, refund: full}",
        "{by: buyer, paid_minor: 500}",
        "{by: buyer, order: first, count: 0}",
    ],
)
def test_complaints_end_as_expected(complained, missed, expected):
    assert missed(f"complaints: [{expected}]", complained) == []


@pytest.mark.parametrize(
    ("expected", "wanted", "found"),
    [
        (
            "{by: seller, status: rejected}",
            "at least 1 complaints by the seller with status rejected",
            "status upheld, reason pickup_late",
        ),
        (
            "{by: buyer, liable: seller, cause: damaged}",
            "at least 1 complaints by the buyer with cause damaged, liable seller",
            "cause damaged, row damaged-1, liable nobody, refund full, paid_minor 500",
        ),
        (
            "{by: buyer, order: first}",
            "at least 1 complaints by the buyer with order first",
            "cause damaged, ",
        ),
    ],
)
def test_a_complaint_that_ends_otherwise_says_how(complained, missed, expected, wanted, found):
    (failure,) = missed(f"complaints: [{expected}]", complained)
    assert failure.expectation == "expect.complaints[0]"
    assert failure.expected == wanted
    assert failure.found.startswith(found)
    assert failure.around


def test_where_nobody_complained_the_failure_says_so(told, missed):
    (failure,) = missed("complaints: [{by: seller, order: first}]", told.placed())
    assert (failure.found, failure.order_id) == ("no complaint by the seller", "5761")
