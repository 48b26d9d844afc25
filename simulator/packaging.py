"""Which goods travel in which parcel: drafting, splitting, combining, and taking apart again.

Every line item of a paid order is in exactly one parcel, at any time. Only drafts change: parcels
that no carrier has been told of, and for which the seller's part is still to be done. A refusal is
a DomainError and changes nothing.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from simulator import ids
from simulator.catalog import sku_with
from simulator.errors import (
    BadGroups,
    BeyondLimits,
    CancellationPending,
    NotCombinable,
    NotFound,
    NotInParcel,
    OnHold,
    OrderCombined,
    SkuDivided,
    SplitNotAllowed,
    WrongStatus,
)
from simulator.facts import OrderSplit, ParcelCreated, ParcelsCombined, ParcelUncombined
from simulator.market.parcel_limits import CategoryLimit
from simulator.orders.model import TO_SHIP, Order, Status
from simulator.parcels.model import Parcel, ParcelStatus
from simulator.registry import Registry
from simulator.waiting import Inbox

BY_SELLER: Final = "seller"
BY_PLATFORM: Final = "platform"
ADDRESS_CHANGED: Final = "address_changed"
ORDER_OVER: Final = "order_over"
ITEMS_CANCELLED: Final = "items_cancelled"
SHIPPED_ALONE: Final = "shipped_alone"

TOO_MANY: Final = "too_many_units"
"""Why a parcel is not shipped that its market wants split."""


# At payment.


def draft(here: Registry, order: Order) -> None:
    """The parcels that the platform drafts when *order* is paid, its items spread over them in
    their order. Where nothing is drafted before somebody packs, items may be cancelled by then:
    there are never more parcels than items."""
    item_ids = [item.id for item in order.live_items]
    count = min(order.drafts, len(item_ids))
    ends = [len(item_ids) * (nth + 1) // count for nth in range(count)]
    for start, end in zip([0, *ends], ends, strict=False):
        _draft(here, [order], item_ids[start:end])
    if order.customer:
        _combine_what_fits(here, order)


def _combine_what_fits(here: Registry, order: Order) -> None:
    """With one draft of an earlier order of the same buyer, where the order asks for it (ours: the
    platform groups orders of a live-stream, and no source says which of their parcels)."""
    customer = here.customers[order.customer]
    known = (here.parcels.get(parcel_id) for parcel_id in customer.drafts)
    earlier = [parcel for parcel in known if parcel and _may_be_joined(here, parcel)]
    for parcel in here.parcels_of(order) if order.combines else ():
        fits = [not _why_not(here, [each, parcel]) for each in earlier]
        if any(fits):
            _combined(here, [earlier.pop(fits.index(True)), parcel], BY_PLATFORM)
    customer.drafts = [parcel.id for parcel in earlier] + order.parcel_ids


def _may_be_joined(here: Registry, parcel: Parcel) -> bool:
    asked = (order.cancellation_pending for order in orders_in(here, parcel))
    return is_draft(parcel) and not any(asked)


# What sellers do.


def split(here: Registry, order: Order, groups: Sequence[Sequence[str]]) -> list[Parcel]:
    """One parcel for each of the *groups* of line items; all of them, each in one group."""
    require_shippable(order)
    if not here.market.ways.splits_before_shipping:
        raise SplitNotAllowed(order.id)
    old = here.parcels_of(order)
    for parcel in old:
        _require_draft(parcel)
        if parcel.is_combined:
            raise OrderCombined(order.id)
    _require_partition(here, order, groups)
    for parcel in old:
        _forget(here, parcel)
    order.parcel_ids.clear()
    new = [_draft(here, [order], group) for group in groups]
    new[0].documents = tuple(document for parcel in old for document in parcel.documents)
    here.record(OrderSplit(order.id, tuple(order.parcel_ids), tuple(parcel.id for parcel in old)))
    return new


def combine(here: Registry, parcels: Sequence[Parcel]) -> Parcel:
    """One parcel for what was to travel in several."""
    for parcel in parcels:
        _require_draft(parcel)
        for order in orders_in(here, parcel):
            require_shippable(order)
    why = _why_not(here, parcels)
    if why:
        raise NotCombinable(parcels[0].id if parcels else "", why)
    return _combined(here, parcels, BY_SELLER)


def uncombine(here: Registry, parcel: Parcel, order: Order) -> Parcel:
    """The *order*'s goods leave the *parcel* of several orders for one of their own."""
    if order.id not in parcel.order_ids or not parcel.is_combined:
        raise NotInParcel(order.id, parcel.id)
    _require_draft(parcel)
    return _take_out(here, parcel, order, BY_SELLER)


def ship_alone(here: Registry, parcel: Parcel, order: Order) -> Parcel:
    """A ship call is about what the *order* has in this draft of several, and nothing else of it:
    that leaves, to travel in a parcel of its own."""
    return _take_out(here, parcel, order, SHIPPED_ALONE)


# What follows by itself.


def end_sharing(here: Registry, order: Order) -> None:
    """The order is over: its goods leave what it shares with others, if no carrier has that yet."""
    for parcel in here.parcels_of(order):
        if parcel.is_combined and not parcel.is_collected:
            _take_out(here, parcel, order, ORDER_OVER)


def move_out(here: Registry, order: Order) -> None:
    """The buyer has moved: so do the order's goods, out of drafts that go to the old address."""
    for parcel in here.parcels_of(order):
        if parcel.is_combined and is_draft(parcel):
            _take_out(here, parcel, order, ADDRESS_CHANGED)


def take_off(here: Registry, order: Order, item_ids: Sequence[str]) -> list[Parcel]:
    """These line items of the *order* travel no more, and with them the rest of it leaves every
    draft that it shared (inferred: webhook 4 has a name for it, SPLIT_BY_SKU_CANCEL, and no word
    more); a label keeps together what it is on. Given back are parcels that held nothing else, and
    are none of the order's any more: drafts are forgotten, labels are left over."""
    gone = []
    for parcel in here.parcels_of(order):
        own = [item.id for item in order.items if item.id in parcel.item_ids]
        rest = [each for each in own if each not in item_ids]
        if rest == own:
            continue
        if parcel.is_combined and (is_draft(parcel) or not rest):
            _leave(parcel, order)
            apart = _draft(here, [order], rest).id if rest else ""
            here.record(ParcelUncombined(order.id, apart, parcel.id, ITEMS_CANCELLED))
        elif rest:
            parcel.item_ids = tuple(each for each in parcel.item_ids if each not in item_ids)
        else:
            order.parcel_ids.remove(parcel.id)
            gone.append(parcel)
            if is_draft(parcel):
                _forget(here, parcel)
    return gone


# Looking.


def orders_in(here: Registry, parcel: Parcel) -> list[Order]:
    return [here.order(order_id) for order_id in parcel.order_ids]


def why_no_split(here: Registry, order: Order) -> str:
    """What keeps it from being split now, in words; empty: nothing does."""
    parcels = here.parcels_of(order)
    whole = here.market.ways.splits_whole_skus
    pieces = len({item.sku_id for item in order.items}) if whole else len(order.items)
    for speaks_against, why in (
        (order.status is Status.CANCELLED, "Order has been canceled"),
        (order.status is not Status.AWAITING_SHIPMENT, "Order is not awaiting shipment"),
        (order.cancellation_pending, "Order has a cancellation request"),
        (
            not here.market.ways.splits_before_shipping,
            "Orders are not split before shipping in this market",
        ),
        (not all(map(is_draft, parcels)), "Order has been shipped in part"),
        (any(parcel.is_combined for parcel in parcels), "Order has been combined"),
        (pieces == 1, "Order has nothing that could be put apart"),
    ):
        if speaks_against:
            return why
    return ""


def why_split(here: Registry, order: Order) -> list[CategoryLimit | int]:
    """The limits that one of its drafts is beyond: of a category, or of units at all."""
    return _beyond(here, [parcel for parcel in here.parcels_of(order) if is_draft(parcel)])


def require_few_enough(here: Registry, parcel: Parcel) -> None:
    """It holds no more units than one parcel may, of anything or of a category."""
    if _beyond(here, [parcel]):
        raise BeyondLimits(parcel.id, TOO_MANY, alone=False)


def _beyond(here: Registry, drafts: Sequence[Parcel]) -> list[CategoryLimit | int]:
    limits = here.market.parcel_limits
    beyond: list[CategoryLimit | int] = []
    skus = [[sku_with(item.sku_id) for item in here.items_in(each)] for each in drafts]
    for limit in limits.categories:
        held = [Counter(sku.category_id for sku in each)[limit.category_id] for each in skus]
        if any(units > limit.units_max for units in held):
            beyond.append(limit)
    if limits.units_max is not None and any(len(each) > limits.units_max for each in skus):
        beyond.append(limits.units_max)
    return beyond


def is_draft(parcel: Parcel) -> bool:
    return parcel.status is ParcelStatus.CREATED and not parcel.ready_at


def require_shippable(order: Order, *, in_spite_of_wish: bool = False) -> None:
    """The order waits for its seller, and nobody has asked to cancel it, or that does not count."""
    if order.status is Status.ON_HOLD:
        raise OnHold(order.id)
    order.require(*TO_SHIP)
    if order.cancellation_pending and not in_spite_of_wish:
        raise CancellationPending(order.id)


def draft_of(here: Registry, order: Order, item_ids: Sequence[str]) -> Parcel:
    """A draft for these items alone, which are in no other."""
    return _draft(here, [order], item_ids)


# Small parts.


def _draft(here: Registry, orders: Sequence[Order], item_ids: Sequence[str]) -> Parcel:
    """A new parcel of *orders*, filed and recorded."""
    first = orders[0]
    parcel = Parcel(
        id=here.mint.next_id(ids.PACKAGE),
        order_id=first.id,
        luck=f"{first.luck}.{first.drafted}",
        city=first.city,
        created_at=here.now,
        inbox=Inbox(here.agenda),
        updated_at=here.now,
        item_ids=tuple(item_ids),
        order_ids=tuple(order.id for order in orders),
    )
    first.drafted += 1
    here.parcels[parcel.id] = parcel
    for order in orders:
        order.parcel_ids.append(parcel.id)
    here.record(ParcelCreated(first.id, parcel.id))
    return parcel


def _combined(here: Registry, parcels: Sequence[Parcel], by: str) -> Parcel:
    whose = [(parcel, order) for parcel in parcels for order in orders_in(here, parcel)]
    for parcel, order in whose:
        order.parcel_ids.remove(parcel.id)
    for parcel in parcels:
        _forget(here, parcel)
    orders = list({order.id: order for _, order in whose}.values())
    new = _draft(here, orders, [item_id for parcel in parcels for item_id in parcel.item_ids])
    new.documents = tuple(document for parcel in parcels for document in parcel.documents)
    for nth, (parcel, order) in enumerate(whose, start=1):
        here.record(ParcelsCombined(order.id, parcel.id, new.id, len(whose) - nth, by))
    return new


def _take_out(here: Registry, parcel: Parcel, order: Order, cause: str) -> Parcel:
    new = _draft(here, [order], _leave(parcel, order))
    here.record(ParcelUncombined(order.id, new.id, parcel.id, cause))
    return new


def _leave(parcel: Parcel, order: Order) -> list[str]:
    """The *parcel* is its other orders' alone; the line items of this one that were in it."""
    own = [item.id for item in order.items if item.id in parcel.item_ids]
    parcel.item_ids = tuple(each for each in parcel.item_ids if each not in own)
    parcel.order_ids = tuple(each for each in parcel.order_ids if each != order.id)
    parcel.order_id = parcel.order_ids[0]
    order.parcel_ids.remove(parcel.id)
    return own


def _forget(here: Registry, parcel: Parcel) -> None:
    """A draft that is no more. Nobody waits for it, and no carrier knows of it."""
    assert is_draft(parcel), parcel.id
    assert not parcel.inbox.waiting, parcel.id
    del here.parcels[parcel.id]


def _require_draft(parcel: Parcel) -> None:
    if not is_draft(parcel):
        raise WrongStatus(parcel.id, parcel.status, "a parcel that nobody has shipped yet")


def _require_partition(here: Registry, order: Order, groups: Sequence[Sequence[str]]) -> None:
    sku_of = {item.id: item.sku_id for item in order.live_items}
    named = [item_id for group in groups for item_id in group]
    for item_id in named:
        if item_id not in sku_of:
            raise NotFound("line item", item_id)
    if len(groups) < 2 or not all(groups):  # noqa: PLR2004 - one group splits nothing
        raise BadGroups(order.id, "two groups at the least, and something in each")
    if sorted(named) != sorted(sku_of):
        raise BadGroups(order.id, "each line item in one group, and none left out")
    skus = [{sku_of[item_id] for item_id in group} for group in groups]
    if here.market.ways.splits_whole_skus and sum(map(len, skus)) > len(set(sku_of.values())):
        raise SkuDivided(order.id)


def _why_not(here: Registry, parcels: Sequence[Parcel]) -> str:
    """What speaks against one parcel for all of these drafts, if anything does (§6.6)."""
    if not here.market.ways.combines:
        return "nothing is combined in this market"
    if len(parcels) < 2 or len({parcel.id for parcel in parcels}) < len(parcels):  # noqa: PLR2004 - one alone is not combined
        return "two different parcels at the least"
    orders = [order for parcel in parcels for order in orders_in(here, parcel)]
    if len({order.id for order in orders}) > here.market.orders_per_parcel_max:
        return f"{here.market.orders_per_parcel_max} orders at the most"
    for what, found in (
        ("shop", {order.shop_id for order in orders}),
        ("warehouse", {order.warehouse_id for order in orders}),
        ("way of shipping", {order.mode for order in orders}),
        ("buyer", {order.buyer_id for order in orders}),
        ("address", {order.address for order in orders}),
    ):
        if len(found) > 1:
            return f"the orders have more than one {what}"
    return ""
