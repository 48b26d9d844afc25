"""What shippers do who hand parcels to carriers through the carriers' own interfaces."""

from collections.abc import Mapping, Sequence
from datetime import date

from simulator import consigning
from simulator.acts.party import PartyActs, noted
from simulator.callouts import Availability
from simulator.commands import command
from simulator.consigning import Rate
from simulator.parcels.model import Handover, Parcel
from simulator.people import Address
from simulator.shipments.model import Piece, Shipment, Wish
from simulator.shipments.pickup import Pickup, PickupWish
from simulator.shipments.windows import Window


class ShippersActs(PartyActs):
    """Commands of shippers, and what they may look at."""

    party = "shippers"

    # Shipments.

    def rates(
        self, sender: Address, recipient: Address, pieces: Sequence[Piece], carrier: str = ""
    ) -> list[Rate]:
        """What every service of every carrier, or of one, would cost; or why it is not to be
        had."""
        return consigning.rates(self._here, sender, recipient, pieces, carrier)

    @command
    def draft(self, wish: Wish) -> Shipment:
        """A shipment for which no label is bought yet."""
        return consigning.draft(self._here, wish)

    @command
    def buy(
        self, shipment_id: str, carrier: str, service: str = "", handover: Handover | None = None
    ) -> Shipment:
        """Labels for all its pieces; CarriesNot if that carrier does not take them."""
        shipment = self.shipment(shipment_id)
        bookings = self._platform.carriage
        return consigning.buy(self._here, bookings, shipment, carrier, service, handover)

    @command
    def ship(self, wish: Wish) -> Shipment:
        """Both at once, with the carrier and service that the wish names."""
        consigning.require_carried(self._here, wish, wish.carrier, wish.service)
        return self.buy(self.draft(wish).id, wish.carrier, wish.service)

    @command
    def void(self, shipment_id: str) -> Shipment:
        """Its labels will not be used; AlreadyCollected if one was."""
        shipment = self.shipment(shipment_id)
        return consigning.void(self._here, self._platform.carriage, shipment)

    @command
    def note(
        self, shipment_id: str, notes: Mapping[str, str], without: Sequence[str] = ()
    ) -> Shipment:
        """What its dialect has to remember of it from now on; *without* what it need not any
        more."""
        shipment = self.shipment(shipment_id)
        shipment.notes = noted(shipment.notes, notes, without)
        return shipment

    def shipment(self, shipment_id: str) -> Shipment:
        return self._here.shipments.get(shipment_id)

    def shipment_numbered(self, number: str) -> Shipment | None:
        """The one of which a piece bears that number."""
        return consigning.numbered(self._here, number)

    def shipments_referenced(self, account: str, reference: str) -> list[Shipment]:
        """Those that their sender calls so, or a piece of them, made through that interface; newest
        first."""
        return self._here.shipments.referenced(account, reference)

    def shipments(self, account: str = "") -> list[Shipment]:
        """Those that were made through that interface, oldest first; empty: all."""
        found = self._here.shipments.all.values()
        return [each for each in found if account in ("", each.wish.account)]

    def parcels_of(self, shipment: Shipment) -> list[Parcel]:
        """Piece by piece."""
        return consigning.parcels_of(self._here, shipment)

    # Pickups.

    @command
    def book_pickup(self, wish: PickupWish) -> Pickup:
        """A courier is called; BadWindow, NoPickupHere or PickupStands if none comes."""
        return self._platform.callouts.book(wish)

    def pickup_window(self, wish: PickupWish) -> Window:
        """When a courier would come who were called now; refused as that call would be."""
        return self._platform.callouts.agreed(wish)

    @command
    def change_pickup(self, pickup_id: str, window: Window) -> Pickup:
        """It is for another time; CourierOnTheWay if that is too late."""
        return self._platform.callouts.change(self.pickup(pickup_id), window)

    @command
    def cancel_pickup(self, pickup_id: str) -> Pickup:
        """Nobody need come; CourierOnTheWay if somebody does already."""
        return self._platform.callouts.cancel(self.pickup(pickup_id))

    def pickup(self, pickup_id: str) -> Pickup:
        return self._here.pickups.get(pickup_id)

    def pickup_confirmed(self, confirmation: str) -> Pickup:
        """The one of that number."""
        return self._platform.callouts.confirmed(confirmation)

    def pickups(self, account: str = "") -> list[Pickup]:
        """Those that were booked through that interface, oldest first; empty: all."""
        found = self._here.pickups.all.values()
        return [each for each in found if account in ("", each.wish.account)]

    def availability(self, carrier: str, address: Address, day: date) -> Availability | None:
        """What that carrier offers there on that day; ``None``: it does not come."""
        return self._platform.callouts.availability(carrier, address, day)
