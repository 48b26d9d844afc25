"""What an order says, in JSON or in XML. Fields that are not named are ignored; whatever is a
number may be text."""

from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mock_api.carriers.chinapost.papers import order_in
from mock_api.carriers.chinapost.refusals import Refused
from mock_api.kernel.countries import is_country
from mock_api.kernel.measures import MM_PER_CM, NoMeasure, box, rounded_up
from mock_api.kernel.measures import number as measure
from mock_api.kernel.towns import town
from simulator.people import Address
from simulator.shipments.model import Piece

_LONGEST: Final = 1_000


def _text(value: Any) -> Any:
    """Nothing is an empty text; XML's empty elements are that, too."""
    return "" if value is None or value == {} else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=_LONGEST)]


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Party(Form):
    name: Text = ""
    post_code: Text = ""
    phone: Text = ""
    mobile: Text = ""
    nation: Text = ""
    province: Text = ""
    city: Text = ""
    county: Text = ""
    address: Text = ""

    def as_address(self, role: str) -> Address:
        """As the world knows addresses; refused by field."""
        for field in ("name", "nation", "city", "address"):
            if not getattr(self, field):
                raise Refused("S05", f"{role}.{field}")
        region = self.nation.upper()
        if not is_country(region):
            raise Refused("S05", f"{role}.nation")
        return Address(
            name=self.name,
            phone=self.mobile or self.phone,
            line1=self.address,
            city=town(self.city, region),
            postal_code=self.post_code,
            region=region,
            state=self.province,
        )


class Item(Form):
    cargo_name: Text = ""
    cargo_name_en: Text = ""


class Order(Form):
    sender_no: Text = ""
    logistics_order_no: Text = ""
    biz_product_no: Text = ""
    weight: Text = ""
    """Grams."""
    length: Text = ""
    width: Text = ""
    height: Text = ""
    """Centimetres (inferred)."""
    contents_total_value: Text = ""
    declare_curr_code: Text = ""
    sender: Party | None = None
    receiver: Party | None = None
    items: list[Item] | None = None

    def as_piece(self) -> Piece:
        grams = number(self.weight, "weight")
        if not grams:
            raise Refused("S05", "weight")
        sides = (number(getattr(self, each), each) for each in ("length", "width", "height"))
        return Piece(rounded_up(grams), box(rounded_up(side * MM_PER_CM) for side in sides))

    @property
    def contents(self) -> str:
        names = (each.cargo_name_en or each.cargo_name for each in self.items or ())
        return ", ".join(name for name in names if name)


def read(text: str, data_type: str) -> Order:
    """As JSON, unless it is said to be XML."""
    try:
        if data_type.upper() == "XML":
            return Order.model_validate(order_in(text))
        return Order.model_validate_json(text)
    except ValidationError as bad:
        first = bad.errors()[0]
        if first["type"] == "json_invalid":
            raise Refused("S01") from None
        raise Refused("S05", ".".join(str(part) for part in first["loc"])) from None
    except ValueError:
        raise Refused("S01") from None


def number(text: str, field: str) -> Decimal:
    try:
        return measure(text)
    except NoMeasure:
        raise Refused("S05", field) from None
