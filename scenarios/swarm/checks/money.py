"""Money: what was paid is with the seller, with the buyer, or held; and nowhere twice."""

from scenarios.swarm.checks.stories import OVER, Stories
from scenarios.swarm.checks.violations import Violations
from simulator.world import World


def check_money(world: World, stories: Stories, found: Violations) -> None:
    """Every order's settlement against its facts."""
    for story in stories.orders.values():
        money = world.settlement(story.order_id)
        paid = story.amount if story.paid else 0
        kept = paid - story.refunds
        over = story.status in OVER
        wanted = (paid, story.refunds, 0 if over else kept, kept if over else 0)
        had = (money.paid_minor, money.refunded_minor, money.held_minor, money.payout_minor)
        told = f"paid, refunded, held, payout: {had} in the books, {wanted} by the facts"
        found.require(had == wanted, "money", told, story.order_id)
        found.require(
            not over or 0 <= money.reimbursed_minor <= money.refunded_minor,
            "money",
            f"{money.reimbursed_minor} made good of {money.refunded_minor} refunded",
            story.order_id,
        )
