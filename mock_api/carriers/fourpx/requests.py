"""What calls bring. Unknown fields are ignored; numbers may be text, and times are milliseconds."""

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_api.carriers.fourpx.refusals import BAD_PARAMETER, Refused
from mock_api.kernel.measures import MM_PER_CM, box, rounded_up
from simulator.clock import Instant
from simulator.people import Address
from simulator.shipments.model import Piece

Text = Annotated[str, Field(max_length=500)]
Amount = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
Weight = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Side = Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]
_LAST: Final = 253_402_300_799_000
Millis = Annotated[int, Field(ge=0, le=_LAST)]


class Wish(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: Any) -> Any:
        """What is empty was not said: clients fill in every field."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value not in (None, "")}


class Party(Wish):
    """Sender, recipient, or where the courier comes to."""

    first_name: Text = ""
    last_name: Text = ""
    company: Text = ""
    phone: Text = ""
    post_code: Text = ""
    country: Text = ""
    state: Text = ""
    city: Text = ""
    district: Text = ""
    street: Text = ""
    house_number: Text = ""

    def address(self, role: str) -> Address:
        """Refused, if something is missing without which nothing can be carried."""
        found = Address(
            name=" ".join(filter(None, (self.first_name, self.last_name))),
            phone=self.phone,
            line1=", ".join(filter(None, (self.street, self.house_number, self.district))),
            city=self.city,
            postal_code=self.post_code,
            region=self.country.upper(),
            state=self.state,
        )
        for field, value in (
            ("first_name", found.name),
            ("country", found.region),
            ("city", found.city),
            ("street", found.line1),
        ):
            if not value:
                raise Refused(BAD_PARAMETER, f"{role}.{field} cannot be empty")
        return found


class Declared(Wish):
    declare_product_name_en: Text = ""
    declare_product_name_cn: Text = ""


class Parcel(Wish):
    weight: Weight
    """In grams."""
    length: Side = 1
    width: Side = 1
    height: Side = 1
    """In centimetres, all three."""
    parcel_value: Amount = 0
    currency: Text = "USD"
    declare_product_info: list[Declared] = Field(default_factory=list, max_length=200)

    @property
    def piece(self) -> Piece:
        return piece_of(self.weight, (self.length, self.width, self.height))


def piece_of(weight: float, sides: tuple[float, float, float]) -> Piece:
    return Piece(rounded_up(weight), box(rounded_up(side * MM_PER_CM) for side in sides))


class LogisticsService(Wish):
    logistics_product_code: Text = ""


class PickUp(Wish):
    expect_pick_up_earliest_time: Millis | None = None
    expect_pick_up_latest_time: Millis | None = None
    pick_up_address_info: Party | None = None


class DeliverType(Wish):
    deliver_type: Text = ""
    pick_up_info: PickUp = Field(default_factory=PickUp)


class CreateWish(Wish):
    ref_no: Annotated[str, Field(max_length=64)] = ""
    business_type: Text = ""
    duty_type: Text = ""
    logistics_service_info: LogisticsService = Field(default_factory=LogisticsService)
    parcel_list: Annotated[list[Parcel], Field(min_length=1, max_length=50)]
    sender: Party
    recipient_info: Party
    deliver_type_info: DeliverType = Field(default_factory=DeliverType)


class OrderWish(Wish):
    """Which order; where several calls differ in what else they say, each takes its own."""

    request_no: Annotated[str, Field(max_length=64)] = ""


class ListWish(OrderWish):
    start_time_of_create_consignment: Millis | None = None
    end_time_of_create_consignment: Millis | None = None
    consignment_status: Text = "ALL"


class CancelWish(OrderWish):
    cancel_reason: Annotated[str, Field(max_length=128)] = ""


class HoldWish(OrderWish):
    is_hold: Text = ""
    hold_reason: Text = ""


class LabelWish(OrderWish):
    response_label_format: Text = "PDF"


class TrackWish(Wish):
    deliveryOrderNo: Annotated[str, Field(max_length=50)] = ""  # noqa: N815 - as it is on the wire


class CostWish(OrderWish):
    country_code: Text = ""
    weight: Weight | None = None
    length: Side = 1
    width: Side = 1
    height: Side = 1
    logistics_product_code: list[Text] | Text = ""


def seconds(millis: int) -> Instant:
    return Instant(millis // 1000)
