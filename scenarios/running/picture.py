"""An order's life as a picture: platform, carrier, webhooks and calls on one axis of time, against
the deadlines. SVG, with no script and nothing to load."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from scenarios.record import Record, Row, clock, succeeded
from simulator.clock import DAY, HOUR

_WIDTH: Final = 1120
_LEFT: Final = 110
_RIGHT: Final = 24
_LANE: Final = 84
_TOP: Final = 34
Place = Callable[[int], float]
"""Where on the axis a second is."""
_LANES: Final = ("platform", "carrier", "webhooks", "calls")
_LETTERS_PX: Final = 6.6
"""Mean width of a letter at the size of the labels."""
_STEPS: Final = (HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY)
_TICKS: Final = 12
"""As many on the axis, at most, where a step is short enough for that."""
_ROWS: Final = 5
"""Labels that would touch are set one below the other, as often as this."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a lane at one second."""

    lane: str
    at: int
    words: str
    kind: str = ""
    """bad: drawn in red."""


def picture(record: Record, order_id: str) -> str:
    """The SVG of one order's life."""
    marks = sorted(_marks(record, order_id), key=lambda mark: mark.at)
    dues = [*_dues(record, order_id)]
    if not marks:
        return ""
    first = marks[0].at
    last = max([mark.at for mark in marks] + [due.at for due in dues] + [first + HOUR])
    scale = (_WIDTH - _LEFT - _RIGHT) / (last - first)
    height = _TOP + _LANE * len(_LANES) + 22

    def place(at: int) -> float:
        return round(_LEFT + (at - first) * scale, 1)

    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Life of order {order_id}">',
        *_axis(first, last, place, height),
        *(_due(due, place(due.at), height) for due in dues),
    ]
    for nth, lane in enumerate(_LANES):
        y = _TOP + nth * _LANE + 12
        parts.append(f'<text class="lane" x="8" y="{y + 4}">{lane}</text>')
        parts.append(f'<line class="rail" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts += _lane([mark for mark in marks if mark.lane == lane], place, y)
    return "".join([*parts, "</svg>"])


def _marks(record: Record, order_id: str) -> Iterator[Mark]:
    for word, at in record.moves_of(order_id):
        yield Mark("platform", at, word)
    for row in record.told_of(order_id):
        yield from _fact(row)
    for row in record.webhooks:
        if row["order_id"] == order_id:
            yield from _webhook(row)
    for row in record.calls(order_id):
        name = row["operation"] or str(row["path"]).rsplit("/", 1)[-1]
        said = name if succeeded(row) else f"{name} {row['code'] or row['status']}"
        yield Mark("calls", row["at"], said, "" if succeeded(row) else "bad")


def _fact(row: Row) -> Iterator[Mark]:
    match row["kind"]:
        case "RuleBreached":
            yield Mark("platform", row["at"], f"{row['rule']} breached", "bad")
        case "ParcelScanned":
            yield Mark("carrier", row["at"], row["scan"])
        case "ParcelBooked":
            yield Mark("carrier", row["at"], f"booked {row['carrier']}")
        case "CarrierComplaintDecided" | "BuyerComplaintDecided":
            yield Mark("platform", row["at"], f"complaint {row.get('status', 'decided')}")
        case _:
            pass


def _webhook(row: Row) -> Iterator[Mark]:
    if not row["attempts"] and row["state"] == "dropped":
        yield Mark("webhooks", row["created_at"], f"#{row['n']} lost", "bad")
    for attempt in row["attempts"]:
        arrived = attempt["status"] is not None
        said = f"#{row['n']}" + ("" if arrived else " lost")
        yield Mark("webhooks", attempt["at"], said, "" if arrived else "bad")


def _dues(record: Record, order_id: str) -> Iterator[Mark]:
    dues: dict[tuple[str, int], str] = {}
    for row in record.told_of(order_id):
        if row["kind"] == "CarrierNotified":
            dues.setdefault(("D2", row["due"]), "")
        elif row["kind"] == "RuleBreached":
            dues[row["rule"], row["due"]] = "bad"
    return (Mark("", due, rule, kind) for (rule, due), kind in dues.items())


def _due(due: Mark, x: float, height: int) -> str:
    return (
        f'<line class="due {due.kind}" x1="{x}" x2="{x}" y1="{_TOP - 10}" y2="{height - 20}"/>'
        f'<text class="due {due.kind}" x="{x + 3}" y="{_TOP - 14}">{escape(due.words)} due</text>'
    )


def _axis(first: int, last: int, place: Place, height: int) -> Iterator[str]:
    step = next((each for each in _STEPS if last - first <= _TICKS * each), _STEPS[-1])
    for at in range(first - first % step + step, last + 1, step):
        x = place(at)
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="{_TOP - 6}" y2="{height - 18}"/>'
        yield f'<text class="tick" x="{x}" y="{height - 4}">{clock(at)[5:16]}</text>'


def _lane(marks: Sequence[Mark], place: Place, y: int) -> Iterator[str]:
    ends = [0.0] * _ROWS
    for mark in marks:
        x = place(mark.at)
        title = f"<title>{clock(mark.at)} {escape(mark.words)}</title>"
        yield f'<circle class="{mark.kind}" cx="{x}" cy="{y}" r="4">{title}</circle>'
        length = len(mark.words) * _LETTERS_PX
        start = min(x - 3, _WIDTH - length - 4)  # what is last has its words to the left
        row = next((nth for nth, end in enumerate(ends) if end <= start), None)
        if row is not None:
            ends[row] = start + length + 8
            yield (
                f'<text class="{mark.kind}" x="{start:.1f}" y="{y + 15 + 11 * row}">'
                f"{escape(mark.words)}</text>"
            )
