"""A scenario file is read, or refused with file, line, key, what was found and what would do."""

import pytest

from scenarios.format.reading import NoScenario, read
from scenarios.running.suite import collect

WHOLE = """\
title: t
orders:
  - {name: first}
expect: {}
"""


def test_the_smallest_scenario_is_read(read):
    scenario = read(WHOLE)
    assert (scenario.title, scenario.market, scenario.seller) == ("t", "standard", "prompt")
    assert scenario.key == "story"
    assert scenario.runs_for == 30 * 86_400


def test_a_seed_follows_from_the_files_name_unless_it_is_given(read):
    one, same, other = (read(WHOLE, f"{name}.scenario.yaml") for name in ("a", "x/a", "b"))
    assert one.usual_seed == same.usual_seed != other.usual_seed
    assert read(WHOLE + "seed: 7\n").usual_seed == 7


def test_every_fault_is_told_in_the_order_of_the_file(wrong):
    told = wrong("""\
        title: 7
        orders:
          - {name: first, citty: Shenzhen}
        timeline:
          - {at: day 3, buyer: pay, order: first}
        expect:
          orders:
            first: {status: delivered}
        """)
    assert [line.split(": ")[:2] for line in told] == [
        ["x.yaml:1", "title"],
        ["x.yaml:3", "orders[0].citty"],
        ["x.yaml:5", "timeline[0].at"],
        ["x.yaml:8", "expect.orders.first.status"],
    ]


FAULTS = {
    "market: mars": "market: no market 'mars'; known are standard, us, uk, sea",
    "seller: robot": "seller: no seller behaviour 'robot'; known are prompt, slow, absent, "
    "careless, forgetful, hasty, mistyping, misrouting, diligent, belated, quarrelsome, "
    "integration",
    "seed: -1": "seed: is less than 0; found -1",
    "seed: many": "seed: is no whole number; found 'many'",
    "covers: [D1, Z9]": "covers[1]: 'Z9' is no rule: known are C1, C2, D1",
    "covers: D1": "covers: is no list; found 'D1'",
    "runs_for: long": "runs_for: is no duration: write 90s, 45m, 72h, 3d, 1d12h, or whole seconds; "
    "found 'long'",
    "runs_for: 400d": "runs_for: a run lasts from a second to 366 days; found '400d'",
    "runs_for: 0": "runs_for: a run lasts from a second to 366 days; found 0",
    "expects: {}": "expects: is no key of this part (do you mean expect?): its keys are title, ",
    "world: {seed: 5}": "world: say seed at the top of the file, not in world",
    "world: {shops: 99}": "world.shops: is 1 to 20, or as many names of 1 to 200 characters; "
    "found 99",
    "world: {clock: fast}": "world.clock: is no key of this part: its keys are rate_limit",
    "world: {webhooks: Drain}": "world.webhooks: 'Drain' is not allowed (do you mean drain?): "
    "give drain, free",
    "demand: [{kind: flood}]": "demand[0]: says no kind that there is: give kind, one of burst, "
    "curve, replay, steady",
    "demand: [{per_hour: 3}]": "demand[0]: says no kind that there is: give kind, one of burst",
    "demand: [{kind: steady}]": "demand[0].per_hour: is missing",
    "demand: [{kind: steady, per_hour: 1, hours: []}]": "demand[0].hours: is no key of this part: "
    "its keys are name, start",
    "demand: [3]": "demand[0]: has no keys: write key: value; found 3",
    "timeline: [{at: +1h}]": "timeline[0]: a step says who acts: give one of the keys buyer, "
    "seller, carrier, mishaps, fault",
    "timeline: [{buyer: pay, order: first}]": "timeline[0].at: is missing",
    "timeline: [{at: +1h, buyer: shout, order: first}]": "timeline[0].buyer: 'shout' is not "
    "allowed: give pay, cancel, ",
    "timeline: [{at: +1h, seller: Ship, order: first}]": "timeline[0].seller: is no act of a "
    "seller: known are ship, mark, ",
    "timeline: [{at: +1h, seller: ship, order: second}]": "timeline[0].order: speaks of orders "
    "named 'second'; there are first",
    "timeline: [{at: second +1h, seller: ship, order: first}]": "timeline[0].at: speaks of orders "
    "named 'second'; there are first",
    "timeline: [{at: +1h, fault: {what: webhook_delayed}}]": "timeline[0].fault: "
    "webhook_delayed says by: give it",
    "timeline: [{at: +1h, fault: {what: latency}}]": "timeline[0].fault: latency says by how much: "
    "give ms, or median_ms with sigma",
    "timeline: [{at: +1h, fault: {what: latency, ms: 5, then: reset}}]": "timeline[0].fault.then: "
    "latency takes no then, only lost_answer: leave it out",
    "timeline: [{at: +1h, fault: {what: webhook_lost, by: 1h}}]": "timeline[0].fault.by: "
    "webhook_lost takes no by, only webhook_delayed: leave it out",
    "timeline: [{at: +1h, fault: {what: overloaded, retry_after: 1}}]": "timeline[0].fault"
    ".retry_after: overloaded takes no retry_after, only throttled: leave it out",
    "timeline: [{at: +1h, fault: {what: throttled, order_id: '5'}}]": "timeline[0]: orders have "
    "names here: give order beside fault, not order_id in it",
    "timeline: [{at: +1h, mishaps: 1001}]": "timeline[0].mishaps: is more than 1000.0; found 1001",
    "timeline: [{at: +1h, seller: declare_packing, order: first, packing: {room: 3}}]": "timeline"
    "[0].packing.room: is no key of this part (do you mean room_mm?): its keys are carton, ",
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_fault_is_told_with_what_would_do(wrong, line):
    (told,) = wrong(WHOLE + line + "\n")
    assert told.startswith(f"x.yaml:5: {FAULTS[line]}")


EXPECTED = {
    "orders: {second: {status: COMPLETED}}": "orders.second: speaks of orders named 'second'; "
    "there are first",
    "orders: {first: {}}": "orders.first: says nothing: give status, timeline, never",
    "orders: {first: {status: delivered}}": "orders.first.status: 'delivered' is not allowed "
    "(do you mean DELIVERED?): give UNPAID, ",
    "orders: {first: {never: [LOST]}}": "orders.first.never[0]: 'LOST' is not allowed "
    "(do you mean lost?): give UNPAID, ",
    "orders: {first: {timeline: [SHIPPED by +3d]}}": "orders.first.timeline[0]: 'SHIPPED' is not "
    "allowed: give UNPAID, ",
    "orders: {first: {timeline: [DELIVERED by frist +3d]}}": "orders.first.timeline[0].by: speaks "
    "of orders named 'frist'; there are first",
    "orders: {first: {timeline: [DELIVERED by 3 days]}}": "orders.first.timeline[0]: '3 days' is "
    "no time: write an instant",
    "orders: {first: {timeline: [{reach: DELIVERED, until: 3d}]}}": "orders.first.timeline[0]."
    "until: is no key of this part: its keys are reach, at, within, by, after",
    "breaches: [{rule: D9}]": "breaches[0].rule: 'D9' is no rule: known are C1, ",
    "breaches: [{liable: seller}]": "breaches[0].rule: is missing",
    "breaches: [{rule: D1, due: second +72h}]": "breaches[0].due: speaks of orders named 'second'",
    "complaints: [{by: buyer, liable: me}]": "complaints[0].liable: 'me' is not allowed: give "
    "seller, carrier, platform, buyer, nobody",
    "complaints: [{by: seller, order: second}]": "complaints[0].order: speaks of orders named "
    "'second'; there are first",
    "webhooks: [{count: 1, at_least: 2}]": "webhooks[0]: give count, or at_least and at_most; "
    "not both",
    "webhooks: [{type: ORDER_STATUS}]": "webhooks[0].type: 'ORDER_STATUS' is not allowed "
    "(do you mean ORDER_STATUS_CHANGE?): give ORDER_STATUS_CHANGE, ",
    "webhooks: [{status: CANCELLED}]": "webhooks[0].status: 'CANCELLED' is in no webhook; there "
    "are UNPAID, ",
    "integration: {habits: [ships_twice]}": "integration.habits[0]: 'ships_twice' is not allowed "
    "(do you mean ships_once?): give ships_every_order, ",
    "invariants: [world_peace]": "invariants[0]: 'world_peace' is not allowed: give "
    "every_order_ends",
    "statistics: [{count: 3}]": "statistics[0]: says what is counted: give one of the keys rate, "
    "fact, transit",
    "statistics: [{rate: luck}]": "statistics[0].rate: 'luck' is not allowed: give late_dispatch",
    "statistics: [{fact: OrderLost}]": "statistics[0].fact: 'OrderLost' is no kind of fact; known "
    "are AddressChanged",
    "statistics: [{fact: OrderPlaced, values: {town: x}}]": "statistics[0]: OrderPlaced has no "
    "town; its fields are order_id, status",
    "statistics: [{transit: jt}]": "statistics[0]: gives no bound: p50_at_most",
}


@pytest.mark.parametrize("line", EXPECTED)
def test_an_expectation_that_is_none_is_told(wrong, line):
    (told,) = wrong(WHOLE.replace("{}", f"\n  {line}"))
    assert told.startswith(f"x.yaml:5: expect.{EXPECTED[line]}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x.yaml:1: is no scenario: it has no keys (title, orders, …)"),
        ("# nothing", "x.yaml:1: is no scenario: it has no keys (title, orders, …)"),
        ("- a\n- b", "x.yaml:1: is no scenario: it has no keys (title, orders, …)"),
        ("title: t\nexpect: {}", "x.yaml:1: has neither orders nor demand: nothing would happen"),
        ("title: t\norders: [{name: a}]", "x.yaml:1: expect: is missing"),
        (
            "title: t\norders:\n- {name: a}\n- {name: a}\nexpect: {}",
            "x.yaml:4: orders[1].name: the name a is given twice",
        ),
        (
            "title: t\norders:\n- {name: A b}\nexpect: {}",
            "x.yaml:3: orders[0].name: is no name: small letters, digits, - and _, a letter",
        ),
        (
            "title: t\norders:\n- {name: all}\nexpect: {}",
            "x.yaml:3: orders[0].name: 'all' means something else: choose another name",
        ),
        (
            "title: t\norders:\n- {name: a, at: b +1h}\nexpect: {}",
            "x.yaml:3: orders[0].at: speaks of orders named 'b'; there are a",
        ),
        (
            "title: t\norders:\n- {name: a, behaviour: slow}\nexpect: {}",
            "x.yaml:3: orders[0].behaviour: who plays the seller is said by the key seller",
        ),
        (
            "title: t\norders:\n- name: a\n  story: [25.03 12:00 flying]\nexpect: {}",
            "x.yaml:4: orders[0].story[0]: 'flying' is nothing that a carrier says; known are",
        ),
    ],
)
def test_what_is_no_scenario_is_refused_in_words(wrong, text, told):
    assert wrong(text)[0].startswith(told)


# The traps of YAML.


def test_times_of_day_and_dates_stay_text(read):
    scenario = read("""\
        title: no
        about: 12:30
        orders: [{name: first, at: 2030-01-09T18:00:00Z, city: 2030-01-07}]
        world: {shops: [yes, 1e3, 0x10]}
        expect: {}
        """)
    assert (scenario.title, scenario.about, scenario.orders[0].city) == (
        *("no", "12:30"),
        "2030-01-07",
    )
    assert scenario.world.shops == ("yes", "1e3", "0x10")
    assert scenario.orders[0].at.at == 1_894_212_000


def test_a_leading_zero_is_no_base_eight(read):
    assert read(WHOLE + "seed: 010\n").seed == 10


def test_keys_are_words_even_if_they_look_like_numbers(read):
    scenario = read("""\
        title: t
        demand: [{kind: steady, per_hour: 2, units: {1: 3, 2: 1}}]
        expect: {}
        """)
    assert scenario.demand[0].units == {"1": 3, "2": 1}


def test_parts_may_be_written_once_and_merged(read):
    scenario = read("""\
        title: t
        orders:
          - &usual {name: first, city: Yiwu}
          - {<<: *usual, name: second}
        expect: {}
        """)
    assert [(each.name, each.city) for each in scenario.orders] == [
        ("first", "Yiwu"),
        ("second", "Yiwu"),
    ]


NO_YAML = {
    "title: a: b": "1: cannot be read as YAML: there is a colon where none may be",
    "title: t\ntitle: u": "2: cannot be read as YAML: the key 'title' comes twice",
    "title: t\norders:\n\t- {name: a}": "3: cannot be read as YAML: a line is indented by a tab",
    "title: [": "2: cannot be read as YAML: did not find expected node content",
    "title: t\n---\ntitle: u": "2: cannot be read as YAML: but found another document",
    "title: t\n? [a]\n: b": "2: cannot be read as YAML: a key is a word, not a list or a mapping",
    "title: t\nseed: !!int ''": "2: cannot be read as YAML: '' is no int",
    "title: t\nseed: !!bool x": "2: cannot be read as YAML: 'x' is no bool",
    "title: t\nseed: "
    + "9" * 5000: "2: cannot be read as YAML: the number has more than 30 digits",
    "title: !!timestamp x": "1: cannot be read as YAML: the tag tag:yaml.org,2002:timestamp means",
    "!!map [a]": "1: cannot be read as YAML: the tag tag:yaml.org,2002:map means nothing here",
    "a: !!python/object/apply:os.system [ls]": "1: cannot be read as YAML: the tag",
    "title: *nobody": "1: cannot be read as YAML: found undefined alias",
    "a: &a [*a]": "1: cannot be read as YAML: a part of the file contains itself",
    "a: &a {<<: *a}": "1: cannot be read as YAML: a part of the file contains itself",
    "\na: " + "[" * 50 + "]" * 50: "2: cannot be read as YAML: is nested more than 40 deep",
    "a: " + "[" * 200_000: "1: cannot be read as YAML: is nested more than 40 deep",
    "title: t\n\x07": "1: cannot be read as YAML: control characters are not allowed",
    'title: "\\ud800"': "1: cannot be read as YAML: found invalid Unicode character escape code",
}


@pytest.mark.parametrize("text", NO_YAML, ids=lambda text: repr(text[:40]))
def test_what_is_no_yaml_is_refused_with_its_line(wrong, text):
    (told,) = wrong(text)
    assert told.startswith(f"x.yaml:{NO_YAML[text]}")


def test_bytes_that_are_no_text_are_refused(wrong):
    assert wrong(b"title: t\nabout: \xff\xfe") == [
        "x.yaml:2: cannot be read as YAML: is no UTF-8 text: byte 16 is invalid start byte"
    ]


def test_a_byte_order_mark_is_no_fault(read):
    assert read("\ufeff" + WHOLE).title == "t"


def test_what_is_small_as_text_and_huge_as_data_is_refused(wrong):
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{nth}: &a{nth} [{', '.join([f'*a{nth - 1}'] * 10)}]" for nth in range(1, 9)]
    (told,) = wrong("\n".join(rows))
    assert "unfolds to more than 50000 values" in told


# Files.


def test_a_file_that_is_not_there_is_no_scenario(tmp_path):
    with pytest.raises(NoScenario, match=r"gone\.scenario\.yaml:1: cannot be read: No such file"):
        read(tmp_path / "gone.scenario.yaml")


def test_a_file_beyond_all_bounds_is_not_read(tmp_path):
    path = tmp_path / "long.scenario.yaml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(NoScenario, match="is longer than 1048576 bytes"):
        read(path)


def test_the_faults_of_all_files_are_told_together(tmp_path):
    for name in ("a", "b", "c"):
        text = WHOLE if name == "b" else "title: t\nexpect: {}\n"
        (tmp_path / f"{name}.scenario.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(NoScenario) as raised:
        collect([tmp_path])
    assert [fault.file.rsplit("/", 1)[1][0] for fault in raised.value.faults] == ["a", "c"]


def test_a_folder_without_scenarios_is_told(tmp_path):
    with pytest.raises(NoScenario, match=r"has no file that ends with \.scenario\.yaml"):
        collect([tmp_path])
