"""What was shipped through one carrier's interface, by its numbers: what was bought elsewhere, or
made through another dialect, is none of its shipments."""

from simulator import World
from simulator.shipments.model import Shipment, ShipmentStatus


def numbered(world: World, dialect: str, number: str) -> Shipment | None:
    """The one of which a piece bears that tracking number."""
    found = world.shippers.shipment_numbered(number)
    return found if found and found.wish.account == dialect else None


def referenced(world: World, dialect: str, reference: str) -> Shipment | None:
    """The newest that its shipper calls so, or a piece of it."""
    return next(iter(world.shippers.shipments_referenced(dialect, reference)), None)


def live_with_reference(world: World, dialect: str, reference: str) -> Shipment | None:
    """The newest that its shipper calls so, as a whole, and that was not cancelled."""
    found = world.shippers.shipments_referenced(dialect, reference)
    own = (each for each in found if each.wish.reference == reference)
    return next((each for each in own if each.status is ShipmentStatus.LABELLED), None)
