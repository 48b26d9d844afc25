"""The oracle of deadlines: exactly those breaches that the rules ask for, and each at its second.

Of who is liable it says nothing: that hangs on what carriers and sellers did with single parcels,
and is the matter of other tests; nor of D2 where orders share a parcel, for facts name the first.
When something is due is the market profile's to say.
"""

from collections.abc import Iterator
from typing import Final

from scenarios.swarm.checks.stories import Act, Stories, Story
from scenarios.swarm.checks.violations import Violations
from simulator.clock import Instant
from simulator.market import ClockStart, MarketProfile

_BY_ORACLE: Final = frozenset({"D1", "D2", "D4", "D5"})


def check_breaches(stories: Stories, market: MarketProfile, now: int, found: Violations) -> None:
    """Those that happened by now against those that had to."""
    notices: dict[str, list[tuple[str, int]]] = {}
    for order_id, parcel_id, due in stories.notices:
        notices.setdefault(order_id, []).append((parcel_id, due))
    for story in stories.orders.values():
        rules = _BY_ORACLE - {"D2"} if story.shares else _BY_ORACLE
        wanted = dict(_owed(story, market, now))
        for parcel_id, due in sorted(notices.get(story.order_id, ()), key=lambda notice: notice[1]):
            kept = _kept(story, stories.collected.get(parcel_id), due)
            if due <= now and not kept and "D2" in rules:
                wanted.setdefault("D2", due)
        had = {rule: due for rule, due in story.breaches.items() if rule in rules}
        told = f"broken by the rules: {wanted}, by the world: {had}"
        found.require(wanted == had, "breaches", told, story.order_id)


def _owed(story: Story, market: MarketProfile, now: int) -> Iterator[tuple[str, int]]:
    """D1 and D4, or D4 and D5, as far as they are due and were not kept."""
    if story.independent or story.paid is None:
        return
    paid = market.counts_from is ClockStart.PAID
    start = Instant(story.paid.at if paid else story.placed_at)
    if story.mode == "platform":
        yield from _unless(story, story.ready, "D1", market.due(market.ready_within, start), now)
    else:
        yield from _unless(story, story.shipped, "D5", market.due(market.mark_within, start), now)
    yield from _unless(story, story.shipped, "D4", market.due(market.ship_within, start), now)


def _unless(
    story: Story, act: Act | None, rule: str, due: int, now: int
) -> Iterator[tuple[str, int]]:
    if due <= now and not _kept(story, act, due):
        yield rule, due


def _kept(story: Story, act: Act | None, due: int) -> bool:
    """Whether it was done in time, or the order was over by then."""
    return any(done is not None and done.by(due) for done in (act, story.over))
