"""What a certified warehouse confirms of parcels that have left it (supply chain)."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from simulator.errors import BadPaper, WrongStatus
from simulator.facts import WarehouseConfirmed
from simulator.papers.model import Confirmation
from simulator.parcels.model import Parcel
from simulator.registry import Registry

_MILLIS: Final = 1000


def confirm(here: Registry, parcel: Parcel, said: Confirmation, units: Mapping[str, int]) -> None:
    """*said* is put on file; said again in the same words, nothing follows."""
    if not parcel.ready_at or parcel.is_called_off:
        raise WrongStatus(parcel.id, parcel.status, "a parcel that was shipped")
    times = said.created_millis, said.shipped_millis, said.handed_over_millis
    if list(times) != sorted(times) or times[-1] >= (here.now + 1) * _MILLIS:
        raise BadPaper(parcel.id, "received, shipped and handed over: in this order, and by now")
    if said.tracking_number not in (parcel.tracking_number, parcel.claimed_number):
        raise BadPaper(parcel.id, "the tracking number is another one")
    if Counter(item.sku_id for item in here.items_in(parcel)) != Counter(units):
        raise BadPaper(parcel.id, "the SKUs are not those in the package")
    if here.papers.confirmations.get(parcel.id) == said:
        return
    here.papers.confirmations[parcel.id] = said
    here.record(WarehouseConfirmed(parcel.order_id, parcel.id, said.warehouse_id))
