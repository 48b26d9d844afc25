"""What endpoints share about the requests they read: the caller, lists, pages, strict bodies."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, field_validator

from mock_api.kernel.gates import gated_route
from mock_api.kernel.pages import BadPageToken, Key, read_page_token
from mock_api.kernel.text import require_utf8
from mock_api.seller_center.errors import Refusal, Row, bad_parameter
from mock_api.seller_center.gates import GATES, Caller, caller_of
from mock_api.seller_center.packages import is_shown, order_of
from mock_api.seller_center.shelves import Shelves
from simulator import World
from simulator.errors import NotFound
from simulator.orders.model import Order
from simulator.parcels.model import Parcel
from simulator.registry import Shop

FAR_FUTURE: Final = 2**62


class Body(BaseModel):
    """A request's JSON body. Types are taken as they are written; unknown keys are let pass, as
    the platform is thought to (inferred)."""

    model_config = ConfigDict(strict=True, extra="ignore")
    _travels = field_validator("*")(require_utf8)


class Paging(BaseModel):
    """How a search is paged and sorted, in the query; each search narrows size and fields."""

    sort_order: Literal["ASC", "DESC"] = "DESC"
    page_token: str | None = None

    @property
    def descending(self) -> bool:
        return self.sort_order == "DESC"


async def _caller(request: Request) -> Caller:
    return caller_of(request)


CallerDep = Annotated[Caller, Depends(_caller)]


def gated_router(group: str, version: str) -> APIRouter:
    """The router of one version of one API group, behind the platform's gates."""
    return APIRouter(
        prefix=f"/{group}/{version}",
        tags=[f"{group} {version}"],
        route_class=gated_route(GATES),
    )


def shop_of(caller: Caller) -> Shop:
    """The shop that the cipher named; where a cipher is optional, the seller's only one."""
    return caller.shop or caller.sandbox.shops()[0][0]


def world_of(caller: Caller) -> World:
    return caller.sandbox.world


def shelves_of(caller: Caller) -> Shelves:
    return caller.sandbox.attached(Shelves)


def own_order(caller: Caller, order_id: str, otherwise: Row) -> Order:
    """The shop's order of that id; refused in the words of *otherwise* if it has none."""
    try:
        order = world_of(caller).order(order_id)
    except NotFound:
        raise Refusal(otherwise) from None
    if order.shop_id != shop_of(caller).id:
        raise Refusal(otherwise)
    return order


def own_parcel(caller: Caller, parcel_id: str, otherwise: Row) -> tuple[Order, Parcel]:
    """The shop's parcel of that id and the order by which it is shown; refused in the words of
    *otherwise*."""
    try:
        parcel = world_of(caller).parcel(parcel_id)
    except NotFound:
        raise Refusal(otherwise) from None
    if not is_shown(world_of(caller), parcel):
        raise Refusal(otherwise)
    return own_order(caller, order_of(world_of(caller), parcel).id, otherwise), parcel


def split_list(values: list[str]) -> list[str]:
    """A list in the query, written ``a,b`` as documented or as a repeated key, without doubles."""
    return list(dict.fromkeys(each for value in values for each in value.split(",") if each))


def place_in(token: str | None, question: object) -> Key | None:
    """Where a page begins; a token of another question is refused."""
    if not token:
        return None
    try:
        return read_page_token(token, question)
    except BadPageToken:
        raise Refusal(bad_parameter("page_token", "is no token of this search")) from None


def time_range(name: str, from_: int | None, to: int | None) -> tuple[tuple[str, int, int], ...]:
    """A range of instants as an index takes it, or none."""
    if from_ is None and to is None:
        return ()
    return ((name, from_ or 0, FAR_FUTURE if to is None else to),)
