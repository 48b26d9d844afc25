"""What calls bring, in snake case as documented or in camel case as the TypeScript SDK posts it.

Unknown fields are ignored.
"""

import re
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_api.carriers.yunexpress.refusals import wrong
from mock_api.kernel.measures import G_PER_KG, G_PER_LB, MM_PER_CM, MM_PER_INCH, box, rounded_up
from simulator.people import Address
from simulator.shipments.model import Piece

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GRAMS: Final = {"KG": G_PER_KG, "G": 1, "LBS": G_PER_LB}
_MILLIMETRES: Final = {"CM": MM_PER_CM, "INCH": MM_PER_INCH}

Number = Annotated[str, Field(min_length=1, max_length=50)]
Text = Annotated[str, Field(max_length=500)]
WeightUnit = Literal["KG", "G", "LBS"]
SizeUnit = Literal["CM", "INCH"]
Weight = Annotated[float, Field(ge=0.001, le=1000, allow_inf_nan=False)]
Side = Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]


class Wish(BaseModel):
    """Takes both cases of its fields' names."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _in_snake_case(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            _HUMP.sub("_", key).lower() if isinstance(key, str) else key: value
            for key, value in data.items()
            if value is not None
        }


class Party(Wish):
    """Sender or receiver."""

    name: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    company: Text = ""
    country_code: Text = ""
    province: Text = ""
    city: Text = ""
    address_lines: Text | Annotated[list[Text], Field(max_length=10)] = ""
    address_line1: Text = ""
    address_line2: Text = ""
    address_line3: Text = ""
    postal_code: Text = ""
    phone: Text = ""
    phone_number: Text = ""

    def address(self, role: str) -> Address:
        """Refused, if something is missing without which nothing can be carried."""
        lines = [self.address_lines] if isinstance(self.address_lines, str) else self.address_lines
        lines = [*lines, self.address_line1, self.address_line2, self.address_line3]
        found = Address(
            name=self.name or " ".join(filter(None, (self.first_name, self.last_name))),
            phone=self.phone_number or self.phone,
            line1=", ".join(filter(None, lines)),
            city=self.city,
            postal_code=self.postal_code,
            region=self.country_code.upper(),
            state=self.province,
        )
        for field, value in (
            ("first_name", found.name),
            ("country_code", found.region),
            ("city", found.city),
            ("address_lines", found.line1),
        ):
            if not value:
                raise wrong(f"{role}.{field} is required")
        return found


class Package(Wish):
    weight: Weight
    length: Side = 1
    width: Side = 1
    height: Side = 1
    box_number: Text = ""

    def piece(self, weight_unit: WeightUnit, size_unit: SizeUnit) -> Piece:
        sides = (self.length, self.width, self.height)
        return Piece(grams(self.weight, weight_unit), millimetres(sides, size_unit))


class Declared(Wish):
    """One line of a customs declaration."""

    sku: Text = ""
    sku_code: Text = ""
    name: Text = ""
    name_local: Text = ""
    name_en: Text = ""
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    unit_price: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)] = 0
    declared_value: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)] | None = None
    unit_weight: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] = 0
    currency: Annotated[str, Field(max_length=3)] = "USD"
    hs_code: Text = ""

    @property
    def price(self) -> float:
        return self.unit_price or self.declared_value or 0

    @property
    def title(self) -> str:
        return self.name_en or self.name or self.name_local


class OtherNumbers(Wish):
    """Numbers that the order has already."""

    waybill_number: Text = ""
    platform_order_number: Text = ""
    tracking_number: Annotated[str, Field(max_length=50)] = ""


class CreateWish(Wish):
    product_code: Number
    customer_order_number: Number
    order_numbers: OtherNumbers | list[Text] = Field(default_factory=OtherNumbers)
    """An object with named numbers; the SDK says a list, of which nobody knows what it means."""
    weight_unit: WeightUnit = "KG"
    size_unit: SizeUnit = "CM"
    packages: Annotated[list[Package], Field(min_length=1, max_length=50)]
    receiver: Party
    sender: Party | None = None
    declaration_info: Annotated[list[Declared], Field(min_length=1, max_length=200)]
    label_type: Text = ""
    platform_account_code: Text = ""
    source_code: Text = ""
    sensitive_type: Text = ""

    @property
    def tracking_number(self) -> str:
        said = self.order_numbers
        return said.tracking_number if isinstance(said, OtherNumbers) else ""


class WaybillWish(Wish):
    waybill_number: Number
    remark: Annotated[str, Field(max_length=255)] = ""


class WeightWish(WaybillWish):
    weight: Weight
    weight_unit: WeightUnit = "KG"


class Subscription(Wish):
    waybill_numbers: Annotated[list[Number], Field(min_length=1, max_length=50)]
    subscribe_type: Literal["A", "F", "L", "N", "EL", "ANC"] = "A"
    query_type: list[Literal["C", "Y", "T"]] = Field(default_factory=list, max_length=3)


class Cancellation(Wish):
    waybill_numbers: Annotated[list[Number], Field(min_length=1, max_length=50)]


class PriceWish(Wish):
    """Of a trial. The weight is all pieces' together, and priced as one (inferred)."""

    country_code: Annotated[str, Field(min_length=2, max_length=2)]
    weight: Weight
    weight_unit: WeightUnit = "KG"
    length: Side = 1
    width: Side = 1
    height: Side = 1
    size_unit: SizeUnit = "CM"
    pieces: Annotated[int, Field(ge=0, le=1000)] = 1


class TokenWish(Wish):
    grant_type: Text = ""
    app_id: Text = ""
    app_secret: Text = ""
    source_key: Text = ""


def grams(weight: float, unit: WeightUnit) -> int:
    return rounded_up(weight * _GRAMS[unit])


def millimetres(sides: tuple[float, float, float], unit: SizeUnit) -> tuple[int, int, int]:
    return box(rounded_up(side * _MILLIMETRES[unit]) for side in sides)
