"""An index answers as a list does that is sorted anew for every question; so does another one that
was filled with what the first had saved, and one of which hardly anything is in memory."""

import json

import hypothesis.strategies as st
from hypothesis import given, settings

from mock_api.kernel.index import Index
from mock_api.kernel.questions import ANY, Entry, Question
from tests.thoroughness import examples

FIELDS = ("made", "moved")
IDS = st.integers(0, 30).map(str)
INSTANTS = st.integers(0, 12)
STATUSES = st.sampled_from(["open", "done", "gone"])
PUT = st.tuples(
    IDS, st.builds(Entry, STATUSES, st.fixed_dictionaries(dict.fromkeys(FIELDS, INSTANTS)))
)
DROP = st.tuples(IDS, st.none())
DEEDS = st.lists(st.one_of(PUT, PUT, PUT, DROP), max_size=60)
RANGES = st.lists(st.tuples(st.sampled_from(FIELDS), INSTANTS, INSTANTS), max_size=2)
QUESTIONS = st.builds(
    Question,
    st.sampled_from(FIELDS),
    st.booleans(),
    st.one_of(st.just(ANY), STATUSES),
    RANGES.map(tuple),
    st.sampled_from([None, lambda key: int(key) % 2 == 0]),
)


class Slow:
    """The oracle."""

    def __init__(self):
        self.entries = {}

    def put(self, key, entry):
        self.entries[key] = entry

    def drop(self, key):
        self.entries.pop(key, None)

    def matching(self, asked):
        places = sorted(
            ((entry.instants[asked.sort_field], key) for key, entry in self.entries.items()),
            reverse=asked.descending,
        )
        return [key for _, key in places if self.is_right(key, asked)]

    def is_right(self, key, asked):
        entry = self.entries[key]
        inside = [low <= entry.instants[name] < high for name, low, high in asked.ranges]
        is_meant = asked.also is None or asked.also(key)
        return asked.status in (ANY, entry.status) and all(inside) and is_meant


def do(index, deeds):
    for key, entry in deeds:
        if entry:
            index.put(key, entry)
        else:
            index.drop(key)


def paged(index, asked, size):
    found, after = [], None
    while True:
        page, after = index.page(asked, after, size)
        found += page
        if after is None:
            return found


def again(index, **how):
    """Another one, filled with what was saved."""
    other = Index(FIELDS, **how)
    other.restore(json.loads(json.dumps(index.save())))
    return other


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(before=DEEDS, after=DEEDS, asked=QUESTIONS, size=st.integers(1, 7))
def test_an_index_answers_like_a_sorted_list_be_it_restored_or_mostly_on_disk(
    before, after, asked, size
):
    slow, straight, cramped = Slow(), Index(FIELDS), Index(FIELDS, in_memory=3)
    for each in (slow, straight, cramped):
        do(each, before)
    indexes = [straight, cramped, again(straight), again(cramped, in_memory=5)]
    assert all(each.save() == straight.save() for each in indexes)
    for deeds in ([], after):
        for each in (slow, *indexes):
            do(each, deeds)
        right = slow.matching(asked)
        for index in indexes:
            assert paged(index, asked, size) == right
            assert index.count(asked) == len(right)
    assert all(each.save() == straight.save() for each in indexes)


def test_what_was_asked_about_leaves_no_trace_in_what_is_saved():
    index = Index(FIELDS)
    index.count(Question("moved", descending=True, status="open"))
    assert index.save() == {}
