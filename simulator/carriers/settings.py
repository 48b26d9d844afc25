"""One world's own carriers: the defaults, with what its configuration sets anew.

A change is plain data, ready for a scenario's file: ``{"jt": {"transit_factor": 1.1, "pickup":
{"capacity": 2}}}``. Names are the fields of ``Carrier`` and of what it is made of; dictionaries are
merged (``None`` takes an entry out), sequences replaced. ``pickup`` is short for every city's
service at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from simulator.carriers.model import ELSEWHERE, Carrier, CityService, Leg, MishapRates, Setbacks
from simulator.carriers.tariffs import Tariff
from simulator.clock import DAY
from simulator.errors import BadSetting, UnknownCarrier, UnknownName
from simulator.working_hours import MIDNIGHT, WorkingHours, has_public_holidays

Changes = Mapping[str, Mapping[str, Any]]
"""By carrier's code: fields with their new values."""

PICKUP: Final = "pickup"

_FIXED: Final = "code"
"""The one field that stays: others know the carrier by it."""

_LONGEST: Final = 366 * DAY

MISHAPS_MOST: Final = 1000
"""By how much rates may be multiplied: a permille becomes a certainty."""


def carriers_of_a_world(defaults: Mapping[str, Carrier], changes: Changes) -> dict[str, Carrier]:
    """Every carrier by its code, changed as wanted."""
    for code in changes:
        if code not in defaults:
            raise UnknownCarrier(code, ", ".join(defaults))
    return {
        code: amended(carrier, changes[code]) if code in changes else carrier
        for code, carrier in defaults.items()
    }


def amended(carrier: Carrier, changes: Mapping[str, Any]) -> Carrier:
    """That carrier with *changes*; refused if it has no such field, or the field no such value."""
    path = f"carriers.{carrier.code}"
    _require(isinstance(changes, Mapping), path, changes, "settings by name")
    _require(_FIXED not in changes, f"{path}.{_FIXED}", changes.get(_FIXED), "no other value")
    own = {name: item for name, item in changes.items() if name != PICKUP}
    changed: Carrier = _read(Carrier, own, carrier, path)
    if PICKUP in changes:
        changed = _with_pickup(changed, changes[PICKUP], f"{path}.{PICKUP}")
    return changed


def require_factor(factor: float) -> float:
    """*factor* of a world's mishaps, if it can be one."""
    _require(0 <= factor <= MISHAPS_MOST, "mishaps", factor, f"0 to {MISHAPS_MOST}")
    return factor


def _with_pickup(carrier: Carrier, wanted: Any, path: str) -> Carrier:
    return replace(
        carrier,
        cities={
            city: _read(CityService, wanted, service, path)
            for city, service in carrier.cities.items()
        },
        elsewhere=carrier.elsewhere and _read(CityService, wanted, carrier.elsewhere, path),
    )


# Reading plain data by type hints, over what was there before.


def _read(hint: Any, wanted: Any, before: Any, path: str) -> Any:
    if isinstance(hint, type) and is_dataclass(hint):
        return _read_fields(hint, wanted, before, path)
    compound = _COMPOUND.get(get_origin(hint))
    if compound:
        return compound(get_args(hint), wanted, before, path)
    return _read_scalar(hint, wanted, path)


def _read_fields(kind: type[Any], wanted: Any, before: Any, path: str) -> Any:
    _require(isinstance(wanted, Mapping), path, wanted, "settings by name")
    known = {field.name: field for field in fields(kind)}
    for name in wanted:
        if name not in known:
            raise UnknownName(f"setting of {path}", str(name), ", ".join(known))
    hints = get_type_hints(kind)
    made = kind(
        **{
            name: _read(hints[name], wanted[name], getattr(before, name, None), f"{path}.{name}")
            if name in wanted
            else _kept(field, before, path)
            for name, field in known.items()
        }
    )
    check = _SOUND.get(kind)
    if check:
        check(made, path)
    return made


def _kept(field: Field[Any], before: Any, path: str) -> Any:
    """A field of which nothing is said: as it was before, or is by default in something new."""
    if before is not None:
        return getattr(before, field.name)
    _require(field.default is not MISSING, f"{path}.{field.name}", "left out", "a value")
    return field.default


def _optional(args: tuple[Any, ...], wanted: Any, before: Any, path: str) -> Any:
    (hint,) = [arg for arg in args if arg is not NoneType]
    return None if wanted is None else _read(hint, wanted, before, path)


def _read_dict(args: tuple[Any, ...], wanted: Any, before: Any, path: str) -> Any:
    _require(isinstance(wanted, Mapping), path, wanted, "settings by name")
    merged = dict(before or {})
    for key, item in wanted.items():
        if item is None:
            merged.pop(key, None)
        else:
            merged[str(key)] = _read(args[1], item, merged.get(key), f"{path}.{key}")
    return merged


def _read_tuple(args: tuple[Any, ...], wanted: Any, _before: Any, path: str) -> Any:
    _require(isinstance(wanted, list | tuple), path, wanted, "a list")
    hints = args[:1] * len(wanted) if args[-1] is Ellipsis else args
    _require(len(hints) == len(wanted), path, wanted, f"{len(hints)} values")
    numbered = enumerate(zip(hints, wanted, strict=True))
    return tuple(_read(hint, item, None, f"{path}.{nth}") for nth, (hint, item) in numbered)


_COMPOUND: Final[dict[Any, Callable[[tuple[Any, ...], Any, Any, str], Any]]] = {
    UnionType: _optional,
    dict: _read_dict,
    tuple: _read_tuple,
}


def _read_scalar(hint: type[Any], wanted: Any, path: str) -> Any:
    if issubclass(hint, Enum):
        words = [str(word.value) for word in hint]
        _require(wanted in words, path, wanted, f"one of {', '.join(words)}")
        return hint(wanted)
    kinds = (int, float) if hint is float else hint
    fits = isinstance(wanted, kinds) and not isinstance(wanted, bool)
    _require(fits, path, wanted, _NAMED[hint])
    _require(hint is str or 0 <= wanted <= _MOST[hint], path, wanted, f"0 to {_MOST.get(hint)}")
    return wanted


_MOST: Final = {int: 10**9, float: 100}
_NAMED: Final = {int: "a whole number", float: "a number", str: "a text"}


# What must hold beyond types.


def _sound_hours(hours: WorkingHours, path: str) -> None:
    week = range(7)
    _require(bool(hours.weekdays), f"{path}.weekdays", hours.weekdays, "one weekday at least")
    _require(
        all(day in week for day in hours.weekdays + hours.half_days),
        f"{path}.weekdays",
        hours.weekdays,
        "weekdays from 0, Monday, to 6",
    )
    _require(
        hours.opens < hours.closes <= MIDNIGHT and hours.half_day_closes <= MIDNIGHT,
        path,
        (hours.opens, hours.closes),
        "hours of a day, opening before closing",
    )
    _require(
        not hours.holidays or has_public_holidays(hours.holidays),
        f"{path}.holidays",
        hours.holidays,
        "a country's code, or nothing",
    )


def _sound_service(service: CityService, path: str) -> None:
    rounds = service.rounds
    _sound_timezone(service.timezone, f"{path}.timezone")
    _require(
        bool(rounds) and list(rounds) == sorted(set(rounds)) and max(rounds) < MIDNIGHT,
        f"{path}.rounds",
        rounds,
        "hours from 0 to 23, ascending",
    )
    takes_place = any(service.days.opens <= hour < _latest(service.days) for hour in rounds)
    _require(takes_place, f"{path}.rounds", rounds, "a round within working hours")
    _require(service.capacity > 0, f"{path}.capacity", service.capacity, "one parcel or more")


def _latest(hours: WorkingHours) -> int:
    """When the longest of the working days ends."""
    whole = any(day not in hours.half_days for day in hours.weekdays)
    return hours.closes if whole else min(hours.closes, hours.half_day_closes)


def _sound_leg(leg: Leg, path: str) -> None:
    _sound_timezone(leg.timezone, f"{path}.timezone")
    _sound_span(leg.span, f"{path}.span")


def _sound_carrier(carrier: Carrier, path: str) -> None:
    _require(bool(carrier.services), f"{path}.services", carrier.services, "one service at least")
    _require(ELSEWHERE in carrier.routes, f"{path}.routes", "cut short", f"one to {ELSEWHERE!r}")
    _sound_timezone(carrier.depot_timezone, f"{path}.depot_timezone")
    for name in ("drop_off_span", "sync_lag", "first_scan_lag"):
        _sound_span(getattr(carrier, name), f"{path}.{name}")


def _sound_tariff(tariff: Tariff, path: str) -> None:
    begins = [bracket.above_g for bracket in tariff.brackets]
    _require(
        begins[:1] == [0] and begins == sorted(set(begins)),
        f"{path}.brackets",
        begins,
        "brackets from nought, ascending",
    )
    steps = [bracket.step_g for bracket in tariff.brackets]
    _require(min(steps) > 0, f"{path}.brackets", steps, "steps of a gram or more")


def _sound_rates(rates: MishapRates, path: str) -> None:
    odds = {
        name: getattr(rates, name)
        for name in get_type_hints(MishapRates)
        if name != "attempt_fails"
    }
    for name, odd in (odds | rates.attempt_fails).items():
        _require(odd <= 1, f"{path}.{name}", odd, "a probability")


def _sound_setbacks(setbacks: Setbacks, path: str) -> None:
    tries = setbacks.attempts_max
    _require(tries > 0, f"{path}.attempts_max", tries, "one attempt or more")
    for name, hint in get_type_hints(Setbacks).items():
        if hint is not int:
            _sound_span(getattr(setbacks, name), f"{path}.{name}")


def _sound_span(span: tuple[int, int], path: str) -> None:
    shortest, longest = span
    _require(shortest <= longest <= _LONGEST, path, span, "a year at most, the shorter first")


def _sound_timezone(timezone: str, path: str) -> None:
    try:
        ZoneInfo(timezone)
    except (LookupError, OSError, ValueError):
        raise BadSetting(path, repr(timezone), "a time zone's name") from None


_SOUND: Final[dict[type[Any], Callable[[Any, str], None]]] = {
    WorkingHours: _sound_hours,
    CityService: _sound_service,
    Leg: _sound_leg,
    Tariff: _sound_tariff,
    MishapRates: _sound_rates,
    Setbacks: _sound_setbacks,
    Carrier: _sound_carrier,
}


def _require(held: bool, path: str, value: Any, wanted: str) -> None:  # noqa: FBT001
    if not held:
        raise BadSetting(path, repr(value), wanted)
