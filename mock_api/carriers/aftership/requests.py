"""What calls bring (AfterShip's reference of 2026-07). Unknown fields are ignored; what is only
said again is kept as it came."""

import json
from typing import Annotated, Any, Final, Literal

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_api.carriers.aftership.words import TAGS
from mock_api.kernel.bodies import object_in
from mock_api.kernel.times import Moment

NUMBERS_AT_ONCE: Final = 50
PAGE: Final = 100
PAGE_MOST: Final = 200
_LONGEST: Final = 2_000

Text = Annotated[str, Field(max_length=_LONGEST)]
Fields = dict[str, Any]


class Sayable(BaseModel):
    """What can be said again in UTF-8, without numbers that JSON does not know."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="after")
    def _can_be_said(self) -> "Sayable":
        json.dumps(self.model_dump(), ensure_ascii=False, allow_nan=False).encode()
        return self


class Described(Sayable):
    """What its follower says of a tracking."""

    slug: Text | None = None
    title: Text | None = None
    order_id: Text | None = None
    order_id_path: Text | None = None
    order_number: Text | None = None
    order_date: Text | None = None
    custom_fields: Fields | None = None
    note: Text | None = None
    language: Text | None = None
    order_promised_delivery_date: Fields | None = None
    delivery_type: Literal["pickup_at_store", "pickup_at_courier", "door_to_door"] | None = None
    pickup_location: Text | None = None
    pickup_note: Text | None = None
    tracking_account_number: Text | None = None
    tracking_key: Text | None = None
    tracking_ship_date: Text | None = None
    origin_country_region: Text | None = None
    origin_state: Text | None = None
    origin_city: Text | None = None
    origin_postal_code: Text | None = None
    origin_raw_location: Text | None = None
    destination_country_region: Text | None = None
    destination_state: Text | None = None
    destination_city: Text | None = None
    destination_postal_code: Text | None = None
    destination_raw_location: Text | None = None
    shipment_type: Text | None = None
    location_id: Text | None = None
    shipping_method: Text | None = None
    customers: Annotated[list[Fields], Field(max_length=20)] | None = None
    shipment_direction: Literal["forward", "return", "null"] | None = None

    def said(self) -> Fields:
        """All but which tracking it is."""
        named = {"slug", "tracking_number", "id", "slug_group"}
        return self.model_dump(exclude=named, exclude_unset=True)


class NewTracking(Described):
    id: Annotated[str, Field(pattern=r"^[0-9a-zA-Z-]{8,64}$")] | None = None
    tracking_number: Text | None = None
    slug_group: Text | None = None
    shipment_tags: Annotated[list[Text], Field(max_length=50)] | None = None
    courier_connection_id: Text | None = None
    last_mile: Fields | None = None


class Completed(Sayable):
    reason: Literal["DELIVERED", "LOST", "RETURNED_TO_SENDER"]
    event_datetime: Moment | None = None


class Detection(Sayable):
    tracking_number: Text | None = None
    slug: list[Text] | Text | None = None

    @property
    def slugs(self) -> list[str]:
        return [self.slug] if isinstance(self.slug, str) else self.slug or []


class Listing(BaseModel):
    """Which trackings a list is to have."""

    cursor: Text = ""
    limit: Annotated[int, Field(ge=1, le=PAGE_MOST)] = PAGE
    keyword: Text = ""
    tracking_numbers: Text = ""
    slug: Text = ""
    transit_time: int | None = None
    origin: Text = ""
    destination: Text = ""
    tag: Literal[TAGS] | None = None  # type: ignore[valid-type]
    created_at_min: Moment | None = None
    created_at_max: Moment | None = None
    updated_at_min: Moment | None = None
    updated_at_max: Moment | None = None
    fields_: Annotated[Text, Field(alias="fields")] = ""
    return_to_sender: Text = ""
    courier_destination_country_region: Text = ""
    shipment_tags: Text = ""
    order_id: Text = ""


def several(text: str) -> list[str]:
    """Values with commas in between."""
    return [part.strip() for part in text.split(",") if part.strip()]


async def names(request: Request) -> list[str]:
    """The tracking numbers that a call is about, for planned faults."""
    from mock_api.carriers.aftership.book import named  # noqa: PLC0415 - only while a fault is planned
    from mock_api.kernel.carrier_route import sandbox_of  # noqa: PLC0415

    found = several(request.query_params.get("tracking_numbers", ""))
    tracking_id = str(request.path_params.get("tracking_id", ""))
    tracker = named(sandbox_of(request).world, tracking_id) if tracking_id else None
    if tracker:
        found.append(tracker.number)
    number = (await object_in(request)).get("tracking_number")
    return [*found, number] if isinstance(number, str) else found
