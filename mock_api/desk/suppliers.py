"""Suppliers at the desk (X3): who there is, and passing an order on to one of them."""

from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel

from mock_api.desk.requests import AtTheDesk, SandboxDep, Wish

router: Final = APIRouter(prefix="/desk/v1", tags=["suppliers"], route_class=AtTheDesk)


class SupplierWish(Wish):
    supplier: str
    """Its code."""


class SupplierView(BaseModel):
    code: str
    name: str
    lead_s_min: int
    lead_s_max: int
    """Promised: from the order to the handover."""
    orders: int
    """That it has now, and has not shipped."""


class Suppliers(BaseModel):
    suppliers: list[SupplierView]


class ErrandView(BaseModel):
    order_id: str
    supplier: str
    passed_at: int
    promised_by: int
    """A supplier may be late, or refuse: the deadline stays the seller's."""


@router.get("/suppliers")
async def list_suppliers(sandbox: SandboxDep) -> Suppliers:
    here = sandbox.world.registry
    busy = [errand.supplier for errand in here.errands.values()]
    return Suppliers(
        suppliers=[
            SupplierView(
                code=each.code,
                name=each.name,
                lead_s_min=each.lead_span[0],
                lead_s_max=each.lead_span[1],
                orders=busy.count(each.code),
            )
            for each in here.channels.suppliers
        ]
    )


@router.post("/orders/{order_id}/supplier", status_code=201)
async def pass_to_supplier(sandbox: SandboxDep, order_id: str, wanted: SupplierWish) -> ErrandView:
    """The supplier gets the address, ships, and hands over; in seller shipping the seller still
    marks the order as shipped."""
    errand = sandbox.world.desk.pass_to_supplier(order_id, wanted.supplier)
    return ErrandView.model_validate(errand, from_attributes=True)
