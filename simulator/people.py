"""People and where they live: pools made once per locale by Faker, which is too slow to ask often.

Facts hold no names, so another Faker release may change who buys but never what happens.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from simulator.errors import UnknownName
from simulator.places import COUNTRIES, Country, Town

if TYPE_CHECKING:
    from faker import Faker

POOL: Final = 200
"""People per locale; a buyer is a place in the pool."""

_SEED: Final = 20260105
_INWARD: Final = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters of the second half of a British postal code."""
_CITY_STATES: Final = {"SG": "Singapore"}
"""Where the country is the post town, and its towns are estates."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes, or comes from, in the country's own postal form."""

    name: str
    phone: str
    line1: str
    city: str
    postal_code: str
    region: str
    """ISO 3166 code of the country."""
    state: str = ""
    """A state or province, where mail names one."""
    reading: str = ""
    """How the name is read, where its script does not tell: Japanese ones, in katakana."""

    @property
    def full(self) -> str:
        area = f"{self.state} {self.postal_code}" if self.state else self.postal_code
        return f"{self.line1}, {self.city}, {area}, {self.region}"


@cache
def people(locale: str) -> tuple[Address, ...]:
    """The pool of *locale*, the same in every process; UnknownName tells which there are."""
    from faker import Faker  # noqa: PLC0415 - a third of a second, and not every world needs it

    if locale not in COUNTRIES:
        raise UnknownName("locale", locale, ", ".join(COUNTRIES))
    country = COUNTRIES[locale]
    names = Faker(country.names)
    names.seed_instance(_SEED)
    streets = Faker(country.streets or country.names)
    streets.seed_instance(_SEED)
    return tuple(_somebody(country, names, streets) for _ in range(POOL))


def _somebody(country: Country, names: "Faker", streets: "Faker") -> Address:
    town = streets.random_element(country.towns)
    name, reading = _name(country, names)
    return Address(
        name=name,
        phone=streets.numerify(country.phone),
        line1=_street(country, town, streets),
        city=_CITY_STATES.get(country.region, town.name),
        postal_code=streets.lexify(streets.numerify(town.postal_code), letters=_INWARD),
        region=country.region,
        state=town.state,
        reading=reading,
    )


def _name(country: Country, names: "Faker") -> tuple[str, str]:
    """A name, and how it is read. In Japan the family's comes first, in both."""
    if country.region != "JP":
        return str(names.name()), ""
    family, given = names.last_name_pair(), names.first_name_pair()
    return f"{family[0]} {given[0]}", f"{family[1]} {given[1]}"


def _street(country: Country, town: Town, streets: "Faker") -> str:
    if country.region == "JP":  # blocks, not streets; Faker's own form is an American one
        return f"{streets.town()}{streets.chome()}{streets.ban()}{streets.gou()}"
    if country.streets:
        return str(streets.street_address()).replace("\n", ", ")
    # Faker knows no streets of Singapore, where most people live in numbered blocks of flats.
    block, avenue, unit = (streets.numerify(form) for form in ("%##", "%", "0%-%##"))
    return f"Blk {block} {town.name} Avenue {avenue}, #{unit}"
