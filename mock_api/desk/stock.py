"""Goods abroad at the desk (X2): what lies in each warehouse, and what is on its way there."""

from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import BaseModel, Field

from mock_api.desk.requests import AtTheDesk, SandboxDep, Wish
from simulator import World
from simulator.catalog import sku_with
from simulator.channels.consignments import Consignment
from simulator.channels.model import Transport
from simulator.registry import Warehouse

router: Final = APIRouter(prefix="/desk/v1", tags=["stock"], route_class=AtTheDesk)


class NewConsignment(Wish):
    sku_id: str
    units: Annotated[int, Field(ge=1, le=100_000)]
    by: Transport = Transport.SEA
    shop_id: str = ""
    """To whose warehouse; left out, the first shop's."""


class ConsignmentView(BaseModel):
    id: str
    warehouse_id: str
    sku_id: str
    units: int
    by: Transport
    sent_at: int
    due_at: int
    """It arrives then."""

    @classmethod
    def of(cls, consignment: Consignment) -> "ConsignmentView":
        return cls.model_validate(consignment, from_attributes=True)


class StockLineView(BaseModel):
    sku_id: str
    seller_sku: str
    on_hand: int
    reserved: int
    """Of those on hand, for orders that have not left."""
    available: int
    on_the_way: int


class WarehouseView(BaseModel):
    warehouse_id: str
    shop_id: str
    city: str
    region: str
    lines: list[StockLineView]

    @classmethod
    def of(cls, world: World, warehouse: Warehouse) -> "WarehouseView":
        here, room = world.registry, world.platform.stockroom
        return cls(
            warehouse_id=warehouse.id,
            shop_id=warehouse.shop_id,
            city=warehouse.city,
            region=warehouse.address.region,
            lines=[
                StockLineView(
                    sku_id=sku_id,
                    seller_sku=sku_with(sku_id).seller_sku,
                    on_hand=line.on_hand,
                    reserved=line.reserved,
                    available=line.free,
                    on_the_way=room.on_the_way(warehouse.id, sku_id),
                )
                for sku_id, line in here.stock.lines[warehouse.id].items()
            ],
        )


class StockView(BaseModel):
    warehouses: list[WarehouseView]
    consignments: list[ConsignmentView]
    """Those on their way."""


@router.get("/stock")
async def get_stock(sandbox: SandboxDep, shop_id: str = "") -> StockView:
    """Every warehouse abroad, or one shop's."""
    here = sandbox.world.registry
    wanted = [
        warehouse_id for shop, warehouse_id in here.stock.yards.items() if shop_id in ("", shop)
    ]
    return StockView(
        warehouses=[WarehouseView.of(sandbox.world, here.warehouses[each]) for each in wanted],
        consignments=[
            ConsignmentView.of(each)
            for each in here.consignments.values()
            if each.warehouse_id in wanted
        ],
    )


@router.post("/consignments", status_code=201)
async def send_consignment(sandbox: SandboxDep, wanted: NewConsignment) -> ConsignmentView:
    """Goods leave home for the warehouse abroad, which is opened if there is none."""
    sent = sandbox.world.desk.send_consignment(
        wanted.sku_id, wanted.units, wanted.by, wanted.shop_id
    )
    return ConsignmentView.of(sent)
