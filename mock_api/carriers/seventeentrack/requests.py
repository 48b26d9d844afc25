"""What calls bring: a list of numbers, each with what is said of it. Unknown fields are ignored;
codes of carriers may be text, and nought is none, as public integrations send them."""

from collections.abc import Callable, Collection, Sequence
from typing import Annotated, Any, Final, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from mock_api.carriers.seventeentrack.refusals import (
    BAD_FORMAT,
    MISSING,
    TOO_MANY,
    Refused,
    Rejected,
)
from mock_api.kernel.bodies import json_in
from simulator.carriers.numbers import could_be_printed

MOST: Final = 40
"""Numbers in a call."""
_LONGEST: Final = 1_000

Text = Annotated[str | None, Field(max_length=_LONGEST)]
Shape = dict[str, Any]


class Wish(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Numbered(Wish):
    """One number of a call, with its carrier where that is not clear."""

    number: Annotated[str, Field(max_length=_LONGEST)] = ""
    carrier: int | None = None

    def require_number(self) -> str:
        """As it is registered; rejected if it is missing, or no label could bear it."""
        number = self.number.strip()
        if not number:
            raise Rejected(MISSING, "number")
        if not could_be_printed(number):
            raise Rejected(BAD_FORMAT, number)
        return number


class Registration(Numbered):
    final_carrier: int | None = None
    auto_detection: bool | None = None
    """Left out: the carrier is detected where none is given."""
    param: Text = None
    tag: Text = None
    lang: Text = None
    email: Text = None
    order_no: Text = None
    order_time: Text = None
    remark: Text = None


class CarrierChange(Numbered):
    carrier_old: int | None = None
    carrier_new: int | None = None
    final_carrier_old: int | None = None
    final_carrier_new: int | None = None


class NewInfo(Wish):
    """Of ``changeinfo``; what is left out stays."""

    param: Text = None
    tag: Text = None
    lang: Text = None
    order_no: Text = None
    order_time: Text = None
    remark: Text = None


class InfoChange(NewInfo, Numbered):
    items: NewInfo | None = None
    """Where the documentation puts them; beside the number they will do, too (inferred)."""

    def told(self) -> dict[str, str]:
        inner = self.items.model_dump(exclude_none=True) if self.items else {}
        return {**self.model_dump(include=set(NewInfo.model_fields), exclude_none=True), **inner}


class RealTime(Numbered):
    pass


class ListWish(Wish):
    """Which registered numbers, and which page of them."""

    number: Text = None
    """One, or several with commas."""
    carrier: int | None = None
    tracking_status: Text = None
    package_status: Text = None
    tag: Text = None
    order_no: Text = None
    register_time_from: Text = None
    register_time_to: Text = None
    page_no: Annotated[int, Field(ge=1)] = 1
    page_size: Annotated[int, Field(ge=1, le=MOST)] = MOST


W = TypeVar("W", bound=Numbered)


def one_by_one(wishes: Sequence[W], act: Callable[[W], Shape]) -> Shape:
    """The envelope: what became of each."""
    if len(wishes) > MOST:
        raise Refused(TOO_MANY)
    accepted: list[Shape] = []
    rejected: list[Shape] = []
    for wish in wishes:
        try:
            accepted.append(act(wish))
        except Rejected as why:
            error = {"code": why.code, "message": why.message}
            tag = {"tag": wish.tag} if isinstance(wish, Registration) and wish.tag else {}
            rejected.append({"number": wish.number, **tag, "error": error})
    return {"code": 0, "data": {"accepted": accepted, "rejected": rejected}}


async def named(request: Request) -> Collection[str]:
    """The numbers in a call, for planned faults."""
    body = await json_in(request)
    items = body if isinstance(body, list) else [body]
    return [
        item["number"]
        for item in items
        if isinstance(item, dict) and isinstance(item.get("number"), str)
    ]
