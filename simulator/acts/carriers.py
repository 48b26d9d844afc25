"""What carriers do when somebody makes them do it by hand."""

from collections.abc import Callable
from typing import Any

from simulator import incidents
from simulator.acts.party import PartyActs
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.clock import Instant, later
from simulator.commands import command
from simulator.facts import CarrierHeld
from simulator.parcels.script import Script


class CarriersActs(PartyActs):
    """Commands to the carriers of one world."""

    party = "carriers"

    # To vans.

    @command
    def hold(self, carrier: str, seconds: int) -> Instant:
        """No pickups by *carrier* for so long; when it is over."""
        here = self._here
        until = later(here.now, seconds)
        here.holds[here.carrier(carrier).code] = until
        here.record(CarrierHeld(carrier, until))
        return until

    @command
    def skip_pickup(self, carrier: str, city: str = "") -> list[str]:
        """Its van stays in the next time that somebody waits for it; in which cities."""
        return incidents.skip_pickup(self._here, carrier, city)

    @command
    def close(self, closure: Closure) -> Closure:
        """A strike or a storm, announced; as it is."""
        return incidents.close(self._here, closure)

    # To parcels.

    @command
    def plan(self, parcel_id: str, mishap: Mishap) -> None:
        """That befalls the parcel at the next occasion."""
        self._do(incidents.plan, parcel_id, mishap)

    @command
    def customs_hold(self, parcel_id: str, seconds: int = 0) -> None:
        """Customs hold it when they have it, for so long; zero: for as long as usual."""
        self._do(incidents.hold_at_customs, parcel_id, seconds)

    @command
    def release(self, parcel_id: str) -> None:
        """Customs let it go."""
        self._do(incidents.release, parcel_id)

    @command
    def delay(self, parcel_id: str, seconds: int, kind: Mishap = Mishap.DELAYED) -> None:
        """Its next scan comes so much later."""
        self._do(incidents.delay, parcel_id, seconds, kind)

    @command
    def damage(self, parcel_id: str) -> None:
        self._do(incidents.damage, parcel_id)

    @command
    def lose(self, parcel_id: str) -> None:
        """For good."""
        self._do(incidents.lose, parcel_id)

    @command
    def mislay(self, parcel_id: str) -> None:
        """Until it is found."""
        self._do(incidents.mislay, parcel_id)

    @command
    def find(self, parcel_id: str) -> None:
        self._do(incidents.find, parcel_id)

    @command
    def send_back(self, parcel_id: str) -> None:
        """To the seller."""
        self._do(incidents.send_back, parcel_id)

    @command
    def dispose(self, parcel_id: str) -> None:
        self._do(incidents.dispose, parcel_id)

    @command
    def follow(self, parcel_id: str, way: Script) -> None:
        """Its way is what somebody wrote down: each scan at its second."""
        self._do(incidents.follow, parcel_id, way)

    @command
    def scan(self, parcel_id: str, scan: Scan) -> None:
        """One scan more, which leaves the parcel on its way."""
        self._do(incidents.scan, parcel_id, scan)

    def _do(self, act: Callable[..., None], parcel_id: str, *args: Any) -> None:
        act(self._platform.carriage, self._here.parcel(parcel_id), *args)
