"""What the platform shows of a shop whose penalty points have come to a milestone."""

from simulator import World
from simulator.market.penalties import Effect


def effect_on(world: World, shop_id: str) -> Effect:
    """What the shop's points have brought it, now."""
    scheme = world.registry.market.penalties
    if scheme is None:
        return Effect.NONE
    return scheme.effect_of(world.penalties(shop_id).sanction)
