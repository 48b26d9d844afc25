"""What buyers decide about their door: that it is another one, or that the parcel stays outside.

A refusal of the platform's is a DomainError and changes nothing.
"""

from dataclasses import replace

from simulator import checkout, packaging
from simulator.errors import WrongStatus
from simulator.facts import AddressChanged, ParcelUnwanted
from simulator.orders.model import Order, Status
from simulator.parcels.model import ParcelStatus
from simulator.registry import Registry


def change_address(here: Registry, order: Order) -> None:
    """The delivery moves to another of the pool's addresses, under the same name."""
    order.require(Status.UNPAID, Status.ON_HOLD, Status.AWAITING_SHIPMENT)
    order.moves += 1
    elsewhere = checkout.somebody(here, "new home", order.luck, order.moves)
    order.address = replace(elsewhere, name=order.address.name, phone=order.address.phone)
    here.record(AddressChanged(order.id))
    packaging.move_out(here, order)


def refuse(here: Registry, order: Order) -> None:
    """The buyer will not take what is still on its way (C2). Its carrier learns that at the
    door."""
    order.require(Status.AWAITING_COLLECTION, Status.IN_TRANSIT)
    coming = [
        parcel
        for parcel in here.parcels_of(order)
        if parcel.status in (ParcelStatus.BOOKED, ParcelStatus.TRAVELLING)
        and not parcel.will_be_refused
    ]
    if not coming:
        raise WrongStatus(order.id, "refused already", "a parcel that is still wanted")
    for parcel in coming:
        parcel.will_be_refused = True
    here.record(ParcelUnwanted(order.id))
