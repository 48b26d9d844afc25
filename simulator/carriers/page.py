"""The page ``docs/carriers.md``, written from the data. To write it anew, at the repository's root:

python -c "from simulator.carriers.page import page; print(page(), end='')" > docs/carriers.md
"""

from collections.abc import Iterable
from typing import Final

from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.model import Carrier, CityService, Leg, MishapRates
from simulator.carriers.numbers import NUMBERED
from simulator.carriers.sources import source_of
from simulator.carriers.tariffs import Bracket, Tariff
from simulator.clock import HOUR
from simulator.working_hours import MIDNIGHT, WorkingHours

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN: Final = ("GB", "US")
_GRAMS: Final = 1_000
_MILLI: Final = 1_000

_HEAD: Final = """# Carriers

Written from the data in `simulator/carriers/` by `simulator.carriers.page`; a test keeps it true.

Every number is a default. A world sets it anew by plain data, by carrier and field:

```python
World(
    WorldConfig(
        carriers={
            # a day late, and small vans
            "jt": {"pickup_delay": 86_400, "pickup": {"capacity": 20}},
            # a tenth slower, and careless
            "ups": {"transit_factor": 1.1, "mishaps": {"lost": 0.01}},
            "dhl": {"cities": {"Yiwu": {"rounds": [16], "days": {"weekdays": [0, 2, 4]}}}},
            # to the US as to everywhere else
            "ems": {"routes": {"US": None}, "sync_lag": [0, 3_600]},
        }
    )
)
```

The same goes for `carriers` of `POST /_seatrial/sandboxes`. Names are the fields of
`simulator.carriers.model`; durations are seconds, weekdays count from 0, Monday. Entries by name
(cities, countries) are merged, `None` takes one out; lists are replaced. `pickup` is short for
every city's service at once. An unknown name or an impossible value is refused.

A leg takes its span, drawn per parcel, times the service's and the carrier's factor, in *working
time*: where people rest, the clock of the leg stands still. Rest days and public holidays are those
of the place, by its local calendar. `*` is every country that has no row of its own.

Prices are what a seller pays the carrier, in CNY, without anybody's subsidy. Within a bracket of
weight a price never falls as the weight rises. Between brackets it may: published lists have such
places, and that of the lines below has one (YunExpress: 13.20 at 80 g, 12.18 at 81 g). Where size
weighs only beyond twice the actual weight, a heavier parcel of the same size may be cheaper, too.
"""


def page() -> str:
    """All of it, as Markdown."""
    return "\n".join([_HEAD, *(_section(carrier) for carrier in CARRIERS.values())])


def _section(carrier: Carrier) -> str:
    parts = [
        f"## {carrier.name} (`{carrier.code}`)",
        _table(("setting", "default", "source"), _settings(carrier)),
        _table(
            ("service", "name", "product", "working days", "pace", "price"),
            (
                (
                    f"`{each.code}`",
                    each.name,
                    f"`{each.product}`",
                    _span(each.transit),
                    f"{each.pace:g}",
                    f"{each.price:g}",
                )
                for each in carrier.services
            ),
        ),
        *(_route(carrier, country) for country in _SHOWN),
        _table(("to", "above", "fee", "per kg", "in steps of"), _prices(carrier)),
    ]
    return "\n".join([*parts, ""])


def _settings(carrier: Carrier) -> Iterable[tuple[str, str, str]]:
    tariff = next(iter(carrier.tariffs.values()))
    rows = (
        ("services", ", ".join(f"`{each.code}`" for each in carrier.services), "services"),
        ("pickup", _pickup(carrier), "pickup"),
        ("warehouses abroad", _abroad(carrier), "abroad"),
        ("`pickup_delay`", _duration(carrier.pickup_delay), "pickup_delay"),
        ("drop-off", f"{carrier.depot}, {_hours(carrier.drop_off_span)}", "drop_off"),
        ("`first_scan_lag`", _hours(carrier.first_scan_lag), "first_scan"),
        ("`sync_lag`", _hours(carrier.sync_lag), "sync_lag"),
        ("`transit_factor`", f"{carrier.transit_factor:g}", "transit_factor"),
        ("routes", f"{len(carrier.routes)}: {', '.join(carrier.routes)}", "route"),
        ("numbers", f"`{NUMBERED[carrier.code](1)}`, …", "numbers"),
        ("tariffs", ", ".join(carrier.tariffs), "tariff"),
        ("weight and size", _limits(tariff), "size"),
        ("fuel", f"{tariff.fuel_percent:g} %", "fuel"),
        ("discount", f"{tariff.discount_percent:g} %", "discount"),
        (
            "`mishaps`",
            _rates(carrier.mishaps),
            "mishaps",
        ),
    )
    return ((name, value, source_of(topic, carrier)) for name, value, topic in rows)


def _rates(rates: MishapRates) -> str:
    attempts = ", ".join(f"{place} {rate:.1%}" for place, rate in rates.attempt_fails.items())
    return (
        f"lost {rates.lost:.2%}, damaged {rates.damaged:.2%}, customs hold "
        f"{rates.customs_hold:.1%}, delayed {rates.delayed:.0%}, attempt fails {attempts}, "
        f"returned after attempts {rates.returned_after_attempts:.1%}, missed pickup "
        f"{rates.missed_pickup:.1%}"
    )


def _pickup(carrier: Carrier) -> str:
    by_service: dict[str, list[str]] = {}
    for city, service in carrier.cities.items():
        by_service.setdefault(_van(service), []).append(city)
    said = [f"{', '.join(cities)}: {van}" for van, cities in by_service.items()]
    said.append(f"elsewhere: {_van(carrier.elsewhere) if carrier.elsewhere else 'none'}")
    return "; ".join(said)


def _abroad(carrier: Carrier) -> str:
    """Every country has its own clocks and holidays; the rounds are the same."""
    if not carrier.abroad:
        return "none"
    van = next(iter(carrier.abroad.values()))
    rounds = ", ".join(f"{hour}:00" for hour in van.rounds)
    return f"{', '.join(carrier.abroad)}: {rounds}, {van.capacity} parcels"


def _van(service: CityService) -> str:
    rounds = ", ".join(f"{hour}:00" for hour in service.rounds)
    return (
        f"{rounds}, {service.capacity} parcels, booked {_duration(service.cut_off)} before, "
        f"{_week(service.days)}"
    )


def _week(hours: WorkingHours) -> str:
    first, last = hours.weekdays[0], hours.weekdays[-1]
    said = ", ".join(_DAYS[day] for day in hours.weekdays)
    if hours.weekdays == tuple(range(first, last + 1)):
        said = f"{_DAYS[first]} to {_DAYS[last]}" if first < last else _DAYS[first]
    if hours.weekdays == tuple(range(7)):
        said = "daily"
    if hours.half_days:
        said += f", {', '.join(_DAYS[day] for day in hours.half_days)} half"
    if hours.closes - hours.opens < MIDNIGHT:
        said += f", {hours.opens}:00 to {hours.closes}:00"
    return said + (f", but holidays of {hours.holidays}" if hours.holidays else "")


def _limits(tariff: Tariff) -> str:
    weighs = f"cm³ / {tariff.divisor}" if tariff.divisor else "size does not weigh"
    if tariff.volume_tolerance > 1:
        weighs += f" beyond {tariff.volume_tolerance:g} x the actual weight"
    return (
        f"{tariff.max_weight_g / _GRAMS:g} kg, side {tariff.max_side_mm / 10:g} cm, "
        f"sum {tariff.max_sum_mm / 10:g} cm; {weighs}"
    )


def _route(carrier: Carrier, country: str) -> str:
    rows = (
        (f"`{leg.scan}`", leg.place or "the recipient's town", _hours(leg.span), _works(leg))
        for leg in carrier.routes[country]
    )
    return _table((f"to {country}", "place", "after", "works"), rows)


def _works(leg: Leg) -> str:
    return "always" if leg.hours.is_always else _week(leg.hours)


def _prices(carrier: Carrier) -> Iterable[tuple[str, ...]]:
    """Countries of one price in one row."""
    places: dict[tuple[Bracket, ...], list[str]] = {}
    for place, tariff in carrier.tariffs.items():
        places.setdefault(tariff.brackets, []).append(place)
    for brackets, named in places.items():
        for bracket in brackets:
            yield (
                ", ".join(named),
                f"{bracket.above_g} g",
                f"{bracket.fee_milli / _MILLI:.3f}",
                f"{bracket.per_kg_milli / _MILLI:.3f}",
                f"{bracket.step_g} g",
            )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = [head, ("---",) * len(head), *rows]
    lines = [f"| {' | '.join(row)} |".replace("*", "\\*") for row in cells]
    return "\n".join(["", *lines])


def _span(span: tuple[int, int]) -> str:
    shortest, longest = span
    return str(shortest) if shortest == longest else f"{shortest} to {longest}"


def _hours(span: tuple[int, int]) -> str:
    return f"{_span((span[0] // HOUR, span[1] // HOUR))} h"


def _duration(seconds: int) -> str:
    return f"{seconds // HOUR} h"
