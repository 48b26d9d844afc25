"""Penalty points at the desk: how each shop stands, and for what."""

from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel

from mock_api.desk.requests import AtTheDesk, SandboxDep
from simulator import World
from simulator.registry import Shop

router: Final = APIRouter(prefix="/desk/v1", tags=["penalties"], route_class=AtTheDesk)


class ChargeView(BaseModel):
    rule: str
    """A rule of the house, or a rate of the market."""
    order_id: str
    points: int
    at: int
    clears_at: int


class StandingView(BaseModel):
    shop_id: str
    name: str
    points: int
    """Those that count now."""
    rating: int | None
    """What they leave of a full rating; nothing where the market knows points only."""
    sanction: str
    """The highest milestone that is reached; empty: none."""
    charges: list[ChargeView]
    """Those that count, oldest first."""

    @classmethod
    def of(cls, world: World, shop: Shop) -> "StandingView":
        standing = world.penalties(shop.id)
        return cls(
            shop_id=shop.id,
            name=shop.name,
            points=standing.points,
            rating=standing.rating,
            sanction=standing.sanction,
            charges=[
                ChargeView.model_validate(each, from_attributes=True) for each in standing.charges
            ],
        )


class Penalties(BaseModel):
    shops: list[StandingView]


@router.get("/penalties")
async def get_penalties(sandbox: SandboxDep, shop_id: str = "") -> Penalties:
    """Every shop's standing with the platform, or one shop's. Independent shops have none (M4)."""
    world = sandbox.world
    known = [world.registry.shop(shop_id)] if shop_id else world.registry.shops.values()
    return Penalties(shops=[StandingView.of(world, shop) for shop in known if not shop.independent])
