"""Complaints at the desk: those about logistics providers (C1), and those of buyers (C2)."""

from typing import Any, Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from mock_api.desk.requests import AtTheDesk, PageDep, Rows, SandboxDep, Wish
from simulator.disputes.case import Cause
from simulator.disputes.model import BuyerComplaint, CarrierComplaint, Review, Stage
from simulator.disputes.table import ROWS

router: Final = APIRouter(prefix="/desk/v1", tags=["complaints"], route_class=AtTheDesk)


class NewProviderComplaint(Wish):
    order_id: str


class AnswerWish(Wish):
    answer: Literal["accept", "contest"]
    """Who accepts pays, unless the liability table names somebody else."""


class ProviderComplaintView(BaseModel):
    id: str
    order_id: str
    carrier: str
    status: Review
    filed_at: int
    updated_at: int
    decide_by: int
    """It is decided by then."""
    reason: str
    """Why it was upheld or rejected; empty before."""
    appeals: int

    @classmethod
    def of(cls, complaint: CarrierComplaint) -> "ProviderComplaintView":
        return cls.model_validate(complaint, from_attributes=True)


class BuyerComplaintView(BaseModel):
    id: str
    order_id: str
    cause: Cause
    stage: Stage
    opened_at: int
    updated_at: int
    answer_by: int
    """After that, silence is the answer."""
    answer: str
    row: str
    """The row of the liability table that decided it; empty before."""
    liable: str
    refund: str
    payer: str
    amount_minor: int
    paid_minor: int

    @classmethod
    def of(cls, complaint: BuyerComplaint) -> "BuyerComplaintView":
        verdict = complaint.verdict
        return cls(
            id=complaint.id,
            order_id=complaint.order_id,
            cause=complaint.cause,
            stage=complaint.stage,
            opened_at=complaint.opened_at,
            updated_at=complaint.updated_at,
            answer_by=complaint.answer_by,
            answer=complaint.answer or "",
            row=verdict.row if verdict else "",
            liable=(verdict and verdict.liable) or "",
            refund=verdict.refund if verdict else "",
            payer=(verdict and verdict.payer) or "",
            amount_minor=complaint.amount_minor,
            paid_minor=complaint.paid_minor,
        )


class ProviderComplaints(Rows):
    complaints: list[ProviderComplaintView]


class BuyerComplaints(Rows):
    complaints: list[BuyerComplaintView]


@router.post("/provider-complaints", status_code=201)
async def complain_about_provider(
    sandbox: SandboxDep, wanted: NewProviderComplaint
) -> ProviderComplaintView:
    """About the logistics provider of an order in platform shipping."""
    return ProviderComplaintView.of(sandbox.world.desk.complain_about_carrier(wanted.order_id))


@router.get("/provider-complaints")
async def list_provider_complaints(
    sandbox: SandboxDep, page: PageDep, status: Review | None = None
) -> ProviderComplaints:
    """Oldest first."""
    every = sandbox.world.registry.docket.about_carriers.values()
    found = page.of(each for each in every if status in (None, each.status))
    rows = [ProviderComplaintView.of(each) for each in found]
    return ProviderComplaints(complaints=rows, next=rows[-1].id if rows else "")


@router.get("/provider-complaints/{complaint_id}")
async def get_provider_complaint(sandbox: SandboxDep, complaint_id: str) -> ProviderComplaintView:
    return ProviderComplaintView.of(sandbox.world.registry.docket.about_carrier(complaint_id))


@router.post("/provider-complaints/{complaint_id}/appeal")
async def appeal(sandbox: SandboxDep, complaint_id: str) -> ProviderComplaintView:
    """A rejected complaint is looked at again, as things stand then: twice at the most."""
    sandbox.world.desk.appeal(complaint_id)
    return ProviderComplaintView.of(sandbox.world.registry.docket.about_carrier(complaint_id))


@router.get("/buyer-complaints")
async def list_buyer_complaints(
    sandbox: SandboxDep, page: PageDep, stage: Stage | None = None
) -> BuyerComplaints:
    """Oldest first. Those ``opened`` wait for an answer."""
    every = sandbox.world.registry.docket.by_buyers.values()
    found = page.of(each for each in every if stage in (None, each.stage))
    rows = [BuyerComplaintView.of(each) for each in found]
    return BuyerComplaints(complaints=rows, next=rows[-1].id if rows else "")


@router.get("/buyer-complaints/{complaint_id}")
async def get_buyer_complaint(sandbox: SandboxDep, complaint_id: str) -> BuyerComplaintView:
    return BuyerComplaintView.of(sandbox.world.registry.docket.by_buyer(complaint_id))


@router.post("/buyer-complaints/{complaint_id}/answer")
async def answer_buyer_complaint(
    sandbox: SandboxDep, complaint_id: str, wanted: AnswerWish
) -> BuyerComplaintView:
    sandbox.world.desk.answer_complaint(complaint_id, accepted=wanted.answer == "accept")
    return BuyerComplaintView.of(sandbox.world.registry.docket.by_buyer(complaint_id))


@router.get("/liability")
async def get_liability_table(sandbox: SandboxDep) -> dict[str, Any]:  # noqa: ARG001 - by token
    """The table by which buyers' complaints are decided: of each row, which cases it covers (what
    is left out may be anything), and what it says of them."""
    return {
        "rows": [
            {
                "row": row.verdict.row,
                "when": row.limits(),
                "liable": row.verdict.liable or "",
                "refund": row.verdict.refund,
                "payer": row.verdict.payer or "",
                "why": row.why,
            }
            for row in ROWS
        ]
    }
