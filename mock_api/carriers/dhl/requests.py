"""What MyDHL API's calls bring. Fields that nothing here hangs on are taken and not looked at.

DHL refuses fields that its schema does not know; this server takes them (``docs/dhl-api.md``).
"""

from datetime import time
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from mock_api.kernel.measures import G_PER_KG, G_PER_LB, MM_PER_CM, MM_PER_INCH, box, nearest
from simulator.people import Address
from simulator.shipments.model import Piece

_LONGEST: Final = 300
_PIECES: Final = 50
Text = Annotated[str, Field(max_length=_LONGEST)]
Wanted = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Weight = Annotated[float, Field(gt=0, le=999_999, allow_inf_nan=False)]
Side = Annotated[float, Field(gt=0, le=9_999, allow_inf_nan=False)]
Units = Literal["metric", "imperial"]

_GRAMS: Final = {"metric": G_PER_KG, "imperial": G_PER_LB}
_MILLIMETRES: Final = {"metric": MM_PER_CM, "imperial": MM_PER_INCH}
_FLAT: Final = (10, 10, 10)
"""A piece of which nobody says how large it is."""


def _hour(value: object) -> object:
    """HH:MM, as documented; what else a clock could say is none."""
    if isinstance(value, str) and len(value) != len("18:00"):
        raise ValueError("expected the format HH:MM")
    return value


CloseTime = Annotated[time, BeforeValidator(_hour)]


class Wish(BaseModel):
    model_config = ConfigDict(
        extra="ignore", alias_generator=to_camel, coerce_numbers_to_str=True, frozen=True
    )


class Account(Wish):
    type_code: Text = "shipper"
    number: Wanted


class Place(Wish):
    """Where: of a rate request, which asks for no more."""

    postal_code: Text = ""
    city_name: Wanted
    country_code: Country
    province_code: Text | None = None
    address_line1: Text | None = None
    address_line2: Text | None = None
    address_line3: Text | None = None

    def address(self, name: str = "", phone: str = "") -> Address:
        lines = (self.address_line1, self.address_line2, self.address_line3)
        return Address(
            name=name,
            phone=phone,
            line1=", ".join(filter(None, lines)),
            city=_town(self.city_name),
            postal_code=self.postal_code,
            region=self.country_code,
            state=self.province_code or "",
        )


class StreetAddress(Place):
    address_line1: Wanted


class Contact(Wish):
    phone: Text = ""
    company_name: Text | None = None
    full_name: Text | None = None


class Party(Wish):
    postal_address: StreetAddress
    contact_information: Contact

    def address(self) -> Address:
        contact = self.contact_information
        name = contact.full_name or contact.company_name or ""
        return self.postal_address.address(name, contact.phone)


class Dimensions(Wish):
    length: Side
    width: Side
    height: Side


class Reference(Wish):
    value: Wanted
    type_code: Text = "CU"


class Package(Wish):
    weight: Weight
    dimensions: Dimensions | None = None
    customer_references: list[Reference] = []

    def piece(self, units: Units) -> Piece:
        sides = self.dimensions
        measured = (sides.length, sides.width, sides.height) if sides else ()
        millimetres = (nearest(side * _MILLIMETRES[units]) for side in measured)
        reference = self.customer_references[0].value if self.customer_references else ""
        grams = nearest(self.weight * _GRAMS[units])
        return Piece(grams, box(millimetres) if measured else _FLAT, reference)


Packages = Annotated[list[Package], Field(min_length=1, max_length=_PIECES)]
Accounts = Annotated[list[Account], Field(min_length=1)]


class RatePlaces(Wish):
    shipper_details: Place
    receiver_details: Place


class RateWish(Wish):
    customer_details: RatePlaces
    accounts: list[Account] = []
    product_code: Text | None = None
    planned_shipping_date_and_time: Wanted
    unit_of_measurement: Units
    is_customs_declarable: bool
    packages: Packages


class PickupPlace(Wish):
    postal_address: StreetAddress
    contact_information: Contact | None = None

    def address(self) -> Address:
        contact = self.contact_information or Contact()
        name = contact.full_name or contact.company_name or ""
        return self.postal_address.address(name, contact.phone)


class PickupInShipment(Wish):
    """A courier is called in the same call."""

    is_requested: bool
    close_time: CloseTime | None = None
    location: Text | None = None
    pickup_details: PickupPlace | None = None


class Parties(Wish):
    shipper_details: Party
    receiver_details: Party


class Content(Wish):
    packages: Packages
    is_customs_declarable: bool
    description: Wanted
    unit_of_measurement: Units
    incoterm: Text | None = None
    declared_value: Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)] | None = None
    declared_value_currency: Text | None = None


class Output(Wish):
    encoding_format: Literal["pdf", "zpl", "lp2", "epl"] = "pdf"


class ShipmentWish(Wish):
    planned_shipping_date_and_time: Wanted
    pickup: PickupInShipment
    product_code: Wanted
    accounts: Accounts
    customer_details: Parties
    content: Content
    output_image_properties: Output = Output()
    customer_references: list[Reference] = []
    get_rate_estimates: bool = False

    @property
    def reference(self) -> str:
        return self.customer_references[0].value if self.customer_references else ""


class PickupParties(Wish):
    shipper_details: PickupPlace
    pickup_details: PickupPlace | None = None


class ToCollect(Wish):
    product_code: Text | None = None
    unit_of_measurement: Units = "metric"
    shipment_tracking_number: Text | None = None
    packages: list[Package] = []


class CourierWish(Wish):
    planned_pickup_date_and_time: Wanted
    close_time: CloseTime | None = None
    location: Text | None = None
    accounts: Accounts
    customer_details: PickupParties
    shipment_details: Annotated[list[ToCollect], Field(min_length=1)]

    @property
    def where(self) -> Address:
        told = self.customer_details
        return (told.pickup_details or told.shipper_details).address()


class CourierChange(Wish):
    dispatch_confirmation_number: Text | None = None
    """Stock clients say it here, and not in the path."""
    planned_pickup_date_and_time: Wanted
    close_time: CloseTime | None = None


class Images(Wish):
    document_images: Annotated[list[dict[str, Any]], Field(min_length=1)]


def _town(name: str) -> str:
    """DHL writes towns in capitals, and takes them so."""
    return name.title() if name.isupper() or name.islower() else name
