"""The rule book of each market as an oracle knows it: by when what is due, reckoned day by day.

It shares no code with the model; only the library that knows public holidays is the same.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

HOUR = 3600
DAY = 24 * HOUR


@cache
def days_of_rest(country, subdiv):
    return holidays.country_holidays(country, subdiv=subdiv, years=range(2029, 2034))


@dataclass
class RuleBook:
    """What one market asks for, and when it ends an order by itself."""

    name: str
    zone: str
    country: str
    subdiv: str | None = None
    counts_from_payment: bool = False
    on_hold: bool = True
    silence: int = 48 * HOUR
    suffix: str = ""

    def deadlines(self, story):
        """Rule, due, for the rules of the story's mode."""
        start = story.paid_at if self.counts_from_payment else story.placed_at
        ready, shipped = self.dispatch(start)
        if story.mode == "seller":
            return [("D4", shipped), ("D5", shipped)]
        return [("D1", ready), ("D4", shipped)]

    def limits(self, story):
        """Due, what keeps it, and the platform's reason; soonest first."""
        start = story.paid_at if self.counts_from_payment else story.placed_at
        dues = self.ends(start, story.mode)
        reasons = (
            "system_cancel_order_reason_shipping_timeout",
            "system_cancel_order_untracked",
            self.overdue(),
        )
        kept_by = ("ready", "shipped", "delivered")
        return [
            (due, act, reason + self.suffix)
            for due, act, reason in zip(dues, kept_by, reasons, strict=False)
        ]

    def dispatch(self, start):
        return start + 72 * HOUR, start + 120 * HOUR

    def ends(self, start, mode):  # noqa: ARG002 - other markets ask
        return []

    def overdue(self):
        return "threepl_breach"

    # Days, one by one.

    def clock(self, at):
        return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(self.zone))

    def works(self, day):
        return day.isoweekday() < 6 and day not in days_of_rest(self.country, self.subdiv)

    def forward(self, day, working_days):
        while working_days:
            day += timedelta(days=1)
            working_days -= self.works(day)
        return day

    def midnight_after(self, day):
        following = day + timedelta(days=1)
        return int(datetime(*following.timetuple()[:3], tzinfo=ZoneInfo(self.zone)).timestamp())

    def end_of_day(self, start, working_days):
        return self.midnight_after(self.forward(self.clock(start).date(), working_days)) - 1

    def ordinal(self, at):
        return self.clock(at).date().toordinal()


class UnitedStates(RuleBook):
    def dispatch(self, start):
        return self.end_of_day(start, 1), self.end_of_day(start, 2)

    def ends(self, start, mode):  # noqa: ARG002 - both modes alike
        promised = self.end_of_day(start, 6)
        return [self.end_of_day(start, 7), self.end_of_day(start, 10), promised + 30 * DAY]

    def overdue(self):
        return "system_cancel_order_exceed_edt_not_arrive"


class UnitedKingdom(RuleBook):
    def ends(self, start, mode):  # noqa: ARG002 - both modes alike
        return [
            self.same_time(start, 7),
            self.same_time(start, 10),
            self.same_time(start, 5) + 30 * DAY,
        ]

    def same_time(self, start, working_days):
        local = self.clock(start)
        day, seconds = local.date(), local.hour * HOUR + local.minute * 60 + local.second
        if not self.works(day):
            day, seconds = self.forward(day, 1), 0
        day = self.forward(day, working_days)
        # The clocks of London change on Sundays only: on a working day, hours are hours.
        return self.midnight_after(day - timedelta(days=1)) + seconds


class LikeUnitedKingdom(UnitedKingdom):
    """Markets without pages of their own about hours. No clock of theirs changes on a working
    day."""

    def overdue(self):
        return "system_cancel_order_exceed_edt_not_arrive"


class SouthEastAsia(RuleBook):
    def dispatch(self, start):
        return self.end_of_its_day(start, 0), self.end_of_its_day(start, 0)

    def ends(self, start, mode):
        last = start + (30 if mode == "platform" else 15) * DAY
        return [self.end_of_its_day(start, 2), self.end_of_its_day(start, 3), last]

    def end_of_its_day(self, start, working_days):
        local = self.clock(start)
        belongs = local.hour < 14 and self.works(local.date())
        return self.end_of_day(start, working_days if belongs else working_days + 1)


RULE_BOOKS = {
    book.name: book
    for book in (
        RuleBook("standard", "Europe/London", "GB", "ENG"),
        UnitedStates("us", "America/Los_Angeles", "US"),
        UnitedKingdom("uk", "Europe/London", "GB", "ENG", suffix="_uk"),
        SouthEastAsia(
            "sea",
            "Asia/Ho_Chi_Minh",
            "VN",
            counts_from_payment=True,
            on_hold=False,
            silence=24 * HOUR,
        ),
        LikeUnitedKingdom("eu", "Europe/Berlin", "DE", on_hold=False),
        LikeUnitedKingdom("br", "America/Sao_Paulo", "BR", on_hold=False),
        LikeUnitedKingdom("mx", "America/Mexico_City", "MX", on_hold=False),
        LikeUnitedKingdom("jp", "Asia/Tokyo", "JP", on_hold=False),
    )
}

RULES_OF_THEIR_OWN = ("standard", "us", "uk", "sea")
"""Markets whose rules have a form that no other one's have: what holds in these, holds in all."""
