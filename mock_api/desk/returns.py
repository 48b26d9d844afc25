"""Returns and replacements at the desk: what buyers ask for, and what the seller says to it."""

from typing import Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from mock_api.desk.requests import AtTheDesk, PageDep, Rows, SandboxDep, Wish
from simulator.returns.model import Kind, Return, ReturnStatus

router: Final = APIRouter(prefix="/desk/v1/returns", tags=["returns"], route_class=AtTheDesk)


class AnswerWish(Wish):
    answer: Literal["grant", "refund", "reject"]
    """``refund``: the money at once, and the buyer keeps the goods."""


class InspectionWish(Wish):
    accepted: bool


class ReturnView(BaseModel):
    id: str
    order_id: str
    kind: Kind
    reason: str
    status: ReturnStatus
    asked_at: int
    updated_at: int
    due_at: int
    """When this status runs out, while it is open; 0: not by itself."""
    tracking_number: str
    """Of the parcel that goes back; empty before it does."""
    arbitration: str
    """What the platform says between buyer and seller; empty: it was not asked."""
    row: str
    """The row of the liability table that it goes by."""
    replacement_id: str
    """The order that was made for it."""

    @classmethod
    def of(cls, asked: Return) -> "ReturnView":
        return cls(
            id=asked.id,
            order_id=asked.order_id,
            kind=asked.kind,
            reason=asked.reason,
            status=asked.status,
            asked_at=asked.asked_at,
            updated_at=asked.updated_at,
            due_at=asked.due_at,
            tracking_number=asked.tracking_number,
            arbitration=asked.arbitration or "",
            row=asked.ruling.row if asked.ruling else "",
            replacement_id=asked.replacement_id,
        )


class Returns(Rows):
    returns: list[ReturnView]


@router.get("")
async def list_returns(
    sandbox: SandboxDep, page: PageDep, status: ReturnStatus | None = None
) -> Returns:
    """Oldest first. Those ``requested`` wait for an answer, those ``received`` for a look."""
    every = sandbox.world.registry.returns.all.values()
    found = page.of(each for each in every if status in (None, each.status))
    rows = [ReturnView.of(each) for each in found]
    return Returns(returns=rows, next=rows[-1].id if rows else "")


@router.get("/{return_id}")
async def get_return(sandbox: SandboxDep, return_id: str) -> ReturnView:
    return ReturnView.of(sandbox.world.registry.returns.get(return_id))


@router.post("/{return_id}/answer")
async def answer_return(sandbox: SandboxDep, return_id: str, wanted: AnswerWish) -> ReturnView:
    """Within the time that the request gives; after that, silence has granted it."""
    world = sandbox.world
    world.sellers.answer_return(
        return_id, granted=wanted.answer != "reject", refund_now=wanted.answer == "refund"
    )
    return ReturnView.of(world.registry.returns.get(return_id))


@router.post("/{return_id}/inspect")
async def inspect_return(sandbox: SandboxDep, return_id: str, wanted: InspectionWish) -> ReturnView:
    """What came back is accepted, and paid for, or not; silence accepts it."""
    sandbox.world.sellers.inspect_return(return_id, accepted=wanted.accepted)
    return ReturnView.of(sandbox.world.registry.returns.get(return_id))
