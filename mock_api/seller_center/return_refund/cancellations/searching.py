"""Search Cancellations, as its versions share it: filters, paging, order."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from mock_api.kernel.pages import page_token
from mock_api.kernel.questions import ANY, Question
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
from mock_api.seller_center.return_refund.cancellations.view import type_of
from mock_api.seller_center.return_refund.cancellations.words import FILTERED, StatusFilter, Type
from mock_api.seller_center.shelves import CREATED, UPDATED
from simulator.orders.model import Cancellation, Order


class CancellationFilter(Body):
    """Which cancellations; all conditions hold at once."""

    cancel_ids: list[str] = Field(default_factory=list)
    order_ids: list[str] = Field(default_factory=list)
    buyer_user_ids: list[str] = Field(default_factory=list)
    cancel_types: list[Type] = Field(default_factory=list)
    cancel_status: list[StatusFilter] = Field(default_factory=list)
    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    locale: str = "en-US"

    def matches(self, order: Order, asked: Cancellation) -> bool:
        """The conditions that no shelf is sorted by. An empty list asks for nothing."""
        statuses = [FILTERED[each] for each in self.cancel_status]
        return (
            _in(asked.id, self.cancel_ids)
            and _in(order.id, self.order_ids)
            and _in(order.buyer_id, self.buyer_user_ids)
            and _in(type_of(asked), self.cancel_types)
            and (not statuses or asked.status in statuses)
        )

    @property
    def needs_a_look(self) -> bool:
        asked = (self.cancel_ids, self.order_ids, self.buyer_user_ids, self.cancel_types)
        return any(asked) or len(self.cancel_status) > 1


class CancellationPaging(Paging):
    # A number as a string, and so is its default: the platform's own type.
    page_size: str = Field("10", pattern=r"^([1-9]|[1-4][0-9]|50)$")
    sort_field: Literal["create_time", "update_time"] = "create_time"
    sort_order: Literal["ASC", "DESC"] = "ASC"


Found = list[tuple[Order, Cancellation]]


def search(
    caller: Caller, paging: CancellationPaging, wanted: CancellationFilter | None
) -> tuple[Found, int, str]:
    """One page of what is found, how many there are in all, and the next page's token."""
    wanted = wanted or CancellationFilter()
    registry, shop = world_of(caller).registry, shop_of(caller)
    question = (shop.id, paging.sort_field, paging.sort_order, wanted.model_dump_json())
    asked = Question(
        sort_field=paging.sort_field,
        descending=paging.descending,
        status=FILTERED[wanted.cancel_status[0]] if len(wanted.cancel_status) == 1 else ANY,
        ranges=(
            *time_range(CREATED, wanted.create_time_ge, wanted.create_time_lt),
            *time_range(UPDATED, wanted.update_time_ge, wanted.update_time_lt),
        ),
        also=(lambda key: wanted.matches(*registry.cancellation(key)))
        if wanted.needs_a_look
        else None,
    )
    shelf = shelves_of(caller).cancellations(shop.id)
    keys, last = shelf.page(asked, place_in(paging.page_token, question), int(paging.page_size))
    token = page_token(last, question) if last else ""
    return [registry.cancellation(key) for key in keys], shelf.count(asked), token


def _in(value: str, wanted: Sequence[str]) -> bool:
    return not wanted or value in wanted
