"""What an order would cost."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from mock_api.carriers.jt.customers import require_customer
from mock_api.carriers.jt.forms import Customer, Measures, Party, biz
from mock_api.carriers.jt.names import CARRIER
from mock_api.carriers.jt.refusals import Refused
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.described import described
from simulator.errors import CarriesNot


class Estimate(Customer, Measures):
    sender: Party | None = None
    receiver: Party | None = None


def serve(router: APIRouter) -> None:
    router.post("/spmComCost/getComCost", openapi_extra=described(Estimate))(get_com_cost)


async def get_com_cost(
    request: Request, asked: Annotated[Estimate, Depends(biz(Estimate))], sandbox: CarrierSandbox
) -> dict[str, Any]:
    """In yuan, two decimals. J&T's page has no countries here; ours need ``countryCode``, as
    orders have it, and take China for one that is left out."""
    require_customer(request, sandbox, asked)
    if asked.sender is None or not asked.sender.city:
        raise Refused("145003083")
    if asked.receiver is None or not asked.receiver.city:
        raise Refused("145003084")
    ends = asked.sender.as_address(), asked.receiver.as_address()
    (rate,) = sandbox.world.shippers.rates(*ends, [asked.as_piece()], CARRIER)
    if rate.why:
        raise CarriesNot(CARRIER, rate.why)
    told = {"totalPrice": f"{rate.total_minor / 100:.2f}"}
    return {"code": "1", "msg": "success", "data": told}
