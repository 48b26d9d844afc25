"""Shipments: labels bought, and cancelled."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import Request, Response
from pydantic import Field

from mock_api.carriers.fedex import services
from mock_api.carriers.fedex.bought import Bought, transaction_of
from mock_api.carriers.fedex.callers import require_account, ship_router
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.envelope import ok
from mock_api.carriers.fedex.parts import Account, LineItems, Money, Part, Somebody, Text, pieces_of
from mock_api.carriers.fedex.refusals import (
    ALREADY_CANCELLED,
    INVALID_INPUT,
    NUMBER_UNKNOWN,
    said_of,
)
from mock_api.kernel import shipped
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import DomainError, World
from simulator.errors import WrongStatus
from simulator.parcels.model import Handover
from simulator.shipments.model import Shipment, Wish

router: Final = ship_router()

_FEN: Final = 100
_HOW: Final[dict[str, tuple[Handover, bool | None]]] = {
    "USE_SCHEDULED_PICKUP": (Handover.PICKUP, False),
    "CONTACT_FEDEX_TO_SCHEDULE": (Handover.PICKUP, True),
    "DROPOFF_AT_FEDEX_LOCATION": (Handover.DROP_OFF, None),
}
"""How FedEx gets it: by the daily round, by a courier who is called, over the counter."""


class LabelSpecification(Part):
    image_type: Literal["PDF", "PNG", "ZPLII"]
    label_stock_type: Text = ""


class Commodity(Part):
    description: Text = ""
    customs_value: Money | None = None


class Customs(Part):
    total_customs_value: Money | None = None
    commodities: list[Commodity] = Field(default=[], max_length=999)

    @property
    def value(self) -> Money:
        """What the goods are declared to be worth."""
        if self.total_customs_value:
            return self.total_customs_value
        valued = [each.customs_value for each in self.commodities if each.customs_value]
        currency = valued[0].currency if valued else ""
        return Money(amount=sum(each.amount for each in valued), currency=currency)

    @property
    def contents(self) -> str:
        return ", ".join(each.description for each in self.commodities if each.description)[:200]


class Requested(Part):
    """What somebody wants carried."""

    shipper: Somebody
    recipients: Annotated[list[Somebody], Field(min_length=1, max_length=1)]
    pickup_type: Literal[
        "USE_SCHEDULED_PICKUP", "CONTACT_FEDEX_TO_SCHEDULE", "DROPOFF_AT_FEDEX_LOCATION"
    ]
    service_type: Text
    ship_datestamp: date | None = None
    packaging_type: Text
    label_specification: LabelSpecification
    customs_clearance_detail: Customs = Customs()
    requested_package_line_items: LineItems


class ShipRequest(Part):
    account_number: Account
    label_response_options: Literal["LABEL", "URL_ONLY"]
    requested_shipment: Requested


class CancelRequest(Part):
    account_number: Account
    tracking_number: Text
    deletion_control: Literal["DELETE_ALL_PACKAGES", "DELETE_ONE_PACKAGE"] = "DELETE_ALL_PACKAGES"


@router.post("/ship/v1/shipments")
async def ship(request: Request, sandbox: CarrierSandbox, wanted: ShipRequest) -> Response:
    """A label for each box. Its first number, the master's, stands for all."""
    require_account(request, sandbox, wanted.account_number.value)
    wish = _wish_of(sandbox.world, wanted.requested_shipment)
    today = services.today_at(sandbox.world.registry.carrier(NAME), wish.sender, sandbox.world.now)
    asked, lenient = wanted.requested_shipment.ship_datestamp, sandbox.is_lenient(NAME)
    services.ship_day(asked, today, lenient=lenient)
    shipment = sandbox.world.shippers.ship(wish)
    bought = Bought(
        sandbox,
        shipment,
        wanted.requested_shipment.label_specification.image_type,
        by_url=wanted.label_response_options == "URL_ONLY",
    )
    return ok(request, {"transactionShipments": [transaction_of(request, bought)]})


def _wish_of(world: World, asked: Requested) -> Wish:
    sender, recipient = asked.shipper.as_address(), asked.recipients[0].as_address()
    home = services.home_of(sender, recipient)
    service = services.service_called(world.registry.carrier(NAME), asked.service_type, home)
    handover, on_call = _HOW[asked.pickup_type]
    value = asked.customs_clearance_detail.value
    return Wish(
        account=NAME,
        sender=sender,
        recipient=recipient,
        pieces=pieces_of(asked.requested_package_line_items),
        carrier=NAME,
        service=service.code,
        handover=handover,
        on_call=on_call,
        contents=asked.customs_clearance_detail.contents,
        reference=asked.requested_package_line_items[0].reference,
        value_minor=round(value.amount * _FEN),
        value_currency=value.currency,
        notes={"packaging_type": asked.packaging_type},
    )


@router.put("/ship/v1/shipments/cancel")
async def cancel(request: Request, sandbox: CarrierSandbox, wanted: CancelRequest) -> Response:
    """None of its labels will be used: possible until FedEx has one of its boxes."""
    require_account(request, sandbox, wanted.account_number.value)
    shipment = _numbered(sandbox.world, wanted.tracking_number)
    one_of_many = len(shipment.wish.pieces) > 1
    if wanted.deletion_control == "DELETE_ONE_PACKAGE" and one_of_many:
        raise INVALID_INPUT.said(
            ("deletionControl", "boxes of one shipment are cancelled together")
        )
    _void(sandbox.world, shipment)
    return ok(request, _cancelled())


def _cancelled() -> dict[str, Any]:
    return {"cancelledShipment": True, "cancelledHistory": True, "successMessage": "Success"}


def _numbered(world: World, number: str) -> Shipment:
    """One of the account's: what was bought elsewhere, EasyPost's say, is none."""
    shipment = shipped.numbered(world, NAME, number)
    if shipment is None:
        raise NUMBER_UNKNOWN.said(("trackingNumber", number))
    return shipment


def _void(world: World, shipment: Shipment) -> None:
    try:
        world.shippers.void(shipment.id)
    except WrongStatus:
        raise ALREADY_CANCELLED.said() from None
    except DomainError as refused:
        raise said_of(refused) from None
