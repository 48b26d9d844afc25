"""Which operations the stock client must be able to call, and a table of how each is called."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import attrs
import pytest
from tiktok_shop_api import TikTokShopError
from tiktok_shop_api.generated import models
from tiktok_shop_api.generated._meta import OPERATIONS

from tests.mock_api.conftest import Box

GROUPS = {
    "orders",
    "fulfillment",
    "logistics",
    "event",
    "authorization",
    "seller",
    "returnAndRefund",
    "customerService",
    "finance",
    "supplyChain",
}
"""Groups that are covered whole."""
PRODUCTS = {
    "getProduct",
    "searchProducts",
    "inventorySearch",
    "updateInventory",
    "updatePrice",
    "activateProducts",
    "deactivateProducts",
}


def _is_covered(operation: dict[str, Any]) -> bool:
    group = operation["group"]
    if group == "analytics":
        return "/shop_performances" in operation["path"]
    return group in GROUPS or (group == "products" and operation["operationId"] in PRODUCTS)


COVERED = {each["operationId"]: each for each in OPERATIONS if _is_covered(each)}


def _snake(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z][a-z])", r"_\1\2", name)
    return words.lower()


@dataclass
class Call:
    """One operation of the stock client, with a body of plain data. It keeps every answer."""

    box: Box
    operation: dict[str, Any]
    answers: list[Any] = field(default_factory=list)

    def __call__(
        self, *path: str, body: dict[str, Any] | None = None, form: Any = None, **query: Any
    ) -> Any:
        name = self.operation["operationId"]
        group = getattr(self.box.client, _snake(self.operation["group"]))
        if body is not None:
            query["body"] = getattr(models, f"{_cap(name)}Request").from_dict(body)
        if form is not None:
            query["body"] = form
        answer = getattr(group, _METHODS.get(name, _snake(name)))(*path, **query)
        self.answers.append(answer)
        return answer.data


_METHODS = {
    "checkTikTokShippingAndCollectionByTikTokCoverage": (
        "check_tik_tok_shipping_and_collection_by_tik_tok_coverage"
    )
}


def _cap(name: str) -> str:
    return name[0].upper() + name[1:]


def flaws(value: Any, path: str = "") -> Iterator[str]:
    """Where a parsed model holds what its class does not know, or null."""
    if value is None:
        yield f"{path} is null"
    elif isinstance(value, list):
        for each in value:
            yield from flaws(each, f"{path}[]")
    elif attrs.has(type(value)):
        yield from (f"{path}.{name} is unknown" for name in _more(value))
        for known in attrs.fields(type(value)):
            if known.init:
                yield from flaws(getattr(value, known.name), f"{path}.{known.name}")


def _more(model: Any) -> dict[str, Any]:
    return getattr(model, "additional_properties", {})


Play = Callable[[Box, Call], None]


@dataclass(frozen=True)
class Row:
    """How an operation is called: in which world, and with which code it is refused, if ever."""

    world: str
    play: Play
    refused: int

    def run(self, box: Box, operation_id: str) -> None:
        call = Call(box, COVERED[operation_id])
        with self._refusal():
            self.play(box, call)
        assert bool(call.answers) is not bool(self.refused)
        for answer in call.answers:
            assert type(answer).__name__ == f"{_cap(operation_id)}Response"
            assert answer.code == 0
            assert set(flaws(answer)) == set()

    def _refusal(self) -> AbstractContextManager[Any]:
        if not self.refused:
            return nullcontext()
        return pytest.raises(TikTokShopError, check=lambda error: error.code == self.refused)


class Table(dict[str, Row]):
    """Operations by name; filled by decorated functions."""

    def calls(self, name: str, *, at: str = "home", refused: int = 0) -> Callable[[Play], Play]:
        def keep(play: Play) -> Play:
            assert name not in self
            self[name] = Row(at, play, refused)
            return play

        return keep
