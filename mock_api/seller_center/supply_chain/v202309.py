"""Supply chain, version 202309: Confirm Package Shipment.

Each warehouse of a world has a certified provider, whose id is the warehouse's (ours: the platform
gives such ids out, and no source says how). One of a shop that is not the app's does not match it.
"""

from typing import Annotated, Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment.failures import PackageDetail, refusal_of
from mock_api.seller_center.gates import Caller, Cipher, access
from mock_api.seller_center.reference import PROVIDER_CODE
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from mock_api.seller_center.supply_chain import refusals
from simulator.papers.model import Confirmation

router: Final = gated_router("supply_chain", "202309")

MOST_AT_ONCE: Final = 100
Millis = Annotated[int, Field(ge=0, le=9_999_999_999_999)]


class Dimension(Body):
    length: int | None = None
    width: int | None = None
    height: int | None = None
    unit: Literal["METER", "CENTIMETER", "MILLIMETER", "MICRON", "FOOT", "INCH"] | None = None


class Weight(Body):
    value: int | None = None
    unit: Literal["KILOGRAM", "GRAM", "MILLIGRAM", "POUND", "OUNCE"] | None = None


class Units(Body):
    id: str
    quantity: Annotated[int, Field(ge=1, le=10_000)]


class ShippedPackage(Body):
    id: str
    wms_order_id: str
    provider_warehouse_code: str | None = None
    shipping_origin_city: str | None = None
    time_zone: str
    ship_time_millis: Millis
    create_time_millis: Millis
    handover_time_millis: Millis
    shipping_provider_id: str
    shipping_provider_name: str
    tracking_number: str
    dimension: Dimension
    weight: Weight | None = None
    skus: Annotated[list[Units], Field(min_length=1)]
    provider_warehouse_name: str | None = None
    tcw_warehouse_type: Literal["STANDARD", "TIKTOK_CERTIFIED_WAREHOUSE_FULFILLMENT"] | None = None


class Shipments(Body):
    warehouse_provider_id: str
    packages: Annotated[list[ShippedPackage], Field(max_length=MOST_AT_ONCE)]


class ConfirmationError(Wire):
    code: str
    """A string here, as in the documents."""
    message: str
    detail: PackageDetail


class Confirmed(Wire):
    success_packages: list[str] | None = None
    errors: list[ConfirmationError] | None = None


@router.post("/packages/sync", response_model_exclude_none=True)
@access("seller.fulfillment.basic", cipher=Cipher.ABSENT)
async def confirm_package_shipment(
    request: Request, caller: CallerDep, wanted: Shipments
) -> Envelope[Confirmed]:
    """Each package by itself."""
    if not wanted.packages:
        raise Refusal(refusals.NO_PACKAGES)
    _require_provider(caller, wanted.warehouse_provider_id)
    done: list[str] = []
    errors = []
    for each in wanted.packages:
        row = refusal_of(
            lambda each=each: _confirm(caller, wanted.warehouse_provider_id, each),  # type: ignore[misc]
            refusals.OF_PACKAGES,
        )
        if row:
            errors.append(_error(each.id, row))
        else:
            done.append(each.id)
    return ok(request, Confirmed(success_packages=done or None, errors=errors or None))


def _require_provider(caller: Caller, provider_id: str) -> None:
    here = world_of(caller).registry
    warehouse = here.warehouses.get(provider_id)
    if warehouse is None:
        raise Refusal(refusals.BAD_WAREHOUSE)
    if here.shop(warehouse.shop_id).independent:
        raise Refusal(refusals.NOT_THIS_APPS)


def _confirm(caller: Caller, provider_id: str, wanted: ShippedPackage) -> None:
    world = world_of(caller)
    parcel = world.parcel(wanted.id)
    if world.order(parcel.order_id).warehouse_id != provider_id:
        raise Refusal(refusals.BAD_PACKAGE)
    carrier = PROVIDER_CODE.get(wanted.shipping_provider_id)
    if carrier is None:
        raise Refusal(refusals.UNSUPPORTED_PROVIDER)
    if carrier not in (parcel.carrier, parcel.claimed_carrier):
        raise Refusal(refusals.BAD_PACKAGE)
    units: dict[str, int] = {}
    for sku in wanted.skus:
        units[sku.id] = units.get(sku.id, 0) + sku.quantity
    said = Confirmation(
        parcel.id,
        provider_id,
        wanted.wms_order_id,
        wanted.create_time_millis,
        wanted.ship_time_millis,
        wanted.handover_time_millis,
        wanted.tracking_number,
    )
    world.papers.confirm(parcel.id, said, units)


def _error(package_id: str, row: Row) -> ConfirmationError:
    return ConfirmationError(
        code=str(row.code), message=row.message, detail=PackageDetail(package_id=package_id)
    )
