"""Which of a shop's drafts could travel together: groups, by what a combination asks for.

A group's id is that of its oldest draft (inferred: the documents speak of pre-generated ids, and a
look makes none).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mock_api.kernel.pages import Key
from mock_api.kernel.questions import Question
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.packages import PackageStatus
from mock_api.seller_center.requests import shelves_of, shop_of, world_of
from mock_api.seller_center.shelves import CREATED
from simulator import packaging
from simulator.errors import DomainError
from simulator.parcels.model import Parcel

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Combinable:
    """Drafts that may become one, oldest first."""

    parcels: tuple[Parcel, ...]

    @property
    def id(self) -> str:
        return self.parcels[0].id

    @property
    def key(self) -> Key:
        return self.parcels[0].created_at, self.id

    @property
    def order_ids(self) -> list[str]:
        return list(dict.fromkeys(each for parcel in self.parcels for each in parcel.order_ids))


def combinable(caller: Caller) -> list[Combinable]:
    """Every group of the shop's, oldest first. Costs a look at every package that waits."""
    here = world_of(caller).registry
    if not here.market.ways.combines:
        return []
    groups: dict[object, list[Parcel]] = {}
    for parcel in _waiting(caller):
        order = here.order(parcel.order_id)
        key = order.warehouse_id, order.mode, order.buyer_id, order.address
        groups.setdefault(key, []).append(parcel)
    found = (Combinable(tuple(parcels)) for parcels in groups.values() if len(parcels) > 1)
    several = (each for each in found if len(each.order_ids) > 1)
    return sorted((_small(caller, each) for each in several), key=lambda each: each.key)


def _small(caller: Caller, group: Combinable) -> Combinable:
    """No more orders than one parcel may hold."""
    most = world_of(caller).registry.market.orders_per_parcel_max
    taken: list[Parcel] = []
    orders: set[str] = set()
    for parcel in group.parcels:
        if len(orders.union(parcel.order_ids)) <= most:
            taken.append(parcel)
            orders.update(parcel.order_ids)
    return Combinable(tuple(taken))


def _waiting(caller: Caller) -> Iterator[Parcel]:
    """Drafts that could be shipped now, oldest first."""
    here = world_of(caller).registry
    asked = Question(sort_field=CREATED, descending=False, status=PackageStatus.TO_FULFILL)
    shelf = shelves_of(caller).packages(shop_of(caller).id)
    after: Key | None = None
    while True:
        ids, after = shelf.page(asked, after, _PAGE)
        for parcel_id in ids:
            parcel = here.parcel(parcel_id)
            if packaging.is_draft(parcel) and _shippable(caller, parcel):
                yield parcel
        if after is None:
            return


def _shippable(caller: Caller, parcel: Parcel) -> bool:
    try:
        for order in packaging.orders_in(world_of(caller).registry, parcel):
            packaging.require_shippable(order)
    except DomainError:
        return False
    return True
