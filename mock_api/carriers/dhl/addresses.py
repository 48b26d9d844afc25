"""MyDHL API: whether DHL comes to a place."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import Query

from mock_api.carriers.dhl.names import NAME
from mock_api.carriers.dhl.places import area_of
from mock_api.carriers.dhl.refusals import Refused
from mock_api.carriers.dhl.requests import Country, Place, Text, Wanted
from mock_api.carriers.dhl.times import zone_of
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator.consigning import city_of


async def validate_address(
    sandbox: CarrierSandbox,
    purpose: Annotated[Literal["pickup", "delivery"], Query(alias="type")],
    country: Annotated[Country, Query(alias="countryCode")],
    city: Annotated[Wanted, Query(alias="cityName")],
    postal_code: Annotated[Text, Query(alias="postalCode")] = "",
) -> dict[str, Any]:
    """Delivered is everywhere; fetched is where vans drive."""
    said = {"countryCode": country, "cityName": city, "postalCode": postal_code}
    where = Place.model_validate(said).address()
    fetched = sandbox.world.registry.carrier(NAME).service_in(city_of(where)) is not None
    if purpose == "pickup" and not fetched:
        raise Refused(HTTPStatus.BAD_REQUEST, f"No DHL courier comes to {city}, {country}")
    area = area_of(where.city, country=country)
    now = datetime.fromtimestamp(sandbox.world.now, zone_of(sandbox, where))
    service_area = {
        "code": area.code,
        "description": area.description,
        "GMTOffset": now.isoformat()[-6:],
    }
    return {"warnings": [], "address": [said | {"serviceArea": service_area}]}
