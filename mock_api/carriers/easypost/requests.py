"""What clients send. EasyPost wraps each object in its name and ignores what it does not know."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from mock_api.kernel.text import require_utf8

_LONGEST: Final = 500
_MOST: Final = 100_000


def _text(value: object) -> object:
    """Numbers are taken for text, as clients send zip codes."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ("" if value is None else value)


def _instant(value: object) -> int:
    """ISO 8601, a date alone, or Unix seconds; UTC where there is no zone."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return int(moment.timestamp())
    raise ValueError("is no date")


def _in_time(value: int) -> int:
    if not 0 <= value <= 253_402_300_799 - 366 * 86_400:
        raise ValueError("is out of range")
    return value


Words = Annotated[
    str, BeforeValidator(_text), AfterValidator(require_utf8), Field(max_length=_LONGEST)
]
Moment = Annotated[int, BeforeValidator(_instant), AfterValidator(_in_time)]
Size = Annotated[float, Field(gt=0, le=_MOST, allow_inf_nan=False)]


class Sent(BaseModel):
    """Any object of a request."""

    model_config = ConfigDict(extra="ignore")


class AddressSent(Sent):
    """An address, or the id of one that was made before."""

    id: Words = ""
    name: Words = ""
    company: Words = ""
    street1: Words = ""
    street2: Words = ""
    city: Words = ""
    state: Words = ""
    zip: Words = ""
    country: Words = ""
    phone: Words = ""
    email: Words = ""
    residential: bool | None = None


class ParcelSent(Sent):
    """Ounces and inches; or the id of one that was made before."""

    id: Words = ""
    length: Size | None = None
    width: Size | None = None
    height: Size | None = None
    weight: Size | None = None
    predefined_package: Words = ""


class CustomsSent(Sent):
    """It is shown again as it came; the world's customs ask for no papers."""

    model_config = ConfigDict(extra="allow")

    id: Words = ""
    customs_items: Annotated[list[dict[str, Any]], Field(max_length=100)] = []


class OptionsSent(Sent):
    model_config = ConfigDict(extra="allow")

    label_format: Words = ""


class Named(Sent):
    """A reference to something, by its id."""

    id: Words = ""


def _said(value: object) -> bool:
    """``true``, or, as older clients have it, a list of what to verify."""
    return bool(value) and value != "false"


def _ids(value: object) -> object:
    """Carrier accounts come as ids, or as objects with one."""
    if not isinstance(value, list):
        return value
    return [each.get("id", "") if isinstance(each, dict) else each for each in value]


class ShipmentSent(Sent):
    to_address: AddressSent | None = None
    from_address: AddressSent | None = None
    return_address: AddressSent | None = None
    buyer_address: AddressSent | None = None
    parcel: ParcelSent | None = None
    customs_info: CustomsSent | None = None
    options: OptionsSent | None = None
    reference: Words = ""
    is_return: bool = False
    carrier_accounts: Annotated[list[Words], BeforeValidator(_ids), Field(max_length=100)] = []
    carrier: Words = ""
    service: Words = ""
    """With a service, its label is bought in the same call."""


class PickupSent(Sent):
    address: AddressSent | None = None
    shipment: Named | None = None
    batch: Named | None = None
    min_datetime: Moment | None = None
    max_datetime: Moment | None = None
    instructions: Words = ""
    reference: Words = ""
    is_account_address: bool = False


class TrackerSent(Sent):
    tracking_code: Words = ""
    carrier: Words = ""


class HeaderSent(Sent):
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")]
    value: Annotated[str, Field(pattern=r"^[\x20-\x7e]{0,1000}$")]


class WebhookSent(Sent):
    """In an update, what is left out stays."""

    url: Words | None = None
    webhook_secret: Words | None = None
    custom_headers: Annotated[list[HeaderSent] | None, Field(max_length=20)] = None


# Bodies.


class AddressBody(Sent):
    address: AddressSent | None = None
    verify: Annotated[bool, BeforeValidator(_said)] = False
    verify_strict: Annotated[bool, BeforeValidator(_said)] = False


class ParcelBody(Sent):
    parcel: ParcelSent | None = None


class CustomsBody(Sent):
    customs_info: CustomsSent | None = None


class ShipmentBody(Sent):
    shipment: ShipmentSent | None = None


class BuyBody(Sent):
    rate: Named | None = None


class PickupBody(Sent):
    pickup: PickupSent | None = None


class PickupBuyBody(Sent):
    carrier: Words = ""
    service: Words = ""


class TrackerBody(Sent):
    tracker: TrackerSent | None = None


class TrackersBody(Sent):
    tracking_codes: Annotated[list[Words], Field(max_length=100)] = []


class WebhookBody(WebhookSent):
    """The stock client wraps a new webhook in its name, and an update not."""

    webhook: WebhookSent | None = None

    @property
    def said(self) -> WebhookSent:
        return self.webhook or self
