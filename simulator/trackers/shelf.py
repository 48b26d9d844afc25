"""Where trackers are found: by id, by view and number, by number."""

from dataclasses import dataclass, field

from simulator.errors import NotFound
from simulator.trackers.model import Tracker


@dataclass(slots=True)
class TrackerShelf:
    """Every tracker of one world, oldest first."""

    all: dict[str, Tracker] = field(default_factory=dict)
    of_number: dict[str, list[Tracker]] = field(default_factory=dict)

    def get(self, tracker_id: str) -> Tracker:
        try:
            return self.all[tracker_id]
        except KeyError:
            raise NotFound("tracker", tracker_id) from None

    def find(self, view: str, number: str) -> Tracker | None:
        """The oldest in that view."""
        found = self.of_number.get(number, ())
        return next((each for each in found if each.view == view), None)

    def of(self, view: str) -> list[Tracker]:
        return [each for each in self.all.values() if each.view == view]

    def file(self, tracker: Tracker) -> None:
        self.all[tracker.id] = tracker
        self.of_number.setdefault(tracker.number, []).append(tracker)

    def drop(self, tracker: Tracker) -> None:
        del self.all[tracker.id]
        left = self.of_number[tracker.number]
        left.remove(tracker)
        if not left:
            del self.of_number[tracker.number]
