"""What carriers do when somebody makes them do it by hand."""

from simulator.acts.party import PartyActs
from simulator.clock import Instant, later
from simulator.facts import CarrierHeld


class CarriersActs(PartyActs):
    """Commands to the carriers of one world."""

    def hold(self, carrier: str, seconds: int) -> Instant:
        """No pickups by *carrier* for so long; when it is over."""
        here = self._here
        until = later(here.now, seconds)
        here.holds[here.carrier(carrier).code] = until
        here.record(CarrierHeld(carrier, until))
        return until
