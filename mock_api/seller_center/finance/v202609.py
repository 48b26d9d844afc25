"""Finance, version 202609: a trade-in supplier's account, which only the newer client knows.

Nobody trades anything in here: the account is empty, and nothing ever moved in it.
"""

from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import BaseModel, Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, place_in, world_of

router: Final = gated_router("finance", "202609")


class Balance(Wire):
    amount: str
    currency: str


class AccountBalance(Wire):
    available_balance: Balance


class Flows(Wire):
    flows: list[Balance]
    """Always empty."""
    has_more: bool
    next_page_token: str
    total_count: int


class FlowQuery(BaseModel):
    page_size: int = Field(ge=1, le=100)
    page_token: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    flow_type: Literal["RECHARGE", "WITHDRAW", "REVERSE"] | None = None


@router.get("/account_balances", response_model_exclude_none=True)
@access("seller.finance.info")
async def get_trade_in_supplier_account_balance(
    request: Request, caller: CallerDep, currency: str
) -> Envelope[AccountBalance]:
    own = world_of(caller).registry.market.currency
    if currency != own:
        raise Refusal(bad_parameter("currency", f"the account is in {own}"))
    return ok(request, AccountBalance(available_balance=Balance(amount="0", currency=own)))


@router.get("/account_transactions", response_model_exclude_none=True)
@access("seller.finance.info")
async def get_trade_in_account_transactions(
    request: Request,
    caller: CallerDep,  # noqa: ARG001 - the gates are asked by it
    asked: Annotated[FlowQuery, Query()],
) -> Envelope[Flows]:
    place_in(asked.page_token, "no page has a next one")
    return ok(request, Flows(flows=[], has_more=False, next_page_token="", total_count=0))
