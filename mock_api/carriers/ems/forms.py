"""What messages say. The platform's own calls have camel case, the international ones are those of
the older platform, with underscores; nulls are nothing, and numbers may be text."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mock_api.carriers.ems.refusals import Refused
from mock_api.carriers.ems.view import FORM
from mock_api.kernel.countries import is_country
from mock_api.kernel.measures import MM_PER_CM, NoMeasure, box, rounded_up
from mock_api.kernel.measures import number as measure
from mock_api.kernel.towns import town
from simulator.clock import Instant
from simulator.people import Address
from simulator.shipments.model import Piece

_LONGEST: Final = 1_000
HOME: Final = "CN"


def _text(value: Any) -> Any:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=_LONGEST)]


def _either(camel: str, snake: str) -> Any:
    """As either platform spells it."""
    return Field("", validation_alias=AliasChoices(camel, snake))


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Party(Form):
    name: Text = ""
    post_code: Text = _either("postCode", "post_code")
    phone: Text = ""
    mobile: Text = ""
    nation: Text = ""
    """International orders have it; in domestic ones it is ours, and China if it is left out."""
    prov: Text = _either("prov", "province")
    city: Text = ""
    county: Text = ""
    address: Text = ""

    def as_address(self, role: str) -> Address:
        """As the world knows addresses; refused by field."""
        for field in ("name", "city", "address"):
            if not getattr(self, field):
                raise missing(f"{role}.{field}")
        return self.whereabouts(role)

    def whereabouts(self, role: str) -> Address:
        region = (self.nation or HOME).upper()
        if not is_country(region):
            raise missing(f"{role}.nation")
        return Address(
            name=self.name,
            phone=self.mobile or self.phone,
            line1=self.address,
            city=town(self.city, region),
            postal_code=self.post_code,
            region=region,
            state=self.prov,
        )


class Cargo(Form):
    cargo_name: Text = _either("cargoName", "cargo_name")
    cargo_name_en: Text = ""


class Measures(Form):
    """A parcel's: grams and centimetres."""

    weight: Text = ""
    length: Text = ""
    width: Text = ""
    height: Text = ""

    def as_piece(self) -> Piece:
        grams = number(self.weight, "weight")
        if not grams:
            raise missing("weight")
        sides = (number(getattr(self, each), each) for each in ("length", "width", "height"))
        return Piece(rounded_up(grams), box(rounded_up(side * MM_PER_CM) for side in sides))


class Order(Measures):
    """Of either platform."""

    order_no: Text = _either("logisticsOrderNo", "logistics_order_no")
    product: Text = _either("bizProductNo", "biz_product_no")
    sender_no: Text = _either("senderNo", "sender_no")
    value: Text = _either("insuranceAmount", "contents_total_value")
    currency: Text = Field("", validation_alias="declare_curr_code")
    pickup_type: Text = Field("", validation_alias="pickupType")
    pickup_from: Text = Field("", validation_alias="pickupPreBeginTime")
    pickup_until: Text = Field("", validation_alias="pickupPreEndTime")
    sender: Party | None = None
    receiver: Party | None = None
    cargos: list[Cargo] | None = Field(None, validation_alias=AliasChoices("cargos", "items"))

    @property
    def contents(self) -> str:
        names = (each.cargo_name_en or each.cargo_name for each in self.cargos or ())
        return ", ".join(name for name in names if name)


class Which(Form):
    """One parcel, by either of its numbers."""

    waybill_no: Text = Field("", validation_alias=AliasChoices("waybillNo", "barCode"))
    order_no: Text = _either("logisticsOrderNo", "logisticsOrderId")


F = TypeVar("F", bound=BaseModel)


def read(form: type[F], message: Any) -> F:
    """The one thing that a message is about: itself, or the only one of a list."""
    if isinstance(message, list):
        if len(message) != 1:
            raise Refused("每次仅支持一条报文")
        (message,) = message
    try:
        return form.model_validate(message)
    except ValidationError as bad:
        raise missing(".".join(str(part) for part in bad.errors()[0]["loc"])) from None


def missing(field: str) -> Refused:
    return Refused(f"参数错误: {field}" if field else "参数错误")


def number(text: str, field: str) -> Decimal:
    try:
        return measure(text)
    except NoMeasure:
        raise missing(field) from None


def instant(text: str, timezone: str, field: str) -> Instant:
    """Of local text."""
    try:
        local = datetime.strptime(text, FORM).replace(tzinfo=ZoneInfo(timezone))
    except ValueError:
        raise missing(field) from None
    return Instant(int(local.timestamp()))
