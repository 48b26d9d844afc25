"""What finance does by hand: withdrawals, and payments and withdrawals that are to fail."""

from http import HTTPStatus
from typing import Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from mock_api.control.requests import SandboxDep, Wish

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}/finance", tags=["finance"])


class Withdraw(Wish):
    amount_minor: int
    shop_id: str = ""
    """Left out: the first shop."""


class Withdrawal(BaseModel):
    id: str
    amount_minor: int
    status: str


class Failure(Wish):
    of: Literal["payment", "withdrawal"]
    shop_id: str = ""


@router.post("/withdrawals", status_code=HTTPStatus.CREATED)
async def withdraw(sandbox: SandboxDep, wish: Withdraw) -> Withdrawal:
    """The seller takes money from the balance to the bank."""
    shop_id = wish.shop_id or sandbox.shops()[0][0].id
    flow = sandbox.world.desk.withdraw(shop_id, wish.amount_minor)
    return Withdrawal(id=flow.id, amount_minor=flow.amount, status=flow.status)


@router.post("/failures", status_code=HTTPStatus.NO_CONTENT)
async def fail_next(sandbox: SandboxDep, wish: Failure) -> None:
    """The next payment, or withdrawal, that begins will come back."""
    shop_id = wish.shop_id or sandbox.shops()[0][0].id
    sandbox.world.desk.fail_next(shop_id, payment=wish.of == "payment")
