import json

import pytest

from simulator.clock import Instant
from simulator.facts import CarrierHeld, ParcelCreated
from simulator.journal import Journal


def tell(journal, first, last):
    for nth in range(first, last):
        journal.record(Instant(nth), ParcelCreated(f"O{nth}", f"P{nth}"))


def told(count):
    journal = Journal()
    tell(journal, 0, count)
    return journal


def test_an_empty_journal_has_a_digest_of_32_hexadecimal_digits():
    digest = Journal().digest()

    assert len(digest) == 32
    assert int(digest, 16) >= 0


def test_asking_for_the_digest_changes_nothing():
    asked = told(100)
    asked.digest()
    tell(asked, 100, 200)

    assert told(200).digest() == asked.digest()


def test_the_digest_tells_facts_times_and_order_apart():
    one, two = ParcelCreated("O1", "P1"), ParcelCreated("O1", "P2")
    digests = set()
    for facts in (
        [],
        [(1, one)],
        [(2, one)],
        [(1, two)],
        [(1, one), (1, two)],
        [(1, two), (1, one)],
    ):
        journal = Journal()
        for at, fact in facts:
            journal.record(Instant(at), fact)
        digests.add(journal.digest())

    assert len(digests) == 6


def test_the_digest_remembers_its_first_fact_for_ever():
    other = Journal()
    other.record(Instant(0), ParcelCreated("another", "P0"))
    tell(other, 1, 200)

    assert told(200).digest() != other.digest()


@pytest.mark.parametrize("pause", [0, 1, 40, 63, 64, 65, 128, 150])
def test_a_chain_taken_up_again_equals_an_unbroken_one(pause):
    again = Journal()
    again.resume(json.loads(json.dumps(told(pause).save())))
    assert told(pause).digest() == again.digest()

    tell(again, pause, 200)

    assert (told(200).length, told(200).digest()) == (again.length, again.digest())


def test_what_was_saved_does_not_move_on():
    journal = told(10)
    saved = journal.save()
    tell(journal, 10, 20)

    assert told(10).save() == saved


def test_sinks_are_told_in_order_with_number_time_and_fact():
    journal = Journal()
    heard = []
    journal.subscribe(lambda *fact: heard.append(("first", *fact)))
    journal.subscribe(lambda *fact: heard.append(("second", *fact)))
    held = CarrierHeld("jt", Instant(9))
    journal.record(Instant(5), held)
    journal.record(Instant(6), held)

    assert heard == [
        ("first", 1, 5, held),
        ("second", 1, 5, held),
        ("first", 2, 6, held),
        ("second", 2, 6, held),
    ]


def test_a_late_sink_hears_later_facts_only():
    journal = told(3)
    heard = []
    journal.subscribe(lambda seq, _at, _fact: heard.append(seq))
    tell(journal, 3, 5)

    assert heard == [4, 5]
