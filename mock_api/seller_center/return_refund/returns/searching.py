"""Searching returns: filters, pages, and the index that they are found in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from mock_api.kernel.index import Index
from mock_api.kernel.pages import page_token
from mock_api.kernel.questions import Question
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import (
    Body,
    Paging,
    place_in,
    shelves_of,
    shop_of,
    time_range,
    world_of,
)
from mock_api.seller_center.return_refund.returns.words import TYPE, status_of
from mock_api.seller_center.shelves import CREATED, UPDATED
from simulator.returns.model import Return

PageSize = Literal[
    "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23",
    "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37",
    "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50",
]  # fmt: skip
"""A typed string, on this platform."""


class ReturnPaging(Paging):
    sort_field: Literal["create_time", "update_time"] = "create_time"
    sort_order: Literal["ASC", "DESC"] = "ASC"
    page_size: PageSize = "10"


class ReturnFilter(Body):
    """Which returns; all conditions hold at once."""

    return_ids: list[str] | None = None
    order_ids: list[str] | None = None
    buyer_user_ids: list[str] | None = None
    return_types: list[Literal["REFUND", "RETURN_AND_REFUND", "REPLACEMENT", "EXCHANGE"]] | None = (
        None
    )
    return_status: list[str] | None = None
    seller_proposed_return_type: list[Literal["PARTIAL_REFUND"]] | None = None
    arbitration_status: (
        list[Literal["IN_PROGRESS", "SUPPORT_BUYER", "SUPPORT_SELLER", "CLOSED"]] | None
    ) = None
    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    locale: str | None = None

    def matches(self, asked: Return, buyer_id: str) -> bool:
        """The conditions that no shelf is sorted by."""
        arbitration = asked.arbitration.upper() if asked.arbitration else ""
        return (
            _among(asked.id, self.return_ids)
            and _among(asked.order_id, self.order_ids)
            and _among(buyer_id, self.buyer_user_ids)
            and _among(TYPE[asked.kind], self.return_types)
            and _among(status_of(asked), self.return_status)
            and _among(arbitration, self.arbitration_status)
            and (not self.seller_proposed_return_type or asked.offer_minor > 0)
        )


def _among(value: str, wanted: Sequence[str] | None) -> bool:
    return not wanted or value in wanted


def found_returns(
    caller: Caller, wanted: ReturnFilter, paging: ReturnPaging
) -> tuple[list[Return], str, int]:
    """One page, the token of the next, and how many match."""

    def also(asked: Return) -> bool:
        return wanted.matches(asked, world_of(caller).order(asked.order_id).buyer_id)

    ranges = (
        *time_range(CREATED, wanted.create_time_ge, wanted.create_time_lt),
        *time_range(UPDATED, wanted.update_time_ge, wanted.update_time_lt),
    )
    question = (paging.sort_field, paging.sort_order, wanted.model_dump_json())
    asked = Question(
        paging.sort_field, paging.descending, ranges=ranges, also=by_return(caller, also)
    )
    shelf = shelves_of(caller).returns(shop_of(caller).id)
    place = Place(question, paging.page_token, int(paging.page_size))
    return page_of(caller, shelf, asked, place)


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of which search."""

    question: object
    token: str | None
    size: int


def page_of(
    caller: Caller, shelf: Index, asked: Question, place: Place
) -> tuple[list[Return], str, int]:
    """One page of a shop's *shelf* of returns, the token of the next, and how many match."""
    returns, marked = world_of(caller).registry.returns, (shop_of(caller).id, place.question)
    keys, last = shelf.page(asked, place_in(place.token, marked), place.size)
    after = page_token(last, marked) if last else ""
    return [returns.get(key) for key in keys], after, shelf.count(asked)


def by_return(caller: Caller, also: Callable[[Return], bool]) -> Callable[[str], bool]:
    returns = world_of(caller).registry.returns
    return lambda key: also(returns.get(key))
