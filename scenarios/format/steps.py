"""What somebody does at an instant of a scenario: a buyer, a seller, a carrier, by hand.

Each step has the key of who acts, whose value says what; the other keys are as the control API, the
desk or the seller center take them.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from mock_api.control.buyers import BuyerAction
from mock_api.control.faults import NewFault
from mock_api.control.sellers import ACTIONS
from mock_api.declarations import LabelWish, PackingWish
from mock_api.kernel.times import Duration
from scenarios.format.instants import Time
from scenarios.format.strict import Strict
from simulator.carriers.mishaps import Mishap
from simulator.disputes.case import Cause
from simulator.parcels.model import Handover


class Acted(Strict):
    """A step: when it is taken. It is refused by the world unless it says so here."""

    at: Time
    refused: bool = False
    """The world is expected to refuse it."""

    def names(self) -> Iterator[tuple[str, str]]:
        """Of the orders that it speaks of, each behind the key that does."""
        if self.at.order:
            yield "at", self.at.order
        order = getattr(self, "order", "")
        if order:
            yield "order", order


class BuyerStep(Acted):
    """A buyer does something about an order."""

    buyer: BuyerAction
    order: str
    reason: str = ""
    cause: Cause | None = None
    """What a complaint is about."""

    def body(self) -> dict[str, Any]:
        given = {"reason": self.reason, "cause": self.cause}
        return {name: value for name, value in given.items() if value}


def _known_action(action: str) -> str:
    if action not in ACTIONS:
        raise ValueError(f"is no act of a seller: known are {', '.join(ACTIONS)}")
    return action


SellerAction = Annotated[
    str, AfterValidator(_known_action), WithJsonSchema({"type": "string", "enum": [*ACTIONS]})
]


class SellerStep(Acted):
    """The seller does something about an order, by hand, as an integration or a person would."""

    seller: SellerAction
    order: str
    carrier: str = ""
    """Whom to book, or who is said to have the parcel."""
    number: str = ""
    """To mark it with; left out, its label's."""
    handover: Handover | None = None
    """How a parcel that is shipped reaches its carrier."""
    packing: PackingWish | None = None
    """As declared at the desk."""
    label: LabelWish | None = None
    """As declared at the desk."""

    def body(self) -> dict[str, Any]:
        return self.model_dump(
            mode="json",
            include={"carrier", "number", "handover", "packing", "label"},
            exclude_unset=True,
        )


class CarrierStep(Acted):
    """A carrier does something by hand."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    carrier: str
    event: str
    """hold, lose, damage, scan …: the control API's events (docs/mishaps.md)."""
    order: str = ""
    """Whose parcel, where the event is about one."""
    for_: Annotated[Duration | None, Field(alias="for")] = None
    city: str = ""
    region: str = ""
    scan: str = ""
    cause: str = ""
    kind: str = ""
    """Of a delay: delayed, late_plane, hub_backlog."""
    mishap: Mishap | None = None
    """Of a plan: what befalls the parcel at its next occasion."""
    for_good: bool | None = None
    """Of a loss; or else it is found again."""

    def body(self) -> dict[str, Any]:
        given = {
            "for": None if self.for_ is None else f"{self.for_}s",
            "city": self.city,
            "region": self.region,
            "scan": self.scan,
            "cause": self.cause,
            "kind": self.kind,
            "mishap": self.mishap,
            "for_good": self.for_good,
        }
        return {name: value for name, value in given.items() if value not in ("", None)}


class MishapStep(Acted):
    """From now on so much goes wrong by itself: a factor on every rate; at nought, nothing does."""

    mishaps: Annotated[float, Field(ge=0, le=1000)]


class FaultStep(Acted):
    """From now on the server, or its webhooks, misbehave as planned (docs/faults.md)."""

    fault: NewFault
    order: str = ""
    """Only those about these orders."""

    @model_validator(mode="after")
    def _orders_have_names(self) -> "FaultStep":
        if self.fault.order_id:
            raise ValueError("orders have names here: give order beside fault, not order_id in it")
        return self


_KINDS: Final = {
    "buyer": "BuyerStep",
    "seller": "SellerStep",
    "carrier": "CarrierStep",
    "mishaps": "MishapStep",
    "fault": "FaultStep",
}


def _kind(step: Any) -> str | None:
    """Who acts is said by the key that is there."""
    if isinstance(step, Strict):
        return type(step).__name__
    keys = step if isinstance(step, dict) else ()
    return next((kind for key, kind in _KINDS.items() if key in keys), None)


Step = Annotated[
    Annotated[BuyerStep, Tag("BuyerStep")]
    | Annotated[SellerStep, Tag("SellerStep")]
    | Annotated[CarrierStep, Tag("CarrierStep")]
    | Annotated[MishapStep, Tag("MishapStep")]
    | Annotated[FaultStep, Tag("FaultStep")],
    Discriminator(
        _kind,
        custom_error_type="no_actor",
        custom_error_message=f"a step says who acts: give one of the keys {', '.join(_KINDS)}",
    ),
]
