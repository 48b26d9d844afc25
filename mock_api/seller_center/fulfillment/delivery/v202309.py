"""Fulfillment, version 202309: the seller's own fleet delivers, and proves it."""

from typing import Annotated, Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.kernel.multipart import Part, parts_of
from mock_api.kernel.pictures import picture_of
from mock_api.seller_center import uploads
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals as group
from mock_api.seller_center.fulfillment.delivery import refusals
from mock_api.seller_center.fulfillment.failures import PackageError, package_error, refusal_of
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_parcel, world_of
from simulator.errors import NotInThisMarket
from simulator.own_fleet import Reason

router: Final = gated_router("fulfillment", "202309")

_MIB: Final = 1024 * 1024
FILE_MOST: Final = 10 * _MIB
IMAGE_MOST: Final = 5 * _MIB
SIDES: Final = range(100, 20_001)
"""How wide and high an image may be, in pixels."""
IMAGE_TYPES: Final = ("image/jpeg", "image/png", "image/webp", "image/bmp")
"""Formats of images (inferred: the documents name none)."""
MOST_AT_ONCE: Final = 50


class Delivery(Body):
    id: str
    delivery_type: Literal["DELIVERY_SUCCESS", "DELIVERY_FAILED", "UPDATE_POD"]
    fail_delivery_reason: Reason | None = Field(default=None, strict=False)
    file_type: Literal["IMG", "PDF"] | None = None
    file_url: Annotated[str, Field(max_length=2000)] | None = None
    verification_code: str | None = None
    """For pickups in a shop, of which this world has none."""


class Deliveries(Body):
    packages: Annotated[list[Delivery], Field(min_length=1, max_length=MOST_AT_ONCE)]


class DeliveriesResult(Wire):
    errors: list[PackageError] | None = None


class UploadedFile(Wire):
    url: str
    name: str


class UploadedImage(Wire):
    url: str
    height: int
    width: int


@router.post("/packages/deliver", response_model_exclude_none=True)
@access("seller.delivery.status.write")
async def update_package_delivery_status(
    request: Request, caller: CallerDep, wanted: Deliveries
) -> Envelope[DeliveriesResult]:
    """Each package by itself."""
    errors = []
    for each in wanted.packages:
        row = refusal_of(lambda each=each: _deliver(caller, each), refusals.OF_DELIVERIES)  # type: ignore[misc]
        if row:
            errors.append(package_error(each.id, row))
    return ok(request, DeliveriesResult(errors=errors or None))


@router.post("/files/upload", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def fulfillment_upload_delivery_file(
    request: Request, caller: CallerDep
) -> Envelope[UploadedFile]:
    """A PDF, told by its first bytes."""
    parts = parts_of(request.headers.get("content-type", ""), await request.body())
    sent = _sent(parts)
    name = parts["name"].content.decode("utf-8", "replace") if "name" in parts else sent.filename
    if len(sent.content) > FILE_MOST:
        raise Refusal(refusals.BAD_FILE_SIZE)
    if not sent.content.startswith(b"%PDF-"):
        raise Refusal(refusals.BAD_FILE_TYPE)
    if not name:
        raise Refusal(refusals.BAD_FILE)
    url = uploads.keep(request, caller.sandbox, "application/pdf", sent.content)
    return ok(request, UploadedFile(url=url, name=name))


@router.post("/images/upload", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def fulfillment_upload_delivery_image(
    request: Request, caller: CallerDep
) -> Envelope[UploadedImage]:
    sent = _sent(parts_of(request.headers.get("content-type", ""), await request.body()))
    if len(sent.content) > IMAGE_MOST:
        raise Refusal(refusals.BAD_IMAGE_SIZE)
    image = picture_of(sent.content)
    if image is None:
        raise Refusal(refusals.BAD_FILE)
    if image.media_type not in IMAGE_TYPES:
        raise Refusal(refusals.BAD_IMAGE_TYPE)
    if image.width not in SIDES or image.height not in SIDES:
        raise Refusal(refusals.BAD_RESOLUTION)
    url = uploads.keep(request, caller.sandbox, image.media_type, sent.content)
    return ok(request, UploadedImage(url=url, height=image.height, width=image.width))


def _deliver(caller: Caller, wanted: Delivery) -> None:
    world = world_of(caller)
    if not world.registry.market.ways.own_fleet:
        raise NotInThisMarket("deliveries by the seller's own fleet", world.registry.market.name)
    _, parcel = own_parcel(caller, wanted.id, group.NOT_THIS_SHOPS)
    if (wanted.file_type is None) != (wanted.file_url is None):
        raise Refusal(group.BAD_PARAMETERS)
    proof = (wanted.file_type or "", wanted.file_url or "")
    match wanted.delivery_type:
        case "DELIVERY_SUCCESS":
            world.papers.deliver(parcel.id, proof)
        case "DELIVERY_FAILED":
            if wanted.fail_delivery_reason is None:
                raise Refusal(group.BAD_PARAMETERS)
            world.papers.fail_delivery(parcel.id, wanted.fail_delivery_reason, proof)
        case "UPDATE_POD":
            world.papers.prove_delivery(parcel.id, proof)


def _sent(parts: dict[str, Part]) -> Part:
    sent = parts.get("data")
    if sent is None or not sent.content:
        raise Refusal(refusals.BAD_FILE)
    return sent
