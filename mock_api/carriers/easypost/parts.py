"""Addresses, parcels and customs papers by themselves, and as shipments show them."""

from typing import Any, Final

from fastapi import APIRouter

from mock_api.carriers.easypost import wishes
from mock_api.carriers.easypost.book import book_of
from mock_api.carriers.easypost.gates import gated
from mock_api.carriers.easypost.ids import disguised
from mock_api.carriers.easypost.refusals import invalid, missing
from mock_api.carriers.easypost.requests import AddressBody, AddressSent, CustomsBody, ParcelBody
from mock_api.carriers.easypost.shapes import MODE, moment
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator.clock import Instant

router: Final = APIRouter(prefix="/v2", tags=["parts"], route_class=gated())

Said = dict[str, Any]

_ADDRESS: Final = (
    *("name", "company", "street1", "street2", "city", "state", "zip", "country"),
    *("phone", "email"),
)
_NEEDED: Final = ("street1", "city", "zip")


@router.post("/addresses", status_code=201)
async def create_address(sandbox: CarrierSandbox, body: AddressBody) -> Said:
    return _made_address(sandbox, body.address, strict=body.verify_strict, verify=body.verify)


@router.post("/addresses/create_and_verify", status_code=201)
async def create_and_verify_address(sandbox: CarrierSandbox, body: AddressBody) -> Said:
    return {"address": _made_address(sandbox, body.address, strict=True, verify=True)}


@router.get("/addresses/{own_id}")
async def get_address(sandbox: CarrierSandbox, own_id: str) -> Said:
    return address(wishes.found_part(sandbox, "adr", own_id))


@router.get("/addresses/{own_id}/verify")
async def verify_address(sandbox: CarrierSandbox, own_id: str) -> Said:
    said = wishes.found_part(sandbox, "adr", own_id)
    _require_deliverable(said)
    return {"address": address(said, verified=True)}


@router.post("/parcels", status_code=201)
async def create_parcel(sandbox: CarrierSandbox, body: ParcelBody) -> Said:
    if body.parcel is None:
        raise missing("parcel")
    said = wishes.fresh_parcel(body.parcel)
    return parcel(book_of(sandbox).add("prcl", said, sandbox.world.now))


@router.get("/parcels/{own_id}")
async def get_parcel(sandbox: CarrierSandbox, own_id: str) -> Said:
    return parcel(wishes.found_part(sandbox, "prcl", own_id))


@router.post("/customs_infos", status_code=201)
async def create_customs_info(sandbox: CarrierSandbox, body: CustomsBody) -> Said:
    if body.customs_info is None:
        raise missing("customs_info")
    said = wishes.customs(sandbox, body.customs_info)
    return customs(book_of(sandbox).add("cstinfo", said, sandbox.world.now))


@router.get("/customs_infos/{own_id}")
async def get_customs_info(sandbox: CarrierSandbox, own_id: str) -> Said:
    return customs(wishes.found_part(sandbox, "cstinfo", own_id))


def _made_address(
    sandbox: Sandbox, sent: AddressSent | None, *, strict: bool, verify: bool
) -> Said:
    if sent is None:
        raise missing("address")
    said = wishes.fresh_address(sent)
    if strict:
        _require_deliverable(said)
    made = book_of(sandbox).add("adr", said, sandbox.world.now)
    return address(made, verified=strict or verify)


def _require_deliverable(said: Said) -> None:
    """Whether anybody lives there, this world does not know: an address that is complete is
    right."""
    lacking = [(name, "is missing") for name in _NEEDED if not said.get(name)]
    if lacking:
        raise invalid("ADDRESS.VERIFY.FAILURE", "Unable to verify address.", *lacking)


# Shapes.


def embedded(said: Said, prefix: str, world_id: str, at: Instant, part: int = 0) -> Said:
    """A part of a shipment: it keeps the id that it was made with, or has one by its place."""
    return {"id": disguised(prefix, world_id, part), "at": at} | said


def address(said: Said, *, verified: bool = False) -> Said:
    when = moment(said["at"]).replace("Z", "+00:00")
    return (
        {"id": said["id"], "object": "Address", "created_at": when, "updated_at": when}
        | {name: said.get(name) or None for name in _ADDRESS}
        | {
            "mode": MODE,
            "carrier_facility": None,
            "residential": said.get("residential"),
            "federal_tax_id": None,
            "state_tax_id": None,
            "verifications": _verified(said) if verified else {},
        }
    )


def _verified(said: Said) -> Said:
    lacking = [
        {"field": name, "message": "is missing", "suggestion": None}
        for name in _NEEDED
        if not said.get(name)
    ]
    return {"delivery": {"success": not lacking, "errors": lacking, "details": None}}


def parcel(said: Said) -> Said:
    when = moment(said["at"])
    return {
        "id": said["id"],
        "object": "Parcel",
        "created_at": when,
        "updated_at": when,
        "length": said.get("length"),
        "width": said.get("width"),
        "height": said.get("height"),
        "predefined_package": said.get("predefined_package"),
        "weight": said["weight"],
        "mode": MODE,
    }


def customs(said: Said) -> Said:
    """As it came, with ids."""
    when, own_id = moment(said["at"]), said["id"]
    made = {"created_at": when, "updated_at": when, "mode": MODE}
    fields = {name: value for name, value in said.items() if name not in ("at", "customs_items")}
    items = [
        item | {"id": f"cstitem_{_numbered(own_id, nth)}", "object": "CustomsItem"} | made
        for nth, item in enumerate(said.get("customs_items", []))
    ]
    return fields | {"object": "CustomsInfo", "customs_items": items} | made


def _numbered(own_id: str, nth: int) -> str:
    """The item's id is its paper's, and a place in it."""
    _, _, digits = own_id.partition("_")
    return f"{digits[:-2]}{nth:02x}"
