"""What EasyPost calls a shipment, in the world's words: ounces and inches become grams and
millimetres. What the world has no use for is kept as text beside its wish, to be shown again."""

import json
from typing import Any, Final

from mock_api.carriers.easypost.book import book_of
from mock_api.carriers.easypost.following import VIEW
from mock_api.carriers.easypost.ids import undisguised
from mock_api.carriers.easypost.refusals import invalid, missing, not_found
from mock_api.carriers.easypost.requests import (
    AddressSent,
    CustomsSent,
    OptionsSent,
    ParcelSent,
    ShipmentSent,
)
from mock_api.kernel.countries import is_country
from mock_api.kernel.measures import G_PER_OZ, MM_PER_INCH, box, nearest
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.text import require_shallow
from simulator.errors import NotFound
from simulator.people import Address
from simulator.shipments.model import Piece, Shipment, Wish

FROM: Final = "from_address"
TO: Final = "to_address"
RETURN: Final = "return_address"
BUYER: Final = "buyer_address"
PARCEL: Final = "parcel"
CUSTOMS: Final = "customs_info"
OPTIONS: Final = "options"
ACCOUNTS: Final = "carrier_accounts"
IS_RETURN: Final = "is_return"

ADDRESSES: Final = (FROM, TO, RETURN, BUYER)
"""In this order they have their ids (``ids.disguised``), from one."""

USUAL_COUNTRY: Final = "US"
"""Of an address that names none, as recorded in test_pickup_buy.yaml."""


def wish_of(sandbox: Sandbox, sent: ShipmentSent) -> Wish:
    """PARAMETER.REQUIRED where something is missing that no carrier can do without."""
    absent = [name for name in (TO, FROM, PARCEL) if getattr(sent, name) is None]
    if absent:
        raise missing(*absent)
    assert sent.from_address
    assert sent.to_address
    assert sent.parcel
    here, there = (address(sandbox, each) for each in (sent.from_address, sent.to_address))
    packed = parcel(sandbox, sent.parcel)
    notes: dict[str, Any] = {FROM: here, TO: there, PARCEL: packed, OPTIONS: _options(sent)}
    for name in (RETURN, BUYER):
        given = getattr(sent, name)
        if given is not None:
            notes[name] = address(sandbox, given)
    if sent.customs_info is not None:
        notes[CUSTOMS] = customs(sandbox, sent.customs_info)
    if sent.carrier_accounts:
        notes[ACCOUNTS] = sent.carrier_accounts
    if sent.is_return:
        notes[IS_RETURN] = True
        here, there = there, here
    return Wish(
        account=VIEW,
        sender=postal(here),
        recipient=postal(there),
        pieces=(_piece(packed, sent.reference),),
        reference=sent.reference,
        notes={name: json.dumps(said) for name, said in notes.items()},
    )


def noted(shipment: Shipment, name: str) -> Any:
    """What was said of it under that name, or nothing."""
    text = shipment.wish.notes.get(name)
    return json.loads(text) if text else None


def _options(sent: ShipmentSent) -> dict[str, Any]:
    said = plain(sent.options) if sent.options else {}
    return said | {"currency": "CNY", "payment": {"type": "SENDER"}, "date_advance": 0}


# Addresses, parcels, customs papers: as they came, or as they were made before.


def address(sandbox: Sandbox, sent: AddressSent) -> dict[str, Any]:
    if sent.id and not sent.street1:
        return _made_before(sandbox, "adr", sent.id)
    return fresh_address(sent)


def fresh_address(sent: AddressSent) -> dict[str, Any]:
    said = sent.model_dump(exclude_defaults=True, exclude={"id"})
    if not said:
        raise missing("address")
    country = sent.country.strip().upper() or USUAL_COUNTRY
    if not is_country(country):
        told = ("country", "must be a two-letter ISO code")
        raise invalid("ADDRESS.COUNTRY.INVALID", "Invalid country.", told)
    return said | {"country": country}


def parcel(sandbox: Sandbox, sent: ParcelSent) -> dict[str, Any]:
    if sent.id and sent.weight is None:
        return _made_before(sandbox, "prcl", sent.id)
    return fresh_parcel(sent)


def fresh_parcel(sent: ParcelSent) -> dict[str, Any]:
    if sent.weight is None:
        raise missing("weight")
    return sent.model_dump(exclude_defaults=True, exclude={"id"})


def customs(sandbox: Sandbox, sent: CustomsSent) -> dict[str, Any]:
    if sent.id and not sent.customs_items:
        return _made_before(sandbox, "cstinfo", sent.id)
    return plain(sent)


def plain(sent: CustomsSent | OptionsSent) -> dict[str, Any]:
    """What is shown again as it came, if it can be said at all: infinity is no number of JSON, half
    a pair of surrogates no letter, and pydantic writes no lists within lists by the hundred."""
    try:
        is_customs = isinstance(sent, CustomsSent)
        said = sent.model_dump(exclude={"id"}, exclude_defaults=not is_customs)
        require_shallow(said)
        json.dumps(said, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        raise invalid("BAD_REQUEST", "The request has what JSON cannot say.") from None
    return said


def _made_before(sandbox: Sandbox, prefix: str, own_id: str) -> dict[str, Any]:
    """By itself, or as part of a shipment."""
    found = undisguised(prefix, own_id)
    if found is None:
        raise not_found()
    world_id, part = found
    try:
        shipment = sandbox.world.shippers.shipment(world_id)
    except NotFound:
        return book_of(sandbox).get(own_id)
    said: dict[str, Any] | None = noted(shipment, _name_of(prefix, part))
    if said is None:
        raise not_found()
    return said | {"id": own_id, "at": shipment.created_at}


def _name_of(prefix: str, part: int) -> str:
    if prefix == "adr":
        return ADDRESSES[part - 1] if 1 <= part <= len(ADDRESSES) else ""
    return {"prcl": PARCEL, "cstinfo": CUSTOMS}.get(prefix, "")


def found_part(sandbox: Sandbox, prefix: str, own_id: str) -> dict[str, Any]:
    """The address, parcel or customs paper of that id."""
    return _made_before(sandbox, prefix, own_id)


def postal(said: dict[str, Any]) -> Address:
    """As the world has addresses."""
    lines = (said.get("street1", ""), said.get("street2", ""))
    return Address(
        name=said.get("name") or said.get("company", ""),
        phone=said.get("phone", ""),
        line1=", ".join(line for line in lines if line),
        city=said.get("city", ""),
        postal_code=said.get("zip", ""),
        region=said["country"],
        state=said.get("state", ""),
    )


def _piece(said: dict[str, Any], reference: str) -> Piece:
    """A parcel whose size is not said takes no room."""
    sides = (said.get(side, 0) for side in ("length", "width", "height"))
    millimetres = box(nearest(side * MM_PER_INCH) for side in sides)
    return Piece(nearest(said["weight"] * G_PER_OZ), millimetres, reference)
