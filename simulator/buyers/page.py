"""The temperaments in Markdown: what stands between two marks in ``docs/buyers.md``."""

from collections.abc import Iterable
from typing import Final

from simulator.buyers.temperaments import TEMPERAMENTS, WHEN, Deed, Temperament
from simulator.clock import DAY, HOUR, MINUTE
from simulator.terms import Span

BEGIN: Final = "<!-- made by simulator/buyers/page.py -->\n"
END: Final = "<!-- so far -->\n"

_UNITS: Final = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"))


def written_anew(page: str) -> str:
    """*page* with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def table() -> str:
    """Of each deed, how likely it is and how soon it follows; then what else tells them apart."""
    every = TEMPERAMENTS.values()
    lines = [
        _line(["upon", "deed", *TEMPERAMENTS]),
        _line(["---"] * (len(TEMPERAMENTS) + 2)),
        *(
            _line([f"`{WHEN[deed]}`", f"`{deed}`", *(_cell(each, deed) for each in every)])
            for deed in WHEN
        ),
        _line(["", "expects it within", *(_words(each.expects_within) for each in every)]),
        _line(["", "wonders when still for", *(_words(each.still_max) for each in every)]),
        _line(["", "looks again after", *(_span(each.looks_again) for each in every)]),
        _line(["", "looks, at the most", *(str(each.looks_max) for each in every)]),
        _line(["", "refusals at the door", *(f"{each.refusal_factor:g} times" for each in every)]),
    ]
    return "".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(temperament: Temperament, deed: Deed) -> str:
    for habit in temperament.habits:
        if habit.deed is deed:
            soon = f"; {_span(habit.after)}" if any(habit.after) else ""
            return f"{habit.chance * 100:g} %{soon}"
    return ""


def _span(span: Span) -> str:
    return f"{_words(span[0])} to {_words(span[1])}"


def _words(seconds: int) -> str:
    """In the largest unit that it is a whole number of."""
    for unit, name in _UNITS:
        if seconds and seconds % unit == 0:
            return f"{seconds // unit} {name}"
    return f"{seconds} s" if seconds else "0"
