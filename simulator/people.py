"""People and where they live: pools made once per locale by Faker, which is too slow to ask often.

Facts hold no names, so another Faker release may change who buys but never what happens.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

POOL: Final = 200
"""People per locale; a buyer is a place in the pool."""

_SEED: Final = 20260105


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

    @property
    def full(self) -> str:
        return f"{self.line1}, {self.city}, {self.postal_code}, {self.region}"


@cache
def people(locale: str) -> tuple[Address, ...]:
    """The pool of *locale*, the same in every process."""
    from faker import Faker  # noqa: PLC0415 - a third of a second, and not every world needs it

    fake = Faker(locale)
    fake.seed_instance(_SEED)
    region = locale.partition("_")[2]
    return tuple(
        Address(
            name=fake.name(),
            phone=fake.phone_number(),
            line1=fake.street_address().replace("\n", ", "),
            city=fake.city(),
            postal_code=fake.postcode(),
            region=region,
        )
        for _ in range(POOL)
    )
