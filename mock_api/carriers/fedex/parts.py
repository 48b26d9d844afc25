"""What several of FedEx's requests are made of. Unknown fields and nulls are passed over."""

from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from mock_api.kernel.measures import (
    G_PER_KG,
    G_PER_LB,
    MM_PER_CM,
    MM_PER_INCH,
    box,
    nearest,
    rounded_up,
)
from simulator.consigning import PIECES_MAX
from simulator.people import Address
from simulator.shipments.model import Piece

_GRAMS: Final = {"KG": G_PER_KG, "LB": G_PER_LB}
_MILLIMETRES: Final = {"CM": MM_PER_CM, "IN": MM_PER_INCH}
_LINES_READ: Final = 3
"""Street lines beyond the third are ignored (FedEx's own words)."""
_NO_SIZE: Final = (1, 1, 1)
"""Of what is weighed only: sides are optional, and then the size does not weigh."""

Text = Annotated[str, Field(max_length=200)]


class Part(BaseModel):
    """Part of a request, in camel case on the wire."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, coerce_numbers_to_str=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None}


class Account(Part):
    value: Text = ""


class WireAddress(Part):
    street_lines: list[Text] = Field(default=[], max_length=20)
    city: Text = ""
    state_or_province_code: Text = ""
    postal_code: Text = ""
    country_code: Annotated[str, Field(pattern="^[A-Za-z]{2}$")]


class Contact(Part):
    person_name: Text = ""
    company_name: Text = ""
    phone_number: Text = ""


class Place(Part):
    """Where somebody is, as quotes ask it."""

    address: WireAddress

    def as_address(self) -> Address:
        return address_of(self.address, Contact())


class Somebody(Place):
    """Who is there, too."""

    contact: Contact

    def as_address(self) -> Address:
        return address_of(self.address, self.contact)


def address_of(where: WireAddress, who: Contact) -> Address:
    return Address(
        name=who.person_name or who.company_name,
        phone=who.phone_number,
        line1=", ".join(line for line in where.street_lines[:_LINES_READ] if line),
        city=where.city,
        postal_code=where.postal_code,
        region=where.country_code.upper(),
        state=where.state_or_province_code,
    )


class Weight(Part):
    units: Literal["KG", "LB"]
    value: Annotated[float, Field(gt=0, le=99_999, allow_inf_nan=False)]

    @property
    def grams(self) -> int:
        return rounded_up(self.value * _GRAMS[self.units])


class Dimensions(Part):
    length: Annotated[float, Field(gt=0, le=999, allow_inf_nan=False)]
    width: Annotated[float, Field(gt=0, le=999, allow_inf_nan=False)]
    height: Annotated[float, Field(gt=0, le=999, allow_inf_nan=False)]
    units: Literal["CM", "IN"]

    @property
    def millimetres(self) -> tuple[int, int, int]:
        sides = (self.length, self.width, self.height)
        return box(nearest(side * _MILLIMETRES[self.units]) for side in sides)


class Money(Part):
    amount: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] = 0
    currency: Text = ""


class Reference(Part):
    customer_reference_type: Text = ""
    value: Text = ""


class LineItem(Part):
    """Boxes that are alike."""

    weight: Weight
    dimensions: Dimensions | None = None
    group_package_count: Annotated[int, Field(ge=1, le=PIECES_MAX)] = 1
    customer_references: list[Reference] = Field(default=[], max_length=20)
    item_description: Text = ""

    @property
    def reference(self) -> str:
        """The shipper's own name for it."""
        for each in self.customer_references:
            if each.customer_reference_type == "CUSTOMER_REFERENCE":
                return each.value
        return ""


LineItems = Annotated[list[LineItem], Field(min_length=1, max_length=PIECES_MAX)]


def pieces_of(items: Iterable[LineItem]) -> tuple[Piece, ...]:
    """Box by box."""
    return tuple(
        Piece(
            item.weight.grams,
            item.dimensions.millimetres if item.dimensions else _NO_SIZE,
            item.reference,
        )
        for item in items
        for _ in range(item.group_package_count)
    )
