"""Lists: newest first, a page at a time, by the id of the last that was seen."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final, TypeVar

from fastapi import Query

from mock_api.carriers.easypost.refusals import not_found
from mock_api.carriers.easypost.requests import Moment, Sent
from simulator.clock import Instant

USUAL: Final = 20
MOST: Final = 100
"""docs.easypost.com: 20 a page, at most 100; more are taken for 100."""

T = TypeVar("T")


class PageAsked(Sent):
    """Which page."""

    page_size: Annotated[int, Query(ge=1)] = USUAL
    before_id: str = ""
    after_id: str = ""
    start_datetime: Moment | None = None
    end_datetime: Moment | None = None

    def within(self, at: Instant) -> bool:
        after = self.start_datetime is None or at >= self.start_datetime
        return after and (self.end_datetime is None or at <= self.end_datetime)


Page = Annotated[PageAsked, Query()]


def page(
    asked: PageAsked,
    newest_first: Iterable[T],
    own_id: Callable[[T], str],
    made_at: Callable[[T], Instant],
) -> tuple[list[T], bool]:
    """That page, and whether there are more beyond it. NOT_FOUND for an id that is not there."""
    found = [each for each in newest_first if asked.within(made_at(each))]
    size = min(asked.page_size, MOST)
    if asked.before_id:
        rest = found[_place(found, asked.before_id, own_id) + 1 :]
        return rest[:size], len(rest) > size
    if asked.after_id:
        rest = found[: _place(found, asked.after_id, own_id)]
        return rest[-size:], len(rest) > size
    return found[:size], len(found) > size


def _place(found: list[T], wanted: str, own_id: Callable[[T], str]) -> int:
    for nth, each in enumerate(found):
        if own_id(each) == wanted:
            return nth
    raise not_found()


def listed(name: str, shown: list[dict[str, Any]], *, has_more: bool) -> dict[str, Any]:
    return {name: shown, "has_more": has_more}
