"""What those do who have a third party follow a number."""

from collections.abc import Sequence

from simulator.acts.party import PartyActs, noted
from simulator.clock import Instant
from simulator.commands import command
from simulator.following import Sight
from simulator.trackers.model import Tracker


class TrackersActs(PartyActs):
    """Commands of followers, and what they see."""

    party = "trackers"

    @command
    def add(
        self, view: str, number: str, carrier: str = "", notes: dict[str, str] | None = None
    ) -> Tracker:
        """*view* follows *number* from now on, be it known to any carrier or not."""
        return self._platform.following.add(view, number, carrier, notes or {})

    @command
    def stop(self, tracker_id: str) -> Tracker:
        """Nobody looks any more; what was known stays."""
        tracker = self.get(tracker_id)
        self._platform.following.stop(tracker)
        return tracker

    @command
    def resume(self, tracker_id: str) -> Tracker:
        """It is followed again."""
        tracker = self.get(tracker_id)
        self._platform.following.resume(tracker)
        return tracker

    @command
    def remove(self, tracker_id: str) -> None:
        """It is forgotten."""
        self._platform.following.remove(self.get(tracker_id))

    @command
    def change(
        self,
        tracker_id: str,
        carrier: str | None = None,
        notes: dict[str, str] | None = None,
        without: Sequence[str] = (),
    ) -> Tracker:
        """Another carrier, or other notes; what is left out stays, but for the notes that it is to
        be *without*."""
        tracker = self.get(tracker_id)
        tracker.carrier = tracker.carrier if carrier is None else carrier
        tracker.notes = noted(tracker.notes, notes or {}, without)
        return tracker

    def get(self, tracker_id: str) -> Tracker:
        return self._here.trackers.get(tracker_id)

    def find(self, view: str, number: str) -> Tracker | None:
        """The oldest of that number in that view."""
        return self._here.trackers.find(view, number)

    def of(self, view: str) -> list[Tracker]:
        """Oldest first."""
        return self._here.trackers.of(view)

    def sight(self, view: str, number: str, at: Instant | None = None) -> Sight:
        """What that view knows of the number by now, or knew then; an empty view is the carrier's
        own, which knows all."""
        return self._platform.following.sight(view, number, at)
