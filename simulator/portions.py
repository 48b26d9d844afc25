"""Which goods one ship call means, and the parcel that holds exactly these.

Where packages are drafted at payment, a call for some of a draft's items takes these out of it
(the platform's in-shipping split), and a call for all that one order has in a draft of several
ships that order alone. Where each ship call makes one, it is drafted then. Finding refuses and
changes nothing; taking changes and never refuses.
"""

from collections.abc import Sequence

from simulator import packaging
from simulator.errors import (
    NotFound,
    OrderCombined,
    PartialShipping,
    SeveralParcels,
    SkuDivided,
    WrongStatus,
)
from simulator.market.ways import Drafts
from simulator.orders.model import Order
from simulator.parcels.model import Parcel
from simulator.registry import Registry


def loose_items(here: Registry, order: Order) -> list[str]:
    """Live items that are in no parcel yet: none, where all are drafted at payment."""
    if here.market.ways.drafts is Drafts.PAYMENT or not order.paid_at:
        return []
    inside = {item_id for parcel in here.parcels_of(order) for item_id in parcel.item_ids}
    return [item.id for item in order.live_items if item.id not in inside]


def pack_the_rest(here: Registry, order: Order) -> None:
    """Somebody packs, or books a carrier: what is in no parcel yet goes into one, or into as many
    as the order is meant to travel in."""
    rest = loose_items(here, order)
    if rest and not order.parcel_ids:
        packaging.draft(here, order)
    elif rest:
        packaging.draft_of(here, order, rest)


def open_parcels(here: Registry, order: Order) -> list[Parcel]:
    """Those for which the seller's part is still to be done."""
    return [parcel for parcel in here.parcels_of(order) if not parcel.ready_at]


def find(here: Registry, order: Order, item_ids: Sequence[str]) -> Parcel | None:
    """The parcel that holds exactly these items of the order, or is all that is left of it if none
    are named; ``None``: ``take`` has to make it."""
    if item_ids:
        return _find_named(here, order, item_ids)
    left, loose = open_parcels(here, order), loose_items(here, order)
    if not left and not loose:
        raise WrongStatus(order.id, order.status, "a parcel that nobody has shipped yet")
    if len(left) + bool(loose) > 1:
        raise SeveralParcels(order.id)
    return left[0] if left else None


def take(here: Registry, order: Order, item_ids: Sequence[str]) -> Parcel:
    """A draft for exactly these items, that ``find`` has found none for."""
    loose = loose_items(here, order)
    if not item_ids or item_ids[0] in loose:
        return packaging.draft_of(here, order, item_ids or loose)
    (source,) = (each for each in open_parcels(here, order) if item_ids[0] in each.item_ids)
    if source.is_combined:
        return packaging.ship_alone(here, source, order)
    source.item_ids = tuple(each for each in source.item_ids if each not in item_ids)
    return packaging.draft_of(here, order, item_ids)


def _find_named(here: Registry, order: Order, item_ids: Sequence[str]) -> Parcel | None:
    known = {item.id for item in order.items}
    live = {item.id for item in order.live_items}
    wanted = set(item_ids)
    for item_id in item_ids:
        if item_id not in known:
            raise NotFound("line item", item_id)
    if not wanted <= live:
        raise WrongStatus(order.id, "cancelled", "line items that are not cancelled")
    parcels = here.parcels_of(order)
    for parcel in parcels:
        if wanted == known.intersection(parcel.item_ids):
            return None if _leaves_others(here, parcel) else parcel
    _require_takeable(here, order, wanted)
    return None


def _leaves_others(here: Registry, parcel: Parcel) -> bool:
    """Shipping all that one order has in it takes that out of it: as long as it is a draft, and
    where ship calls part goods at all. Inferred: webhook 4 has a name for it, FULFILL_UNCOMBINE,
    and no word more."""
    parts = here.market.ways.splits_while_shipping
    return parts and parcel.is_combined and packaging.is_draft(parcel)


def _require_takeable(here: Registry, order: Order, wanted: set[str]) -> None:
    """All of them lie loose, or in one and the same draft; and the market splits them so."""
    holding = [each for each in here.parcels_of(order) if wanted.intersection(each.item_ids)]
    for parcel in holding:
        if parcel.ready_at:
            raise WrongStatus(parcel.id, parcel.status, "a parcel that nobody has shipped yet")
    loose = wanted.intersection(loose_items(here, order))
    if len(holding) + bool(loose) > 1:
        whole = wanted == {item.id for item in order.live_items}
        raise SeveralParcels(order.id) if whole else PartialShipping(order.id)
    if holding and holding[0].is_combined:
        raise OrderCombined(order.id)
    left = len(loose_items(here, order)) if loose else len(order.live_items)
    whole = len(wanted) == len(order.live_items) == left
    splits = here.market.ways.splits_while_shipping
    if splits and not whole:
        _require_whole_skus(here, order, wanted)
    if not (whole or splits) or (holding and not packaging.is_draft(holding[0])):
        raise PartialShipping(order.id)


def _require_whole_skus(here: Registry, order: Order, wanted: set[str]) -> None:
    """Where all units of one SKU travel together, they do so in this way of splitting, too."""
    inside = {item.sku_id for item in order.live_items if item.id in wanted}
    outside = {item.sku_id for item in order.live_items if item.id not in wanted}
    if here.market.ways.splits_whole_skus and inside & outside:
        raise SkuDivided(order.id)
