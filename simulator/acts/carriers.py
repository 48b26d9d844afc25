"""What carriers do when somebody makes them do it by hand."""

from collections.abc import Callable
from typing import Any

from simulator import incidents
from simulator.acts.party import PartyActs
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.clock import Instant, later
from simulator.facts import CarrierHeld
from simulator.parcels.script import Script


class CarriersActs(PartyActs):
    """Commands to the carriers of one world."""

    # To vans.

    def hold(self, carrier: str, seconds: int) -> Instant:
        """No pickups by *carrier* for so long; when it is over."""
        here = self._here
        until = later(here.now, seconds)
        here.holds[here.carrier(carrier).code] = until
        here.record(CarrierHeld(carrier, until))
        return until

    def skip_pickup(self, carrier: str, city: str = "") -> list[str]:
        """Its van stays in the next time that somebody waits for it; in which cities."""
        return incidents.skip_pickup(self._here, carrier, city)

    def close(self, closure: Closure) -> Closure:
        """A strike or a storm, announced; as it is."""
        return incidents.close(self._here, closure)

    # To parcels.

    def plan(self, parcel_id: str, mishap: Mishap) -> None:
        """That befalls the parcel at the next occasion."""
        self._do(incidents.plan, parcel_id, mishap)

    def customs_hold(self, parcel_id: str, seconds: int = 0) -> None:
        """Customs hold it when they have it, for so long; zero: for as long as usual."""
        self._do(incidents.hold_at_customs, parcel_id, seconds)

    def release(self, parcel_id: str) -> None:
        """Customs let it go."""
        self._do(incidents.release, parcel_id)

    def delay(self, parcel_id: str, seconds: int, kind: Mishap = Mishap.DELAYED) -> None:
        """Its next scan comes so much later."""
        self._do(incidents.delay, parcel_id, seconds, kind)

    def damage(self, parcel_id: str) -> None:
        self._do(incidents.damage, parcel_id)

    def lose(self, parcel_id: str) -> None:
        """For good."""
        self._do(incidents.lose, parcel_id)

    def mislay(self, parcel_id: str) -> None:
        """Until it is found."""
        self._do(incidents.mislay, parcel_id)

    def find(self, parcel_id: str) -> None:
        self._do(incidents.find, parcel_id)

    def send_back(self, parcel_id: str) -> None:
        """To the seller."""
        self._do(incidents.send_back, parcel_id)

    def dispose(self, parcel_id: str) -> None:
        self._do(incidents.dispose, parcel_id)

    def follow(self, parcel_id: str, way: Script) -> None:
        """Its way is what somebody wrote down: each scan at its second."""
        self._do(incidents.follow, parcel_id, way)

    def scan(self, parcel_id: str, scan: Scan) -> None:
        """One scan more, which leaves the parcel on its way."""
        self._do(incidents.scan, parcel_id, scan)

    def _do(self, act: Callable[..., None], parcel_id: str, *args: Any) -> None:
        act(self._platform.carriage, self._here.parcel(parcel_id), *args)
        self._settle()
