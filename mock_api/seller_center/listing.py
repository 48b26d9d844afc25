"""Pages of short lists that no shelf keeps: 1 to 100 rows, 20 if nothing is said, by an instant."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

from pydantic import BaseModel, Field

from mock_api.kernel.pages import Key, page_token
from mock_api.seller_center.requests import FAR_FUTURE, place_in

T = TypeVar("T")


class Listing(BaseModel):
    """In the query. Strings are taken for numbers, as everywhere in a query."""

    page_size: int = Field(20, ge=1, le=100)
    page_token: str | None = None
    sort_order: Literal["ASC", "DESC"] = "ASC"

    @property
    def descending(self) -> bool:
        return self.sort_order == "DESC"


class Span(BaseModel):
    """From (included) and to (excluded), in unix seconds."""

    ge: int | None = None
    lt: int | None = None

    def has(self, at: int) -> bool:
        return (self.ge or 0) <= at < (FAR_FUTURE if self.lt is None else self.lt)


def page_of(
    rows: Sequence[T], key: Callable[[T], Key], asked: Listing, question: object
) -> tuple[list[T], str]:
    """The page's rows, and the token of the next one: empty at the end."""
    after = place_in(asked.page_token, question)
    ordered = sorted(rows, key=key, reverse=asked.descending)
    if after is not None:
        ordered = [row for row in ordered if _is_behind(key(row), after, asked)]
    page = ordered[: asked.page_size]
    more = len(ordered) > len(page)
    return page, page_token(key(page[-1]), question) if more else ""


def _is_behind(key: Key, after: Key, asked: Listing) -> bool:
    return key < after if asked.descending else key > after
